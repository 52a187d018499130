"""Journeys: one row per lead, and one per deal that names no known lead.

They are the heart of the warehouse. Most measures read them and not the event log, so the rules
on outcome, stamps and the end of knowledge are decided here, once.
"""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.settings import Role, Settings
from salesaudit.warehouse.calendar import CompanyDays

LEAD, DEAL = "lead/", "deal/"  # what a journey's id begins with
GONE = "gone"  # the outcome of what was open when the exports no longer had it


class Canonical(NamedTuple):
    """The canonical tables that journeys are built from."""

    leads: ir.Table
    deals: ir.Table
    stage_events: ir.Table
    reps: ir.Table


class Funnel(NamedTuple):
    """What the build needs to know of the company's stages."""

    stages: tuple[str, ...]
    customer: int | None  # position of the role, from 1
    deal_start: int  # position at which a deal without a lead begins
    lost_stages: tuple[str, ...]
    automated: tuple[str, ...]

    @classmethod
    def of(cls, settings: Settings) -> Funnel:
        """The funnel of the settings."""
        customer = settings.position(Role.CUSTOMER)
        before_customer = max((customer or len(settings.funnel)) - 1, 1)
        return cls(
            stages=tuple(stage.name for stage in settings.funnel),
            customer=customer,
            deal_start=settings.position(Role.SQL) or before_customer,
            lost_stages=tuple(settings.lost_stages),
            automated=settings.automated_actors,
        )

    @property
    def positions(self) -> range:
        """Positions of the stages, from 1."""
        return range(1, len(self.stages) + 1)


def journeys(tables: Canonical, funnel: Funnel, days: CompanyDays, until: date) -> ir.Table:
    """The journeys as known at the end of day ``until``, with the moments of their stamps.

    Columns: those of the table ``journeys`` and, for ``funnel_stages``, ``start`` (position at
    which the journey begins) and ``stage_i_at`` (moments of the own stamps).
    """
    known = _known_at(tables, days, until)
    starts = _starts(known, funnel, days, until)
    events = _events_by_journey(known, funnel)
    return _outcomes(
        starts.left_join(_stamps(events, funnel), "journey_id")
        .drop("journey_id_right")
        .left_join(_cases(known, events, funnel), "journey_id")
        .drop("journey_id_right"),
        tables.reps,
        funnel,
        days,
        until,
    )


def columns(funnel: Funnel) -> list[str]:
    """Names of the columns of ``journeys``, in order."""
    return [
        "journey_id", "lead_id", "deal_id", "customer_id", "channel", "campaign", "source_detail",
        "product", "owner_id", "team", "country", "company_size", "industry", "created_on",
        *(f"stage_{i}_on" for i in funnel.positions),
        "start", "furthest", "won_on", "lost_on", "outcome", "won_amount", "won_margin",
    ]  # fmt: skip


def known_deals(tables: Canonical, days: CompanyDays, until: date) -> ir.Table:
    """Deals as known at T with the journey that each belongs to: one closed after T is open."""
    deals = _deals_by_journey(_known_at(tables, days, until))
    return deals.select(
        "journey_id", "deal_id", "lead_id", "customer_id", "rep_id", "product", "channel",
        "campaign", "country", "company_size", "pipeline", "stage", "status", "amount", "margin",
        "lost_reason",
        created_on=days.day(deals.created_at),
        closed_on=days.day(deals.closed_at),
    )  # fmt: skip


def _known_at(tables: Canonical, days: CompanyDays, until: date) -> Canonical:
    """The tables without what is later than T; a deal closed after T is open.

    An open deal that whole exports no longer have is ``gone``: nobody works it, and how it ended
    is not known.
    """

    def by(moment: ir.TimestampValue) -> ir.BooleanValue:
        return days.day(moment) <= until

    leads, deals, events = tables.leads, tables.deals, tables.stage_events
    closed = deals.closed_at.isnull() | by(deals.closed_at)
    status = ibis.ifelse(closed, deals.status, "open")
    return Canonical(
        leads=leads.filter(leads.created_at.isnull() | by(leads.created_at)),
        deals=deals.filter(deals.created_at.isnull() | by(deals.created_at)).mutate(
            status=ibis.ifelse((status == "open") & _gone(deals, until), GONE, status),
            closed_at=ibis.ifelse(closed, _.closed_at, ibis.null("timestamp")),
        ),
        stage_events=events.filter(by(events.entered_at)),
        reps=tables.reps,
    )


def _gone(table: ir.Table, until: date) -> ir.BooleanValue:
    return (table.gone_since <= until).fill_null(False)


