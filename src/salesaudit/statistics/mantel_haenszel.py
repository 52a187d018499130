"""Two groups compared within strata: whether the difference is there among like cases."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaincc

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Range


class Stratified(NamedTuple):
    """The common odds ratio of two groups over strata, and the test that it is 1."""

    odds_ratio: Range
    chi_square: float  # with continuity correction, 1 degree of freedom
    p: float


def mantel_haenszel(
    successes: ArrayLike, cases: ArrayLike, *, confidence: float = 0.95
) -> Stratified:
    """The odds of the first group over those of the second, among cases of one stratum.

    Args:
        successes: shape (2, strata), of each group in each stratum.
        cases: shape (2, strata); a stratum where a group has none says nothing.
        confidence: two-sided level of the interval.

    Returns:
        Odds ratio with its interval, and the test. The ratio is 0 or infinite, and its interval
        from 0 to infinity, where no pair of a success and a failure stands on one side.

    Raises:
        StatisticError: more successes than cases, or nothing to compare.

    Source:
        Mantel and Haenszel (1959), J. Natl. Cancer Inst. 22, 719-748; the interval of Robins,
        Breslow and Greenland (1986), Biometrics 42, 311-323. Admissions to Berkeley in 1973,
        Bickel, Hammel and O'Connell (1975), Science 187, 398-404, are repeated by the test.
    """
    x, n = (np.asarray(a, dtype=np.float64) for a in (successes, cases))
    if x.ndim != 2 or x.shape[0] != 2 or x.shape != n.shape:
        raise StatisticError("two groups by strata", got=x.shape)
    if bool(((x < 0) | (x > n)).any()):
        raise StatisticError("successes are among the cases", got=float((x - n).max()))
    able = n.min(axis=0) > 0
    (a, c), (b, d) = x[:, able], (n - x)[:, able]
    size, hits, misses = a + b + c + d, a + c, b + d
    spread = (a + b) * (c + d) * hits * misses / (size**2 * np.maximum(size - 1, 1))
    if not float(spread.sum()) > 0:
        raise StatisticError("no stratum lets the groups differ", got=n.tolist())
    excess = float((a - (a + b) * hits / size).sum())
    chi_square = max(abs(excess) - 0.5, 0.0) ** 2 / float(spread.sum())
    p = float(gammaincc(0.5, chi_square / 2))
    return Stratified(
        _odds_ratio(a * d / size, b * c / size, (a + d) / size, confidence), chi_square, p
    )


def _odds_ratio(
    agree: np.ndarray, differ: np.ndarray, share: np.ndarray, confidence: float
) -> Range:
    """Ratio of the two sums, its logarithm with the variance of Robins, Breslow and Greenland."""
    r, s = float(agree.sum()), float(differ.sum())
    if r <= 0 or s <= 0:
        return Range(0.0 if r <= 0 else np.inf, 0.0, np.inf)
    variance = (
        float(share @ agree) / (2 * r**2)
        + float(share @ differ + (1 - share) @ agree) / (2 * r * s)
        + float((1 - share) @ differ) / (2 * s**2)
    )
    half = NormalDist().inv_cdf(0.5 + confidence / 2) * np.sqrt(variance)
    return Range(r / s, float(r / s * np.exp(-half)), float(r / s * np.exp(half)))
