"""Lead work: what people did for leads and deals in each of the last 13 full weeks."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables
from salesaudit.measures.work import by_people, last_weeks
from salesaudit.warehouse.calendar import end_of_day

LONGEST = 100_000  # minutes; more is no time that a piece of work took


class LeadWork(NamedTuple):
    """Activities of a week that concern a lead or a deal."""

    week: date  # its Monday
    activities: int
    timed: int  # of them, with minutes
    minutes: Decimal | None  # of those, to the hundredth


def _build(tables: Tables, scope: Scope, settings: Settings) -> ir.Table:
    """Count by week of the company's calendar; what concerns nobody is no lead work."""
    mondays = last_weeks(scope.until)
    starts = [
        ibis.literal(end_of_day(settings.zone, monday - timedelta(days=1))) for monday in mondays
    ]
    end = ibis.literal(end_of_day(settings.zone, mondays[-1] + timedelta(days=6)))
    work = by_people(tables.activities, scope, settings).filter(
        (_.lead_id.notnull() | _.deal_id.notnull()) & (_.done_at >= starts[0]) & (_.done_at < end)
    )
    weeks = [
        (work.done_at < following, ibis.literal(monday, "date"))
        for monday, following in zip(mondays[:-1], starts[1:], strict=True)
    ]
    known = (work.minutes >= 0) & (work.minutes < LONGEST)
    return (
        work.mutate(
            week=ibis.cases(*weeks, else_=ibis.literal(mondays[-1], "date")),
            took=ibis.ifelse(known, work.minutes, ibis.null("float64")).cast("decimal(12, 2)"),
        )
        .group_by("week")
        .aggregate(activities=_.count(), timed=_.took.count(), minutes=_.took.sum())
        .order_by("week")
    )


lead_work = Measure(
    name="lead_work",
    row=LeadWork,
    keys=("week",),
    fields=("activities.done_at", "activities.minutes", "activities.lead_id", "activities.deal_id"),
    build=_build,
)
