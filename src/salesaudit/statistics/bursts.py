"""Bursts: days on which far more leads came than the days around them let expect.

All windows of up to four weeks are looked at; the most surprising one is held against the most
surprising ones of series that chance alone made.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.arrivals import TREND_FROM, Regression, quasi_poisson
from salesaudit.statistics.base import Floats
from salesaudit.statistics.drawn_counts import (
    ALMOST_NONE,
    DRAWS,
    drawn_counts,
    inverse_information,
    p_of_greatest,
    refitted,
)

LONGEST = 28  # days of a window
WAVE = 91  # days, the least half-wave of the usual level, so long that no burst passes for one
ROUNDS = 3  # times that the usual level is fitted
LEAST_USUAL = 0.01  # of the fitted count: the fit without a window expects no less
MOST_LEVERAGE = 0.9


class Burst(NamedTuple):
    """Days that follow each other, and what came on them."""

    first: int  # place of the first day
    last: int  # and of the last
    observed: float
    expected: float  # usual count, from all days outside bursts
    doubt: float  # standard error of ``expected``
    p: float  # that chance alone makes as great a burst somewhere


class Bursts(NamedTuple):
    """What was found in a series, and the series without it."""

    found: tuple[Burst, ...]  # in order of time
    p: float  # of the greatest window, before anything was left out
    usual: Floats  # (days,), counts to be expected without bursts
    phi: float  # dispersion of the days outside bursts, at least 1
    weights: Floats  # (days,), 0 in bursts, else 1


class _Series(NamedTuple):
    """Counts by day, and what the usual level is made of."""

    counts: Floats
    design: Floats
    open_days: Floats  # 1 for days whose weekday ever counted anything, else 0

    def fit(self, free: Floats) -> Regression:
        """The usual level, from open days that are free of bursts."""
        return quasi_poisson(self.counts, self.design, weights=self.open_days * free)


class _Told(NamedTuple):
    """A window and its p."""

    first: int
    last: int
    p: float


class _Windows(NamedTuple):
    """Windows of one length."""

    days: int
    leverage: Floats  # (windows,), part of a window's own excess that the fit takes for usual
    allowed: Floats  # (windows,), 0 where a window touches a burst already found, else 1


def find_bursts(
    daily_counts: ArrayLike,
    rng: np.random.Generator,
    *,
    level: float = 0.05,
    draws: int = DRAWS,
) -> Bursts | None:
    """Search a series of days for bursts.

    The usual level is a regression on weekdays, a trend and slow waves; waves instead of a yearly
    season, so that a season is no burst even where one year is all there is. Each window is held
    against the fit without it. What is found is left out and the level fitted again, for a great
    burst hides smaller ones. Days beside each other are one burst.

    Args:
        daily_counts: shape (days,), counts of days that follow each other.
        rng: for the drawn series.
        level: p up to which a window is a burst.
        draws: number of drawn series.

    Returns:
        The bursts, or None for less than half a year of days or hardly a day that counted.

    Raises:
        StatisticError: a negative count.

    Source:
        Kulldorff (1997), Commun. Stat. Theory Methods 26, 1481-1496, for the scan; Zhang, Assuncao
        and Kulldorff (2010), J. Probab. Stat., 642379, for looking again without what was found.
    """
    y = np.asarray(daily_counts, dtype=np.float64)
    if not (y.ndim == 1 and bool(np.all(y >= 0))):
        raise StatisticError("counts come as one list, none negative", got=y.tolist())
    if y.size < 7 * TREND_FROM or np.count_nonzero(y) <= _design(y).shape[1] + 7:
        return None
    series = _Series(y, _design(y), _open_days(y))
    bursty, greatest = np.zeros(y.size, dtype=np.bool_), 1.0
    for turn in range(ROUNDS):
        scores, chance = _look(series, ~bursty, rng, draws)
        told = _told(scores, chance, level)
        greatest = told[0].p if turn == 0 else greatest
        for window in told[:-1]:
            bursty[window.first : window.last + 1] = True
        if len(told) == 1:
            break
    found = [burst for burst in _joined(series, bursty, chance) if burst.p <= level]
    free = np.ones(y.size)
    for burst in found:
        free[burst.first : burst.last + 1] = 0
    fit = series.fit(free)
    return Bursts(tuple(found), greatest, fit.mean * series.open_days, max(1.0, fit.phi), free)


def weekly_weights(daily_weights: ArrayLike) -> Floats:
    """Weights for a regression of whole weeks: 0 for each that a burst touches, else 1.

    Args:
        daily_weights: shape (days,), of ``find_bursts``, from the first day of a week on.

    Returns:
        Shape (days // 7,).
    """
    days = np.asarray(daily_weights, dtype=np.float64)
    return np.asarray(days[: days.size // 7 * 7].reshape(-1, 7).min(axis=1))


def _open_days(y: Floats) -> Floats:
    """1 for days whose weekday ever counted anything, else 0."""
    weekday = np.arange(y.size) % 7
    ever = np.bincount(weekday, weights=y, minlength=7) > 0
    return ever[weekday].astype(np.float64)


def _design(y: Floats) -> Floats:
    """Level, trend, slow waves, and the weekdays that ever counted but the first of them."""
    day, days = np.arange(y.size), y.size
    waves = [np.cos(np.pi * wave * (day + 0.5) / days) for wave in range(1, days // WAVE + 1)]
    weekdays = [place for place in range(7) if y[place::7].any()]
    open_on = [(day % 7 == place).astype(np.float64) for place in weekdays[1:]]
    return np.column_stack([np.ones(days), (day - day.mean()) / days, *waves, *open_on])


def _look(
    series: _Series, free: ArrayLike, rng: np.random.Generator, draws: int
) -> tuple[Floats, Floats]:
    """Scores of all windows by length and first day, and the greatest of each drawn series."""
    alone = np.asarray(free, dtype=np.float64)
    fit, used = series.fit(alone), alone * series.open_days
    usual = fit.mean * used
    phi = max(1.0, fit.phi)
    counts = drawn_counts(usual, phi, rng, draws)
    drawn = refitted(counts, usual, series.design, used, fit.df)
    seen = _from_start((series.counts * used)[None]), _from_start(usual[None])
    by_chance = _from_start(counts), _from_start(drawn.mean * used)
    scores, greatest = np.zeros((LONGEST, used.size)), np.zeros(draws)
    for window in _windows(usual, series.design, alone):
        own = _scores(*seen, window)[0] / phi
        scores[window.days - 1, : own.size] = own
        np.maximum(greatest, _scores(*by_chance, window).max(axis=1), out=greatest)
    return scores, greatest / drawn.phi


def _told(scores: Floats, chance: Floats, level: float) -> list[_Told]:
    """The most surprising windows that do not overlap, and the first that is not told."""
    found: list[_Told] = []
    day = np.arange(scores.shape[1])
    last = day + np.arange(LONGEST)[:, None]  # of each window, by length and first day
    while not found or found[-1].p <= level:
        place = np.unravel_index(int(np.argmax(scores)), scores.shape)
        first, end = int(place[1]), int(place[1] + place[0])
        found.append(_Told(first, end, p_of_greatest(float(scores[place]), chance)))
        scores[(day <= end) & (last >= first)] = 0.0
    return found


def _windows(usual: Floats, design: Floats, free: Floats) -> list[_Windows]:
    inverse = inverse_information(usual, design, np.ones(usual.size))
    shared = _from_start((design * usual[:, None]).T)
    weight, whole = _from_start(usual[None])[0], _from_start(free[None])[0]
    windows = []
    for days in range(1, LONGEST + 1):
        parts = (shared[:, days:] - shared[:, :-days]).T
        own = np.maximum(weight[days:] - weight[:-days], ALMOST_NONE)
        leverage = np.minimum(np.sum(parts @ inverse * parts, axis=1) / own, MOST_LEVERAGE)
        allowed = whole[days:] - whole[:-days] == days
        windows.append(_Windows(days, leverage, allowed.astype(np.float64)))
    return windows


def _scores(counts: Floats, usual: Floats, window: _Windows) -> Floats:
    """Log likelihood ratio of each window with more than is to be expected, else 0.

    Args:
        counts: shape (rows, days + 1), sums before each day.
        usual: the same, of the fitted counts.
        window: the length, and what the fit without each window makes of its excess.
    """
    seen, fitted = (  # single precision: half the time, and ranks of scores are all that matters
        (total[:, window.days :] - total[:, : -window.days]).astype(np.float32)
        for total in (counts, usual)
    )
    excess = (seen - fitted) / (1 - window.leverage).astype(np.float32)
    expected = np.maximum(seen - excess, np.float32(LEAST_USUAL) * fitted + np.float32(ALMOST_NONE))
    more = np.maximum(seen, expected)
    ratio = more * np.log(more / expected) - (more - expected)
    return np.asarray(ratio * window.allowed.astype(np.float32))


def _from_start(rows: Floats) -> Floats:
    """Sums before each place, one place longer than the rows."""
    return np.concatenate([np.zeros((len(rows), 1)), np.cumsum(rows, axis=1)], axis=1)


def _joined(series: _Series, bursty: np.ndarray, chance: Floats) -> list[Burst]:
    """Days of bursts that follow each other, each run as one burst, judged once more.

    While a great burst is still in the series the waves bend towards it and leave ghosts beside
    it; held against the fit without any burst, these vanish.
    """
    free = (~bursty).astype(np.float64)
    fit = series.fit(free)
    usual, phi = fit.mean * series.open_days, max(1.0, fit.phi)
    covariance = phi * inverse_information(usual, series.design, free)
    edges = np.diff(bursty.astype(np.int64), prepend=0, append=0)
    bursts = []
    for first, end in zip(np.flatnonzero(edges > 0), np.flatnonzero(edges < 0), strict=True):
        own = slice(int(first), int(end))
        seen, expected = float(series.counts[own].sum()), float(usual[own].sum())
        score = seen * math.log(seen / expected) - (seen - expected) if seen > expected else 0.0
        slope = usual[own] @ series.design[own]
        doubt = math.sqrt(float(slope @ covariance @ slope))
        p = p_of_greatest(score / phi, chance)
        bursts.append(Burst(int(first), int(end) - 1, seen, expected, doubt, p))
    return bursts
