"""How much the rates of cohorts vary by themselves, and what that does to a comparison.

Months differ by more than chance, and what shakes a month shakes all of its leads alike: a group
with twice the leads a month has four times the extra variance. One factor for all groups of a step
would therefore be too small for the large ones and too large for the small. A bad month is often
followed by another; a group held against its own past feels that most.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import toeplitz

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Counts, Floats
from salesaudit.statistics.conversion import COHORT_EXPECTS

MEMORIES = np.arange(0.0, 0.96, 0.05)
BEYOND_CHANCE = 1.645  # standard errors without which shocks are taken to have no memory


class Shocks(NamedTuple):
    """What cohorts of a step do by themselves."""

    variance: float  # of the logarithm of a cohort's rate, beyond chance
    memory: float = 0.0  # correlation with the cohort before


QUIET = Shocks(0.0)


class Cohorts(NamedTuple):
    """Where each leaf stands; leaves of one segment and cohort are shaken alike."""

    segment: Counts  # (leaves,), from 0
    number: Counts  # (leaves,), from 0, in the order of time


def shocks(entered: ArrayLike, converted: ArrayLike, expected: ArrayLike) -> Shocks:
    """Variance and memory of cohorts' own rates, by moments.

    A segment is held to its own curve, which follows it a little; the more so, the longer its
    shocks last. Both moments are corrected for that. A memory is taken up only where it is beyond
    chance, for it costs power.

    Args:
        entered: shape (segments, cohorts), leads; cohorts follow each other in time.
        converted: the same shape.
        expected: the same shape, the segment's own curve at min(age, ``tau``), averaged over the
            leads of the cohort; fractions in [0, 1).

    Returns:
        No shocks where cohorts differ no more than by chance, or nothing is known: cohorts with
        under 3 conversions expected, and a segment's only cohort, say nothing.

    Raises:
        StatisticError: arrays that do not match, or an expected share outside [0, 1).

    Source:
        Williams (1982), Appl. Stat. 31, 144-148, model II, for the variance; Kendall (1954),
        Biometrika 41, 403-404, for the bias of the memory.
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
        return QUIET
    own = np.broadcast_to(1 / np.maximum(of_segment, 1)[:, None], n.shape)  # lost to the own curve
    scale = np.where(kept, mean * (1 - share), 1.0)
    off = np.where(kept, (x - mean) / np.sqrt(scale), 0.0)
    growth = np.where(kept, mean / (1 - share), 0.0)  # of a square, by a unit of the variance
    variance = float(np.sum((off**2 - (1 - own))[kept]) / growth.sum())
    if variance <= 0:
        return QUIET
    pairs = kept[:, 1:] & kept[:, :-1]
    together = float(np.sum((off[:, 1:] * off[:, :-1] + own[:, 1:])[pairs]))
    each = 1 + variance * growth
    noise = np.sqrt(float(np.sum((each[:, 1:] * each[:, :-1])[pairs])))
    size = round(float(of_segment[of_segment > 1].mean()))
    if together <= BEYOND_CHANCE * noise:
        return Shocks(variance * size / (size - 1))
    return _corrected(
        variance, together / float(np.sum(np.sqrt(growth[:, 1:] * growth[:, :-1]))), size
    )


def shaken(found: Shocks, own: Floats, others: Floats, cohorts: Cohorts) -> float:
    """The variance that shocks add to the logarithm of observed over expected.

    A cohort that has the same weight on both sides adds nothing: it shakes both alike.

    Args:
        found: the shocks of the step.
        own: shape (leaves,), conversions expected of the group.
        others: shape (leaves,), conversions expected of those it is compared with.
        cohorts: where the leaves stand.
    """
    if found.variance <= 0 or not (own.sum() > 0 and others.sum() > 0):
        return 0.0
    size = int(cohorts.number.max()) + 1
    place = cohorts.segment * size + cohorts.number
    weight = np.bincount(place, weights=own / own.sum() - others / others.sum())
    apart = np.zeros((int(cohorts.segment.max()) + 1, size))
    apart.ravel()[: weight.size] = weight
    return found.variance * float(np.sum(apart @ _alike(found.memory, size) * apart))


def _alike(memory: float, size: int) -> Floats:
    """Correlation of cohorts, each with each."""
    return np.asarray(toeplitz(memory ** np.arange(size)), dtype=np.float64)


def _corrected(variance: float, covariance: float, size: int) -> Shocks:
    """The shocks whose moments about the mean of so many cohorts are those seen."""
    centre = np.eye(size) - 1 / size
    left = [centre @ _alike(memory, size) @ centre for memory in MEMORIES]
    kept = np.array([np.trace(one) / size for one in left])
    beside = np.array([np.diagonal(one, 1).mean() for one in left])
    place = int(np.argmin(np.abs(beside / kept - covariance / variance)))
    return Shocks(variance / float(kept[place]), float(MEMORIES[place]))
