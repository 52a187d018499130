"""Deals won of those decided, and leads by the stage at which they stand now."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

import numpy as np

from plain_ways.base import DECIDED, LEADS, SQL, Compared, rate_of, step_of
from salesaudit.world import made
from salesaudit.world.simulate import simulate
from salesaudit.world.truth import Company


class Deals(NamedTuple):
    """Which deals are looked at."""

    months: int = 36  # the newest, by the month of opening
    closed_in: int | None = None  # by the day they were closed on instead, in the newest year(s)


def win_rate(label: str, company: Company, leads: int, deals: Deals) -> Compared:
    """Deals won in the end, won of those closed, and what the audit says."""
    whole = made(company, leads, 1)
    step = step_of(whole.history, SQL).newest(deals.months)
    known = whole.known["deals"]
    stamp, months = "created_at", deals.months
    if deals.closed_in:
        stamp, months = "closed_at", 12 * deals.closed_in
    end = np.datetime64(company.last_day, "M")
    at = known[stamp].astype("datetime64[M]")
    looked_at = (at > end - months) & (at <= end)
    won, lost = (int((looked_at & (known["status"] == word)).sum()) for word in DECIDED)
    return Compared(label, float(step.ends.mean()), won / (won + lost), rate_of(step))


def by_current_stage(company: Company, seed: int, leads: int = LEADS) -> tuple[Compared, ...]:
    """Leads that stand at a stage now, divided by those that stand at the one before it."""
    history = simulate(company, leads, seed)
    known = history.stage_at < history.end
    stages = np.arange(1, known.shape[1] + 1)
    now = (known & (stages <= history.reached[:, None])).sum(axis=1)
    found = []
    for place, (before, after) in enumerate(pairwise(company.stages)):
        step = step_of(history, place, place + 1)
        plain = (now == place + 2).sum() / (now == place + 1).sum()
        label = f"{before} to {after}"
        found.append(Compared(label, float(step.ends.mean()), float(plain), rate_of(step)))
    return tuple(found)
