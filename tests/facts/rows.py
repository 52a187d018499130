"""Rows of measures written by hand, and the facts computed of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from salesaudit.core.settings import Settings
from salesaudit.facts.base import Inputs
from salesaudit.measures.arrivals import Arrival, arrivals
from salesaudit.measures.base import Measure, Results
from salesaudit.measures.lead_work import lead_work
from salesaudit.measures.orphans import orphans
from salesaudit.measures.outcomes import outcomes
from salesaudit.measures.present_reps import present_reps
from salesaudit.measures.reached_leads import reached_leads
from salesaudit.measures.recorded_spans import RecordedSpan, recorded_spans
from salesaudit.measures.rep_cells import rep_cells
from salesaudit.measures.rep_outcomes import rep_outcomes
from salesaudit.measures.repeated_contacts import repeated_contacts
from salesaudit.measures.roster import roster
from salesaudit.measures.stage_entries import stage_entries
from salesaudit.measures.stages import StageRow, stages
from salesaudit.measures.step_ages import StepAge, step_ages
from salesaudit.measures.step_lags import StepLag, step_lags
from salesaudit.measures.step_totals import step_totals
from salesaudit.measures.unknown_stages import unknown_stages
from salesaudit.measures.won_values import won_values

MEASURES: tuple[Measure[Any], ...] = (
    arrivals, lead_work, orphans, outcomes, present_reps, reached_leads, recorded_spans, rep_cells,
    rep_outcomes, repeated_contacts, roster, stage_entries, stages, step_ages, step_lags,
    step_totals, unknown_stages, won_values,
)  # fmt: skip
Rows = Mapping[Measure[Any], Sequence[Any]]


def inputs(settings: Settings, rows: Rows) -> Inputs:
    """What facts and units read; a measure that is not given has no rows."""
    given = {measure: tuple(rows.get(measure, ())) for measure in MEASURES}
    return Inputs(Results(given), settings)


def staged(settings: Settings, *unrecorded: str, since: Mapping[str, date] = {}) -> list[StageRow]:
    """The funnel's stages, all recorded but those named."""
    return [
        StageRow(
            position=place,
            stage=stage.name,
            role=stage.role.value if stage.role else None,
            reached=None if stage.name in unrecorded else 1,
            own_stamp=0 if stage.name in unrecorded else 1,
            same_as_before=0,
            source_column=None,
            recorded=stage.name not in unrecorded,
            recorded_from=since.get(stage.name),
        )
        for place, stage in enumerate(settings.funnel, start=1)
    ]


def span(name: str, first: date, last: date, stamps: int = 1000, after: int = 0) -> RecordedSpan:
    """The span of ``table.column``."""
    table, column = name.split(".")
    newest = date(2031, 1, 1) if after else last
    return RecordedSpan(table, column, first, last, stamps, 0, after, first, newest)


def cohort(
    step: str,
    entered_on: date,
    lags: Mapping[int, int],
    waiting: int = 0,
    *,
    undated: int = 0,
    channel: str | None = None,
    rest: bool = False,
    negative: int = 0,
    filled: int = 0,
) -> dict[Measure[Any], list[Any]]:
    """Journeys that entered a step on one day: how many moved on at which lag, how many wait."""
    key = (step, channel, rest)
    moved = sum(lags.values())
    return {
        step_ages: [StepAge(*key, entered_on, moved, waiting, undated)],
        step_lags: [
            StepLag(
                *key, entered_on.replace(day=1), lag, n,
                negative if i == 0 else 0, filled if i == 0 else 0, lag * n,
            )
            for i, (lag, n) in enumerate(sorted(lags.items()))
        ],
    }  # fmt: skip


def together(*parts: Rows) -> dict[Measure[Any], list[Any]]:
    """The rows of several parts, measure by measure."""
    found: dict[Measure[Any], list[Any]] = {}
    for part in parts:
        for measure, rows in part.items():
            found.setdefault(measure, []).extend(rows)
    return found


def leads_on(*days: tuple[date | None, int], channel: str | None = "ads") -> Rows:
    """Leads of a channel by day."""
    return {arrivals: [Arrival(channel, False, day, n) for day, n in days]}
