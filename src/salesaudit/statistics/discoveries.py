"""How many looks at the data are beyond chance, when many were taken."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats


def benjamini_hochberg(p: ArrayLike) -> Floats:
    """The q-value of every look: the least false discovery rate at which it is still reported.

    Args:
        p: shape (looks,), p-values in [0, 1], any order; may be empty.

    Returns:
        Shape (looks,), q-values in [0, 1] in the order of ``p``.

    Raises:
        StatisticError: a p-value outside [0, 1].

    Source:
        Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57, 289-300; of the 15 p-values of their
        section 3.2 four are reported at 0.05.
    """
    values = _checked(p)
    order = np.argsort(values, kind="stable")
    scaled = values[order] * values.size / np.arange(1, values.size + 1)
    q = np.empty_like(values)
    q[order] = np.minimum.accumulate(scaled[::-1])[::-1]
    return q


def simes(p: ArrayLike) -> float:
    """The p-value of a whole family: that not one of its looks has anything behind it.

    Args:
        p: shape (looks,), p-values in [0, 1]; an empty family gives 1.

    Returns:
        A p-value in [0, 1].

    Raises:
        StatisticError: a p-value outside [0, 1].

    Source:
        Simes (1986), Biometrika 73, 751-754.
    """
    return float(np.min(benjamini_hochberg(p), initial=1.0))


def _checked(p: ArrayLike) -> Floats:
    values = np.asarray(p, dtype=np.float64)
    if values.ndim != 1:
        raise StatisticError("p-values come as one list", got=values.shape)
    if not bool(np.all((values >= 0) & (values <= 1))):
        raise StatisticError("p-values must lie between 0 and 1", got=values.tolist())
    return values
