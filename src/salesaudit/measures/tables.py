"""Where measures get their tables: in scope, with the 50 largest values of a dimension."""

from __future__ import annotations

from collections.abc import Callable, Collection

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Tables
from salesaudit.warehouse.calendar import end_of_day

LARGEST = 50  # values that a dimension keeps; the others are one group


def scoped(
    table: Callable[[str], ir.Table],
    scope: Scope,
    count: Callable[[ir.Table], int],
    recorded: Collection[int] | None = None,
) -> Tables:
    """The tables of a warehouse, with the scope applied.

    Args:
        table: hands out a table of the warehouse by name.
        scope: conditions on journeys; leads, deals and what happened to them follow.
        count: number of rows of a small expression.
        recorded: positions of the recorded stages; None: all of them.
    """
    journeys = table("journeys")
    leads, deals, events = table("leads"), table("known_deals"), table("stage_events")
    lead_changes, deal_changes = table("lead_changes"), table("deal_changes")
    activities = table("activities")
    conditions = _conditions(journeys, scope)
    if conditions:
        journeys = journeys.filter(*conditions)
        leads = leads.semi_join(journeys, "lead_id")
        deals = deals.semi_join(journeys, "journey_id")
        lead_changes = lead_changes.semi_join(leads, "lead_id")
        deal_changes = deal_changes.semi_join(deals, "deal_id")
        events, activities = (
            each.filter(each.lead_id.isin(leads.lead_id) | each.deal_id.isin(deals.deal_id))
            for each in (events, activities)
        )
    return Tables(
        journeys=_with_largest(journeys, count),
        funnel_stages=table("funnel_stages"),
        leads=leads,
        deals=deals,
        stage_events=events,
        lead_changes=lead_changes,
        deal_changes=deal_changes,
        activities=activities,
        reps=table("reps"),
        recorded=table("recorded"),
        recorded_positions=None if recorded is None else frozenset(recorded),
    )


def by_end(moment: ir.TimestampValue, scope: Scope, settings: Settings) -> ir.BooleanValue:
    """Whether a moment is known at the end of knowledge; one without a date is."""
    return moment.isnull() | (moment < ibis.literal(end_of_day(settings.zone, scope.until)))


def _conditions(journeys: ir.Table, scope: Scope) -> list[ir.BooleanValue]:
    conditions = [journeys[column].isin(values) for column, values in scope.where]
    if scope.since is not None:
        conditions.append(journeys.created_on >= scope.since)
    return conditions


def _with_largest(journeys: ir.Table, count: Callable[[ir.Table], int]) -> ir.Table:
    """``journeys`` with ``rest``: true where the channel is one of those pooled as all others."""
    if count(journeys.select("channel").distinct()) <= LARGEST:
        return journeys.mutate(rest=ibis.literal(False))
    largest = (
        journeys.filter(_.channel.notnull())
        .group_by("channel")
        .aggregate(size=_.count())
        .order_by(_.size.desc(), _.channel.asc())
        .limit(LARGEST)
        .select(large=_.channel)
    )
    joined = journeys.left_join(largest, [("channel", "large")])
    return joined.mutate(
        rest=joined.channel.notnull() & joined.large.isnull(), channel=joined.large
    ).drop("large")
