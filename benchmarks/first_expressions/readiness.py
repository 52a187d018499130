"""Readiness: leads not yet handed over at the start of a week after entry, by what they had met.

A lead is eligible in a week if at its start it is open, not handed over, and the ``HORIZON`` from
there on is over at T. Its band is the number of touches before that start. All that changes from
week to week are a few whole weeks per lead; so leads alike in these become one row first.
"""

from __future__ import annotations

from functools import reduce
from operator import add

import ibis
import ibis.expr.types as ir
from ibis import _

from benchmarks.first_expressions.company import Opened
from salesaudit.core.settings import Role
from salesaudit.measures.steps import Step, first_stage, followed
from salesaudit.measures.tables import by_end

WEEKS = 12  # after entry
HORIZON = 13  # weeks within which a lead is to become a customer
BANDS = (1, 2, 4)  # touches from which on a band begins, above 0
HAND_OVER = Role.SQL
KEYS = ("month", "channel", "rest")
_ALIKE = ("last", "handed", "won", "touch_1", "touch_2", "touch_4")


def collapsed(opened: Opened) -> ir.Table:
    """Leads alike first, then their weeks."""
    return _by_week(_alike(opened, KEYS), KEYS)


def without_month(opened: Opened) -> ir.Table:
    """The same without the month of entry, by which a bootstrap would draw."""
    return _by_week(_alike(opened, KEYS[1:]), KEYS[1:])


def week_by_week(opened: Opened) -> ir.Table:
    """A row for each lead and week."""
    return _by_week(_leads(opened).mutate(leads=ibis.literal(1, "int64")), KEYS)


def side_by_side(opened: Opened) -> ir.Table:
    """A query for each week, joined end to end."""
    leads = _leads(opened).mutate(leads=ibis.literal(1, "int64"))
    parts = [
        _counted(leads.filter(_.last >= week).mutate(week=ibis.literal(week, "int64")), KEYS)
        for week in range(WEEKS)
    ]
    return ibis.union(*parts)


def _alike(opened: Opened, keys: tuple[str, ...]) -> ir.Table:
    return _leads(opened).group_by(*keys, *_ALIKE).aggregate(leads=_.count())


def _by_week(leads: ir.Table, keys: tuple[str, ...]) -> ir.Table:
    weeks = ibis.memtable({"week": list(range(WEEKS))})
    return _counted(leads.join(weeks, [leads.last >= weeks.week]), keys)


def _counted(eligible: ir.Table, keys: tuple[str, ...]) -> ir.Table:
    """Eligible leads, those handed over in the week, and customers of both kinds."""
    band = reduce(
        add, ((eligible[f"touch_{many}"] < eligible.week).cast("int64") for many in BANDS)
    )
    handed, won = _.handed == _.week, _.won < _.week + HORIZON
    return (
        eligible.mutate(band=band)
        .group_by("week", "band", *keys)
        .aggregate(
            eligible=_.leads.sum(),
            handed=_.leads.sum(where=handed).fill_null(0),
            customers=_.leads.sum(where=won).fill_null(0),
            handed_customers=_.leads.sum(where=handed & won).fill_null(0),
        )
    )


def _leads(opened: Opened) -> ir.Table:
    """One row per lead: its last eligible week, and the weeks in which things happened to it.

    ``WEEKS`` (``WEEKS + HORIZON`` for ``won``) stands for never, or too late to matter.
    """
    settings, until = opened.settings, ibis.literal(opened.scope.until, "date")
    journeys, first = opened.tables.journeys, first_stage(settings)
    place = settings.position(HAND_OVER)
    if place is None:
        raise ValueError(f"the funnel has no stage {HAND_OVER}")
    part = followed(journeys, Step("lead_to_hand_over", first, place), settings)
    entered = part.entered_on

    def week(day: ir.DateValue, most: int) -> ir.IntegerValue:
        return (day.delta(entered, unit="day") // 7).fill_null(most).clip(-1, most)

    begun = journeys.filter(part.takes_part & ~part.undated & journeys.lead_id.notnull()).select(
        "lead_id", "channel", "rest",
        entered_on=entered,
        month=entered.truncate("M"),
        handed=week(part.moved_on, WEEKS),
        lost=week(journeys.lost_on, WEEKS),
        won=week(journeys.won_on, WEEKS + HORIZON),
        known=until.delta(entered, unit="day") // 7 - HORIZON,
    )  # fmt: skip
    touched = begun.left_join(_touches(opened), [("lead_id", "toucher")])
    weeks = {
        f"touch_{many}": (touched[f"touch_{many}_on"].delta(touched.entered_on, unit="day") // 7)
        .fill_null(WEEKS)
        .clip(-1, WEEKS)
        for many in BANDS
    }
    last = ibis.least(touched.handed, touched.lost, touched.won, touched.known, WEEKS - 1)
    return touched.mutate(**weeks, last=last).filter(_.last >= 0).select(*KEYS, *_ALIKE)


def _touches(opened: Opened) -> ir.Table:
    """Days of the touches with which each lead comes into a band."""
    known = opened.content_touches.filter(by_end(_.touched_at, opened.scope, opened.settings))
    numbered = known.select(
        toucher=_.lead_id,
        touched_at=_.touched_at,
        number=ibis.row_number().over(group_by="lead_id", order_by="touched_at") + 1,
    )
    days = opened.days
    found = numbered.group_by("toucher").aggregate(
        **{f"touch_{many}_at": _.touched_at.min(where=_.number == many) for many in BANDS}
    )
    return found.select(
        "toucher", **{f"touch_{many}_on": days.day(found[f"touch_{many}_at"]) for many in BANDS}
    )
