"""Open pipeline as known at past origins: how many leads were open then, how old, how large.

An origin is the last day of a month. A lead is open at it if it had entered and neither won nor
lost by then. Its amount is the one that its deal had on that day. A stretch is the time in which
this amount stood; origins are months, so all that counts of a stretch's two days is their month.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import ibis
import ibis.expr.types as ir
from ibis import _

from benchmarks.first_expressions.company import Opened
from salesaudit.measures.steps import LAST_LAG, first_stage
from salesaudit.measures.tables import by_end

BANDS = (1_000, 3_000, 10_000)  # amounts below which a band ends, company currency
NO_AMOUNT = -1


def at_24_origins(opened: Opened) -> ir.Table:
    """Stretches alike first, then their origins."""
    return _collapsed(opened, 24)


def at_8_origins(opened: Opened) -> ir.Table:
    """The same at the eight origins of a replay."""
    return _collapsed(opened, 8)


def origin_by_origin(opened: Opened) -> ir.Table:
    """A row for each lead and origin."""
    stretches = _stretches(opened, 24).mutate(leads=ibis.literal(1, "int64"))
    return _by_origin(stretches, opened, 24)


def without_changes(opened: Opened) -> ir.Table:
    """With the present amounts, whatever they were before."""
    return _collapsed(opened, 24, changes=False)


def origins_of(until: date, many: int) -> list[date]:
    """The last days of the last ``many`` months that are over at T, in order."""
    whole = monthrange(until.year, until.month)[1] == until.day
    last = until.year * 12 + until.month - 1 - (0 if whole else 1)
    months = [divmod(last - back, 12) for back in range(many - 1, -1, -1)]
    return [date(year, month + 1, monthrange(year, month + 1)[1]) for year, month in months]


def _collapsed(opened: Opened, many: int, *, changes: bool = True) -> ir.Table:
    stretches = _stretches(opened, many, changes=changes)
    alike = stretches.group_by("entered_on", "since", "until", "band").aggregate(leads=_.count())
    return _by_origin(alike, opened, many)


def _by_origin(stretches: ir.Table, opened: Opened, many: int) -> ir.Table:
    origins = ibis.memtable(
        {"place": list(range(many)), "origin": origins_of(opened.scope.until, many)}
    )
    joined = stretches.join(origins, [_.since <= origins.place, _.until > origins.place])
    age = joined.origin.delta(joined.entered_on, unit="day")
    return (
        joined.mutate(month=_.entered_on.truncate("M"), week=ibis.least(age, LAST_LAG + 1) // 7)
        .group_by("origin", "month", "week", "band")
        .aggregate(leads=_.leads.sum())
    )


def _stretches(opened: Opened, many: int, *, changes: bool = True) -> ir.Table:
    """One row per lead and amount, with places of origins: the first, and the one behind."""
    journeys = opened.tables.journeys
    entered = journeys[f"stage_{first_stage(opened.settings)}_on"]
    ended = ibis.coalesce(journeys.won_on, journeys.lost_on)
    leads = journeys.filter(
        entered.notnull() & journeys.lead_id.notnull() & ((_.outcome == "open") | ended.notnull())
    ).select("deal_id", entered_on=entered, ended_on=ended)
    amounts = _amounts(opened, changes=changes)
    opened_on = opened.tables.deals.select(its_deal=_.deal_id, opened_on=_.created_on)
    before = leads.left_join(opened_on, [("deal_id", "its_deal")])
    before = before.select(
        "entered_on", "ended_on",
        from_on=_.entered_on,
        to_on=_.opened_on,
        band=ibis.literal(NO_AMOUNT, "int64"),
    )  # fmt: skip
    stood = leads.join(amounts, [("deal_id", "amount_of")]).select(
        "entered_on", "ended_on", "from_on", "to_on", "band"
    )
    first = origins_of(opened.scope.until, many)[0]
    found = ibis.union(before, stood)
    since = ibis.greatest(found.from_on, found.entered_on)
    return found.select(
        "entered_on",
        "band",
        since=_place(since, first, many),
        until=ibis.least(_place(found.to_on, first, many), _place(found.ended_on, first, many)),
    ).filter(_.since < _.until)


def _place(day: ir.DateValue, first: date, many: int) -> ir.IntegerValue:
    """How many origins lie before a day: all of them where there is no day."""
    months = day.year() * 12 + day.month() - (first.year * 12 + first.month)
    return months.cast("int64").fill_null(many).clip(0, many)


def _amounts(opened: Opened, *, changes: bool) -> ir.Table:
    """What each deal's amount was, from day to day."""
    deals = opened.tables.deals.filter(_.created_on.notnull()).select(
        amount_of=_.deal_id, opened_on=_.created_on, amount=_.amount
    )
    if not changes:
        return deals.select(
            "amount_of", from_on=_.opened_on, to_on=ibis.null("date"), band=_band(_.amount)
        )
    known = opened.tables.deal_changes.filter(
        (_.field == "amount") & by_end(_.changed_at, opened.scope, opened.settings)
    )
    told = known.select(
        changed_of=_.deal_id,
        to_on=opened.days.day(known.changed_at),
        old=_.old.try_cast("decimal(18, 2)"),
        before_on=opened.days.day(
            known.changed_at.lag().over(group_by=known.deal_id, order_by=known.changed_at)
        ),
    )
    earlier = told.join(deals, [("changed_of", "amount_of")]).select(
        "amount_of",
        from_on=ibis.coalesce(_.before_on, _.opened_on),
        to_on=_.to_on,
        band=_band(_.old),
    )
    newest = told.group_by("changed_of").aggregate(newest_on=_.to_on.max())
    present = deals.left_join(newest, [("amount_of", "changed_of")]).select(
        "amount_of",
        from_on=ibis.coalesce(_.newest_on, _.opened_on),
        to_on=ibis.null("date"),
        band=_band(_.amount),
    )
    return ibis.union(earlier, present)


def _band(amount: ir.DecimalValue) -> ir.IntegerValue:
    return ibis.cases(
        (amount.isnull(), NO_AMOUNT),
        *((amount < limit, place) for place, limit in enumerate(BANDS)),
        else_=len(BANDS),
    ).cast("int64")
