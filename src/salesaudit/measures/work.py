"""What counts as work of the sales team: done by a person, known at the end of knowledge."""

from __future__ import annotations

from datetime import date, timedelta

import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.tables import by_end

WEEKS = 13  # a quarter of a year: what the team does now


def by_people(activities: ir.Table, scope: Scope, settings: Settings) -> ir.Table:
    """Activities up to T that no machine did; without a name it was a person."""
    known = activities.filter(by_end(_.done_at, scope, settings) & ~_.automated.fill_null(False))
    machines = settings.automated_actors
    return known.filter(_.rep_id.isnull() | _.rep_id.notin(machines)) if machines else known


def last_weeks(until: date) -> list[date]:
    """Mondays of the last full weeks up to the end of a day, in order."""
    following = until + timedelta(days=1)
    end = following - timedelta(days=following.weekday())
    return [end - timedelta(weeks=back) for back in range(WEEKS, 0, -1)]
