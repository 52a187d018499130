"""Months differ by chance: their shocks to demand and to the rates of the steps."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from salesaudit.world.base import Floats, Times, Whole
from salesaudit.world.streams import stream
from salesaudit.world.truth import Company

LATER = 24  # months after the last day in which leads that came before it still move on


class Months(NamedTuple):
    """Shocks by month of the window and ``LATER`` months beyond; all zero where none are meant."""

    demand: Floats  # (channels, months), log
    rates: Floats  # (steps, channels, months), log-odds


def months_of(company: Company, seed: int) -> Months:
    """Draw the shocks of every month; each channel and each step from a stream of its own."""
    shocks, many = company.shocks, count_of(company) + LATER
    names = [channel.name for channel in company.channels]

    def drawn(sd: float, name: str) -> Floats:
        if sd == 0:
            return np.zeros(many)
        return sd * _lasting(stream(seed, f"months/{name}").standard_normal(many), shocks.lasting)

    demand = [
        drawn(shocks.demand, "demand") + drawn(shocks.channel_demand, f"demand/{name}")
        for name in names
    ]
    rates = [
        [
            drawn(shocks.rate, f"rate/{step.role}")
            + drawn(shocks.channel_rate, f"rate/{step.role}/{name}")
            for name in names
        ]
        for step in company.steps
    ]
    return Months(np.array(demand), np.array(rates))


def count_of(company: Company) -> int:
    """Calendar months that the window touches."""
    first, last = company.first_day, company.last_day
    return (last.year - first.year) * 12 + last.month - first.month + 1


def month_of(company: Company, at: Times) -> Whole:
    """Month of each time, the window's first being 0; the latest have the last month's shock."""
    first = np.datetime64(company.first_day, "M").astype(np.int64)
    month: Whole = at.astype("datetime64[M]").astype(np.int64) - first
    return np.clip(month, 0, count_of(company) + LATER - 1)


def _lasting(noise: Floats, correlation: float) -> Floats:
    """A stationary autoregression of order one with variance 1."""
    found = noise.copy()
    for month in range(1, len(noise)):
        found[month] = correlation * found[month - 1] + np.sqrt(1 - correlation**2) * noise[month]
    return found
