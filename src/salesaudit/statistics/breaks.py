"""Breaks: the date from which a level is another one, and whether there is any such date.

Every inner place of a series is tried; the greatest of so many differences is held against what
chance alone makes of a series without a break.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.arrivals import TREND_FROM, Regression, quasi_poisson, season_design
from salesaudit.statistics.base import Counts, Floats, Range
from salesaudit.statistics.drawn_counts import (
    DRAWS,
    drawn_counts,
    inverse_information,
    p_of_greatest,
    refitted,
)

EDGE = 5  # weeks on each side of a break of volume; what lasts up to four weeks is a burst
EXPECTED = 10.0  # conversions on each side of a break of a rate
ONE_LEAD = 1e-3  # a cohort of at most one lead cannot vary more than chance; keeps the beta proper


class Break(NamedTuple):
    """The likeliest place of a step in a level, whether or not chance could have made it."""

    at: int  # place of the first period on the new level
    factor: Range  # new level / old one, as if the place had been known
    p: float  # that chance alone makes a step as great somewhere


def level_break(
    weekly_counts: ArrayLike,
    rng: np.random.Generator,
    *,
    weights: ArrayLike | None = None,
    draws: int = DRAWS,
) -> Break | None:
    """A step in the level of weekly counts, apart from trend and season.

    At each place the score of a step is set against its variance (the local form of the likelihood
    ratio, which needs one fit of the series instead of one for each place). Weeks are held to vary
    independently: demand that wanders from month to month has breaks in this sense, and below 18
    months, where no season can be fitted, so has a season.

    Args:
        weekly_counts: shape (weeks,), counts of whole weeks in order of time.
        rng: for the drawn series.
        weights: same shape, 0 for weeks to be passed over (bursts), else 1.
        draws: number of drawn series.

    Returns:
        The break, or None for less than half a year of weeks or hardly a week that counted.

    Raises:
        StatisticError: a negative count.

    Source:
        Andrews (1993), Econometrica 61, 821-856, for the greatest over places; McCullagh and
        Nelder (1989), Generalized Linear Models, chapter 6, for the regression.
    """
    y = np.asarray(weekly_counts, dtype=np.float64)
    used = np.ones(y.size) if weights is None else np.asarray(weights, dtype=np.float64)
    design = season_design(y.size)
    if np.count_nonzero(used) < TREND_FROM or np.count_nonzero(used * y) <= design.shape[1] + 1:
        return None
    fit = quasi_poisson(y, design, weights=used)
    places, variance = _places(fit, design, used)
    seen = _scores((y - fit.mean)[None], places, variance, used)
    at = int(places[int(np.argmax(seen))])
    broken = quasi_poisson(y, np.column_stack([design, np.arange(y.size) >= at]), weights=used)
    counts = drawn_counts(fit.mean, max(1.0, broken.phi), rng, draws)
    drawn = refitted(counts, fit.mean, design, used, fit.df)
    greatest = _scores(counts - drawn.mean, places, variance, used).max(axis=1)
    own = _studentized(seen.max(axis=1), np.array([fit.phi * fit.df]), fit.df)
    chance = _studentized(greatest, drawn.phi * fit.df, fit.df)
    return Break(at, _step(broken), p_of_greatest(float(own[0]), chance))


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
    own = _studentized(score.max(axis=1), pearson, df)
    chance = _studentized(drawn.max(axis=1), spreads, df)
    factor = _rate_factor(n, x, share, at, phi)
    return Break(at, factor, p_of_greatest(float(own[0]), chance))


def bar_moved(volume: Break, rate: Break, apart: int, *, level: float = 0.05) -> bool:
    """Whether more came in and fewer went on from about the same date, or the other way round.

    That is what a changed definition of a stage looks like, not a better or worse business.

    Args:
        volume: break of the entries, its place in the same periods as that of ``rate``.
        rate: break of the next step's rate.
        apart: periods that the two places may lie apart.
        level: p up to which a break is taken for one.
    """
    told = max(volume.p, rate.p) <= level and abs(volume.at - rate.at) <= apart
    return told and (volume.factor.value - 1) * (rate.factor.value - 1) < 0


def _places(fit: Regression, design: Floats, used: Floats) -> tuple[Counts, Floats]:
    """Places that a step may have, and the variance of its score at each, were phi 1."""
    places = np.arange(EDGE, used.size - EDGE + 1)
    weight = used * fit.mean
    own = _behind(weight[None])[0, places]
    shared = _behind((design * weight[:, None]).T).T[places]
    variance = own - np.sum(shared @ inverse_information(fit.mean, design, used) * shared, axis=1)
    able = variance > 1e-9 * weight.sum()
    return places[able], variance[able]


def _scores(left: Floats, places: Counts, variance: Floats, used: Floats) -> Floats:
    """Squared scores of a step at each place by their variance, shape (rows, places)."""
    return np.asarray(_behind(left * used)[:, places] ** 2 / variance)


def _behind(rows: Floats) -> Floats:
    """Sums from each place to the end, along the last axis."""
    return np.asarray(np.cumsum(rows[:, ::-1], axis=1)[:, ::-1])


def _studentized(score: Floats, pearson: Floats, df: int) -> Floats:
    """A score by the dispersion that remains once the step is taken out."""
    return np.asarray(score / np.maximum(1.0, (pearson - score) / (df - 1)))


def _step(fit: Regression, confidence: float = 0.95) -> Range:
    """What the last column of a regression multiplies the level by."""
    step, error = float(fit.coefficients[-1]), math.sqrt(float(fit.covariance[-1, -1]))
    half = float(stdtrit(fit.df, 0.5 + confidence / 2)) * error
    return Range(*(math.exp(change) for change in (step, step - half, step + half)))


def _rate_scores(n: Floats, x: Floats, share: Floats, places: Counts) -> tuple[Floats, Floats]:
    """Squared scores at each place, shape (rows, places), and Pearson's chi-square, (rows,)."""
    exposed = n * share
    mean = x.sum(axis=1, keepdims=True) / exposed.sum() * exposed
    variance = mean * np.maximum(1 - mean / n, 1 / n)
    weight = _behind(exposed[None])[:, places] / exposed.sum()
    later = _behind(variance)[:, places]
    total = variance.sum(axis=1, keepdims=True)
    spread = later * (1 - weight) ** 2 + (total - later) * weight**2
    score = _behind(x - mean)[:, places] ** 2 / np.maximum(spread, 1e-12)
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
