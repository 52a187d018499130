"""Whether people differ at all: their successes dealt anew within each kind of case."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.core.errors import StatisticError

DEALS = 1_999  # times that successes are dealt anew


def shuffled_counts(
    cases: ArrayLike, successes: ArrayLike, rng: np.random.Generator, *, deals: int = DEALS
) -> float:
    """How often chance alone parts people as far as they are parted: an exact permutation test.

    Within each stratum the successes are dealt anew over all of its cases, whoever's they are.
    What is compared is the sum over people of (observed - expected)^2 / variance.

    Args:
        cases: shape (people, strata), whole numbers.
        successes: the same shape.
        rng: for the deals.
        deals: times that successes are dealt; the least p-value is 1 / (deals + 1).

    Returns:
        The p-value; 1 where no stratum lets people differ.

    Raises:
        StatisticError: more successes than cases.

    Source:
        Birch (1965), J. R. Stat. Soc. B 27, 111-124: the permutation form of the test of Mantel
        and Haenszel (1959), J. Natl. Cancer Inst. 22, 719-748, for more than two groups.
    """
    n, x = (np.asarray(a, dtype=np.int64) for a in (cases, successes))
    if n.shape != x.shape or bool(((x < 0) | (x > n)).any()):
        raise StatisticError("successes are among the cases", got=n.shape)
    expected, variance = np.zeros(len(n)), np.zeros(len(n))
    dealt = np.zeros((deals, len(n)))
    for own, won in zip(n.T, x.T, strict=True):
        size, hits = int(own.sum()), int(won.sum())
        if size < 2 or hits in (0, size):
            dealt += won
            expected += won
            continue
        expected += own * hits / size
        variance += hits * (size - hits) * own * (size - own) / (size**2 * (size - 1))
        dealt += rng.multivariate_hypergeometric(own, hits, deals, method="marginals")
    able = variance > 0
    if not able.any():
        return 1.0

    def parted(counts: np.ndarray) -> np.ndarray:
        squares = (counts[..., able] - expected[able]) ** 2 / variance[able]
        return np.asarray(squares.sum(axis=-1))

    as_far = parted(dealt) >= parted(x.sum(axis=1).astype(np.float64)) * (1 - 1e-9)
    return float((1 + as_far.sum()) / (deals + 1))
