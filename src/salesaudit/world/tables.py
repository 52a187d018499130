"""The canonical tables of a history, as its CRM knew them at the end of the last day."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from salesaudit.world.activities import activities
from salesaudit.world.assets import content_touches, contents
from salesaudit.world.columns import Table, words
from salesaudit.world.names import contacts, notes
from salesaudit.world.records.known import OF_THE_COMPANY as RECORDS_OF_THE_COMPANY
from salesaudit.world.records.known import with_records
from salesaudit.world.records.quarters import campaign_name, quarter_of
from salesaudit.world.simulate import HOUR, NEVER, Flags, History, Whole, demand
from salesaudit.world.staff import working_reps
from salesaudit.world.statuses import (
    CONVERTED,
    LOST,
    NEW,
    NURTURED,
    OPEN_WORDS,
    WORKED,
)
from salesaudit.world.streams import stream

LEAD, TEST = "ลีด", "ทดสอบ"
OF_THE_COMPANY = RECORDS_OF_THE_COMPANY | {"reps", "spend", "contents"}  # not of each block


def as_known(history: History) -> dict[str, Table]:
    """Every table, without what happened after the last day; of a later block, its own rows."""
    tables = with_records(history, {**_always(history), **_assets(history)})
    if history.first:
        return {name: table for name, table in tables.items() if name not in OF_THE_COMPANY}
    return tables


def _assets(history: History) -> dict[str, Table]:
    if not history.company.contents:
        return {}
    return {"contents": contents(history), "content_touches": content_touches(history)}


def _always(history: History) -> dict[str, Table]:
    return {
        "leads": _leads(history),
        "stage_events": _stage_events(history),
        "deals": _deals(history),
        "reps": _reps(history),
        "activities": activities(history),
        "spend": _spend(history),
    }


def _leads(history: History) -> Table:
    rng = stream(history.seed, "leads/contact")
    people, firms, addresses = contacts(
        *rng.integers(0, 1 << 20, (3, len(history))), first=history.first
    )
    company, created = history.company, history.created_at
    known = _known_stages(history)
    gone = (history.lost_at < history.end) & ~history.deal & history.loss_kept
    told = gone & history.loss_dated
    reasons = words(company.losses.lead_reasons)
    reason = stream(history.seed, "leads/lost_reason").integers(0, len(reasons), len(history))
    owner = working_reps(company, history.rep, np.minimum(history.end, history.stage_at[:, 1]))
    status = np.select(
        [gone, known == len(company.stages), known > 2, known == 2],
        [LOST, CONVERTED, WORKED, NURTURED],
        NEW,
    )
    return {
        "lead_id": history.lead_ids,
        "created_at": created,
        "contact": words(people),
        "firm": words(firms),
        "contact_hash": words(addresses),
        "channel": words([channel.name for channel in company.channels])[history.channel],
        "campaign": _campaigns(history),
        "country": words(list(company.countries))[history.country],
        "industry": words(list(company.industries))[history.industry],
        "company_size": words([size.name for size in company.sizes])[history.size],
        "owner_id": np.where(known > 1, owner, ""),
        "status": status.astype(object),
        "lost_at": np.where(told, history.lost_at, NEVER),
        "lost_reason": np.where(gone, reasons[reason], ""),
        "kind": np.full(len(history), LEAD, dtype=object),
        "note": notes(stream(history.seed, "leads/note").random(len(history))),
    }


def _stage_events(history: History) -> Table:
    company, ids, known = history.company, history.lead_ids, _known_stages(history)
    lead = np.concatenate([np.flatnonzero(known > step) for step in range(1, len(company.stages))])
    stage = np.concatenate(
        [np.full((known > step).sum(), step) for step in range(1, len(company.stages))]
    )
    at = history.stage_at[lead, stage]
    actor = working_reps(company, history.rep[lead], at)
    by_rule = history.automated[lead] & (stage == 1)
    order = np.lexsort((stage, lead, at))
    table = {
        "lead_id": ids[lead],
        "stage": words(company.stages)[stage],
        "entered_at": at,
        "actor_id": np.where(by_rule, company.automated, actor),
        "lead": lead,
        "position": stage,
        "passed": stage + 1 < known[lead],  # the lead has come further since
    }
    return {name: column[order] for name, column in table.items()}


def _deals(history: History) -> Table:
    company, seed = history.company, history.seed
    opened = history.stage_at[:, -2] + stream(seed, "deals/opened").integers(0, 540, len(history))
    lead = np.flatnonzero(history.deal & (opened < history.end))
    lead = lead[np.argsort(opened[lead], kind="stable")]
    number = history.first + np.arange(1, len(lead) + 1)
    closes = np.where(history.customer, history.stage_at[:, -1], history.lost_at)
    told = history.customer | (history.loss_dated & history.loss_kept)
    closes = np.where(told, closes, NEVER)
    closed = closes[lead] < history.end
    won = closed & history.customer[lead]
    draws = stream(seed, "deals/words").random((len(history), 3))[lead]
    customers = words([f"AC{n + 100_000}" for n in (history.first + lead).tolist()])
    reasons, opens = words(company.losses.deal_reasons), words(OPEN_WORDS)
    expected = opened[lead] + (draws[:, 2] * 60 + 20).astype(np.int64) * 24 * HOUR
    return {
        "deal_id": words([f"D{n:05d}" for n in number.tolist()]),
        "lead_id": history.lead_ids[lead],
        "customer_id": np.where(won, customers, ""),
        "rep_id": working_reps(company, history.rep[lead], opened[lead]),
        "product": words([product.name for product in company.products])[history.product[lead]],
        "amount": history.amount[lead],
        "created_at": opened[lead],
        "expected_on": expected,
        "closed_at": np.where(closed & (won | ~history.loss_undated[lead]), closes[lead], NEVER),
        "status": np.where(
            won,
            "Closed Won",
            np.where(closed, "Closed Lost", opens[(draws[:, 0] * len(opens)).astype(np.int64)]),
        ).astype(object),
        "lost_reason": np.where(
            closed & ~won, reasons[(draws[:, 1] * len(reasons)).astype(np.int64)], ""
        ),
        "lead": lead,
    }


def _reps(history: History) -> Table:
    reps = history.company.reps
    days = [rep.left_on or NEVER for rep in reps]
    return {
        "rep_id": words([rep.rep_id for rep in reps]),
        "name": words([rep.name for rep in reps]),
        "team": words([rep.team for rep in reps]),
        "role": words([rep.role for rep in reps]),
        "manager_id": words([rep.manager_id for rep in reps]),
        "hired_on": np.array([rep.hired_on for rep in reps], dtype="datetime64[s]"),
        "left_on": np.array(days, dtype="datetime64[s]"),
        "weekly_hours": np.array([rep.weekly_hours for rep in reps]),
        "yearly_cost": np.array([rep.yearly_cost for rep in reps]),
    }


def _spend(history: History) -> Table:
    """Monthly bills of the channels that cost something, in step with the leads to be expected."""
    company = history.company
    days, share = demand(company)
    months, first = np.unique(days.astype("datetime64[M]"), return_index=True)
    leads = np.add.reduceat(share, first, axis=1) * history.of
    noise = stream(history.seed, "spend").lognormal(0.0, 0.15, leads.shape)
    paid = [n for n, channel in enumerate(company.channels) if channel.cost_per_lead]
    cost = np.array([channel.cost_per_lead for channel in company.channels])
    click = np.array([channel.cost_per_click for channel in company.channels])
    month, channel = (grid.ravel() for grid in np.meshgrid(np.arange(len(months)), paid))
    order = np.lexsort((channel, month))
    month, channel = month[order], channel[order]
    amount = np.round((leads * noise)[channel, month] * cost[channel], -1)
    clicks = np.divide(
        amount, click[channel], out=np.full(len(amount), np.nan), where=click[channel] > 0
    )
    return {
        "channel": words([item.spend_name or item.name for item in company.channels])[channel],
        "spent_on": months[month].astype("datetime64[s]"),
        "until_on": (months[month] + 1).astype("datetime64[D]").astype("datetime64[s]") - 24 * HOUR,
        "amount": amount,
        "clicks": np.round(clicks),
    }


def _known_stages(history: History) -> Whole:
    """Stages that each lead had entered by the end of the last day."""
    places = np.arange(1, history.stage_at.shape[1] + 1)
    entered: Flags = (places <= history.reached[:, None]) & (history.stage_at < history.end)
    stages: Whole = entered.sum(axis=1)
    return stages


def _campaigns(history: History) -> NDArray[np.object_]:
    codes = [channel.code for channel in history.company.channels]
    firsts, place = np.unique(quarter_of(history.created_at), return_inverse=True)
    names = [[campaign_name(code, q) for code in codes] for q in firsts.tolist()]
    return np.array(names, dtype=object)[place, history.channel]
