"""A scan over all windows of up to four weeks: how surprising is what came in each of them?

The counts of a window are held against what the days outside it let expect, so that a burst does
not hide in its own fit.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from salesaudit.statistics.base import Floats
from salesaudit.statistics.drawn_counts import ALMOST_NONE, inverse_information, p_of_greatest

LONGEST = 28  # days of a window
LEAST_USUAL = 0.01  # of the fitted count: the fit without a window expects no less
MOST_LEVERAGE = 0.9


class Told(NamedTuple):
    """A window and its p."""

    first: int
    last: int
    p: float


class Sums(NamedTuple):
    """Sums before each day, each of shape (rows, days + 1)."""

    counts: Floats
    usual: Floats  # fitted
    pull: Floats  # counts less fitted ones, of the days that the fit rests on


class Windows(NamedTuple):
    """Windows of one length."""

    days: int
    leverage: Floats  # (windows,), part of a window's own excess that the fit takes for usual
    allowed: Floats  # (windows,), 0 where a window touches a burst already found, else 1


def windows_of(usual: Floats, design: Floats, free: Floats, based: Floats) -> list[Windows]:
    """Windows of 1 to 28 days.

    Args:
        usual: shape (days,), fitted counts.
        design: shape (days, columns), of the fit.
        free: shape (days,), 0 for days that no window may touch, else 1.
        based: shape (days,), 1 for the days that the fit rests on, else 0.
    """
    inverse = inverse_information(usual, design, based)
    shared = _from_start((design * (usual * based)[:, None]).T)
    weight, whole = _from_start((usual * based)[None])[0], _from_start(free[None])[0]
    windows = []
    for days in range(1, LONGEST + 1):
        parts = (shared[:, days:] - shared[:, :-days]).T
        own = np.maximum(weight[days:] - weight[:-days], ALMOST_NONE)
        leverage = np.minimum(np.sum(parts @ inverse * parts, axis=1) / own, MOST_LEVERAGE)
        allowed = whole[days:] - whole[:-days] == days
        windows.append(Windows(days, leverage, allowed.astype(np.float64)))
    return windows


def sums_of(counts: Floats, usual: Floats, based: Floats) -> Sums:
    """Sums for windows of all lengths.

    Args:
        counts: shape (rows, days).
        usual: the same, fitted.
        based: shape (days,), 1 for the days that the fit rests on, else 0.
    """
    return Sums(*(_from_start(rows) for rows in (counts, usual, (counts - usual) * based)))


def scores_of(sums: Sums, window: Windows) -> Floats:
    """Log likelihood ratio of each window with more than is to be expected, else 0.

    What the rest of the series lets expect is less than the fit, by as much as the window has drawn
    the fit towards itself.
    """
    seen, usual, pull = (  # single precision: half the time, and only ranks matter
        (total[:, window.days :] - total[:, : -window.days]).astype(np.float32) for total in sums
    )
    drawn_up = pull * (window.leverage / (1 - window.leverage)).astype(np.float32)
    least = np.float32(LEAST_USUAL) * usual + np.float32(ALMOST_NONE)
    expected = np.maximum(usual - drawn_up, least)
    more = np.maximum(seen, expected)
    ratio = more * np.log(more / expected) - (more - expected)
    return np.asarray(ratio * window.allowed.astype(np.float32))


def greatest_apart(scores: Floats, chance: Floats, level: float) -> list[Told]:
    """The most surprising windows that do not overlap.

    Args:
        scores: shape (lengths, days), by length of the window and its first day.
        chance: shape (draws,), the greatest score of each drawn series.
        level: p up to which a window is told.

    Returns:
        Those told, by their scores, and the first that is not.
    """
    left, found = scores.copy(), list[Told]()
    day = np.arange(scores.shape[1])
    last = day + np.arange(LONGEST)[:, None]  # of each window, by length and first day
    while not found or found[-1].p <= level:
        place = np.unravel_index(int(np.argmax(left)), left.shape)
        first, end = int(place[1]), int(place[1] + place[0])
        found.append(Told(first, end, p_of_greatest(float(left[place]), chance)))
        left[(day <= end) & (last >= first)] = 0.0
    return found


def _from_start(rows: Floats) -> Floats:
    """Sums before each place, one place longer than the rows."""
    return np.concatenate([np.zeros((len(rows), 1)), np.cumsum(rows, axis=1)], axis=1)
