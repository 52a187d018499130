"""What an audit of the company ought to find: the true value of its main estimates."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from salesaudit.warehouse.schema import event_stamps
from salesaudit.world.columns import Json, Table, ratio, rounded
from salesaudit.world.simulate import Flags, Floats, History, Whole, chances
from salesaudit.world.spoiling import Spoilt
from salesaudit.world.tables import TEST

HORIZONS = (30, 90, 180, 365)  # days
REP_HORIZONS = (7, 14, 30, 60, 90, 180, 365)  # days within which a rep's step is followed


def estimands(history: History, known: dict[str, Table]) -> Json:
    """True rates and days, by channel, and the clean counts as known on the last day.

    ``expected`` is exact for the leads that came and the reps who got them: the mean of their
    chances, and days weighted by the chance to become a customer; what contents do is not in
    it. ``complete`` counts what happened in the end, also after the last day.
    """
    everyone = np.ones(len(history), dtype=bool)
    channels = enumerate(history.company.channels)
    return {
        "all": _group(history, everyone),
        "by_channel": {item.name: _group(history, history.channel == n) for n, item in channels},
        "leads_per_month": leads_per_month(history),
        "as_known": counts_as_known(history, known),
        "reps": _reps(history, known["deals"]),
    }


def as_exported(history: History, spoilt: Spoilt) -> Json:
    """What can still be counted in the files: stamps after the last day are not read.

    A lead has reached a stage when it has a stamp of that stage or a later one, or a won deal.
    """
    company, events, deals = history.company, spoilt.tables["stage_events"], spoilt.tables["deals"]
    read = (events["entered_at"] < history.end) & (events["position"] > 0)
    lead, position = events["lead"][read], events["position"][read]
    furthest = np.zeros(len(history), dtype=np.int64)
    np.maximum.at(furthest, lead, position)
    furthest[deals["lead"][deals["status"] == "Closed Won"]] = len(company.steps)
    places = range(len(company.stages))
    leads = spoilt.tables["leads"]
    many = len(set(leads["lead_id"][leads["kind"] != TEST].tolist()))
    own = [many, *(int((position == place).sum()) for place in places[1:])]
    stamps = [
        spoilt.tables[table][column]
        for table, column in event_stamps()
        if column in spoilt.tables.get(table, {})
    ]
    newest = max(at[at < history.end].max() for at in stamps if (at < history.end).any())
    return {
        "as_of": str(newest.astype("datetime64[D]")),
        "reached": {
            role: int((furthest >= place).sum()) if place else many
            for place, role in zip(places, company.roles, strict=True)
        },
        "own_stamp": dict(zip(company.roles, own, strict=True)),
    }


def _group(history: History, chosen: Flags) -> Json:
    reached, chance = history.reached[chosen], history.chance[chosen]
    steps = {}
    upto: Floats = np.column_stack([np.ones(len(reached)), chance.cumprod(axis=1)])
    for number, (before, after) in enumerate(pairwise(history.company.roles)):
        came, moved = (reached > number).sum(), (reached > number + 1).sum()
        steps[f"{before}_to_{after}"] = {
            "expected": ratio(upto[:, number + 1].sum(), upto[:, number].sum()),
            "complete": ratio(moved, came),
            "entered": int(came),
            "moved_on": int(moved),
        }
    buyers = reached == history.stage_at.shape[1]
    days = _days(history)[chosen]
    return {
        "leads": len(reached),
        "customers": int(buyers.sum()),
        "steps": steps,
        "lead_to_customer": {
            "expected": ratio(upto[:, -1].sum(), len(reached)),
            "complete": ratio(buyers.sum(), len(reached)),
        },
        "days_to_customer": {
            "expected": _days_of(days, upto[:, -1]),
            "complete": _days_of(days, buyers.astype(np.float64)),
        },
        "within": {
            str(horizon): {
                "expected": ratio((upto[:, -1] * (days <= horizon)).sum(), len(reached)),
                "complete": ratio((buyers & (days <= horizon)).sum(), len(reached)),
            }
            for horizon in HORIZONS
        },
    }


def _days(history: History) -> Whole:
    """Days from creation to customer along each lead's path, whether or not it gets there."""
    days = history.stage_at.astype("datetime64[D]")
    lag: Whole = (days[:, -1] - days[:, 0]).astype(np.int64)
    return lag


