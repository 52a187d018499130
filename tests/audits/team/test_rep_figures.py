"""Q12: everyone's figures by name, nobody said to be below, and nothing of anybody where hidden."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from facts.rows import inputs, staged
from facts.test_rep_model import cell
from salesaudit.audits.base import Answer, AnswerStatus, Outcome
from salesaudit.audits.team.rep_figures import audit
from salesaudit.core.settings import Settings
from salesaudit.facts.base import Inputs
from salesaudit.measures.outcomes import Outcome as Ended
from salesaudit.measures.outcomes import outcomes
from salesaudit.measures.rep_cells import rep_cells
from salesaudit.measures.rep_outcomes import RepOutcome, rep_outcomes
from salesaudit.measures.roster import Member, roster
from salesaudit.measures.stages import stages
from warehouse.company import funnel

SETTINGS = funnel("lead", "sql", "customer", as_of="2024-12-31", currency="THB")
HIDE = SETTINGS.model_copy(update={"names": "hide"})
NAMES = {"r0": "Chai", "r1": "anan", "r2": "Boon", "r3": "Dao", "r4": "Ek", "r5": "Fa"}
WON = {"r0": 60, "r1": 62, "r2": 58, "r3": 61, "r4": 110, "r5": 4}


def data(
    won: dict[str, int], decided: int = 200, *, nobody: int = 0, lost: bool = True
) -> dict[Any, Any]:
    """A team with so many wins of so many decided deals each, and one deal still open."""
    counts, cells = [], []
    for rep_id, k in won.items():
        n = decided if k > 9 else 9
        counts += [
            RepOutcome("deals", rep_id, "owner", "won", k, k, Decimal(100 * k)),
            RepOutcome("deals", rep_id, "owner", "open", 1, 0, None),
        ]
        if lost:
            counts.append(RepOutcome("deals", rep_id, "owner", "lost", n - k, 0, None))
        cells.append(cell(rep_id, n if lost else k, k))
    if nobody:
        counts.append(RepOutcome("deals", None, "nobody", "won", nobody, 0, None))
        cells.append(cell(None, nobody, nobody, credit="nobody"))
    total = sum(won.values()) + nobody
    ended = [
        Ended("deals", "won", date(2024, month, 1), total // 8, 0, None) for month in range(1, 9)
    ]
    if lost:
        ended.append(Ended("deals", "lost", date(2024, 8, 1), 100, 0, None))
    return {
        rep_outcomes: counts,
        rep_cells: cells,
        outcomes: ended,
        roster: [Member(rep_id, name, "SME", None, 1) for rep_id, name in NAMES.items()],
    }


def outcome(settings: Settings = SETTINGS, rows: dict[Any, Any] | None = None) -> Outcome:
    given: Inputs = inputs(settings, {stages: staged(settings), **(rows or data(WON))})
    return audit(given, settings)


def answer(settings: Settings = SETTINGS, rows: dict[Any, Any] | None = None) -> Answer:
    found = outcome(settings, rows).answer
    assert found is not None
    return found


def test_everyone_by_name_with_counts_and_the_rate_given_their_leads() -> None:
    found = answer()
    rows = found.tables["reps"]
    assert [row["name"] for row in rows] == ["anan", "Boon", "Chai", "Dao", "Ek", "Fa"]
    [ek] = [row for row in rows if row["name"] == "Ek"]
    assert (ek["won"], ek["lost"], ek["open"], ek["won_amount"]) == (110, 90, 1, 11_000.0)
    assert ek["win_rate"] == 0.55
    assert ek["adjusted_lower"] < ek["adjusted_win_rate"] < 0.55  # type: ignore[operator]
    assert ek["verdict"] == "better"
    assert found.status is AnswerStatus.ANSWERED


def test_under_ten_decided_deals_there_are_counts_only() -> None:
    [fa] = [row for row in answer().tables["reps"] if row["name"] == "Fa"]
    assert (fa["won"], fa["lost"]) == (4, 5)
    assert fa["win_rate"] is fa["adjusted_win_rate"] is fa["verdict"] is None


def test_nothing_ever_says_below() -> None:
    rows = answer(rows=data({"r0": 100, "r1": 98, "r2": 102, "r3": 101, "r4": 30})).tables["reps"]
    assert {row["verdict"] for row in rows} <= {"better", "cannot_tell"}


def test_every_deal_is_somebodys_or_said_to_be_nobodys() -> None:
    found = answer(rows=data(WON, nobody=12)).tables
    of = {row["credit"]: row for row in found["credited"]}
    assert of["reps"]["won"] == sum(row["won"] for row in found["reps"])  # type: ignore[misc]
    assert of["nobody"] == {"credit": "nobody", "won": 12, "lost": 0, "open": 0}


def test_that_reps_differ_is_a_finding_of_the_team() -> None:
    [look] = [look for look in outcome().looks if look.subject == ("win_rate",)]
    assert look.p is not None
    assert look.p < 0.01
    said = json.dumps([look.message.params, look.action.params], default=str)
    assert not any(name in said for name in (*NAMES, *NAMES.values()))
    alike = outcome(rows=data({f"r{i}": 60 + i for i in range(6)}))
    assert all(look.p is not None and look.p > 0.05 for look in alike.looks)
    assert alike.answer is not None
    assert alike.answer.message.id == "rep-figures.alike"


def test_without_losses_there_are_counts_and_the_need_of_losses() -> None:
    found = answer(rows=data(WON, lost=False))
    assert found.status is AnswerStatus.PARTIAL
    assert found.estimates["won_per_rep"].value == 60.5
    assert all(row["adjusted_win_rate"] is None for row in found.tables["reps"])
    assert all(row["win_rate"] is None for row in found.tables["reps"])
    assert "rep-figures.need_lost" in {need.message.id for need in found.needs}
    assert not outcome(rows=data(WON, lost=False)).looks


def test_where_only_wins_name_a_rep_the_rate_needs_whose_the_others_were() -> None:
    rows = data(WON, lost=False)
    rows[rep_cells] = [*rows[rep_cells], cell(None, 300, 0, credit="nobody")]
    rows[outcomes] = [*rows[outcomes], Ended("deals", "lost", date(2024, 8, 1), 300, 0, None)]
    found = answer(rows=rows)
    assert all(row["adjusted_win_rate"] is None for row in found.tables["reps"])
    assert ("deals", "rep_id") in {(need.table, need.column) for need in found.needs}


def test_nobody_is_named_in_the_data() -> None:
    found = answer(rows={outcomes: data(WON)[outcomes]})
    assert found.status is AnswerStatus.UNANSWERABLE
    assert {(need.table, need.column) for need in found.needs} == {
        ("deals", "rep_id"), ("stage_events", "actor_id"),
    }  # fmt: skip


def everything(settings: Settings, rows: dict[Any, Any] | None = None) -> str:
    return json.dumps(outcome(settings, rows), default=str)


def test_hidden_names_leave_the_distribution_of_the_team_and_no_person() -> None:
    found = answer(HIDE)
    assert set(found.tables) == {"distribution", "credited"}
    [won] = [r for r in found.tables["distribution"] if r["of"] == "won" and r["team"] == "SME"]
    assert (won["people"], won["lower_quarter"], won["middle"]) == (6, 58.5, 60.5)
    said = everything(HIDE)
    assert not any(f'"{name}"' in said or f"'{name}'" in said for name in (*NAMES, *NAMES.values()))
    assert found.message.id == "rep-figures.hidden"


def test_a_team_under_five_is_not_shown_while_names_are_hidden() -> None:
    found = outcome(HIDE, data({"r0": 60, "r1": 62, "r2": 58, "r3": 110}))
    assert found.answer is not None
    assert "distribution" not in found.answer.tables
    assert not found.answer.estimates
    assert not found.looks
    assert found.answer.message.id == "rep-figures.too_few_people"


@pytest.mark.parametrize("name", [None, "", "<b>x</b>"])
def test_a_rep_without_a_name_is_called_by_the_id(name: str | None) -> None:
    rows = data(WON)
    rows[roster] = [Member("r0", name, None, None, 1)]
    shown = {row["rep_id"]: row["name"] for row in answer(rows=rows).tables["reps"]}
    assert shown["r0"] == (name or "r0")
    assert shown["r1"] == "r1"


def test_wins_credited_by_their_stamp_make_no_win_rate() -> None:
    """A lost deal without an owner has no such stamp: everybody would have won all."""
    rows = data(WON, lost=False)
    rows[rep_outcomes] = [row._replace(credit="actor") for row in rows[rep_outcomes]]
    rows[rep_cells] = [cell(None, 900, 350, credit="nobody")]
    rows[outcomes] = [*rows[outcomes], Ended("deals", "lost", date(2024, 8, 1), 550, 0, None)]
    found = answer(rows=rows)
    assert [row["won"] for row in found.tables["reps"]][:2] == [62, 58]
    assert all(row["win_rate"] is None for row in found.tables["reps"])
    assert [(need.table, need.column) for need in found.needs] == [("deals", "rep_id")]
