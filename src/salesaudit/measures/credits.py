"""Whose a case is: one rule for those who moved on and those who did not.

At a step it is the person who stamped its first stage, where the stamps of that stage name persons;
otherwise the owner at that time. Were the person taken who finished the case, those who did not
move on would be nobody's and every rate 100 %. A machine's cases are nobody's.
"""

from __future__ import annotations

from collections.abc import Collection

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Tables
from salesaudit.measures.tables import by_end
from salesaudit.measures.work import is_machine
from salesaudit.warehouse.calendar import CompanyDays
from salesaudit.warehouse.journeys import DEAL, LEAD

# How it is known whose a case is.
ACTOR = "actor"  # the person who stamped the step's first stage
OWNER_THEN = "owner_then"  # the owner at that time: owned by another since
OWNER = "owner"  # the owner; no change of it since is on record
AUTOMATED = "automated"  # a machine's
NOBODY = "nobody"  # no person is named
REST = "rest"  # of a person behind the largest
LARGEST_REPS = 200
YEARS = 15  # of the calendar by which changes are dated


def stampers(tables: Tables, scope: Scope, settings: Settings, stages: Collection[str]) -> ir.Table:
    """Who stamped each journey's first entry into these stages.

    ``person`` is null where only a machine did; of several at one moment the least id counts.
    """
    known = tables.stage_events.filter(
        by_end(_.entered_at, scope, settings), _.stage.isin(tuple(stages) or ("",))
    )
    of_deal = tables.deals.select(its_deal=_.deal_id, its_journey=_.journey_id)
    joined = known.left_join(of_deal, [("deal_id", "its_deal")])
    events = joined.select(
        "stage", "entered_at", "actor_id",
        stamped=ibis.ifelse(joined.lead_id.notnull(), LEAD + joined.lead_id, joined.its_journey),
    ).filter(_.stamped.notnull())  # fmt: skip
    first = ibis.rank().over(
        ibis.window(group_by=[events.stamped, events.stage], order_by=events.entered_at)
    )
    at_first = events.mutate(place=first).filter(_.place == 0, _.actor_id.notnull())
    return at_first.group_by("stamped", stamped_at=_.stage).aggregate(
        person=_.actor_id.min(where=~is_machine(_.actor_id, settings))
    )


def credited(
    cases: ir.Table, stamps: ir.Table, tables: Tables, scope: Scope, settings: Settings
) -> ir.Table:
    """``cases`` with ``rep_id`` and ``credit``.

    Args:
        cases: with ``step``, ``stage`` (null where only owners count), ``journey_id``, ``case_id``
            (of the lead or deal), ``owner_id`` (the present one) and ``since``, the day from
            which the case is followed.
        stamps: of ``stampers``.
        tables: for the changes of owners.
        scope: ends at T.
        settings: with the time zone and the machines.
    """
    kept = [name for name in cases.columns if name not in ("stage", "journey_id", "owner_id")]
    then = _owners_then(cases, tables, scope, settings)
    owned = cases.left_join(then, [("step", "then_step"), ("case_id", "then_case")]).left_join(
        stamps, [("journey_id", "stamped"), ("stage", "stamped_at")]
    )
    owned = owned.select(
        *kept, "was_changed", "stamped", "person",
        owner=ibis.ifelse(_.was_changed, _.then_owner, _.owner_id),
    )  # fmt: skip
    by_step = ibis.window(group_by=owned.step)
    by_stamp = 2 * owned.stamped.count().over(by_step) >= owned.count().over(by_step)
    named = owned.mutate(by_stamp=by_stamp).select(
        *kept, "was_changed", "by_stamp",
        whose=ibis.ifelse(_.by_stamp, _.person, _.owner),
        by_machine=_.by_stamp & _.stamped.notnull() & _.person.isnull(),
    )  # fmt: skip
    credit = ibis.cases(
        (_.by_machine | is_machine(_.whose, settings), AUTOMATED),
        (_.whose.isnull() | (_.whose == ""), NOBODY),
        (_.by_stamp, ACTOR),
        (_.was_changed, OWNER_THEN),
        else_=OWNER,
    )
    machine_or_nobody = _.credit.isin((AUTOMATED, NOBODY))
    return named.select(*kept, "whose", credit=credit).select(
        *kept, "credit", rep_id=ibis.ifelse(machine_or_nobody, ibis.null("string"), _.whose)
    )


def _owners_then(cases: ir.Table, tables: Tables, scope: Scope, settings: Settings) -> ir.Table:
    """The owner before the first change later than the day from which a case is followed."""
    first_day = scope.until.replace(day=1, year=scope.until.year - YEARS)
    days = CompanyDays(settings.zone, first_day, scope.until)
    changes = [
        table.filter(_.field == field, by_end(_.changed_at, scope, settings)).select(
            "changed_at", "old", changed=prefix + table[key]
        )
        for table, key, prefix, field in (
            (tables.lead_changes, "lead_id", LEAD, "owner_id"),
            (tables.deal_changes, "deal_id", DEAL, "rep_id"),
        )
    ]
    later = (
        ibis.union(*changes)
        .inner_join(cases.select("step", "case_id", "since"), [("changed", "case_id")])
        .filter(days.day(_.changed_at) > _.since)
    )
    order = [later.changed_at.asc(), later.old.asc(nulls_first=False)]
    place = ibis.row_number().over(
        ibis.window(group_by=[later.step, later.case_id], order_by=order)
    )
    return (
        later.mutate(place=place)
        .filter(_.place == 0)
        .select(
            then_step=_.step, then_case=_.case_id, then_owner=_.old, was_changed=ibis.literal(True)
        )
    )


def with_largest(cases: ir.Table) -> ir.Table:
    """Keep the reps with the most cases; the others' are one group, ``rep_id`` null."""
    largest = (
        cases.filter(_.rep_id.notnull())
        .group_by("rep_id")
        .aggregate(size=_.count())
        .order_by(_.size.desc(), _.rep_id.asc())
        .limit(LARGEST_REPS)
        .select(large=_.rep_id)
    )
    joined = cases.left_join(largest, [("rep_id", "large")])
    kept = [name for name in cases.columns if name not in ("rep_id", "credit")]
    return joined.select(
        *kept,
        credit=ibis.ifelse(joined.rep_id.notnull() & joined.large.isnull(), REST, joined.credit),
        rep_id=joined.large,
    )