def _days_of(days: Whole, weight: Floats) -> Json:
    if weight.sum() == 0:
        return {"median": None, "p90": None, "mean": None}
    order = np.argsort(days, kind="stable")
    upto = np.cumsum(weight[order]) / weight.sum()
    at = {share: int(days[order][np.searchsorted(upto, share)]) for share in (0.5, 0.9)}
    mean = rounded((days * weight).sum() / weight.sum())
    return {"median": at[0.5], "p90": at[0.9], "mean": mean}


def leads_per_month(history: History) -> dict[str, int]:
    """Leads that came in each month."""
    months, counts = np.unique(history.created_at.astype("datetime64[M]"), return_counts=True)
    return dict(zip(months.astype(str).tolist(), counts.tolist(), strict=True))


def counts_as_known(history: History, known: dict[str, Table]) -> Json:
    """Stages reached and deals by status on the last day, before anything is spoilt."""
    places = np.arange(1, history.stage_at.shape[1] + 1)
    entered = (places <= history.reached[:, None]) & (history.stage_at < history.end)
    deals = known["deals"]
    won, lost = deals["status"] == "Closed Won", deals["status"] == "Closed Lost"
    return {
        "reached": dict(zip(history.company.roles, entered.sum(axis=0).tolist(), strict=True)),
        "deals_won": int(won.sum()),
        "deals_lost": int(lost.sum()),
        "deals_open": int((~won & ~lost).sum()),
        "won_amount": float(deals["amount"][won].sum()),
    }


def _reps(history: History, deals: Table) -> list[Json]:
    """Each rep's skill and counts, and the rates that the rep would have on everybody's leads."""
    rows = []
    for place, rep in sorted(enumerate(history.company.reps), key=lambda pair: pair[1].rep_id):
        status = deals["status"][deals["rep_id"] == rep.rep_id]
        won, lost = int((status == "Closed Won").sum()), int((status == "Closed Lost").sum())
        counts = {"won": won, "lost": lost, "open": len(status) - won - lost}
        mix = _on_common_mix(history, place)
        rows.append({"rep_id": rep.rep_id, "skill": rep.skill, **counts, "on_common_mix": mix})
    return rows


def _on_common_mix(history: History, rep: int) -> Json:
    """Rates if one rep had worked all leads that entered a step; exact, by their chances."""
    company = history.company
    everyone = history.cases._replace(rep=np.full(len(history), rep))
    chance = chances(company, everyone, history.stage_at, history.month_rates)
    known = history.stage_at < history.end
    days = history.stage_at.astype("datetime64[D]")
    found: Json = {}
    for number, (before, after) in enumerate(pairwise(company.roles)):
        if number == 0:
            continue  # nobody of the team works a lead before it is qualified
        came = (history.reached > number) & known[:, number]
        lag = (days[:, number + 1] - days[:, number]).astype(np.int64)
        within = {
            str(horizon): ratio((chance[:, number] * (lag <= horizon))[came].sum(), came.sum())
            for horizon in REP_HORIZONS
        }
        found[f"{before}_to_{after}"] = {
            "final": ratio(chance[came, number].sum(), came.sum()),
            "within": within,
        }
    opened = (history.reached > len(company.steps) - 1) & known[:, -2]
    won = chance[opened, -1] * company.deal_if_won
    told = company.losses.closed * company.losses.kept
    lost = (1 - chance[opened, -1]) * company.deal_if_not * told
    found["win_rate"] = ratio(won.sum(), (won + lost).sum())
    return found
