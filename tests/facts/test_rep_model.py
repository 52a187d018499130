"""Rep model: which cases it takes, whom it credits, and when it stays silent."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from facts.rows import cohort, inputs, staged, together
from salesaudit.core.settings import Settings
from salesaudit.facts.rep_model import RepStep, rep_model
from salesaudit.measures.outcomes import Outcome, outcomes
from salesaudit.measures.rep_cells import DECIDED, HORIZONS, RepCell, rep_cells
from salesaudit.measures.stages import stages
from warehouse.company import funnel

SETTINGS = funnel("lead", "sql", "customer", as_of="2024-12-31")
STEP = "sql_to_customer"


def cell(
    rep_id: str | None,
    n: int,
    moved: int,
    step: str = DECIDED,
    *,
    credit: str = "owner",
    early: bool = False,
    channel: str | None = "ads",
    counted: str = "deals",
) -> RepCell:
    """Cases of one kind, all old enough for every horizon, all moved on within a week."""
    within = {
        f"{name}_{days}": k for days in HORIZONS for name, k in (("old", n), ("moved", moved))
    }
    return RepCell(
        step, counted, rep_id, credit, early, channel, None, None, None, n, moved, **within
    )


def steps(*rows: RepCell, settings: Settings = SETTINGS, late: bool = False) -> dict[str, RepStep]:
    """The model of these cells; the curve of the step levels off within 14 days."""
    curve: dict[Any, Any] = together(
        cohort(STEP, date(2024, 3, 1), {5: 30, 10: 30}, 40),
        cohort(STEP, date(2023, 1, 1), {}, 400) if late else {},
    )
    since = {"customer": date(2024, 2, 3)} if late else {}
    given = {
        **curve,
        stages: staged(settings, since=since),
        rep_cells: rows,
        outcomes: [Outcome("deals", "won", date(2024, 1, 1), 1, 0, None)],
    }
    return {step.step: step for step in inputs(settings, given).fact(rep_model)}


def test_a_step_takes_cases_old_enough_for_the_day_by_which_nine_in_ten_have_moved_on() -> None:
    row = cell("r", 20, 8, STEP, credit="actor", counted="journeys")
    rows = [row._replace(rep_id=f"r{i}", old_14=15, moved_14=5) for i in range(4)]
    found = steps(*rows)[STEP]
    assert found.horizon == 14
    assert found.people == ("r0", "r1", "r2", "r3")
    assert (found.n.tolist(), found.moved.tolist()) == ([15] * 4, [5] * 4)
    assert (found.cases, found.credit) == (60, "actor")
    assert found.drawn is not None


def test_cohorts_from_before_the_record_began_are_left_out_as_in_the_curve() -> None:
    rows = [cell("r1", 30, 10, STEP), cell("r1", 50, 0, STEP, early=True), cell("r2", 30, 10, STEP)]
    assert steps(*rows)[STEP].n.tolist() == [80, 30]
    assert steps(*rows, late=True)[STEP].n.tolist() == [30, 30]


def test_deals_are_counted_where_there_are_deals() -> None:
    found = steps(cell("r1", 40, 20), cell("r1", 99, 9, counted="journeys"), cell("r2", 10, 3))
    assert found[DECIDED].n.tolist() == [40, 10]
    assert found[DECIDED].horizon is None


def test_where_only_winners_are_credited_there_is_no_rate() -> None:
    found = steps(cell("r1", 40, 40), cell("r2", 30, 30), cell(None, 90, 0, credit="nobody"))[
        DECIDED
    ]
    assert found.uneven
    assert found.drawn is None
    assert not found.better()


def test_a_machines_cases_are_known_to_be_nobodys_and_hinder_no_rate() -> None:
    found = steps(cell("r1", 40, 20), cell("r2", 30, 10), cell(None, 90, 0, credit="automated"))
    assert not found[DECIDED].uneven
    assert (found[DECIDED].cases, int(found[DECIDED].n.sum())) == (160, 70)
    assert found[DECIDED].drawn is not None


@pytest.mark.parametrize(
    "rows",
    [
        [cell("r1", 15, 5), cell("r2", 14, 5)],  # 29 cases
        [cell("r1", 400, 100)],  # one person
        [],
    ],
)
def test_too_little_for_any_rate(rows: list[RepCell]) -> None:
    found = steps(*rows).get(DECIDED)
    assert found is None or found.drawn is None


def test_nine_cases_of_a_person_are_told_as_counts_ten_as_a_rate() -> None:
    found = steps(cell("r1", 9, 9), cell("r2", 10, 5), cell("r3", 60, 20))[DECIDED]
    assert found.told(0) is None
    assert found.told(1) is not None


def team(*won: int, n: int = 200) -> RepStep:
    return steps(*(cell(f"r{i}", n, k) for i, k in enumerate(won)))[DECIDED]


def test_who_does_better_than_the_team_and_who_could_teach() -> None:
    found = team(60, 62, 58, 61, 110, 59)
    assert found.differ()
    assert found.better() == {"r4"}
    assert set(found.teachers()) == {"r4"}


def test_nobody_is_told_apart_where_all_are_alike() -> None:
    found = team(60, 62, 58, 61, 64, 59)
    assert not found.differ()
    assert not found.better()
    assert not found.behind()
    assert not found.teachers()


def test_under_four_people_nobody_is_in_a_best_third() -> None:
    assert not team(40, 100, 45).teachers()


def test_whoever_could_gain_is_behind_beyond_chance() -> None:
    assert team(100, 98, 102, 101, 40, 99).behind() == {"r4"}


def test_the_same_cells_give_the_same_draws_in_whatever_order() -> None:
    rows = [cell(f"r{i}", 50, 10 + i, channel=c) for i in range(5) for c in ("ads", "web")]
    once, again = steps(*rows)[DECIDED], steps(*rows[::-1])[DECIDED]
    assert once.drawn is not None
    assert again.drawn is not None
    assert (once.drawn.rates == again.drawn.rates).all()
    assert once.p == again.p


def test_a_step_that_looks_apart_is_held_to_all_steps_looked_at() -> None:
    found = steps(
        *(cell(f"r{i}", 200, k) for i, k in enumerate((60, 62, 58, 61, 79))),
        *(cell(f"r{i}", 200, 60, STEP) for i in range(5)),
    )
    alone = steps(*(cell(f"r{i}", 200, k) for i, k in enumerate((60, 62, 58, 61, 79))))[DECIDED]
    assert alone.p == alone.q
    assert found[DECIDED].q == pytest.approx(2 * (found[DECIDED].p or 0), rel=1e-9)
