"""What counts as work of the sales team: done by a person, known at the end of knowledge."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.tables import by_end

WEEKS = 13  # a quarter of a year: what the team does now


def by_people(activities: ir.Table, scope: Scope, settings: Settings) -> ir.Table:
    """Activities up to T that no machine did; without a name it was a person."""
    by_machine = _.automated.fill_null(False) | is_machine(_.rep_id, settings)
    return activities.filter(by_end(_.done_at, scope, settings) & ~by_machine)


def is_machine(person: Any, settings: Settings) -> Any:
    """Whether an id, as an expression, is one of the automated actors; no id is a person's."""
    machines = settings.automated_actors
    return person.isin(machines).fill_null(False) if machines else ibis.literal(False)


def last_weeks(until: date) -> list[date]:
    """Mondays of the last full weeks up to the end of a day, in order."""
    following = until + timedelta(days=1)
    end = following - timedelta(days=following.weekday())
    return [end - timedelta(weeks=back) for back in range(WEEKS, 0, -1)]
