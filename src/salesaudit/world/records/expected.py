"""Leads to be expected by channel and month, before chance."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from salesaudit.world.base import Floats, Times
from salesaudit.world.months import month_of, months_of
from salesaudit.world.simulate import History, demand


class Expected(NamedTuple):
    """``leads`` has a row per channel and a column per month."""

    months: Times  # first days
    leads: Floats


def expected_leads(history: History) -> Expected:
    """What shares, growth, season and the month's own shock let expect, but for bursts."""
    company = history.company
    days, share = demand(company)
    share = share * np.exp(months_of(company, history.seed).demand)[:, month_of(company, days)]
    share = share / share.sum()
    usual = history.of - int((history.burst > 0).sum())
    months, first = np.unique(days.astype("datetime64[M]"), return_index=True)
    leads = np.add.reduceat(share, first, axis=1) * usual
    return Expected(months.astype("datetime64[D]"), leads)
