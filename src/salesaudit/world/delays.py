"""How many days a step takes: three families, each fixed by its median and the sd of its log."""

from __future__ import annotations

from functools import lru_cache
from math import log, pi, sqrt

import numpy as np
from scipy.optimize import brentq
from scipy.special import gammaincc, gammaincinv, log_ndtr, ndtr, polygamma

from salesaudit.world.base import Floats
from salesaudit.world.truth import Family


def days(family: Family, median: Floats, spread: float, drawn: Floats) -> Floats:
    """Days of a step, by inversion.

    Args:
        family: of the distribution.
        median: in days, any shape.
        spread: standard deviation of the log of the days, above zero.
        drawn: standard normal, same shape; the same draw gives the same quantile in every family.

    Returns:
        Days, same shape.
    """
    if family == "weibull":
        shape = pi / (sqrt(6.0) * spread)
        found: Floats = median * (-log_ndtr(-drawn) / log(2.0)) ** (1 / shape)
        return found
    if family == "gamma":
        shape = gamma_shape(spread)
        quantile: Floats = gammaincinv(shape, ndtr(drawn)) / gammaincinv(shape, 0.5)
        return median * quantile
    return median * np.exp(spread * drawn)


def left(family: Family, median: Floats, spread: float, after: Floats) -> Floats:
    """The share that takes longer than ``after`` days; the reverse of ``days``."""
    times = np.maximum(after, 0.0) / median
    if family == "weibull":
        found: Floats = np.exp(-log(2.0) * times ** (pi / (sqrt(6.0) * spread)))
    elif family == "gamma":
        shape = gamma_shape(spread)
        found = gammaincc(shape, times * gammaincinv(shape, 0.5))
    else:
        with np.errstate(divide="ignore"):
            found = ndtr(-np.log(times) / spread)
    return found


@lru_cache
def gamma_shape(spread: float) -> float:
    """Shape of the gamma whose log has this standard deviation: trigamma(shape) = spread^2."""
    root = brentq(lambda size: float(polygamma(1, np.exp(size))) - spread**2, -12.0, 12.0)
    return float(np.exp(root))
