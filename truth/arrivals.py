"""Leads by day whose level, trend, season and bursts are known."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

YEAR = 365.25  # days
DAILY_SHAPE = 20.0  # of the gamma distribution of a day's own level
MONTH = 30  # days over which the wandering level stays as it is
MEMORY = 0.8  # correlation of the level of neighbouring months
WEEKDAYS = np.array([1.3, 1.2, 1.1, 1.1, 1.0, 0.7, 0.6])


class Flow(NamedTuple):
    """Leads that come day by day, negative binomial about a known level."""

    days: int
    a_day: float = 10.0
    yearly: float = 1.1  # the level after a year, times the one before it
    season: float = 0.2  # amplitude of the yearly wave, log
    wander: float = 0.0  # sd of the log of a month's own level

    def level(self, rng: np.random.Generator) -> Floats:
        """Expected leads of each day."""
        day = np.arange(self.days)
        slow = np.log(self.yearly) * day / YEAR + self.season * np.sin(2 * np.pi * day / YEAR)
        level: Floats = self.a_day * np.exp(slow) * WEEKDAYS[day % 7]
        if self.wander:
            level = (
                level * np.exp(self.wander * wandering(self.days // MONTH + 1, rng))[day // MONTH]
            )
        return level


def wandering(months: int, rng: np.random.Generator) -> Floats:
    """A standard normal level of each month that remembers the one before."""
    noise = rng.standard_normal(months)
    for month in range(1, months):
        noise[month] = MEMORY * noise[month - 1] + np.sqrt(1 - MEMORY**2) * noise[month]
    return noise


def drawn(level: Floats, rng: np.random.Generator) -> Whole:
    """Leads of each day, days varying more than chance."""
    own = rng.gamma(DAILY_SHAPE, 1 / DAILY_SHAPE, level.size)
    return np.asarray(rng.poisson(level * own), dtype=np.int64)


def weekly(daily: Whole) -> Whole:
    """Whole weeks."""
    return np.asarray(daily[: daily.size // 7 * 7].reshape(-1, 7).sum(axis=1), dtype=np.int64)
