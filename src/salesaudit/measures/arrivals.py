"""Arrivals: leads by channel and day."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables


class Arrival(NamedTuple):
    """Leads of a channel on a day."""

    channel: str | None  # None: no channel given, or all others where rest
    rest: bool
    day: date | None  # None: the lead has no date
    leads: int  # journeys that began as a lead


def _build(tables: Tables, _scope: Scope, _settings: Settings) -> ir.Table:
    """Count leads on the day of ``created_at``; deals without a lead are none."""
    return (
        tables.journeys.filter(_.lead_id.notnull())
        .group_by("channel", "rest", day=_.created_on)
        .aggregate(leads=_.count())
        .order_by("channel", "rest", "day")
    )


arrivals = Measure(
    name="arrivals",
    row=Arrival,
    keys=("channel", "rest", "day"),
    fields=("leads.created_at", "leads.channel"),
    build=_build,
)
