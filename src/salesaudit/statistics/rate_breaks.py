"""Breaks of a step's rate: the cohort from which it is another one, each held to its age."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Counts, Floats, Range
from salesaudit.statistics.breaks import Break, studentized
from salesaudit.statistics.drawn_counts import DRAWS, p_of_greatest
from salesaudit.statistics.histogram import from_day_on

EXPECTED = 10.0  # conversions on each side of a break
ONE_LEAD = 1e-3  # a cohort of at most one lead cannot vary more than chance; keeps the beta proper


def rate_break(
    entered: ArrayLike,
    converted: ArrayLike,
    expected: ArrayLike,
    rng: np.random.Generator,
    *,
    draws: int = DRAWS,
) -> Break | None:
    """A step in the rate of a step's cohorts, each held to what it could show by its age.

    A slow drift is seen as a break in its middle.

    Args:
        entered: shape (cohorts,), leads of each cohort in order of time, each at least 1.
        converted: shape (cohorts,), those of them that converted.
        expected: shape (cohorts,), the pooled curve at min(age, ``tau``), averaged over the leads
            of the cohort; fractions in [0, 1).
        rng: for the drawn cohorts.
        draws: number of drawn sets of cohorts.

    Returns:
        The break, or None where no place has 10 conversions expected on either side, or there are
        under 4 cohorts.

    Raises:
        StatisticError: more conversions than leads, or an expected share outside [0, 1).

    Source:
        Andrews (1993), Econometrica 61, 821-856, for the greatest over places; Williams (1982),
        Appl. Stat. 31, 144-148, for the beta-binomial cohorts.
    """
    n, x, share = (np.asarray(a, dtype=np.float64) for a in (entered, converted, expected))
    if not bool(np.all((x >= 0) & (x <= n) & (n > 0))):
        raise StatisticError("conversions are among the leads of a cohort", got=x.tolist())
    if not bool(np.all((share >= 0) & (share < 1))):
        raise StatisticError("expected shares must lie in [0, 1)", got=share.tolist())
    before = np.cumsum(n * share)[:-1]
    places = 1 + np.flatnonzero((before >= EXPECTED) & ((n * share).sum() - before >= EXPECTED))
    if not places.size or n.size < 4 or not x.sum():
        return None
    score, pearson = _rate_scores(n, x[None], share, places)
    at, df = int(places[int(np.argmax(score))]), n.size - 1
    phi = max(1.0, float(pearson[0] - score.max()) / (df - 1))
    level = min(float(x.sum() / (n * share).sum()), 1 / (1e-9 + float(share.max())))
    counts = _drawn_conversions(n, level * share, phi, rng, draws)
    drawn, spreads = _rate_scores(n, counts, share, places)
    own = studentized(score.max(axis=1), pearson, df)
    chance = studentized(drawn.max(axis=1), spreads, df)
    factor = _rate_factor(n, x, share, at, phi)
    return Break(at, factor, p_of_greatest(float(own[0]), chance))


def _rate_scores(n: Floats, x: Floats, share: Floats, places: Counts) -> tuple[Floats, Floats]:
    """Squared scores at each place, shape (rows, places), and Pearson's chi-square, (rows,)."""
    exposed = n * share
    mean = x.sum(axis=1, keepdims=True) / exposed.sum() * exposed
    variance = mean * np.maximum(1 - mean / n, 1 / n)
    weight = from_day_on(exposed[None])[:, places] / exposed.sum()
    later = from_day_on(variance)[:, places]
    total = variance.sum(axis=1, keepdims=True)
    spread = later * (1 - weight) ** 2 + (total - later) * weight**2
    score = from_day_on(x - mean)[:, places] ** 2 / np.maximum(spread, 1e-12)
    return score, np.sum((x - mean) ** 2 / np.maximum(variance, 1e-12), axis=1)


def _drawn_conversions(
    n: Floats, rate: Floats, phi: float, rng: np.random.Generator, draws: int
) -> Floats:
    """Beta-binomial conversions, shape (draws, cohorts), ``phi`` times a binomial's variance."""
    alike = np.clip((phi - 1) / np.maximum(n - 1, ONE_LEAD), 1e-9, 0.99)
    strength = (1 - alike) / alike
    mean = np.clip(rate, 1e-9, 1 - 1e-9)
    drawn = rng.beta(mean * strength, (1 - mean) * strength, (draws, n.size))
    return rng.binomial(n.astype(np.int64), drawn).astype(np.float64)


def _rate_factor(n: Floats, x: Floats, share: Floats, at: int, phi: float) -> Range:
    """Rate from a place on by the rate before it, interval by its logarithm."""
    sides = [(x[part].sum() + 0.5, (n * share)[part].sum() + 0.5) for part in _split(at)]
    (old, before), (new, behind) = sides
    value = new / behind / (old / before)
    error = math.sqrt(phi * (1 / old + 1 / new)) * NormalDist().inv_cdf(0.975)
    return Range(float(value), float(value * math.exp(-error)), float(value * math.exp(error)))


def _split(at: int) -> tuple[slice, slice]:
    return slice(None, at), slice(at, None)
