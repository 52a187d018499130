"""Recording: since when and until when what is on record, and which cohorts that spares."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from salesaudit.core.settings import Settings
from salesaudit.facts.base import Fact, Inputs
from salesaudit.measures.recorded_spans import RecordedSpan, recorded_spans
from salesaudit.measures.stages import StageRow, stages


class Recording(NamedTuple):
    """What the data says about its own making."""

    stages: tuple[StageRow, ...]  # by position
    spans: tuple[RecordedSpan, ...]

    def stage(self, position: int) -> StageRow:
        """The stage at a position of the funnel, from 1."""
        return self.stages[position - 1]

    def span(self, table: str, column: str) -> RecordedSpan | None:
        """From when to when a stamp is on record."""
        found = (s for s in self.spans if (s.table, s.column) == (table, column))
        return next(found, None)

    @property
    def leads(self) -> RecordedSpan | None:
        """From when to when leads are on record; rates of arrival stay inside."""
        return self.span("leads", "created_at")


def first_of_month(day: date) -> date:
    """The first day of the month of ``day``."""
    return day.replace(day=1)


def first_of_week(day: date) -> date:
    """The Monday of the week of ``day``."""
    return day - timedelta(days=day.weekday())


def next_month(day: date) -> date:
    """The first day of the month after ``day``."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def full_months(first: date, last: date) -> list[date]:
    """First days of the months that lie wholly between two days, both of which count."""
    month = first if first.day == 1 else next_month(first)
    found = []
    while (following := next_month(month)) and (following - last).days <= 1:
        found.append(month)
        month = following
    return found


def _compute(inputs: Inputs, _settings: Settings) -> Recording:
    return Recording(stages=inputs[stages], spans=inputs[recorded_spans])


recording = Fact(name="recording", inputs=(stages, recorded_spans), compute=_compute)
