"""Exposure: days at risk at a stage, and moves to the next, of leads that have met a content.

A spell is a journey's stay at a stage: the days of age 0 (entry) to ``ends`` (the day it moved on,
was lost, or T), both counted. It is exposed from the day after its first touch on, ``begins``;
a touch on or after the last day exposes nothing. Rows without a content hold all spells, so the
unexposed part is what they have more.

Days at risk need no row for each of them: those at an age are the spells begun by then less those
ended before; those of a week are differences of sums of ``begins`` and ``ends``.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
from ibis import _

from benchmarks.first_expressions.company import Opened
from salesaudit.measures.steps import followed, neighbours, steps
from salesaudit.measures.tables import by_end

WEEKS = 26  # of age, each with columns of its own; the last column holds all later days
KEYS = ("content_id", "step", "channel", "rest")


def by_day(opened: Opened) -> ir.Table:
    """How many spells begin, end and move on at each day of age."""
    return _marks(_spells(opened), KEYS)


def by_day_and_team(opened: Opened) -> ir.Table:
    """The same with one key more."""
    return _marks(_spells(opened), (*KEYS, "team"))


def by_week(opened: Opened) -> ir.Table:
    """How many begin, end and move on in each week of age, and the sums of their days."""
    return _marks(_spells(opened), KEYS, days=7)


def week_columns(opened: Opened) -> ir.Table:
    """Days at risk and moves, two columns for each week: sums of overlaps."""
    spells = _spells(opened)
    sums: dict[str, ir.Scalar] = {}
    for week in range(WEEKS + 1):
        last = None if week == WEEKS else 7 * week + 7
        begin, end = spells.begins.clip(7 * week, last), (spells.ends + 1).clip(7 * week, last)
        sums[f"days_{week}"] = (end - begin).sum()
        within = spells.ends >= 7 * week
        within = within if last is None else within & (spells.ends < last)
        sums[f"moves_{week}"] = (spells.moved & within).sum()
    return spells.group_by(*KEYS).aggregate(**sums)


def week_by_week(opened: Opened) -> ir.Table:
    """The same by a row for each lead and week: what the other two are there to avoid."""
    spells = _spells(opened)
    weeks = ibis.memtable({"week": list(range(WEEKS + 1))})
    last = (spells.ends // 7).clip(upper=WEEKS)
    first = (spells.begins // 7).clip(upper=WEEKS)
    each = spells.mutate(first=first, last=last).join(
        weeks, [_.first <= weeks.week, _.last >= weeks.week]
    )
    each = each.mutate(
        start=ibis.greatest(_.begins, 7 * _.week),
        stop=ibis.ifelse(_.week == WEEKS, _.ends + 1, ibis.least(_.ends + 1, 7 * _.week + 7)),
    )
    return each.group_by(*KEYS, "week").aggregate(
        days=(_.stop - _.start).sum(), moves=(_.moved & (_.week == _.last)).sum()
    )


def _marks(spells: ir.Table, keys: tuple[str, ...], days: int = 1) -> ir.Table:
    """Begins, last days at risk and moves by age in units of ``days``, put side by side."""
    none = ibis.literal(0, "int64")
    begins = spells.group_by(*keys, age=_.begins // days).aggregate(
        begins=_.count(), begin_days=_.begins.sum(), ends=none, end_days=none, moves=none
    )
    ends = spells.group_by(*keys, age=_.ends // days).aggregate(
        begins=none, begin_days=none, ends=_.count(), end_days=_.ends.sum(), moves=_.moved.sum()
    )
    sums = ("begins", "begin_days", "ends", "end_days", "moves")
    return (
        ibis.union(begins, ends)
        .group_by(*keys, "age")
        .aggregate(**{name: _[name].sum() for name in sums})
    )


def _spells(opened: Opened) -> ir.Table:
    """All spells, and once more for each content those that it exposed."""
    settings, until = opened.settings, opened.scope.until
    journeys = opened.tables.journeys
    parts = []
    for step in neighbours(steps(settings, opened.tables.recorded_positions)):
        part = followed(journeys, step, settings)
        left_on = ibis.coalesce(part.moved_on, journeys.lost_on, ibis.literal(until, "date"))
        parts.append(
            journeys.filter(part.takes_part & ~part.undated).select(
                "lead_id", "channel", "rest", "team",
                step=ibis.literal(step.name),
                entered_on=part.entered_on,
                ends=ibis.greatest(left_on.delta(part.entered_on, unit="day"), 0),
                moved=part.moved_on.notnull(),
            )
        )  # fmt: skip
    stays = ibis.union(*parts)
    touches = opened.content_touches.filter(by_end(_.touched_at, opened.scope, settings))
    first = touches.group_by("lead_id", "content_id").aggregate(touched_at=_.touched_at.min())
    first = first.select(
        "content_id", toucher=_.lead_id, touched_on=opened.days.day(first.touched_at)
    )
    met = stays.join(first, [("lead_id", "toucher")])
    begins = ibis.greatest(met.touched_on.delta(met.entered_on, unit="day") + 1, 0)
    met = met.mutate(begins=begins).filter(_.begins <= _.ends)
    names = (*KEYS, "team", "begins", "ends", "moved")
    everyone = stays.mutate(content_id=ibis.null("string"), begins=ibis.literal(0, "int64"))
    return ibis.union(everyone.select(*names), met.select(*names))
