"""Stages: each stage of the funnel, who reached it, and whether it is recorded."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import ibis.expr.types as ir

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables


class StageRow(NamedTuple):
    """A stage of the funnel, over all of the data: no scope narrows it."""

    position: int
    stage: str
    role: str | None
    reached: int | None  # None where the stage is not recorded
    own_stamp: int
    same_as_before: int  # own stamps equal to the stage before
    source_column: str | None
    recorded: bool
    recorded_from: date | None


def _build(tables: Tables, _scope: Scope, _settings: Settings) -> ir.Table:
    """Read what the build of the warehouse decided."""
    return tables.funnel_stages.order_by("position")


stages = Measure(
    name="stages",
    row=StageRow,
    keys=("position",),
    fields=("stage_events.stage", "stage_events.entered_at"),
    build=_build,
)
