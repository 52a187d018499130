"""What a campaign may bring: whole customers from so many leads, and the money they leave.

A campaign brings leads, some of them are reached, some of those buy. Even if every rate were known
the number of customers would vary by chance; rates that rest on few past cases vary with it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr, stdtrit
from scipy.stats import betabinom, binom, nbinom, poisson

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats, Range

NODES = 64  # of the quadrature over an uncertain number of leads
NEVER = 1e-17  # a chance under it changes no figure
SLACK = 1e-12  # a variance under it is none; also the slack of comparisons on raw values


class Counted(NamedTuple):
    """A rate seen in the past: so many of so many, and how much more cohorts differ than chance.

    ``phi`` widens what is known of their mean, ``rho`` what the next cohort may differ from it.
    """

    successes: float
    trials: float
    phi: float = 1.0
    rho: float = 0.0  # correlation of two cases of one cohort; of the campaign's too


class Share(NamedTuple):
    """The share of leads that become customers: its first two moments about zero."""

    mean: float
    square: float

    @property
    def variance(self) -> float:
        """None where every rate is exact."""
        return max(self.square - self.mean**2, 0.0)


class Worth(NamedTuple):
    """Margin per customer; without ``customers`` behind it, it is exact."""

    mean: float
    variation: float = 0.0  # one customer's standard deviation / mean
    customers: int | None = None  # that the mean rests on


class Outcomes(NamedTuple):
    """How many customers may come: the chance of each whole number from 0."""

    chances: Floats

    @property
    def mean(self) -> float:
        """Customers expected."""
        return float(self.chances @ np.arange(self.chances.size))

    @property
    def sd(self) -> float:
        """Standard deviation."""
        squares = float(self.chances @ np.arange(self.chances.size, dtype=np.float64) ** 2)
        return math.sqrt(max(squares - self.mean**2, 0.0))

    def at_least(self, number: int) -> float:
        """The chance of this many customers or more."""
        return min(float(self.chances[max(number, 0) :].sum()), 1.0)

    def quantile(self, chance: float) -> int:
        """The least number that is not exceeded with at least this chance."""
        reached = np.cumsum(self.chances) >= chance - SLACK
        return int(np.argmax(reached)) if reached.any() else self.chances.size - 1

    def sure_of(self, chance: float) -> int:
        """The greatest number that is reached with at least this chance."""
        tails = np.cumsum(self.chances[::-1])[::-1]
        return int(np.flatnonzero(tails >= chance - SLACK).max(initial=0))


class Takings(NamedTuple):
    """What the customers leave: their number and the margin of each are both uncertain.

    Given the number of customers, the sum of their margins is taken as lognormal with its own mean
    and variance; that variance holds the spread between customers and the doubt in their mean.

    Source:
        Fenton (1960), IRE Trans. Commun. Syst. 8, 57-67, for the moments of a lognormal sum.
    """

    outcomes: Outcomes
    worth: Worth

    def at_least(self, total: float) -> float:
        """The chance that the customers leave this much or more."""
        if total <= 0:
            return 1.0
        if self.worth.mean <= 0:
            return 0.0
        if self.worth.customers is None:
            return self.outcomes.at_least(whole_above(total / self.worth.mean))
        possible = np.flatnonzero(self.outcomes.chances[1:] > NEVER) + 1
        scores = self._score(possible.astype(np.float64), total)
        return float(self.outcomes.chances[possible] @ ndtr(scores))

    def quantile(self, chance: float) -> float:
        """The sum that is not exceeded with this chance."""
        if self.worth.customers is None:
            return self.outcomes.quantile(chance) * self.worth.mean
        return self._exceeded(1.0 - chance)

    def sure_of(self, chance: float) -> float:
        """The greatest sum that is reached with this chance."""
        if self.worth.customers is None:
            return self.outcomes.sure_of(chance) * self.worth.mean
        return self._exceeded(chance)

    def _exceeded(self, chance: float) -> float:
        if self.worth.mean <= 0 or self.outcomes.at_least(1) <= chance:
            return 0.0
        low, high = -40.0, math.log(self.worth.mean * self.outcomes.chances.size) + 40.0
        return math.exp(brentq(lambda x: self.at_least(math.exp(x)) - chance, low, high))

    def _score(self, numbers: Floats, total: float) -> Floats:
        customers = self.worth.customers or 1
        variance = np.log1p(self.worth.variation**2 * (1 / numbers + 1 / customers))
        spread = np.sqrt(np.maximum(variance, SLACK))
        middle = np.log(numbers * self.worth.mean) - variance / 2
        return np.asarray((middle - math.log(total)) / spread)


def share_of(steps: Sequence[float | Counted]) -> Share:
    """The share of leads that pass every step.

    Args:
        steps: a fraction that is taken as exact, or what was counted: then the rate is
            Beta(x + 1/2, n - x + 1/2) with x and n divided by the dispersion, and a campaign
            differs from it as past cohorts did. Steps are independent: their moments multiply.

    Returns:
        Exact moments of the product.

    Raises:
        StatisticError: a fraction outside [0, 1], more successes than trials, ``phi`` under 1.

    Source:
        Brown, Cai and DasGupta (2001), Stat. Sci. 16, 101-133, for the prior; Williams (1982),
        Appl. Stat. 31, 144-148, for the variance between cohorts.
    """
    mean = square = 1.0
    for step in steps:
        first, second = _moments(step)
        mean, square = mean * first, square * second
    return Share(mean, square)


def customers(
    leads: float, share: Share, *, spread: float | None = None, most: int | None = None
) -> Outcomes:
    """How many customers come of a campaign.

    Without doubt in the share the number is binomial; with doubt it is beta-binomial, its two
    parameters matched to the share's mean and variance.

    Args:
        leads: expected, 0 or more; whole where ``spread`` is None.
        share: of leads that become customers.
        spread: None where the number of leads is exact, else the coefficient of variation of the
            mean that it is Poisson about; 0 is Poisson alone.
        most: leads that can be worked; those above it count nothing.

    Returns:
        Chances of 0, 1, ... customers.

    Raises:
        StatisticError: leads or spread under 0, a share outside [0, 1].

    Source:
        Skellam (1948), J. R. Stat. Soc. B 10, 257-261, for the beta-binomial.
    """
    if leads < 0 or (spread is not None and spread < 0) or not 0 <= share.mean <= 1:
        raise StatisticError("leads, spread and share cannot be negative", got=(leads, share))
    limit = math.inf if most is None else most
    if spread is None:
        return Outcomes(_of_exactly(int(min(leads, limit)), share))
    numbers, weights = _lead_numbers(leads, spread)
    total = np.zeros(int(min(numbers.max(), limit)) + 1)
    for number, weight in zip(numbers, weights, strict=True):
        chances = _of_exactly(int(min(number, limit)), share)
        total[: chances.size] += weight * chances
    return Outcomes(total)


def worth_interval(worth: Worth, confidence: float = 0.95) -> Range | None:
    """The mean margin with its range, on the logarithmic scale; None where it is exact.

    Args:
        worth: with the customers that it rests on, at least 2.
        confidence: two-sided level.

    Source:
        Fenton (1960) for the scale, Student's t by the number of customers.
    """
    if worth.customers is None or worth.customers < 2 or worth.mean <= 0:
        return None
    half = float(stdtrit(worth.customers - 1, 0.5 + confidence / 2)) * math.sqrt(
        math.log1p(worth.variation**2 / worth.customers)
    )
    return Range(worth.mean, worth.mean * math.exp(-half), worth.mean * math.exp(half))


def whole_below(number: float) -> int:
    """Whole customers in an expected number; what fails to be whole by rounding alone is whole."""
    return math.floor(number * (1 + SLACK))


def whole_above(number: float) -> int:
    """Whole customers that a number takes, with the same slack."""
    return math.ceil(number * (1 - SLACK))


def _moments(step: float | Counted) -> tuple[float, float]:
    if not isinstance(step, Counted):
        if not 0 <= step <= 1:
            raise StatisticError("a rate lies between 0 and 1", got=step)
        return step, step**2
    successes, trials, phi, rho = step
    if not 0 <= successes <= trials or phi < 1 or not 0 <= rho <= 1:
        raise StatisticError("successes lie between 0 and trials, phi is 1 or more", got=step)
    size = trials / phi + 1
    mean = (successes / phi + 0.5) / size
    of_mean = mean * (successes / phi + 1.5) / (size + 1)
    return mean, (1 - rho) * of_mean + rho * mean


def between_cohorts(phi: float, size: float) -> float:
    """The correlation inside a cohort that gives cohorts of this mean size this dispersion.

    Args:
        phi: dispersion, at least 1.
        size: cases of a cohort, on the average.

    Returns:
        A fraction in [0, 1]; 0 where cohorts differ by chance alone, or are too small to tell.

    Source:
        Williams (1982): the variance of a cohort of n is binomial times 1 + (n - 1) rho.
    """
    return min(max(phi - 1, 0.0) / (size - 1), 1.0) if size > 1 else 0.0


def _of_exactly(leads: int, share: Share) -> Floats:
    numbers = np.arange(leads + 1)
    if share.mean < NEVER:
        return np.asarray(numbers == 0, dtype=np.float64)
    if share.variance <= SLACK * share.mean:
        return np.asarray(binom.pmf(numbers, leads, share.mean))
    size = share.mean * (1 - share.mean) / share.variance - 1
    a, b = share.mean * size, (1 - share.mean) * size
    return np.asarray(betabinom.pmf(numbers, leads, a, b))


def _lead_numbers(leads: float, spread: float) -> tuple[Floats, Floats]:
    """Numbers of leads and their weights, which keep the mean."""
    places, weights = np.polynomial.legendre.leggauss(NODES)
    chances = (places + 1) / 2
    if leads == 0:
        return np.zeros(1), np.ones(1)
    if spread == 0:
        numbers = poisson.ppf(chances, leads)
    else:
        size = spread**-2
        numbers = nbinom.ppf(chances, size, size / (size + leads))
    return np.asarray(numbers), weights / 2
