"""Leads of a made-up company from one stage to another, to their end."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from salesaudit.facts.step_curves import LATE, LATE_OF_DOUBT
from salesaudit.statistics.base import Floats
from salesaudit.statistics.conversion import (
    Curve,
    dispersion,
    expected_shares,
    product_limit,
    rate_interval,
    still_rising,
)
from salesaudit.world.companies import COMPANIES
from salesaudit.world.history import History

LEADS = 20_000
CLEAN, SLOW, ALIKE = COMPANIES["clean"], COMPANIES["b2b_slow"], COMPANIES["null"]
LEAD, SQL, CUSTOMER = 0, 3, 4  # places of stages
DECIDED = ("Closed Won", "Closed Lost")

Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]


class Told(NamedTuple):
    """A number of the audit's."""

    value: float
    lower: float  # of the 95 % range
    upper: float
    final: bool = True  # if not, the audit says "at least": much is still to come


class Compared(NamedTuple):
    """A number as it is, as the plain way tells it, and as the audit does."""

    label: str
    truth: float
    plain: float
    ours: Told


class Step(NamedTuple):
    """Journeys from one stage to a later one; one value for each that began by the last day."""

    month: Whole  # of entry, from 0
    age: Whole  # days on the last day
    lag: Whole  # days that it takes those who move on
    moved: Flags  # by the last day
    ends: Flags  # moves on in the end

    def newest(self, months: int) -> Step:
        """Those that began in the last so many months."""
        return self.of(self.month > self.month.max() - months)

    def of(self, chosen: Flags) -> Step:
        """Some of them."""
        return Step(
            self.month[chosen],
            self.age[chosen],
            self.lag[chosen],
            self.moved[chosen],
            self.ends[chosen],
        )

    def histograms(self) -> tuple[Whole, Whole, Whole]:
        """Counts by day: lags of those who moved, ages of those who did not, and who did."""
        moved = self.moved
        return (
            np.bincount(self.lag[moved]),
            np.bincount(self.age[~moved]),
            np.bincount(self.age[moved]),
        )


def step_of(history: History, start: int = LEAD, end: int = CUSTOMER) -> Step:
    """The journeys of a history from one stage to another."""
    days = history.stage_at.astype("datetime64[D]")
    began = (history.reached > start) & (history.stage_at[:, start] < history.end)
    months = days[:, start].astype("datetime64[M]").astype(np.int64)
    first = np.datetime64(history.company.first_day, "M").astype(np.int64)
    last = np.datetime64(history.company.last_day, "D")
    ends = history.reached > end
    whole = Step(
        months - first,
        (last - days[:, start]).astype(np.int64),
        (days[:, end] - days[:, start]).astype(np.int64),
        ends & (history.stage_at[:, end] < history.end),
        ends,
    )
    return whole.of(began)


def rate_of(step: Step) -> Told:
    """The share that moves on, as the audit tells it."""
    curve = product_limit(*step.histograms())
    phi, cohorts = _dispersion(step, curve)
    rate = float(curve.cumulative[curve.tau])
    lower, upper = rate_interval(curve, curve.tau, phi, cohorts=cohorts)
    late = still_rising(curve, phi, np.random.default_rng(1)).value if rate else 1.0
    final = late <= LATE and late * rate <= LATE_OF_DOUBT * (upper - rate)
    return Told(rate, lower, upper, final)


def _dispersion(step: Step, curve: Curve) -> tuple[float, int | None]:
    """How much more months differ than by chance, and the months that say so."""
    months = np.unique(step.month, return_inverse=True)[1]
    ages = counted(months, step.age, int(months.max()) + 1)
    expected = expected_shares(curve.cumulative[: curve.tau + 1], ages)
    moved = np.bincount(months, step.moved & (step.lag <= curve.tau))
    found = dispersion(ages.sum(axis=1), moved, expected)
    return (found.phi, found.cohorts) if found.known else (1.0, None)


def counted(groups: Whole, days: Whole, many: int) -> Floats:
    """Counts by group and day, shape (groups, days)."""
    found = np.zeros((many, int(days.max(initial=0)) + 1))
    np.add.at(found, (groups, days), 1)
    return found
