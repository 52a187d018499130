"""Recorded spans: from when to when each stamp is on record, and what lies apart."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import ibis.expr.types as ir

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables


class RecordedSpan(NamedTuple):
    """The stamps of a column, over all of the data: no scope narrows them."""

    table: str
    column: str
    first: date
    last: date
    stamps: int
    before: int  # set aside: ahead of a gap of over 31 days, under 1 % of the column
    after: int  # set aside: behind such a gap
    oldest: date  # of all, those set aside included
    newest: date


def _build(tables: Tables, _scope: Scope, _settings: Settings) -> ir.Table:
    """Read what the build of the warehouse found."""
    return tables.recorded.order_by("table", "column")


recorded_spans = Measure(
    name="recorded_spans",
    row=RecordedSpan,
    keys=("table", "column"),
    fields=("leads.created_at", "stage_events.entered_at", "deals.closed_at"),
    build=_build,
)
