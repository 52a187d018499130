"""Stage entries: own stamps of each stage by day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables


class StageEntry(NamedTuple):
    """Journeys whose own stamp of a stage lies on a day."""

    position: int  # of the stage in the funnel, from 1
    day: date
    entered: int  # journeys


def _build(tables: Tables, _scope: Scope, settings: Settings) -> ir.Table:
    """Count own stamps; a stage that a journey skipped has none."""
    journeys = tables.journeys
    stages = [
        journeys.filter(journeys[f"stage_{i}_on"].notnull())
        .group_by(day=_[f"stage_{i}_on"])
        .aggregate(entered=_.count())
        .select(position=ibis.literal(i, "int64"), day=_.day, entered=_.entered)
        for i in range(1, len(settings.funnel) + 1)
    ]
    return ibis.union(*stages).order_by("position", "day")


stage_entries = Measure(
    name="stage_entries",
    row=StageEntry,
    keys=("position", "day"),
    fields=("stage_events.entered_at", "deals.closed_at", "leads.created_at"),
    build=_build,
)
