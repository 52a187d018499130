"""The folder: the same bytes for the same seed, and a truth that its files bear out."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from salesaudit.core.errors import SettingsError
from salesaudit.core.settings_file import read_settings
from salesaudit.warehouse import schema
from salesaudit.world import company_names, make_company
from salesaudit.world.companies import DEMO
from salesaudit.world.make import OWN_FILES
from world.demo_folder import Folder, read

MADE = {file.name for file in OWN_FILES} | {"salesaudit.yaml", "truth.json"}


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    one, again, other = (
        bytes_of(make_company(DEMO.id, tmp_path / name, leads=500, seed=seed))
        for name, seed in (("one", 1), ("again", 1), ("other", 2))
    )
    assert one == again
    assert set(one) == MADE
    differ = {name for name in MADE if one[name] != other[name]}
    assert differ == MADE - {"reps.csv", "tools.csv", "salesaudit.yaml"}


def test_a_folder_that_was_made_before_is_made_anew(tmp_path: Path) -> None:
    make_company(DEMO.id, tmp_path, leads=600)
    assert len(read(make_company(DEMO.id, tmp_path, leads=300)).truth["files"]) == len(OWN_FILES)
    assert read(tmp_path).truth["leads"] == 300


def test_leaving_a_defect_out_changes_only_the_files_that_it_spoils(tmp_path: Path) -> None:
    whole = bytes_of(make_company(DEMO.id, tmp_path / "whole", leads=500))
    part = bytes_of(make_company(DEMO.id, tmp_path / "part", leads=500, without={"unknown_stage"}))
    differ = {name for name in MADE if whole[name] != part[name]}
    assert {"truth.json", "stage_history.csv"} <= differ <= {
        "truth.json", "stage_history.csv", "activities.csv",
    }  # fmt: skip


def test_every_record_is_accounted_for(demo: Folder) -> None:
    for name, account in demo.truth["files"].items():
        assert len(demo.files[name]) == account["read"]
        parts = (account[part] for part in ("refused", "merged", "blank", "rows"))
        assert account["read"] == sum(parts)
    assert demo.truth["files"]["leads.csv"]["rows"] == demo.truth["leads"] == 20_000


def test_leads_of_each_month_stand_in_the_file(demo: Folder) -> None:
    planted = demo.truth["planted"]
    left_out = {*planted["test_rows"]["ids"], *planted["broken_rows"]["ids"]}
    created = zip(
        demo.column("leads.csv", "Lead No"), demo.column("leads.csv", "วันที่สร้าง"), strict=True
    )
    days = {lead: day for lead, day in created if lead not in left_out}
    months = Counter(f"{day[6:10]}-{day[3:5]}" for day in days.values())
    assert dict(sorted(months.items())) == demo.truth["estimands"]["leads_per_month"]


def test_deals_add_up_to_the_truth(demo: Folder) -> None:
    known = demo.truth["estimands"]["as_known"]
    rows = [row for row in demo.files["deals.csv"] if "soon" not in row]
    status = Counter(row[9] for row in rows)
    assert (status["Closed Won"], status["Closed Lost"]) == (
        known["deals_won"],
        known["deals_lost"],
    )
    assert len(rows) - status["Closed Won"] - status["Closed Lost"] == known["deals_open"]
    amounts = [row[5] for row in rows if row[9] == "Closed Won"]
    assert all(re.fullmatch(r"฿[\d,]+\.\d\d", amount) for amount in amounts)
    total = sum(float(amount[1:].replace(",", "")) for amount in amounts)
    assert total == known["won_amount"]


def test_reached_and_own_stamps_can_be_counted_from_the_files(demo: Folder) -> None:
    place = {stage: n for n, stage in enumerate(DEMO.stages)}
    events = [
        (lead, place[stage])
        for lead, stage, at, _ in demo.files["stage_history.csv"]
        if at < "2026" and not at.startswith("2024-02-31") and stage in place
    ]
    won = [(row[1], 4) for row in demo.files["deals.csv"] if row[9] == "Closed Won"]
    furthest: dict[str, int] = {}
    for lead, stage in events + won:
        furthest[lead] = max(furthest.get(lead, 0), stage)
    exported = demo.truth["as_exported"]
    for stage, role in list(enumerate(DEMO.roles))[1:]:
        assert sum(at >= stage for at in furthest.values()) == exported["reached"][role]
        assert sum(at == stage for _, at in events) == exported["own_stamp"][role]
    assert exported["as_of"] == "2025-12-31"


def test_files_keep_the_habits_of_the_systems_they_come_from(demo: Folder) -> None:
    leads = (demo.path / "leads.csv").read_bytes()
    assert leads.startswith(b"\xef\xbb\xbfLead No,")
    assert leads.endswith(b"\r\n")
    deals = (demo.path / "deals.csv").read_bytes()
    assert deals.startswith(b"Deal No,")
    assert b"\r" not in deals


def test_the_mapping_reads_every_file_by_headers_that_it_has(demo: Folder) -> None:
    settings = read_settings(demo.path / "salesaudit.yaml")
    headers = {file.name: {field.header for field in file.fields} for file in OWN_FILES}
    assert {source.read for source in settings.sources} == set(headers)
    for source in settings.sources:
        assert isinstance(source.read, str)
        columns = {spec.column for spec in source.columns.values() if spec.column}
        assert columns <= headers[source.read]
        known = {column.name: column for column in schema.TABLES[source.into].columns}
        assert set(source.columns) <= set(known)
        for name, spec in source.columns.items():
            if spec.map and known[name].values:
                assert set(spec.map.values()) <= set(known[name].values)


def test_the_mapping_knows_every_word_of_the_files(demo: Folder) -> None:
    settings = read_settings(demo.path / "salesaudit.yaml")
    for source in settings.sources:
        assert isinstance(source.read, str)
        for spec in source.columns.values():
            if spec.map and spec.column:
                assert set(demo.column(source.read, spec.column)) - {""} <= set(spec.map)
    spend = next(source for source in settings.sources if source.into == "spend")
    assert set((spend.columns["channel"].map or {}).values()) <= {
        channel.name for channel in DEMO.channels
    }


def test_the_mapping_says_what_the_company_is(demo: Folder) -> None:
    settings = read_settings(demo.path / "salesaudit.yaml")
    assert (settings.company, settings.currency, settings.timezone, settings.gross_margin) == (
        DEMO.name,
        DEMO.currency,
        DEMO.timezone,
        DEMO.gross_margin,
    )
    assert tuple((stage.name, stage.role) for stage in settings.funnel) == tuple(
        zip(DEMO.stages, DEMO.roles, strict=True)
    )
    named = {stage.name: stage.labels.get("th", stage.name) for stage in settings.funnel}
    assert (named["MQL"], named["SQL"], named["Customer"]) == ("MQL", "SQL", "ลูกค้า")
    assert settings.automated_actors == (DEMO.automated,)
    assert settings.as_of is None


def test_contacts_are_mapped_to_nothing_but_their_hash(demo: Folder) -> None:
    settings = read_settings(demo.path / "salesaudit.yaml")
    leads = next(source for source in settings.sources if source.into == "leads")
    mapped = {name: spec.column for name, spec in leads.columns.items()}
    assert mapped["contact_hash"] == "E-mail"
    assert not {"ชื่อผู้ติดต่อ", "บริษัท", "หมายเหตุ"} & set(mapped.values())


def test_the_truth_holds_every_parameter(demo: Folder) -> None:
    parameters = demo.truth["parameters"]
    assert parameters["channels"][0]["rates"] == list(DEMO.channels[0].rates)
    assert parameters["last_day"] == date.isoformat(DEMO.last_day)
    assert len(parameters["reps"]) == len(DEMO.reps)


def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []
    make_company(DEMO.id, tmp_path, leads=300, progress=lambda *said: told.append(said))
    ends = {what for what, done, of in told if done == of}
    assert ends == {"history"} | {file.name for file in OWN_FILES}


def test_only_companies_of_some_size_that_exist_can_be_made(tmp_path: Path) -> None:
    assert company_names()[0] == "sawasdee-software"
    with pytest.raises(SettingsError, match="no demo company called acme"):
        make_company("acme", tmp_path)
    with pytest.raises(SettingsError, match="at least 200"):
        make_company(DEMO.id, tmp_path, leads=10)
    assert not list(tmp_path.iterdir())
