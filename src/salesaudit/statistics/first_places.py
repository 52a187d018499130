"""How sure an order is: the chance of a place among the first, and which places might swap."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats
from salesaudit.statistics.shapley import Bools

FIRST = 3  # places
SWAP = 0.3  # of the draws; two that swap in more are said to be equal


def among_first(draws: ArrayLike, places: int = FIRST) -> Floats:
    """The chance of each item to be among the first.

    Args:
        draws: shape (draws, items), joint draws of what they are ordered by, most first. Equals
            share their places.
        places: how many are first.

    Returns:
        Shape (items,), chances that sum to ``places``, or 1 each where there are no more items.

    Raises:
        StatisticError: not a table with at least one draw.
    """
    values = _checked(draws)
    above = (values[:, None, :] > values[:, :, None]).sum(axis=2)
    beside = (values[:, None, :] == values[:, :, None]).sum(axis=2)
    chance: Floats = np.clip((places - above) / np.maximum(beside, 1), 0, 1).mean(axis=0)
    return chance


def swapped(draws: ArrayLike) -> Floats:
    """How often two items stand in the other order than the means of their draws.

    Args:
        draws: shape (draws, items).

    Returns:
        Shape (items, items), symmetric: a share of the draws, equals counted half; a half where
        nothing orders them, and on the diagonal.

    Raises:
        StatisticError: not a table with at least one draw.
    """
    values = _checked(draws)
    above = (values[:, :, None] > values[:, None, :]).mean(axis=0)
    beside = (values[:, :, None] == values[:, None, :]).mean(axis=0)
    ahead = above + beside / 2  # how often the first of two stands ahead
    mean = values.mean(axis=0)
    share: Floats = np.where(mean[:, None] >= mean, 1 - ahead, ahead)
    return np.where(mean[:, None] == mean, 0.5, share)


def equal(draws: ArrayLike, most: float = SWAP) -> Bools:
    """Which items cannot be told apart in order: they swap in more than a share of the draws.

    Args:
        draws: shape (draws, items).
        most: share of draws in which two may swap and still be ordered.

    Returns:
        Shape (items, items), symmetric, true on the diagonal.

    Raises:
        StatisticError: not a table with at least one draw.
    """
    found: Bools = swapped(draws) > most
    return found


def _checked(draws: ArrayLike) -> Floats:
    values = np.asarray(draws, dtype=np.float64)
    if values.ndim != 2 or len(values) == 0:
        raise StatisticError("draws by items", got=values.shape)
    return values
