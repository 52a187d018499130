"""When a file was exported, and which files are exports of one source."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from cli.shell import folder
from salesaudit.core.settings import SourceSpec
from salesaudit.sources.drift import source_of
from salesaudit.sources.export_times import dated
from salesaudit.sources.raw import RawTable
from sources.refresh.kept import Kept, deals, many, said

BANGKOK = ZoneInfo("Asia/Bangkok")
CHANGED = datetime(2024, 5, 6, 20, 0, tzinfo=UTC)


def raw(name: str, *preamble: str) -> RawTable:
    return RawTable(name, "t", ("a",), "", 0, 0, file=name, preamble=preamble)


@pytest.mark.parametrize(
    ("name", "preamble", "expected"),
    [
        ("deals_2024-03-01.csv", (), ("2024-02-29 17:00:00", "name")),
        ("deals-20240301T1530.csv", (), ("2024-03-01 08:30:00", "name")),
        ("deals 01.03.2567 copy.csv", (), ("2024-05-06 20:00:00", "file")),  # day or month?
        ("deals 25.03.2567.csv", (), ("2024-03-24 17:00:00", "name")),
        ("spend_2024-01-01_2024-01-31.csv", (), ("2024-01-30 17:00:00", "name")),
        ("deals.csv", ("Report", "Exported 2024-03-02 10:00"), ("2024-03-02 03:00:00", "head")),
        ("report1709251200.csv", (), ("2024-05-06 20:00:00", "file")),
        ("2024-13-45.csv", (), ("2024-05-06 20:00:00", "file")),
    ],
)
def test_the_name_goes_before_the_head_and_that_before_the_file(
    name: str, preamble: tuple[str, ...], expected: tuple[str, str]
) -> None:
    found = dated(raw(name, *preamble), CHANGED.timestamp(), BANGKOK, datetime.now(UTC))
    assert (str(found.moment), found.by) == expected


def test_the_day_is_the_company_s_own() -> None:
    found = dated(raw("deals.csv"), CHANGED.timestamp(), BANGKOK, datetime.now(UTC))
    assert found.day == date(2024, 5, 7)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("deals.csv", "deals (1).csv", True),
        ("deals.csv", "deals_2024-03-01.csv.gz", True),
        ("Deals 20240301T1530Z.csv", "deals - Copy.csv", False),
        ("all-deals-2024-03-01-1.csv", "all-deals-2024-04-01.csv", True),
        ("deals_north.csv", "deals_south.csv", False),
        ("ลีด 2567-03-01.csv", "ลีด.csv", True),
    ],
)
def test_files_whose_names_differ_in_dates_alone_are_one_source(
    one: str, other: str, same: bool
) -> None:
    spec = SourceSpec(read="*", into="deals")
    assert (source_of(spec, raw(one)) == source_of(spec, raw(other))) is same
    named = spec.model_copy(update={"name": "crm"})
    assert source_of(named, raw(one)) == source_of(named, raw(other)) == "crm"


def test_files_of_one_day_without_a_date_are_one_export(tmp_path: Path) -> None:
    """Which of two copied files came first says nothing: they contradict each other."""
    exports = folder(
        tmp_path / "exports",
        {"deals.csv": deals(*many(20)), "deals (1).csv": deals("D000,won,s1,1", "D900,open,s1,1")},
    )
    for name, hour in (("deals.csv", 3), ("deals (1).csv", 5)):
        moment = datetime(2024, 3, 1, hour, tzinfo=UTC).timestamp()
        os.utime(exports / name, (moment, moment))
    kept = Kept(tmp_path)
    assert sum(entry.refused for entry in kept.ingest(exports).entries) == 2
    moment = datetime(2024, 3, 2, tzinfo=UTC).timestamp()
    os.utime(exports / "deals (1).csv", (moment, moment))
    later = Kept(tmp_path / "later")
    loaded = later.ingest(exports)
    assert sum(entry.refused for entry in loaded.entries) == 0
    assert later.ask("SELECT status FROM w.deals WHERE deal_id = 'D000'") == [("won",)]
    assert any("the time of the file itself" in line for line in said(loaded))


def test_a_later_export_moves_the_date_of_a_stage(tmp_path: Path) -> None:
    yaml = (
        "sources:\n"
        "  - {read: 'people*', into: leads, columns: {lead_id: id, created_at: created}}\n"
        "  - {read: 'people*', into: stage_events, columns: {lead_id: id}, "
        "stages: {lead: created, mql: qualified}}\n"
    )
    head = "id,created,qualified\n"
    kept = Kept(tmp_path)
    for day, rows in (
        ("2024-02-01", "L1,2024-01-03,2024-01-10\nL2,2024-01-04,2024-01-11\n"),
        ("2024-03-01", "L1,2024-01-03,2024-01-20\nL2,2024-01-04,\n"),
    ):
        kept.load({f"people_{day}.csv": head + rows, "salesaudit.yaml": yaml})
    events = kept.ask(
        "SELECT lead_id, stage, entered_at::DATE::VARCHAR FROM w.stage_events ORDER BY ALL"
    )
    assert events == [
        ("L1", "lead", "2024-01-03"), ("L1", "mql", "2024-01-20"),
        ("L2", "lead", "2024-01-04"), ("L2", "mql", "2024-01-11"),
    ]  # fmt: skip


def test_sources_complete_each_other_across_exports(tmp_path: Path) -> None:
    yaml = (
        "sources:\n"
        "  - {read: 'deals*', into: deals, columns: {deal_id: deal_id, status: status, "
        "created_at: created_at, amount: amount}}\n"
        "  - {read: 'extra*', into: deals, columns: {deal_id: id, status: {value: open}, "
        "product: product}}\n"
    )
    kept = Kept(tmp_path)
    first = {"deals_2024-02-01.csv": deals(*many(3)), "extra.csv": "id,product\nD000,pro\n"}
    kept.load({**first, "salesaudit.yaml": yaml})
    newer = deals("D000,open,s1,700", *many(3)[1:])
    kept.load(
        {
            "deals_2024-03-01.csv": newer,
            "salesaudit.yaml": yaml.split("  - {read: 'extra", maxsplit=1)[0],
        }
    )
    assert kept.ask("SELECT product, amount::INT FROM w.deals WHERE deal_id = 'D000'") == [
        ("pro", 700)
    ]