def _starts(known: Canonical, funnel: Funnel, days: CompanyDays, until: date) -> ir.Table:
    """One row per journey: where it begins and what was known of it at entry."""
    leads = known.leads.select(
        "channel", "campaign", "source_detail", "country", "company_size", "industry",
        journey_id=LEAD + _.lead_id,
        lead_id=_.lead_id,
        lead_owner=_.owner_id,
        lead_customer=_.customer_id,
        lead_lost_at=_.lost_at,
        is_gone=_gone(known.leads, until),
        created_at=_.created_at,
        start=ibis.literal(1, "int32"),
    )  # fmt: skip
    alone = _deals_by_journey(known).filter(_.lead_known.isnull())
    nothing = ibis.null("string")
    deals = alone.select(
        "channel", "campaign",
        source_detail=nothing,
        country=_.country,
        company_size=_.company_size,
        industry=nothing,
        journey_id=_.journey_id,
        lead_id=nothing,
        lead_owner=nothing,
        lead_customer=nothing,
        lead_lost_at=ibis.null(known.leads.lost_at.type()),
        is_gone=_.status == GONE,
        created_at=_.created_at,
        start=ibis.literal(funnel.deal_start, "int32"),
    )  # fmt: skip
    journeys = leads.union(deals)
    return journeys.mutate(created_on=days.day(journeys.created_at))


def _deals_by_journey(known: Canonical) -> ir.Table:
    """Deals with the journey that each belongs to; ``lead_known`` is null where it has no lead."""
    leads = known.leads.select(lead_known=_.lead_id)
    joined = known.deals.left_join(leads, [("lead_id", "lead_known")])
    return joined.mutate(
        journey_id=ibis.ifelse(
            joined.lead_known.notnull(),
            LEAD + joined.lead_known,
            DEAL + joined.deal_id,
        )
    )


def _events_by_journey(known: Canonical, funnel: Funnel) -> ir.Table:
    """Events at stages that matter, with their journey: an event of a deal counts for its lead."""
    matter = known.stage_events.filter(_.stage.isin(funnel.stages + funnel.lost_stages))
    of_deal = _deals_by_journey(known).select(its_deal=_.deal_id, its_journey=_.journey_id)
    joined = matter.left_join(of_deal, [("deal_id", "its_deal")])
    return joined.select(
        "stage", "entered_at", "actor_id",
        journey_id=ibis.ifelse(
            joined.lead_id.notnull(), LEAD + joined.lead_id, joined.its_journey
        ),
    )  # fmt: skip


def _stamps(events: ir.Table, funnel: Funnel) -> ir.Table:
    """The first own stamp of each stage, and the last ones of the funnel and of losing."""
    in_funnel = _.stage.isin(funnel.stages)
    lost = _.stage.isin(funnel.lost_stages) if funnel.lost_stages else ibis.literal(False)
    return events.group_by("journey_id").aggregate(
        last_funnel_at=_.entered_at.max(where=in_funnel),
        last_lost_at=_.entered_at.max(where=lost),
        **{
            f"own_{i}_at": _.entered_at.min(where=_.stage == stage)
            for i, stage in enumerate(funnel.stages, start=1)
        },
    )


def _cases(known: Canonical, events: ir.Table, funnel: Funnel) -> ir.Table:
    """What the deals of each journey say: their outcome, their sums and the one that stands."""
    deals = _deals_by_journey(known).mutate(
        rank=_.status.cases(("won", 0), ("open", 1), ("lost", 2), else_=3),
        won_at=ibis.ifelse(_.status == "won", _.closed_at, ibis.null("timestamp")),
        opened_at=ibis.ifelse(_.status == "open", _.created_at, ibis.null("timestamp")),
        lost_deal_at=ibis.ifelse(_.status == "lost", _.closed_at, ibis.null("timestamp")),
    )
    order = [
        deals.rank.asc(),
        deals.won_at.asc(nulls_first=False),
        deals.opened_at.desc(nulls_first=False),
        deals.lost_deal_at.desc(nulls_first=False),
        deals.deal_id.asc(),
    ]
    ranked = deals.mutate(
        place=ibis.row_number().over(ibis.window(group_by=deals.journey_id, order_by=order))
    )
    standing = ranked.filter(_.place == 0).select(
        "journey_id", "deal_id", "product", "rep_id", deal_customer=_.customer_id
    )
    sums = deals.group_by("journey_id").aggregate(
        deals_won=_.count(where=_.status == "won"),
        deals_open=_.count(where=_.status == "open"),
        deals_lost=_.count(where=_.status == "lost"),
        won_at=_.won_at.min(),
        lost_deal_at=_.lost_deal_at.max(),
        won_amount=_.amount.cast("decimal(38, 2)").sum(where=_.status == "won"),
        won_margin=_.margin.cast("decimal(38, 2)").sum(where=_.status == "won"),
    )
    return (
        sums.left_join(standing, "journey_id")
        .drop("journey_id_right")
        .left_join(_closers(events, funnel), "journey_id")
        .drop("journey_id_right")
    )


