"""A company whose every question can be answered: four months of 100 leads, long since decided.

Of each month's 100 leads 50 become MQLs, 20 are pitched, 10 are SQLs and 5 customers; each step
takes five days.
"""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from facts.rows import cohort, inputs, leads_on, span, staged, together
from salesaudit.audits.base import Answer
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure
from salesaudit.measures.outcomes import Outcome, outcomes
from salesaudit.measures.recorded_spans import recorded_spans
from salesaudit.measures.stage_entries import StageEntry, stage_entries
from salesaudit.measures.stages import stages
from salesaudit.measures.step_totals import StepTotal, step_totals

END = date(2024, 12, 31)
SETTINGS = Settings(as_of=END)
MONTHS = tuple(date(2024, month, 1) for month in (1, 2, 3, 4))
SIZES = {"lead": 100, "mql": 50, "pitched": 20, "sql": 10, "customer": 5}
STEPS = (
    *((a, b, 5) for a, b in zip(SIZES, list(SIZES)[1:], strict=False)),
    ("lead", "pitched", 10), ("lead", "sql", 15), ("lead", "customer", 20),
)  # fmt: skip
Rows = Mapping[Measure[Any], Sequence[Any]]


def step(start: str, end: str, lag: int = 5, scale: int = 1) -> dict[Measure[Any], list[Any]]:
    """Rows of a step over the four months; ``scale`` divides those who move on."""
    name, n, moved = f"{start}_to_{end}", SIZES[start], SIZES[end] // scale
    parts = [cohort(name, m, {lag: moved}, waiting=n - moved, channel="ads") for m in MONTHS]
    return together(*parts, {step_totals: [StepTotal(name, "ads", False, 4 * n, 4 * moved)]})


def sound(settings: Settings = SETTINGS, *unrecorded: str) -> dict[Measure[Any], Sequence[Any]]:
    """All rows, with some stages not recorded."""
    rows: dict[Measure[Any], Sequence[Any]] = together(*(step(*each) for each in STEPS))
    entries = [
        StageEntry(place, month + timedelta(5 * (place - 1)), n)
        for place, (stage, n) in enumerate(SIZES.items(), start=1)
        for month in MONTHS
        if stage not in unrecorded
    ]
    return {
        **rows,
        **leads_on(*((month, 100) for month in MONTHS)),
        stages: staged(settings, *unrecorded),
        stage_entries: entries,
        recorded_spans: [
            span("leads.created_at", MONTHS[0], date(2024, 4, 30)),
            span("stage_events.entered_at", MONTHS[0], END),
            span("deals.closed_at", MONTHS[0], END),
        ],
        outcomes: [
            *(Outcome("deals", "won", m, 5, 5, Decimal("500.00")) for m in MONTHS),
            Outcome("deals", "lost", MONTHS[3], 12, 0, None),
            Outcome("deals", "open", None, 8, 0, None),
        ],
    }


def answer(unit: str, rows: Rows, settings: Settings = SETTINGS) -> Answer:
    """What a unit answers."""
    module = importlib.import_module(f"salesaudit.audits.process.{unit}")
    found = module.audit(inputs(settings, rows), settings).answer
    assert found is not None
    assert found.question == module.META.answers
    return found


def values(found: Answer) -> dict[str, float | None]:
    """Estimates by name, rounded."""
    rounded = {
        n: e.value if e.value is None else round(e.value, 6) for n, e in found.estimates.items()
    }
    return dict(sorted(rounded.items()))


def needed(found: Answer) -> list[str]:
    """Ids of what is asked for."""
    return [need.message.id for need in found.needs]
