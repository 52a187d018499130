"""Reached leads: how many leads of a month were reached, and how many of those became customers."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Role, Settings
from salesaudit.measures.base import Measure, Tables
from salesaudit.measures.steps import first_stage
from salesaudit.measures.work import by_people

REACHED = "reached"  # the outcome of an activity


class ReachedLeads(NamedTuple):
    """Leads of a channel that entered in a month; a customer is one at T."""

    channel: str | None  # None: no channel given, or all others where rest
    rest: bool
    month: date  # of entry into the first stage
    leads: int  # with a day of entry
    customers: int  # leads
    reached: int  # leads with an activity of a person whose outcome is ``reached``
    reached_customers: int  # leads
    pitched: int  # leads that came to the role ``pitched``, or behind it
    pitched_customers: int  # leads


def _build(tables: Tables, scope: Scope, settings: Settings) -> ir.Table:
    """Count leads once, however often they were reached; machines reach nobody."""
    pitched, customer = settings.position(Role.PITCHED), settings.position(Role.CUSTOMER)
    begun = tables.journeys.filter(_.lead_id.notnull()).mutate(
        month=_[f"stage_{first_stage(settings)}_on"].truncate("M"),
        bought=_.furthest >= customer if customer else _.outcome == "won",
        came=_.furthest >= pitched if pitched else ibis.literal(False),
    )
    known = _reached(tables, scope, settings)
    joined = begun.left_join(known, [("lead_id", "reached_id")])
    return (
        joined.filter(_.month.notnull())
        .group_by("channel", "rest", "month")
        .aggregate(
            leads=_.count(),
            customers=_.count(where=_.bought),
            reached=_.count(where=_.reached_id.notnull()),
            reached_customers=_.count(where=_.reached_id.notnull() & _.bought),
            pitched=_.count(where=_.came),
            pitched_customers=_.count(where=_.came & _.bought),
        )
        .order_by("channel", "rest", "month")
    )


def _reached(tables: Tables, scope: Scope, settings: Settings) -> ir.Table:
    """Ids of the leads that were reached, each once; an activity of a deal is its lead's."""
    work = by_people(tables.activities, scope, settings).filter(_.outcome == REACHED)
    of_deal = tables.deals.select(its_deal=_.deal_id, its_lead=_.lead_id)
    joined = work.left_join(of_deal, [("deal_id", "its_deal")])
    ids = joined.select(reached_id=ibis.coalesce(joined.lead_id, joined.its_lead))
    return ids.filter(_.reached_id.notnull()).distinct()


reached_leads = Measure(
    name="reached_leads",
    row=ReachedLeads,
    keys=("channel", "rest", "month"),
    fields=(
        "leads.created_at", "leads.channel", "activities.outcome", "activities.automated",
        "stage_events.stage", "deals.status",
    ),
    build=_build,
)  # fmt: skip
