"""Response: how soon a person first tried to reach a lead, and how many became customers."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from benchmarks.first_expressions.company import Opened
from salesaudit.core.settings import Role
from salesaudit.measures.steps import Step, first_stage, followed
from salesaudit.measures.work import by_people

WITHIN = 90  # days from entry; only leads that are as old count
HOUR = 3_600_000_000  # microseconds
OPENS, CLOSES = 9, 18
NEVER = "never"


def response(opened: Opened) -> ir.Table:
    """Count leads by the band of the lag to the first attempt, channel and hour of entry.

    A lead that became a customer ahead of any attempt is no answer to one: ``left`` counts it.
    """
    joined = _entries(opened).left_join(_attempts(opened), [("lead_id", "tried_id")])
    on = opened.days.day(joined.tried_at)
    lag = joined.tried_at.delta(joined.created_at, unit="microsecond")
    days = on.delta(joined.created_on, unit="day")
    band = ibis.cases(
        (joined.tried_at.isnull(), NEVER),
        (lag < 0, "before entry"),
        (lag < HOUR, "1 hour"),
        (lag < 4 * HOUR, "4 hours"),
        (days == 0, "same day"),
        (days == 1, "next day"),
        (days <= 7, "7 days"),
        else_="later",
    )
    left = joined.moved_on.notnull() & (on.isnull() | (joined.moved_on < on))
    return (
        joined.mutate(band=band, left=left)
        .group_by("band", "channel", "rest", "hours")
        .aggregate(
            leads=_.count(where=~_.left),
            moved=_.count(where=~_.left & (_.lag <= WITHIN)),
            left=_.count(where=_.left),
        )
    )


def _entries(opened: Opened) -> ir.Table:
    """Leads old enough, with the moment and the kind of hour of their entry."""
    settings, journeys = opened.settings, opened.tables.journeys
    customer = settings.position(Role.CUSTOMER)
    if customer is None:
        raise ValueError("the funnel has no stage of customers")
    part = followed(journeys, Step("lead_to_customer", first_stage(settings), customer), settings)
    age = -part.entered_on.delta(ibis.literal(opened.scope.until, "date"), unit="day")
    begun = journeys.filter(part.takes_part & ~part.undated & (age >= WITHIN)).select(
        "lead_id", "channel", "rest",
        moved_on=part.moved_on,
        lag=part.moved_on.delta(part.entered_on, unit="day"),
    )  # fmt: skip
    moments = opened.tables.leads.select(entry_id=_.lead_id, created_at=_.created_at)
    joined = begun.join(moments, [("lead_id", "entry_id")])
    clock = opened.days.local(joined.created_at)
    in_week = clock.day_of_week.index() < 5
    in_hours = (clock.hour() >= OPENS) & (clock.hour() < CLOSES)
    hours = ibis.cases((~in_week, "weekend"), (in_hours, "office hours"), else_="evening")
    return joined.mutate(hours=hours, created_on=clock.date()).drop("entry_id")


def _attempts(opened: Opened) -> ir.Table:
    """The first attempt of a person at each lead; one at a deal is one at its lead."""
    work = by_people(opened.tables.activities, opened.scope, opened.settings)
    of_deal = opened.tables.deals.select(its_deal=_.deal_id, its_lead=_.lead_id)
    joined = work.left_join(of_deal, [("deal_id", "its_deal")])
    tried = joined.select("done_at", tried_id=ibis.coalesce(joined.lead_id, joined.its_lead))
    return (
        tried.filter(_.tried_id.notnull()).group_by("tried_id").aggregate(tried_at=_.done_at.min())
    )
