"""Intervals for counts of independent events (leads of a month, deals lost for one reason)."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincinv

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats


def garwood_interval(count: ArrayLike, confidence: float = 0.95) -> tuple[Floats, Floats]:
    """Exact interval for the mean of a Poisson count.

    Args:
        count: any shape, counts, not negative.
        confidence: two-sided level, 0 < confidence < 1.

    Returns:
        (lower, upper), same shape; lower is 0 where the count is 0.

    Raises:
        StatisticError: a negative count or confidence outside (0, 1).

    Source:
        Garwood (1936), Biometrika 28, 437-442; his table gives 4.80 to 18.39 for a count of 10.
    """
    x = np.asarray(count, dtype=np.float64)
    if not 0.0 < confidence < 1.0:
        raise StatisticError("confidence must lie between 0 and 1", got=confidence)
    if not bool(np.all(x >= 0)):
        raise StatisticError("a count cannot be negative", got=x.tolist())
    tail = (1 - confidence) / 2
    lower = np.where(x > 0, gammaincinv(np.where(x > 0, x, 1.0), tail), 0.0)
    return lower, gammaincinv(x + 1, 1 - tail)
