"""Leads per period: their mean, and how it changes over the years.

Counts of neighbouring periods go together and vary more than independent leads would; the
intervals allow for both.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import stdtrit

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats, Range
from salesaudit.statistics.count import garwood_interval

WEEKS_A_YEAR = 365.25 / 7
TREND_FROM = 26  # weeks, half a year, without which no trend is told
SEASON_FROM = (78, 156)  # weeks, 18 and 36 months, from which one and two waves a year are fitted
ROUNDS = 50


class Regression(NamedTuple):
    """A quasi-Poisson regression of counts on time, and how far to trust it."""

    coefficients: Floats  # of the design's columns, on the log scale
    mean: Floats  # fitted counts, one for each period
    phi: float  # dispersion: Pearson's chi-square by degrees of freedom
    covariance: Floats  # of the coefficients, allowing for neighbours that go together
    df: int  # degrees of freedom


def mean_per_period(counts: ArrayLike, confidence: float = 0.95) -> Range:
    """Mean count of whole periods that follow each other.

    Args:
        counts: shape (periods,), counts of whole periods, at least one, in order of time.
        confidence: two-sided level, 0 < confidence < 1.

    Returns:
        The mean with an interval by its logarithm, never narrower than for independent events.

    Raises:
        StatisticError: no period or a negative count.

    Source:
        Newey and West (1987), Econometrica 55, 703-708; Kiefer and Vogelsang (2005), Econometric
        Theory 21, 1130-1164; Garwood (1936), Biometrika 28, 437-442.
    """
    y = _checked(counts)
    lower, upper = (float(limit) / y.size for limit in garwood_interval(y.sum(), confidence))
    mean = float(y.mean())
    if y.size > 1 and mean > 0:
        error = math.sqrt(float(_long_run((y - mean)[:, None])[0, 0]) / (y.size * (y.size - 1)))
        factor = math.exp(_critical(y.size, y.size - 1, confidence) * error / mean)
        lower, upper = min(lower, mean / factor), max(upper, mean * factor)
    return Range(mean, lower, upper)


def trend(
    weekly_counts: ArrayLike, *, weights: ArrayLike | None = None, confidence: float = 0.95
) -> Range | None:
    """Yearly change of the level of weekly counts, apart from the season where it can be told.

    A season is fitted from 18 months on and a finer one from 36; before that a trend may be one.

    Args:
        weekly_counts: shape (weeks,), counts of whole weeks in order of time.
        weights: same shape, 0 for weeks to be passed over (bursts), else 1.
        confidence: two-sided level, 0 < confidence < 1.

    Returns:
        A ratio: 1.2 is a fifth more each year. None for less than half a year of weeks, or with
        hardly a week that counted anything.

    Raises:
        StatisticError: a negative count.

    Source:
        McCullagh and Nelder (1989), Generalized Linear Models, chapter 6, for the regression;
        Newey and West (1987), Econometrica 55, 703-708, for its covariance.
    """
    y = _checked(weekly_counts)
    fitted = _over_years(y, weights)
    if fitted is None:
        return None
    a_year = np.zeros(fitted.fit.coefficients.size)
    a_year[1] = WEEKS_A_YEAR
    return _exponential(fitted, a_year, confidence)


def present_level(
    weekly_counts: ArrayLike, *, weights: ArrayLike | None = None, confidence: float = 0.95
) -> Range | None:
    """Count of a week at the end of a series, apart from the season where it can be told.

    Args:
        weekly_counts: shape (weeks,), counts of whole weeks in order of time.
        weights: same shape, 0 for weeks to be passed over (bursts), else 1.
        confidence: two-sided level, 0 < confidence < 1.

    Returns:
        The level of the last week, as it would be on the average of a year. None where ``trend``
        is.

    Raises:
        StatisticError: a negative count.

    Source:
        As for ``trend``.
    """
    y = _checked(weekly_counts)
    fitted = _over_years(y, weights)
    if fitted is None:
        return None
    last = np.zeros(fitted.fit.coefficients.size)
    last[:2] = fitted.design[-1, :2]
    level = _exponential(fitted, last, confidence)
    share = float(_waves(fitted.fit).mean())
    return Range(*(share * end for end in level))


def season_index(weekly_counts: ArrayLike, *, weights: ArrayLike | None = None) -> Floats | None:
    """How the weeks of a year stand to their mean.

    Args:
        weekly_counts: shape (weeks,), counts of whole weeks in order of time.
        weights: same shape, 0 for weeks to be passed over (bursts), else 1.

    Returns:
        Shape (52,), with mean 1, from the week with which the series begins. None below 18 months,
        in which a season cannot be told from a trend, and where ``trend`` is None.

    Raises:
        StatisticError: a negative count.
    """
    y = _checked(weekly_counts)
    fitted = _over_years(y, weights)
    if fitted is None or y.size < SEASON_FROM[0]:
        return None
    waves = _waves(fitted.fit)
    return np.asarray(waves / waves.mean())


def season_design(weeks: int) -> Floats:
    """Columns of the regression: level, week and as many yearly waves as the length can tell.

    Args:
        weeks: length of the series.

    Returns:
        Shape (weeks, 2 + 2 waves). The week is counted from the middle of the series.
    """
    week = np.arange(weeks, dtype=np.float64)
    waves = sum(weeks >= least for least in SEASON_FROM)
    turns = 2 * np.pi * week / WEEKS_A_YEAR
    columns = [np.ones(weeks), week - week.mean()]
    for wave in range(1, waves + 1):
        columns += [np.sin(wave * turns), np.cos(wave * turns)]
    return np.column_stack(columns)


def series(counts: ArrayLike) -> Floats:
    """Counts in order of time, shape (periods,).

    Raises:
        StatisticError: another shape, or a negative count.
    """
    y = np.asarray(counts, dtype=np.float64)
    if not (y.ndim == 1 and bool(np.all(y >= 0))):
        raise StatisticError("counts come as one list, none negative", got=y.tolist())
    return y


def quasi_poisson(
    counts: ArrayLike, design: Floats, *, weights: ArrayLike | None = None
) -> Regression:
    """Regression of counts with a log link, by iteratively reweighted least squares.

    Args:
        counts: shape (periods,), in order of time.
        design: shape (periods, columns), of full rank, its first column 1.
        weights: shape (periods,), 0 for periods to be passed over, else 1.

    Returns:
        The fit; ``covariance`` is the sandwich of Newey and West.

    Raises:
        StatisticError: no more periods with a count than columns, or no convergence.

    Source:
        McCullagh and Nelder (1989), Generalized Linear Models, chapters 2 and 6.
    """
    y = _checked(counts)
    used = np.ones(y.size) if weights is None else np.asarray(weights, dtype=np.float64)
    df = int(np.count_nonzero(used)) - design.shape[1]
    if np.count_nonzero(used * y) <= design.shape[1]:
        raise StatisticError("a regression needs counts in more periods than columns", got=df)
    coefficients, mean = _fit(y, design, used)
    phi = float(np.sum(used * (y - mean) ** 2 / mean)) / df
    bread = np.linalg.inv(design.T @ (design * (used * mean)[:, None]))
    meat = _long_run(design * (used * (y - mean))[:, None])
    return Regression(coefficients, mean, phi, bread @ meat @ bread, df)


class _OverYears(NamedTuple):
    """A regression on trend and season."""

    fit: Regression
    design: Floats
    used: Floats


def _over_years(y: Floats, weights: ArrayLike | None) -> _OverYears | None:
    """The regression of weeks, None for less than half a year or with hardly a week that counts."""
    used = np.ones(y.size) if weights is None else np.asarray(weights, dtype=np.float64)
    design = season_design(y.size)
    if np.count_nonzero(used) < TREND_FROM or np.count_nonzero(used * y) <= design.shape[1]:
        return None
    return _OverYears(quasi_poisson(y, design, weights=used), design, used)


def _exponential(fitted: _OverYears, row: Floats, confidence: float) -> Range:
    """What a row of the design says on the scale of counts, surer than independent weeks never."""
    fit, design = fitted.fit, fitted.design
    information = (design * (fitted.used * fit.mean)[:, None]).T @ design
    alone = fit.phi * float(row @ np.linalg.solve(information, row))
    error = math.sqrt(max(float(row @ fit.covariance @ row), alone))
    half = _critical(fit.mean.size, fit.df, confidence) * error
    value = float(row @ fit.coefficients)
    return Range(*(math.exp(end) for end in (value, value - half, value + half)))


def _waves(fit: Regression) -> Floats:
    """What the season multiplies each week of a year by, from the first week of the series."""
    turns = 2 * np.pi * np.arange(52) / WEEKS_A_YEAR
    pairs = fit.coefficients[2:].reshape(-1, 2)
    log = np.zeros(52)
    for wave, (sine, cosine) in enumerate(pairs, start=1):
        log += sine * np.sin(wave * turns) + cosine * np.cos(wave * turns)
    return np.exp(log)


def _fit(y: Floats, design: Floats, used: Floats) -> tuple[Floats, Floats]:
    """Coefficients and fitted counts of a Poisson regression."""
    coefficients = np.zeros(design.shape[1])
    coefficients[0] = math.log(np.average(y, weights=used))
    for _ in range(ROUNDS):
        mean = np.exp(np.clip(design @ coefficients, -50.0, 50.0))
        score = design.T @ (used * (y - mean))
        step = np.linalg.solve(design.T @ (design * (used * mean)[:, None]), score)
        coefficients = coefficients + step
        if float(np.abs(step).max()) < 1e-10:
            return coefficients, np.exp(design @ coefficients)
    raise StatisticError("the regression of counts does not converge", got=y.tolist())


def _lags(periods: int) -> int:
    """Neighbours on each side that the long-run variance takes in."""
    return min(math.floor(1.3 * math.sqrt(periods)), periods - 1)


def _critical(periods: int, df: int, confidence: float) -> float:
    """How many standard errors an interval spans on each side.

    The long-run variance of few periods is itself in doubt, the more so the larger the part of the
    series that its band takes in; Student's t does not know that.

    Source:
        Kiefer and Vogelsang (2005), Econometric Theory 21, 1130-1164, table 1, Bartlett's weights:
        1.9600 + 2.9694 b + 0.4160 b^2 - 0.5324 b^3 at 97.5 %, scaled to other levels.
    """
    band = (_lags(periods) + 1) / periods
    table = 1.9600 + 2.9694 * band + 0.4160 * band**2 - 0.5324 * band**3
    scaled = table * NormalDist().inv_cdf(0.5 + confidence / 2) / NormalDist().inv_cdf(0.975)
    return max(float(stdtrit(df, 0.5 + confidence / 2)), scaled)


def _long_run(rows: Floats) -> Floats:
    """Covariance of the sum of rows in order of time, by Bartlett's weights (Newey and West).

    Args:
        rows: shape (periods, columns), each column with mean 0.

    Returns:
        Shape (columns, columns), positive semidefinite.
    """
    lags = _lags(len(rows))
    total: Floats = rows.T @ rows
    for lag in range(1, lags + 1):
        pair = rows[lag:].T @ rows[:-lag]
        total = total + (1 - lag / (lags + 1)) * (pair + pair.T)
    return total


def _checked(counts: ArrayLike) -> Floats:
    y = series(counts)
    if not y.size:
        raise StatisticError("counts come as one list, none negative", got=y.tolist())
    return y
