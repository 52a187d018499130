"""Step lags: how many journeys moved on after how many days."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables
from salesaudit.measures.steps import LAST_LAG, NO_STEP, followed, steps


class StepLag(NamedTuple):
    """Journeys of a cohort that moved on at a lag."""

    step: str
    channel: str | None  # None: no channel given, or all others where rest
    rest: bool
    month: date  # of entry into the step
    lag: int  # days, 0 to 1,095, then the overflow bin
    moved: int  # journeys
    negative: int  # of them: moved on before they entered, held at lag 0
    filled: int  # of them: skipped the stage, moved on at a later one
    days: int  # sum of their lags as stamped, negative and long ones too


def _build(tables: Tables, _scope: Scope, settings: Settings) -> ir.Table:
    """Count journeys by their lag, the difference of two days.

    A journey that moved on before it entered stands at lag 0 and is counted as negative, so that
    no customer is lost and no error is hidden.
    """
    parts = []
    followed_steps = steps(settings, tables.recorded_positions)
    for step in followed_steps or (NO_STEP,):
        part = followed(tables.journeys, step, settings)
        lag = part.moved_on.delta(part.entered_on, unit="day")
        parts.append(
            tables.journeys.filter(part.takes_part & part.moved_on.notnull())
            .select(
                "channel",
                "rest",
                step=ibis.literal(step.name),
                month=part.entered_on.truncate("M"),
                days=lag,
                filled=part.filled.cast("int64"),
            )
            .mutate(
                lag=ibis.least(ibis.greatest(_.days, 0), LAST_LAG + 1).cast("int64"),
                negative=(_.days < 0).cast("int64"),
            )
        )
    return (
        ibis.union(*parts)
        .filter(_.step != NO_STEP.name)
        .group_by("step", "channel", "rest", "month", "lag")
        .aggregate(
            moved=_.count(), negative=_.negative.sum(), filled=_.filled.sum(), days=_.days.sum()
        )
        .order_by("step", "channel", "rest", "month", "lag")
    )


step_lags = Measure(
    name="step_lags",
    row=StepLag,
    keys=("step", "channel", "rest", "month", "lag"),
    fields=("leads.created_at", "stage_events.entered_at", "deals.closed_at", "leads.channel"),
    build=_build,
)
