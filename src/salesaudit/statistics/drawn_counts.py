"""Series of counts as chance alone would make them, for the greatest of many looks at one series.

A maximum over places or windows follows no table. It is held against the maxima of series that are
drawn from the fitted mean and then fitted again, as the real one was.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.arrivals import Regression, quasi_poisson
from salesaudit.statistics.base import Floats

DRAWS = 499
ALMOST_NONE = 1e-9  # a mean or an extra variance under it is none


class Drawn(NamedTuple):
    """Drawn series, and what a regression says of each of them."""

    counts: Floats  # (draws, periods)
    mean: Floats  # (draws, periods), fitted
    phi: Floats  # (draws,), dispersion, at least 1


def drawn_counts(mean: Floats, phi: float, rng: np.random.Generator, draws: int = DRAWS) -> Floats:
    """Negative binomial counts whose variance is ``phi`` times their mean.

    Args:
        mean: shape (periods,), not negative.
        phi: at least 1.
        rng: for the draws.
        draws: number of series.

    Returns:
        Shape (draws, periods), whole numbers.

    Raises:
        StatisticError: ``phi`` under 1.
    """
    if not phi >= 1:
        raise StatisticError("dispersion is at least 1", got=phi)
    shape = (draws, mean.size)
    extra = phi - 1
    if extra < ALMOST_NONE:
        return rng.poisson(mean, shape).astype(np.float64)
    level = rng.standard_gamma(np.maximum(mean, ALMOST_NONE) / extra, shape) * extra
    return rng.poisson(level).astype(np.float64)


def fitted(counts: Floats, design: Floats, weights: Floats) -> Regression | None:
    """The regression of a series, None where there is none.

    So it is where counts are too few, or stop so suddenly that no finite level describes it.

    Args:
        counts: shape (periods,).
        design: shape (periods, columns).
        weights: shape (periods,), 0 for periods passed over, else 1.
    """
    try:
        return quasi_poisson(counts, design, weights=weights)
    except (StatisticError, np.linalg.LinAlgError):
        return None


def active(counts: Floats) -> slice:
    """The periods from the first that counted anything to the last."""
    counted = np.flatnonzero(counts)
    return slice(int(counted[0]), int(counted[-1]) + 1) if counted.size else slice(0, 0)


def refitted(counts: Floats, mean: Floats, design: Floats, used: Floats, df: int) -> Drawn:
    """One step of the regression from the mean that the series were drawn from.

    The step starts so near that a second one changes nothing that matters.

    Args:
        counts: shape (draws, periods).
        mean: shape (periods,), that they were drawn from.
        design: shape (periods, columns).
        used: shape (periods,), 0 for periods passed over, else 1.
        df: degrees of freedom.
    """
    left = (counts - mean) * used
    steps = left @ design @ inverse_information(mean, design, used)
    fitted = mean * np.exp(np.clip(steps @ design.T, -5.0, 5.0))
    squares = (counts - fitted) ** 2 / np.maximum(fitted, ALMOST_NONE)
    return Drawn(counts, fitted, np.maximum(1.0, squares @ used / df))


def inverse_information(mean: Floats, design: Floats, used: Floats) -> Floats:
    """Covariance of the coefficients of a Poisson regression, shape (columns, columns)."""
    return np.asarray(np.linalg.inv((design * (used * mean)[:, None]).T @ design))


def p_of_greatest(seen: float, drawn: Floats) -> float:
    """How often chance alone makes a maximum as great, the seen one counted with the drawn.

    Source:
        Dwass (1957), Ann. Math. Stat. 28, 181-187.
    """
    return float((1 + np.count_nonzero(drawn >= seen)) / (drawn.size + 1))