def _closers(events: ir.Table, funnel: Funnel) -> ir.Table:
    """Who stamped the entry into ``customer``, machines apart: ties go to the least id."""
    stage = funnel.stages[funnel.customer - 1] if funnel.customer else ""
    closing = events.filter(_.stage == stage)
    first = closing.group_by("journey_id").aggregate(first_at=_.entered_at.min())
    joined = closing.left_join(first, "journey_id").filter(_.entered_at == _.first_at)
    human = (
        joined.actor_id.notin(funnel.automated) if funnel.automated else joined.actor_id.notnull()
    )
    return joined.group_by("journey_id").aggregate(closer_id=joined.actor_id.min(where=human))


def _outcomes(
    joined: ir.Table, reps: ir.Table, funnel: Funnel, days: CompanyDays, until: date
) -> ir.Table:
    """Stamps of every stage, how far the journey came, and how it ended as known at T."""
    joined = joined.mutate(start=_start(joined, funnel))
    moments = {f"stage_{i}_at": _stage_moment(joined, i, funnel) for i in funnel.positions}
    stamped = joined.mutate(**moments)
    stamped = stamped.mutate(
        **{f"stage_{i}_on": days.day(stamped[f"stage_{i}_at"]) for i in funnel.positions},
        lead_lost_on=days.day(stamped.lead_lost_at),
        stage_lost_at=_unfollowed(stamped),
        owner_id=ibis.coalesce(stamped.lead_owner, stamped.rep_id, stamped.closer_id),
        customer_id=ibis.coalesce(stamped.deal_customer, stamped.lead_customer),
        has_won_deal=stamped.deals_won.fill_null(0) > 0,
        has_open_deal=stamped.deals_open.fill_null(0) > 0,
        has_lost_deal=stamped.deals_lost.fill_null(0) > 0,
    )
    customer_at = stamped[f"stage_{funnel.customer}_at"] if funnel.customer else None
    won = (
        stamped.has_won_deal
        if customer_at is None
        else stamped.has_won_deal | customer_at.notnull()
    )
    lost_lead = stamped.lead_lost_on <= until
    lost = stamped.has_lost_deal | lost_lead.fill_null(False) | stamped.stage_lost_at.notnull()
    ended = stamped.mutate(
        outcome=ibis.cases(
            (won, "won"),
            (stamped.has_open_deal, "open"),
            (lost, "lost"),
            (stamped.is_gone, GONE),
            else_="open",
        ),
        won_on=days.day(customer_at if customer_at is not None else stamped.won_at),
        furthest=_furthest(stamped, funnel),
        lost_on=_last_day(
            days.day(stamped.lost_deal_at),
            ibis.ifelse(lost_lead, stamped.lead_lost_on, ibis.null("date")),
            days.day(stamped.stage_lost_at),
        ),
    )
    teams = reps.select(member_id=_.rep_id, team=_.team)
    return (
        ended.mutate(lost_on=ibis.ifelse(_.outcome == "lost", _.lost_on, ibis.null("date")))
        .left_join(teams, [("owner_id", "member_id")])
        .select(*columns(funnel), *moments)
    )


def _start(joined: ir.Table, funnel: Funnel) -> ir.IntegerValue:
    """Where the journey begins; a deal that is stamped at an earlier stage began there."""
    stamped = [
        ibis.ifelse(joined[f"own_{i}_at"].notnull(), ibis.literal(i, "int8"), joined.start)
        for i in range(1, funnel.deal_start)
    ]
    return ibis.least(joined.start, *stamped).cast("int8") if stamped else joined.start.cast("int8")


def _stage_moment(joined: ir.Table, position: int, funnel: Funnel) -> ir.TimestampValue:
    """The own stamp of a stage; the first stage and ``customer`` have a second origin."""
    own = joined[f"own_{position}_at"]
    if position == funnel.customer:
        own = ibis.coalesce(own, joined.won_at)
    begins_here = joined.start == position
    if position in (1, funnel.deal_start):
        return ibis.coalesce(
            own, ibis.ifelse(begins_here, joined.created_at, ibis.null("timestamp"))
        )
    return own


def _unfollowed(stamped: ir.Table) -> ir.TimestampValue:
    """The last stamp at a losing stage, unless a later stamp of the funnel follows it."""
    stands = stamped.last_funnel_at.isnull() | (stamped.last_funnel_at <= stamped.last_lost_at)
    return ibis.ifelse(stands, stamped.last_lost_at, ibis.null("timestamp"))


def _furthest(stamped: ir.Table, funnel: Funnel) -> ir.IntegerValue:
    reached = [
        ibis.ifelse(stamped[f"stage_{i}_at"].notnull(), ibis.literal(i, "int32"), 0)
        for i in funnel.positions
    ]
    if funnel.customer:
        reached.append(ibis.ifelse(stamped.has_won_deal, ibis.literal(funnel.customer, "int32"), 0))
    return ibis.greatest(stamped.start, *reached).cast("int8")


def _last_day(*candidates: ir.DateValue) -> ir.DateValue:
    """The last of the days that are known, or null."""
    early = ibis.date("0001-01-01")
    filled = [candidate.fill_null(early) for candidate in candidates]
    last = reduce(ibis.greatest, filled)
    return last.nullif(early)
