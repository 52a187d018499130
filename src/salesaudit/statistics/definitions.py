"""Which definition stands behind reported numbers: all that reproduce them, and by what chance.

A grid of definitions is worked out; one that gives every reported number inside its rounding fits.
With many definitions and few numbers some fit by chance, and how many is to be expected.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats

BY_CHANCE = 0.01  # definitions expected to fit by chance, under which a single one is believed
SLACK = 1e-9  # of a binary number against a decimal one


class Reported(NamedTuple):
    """A number as it was printed."""

    value: float
    half: float  # half of its last digit: the true one lies as near


class Fits(NamedTuple):
    """What reproduces the reported numbers."""

    definitions: tuple[int, ...]  # places in the grid that give all of them
    by_chance: float  # definitions expected to fit by chance
    believed: bool  # one answer fits, and chance would hardly have found it
    nearest: int  # place of the definition with the least miss
    miss: float  # its relative miss, averaged over the numbers


def reported(printed: str) -> Reported:
    """A number and its rounding, from the digits that were printed.

    Args:
        printed: such as "13.4" (0.05 either way), "1,200" (0.5) or "12.30" (0.005).

    Raises:
        StatisticError: no number.
    """
    try:
        number = Decimal(printed.strip().replace(",", ""))
    except InvalidOperation:
        raise StatisticError("a reported number is made of digits", got=printed) from None
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int):
        raise StatisticError("a reported number is finite", got=printed)
    return Reported(float(number), 0.5 * 10.0**exponent)


def fitting_definitions(grid: ArrayLike, numbers: Sequence[Reported]) -> Fits:
    """The definitions that give all reported numbers inside their rounding.

    Definitions that give the same numbers throughout are one answer: nothing reported can tell
    them apart.

    Args:
        grid: shape (definitions, numbers), what each definition gives for each reported number, in
            the unit that it was printed in; NaN where it gives none.
        numbers: as many as the grid has columns, at least one.

    Returns:
        The fits, in the order of the grid, and the nearest definition (the first of equals).

    Raises:
        StatisticError: no definition that gives a number, or columns that are not the numbers.
    """
    given = np.asarray(grid, dtype=np.float64)
    if given.ndim != 2 or given.shape[1] != len(numbers) or not numbers:
        raise StatisticError("a column for each reported number", got=given.shape)
    if not bool(np.isfinite(given).any(axis=0).all()):
        raise StatisticError("each number needs a definition that gives one", got=given.shape)
    value, half = (np.array(column) for column in zip(*numbers, strict=True))
    inside = np.abs(given - value) <= half * (1 + SLACK) + SLACK * np.abs(value)
    places = np.flatnonzero(inside.all(axis=1))
    shares = [_share_inside(given[:, i], inside[:, i]) for i in range(value.size)]
    by_chance = float(np.prod(shares)) * len(given)
    answers = len(np.unique(given[places], axis=0))
    miss = np.mean(np.abs(given - value) / np.maximum(np.abs(value), half), axis=1)
    miss = np.where(np.isfinite(miss), miss, np.inf)
    nearest = int(np.argmin(miss))
    found = tuple(int(place) for place in places)
    believed = answers == 1 and by_chance < BY_CHANCE
    return Fits(found, by_chance, believed, nearest, float(miss[nearest]))


def _share_inside(given: Floats, inside: np.ndarray) -> float:
    """Share of the different values that lie inside the rounding."""
    known = np.isfinite(given)
    every, own = np.unique(given[known]), np.unique(given[known & inside])
    return own.size / every.size
