"""Sheets of people: own figures, what could be gained and from whom; nobody else's."""

from __future__ import annotations

from datetime import date
from typing import Any

from audits.team.test_rep_figures import SETTINGS, data
from facts.rows import cohort, inputs, staged
from facts.test_rep_model import STEP, cell
from salesaudit.measures.rep_cells import rep_cells
from salesaudit.measures.rep_outcomes import RepOutcome, rep_outcomes
from salesaudit.measures.roster import Member, roster
from salesaudit.measures.stages import stages
from salesaudit.run.people import Sheet, sheets

MOVED = {"r0": 60, "r1": 62, "r2": 58, "r3": 61, "r4": 110, "r5": 20}  # of 200 each


def made(moved: dict[str, int] = MOVED, members: list[Member] | None = None) -> dict[str, Sheet]:
    rows: dict[Any, Any] = data(dict.fromkeys(moved, 40))
    rows |= cohort(STEP, date(2024, 1, 1), {5: 30, 10: 30}, 40)
    rows[rep_cells] = [
        cell(rep_id, 200, k, STEP, counted="journeys", credit="actor")
        for rep_id, k in moved.items()
    ]
    rows[roster] = members or [Member(r, f"Name {r}", "SME", None, 1) for r in moved]
    found = sheets(inputs(SETTINGS, {stages: staged(SETTINGS), **rows}), SETTINGS)
    return {sheet.person.rep_id: sheet for sheet in found}


def test_own_figures_and_the_teams_range() -> None:
    [step] = made()["r0"].steps
    assert (step.step, step.n, step.moved) == (STEP, 200, 60)
    assert step.own is not None
    assert step.team is not None
    assert step.own.lower < 0.3 < step.own.upper
    assert step.team.lower < step.team.value < step.team.upper
    assert not step.better
    assert not step.could_gain
    assert step.lesson is None


def test_who_could_gain_beyond_chance_is_told_from_whom() -> None:
    [step] = made()["r5"].steps
    assert step.could_gain
    assert step.lesson is not None
    assert step.lesson.teacher == "Name r4"
    # Half of the gap of about 0.4, on 200 cases in the year from January to December.
    assert 30 < step.lesson.gain.value < 50
    assert step.lesson.gain.lower < step.lesson.gain.value < step.lesson.gain.upper


def test_the_best_are_told_that_they_are_and_need_no_teacher() -> None:
    [step] = made()["r4"].steps
    assert step.better
    assert not step.could_gain
    assert step.lesson is None


def test_where_nobody_differs_nobody_is_told_to_learn() -> None:
    found = made(dict.fromkeys(MOVED, 60))
    assert not any(step.could_gain or step.lesson for s in found.values() for step in s.steps)


def test_whoever_left_gets_no_sheet_and_teaches_nobody() -> None:
    members = [
        Member(r, f"Name {r}", "SME", date(2024, 6, 1) if r == "r4" else None, 1) for r in MOVED
    ]
    found = made(members=members)
    assert "r4" not in found
    [step] = found["r5"].steps
    assert step.could_gain
    assert step.lesson is None


def test_a_small_team_hides_no_colleague_so_its_range_is_not_shown() -> None:
    found = made({"r0": 60, "r1": 62, "r2": 58, "r3": 61})
    assert {step.team for sheet in found.values() for step in sheet.steps} == {None}


def test_someone_with_deals_and_no_cases_gets_a_sheet_of_counts() -> None:
    rows: dict[Any, Any] = {
        rep_outcomes: [RepOutcome("deals", "r9", "owner", "won", 3, 0, None)],
        **cohort(STEP, date(2024, 1, 1), {5: 30}, 40),
    }
    [sheet] = sheets(inputs(SETTINGS, {stages: staged(SETTINGS), **data({}), **rows}), SETTINGS)
    assert (sheet.person.won, sheet.steps) == (3, ())
