"""Rep outcomes: how the deals of each rep ended as known at T; journeys, where none are loaded."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Role, Settings
from salesaudit.measures.base import Measure, Tables
from salesaudit.measures.credits import (
    ACTOR,
    AUTOMATED,
    NOBODY,
    OWNER,
    stampers,
    with_largest,
)
from salesaudit.measures.work import is_machine


class RepOutcome(NamedTuple):
    """Deals (or journeys) of a rep that ended alike."""

    counted: str  # deals, journeys
    rep_id: str | None  # None: nobody's, a machine's, or of a rep behind the largest
    credit: str  # owner, actor (a won one without an owner), automated, nobody, rest
    outcome: str  # won, lost, open
    cases: int
    amounts: int  # cases with an amount
    amount: Decimal | None  # their sum, company currency


def _build(tables: Tables, scope: Scope, settings: Settings) -> ir.Table:
    """Count by present owner; a won one without takes the person who stamped it a customer."""
    deals = tables.deals.select(
        "journey_id", counted=ibis.literal("deals"), owner=_.rep_id, outcome=_.status,
        amount=_.amount.cast("decimal(38, 2)"),
    )  # fmt: skip
    journeys = tables.journeys.select(
        "journey_id", counted=ibis.literal("journeys"), owner=_.owner_id, outcome=_.outcome,
        amount=_.won_amount.cast("decimal(38, 2)"),
    )  # fmt: skip
    place = settings.position(Role.CUSTOMER)
    stage = settings.funnel[place - 1].name if place else ""
    stamps = stampers(tables, scope, settings, (stage,))
    closed = ibis.union(deals, journeys).left_join(stamps, [("journey_id", "stamped")])
    closed = closed.mutate(
        owner=_.owner.nullif(""),
        by_machine=is_machine(_.owner, settings),
        by_stamp=(_.outcome == "won") & _.stamped.notnull(),
    )
    credit = ibis.cases(
        (_.by_machine, AUTOMATED),
        (_.owner.notnull(), OWNER),
        (_.by_stamp & _.person.notnull(), ACTOR),
        (_.by_stamp, AUTOMATED),
        else_=NOBODY,
    )
    rep_id = ibis.cases(
        (_.credit == OWNER, _.owner), (_.credit == ACTOR, _.person), else_=ibis.null("string")
    )
    return (
        with_largest(closed.mutate(credit=credit).mutate(rep_id=rep_id))
        .group_by("counted", "rep_id", "credit", "outcome")
        .aggregate(cases=_.count(), amounts=_.amount.count(), amount=_.amount.sum())
        .order_by("counted", "rep_id", "credit", "outcome")
    )


rep_outcomes = Measure(
    name="rep_outcomes",
    row=RepOutcome,
    keys=("counted", "rep_id", "credit", "outcome"),
    fields=("deals.rep_id", "deals.status", "leads.owner_id", "stage_events.actor_id"),
    build=_build,
)
