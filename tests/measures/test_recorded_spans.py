"""Recorded spans: what the build found, ordered by table, whatever the scope."""

from __future__ import annotations

from datetime import date, timedelta

from salesaudit.measures.recorded_spans import RecordedSpan, recorded_spans
from warehouse.company import Company, day, event, lead


def test_spans_with_the_stamps_that_lie_apart() -> None:
    first = date(2024, 1, 1)
    company = Company(
        leads=[
            lead("old", "1999-01-01"),
            *(lead(f"l{i}", str(first + timedelta(i)), channel="ads") for i in range(250)),
            lead("far", "2031-05-05"),
        ],
        events=[event("l0", "mql", "2024-02-02")],
    )
    once = day("2024-02-02")
    expected = (
        RecordedSpan(
            "leads", "created_at", first, first + timedelta(249), 252, 1, 1,
            day("1999-01-01"), day("2031-05-05"),
        ),
        RecordedSpan("stage_events", "entered_at", once, once, 1, 0, 0, once, once),
    )  # fmt: skip
    assert company.run(recorded_spans) == expected
    assert company.run(recorded_spans, where={"channel": ("nothing",)}) == expected
