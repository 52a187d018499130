"""Bursts: days on which far more leads came than the days around them let expect.

All windows of up to four weeks are looked at; the most surprising one is held against the most
surprising ones of series that chance alone made.
"""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.statistics.arrivals import TREND_FROM, Regression, series
from salesaudit.statistics.base import Floats
from salesaudit.statistics.drawn_counts import (
    DRAWS,
    active,
    drawn_counts,
    fitted,
    inverse_information,
    p_of_greatest,
    refitted,
)
from salesaudit.statistics.window_scan import (
    LONGEST,
    greatest_apart,
    scores_of,
    sums_of,
    windows_of,
)

WAVE = 91  # days, the least half-wave of the usual level, so long that no burst passes for one
ROUNDS = 3  # times that the usual level is fitted
LEADS = 50  # in all
BESIDE = 8  # weeks before and after a day, whose median is its usual count
SURE = 10.0  # deviations above it that leave no doubt


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
    p: float  # of the greatest burst, told or not
    usual: Floats  # (days,), counts to be expected without bursts
    phi: float  # dispersion of the days outside bursts, at least 1
    weights: Floats  # (days,), 0 in bursts, else 1


class _Series(NamedTuple):
    """Counts by day, and what the usual level is made of."""

    counts: Floats
    design: Floats
    open_days: Floats  # 1 for days whose weekday ever counted anything, else 0
    beyond_doubt: np.ndarray  # days that no fit may rest on, whatever they turn out to be

    def fit(self, free: Floats) -> Regression | None:
        """The usual level, from open days that are free of bursts."""
        return fitted(self.counts, self.design, self.open_days * free * ~self.beyond_doubt)


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
    against the fit without it. Days so great that they would bend the waves towards them are left
    out from the first. What is found is left out and the level fitted again, for a great
    burst hides smaller ones. Days beside each other are one burst.

    Args:
        daily_counts: shape (days,), counts of days that follow each other.
        rng: for the drawn series.
        level: p up to which a window is a burst.
        draws: number of drawn series.

    Returns:
        The bursts, or None for less than half a year of days between the first lead and the last,
        under 50 leads, or a series that no regression describes.

    Raises:
        StatisticError: a negative count.

    Source:
        Kulldorff (1997), Commun. Stat. Theory Methods 26, 1481-1496, for the scan; Zhang, Assuncao
        and Kulldorff (2010), J. Probab. Stat., 642379, for looking again without what was found.
    """
    counts = series(daily_counts)
    span = active(counts)
    y = counts[span]
    if y.size < 7 * TREND_FROM or y.sum() < LEADS:
        return None
    days = _Series(y, _design(y), _open_days(y), _beyond_doubt(y))
    bursty, greatest, chance = np.zeros(y.size, dtype=np.bool_), 1.0, np.zeros(draws)
    for turn in range(ROUNDS):
        looked = _look(days, ~bursty, rng, draws)
        if looked is None:
            return None
        scores, chance = looked
        told = greatest_apart(scores, chance, level)
        greatest = told[0].p if turn == 0 else greatest
        for window in told[:-1]:
            bursty[window.first : window.last + 1] = True
        if len(told) == 1:
            break
    apart = days.fit((~bursty).astype(np.float64))
    if apart is None:
        return None
    found = [one for one in _joined(days, apart, bursty, chance) if one.p <= level]
    weights, usual = np.ones(counts.size), np.zeros(counts.size)
    for burst in found:
        weights[span][burst.first : burst.last + 1] = 0
    fit = days.fit(weights[span]) or apart
    usual[span] = fit.mean * days.open_days
    placed = [
        one._replace(first=one.first + span.start, last=one.last + span.start) for one in found
    ]
    p = min([greatest, *(one.p for one in found)])
    return Bursts(tuple(placed), p, usual, max(1.0, fit.phi), weights)


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


def _beyond_doubt(y: Floats) -> np.ndarray:
    """Days so far above the same weekday of the weeks around them that they would bend any wave.

    Source:
        Hampel (1974), J. Am. Stat. Assoc. 69, 383-393, for median and median deviation.
    """
    weeks = np.pad(y, 7 * BESIDE, mode="reflect")
    around = np.stack([weeks[7 * w : 7 * w + y.size] for w in range(2 * BESIDE + 1)])
    usual = np.median(around, axis=0)
    spread = 1.4826 * np.median(np.abs(around - usual), axis=0)
    return np.asarray(y - usual > SURE * np.maximum(spread, np.sqrt(np.maximum(usual, 1.0))))


def _design(y: Floats) -> Floats:
    """Level, trend, slow waves, and the weekdays that ever counted but the first of them."""
    day, days = np.arange(y.size), y.size
    waves = [np.cos(np.pi * wave * (day + 0.5) / days) for wave in range(1, days // WAVE + 1)]
    weekdays = [place for place in range(7) if y[place::7].any()]
    open_on = [(day % 7 == place).astype(np.float64) for place in weekdays[1:]]
    return np.column_stack([np.ones(days), (day - day.mean()) / days, *waves, *open_on])


def _look(
    series: _Series, free: ArrayLike, rng: np.random.Generator, draws: int
) -> tuple[Floats, Floats] | None:
    """Scores of all windows by length and first day, and the greatest of each drawn series."""
    alone = np.asarray(free, dtype=np.float64)
    fit, used = series.fit(alone), alone * series.open_days
    if fit is None:
        return None
    phi, usual, based = max(1.0, fit.phi), fit.mean * used, used * ~series.beyond_doubt
    counts = drawn_counts(usual, phi, rng, draws)
    drawn = refitted(counts, usual, series.design, based, fit.df)
    own = sums_of((series.counts * used)[None], usual[None], based)
    by_chance = sums_of(counts, drawn.mean * used, based)
    scores, greatest = np.zeros((LONGEST, used.size)), np.zeros(draws)
    for window in windows_of(usual, series.design, alone, based):
        seen = scores_of(own, window)[0] / phi
        scores[window.days - 1, : seen.size] = seen
        np.maximum(greatest, scores_of(by_chance, window).max(axis=1), out=greatest)
    return scores, greatest / drawn.phi


def _joined(series: _Series, fit: Regression, bursty: np.ndarray, chance: Floats) -> list[Burst]:
    """Days of bursts that follow each other, each run as one burst, judged once more.

    While a great burst is still in the series the waves bend towards it and leave ghosts beside
    it; held against the fit without any burst, these vanish.
    """
    usual, phi = fit.mean * series.open_days, max(1.0, fit.phi)
    covariance = phi * inverse_information(usual, series.design, (~bursty).astype(np.float64))
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
