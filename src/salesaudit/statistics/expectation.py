"""What came against what was to be expected: a group's conversions beside comparable leads'."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.conversion import Curve
from salesaudit.statistics.histogram import padded

HALF = 0.5  # of a conversion


class Comparison(NamedTuple):
    """A group's conversions beside those expected at the pace of the others."""

    observed: float
    expected: float
    ratio: float  # observed / expected
    lower: float
    upper: float
    z: float
    p: float  # two-sided
    log_ratio: float  # half a conversion added on both sides, so that it is never infinite
    log_variance: float  # of it


def against_others(
    converted_ages: ArrayLike,
    open_ages: ArrayLike,
    others: Curve,
    phi: float = 1.0,
    *,
    shaken: float = 0.0,
    confidence: float = 0.95,
) -> Comparison | None:
    """Whether a group converts as the leads outside it do, each lead at its own age.

    Args:
        converted_ages: shape (days,), the group's converted leads by age.
        open_ages: shape (days,), the group's other leads by age.
        others: curve of the leads outside the group.
        phi: dispersion of the step, at least 1; it multiplies every variance.
        shaken: variance of the logarithm of the ratio that cohorts add by differing from each
            other; where it is given, ``phi`` is left at 1.
        confidence: two-sided level of the ratio's interval.

    Returns:
        The comparison, or None where nothing is expected, or nothing can differ by chance.

    Raises:
        StatisticError: ``phi`` under 1.

    Source:
        Observed less expected as in Breslow and Day (1987), Statistical Methods in Cancer Research
        II, chapter 2; the curve's own variance by the delta method, Greenwood (1926).
    """
    if phi < 1:
        raise StatisticError("dispersion is at least 1", got=phi)
    if others.tau < 0:
        return None
    moved, waiting = padded(converted_ages, open_ages)
    ages = np.minimum(np.arange(moved.size), others.tau)
    share = others.cumulative[ages]
    leads = moved + waiting
    expected = float(np.sum(leads * share))
    if expected <= 0:
        return None
    final, variance = float(others.cumulative[others.tau]), float(others.greenwood[others.tau])
    chance = float(np.sum(leads * share * (1 - share)))
    doubt = (1 - final) ** 2 * variance / final**2  # of log F, squared error
    observed = float(moved.sum())
    chance, doubt = phi * chance, phi * doubt + shaken
    spread = chance + expected**2 * doubt
    if spread <= 0:  # every lead of the others converts, at once
        return None
    z = (observed - expected) / math.sqrt(spread)
    normal = NormalDist()
    width = normal.inv_cdf(0.5 + confidence / 2) ** 2
    lower, upper = _ratios(observed, expected, width * chance, width * doubt)
    return Comparison(
        observed=observed,
        expected=expected,
        ratio=observed / expected,
        lower=lower,
        upper=upper,
        z=z,
        p=2 * normal.cdf(-abs(z)),
        log_ratio=math.log((observed + HALF) / (expected + HALF)),
        log_variance=chance / (expected * (observed + HALF)) + doubt,
    )


def _ratios(observed: float, expected: float, chance: float, doubt: float) -> tuple[float, float]:
    """The ratios that the test does not reject: (O - rE)^2 = r chance + r^2 E^2 doubt.

    So the interval holds 1 exactly where the test does not reject equality.
    """
    square, linear = expected**2 * (1 - doubt), observed * expected + chance / 2
    root = math.sqrt(max(linear**2 - square * observed**2, 0.0))
    upper = (linear + root) / square if square > 0 else math.inf
    return observed**2 / (linear + root), upper
