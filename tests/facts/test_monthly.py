"""Monthly: only months that lie wholly inside the record are full."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from facts.rows import cohort, inputs, leads_on, span, staged, together
from salesaudit.facts.monthly import Monthly, monthly
from salesaudit.measures.recorded_spans import recorded_spans
from salesaudit.measures.stage_entries import StageEntry, stage_entries
from salesaudit.measures.stages import stages
from warehouse.company import funnel

END = date(2024, 6, 30)
THREE = funnel("lead", "sql", "Won=customer", as_of=END)


def first(*months: int) -> tuple[date, ...]:
    return tuple(date(2024, month, 1) for month in months)


def of(*parts: Any, settings: Any = THREE, **more: Any) -> Monthly:
    rows = together(*parts, {stages: staged(settings, **more)})
    return inputs(settings, rows).fact(monthly)


def leads_between(begin: date, end: date) -> dict:
    return {recorded_spans: [span("leads.created_at", begin, end)]}


def entries(position: int, *days: tuple[date, int]) -> dict:
    return {stage_entries: [StageEntry(position, day, n) for day, n in days]}


@pytest.mark.parametrize(
    ("begin", "end", "full"),
    [
        (date(2024, 1, 1), date(2024, 3, 31), first(1, 2, 3)),
        (date(2024, 1, 2), date(2024, 3, 31), first(2, 3)),
        (date(2024, 1, 1), date(2024, 3, 30), first(1, 2)),
        (date(2024, 1, 15), date(2024, 2, 15), ()),
        (date(2024, 2, 1), date(2024, 2, 29), first(2)),
        (date(2024, 2, 1), date(2024, 2, 28), ()),  # a leap year
    ],
)
def test_full_months_of_leads(begin: date, end: date, full: tuple[date, ...]) -> None:
    found = of(leads_on((begin, 3), (end, 4)), leads_between(begin, end)).leads
    assert found.full == full
    assert sum(found.counts.values()) == 7


def test_a_full_month_without_leads_counts_as_none() -> None:
    rows = leads_on((date(2024, 1, 1), 3), (date(2024, 3, 31), 4), (None, 9))
    found = of(rows, leads_between(date(2024, 1, 1), date(2024, 3, 31))).leads
    assert found.full_counts() == [3, 0, 4]


def test_a_month_that_has_not_ended_is_not_full() -> None:
    until = funnel("lead", "Won=customer", as_of=date(2024, 3, 30))
    rows = leads_on((date(2024, 1, 1), 3), (date(2024, 4, 30), 4))
    found = of(rows, leads_between(date(2024, 1, 1), date(2024, 4, 30)), settings=until).leads
    assert found.full == first(1, 2)


def test_later_stages_stay_inside_the_window_of_leads() -> None:
    """A lead file that ends in March does not make a quiet April of the wins."""
    found = of(
        leads_on((date(2024, 1, 1), 9)),
        leads_between(date(2024, 1, 1), date(2024, 3, 31)),
        {recorded_spans: [span("deals.closed_at", date(2024, 1, 1), END)]},
        entries(3, (date(2024, 1, 1), 2), (date(2024, 3, 5), 1), (date(2024, 5, 5), 1)),
    ).stages[3]
    assert found.full == first(1, 2, 3)
    assert found.full_counts() == [2, 0, 1]
    assert found.counts[date(2024, 5, 1)] == 1


def test_a_stage_counts_from_the_first_lead_up_to_the_end_of_its_own_record() -> None:
    found = of(
        leads_on((date(2024, 1, 1), 9)),
        leads_between(date(2024, 1, 1), END),
        {recorded_spans: [span("stage_events.entered_at", date(2024, 1, 1), date(2024, 4, 30))]},
        entries(2, (date(2024, 2, 10), 2), (date(2024, 4, 30), 1)),
    ).stages[2]
    assert found.full == first(1, 2, 3, 4)
    assert found.full_counts() == [0, 2, 0, 1]


def test_wins_may_come_from_deals_or_from_events() -> None:
    rows = (
        leads_on((date(2024, 1, 1), 9)),
        leads_between(date(2024, 1, 1), END),
        entries(2, (date(2024, 1, 1), 1)),
        entries(3, (date(2024, 1, 1), 1)),
        {
            recorded_spans: [
                span("stage_events.entered_at", date(2024, 1, 1), date(2024, 3, 31)),
                span("deals.closed_at", date(2024, 1, 1), date(2024, 5, 31)),
            ]
        },
    )
    found = of(*rows).stages
    assert found[2].full == first(1, 2, 3)
    assert found[3].full == first(1, 2, 3, 4, 5)


def test_a_stage_recorded_late_begins_with_its_first_event() -> None:
    """The wins of January are missing: the first on record is that of 10 February."""
    found = of(
        leads_on((date(2024, 1, 1), 200)),
        leads_between(date(2024, 1, 1), END),
        {recorded_spans: [span("deals.closed_at", date(2024, 2, 10), END)]},
        cohort("lead_to_customer", date(2024, 1, 1), {}, waiting=100),
        cohort("lead_to_customer", date(2024, 3, 1), {1: 20}, waiting=80),
        entries(3, (date(2024, 2, 10), 1), (date(2024, 3, 2), 20)),
        since={"Won": date(2024, 2, 10)},
    ).stages[3]
    assert found.full == first(3, 4, 5, 6)


def test_without_leads_the_deals_set_the_window() -> None:
    found = of(
        {recorded_spans: [span("deals.created_at", date(2024, 2, 1), date(2024, 4, 30))]},
        {recorded_spans: [span("deals.closed_at", date(2024, 2, 1), END)]},
        entries(2, (date(2024, 2, 1), 5)),
        entries(3, (date(2024, 2, 1), 5)),
    )
    assert found.leads.full_counts() == [0, 0, 0]
    assert found.stages[3].full == first(2, 3, 4)


def test_with_nothing_on_record_there_is_no_full_month() -> None:
    assert of().leads.full == ()
