"""Orphans: deals and events that name a lead or deal which is not in the data."""

from __future__ import annotations

from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables
from salesaudit.measures.tables import by_end


class Orphan(NamedTuple):
    """References of a column that lead nowhere."""

    column: str  # table.column
    missing: int
    references: int


def _build(tables: Tables, scope: Scope, settings: Settings) -> ir.Table:
    """Count references; an empty one is none."""
    events = tables.stage_events.filter(by_end(_.entered_at, scope, settings))
    leads = tables.leads.filter(by_end(_.created_at, scope, settings))
    leads = leads.select(known=_.lead_id).distinct()
    deals = tables.deals.select(known=_.deal_id).distinct()
    checks = (
        ("deals.lead_id", tables.deals.select(named=_.lead_id), leads),
        ("stage_events.lead_id", events.select(named=_.lead_id), leads),
        ("stage_events.deal_id", events.select(named=_.deal_id), deals),
    )
    parts = [
        references.filter(_.named.notnull())
        .left_join(targets, [("named", "known")])
        .aggregate(missing=_.count(where=_.known.isnull()), references=_.count())
        .select(column=ibis.literal(name), missing=_.missing, references=_.references)
        for name, references, targets in checks
    ]
    return ibis.union(*parts).order_by("column")


orphans = Measure(
    name="orphans",
    row=Orphan,
    keys=("column",),
    fields=("deals.lead_id", "stage_events.lead_id", "stage_events.deal_id"),
    build=_build,
)
