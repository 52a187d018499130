"""Why a rate changed: because cases are other cases, or because like cases fare otherwise."""

from __future__ import annotations

from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats, Range
from salesaudit.statistics.shapley import shapley, subsets

BEYOND = 2.0  # standard errors


class Part(NamedTuple):
    """A part of a change, with its standard error."""

    value: float
    se: float

    def range(self, confidence: float = 0.95) -> Range:
        """The part with its interval, by the normal distribution."""
        half = NormalDist().inv_cdf(0.5 + confidence / 2) * self.se
        return Range(self.value, self.value - half, self.value + half)

    @property
    def sure(self) -> bool:
        """Whether it is two standard errors from none."""
        return abs(self.value) > BEYOND * self.se


class Change(NamedTuple):
    """A change of a rate and its two parts, which sum to it."""

    total: Part
    mix: Part  # cases come from other groups
    rate: Part  # cases of the same group fare otherwise
    mix_by_group: Floats  # (groups,)
    rate_by_group: Floats  # (groups,)

    @property
    def reversed(self) -> bool:
        """Whether like cases moved the other way than the whole did: Simpson's paradox."""
        opposed = self.total.value * self.rate.value < 0
        return opposed and self.total.sure and self.rate.sure


def kitagawa(cases: ArrayLike, rates: ArrayLike, variances: ArrayLike) -> Change:
    """A change between two periods (or two segments) as a part of mix and a part of rate.

    Args:
        cases: shape (2, groups), before and after, at least one case on each side. A group
            without cases on one side has there the rate of the other.
        rates: shape (2, groups), conversion of each group within the same time on both sides.
        variances: shape (2, groups), of the rates, dispersion included.

    Returns:
        The change, after less before. Cases are taken for a sample, so that shares of groups are
        in doubt too.

    Raises:
        StatisticError: arrays that do not match, or a side without cases.

    Source:
        Kitagawa (1955), J. Am. Stat. Assoc. 50, 1168-1194; standard errors by the delta method.
        Admissions to Berkeley in 1973, Bickel, Hammel and O'Connell (1975), Science 187, 398-404,
        are repeated by the test.
    """
    n, r, v = (np.asarray(a, dtype=np.float64) for a in (cases, rates, variances))
    if n.ndim != 2 or n.shape[0] != 2 or not n.shape == r.shape == v.shape:
        raise StatisticError("two sides by groups", got=(n.shape, r.shape, v.shape))
    size = n.sum(axis=1, keepdims=True)
    if not bool(np.all(size > 0) and np.all(n >= 0)):
        raise StatisticError("there are cases on both sides", got=n.tolist())
    r, v = np.where(n > 0, r, r[::-1]), np.where(n > 0, v, 0.0)
    w = n / size
    mean, shift, share, turn = r.mean(axis=0), w[1] - w[0], w.mean(axis=0), r[1] - r[0]
    by_mix, by_rate = shift * mean, share * turn
    of_shares = _of_shares(w, size, mean), _of_shares(w, size, turn / 2)
    se_mix = np.sqrt(of_shares[0] + (shift**2 * v / 4).sum())
    se_rate = np.sqrt(of_shares[1] + (share**2 * v).sum())
    se_total = np.sqrt(_of_shares(w, size, r) + (w**2 * v).sum())
    return Change(
        total=Part(float(by_mix.sum() + by_rate.sum()), float(se_total)),
        mix=Part(float(by_mix.sum()), float(se_mix)),
        rate=Part(float(by_rate.sum()), float(se_rate)),
        mix_by_group=by_mix,
        rate_by_group=by_rate,
    )


def das_gupta(before: ArrayLike, after: ArrayLike) -> Floats:
    """What each of several factors adds to a change of a sum of products, the others standardised.

    Args:
        before: shape (factors, groups), at most 10 factors; the whole is the sum over groups of
            the product of factors. Leading axes, such as draws, stand before these two.
        after: the same shape.

    Returns:
        Shape (..., factors); sums to the change. With two factors these are Kitagawa's parts.

    Raises:
        StatisticError: arrays that do not match.

    Source:
        Das Gupta (1993), Standardization and Decomposition of Rates, U.S. Bureau of the Census,
        P23-186; that it is the value of Shapley (1953): Shorrocks (2013), J. Econ. Inequal. 11,
        99-126.
    """
    old, new = (np.asarray(a, dtype=np.float64) for a in (before, after))
    if old.ndim < 2 or old.shape != new.shape:
        raise StatisticError("factors by groups, twice", got=(old.shape, new.shape))
    values = [
        np.where(changed[:, None], new, old).prod(axis=-2).sum(axis=-1)
        for changed in subsets(old.shape[-2])
    ]
    return np.moveaxis(shapley(np.array(values)), 0, -1)


def _of_shares(w: Floats, size: Floats, worth: Floats) -> float:
    """Variance of the shares' sum times worth, both sides: multinomial."""
    worth = np.broadcast_to(worth, w.shape)
    centre = (w * worth).sum(axis=1, keepdims=True)
    return float((w * (worth - centre) ** 2 / size).sum())
