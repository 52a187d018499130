"""A company too large for one go is made in blocks that fit together."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from salesaudit import api
from salesaudit.world import make, make_company, simulate
from salesaudit.world.companies import COMPANIES

TYPICAL = COMPANIES["typical"]


@pytest.fixture
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = simulate.blocks
    monkeypatch.setattr(make, "blocks", lambda *asked: usual(*asked, most=1_500))


def read(folder: Path, file: str) -> list[dict[str, str]]:
    with (folder / file).open(encoding="utf-8-sig", newline="") as text:
        return list(csv.DictReader(text))


def truth_in(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "truth.json").read_text("utf-8"))
    return found


def test_blocks_are_the_same_arrivals_in_other_hands() -> None:
    whole = simulate.simulate(TYPICAL, 3_000, 1)
    parts = list(simulate.blocks(TYPICAL, 3_000, 1, most=700))
    assert len(parts) == 5
    assert max(len(part) for part in parts) <= 700
    assert np.array_equal(np.concatenate([part.created_at for part in parts]), whole.created_at)
    assert np.array_equal(np.concatenate([part.channel for part in parts]), whole.channel)
    ids = np.concatenate([part.lead_ids for part in parts])
    assert np.array_equal(ids, whole.lead_ids)
    assert not np.array_equal(parts[1].heat[:500], parts[2].heat[:500])


@pytest.mark.usefixtures("small_blocks")
@pytest.mark.parametrize("name", ["typical", "dirty", "sawasdee-software"])
def test_an_audit_reads_a_company_of_several_blocks(name: str, tmp_path: Path) -> None:
    folder = make_company(name, tmp_path, leads=4_000)
    truth = truth_in(folder)
    assert set(truth["estimands"]) == {"leads_per_month", "as_known"}
    assert sum(truth["estimands"]["leads_per_month"].values()) == truth["leads"] >= 4_000
    document = json.loads(api.audit(folder).to_json())
    for source in document["sources"]:
        counts = {key: source[key] for key in ("read", "refused", "merged", "blank", "rows")}
        assert counts == truth["files"][source["name"]], source["name"]
    steps = {step["role"]: step for step in document["steps"]}
    for counted in ("reached", "own_stamp"):
        assert {role: s[counted] for role, s in steps.items()} == truth["as_exported"][counted]


@pytest.mark.usefixtures("small_blocks")
def test_no_number_is_given_twice(tmp_path: Path) -> None:
    folder = make_company(replace(TYPICAL, defects={"test_rows": 0.02}), tmp_path, leads=2_000)
    for file, column in (
        ("leads.csv", "lead_id"),
        ("deals.csv", "deal_id"),
        ("activities.csv", "activity_id"),
        ("reps.csv", "rep_id"),
    ):
        ids = Counter(row[column] for row in read(folder, file))
        assert max(ids.values()) == 1, file
    leads = {row["lead_id"] for row in read(folder, "leads.csv")}
    assert {row["lead_id"] for row in read(folder, "content_touches.csv")} <= leads
    assert {row["lead_id"] for row in read(folder, "stage_events.csv")} <= leads


@pytest.mark.usefixtures("small_blocks")
def test_what_is_broken_off_leaves_nothing_behind(tmp_path: Path) -> None:
    def stop(_what: str, done: int, _of: int) -> None:
        if done > 1_000:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_company("typical", tmp_path, leads=2_000, progress=stop)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("small_blocks")
def test_the_truth_of_the_blocks_is_the_truth_of_the_whole(tmp_path: Path) -> None:
    blocks = truth_in(make_company("clean", tmp_path / "blocks", leads=3_000))["estimates"]
    whole = make.made("clean", 3_000).truth
    for step in whole.steps:
        assert blocks[step]["final"] == pytest.approx(whole.curve(step).final, rel=0.01)
    assert blocks["per_month"]["leads_per_month"] == pytest.approx(3_000 / 36)
    assert blocks["per_month"]["sqls_per_month"] == pytest.approx(whole.per_month("sql"), rel=0.02)
