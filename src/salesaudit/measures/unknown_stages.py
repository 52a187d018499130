"""Unknown stages: events at stages that the funnel does not have."""

from __future__ import annotations

from typing import NamedTuple

import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables
from salesaudit.measures.tables import by_end


class UnknownStage(NamedTuple):
    """Events at a stage outside the funnel."""

    stage: str
    events: int


def _build(tables: Tables, scope: Scope, settings: Settings) -> ir.Table:
    """Count events at stages that are neither in the funnel nor end a case as lost."""
    known = [stage.name for stage in settings.funnel] + list(settings.lost_stages)
    return (
        tables.stage_events.filter(_.stage.notin(known), by_end(_.entered_at, scope, settings))
        .group_by("stage")
        .aggregate(events=_.count())
        .order_by(_.events.desc(), _.stage.asc())
        .limit(50)
    )


unknown_stages = Measure(
    name="unknown_stages",
    row=UnknownStage,
    keys=("stage",),
    fields=("stage_events.stage",),
    build=_build,
)
