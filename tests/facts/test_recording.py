"""Recording: stages by position, spans by column, and the months between two days."""

from __future__ import annotations

from datetime import date

import pytest

from facts.rows import inputs, span, staged
from salesaudit.facts.recording import full_months, next_month, recording
from salesaudit.measures.recorded_spans import recorded_spans
from salesaudit.measures.stages import stages
from warehouse.company import funnel

TWO = funnel("lead", "Won=customer", as_of=date(2024, 6, 30))


def test_what_is_known_of_stages_and_stamps() -> None:
    leads = span("leads.created_at", date(2024, 1, 1), date(2024, 3, 1))
    rows = {stages: staged(TWO, "Won"), recorded_spans: [leads]}
    found = inputs(TWO, rows).fact(recording)
    assert [found.stage(place).recorded for place in (1, 2)] == [True, False]
    assert found.leads == found.span("leads", "created_at") == leads
    assert found.span("deals", "closed_at") is None


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        (
            date(2023, 11, 30), date(2024, 2, 29),
            [date(2023, 12, 1), date(2024, 1, 1), date(2024, 2, 1)],
        ),
        (date(2024, 1, 1), date(2024, 1, 31), [date(2024, 1, 1)]),
        (date(2024, 1, 1), date(2024, 1, 30), []),
        (date(2024, 3, 1), date(2024, 1, 31), []),
    ],
)  # fmt: skip
def test_full_months(first: date, last: date, months: list[date]) -> None:
    assert full_months(first, last) == months


def test_december_is_followed_by_january() -> None:
    assert next_month(date(2023, 12, 31)) == date(2024, 1, 1)
