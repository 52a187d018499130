"""A whole audit takes every table that a company hands over, and refuses none of its records."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from salesaudit import api
from salesaudit.world import make_company
from salesaudit.world.companies import COMPANIES, DEMO
from salesaudit.world.records.files import RECORD_FILES
from salesaudit.world.records.parameters import Records, Referrals, Response, Visits
from salesaudit.world.truth import Company


def sources(company: Company, folder: Path) -> dict[str, dict[str, object]]:
    made = make_company(company, folder, leads=1_200, seed=3)
    document = json.loads(api.audit(made).to_json())
    failed = [q for q, answer in document["answers"].items() if answer["status"] == "failed"]
    assert failed == []
    return {source["name"]: source for source in document["sources"]}


def test_the_demo_company(tmp_path: Path) -> None:
    loaded = sources(DEMO, tmp_path)
    for file in RECORD_FILES:
        source = loaded[file.name]
        assert source["refused"] == 0, file.name
        assert source["loaded"] == source["read"] > 0
        assert source["merged" if file.table == "referrals" else "rows"] == source["read"]


def test_a_company_whose_exports_are_canonical(tmp_path: Path) -> None:
    plain = COMPANIES["clean"]
    channels = plain.channels
    records = replace(
        DEMO.records,
        visits=Visits(tuple(0.05 for _ in channels)),
        campaigns=replace(DEMO.records.campaigns, kinds=tuple("advertising" for _ in channels)),
        spend=Response(),
        referrals=Referrals(channels[-1].name),
        reported=tuple(c for c in DEMO.records.reported if not c.channel),
    )
    loaded = sources(replace(plain, records=records), tmp_path)
    assert "referrals.csv" not in loaded  # a column of the leads
    assert len(loaded) == 21
    for name, source in loaded.items():
        assert source["refused"] == 0, name
        assert source["rows"] == source["read"] > 0, name


def test_a_company_that_keeps_no_records(tmp_path: Path) -> None:
    loaded = sources(replace(COMPANIES["clean"], records=Records()), tmp_path)
    assert set(loaded) == {
        "leads.csv", "stage_events.csv", "deals.csv", "reps.csv", "activities.csv", "spend.csv",
    }  # fmt: skip
