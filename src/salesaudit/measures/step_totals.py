"""Step totals: all records, plain, with or without a day."""

from __future__ import annotations

from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Role, Settings
from salesaudit.measures.base import Measure, Tables
from salesaudit.measures.steps import NO_STEP, first_stage, steps


class StepTotal(NamedTuple):
    """Journeys of a channel that reached a step's first stage, and its second."""

    step: str
    channel: str | None  # None: no channel given, or all others where rest
    rest: bool
    entered: int  # reached the first stage, or one behind it
    reached: int  # of them: reached the second stage, or one behind it


def _build(tables: Tables, _scope: Scope, settings: Settings) -> ir.Table:
    """Count who came how far; a journey that began behind the first stage takes no part."""
    journeys = tables.journeys
    positions = tables.recorded_positions
    ends = {first_stage(settings), settings.position(Role.CUSTOMER) or 0}  # also without a day
    counted = None if positions is None else ends | positions
    parts = [
        journeys.filter((_.start <= step.start) & (_.furthest >= step.start)).select(
            "channel", "rest", step=ibis.literal(step.name), came=_.furthest >= step.end
        )
        for step in steps(settings, counted) or (NO_STEP,)
    ]
    return (
        ibis.union(*parts)
        .filter(_.step != NO_STEP.name)
        .group_by("step", "channel", "rest")
        .aggregate(entered=_.count(), reached=_.count(where=_.came))
        .order_by("step", "channel", "rest")
    )


step_totals = Measure(
    name="step_totals",
    row=StepTotal,
    keys=("step", "channel", "rest"),
    fields=("leads.lead_id", "stage_events.stage", "deals.status", "leads.channel"),
    build=_build,
)
