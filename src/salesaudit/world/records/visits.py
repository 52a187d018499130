"""Visitors by channel, campaign and day: each lead is one of so many visitors.

Every lead of a month stands for a geometric number of visitors, so leads over visitors is the
stated rate whatever moved the month; the visitors who left nothing come on any of its days.
"""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import Flags, Floats, Times, Whole
from salesaudit.world.columns import Json, Known, Table, joined, ratio, words
from salesaudit.world.records.parameters import Visits
from salesaudit.world.records.quarters import campaign_name, quarter_of
from salesaudit.world.simulate import History, demand
from salesaudit.world.streams import stream


def visits(history: History, known: Known, true: Visits) -> Table:  # noqa: ARG001
    """One row per channel, campaign and day with a visitor."""
    days, share = demand(history.company)
    since = (history.created_at.astype("datetime64[D]") - days[0]).astype(np.int64)
    months = days.astype("datetime64[M]").astype(np.int64)
    quarters = quarter_of(days).tolist()
    here = _days_of_block(history, days)
    if history.first:  # its first day is the last of the block before, which has its row
        since = np.maximum(since, int(np.flatnonzero(here)[0]))
    parts = []
    for number, channel in enumerate(history.company.channels):
        if not true.rates[number]:
            continue
        rng = stream(history.seed, f"visits/{channel.name}")
        came = np.bincount(since[history.channel == number], minlength=len(days))
        odds = share[number] * here
        visitors = came + _without_a_lead(came, months, odds, true.rates[number], rng)
        campaigns = words([campaign_name(channel.code, quarter) for quarter in quarters])
        seen = visitors > 0
        parts.append(
            {
                "visited_on": days[seen].astype("datetime64[s]"),
                "channel": np.full(int(seen.sum()), channel.name, dtype=object),
                "campaign": campaigns[seen],
                "visitors": visitors[seen],
            }
        )
    table = joined(parts)
    order = np.argsort(table["visited_on"], kind="stable")
    return {name: column[order] for name, column in table.items()}


def visits_truth(history: History, known: Known, true: Visits) -> Json:
    """The rate of each channel: as stated, and as it came out."""
    table, found = known["visits"], {}
    for number, channel in enumerate(history.company.channels):
        if true.rates[number]:
            visitors = int(table["visitors"][table["channel"] == channel.name].sum())
            leads = int((history.channel == number).sum())
            found[channel.name] = {
                "rate": true.rates[number],
                "leads": leads,
                "visitors": visitors,
                "complete": ratio(leads, visitors),
            }
    return {"by_channel": found}


def _days_of_block(history: History, days: Times) -> Flags:
    """Days on which visitors are counted: all, but those of blocks before and behind this one."""
    here = np.ones(len(days), dtype=bool)
    created = history.created_at.astype("datetime64[D]")
    if history.first:
        here &= days > created[0]
    if history.first + len(history) < history.of:
        here &= days <= created[-1]
    return here


def _without_a_lead(
    came: Whole, months: Whole, odds: Floats, rate: float, rng: np.random.Generator
) -> Whole:
    """Visitors who left nothing, on each day."""
    left = np.zeros(len(came), dtype=np.int64)
    for month in np.unique(months):
        inside = months == month
        leads = int(came[inside].sum())
        if leads:
            many = rng.negative_binomial(leads, rate)
            left[inside] = rng.multinomial(many, odds[inside] / odds[inside].sum())
    return left
