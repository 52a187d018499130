"""Outcomes: how deals ended as known at T; journeys, where no deals are loaded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables


class Outcome(NamedTuple):
    """Deals (or journeys) of an outcome that ended in a month."""

    counted: str  # deals, journeys
    outcome: str  # won, lost, open
    month: date | None  # of the win or loss; None: open, or no day is known
    cases: int
    amounts: int  # cases with an amount
    amount: Decimal | None  # their sum, company currency


def _build(tables: Tables, _scope: Scope, _settings: Settings) -> ir.Table:
    """Count by outcome and month; a deal closed after T is open."""
    deals = tables.deals.select(
        counted=ibis.literal("deals"),
        outcome=_.status,
        month=_.closed_on.truncate("M"),
        amount=_.amount.cast("decimal(38, 2)"),
    )
    ended = ibis.coalesce(tables.journeys.won_on, tables.journeys.lost_on)
    journeys = tables.journeys.select(
        counted=ibis.literal("journeys"),
        outcome=_.outcome,
        month=ended.truncate("M"),
        amount=_.won_amount.cast("decimal(38, 2)"),
    )
    return (
        ibis.union(deals, journeys)
        .group_by("counted", "outcome", "month")
        .aggregate(cases=_.count(), amounts=_.amount.count(), amount=_.amount.sum())
        .order_by("counted", "outcome", "month")
    )


outcomes = Measure(
    name="outcomes",
    row=Outcome,
    keys=("counted", "outcome", "month"),
    fields=("deals.status", "deals.closed_at", "deals.amount"),
    build=_build,
)
