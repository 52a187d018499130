"""Amounts that are off by a factor: typed in another unit or another currency."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats

FAR, NEAR = 6.0, 3.0  # median deviations from the product's median, and from a factor of it
LEAST = 0.01  # median deviation of the log10 of an amount, where a product has one price
ENOUGH = 10  # amounts of a product without which nothing is said of them
FACTORS = (100.0, 1000.0)


def factors_off(
    amounts: ArrayLike, products: ArrayLike, factors: Sequence[float] = FACTORS
) -> Floats:
    """The factor by which each amount seems to be off.

    An amount is suspected where it lies far from the others of its product and near to what a
    factor, or one part by it, would make of a usual one.

    Args:
        amounts: shape (deals,), all above 0.
        products: same shape, what the deal was about; any values that can be told apart.
        factors: above 1; exchange rates go here.

    Returns:
        Shape (deals,): the factor, or its inverse for amounts too small; 1 for all others, and for
        products with fewer than 10 amounts.

    Raises:
        StatisticError: an amount that is not above 0, or a factor that is not above 1.

    Source:
        Hampel (1974), J. Am. Stat. Assoc. 69, 383-393, for the median deviation.
    """
    sums, names = np.asarray(amounts, dtype=np.float64), np.asarray(products)
    if not (sums.shape == names.shape and bool(np.all(sums > 0))):
        raise StatisticError("each amount is above 0 and has a product", got=sums.tolist())
    if not all(factor > 1 for factor in factors):
        raise StatisticError("factors are above 1", got=list(factors))
    steps = np.array([*factors, *(1 / factor for factor in factors)])
    off = np.ones(sums.size)
    for name in np.unique(names):
        own = names == name
        if np.count_nonzero(own) >= ENOUGH:
            off[own] = _off(np.log10(sums[own]), steps)
    return off


def _off(logs: Floats, steps: Floats) -> Floats:
    gaps = logs - np.median(logs)
    spread = max(float(np.median(np.abs(gaps))), LEAST)
    misses = np.abs(gaps[:, None] - np.log10(steps))
    nearest = np.argmin(misses, axis=1)
    suspected = (np.abs(gaps) > FAR * spread) & (misses.min(axis=1) <= NEAR * spread)
    return np.where(suspected, steps[nearest], 1.0)
