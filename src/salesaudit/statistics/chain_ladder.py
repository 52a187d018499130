"""What young cohorts will count in the end where nobody knows how many could have come.

Without entries there is no rate: only deals by the month they came from. The pace of earlier
cohorts says what part of a cohort can have been seen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats, Range
from salesaudit.statistics.cohort_rates import ALIKE, DRAWS, weights_alike


def chain_ladder(cumulative: ArrayLike) -> Floats:
    """Final totals of cohorts, each carried on at the pace of those before it.

    Args:
        cumulative: shape (cohorts, ages), totals by age with NaN for what lies ahead; the oldest
            cohort first and whole.

    Returns:
        Shape (cohorts,), totals at the last age.

    Raises:
        StatisticError: no triangle, or an age at which all earlier cohorts had nothing.

    Source:
        Mack (1993), ASTIN Bull. 23, 213-225; his reserve for the triangle of Taylor and Ashe
        (1983), J. Econom. 23, 37-61, is 18,680,856.
    """
    totals = np.asarray(cumulative, dtype=np.float64)
    known = np.isfinite(totals)
    if totals.ndim != 2 or not (known[0].all() and known[:, 0].all()):
        raise StatisticError("a triangle has a whole first row and column", got=totals.shape)
    if bool(np.any(known[:, 1:] & ~known[:, :-1])):
        raise StatisticError("a cohort is known up to an age and not behind it", got=totals.shape)
    final = totals[:, 0].copy()
    for age in range(1, totals.shape[1]):
        both = known[:, age]
        before = float(totals[both, age - 1].sum())
        if before <= 0:
            raise StatisticError("an age with nothing before it has no pace", got=age)
        final = np.where(both, totals[:, age], final * totals[both, age].sum() / before)
    return final


def nowcast(counts: ArrayLike, seen: ArrayLike, rng: np.random.Generator) -> tuple[Range, ...]:
    """Final counts of cohorts, their own start weighed against the mean of all.

    How far cohorts differ in size decides how much a start counts: where they differ a lot this is
    the chain ladder, where they do not it is the mean. The pace itself is held to be known.

    Args:
        counts: shape (cohorts,), so far.
        seen: shape (cohorts,), part of the final count to be expected so far, in [0, 1], as the
            reverse product limit tells it.
        rng: for 800 draws.

    Returns:
        Final counts with their 95 % ranges.

    Raises:
        StatisticError: a negative count, a part outside [0, 1], or nothing that can have been seen.

    Source:
        Mack (1993), ASTIN Bull. 23, 213-225; Buehlmann and Gisler (2005), A Course in Credibility
        Theory, section 2.4.
    """
    x, part = (np.asarray(a, dtype=np.float64) for a in (counts, seen))
    if not bool(np.all((x >= 0) & (part >= 0) & (part <= 1))):
        raise StatisticError("counts and parts, none negative", got=part.tolist())
    if not (x.sum() > 0 and part.sum() > 0):
        raise StatisticError("a nowcast needs something that has been seen", got=x.tolist())
    size = x.sum() / part.sum()
    expected, ahead = size * part, size * (1 - part)
    weights = weights_alike(x, expected)
    value = x + ahead * (weights @ ((ALIKE[:, None] + x) / (ALIKE[:, None] + expected)))
    shape = ALIKE[rng.choice(ALIKE.size, DRAWS, p=weights)][:, None]
    mean = rng.standard_gamma(x.sum() + 0.5, (DRAWS, 1)) / part.sum()  # of the sizes, drawn
    level = rng.standard_gamma(shape + x) / (shape + mean * part)
    finals = x + rng.poisson(level * mean * (1 - part))
    lower, upper = np.quantile(finals, [0.025, 0.975], axis=0)
    return tuple(
        Range(*(float(end) for end in row)) for row in zip(value, lower, upper, strict=True)
    )
