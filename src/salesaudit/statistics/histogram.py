"""Histograms by day: the counts of leads that every survival statistic works on."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats


def padded(*histograms: ArrayLike) -> tuple[Floats, ...]:
    """Histograms brought to one length with zeros behind.

    Args:
        histograms: each shape (..., days), counts by day from 0, not negative.

    Returns:
        The same, each with as many days as the longest, at least one.

    Raises:
        StatisticError: a count that is negative or not a number.
    """
    arrays = [np.asarray(histogram, dtype=np.float64) for histogram in histograms]
    days = max(1, *(array.shape[-1] for array in arrays))
    for array in arrays:
        if not bool(np.all(array >= 0)):
            raise StatisticError("a histogram holds counts, none negative", got=array.tolist())
    return tuple(_lengthened(array, days) for array in arrays)


def from_day_on(histogram: Floats) -> Floats:
    """How many are in each day or a later one; shape (..., days), as the histogram."""
    return np.flip(np.cumsum(np.flip(histogram, axis=-1), axis=-1), axis=-1)


def greatest_day(enough: ArrayLike) -> int:
    """The last day on which a condition holds, -1 where it never does.

    Args:
        enough: shape (days,), truth by day.
    """
    days = np.flatnonzero(np.asarray(enough))
    return int(days[-1]) if days.size else -1


def _lengthened(array: Floats, days: int) -> Floats:
    longer = np.zeros((*array.shape[:-1], days))
    longer[..., : array.shape[-1]] = array
    return longer
