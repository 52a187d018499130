"""How much the rates of cohorts vary by themselves, and what that does to a comparison.

Months differ by more than chance, and what shakes a month shakes all of its leads alike: a group
with twice the leads a month has four times the extra variance. One factor for all groups of a step
would therefore be too small for the large ones and too large for the small.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Counts, Floats
from salesaudit.statistics.conversion import COHORT_EXPECTS


def shock_variance(entered: ArrayLike, converted: ArrayLike, expected: ArrayLike) -> float:
    """The variance of the logarithm of cohorts' own rates, beyond chance; by moments.

    Args:
        entered: shape (segments, cohorts), leads; segments that may differ from each other stand
            apart, each held to its own curve.
        converted: the same shape.
        expected: the same shape, the segment's own curve at min(age, ``tau``), averaged over the
            leads of the cohort; fractions in [0, 1).

    Returns:
        Variance; 0 where cohorts differ no more than by chance, or nothing is known: cohorts with
        under 3 conversions expected, and segments with one other cohort at most, say nothing.

    Raises:
        StatisticError: an expected share outside [0, 1).

    Source:
        Williams (1982), Appl. Stat. 31, 144-148, model II.
    """
    n, x, share = (np.asarray(a, dtype=np.float64) for a in (entered, converted, expected))
    if n.ndim != 2 or not n.shape == x.shape == share.shape:
        raise StatisticError("segments by cohorts", got=(n.shape, x.shape, share.shape))
    if not bool(np.all((share >= 0) & (share < 1))):
        raise StatisticError("expected shares must lie in [0, 1)", got=share.tolist())
    mean = n * share
    kept = mean >= COHORT_EXPECTS
    of_segment = np.count_nonzero(kept, axis=1)
    kept &= of_segment[:, None] > 1
    if not kept.any():
        return 0.0
    left = np.broadcast_to(1 - 1 / np.maximum(of_segment, 1)[:, None], n.shape)[kept]
    squares = (x[kept] - mean[kept]) ** 2 / (mean[kept] * (1 - share[kept]))
    growth = mean[kept] / (1 - share[kept])  # of a square, by a unit of the variance
    return max(0.0, float(np.sum(squares - left) / np.sum(growth * left)))


def shaken(variance: float, own: Floats, others: Floats, cohorts: Counts) -> float:
    """The variance that shocks add to the logarithm of observed over expected.

    A cohort that has the same weight on both sides adds nothing: it shakes both alike.

    Args:
        variance: of the logarithm of cohorts' rates.
        own: shape (leaves,), conversions expected of the group.
        others: shape (leaves,), conversions expected of those it is compared with.
        cohorts: shape (leaves,), which cohort each leaf belongs to, from 0.
    """
    weights = [np.bincount(cohorts, weights=side) for side in (own, others)]
    if variance <= 0 or not all(side.sum() > 0 for side in weights):
        return 0.0
    first, second = (side / side.sum() for side in weights)
    return variance * float(np.sum((first - second) ** 2))
