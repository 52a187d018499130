"""Present reps: who is in the sales team on the last day, and for how many hours a week."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables
from salesaudit.measures.work import is_machine


class PresentReps(NamedTuple):
    """People of a team at T."""

    team: str | None  # None: in no team
    reps: int
    with_hours: int  # of them, with weekly hours
    hours: Decimal | None  # of those, a week


def _build(tables: Tables, scope: Scope, settings: Settings) -> ir.Table:
    """Count who was hired by T and has not left by it; machines are nobody."""
    last = ibis.literal(scope.until, "date")
    present = tables.reps.filter(
        _.hired_on.isnull() | (_.hired_on <= last),
        _.left_on.isnull() | (_.left_on > last),
        ~is_machine(_.rep_id, settings),
    )
    return (
        present.mutate(week=_.weekly_hours.cast("decimal(10, 2)"))
        .group_by("team")
        .aggregate(reps=_.count(), with_hours=_.week.count(), hours=_.week.sum())
        .order_by("team")
    )


present_reps = Measure(
    name="present_reps",
    row=PresentReps,
    keys=("team",),
    fields=("reps.team", "reps.hired_on", "reps.left_on", "reps.weekly_hours"),
    build=_build,
)
