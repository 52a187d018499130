"""Step ages: on which day journeys entered a step, and whether they have moved on by T."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables
from salesaudit.measures.steps import NO_STEP, followed, steps


class StepAge(NamedTuple):
    """Journeys that entered a step on a day."""

    step: str
    channel: str | None  # None: no channel given, or all others where rest
    rest: bool
    entered_on: date
    moved: int  # have moved on by T, on a known day
    waiting: int  # have not; the lost ones too
    undated: int  # have, on no known day: in no curve


def _build(tables: Tables, _scope: Scope, settings: Settings) -> ir.Table:
    """Count journeys by the day of their own stamp at the step's first stage."""
    parts = []
    followed_steps = steps(settings, tables.recorded_positions)
    for step in followed_steps or (NO_STEP,):
        part = followed(tables.journeys, step, settings)
        parts.append(
            tables.journeys.filter(part.takes_part).select(
                "channel",
                "rest",
                step=ibis.literal(step.name),
                entered_on=part.entered_on,
                has_moved=part.moved_on.notnull(),
                is_undated=part.undated,
            )
        )
    return (
        ibis.union(*parts)
        .filter(_.step != NO_STEP.name)
        .group_by("step", "channel", "rest", "entered_on")
        .aggregate(
            moved=_.count(where=_.has_moved),
            waiting=_.count(where=~_.has_moved & ~_.is_undated),
            undated=_.count(where=_.is_undated),
        )
        .order_by("step", "channel", "rest", "entered_on")
    )


step_ages = Measure(
    name="step_ages",
    row=StepAge,
    keys=("step", "channel", "rest", "entered_on"),
    fields=("leads.created_at", "stage_events.entered_at", "deals.closed_at", "leads.channel"),
    build=_build,
)
