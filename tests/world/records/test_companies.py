"""Other companies may keep records too: small ones, young ones, and those described as YAML."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from salesaudit.core.errors import SettingsError
from salesaudit.warehouse.schema import TABLES
from salesaudit.world.companies import COMPANIES, DEMO
from salesaudit.world.description import company_text, read_company
from salesaudit.world.make import made
from salesaudit.world.records.known import records_truth
from salesaudit.world.records.parameters import Records, Referrals, Response, Visits
from salesaudit.world.simulate import blocks
from salesaudit.world.tables import as_known
from salesaudit.world.truth import Company


def keeping(company: Company) -> Company:
    """A company with every table that there is."""
    many = len(company.channels)
    return replace(
        company,
        records=replace(
            DEMO.records,
            visits=Visits((0.05,) * many),
            campaigns=replace(DEMO.records.campaigns, kinds=("advertising",) * many),
            spend=Response(follows=0.6),
            referrals=Referrals(company.channels[-1].name),
            reported=tuple(c for c in DEMO.records.reported if not c.channel),
        ),
    )


@pytest.mark.parametrize("name", [name for name in COMPANIES if name != DEMO.id])
def test_every_company_can_keep_records(name: str) -> None:
    whole = made(keeping(COMPANIES[name]), max(300, COMPANIES[name].fewest), 1)
    truth = records_truth(whole.history, whole.known)
    assert len(truth) == 17
    for table in whole.known.values():
        assert len({len(column) for column in table.values()}) == 1
    newest = max(
        values.max()
        for name in ("emails", "orders", "deal_changes")
        for values in whole.known[name].values()
        if values.dtype.kind == "M" and not np.isnat(values).all()
    )
    assert newest < whole.history.end


def test_a_company_without_customers_keeps_empty_tables() -> None:
    company = COMPANIES["tiny"]
    channels = tuple(
        replace(channel, rates=(*channel.rates[:-1], 1e-9)) for channel in company.channels
    )
    whole = made(keeping(replace(company, channels=channels)), 150, 1)
    for name in ("orders", "referrals", "tickets", "ratings"):
        assert len(next(iter(whole.known[name].values()))) == 0, name
    assert records_truth(whole.history, whole.known)["orders"]["customers"] == 0


def test_records_of_blocks_have_keys_of_their_own() -> None:
    parts = [
        as_known(history) for history in blocks(keeping(COMPANIES["clean"]), 2_400, 1, most=700)
    ]
    assert len(parts) == 4
    for name in parts[0]:
        if name not in TABLES:
            continue
        columns = [column for column in TABLES[name].key if column in parts[0][name]]
        keys = [
            key
            for part in parts
            if name in part
            for key in zip(*(part[name][column].astype(str) for column in columns), strict=True)
        ]
        assert len(set(keys)) == len(keys), name
    leads = np.concatenate([part["leads"]["channel"] for part in parts])
    visitors = sum(int(part["visits"]["visitors"].sum()) for part in parts)
    rate, n = len(leads) / visitors, len(leads)
    assert abs(rate - 0.05) < 4 * 0.05 * np.sqrt(0.95 / n)
    assert all(
        len(parts[0][name]["report" if name == "reported" else "starts_on"]) == 0
        for name in ("reported", "quotas", "targets")
    )


def test_records_are_written_down_and_read_again(tmp_path: Path) -> None:
    company = keeping(COMPANIES["clean"])
    path = tmp_path / "clean.yaml"
    path.write_text(company_text(company), encoding="utf-8")
    assert read_company(path).records == company.records


def test_no_records_are_the_default() -> None:
    assert COMPANIES["clean"].records == Records()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("records:\n  visits: {rates: [0.1]}", "line 3: records.visits.rates has 1 values"),
        ("records:\n  referrals: {channel: Telex}", "line 3: channel names “Telex”"),
        (
            "records:\n  reported:\n    - {report: A, metric: win_rate, definition: my_own}",
            "my_own",
        ),
        ("records:\n  orders: {rr: 1}", "line 3: there is no setting “rr” here"),
        ("records:\n  emails: {streams: [], bad: Spring}", "bad names “Spring”"),
        ("records:\n  emails: {streams: []}", "line 3: records.emails.streams has nothing"),
        ("records:\n  visits: {rates: [0, 0, 0, 0, 0, 0, 0, 0]}", "has nothing to make a table of"),
    ],
)
def test_mistakes_are_told_with_their_line(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(f"like: clean\n{text}\n", encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        read_company(path)
    assert said in str(told.value)
