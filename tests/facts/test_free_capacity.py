"""Free capacity, worked out by hand, and what is missing where it cannot be known."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from facts.rows import inputs, leads_on, span, together
from salesaudit.core.settings import Settings
from salesaudit.facts.free_capacity import FreeCapacity, free_capacity
from salesaudit.measures.lead_work import LeadWork, lead_work
from salesaudit.measures.present_reps import PresentReps, present_reps
from salesaudit.measures.recorded_spans import recorded_spans
from salesaudit.measures.work import last_weeks

UNTIL = date(2024, 6, 30)  # a Sunday
MONDAYS = last_weeks(UNTIL)
TEAM = [PresentReps("a", 2, 1, Decimal(30)), PresentReps(None, 1, 1, Decimal(30))]


def work(minutes: int = 1200, *, done: int = 40, timed: int = 40) -> list[LeadWork]:
    return [
        LeadWork(monday, done, timed, Decimal(minutes) if timed else None) for monday in MONDAYS
    ]


def found(
    rows: list[LeadWork],
    *,
    team: list[PresentReps] = TEAM,
    leads: int = 20,
    since: date = date(2024, 1, 1),
) -> FreeCapacity:
    arrived = leads_on(*((monday + timedelta(days=6), leads) for monday in MONDAYS))
    spans = [span("activities.done_at", since, UNTIL), span("leads.created_at", since, UNTIL)]
    given: dict[Any, Any] = {lead_work: rows, present_reps: team, recorded_spans: spans}
    return inputs(Settings(as_of=UNTIL), together(arrived, given)).fact(free_capacity)


def test_hours_left_over_the_minutes_that_a_lead_takes() -> None:
    known = found(work())
    assert known.reps == 3
    assert known.hours == pytest.approx(100 * 0.6)  # 30 + 30, and 40 of the one not given
    assert (known.busy, known.minutes_per_lead, known.weeks) == (20, 60, 13)
    assert known.leads_per_week == pytest.approx(40)
    assert known.missing is None


def test_activities_without_minutes_are_as_long_as_the_others() -> None:
    assert found(work(1200, done=40, timed=20)).busy == 40


def test_a_team_with_more_work_than_hours_has_no_room() -> None:
    assert found(work(6000)).leads_per_week == 0


def test_only_weeks_on_record_count() -> None:
    assert found(work(), since=MONDAYS[5]).weeks == 8


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        (found(work(), team=[]), "reps"),
        (found([]), "activities"),
        (found(work(), since=MONDAYS[-3]), "activities"),
        (found(work(timed=0)), "minutes"),
        (found(work(timed=19)), "minutes"),
        (found(work(0)), "minutes"),
        (found(work(), leads=0), "leads"),
    ],
)
def test_says_what_is_missing(known: FreeCapacity, missing: str) -> None:
    assert known == FreeCapacity(missing)
