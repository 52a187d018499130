"""Who could learn from whom: pairs that gain most together."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import linear_sum_assignment

from salesaudit.core.errors import StatisticError


def pairs(gain: ArrayLike, near: ArrayLike, most: int = 2) -> list[int | None]:
    """A teacher for each learner, so that all gain most; near ones go before far ones.

    Args:
        gain: shape (learners, teachers), what a learner gains from a teacher; pairs without gain
            are not made.
        near: the same shape, whether the two are of one team.
        most: learners that a teacher takes at most.

    Returns:
        The teacher's place for each learner, or None.

    Raises:
        StatisticError: the shapes differ.

    Source:
        Kuhn (1955), Nav. Res. Logist. Q. 2, 83-97, by ``scipy.optimize.linear_sum_assignment``.
    """
    worth, close = np.asarray(gain, dtype=np.float64), np.asarray(near, dtype=np.bool_)
    if worth.shape != close.shape or worth.ndim != 2:
        raise StatisticError("learners by teachers", got=worth.shape)
    found: list[int | None] = [None] * worth.shape[0]
    if not worth.size:
        return found
    able = worth > 0
    together = float(worth[able].sum()) + 1  # so much that no far pair outweighs a near one
    value = np.where(able, worth + together * close, 0.0)
    rows, columns = linear_sum_assignment(np.repeat(value, most, axis=1), maximize=True)
    for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
        if able[row, column // most]:
            found[row] = column // most
    return found
