"""Intervals for proportions of closed data (win and response rates, shares of rows)."""

from __future__ import annotations

from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats


def jeffreys_interval(
    successes: ArrayLike, trials: ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Interval for a binomial proportion.

    Args:
        successes: any shape, counts, 0 <= successes <= trials; fractions stand for an effective
            number.
        trials: same shape, counts. Zero trials give the whole range [0, 1].
        confidence: two-sided level, 0 < confidence < 1.

    Returns:
        (lower, upper), same shape, fractions in [0, 1]; lower is 0 where nothing succeeded, upper
        is 1 where everything did.

    Raises:
        StatisticError: successes outside [0, trials] or confidence outside (0, 1).

    Source:
        Brown, Cai and DasGupta (2001), Stat. Sci. 16, 101-133.
    """
    x, n = np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    _check(x, n, confidence)
    tail = (1 - confidence) / 2
    lower = np.where(x > 0, betaincinv(x + 0.5, n - x + 0.5, tail), 0.0)
    upper = np.where(x < n, betaincinv(x + 0.5, n - x + 0.5, 1 - tail), 1.0)
    return lower, upper


def difference_interval(
    successes: ArrayLike, trials: ArrayLike, confidence: float = 0.95
) -> tuple[Floats, Floats]:
    """Interval for the first proportion minus the second, independent samples.

    Args:
        successes: shape (2, ...), counts; the two samples lie along axis 0.
        trials: shape (2, ...), counts, all above zero.
        confidence: two-sided level, 0 < confidence < 1.

    Returns:
        (lower, upper), each shape (...), fractions in [-1, 1].

    Raises:
        StatisticError: successes outside [0, trials], no trials or confidence outside (0, 1).

    Source:
        Newcombe (1998), Stat. Med. 17, 873-890, method 10.
    """
    x, n = np.asarray(successes, dtype=np.float64), np.asarray(trials, dtype=np.float64)
    _check(x, n, confidence)
    if not bool(np.all(n > 0)):
        raise StatisticError("a difference needs trials on both sides", got=n.tolist())
    z2 = NormalDist().inv_cdf(0.5 + confidence / 2) ** 2
    rate = x / n
    centre = (rate + z2 / (2 * n)) / (1 + z2 / n)
    half = np.sqrt(z2 * (rate * (1 - rate) / n + z2 / (4 * n**2))) / (1 + z2 / n)
    below, above, gap = rate - centre + half, centre + half - rate, rate[0] - rate[1]
    return gap - np.hypot(below[0], above[1]), gap + np.hypot(above[0], below[1])


def _check(successes: Floats, trials: Floats, confidence: float) -> None:
    if not 0.0 < confidence < 1.0:
        raise StatisticError("confidence must lie between 0 and 1", got=confidence)
    if not bool(np.all((successes >= 0) & (successes <= trials))):
        raise StatisticError("successes must lie between 0 and trials", got=successes.tolist())
