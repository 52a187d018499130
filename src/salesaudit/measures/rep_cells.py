"""Rep cells: what each rep's cases were, and how many of them moved on within how long."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables
from salesaudit.measures.credits import credited, stampers, with_largest
from salesaudit.measures.steps import Step, followed, neighbours, steps
from salesaudit.warehouse.journeys import DEAL

DECIDED = "decided"  # deals won or lost, by whether they were won; journeys, where none are loaded
HORIZONS = (7, 14, 30, 60, 90, 180, 365)  # days
KEPT = {"channel": 6, "company_size": 5, "product": 5}  # largest values that a dimension keeps
TENURES = ((91, "0-3"), (182, "3-6"), (365, "6-12"))  # under so many days: band in months
LONG_TENURE = "12+"
COLUMNS = (
    "step", "stage", "counted", "journey_id", "case_id", "owner_id", "channel", "company_size",
    "product", "since", "moved", "lag", "early",
)  # fmt: skip


class RepCell(NamedTuple):
    """Cases of a rep that are alike, by step; the step ``decided`` counts deals."""

    step: str
    counted: str  # deals, journeys
    rep_id: str | None  # None: nobody's, a machine's, or of a rep behind the largest
    credit: str  # actor, owner_then, owner, automated, nobody, rest
    early: bool  # entered before the first stamp of the step's end is on record
    channel: str | None  # None: none given, or not one of the largest; so for size and product
    company_size: str | None
    product: str | None  # only of decided deals: others have none unless they came far
    tenure: str | None  # months since the rep was hired; None: not known
    entered: int
    moved: int  # by T, on a known day; of decided deals: won
    old_7: int  # entered so many days before T or more
    moved_7: int  # of them: moved on within so many days
    old_14: int
    moved_14: int
    old_30: int
    moved_30: int
    old_60: int
    moved_60: int
    old_90: int
    moved_90: int
    old_180: int
    moved_180: int
    old_365: int
    moved_365: int

    def within(self, days: int) -> tuple[int, int]:
        """Cases old enough for a horizon, and those of them that moved on within it."""
        return getattr(self, f"old_{days}"), getattr(self, f"moved_{days}")


def _build(tables: Tables, scope: Scope, settings: Settings) -> ir.Table:
    """Count by step, rep and kind of case; who is credited does not depend on how it ended."""
    followed_steps = neighbours(steps(settings, tables.recorded_positions))
    parts = [_entered(tables, step, settings) for step in followed_steps]
    cases = ibis.union(_decided_deals(tables), _decided_journeys(tables), *parts)
    stages = {settings.funnel[step.start - 1].name for step in followed_steps}
    stamps = stampers(tables, scope, settings, sorted(stages))
    whose = credited(cases, stamps, tables, scope, settings)
    return _counted(tables, with_largest(whose), scope)


def _entered(tables: Tables, step: Step, settings: Settings) -> ir.Table:
    """Journeys that entered a step, but those that moved on on no known day."""
    part = followed(tables.journeys, step, settings)
    recorded = tables.funnel_stages.filter(_.position == step.end)
    entered = tables.journeys.filter(part.takes_part & ~part.undated).select(
        "journey_id", "owner_id", "channel", "company_size",
        since=part.entered_on,
        moved_on=part.moved_on,
    )  # fmt: skip
    return _cases(
        entered.cross_join(recorded.select(end_from=_.recorded_from)),
        step=ibis.literal(step.name),
        stage=ibis.literal(settings.funnel[step.start - 1].name),
        counted=ibis.literal("journeys"),
        case_id=_.journey_id,
        product=ibis.null("string"),
        moved=_.moved_on.notnull(),
        lag=ibis.greatest(_.moved_on.delta(_.since, unit="day"), 0).cast("int64"),
        early=(_.since < _.end_from).fill_null(False),
    )


def _decided_deals(tables: Tables) -> ir.Table:
    origin = tables.journeys.select(
        its_journey=_.journey_id, its_channel=_.channel, its_size=_.company_size
    )
    decided = tables.deals.filter(_.status.isin(("won", "lost")))
    return _cases(
        decided.left_join(origin, [("journey_id", "its_journey")]),
        **_decided("deals"),
        case_id=DEAL + _.deal_id,
        owner_id=_.rep_id,
        channel=ibis.coalesce(_.its_channel, _.channel),
        company_size=ibis.coalesce(_.its_size, _.company_size),
        since=_.created_on,
        moved=_.status == "won",
    )


def _decided_journeys(tables: Tables) -> ir.Table:
    return _cases(
        tables.journeys.filter(_.outcome.isin(("won", "lost"))),
        **_decided("journeys"),
        case_id=_.journey_id,
        product=ibis.null("string"),
        since=_.created_on,
        moved=_.outcome == "won",
    )


def _cases(table: ir.Table, **columns: Any) -> ir.Table:
    """The columns that all parts have, in one order; those that are not given are the table's."""
    return table.select(**{name: columns.get(name, _[name]) for name in COLUMNS})


def _decided(counted: str) -> dict[str, ir.Value]:
    return {
        "step": ibis.literal(DECIDED),
        "stage": ibis.null("string"),
        "counted": ibis.literal(counted),
        "lag": ibis.null("int64"),
        "early": ibis.literal(False),
    }


def _counted(tables: Tables, cases: ir.Table, scope: Scope) -> ir.Table:
    hired = tables.reps.select(member=_.rep_id, hired_on=_.hired_on)
    cases = cases.left_join(hired, [("rep_id", "member")])
    for name, largest in KEPT.items():
        cases = cases.left_join(_largest(cases, name, largest), [(name, f"kept_{name}")])
    served = _.since.delta(_.hired_on, unit="day")
    bands = [(served < days, band) for days, band in TENURES]
    told = cases.select(
        "step", "counted", "rep_id", "credit", "early", "moved", "lag", "since",
        **{name: _[f"kept_{name}"] for name in KEPT},
        tenure=ibis.cases(*bands, (served.notnull(), LONG_TENURE)),
    )  # fmt: skip
    within = {}
    for days in HORIZONS:
        old = (_.since <= scope.until - timedelta(days)) & (_.step != DECIDED)
        within[f"old_{days}"] = _.count(where=old)
        within[f"moved_{days}"] = _.count(where=old & _.moved & (_.lag <= days))
    keys = RepCell._fields[:9]
    return (
        told.group_by(*keys)
        .aggregate(entered=_.count(), moved=_.count(where=_.moved), **within)
        .order_by(*keys)
    )


def _largest(cases: ir.Table, name: str, largest: int) -> ir.Table:
    """The largest values of a dimension."""
    return (
        cases.filter(cases[name].notnull())
        .group_by(name)
        .aggregate(size=_.count())
        .order_by(_.size.desc(), _[name].asc())
        .limit(largest)
        .select(**{f"kept_{name}": _[name]})
    )


rep_cells = Measure(
    name="rep_cells",
    row=RepCell,
    keys=RepCell._fields[:9],
    fields=(
        "stage_events.actor_id", "leads.owner_id", "lead_changes.old", "deals.rep_id",
        "deal_changes.old", "leads.company_size", "leads.channel", "deals.product",
        "reps.hired_on",
    ),
    build=_build,
)  # fmt: skip
