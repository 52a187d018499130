"""Monthly: what arrives in each full month, of leads and of every stage."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import NamedTuple

from salesaudit.core.settings import Role, Settings
from salesaudit.facts.base import Fact, Inputs
from salesaudit.facts.recording import Recording, first_of_month, full_months, recording
from salesaudit.facts.step_curves import step_curves
from salesaudit.measures.arrivals import arrivals
from salesaudit.measures.stage_entries import stage_entries


class Months(NamedTuple):
    """Events by month; the full ones lie inside what is on record."""

    counts: dict[date, int]  # every month with an event, and the full ones without
    full: tuple[date, ...]

    def full_counts(self) -> list[int]:
        """Events of the full months, in order."""
        return [self.counts.get(month, 0) for month in self.full]


class Monthly(NamedTuple):
    """Leads, and entries into each stage by position."""

    leads: Months
    stages: dict[int, Months]


def _compute(inputs: Inputs, settings: Settings) -> Monthly:
    known = inputs.fact(recording)
    lead_days = Counter[date]()
    for row in inputs[arrivals]:
        if row.day is not None:
            lead_days[row.day] += row.leads
    window = _lead_window(known, lead_days, settings)
    stage_days: dict[int, Counter[date]] = {}
    for entry in inputs[stage_entries]:
        stage_days.setdefault(entry.position, Counter())[entry.day] += entry.entered
    late = {c.step.end: c.late.first_on for c in inputs.fact(step_curves).values() if c.late}
    stages = {}
    for position, days in stage_days.items():
        since = max(late.get(position, window[0]), window[0])
        until = min(window[1], _last_recorded(known, position, settings))
        stages[position] = _months(days, since, until)
    return Monthly(leads=_months(lead_days, *window), stages=stages)


def _lead_window(
    known: Recording, lead_days: Counter[date], settings: Settings
) -> tuple[date, date]:
    """From when to when leads are on record; without leads, from when to when deals are."""
    span = known.leads or known.span("deals", "created_at") or known.span("deals", "closed_at")
    span = span or next(iter(known.spans), None)
    if span is None:
        return settings.until, settings.until
    first = min(lead_days) if lead_days and known.leads is None else span.first
    return first, min(span.last, settings.until)


def _last_recorded(known: Recording, position: int, settings: Settings) -> date:
    """The last day on which the stage's own stamps could have come."""
    origins = [known.span("stage_events", "entered_at")]
    if position == 1:
        origins.append(known.leads)
    if settings.position(Role.CUSTOMER) == position:
        origins.append(known.span("deals", "closed_at"))
    return min(max((s.last for s in origins if s), default=settings.until), settings.until)


def _months(days: Counter[date], first: date, last: date) -> Months:
    counts = Counter[date]()
    for day, events in days.items():
        counts[first_of_month(day)] += events
    full = full_months(first, last)
    return Months({m: counts.get(m, 0) for m in sorted({*counts, *full})}, tuple(full))


monthly = Fact(
    name="monthly", inputs=(arrivals, stage_entries, recording, step_curves), compute=_compute
)
