"""Stamps that nobody set by hand: days that a default chose, rows that an import wrote."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import bdtrc

from salesaudit.core.errors import StatisticError

BULK = 20  # stamps within a second, or sd of a day, that no people make
BULK_SHARE = 0.01  # of all stamps, the same


class Excess(NamedTuple):
    """A share beside the one to be expected."""

    share: float
    excess: float  # share - expected share, in [-1, 1]
    p: float  # one-sided: that chance alone makes so great a share


class Group(NamedTuple):
    """The greatest group of stamps."""

    size: int
    start: float  # second of its first stamp, or place of its day
    bulk: bool  # too great to be anything but an import


def share_excess(marked: int, stamps: int, expected: float) -> Excess:
    """Whether more stamps than usual fall on some days, such as the last of a month.

    Args:
        marked: stamps on those days.
        stamps: all stamps, at least 1.
        expected: share of those days among working days, 0 < expected < 1.

    Raises:
        StatisticError: more marked stamps than stamps, none at all, or a share outside (0, 1).

    Source:
        The exact binomial test: Clopper and Pearson (1934), Biometrika 26, 404-413.
    """
    if not (0 <= marked <= stamps and stamps > 0 and 0 < expected < 1):
        raise StatisticError("marked stamps are among stamps", got=(marked, stamps, expected))
    p = float(bdtrc(marked - 1, stamps, expected)) if marked else 1.0
    return Excess(marked / stamps, marked / stamps - expected, p)


def greatest_second(seconds: ArrayLike) -> Group:
    """The most stamps within less than a second.

    Args:
        seconds: shape (stamps,), times in seconds from anywhere, in any order; at least one.

    Returns:
        The group; ``bulk`` where it exceeds 20 stamps and 1 % of all.

    Raises:
        StatisticError: no stamp.
    """
    times = np.sort(np.asarray(seconds, dtype=np.float64))
    if not times.size:
        raise StatisticError("a group needs a stamp", got=0)
    sizes = np.searchsorted(times, times + 1, side="left") - np.arange(times.size)
    place = int(np.argmax(sizes))
    size = int(sizes[place])
    return Group(size, float(times[place]), size > max(BULK, BULK_SHARE * times.size))


def greatest_day(daily_counts: ArrayLike) -> Group:
    """The day with the most stamps, against how much the other days vary.

    Args:
        daily_counts: shape (days,), stamps by day, days without any included, at least two days.

    Returns:
        The day; ``bulk`` where it lies more than 20 standard deviations above the mean of the
        others, which vary at least as chance would have them.

    Raises:
        StatisticError: fewer than two days, or a negative count.
    """
    counts = np.asarray(daily_counts, dtype=np.float64)
    if not (counts.ndim == 1 and counts.size > 1 and bool(np.all(counts >= 0))):
        raise StatisticError("two days or more, no count negative", got=counts.tolist())
    place = int(np.argmax(counts))
    others = np.delete(counts, place)
    mean = float(others.mean())
    varied = float(others.var(ddof=1)) if others.size > 1 else 0.0
    least = max(mean, 1.0)  # the variance of chance, of a stamp a day at least
    above = (float(counts[place]) - mean) / math.sqrt(max(varied, least))
    return Group(round(float(counts[place])), float(place), above > BULK)
