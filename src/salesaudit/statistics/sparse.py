"""Estimates of several groups most of which do not differ at all: a few stand apart, far.

Drawing all groups together, as if their true values were one bell, takes from the few that stand
apart what only those who differ by chance should lose.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logsumexp

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats
from salesaudit.statistics.mixed_rates import SPREADS, TYPICAL

NOTHING = (0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.98)  # share of groups that do not differ
MOSTLY_NOTHING = 1.0  # prior of that share: proportional to this power of it


class Sparse(NamedTuple):
    """What is expected of each group: a mixture over the grid of spreads and shares."""

    mean: Floats  # (groups,)
    variance: Floats  # (groups,)
    null: Floats  # (groups,), chance that the group does not differ at all
    weights: Floats  # (grid,), chance of each spread and share
    nulls: Floats  # (grid, groups), given each
    means: Floats  # (grid, groups), given each and that the group differs
    variances: Floats  # (grid, groups), the same

    def draws(self, count: int, rng: np.random.Generator) -> Floats:
        """Draws, shape (count, groups); 0 where a group does not differ."""
        place = rng.choice(self.weights.size, count, p=self.weights)
        noise = rng.standard_normal((count, self.mean.size))
        apart = rng.random(noise.shape) >= self.nulls[place]
        drawn: Floats = apart * (self.means[place] + np.sqrt(self.variances[place]) * noise)
        return drawn


def sparse(estimates: ArrayLike, variances: ArrayLike) -> Sparse:
    """What true values are expected to be, where most are 0.

    ``estimate ~ N(true, variance)``; ``true`` is 0 for a share of groups, and ``N(0, sd^2)`` for
    the others. Share and sd are weighed over a grid, sd under a Rayleigh prior with mode 0.5, the
    share under one that expects most to be 0.

    Args:
        estimates: shape (groups,), at least one; logarithms of ratios, on whose scale the grid is.
        variances: shape (groups,), of the estimates, above 0.

    Raises:
        StatisticError: no group, or a variance that is not above 0.

    Source:
        Mitchell and Beauchamp (1988), J. Am. Stat. Assoc. 83, 1023-1032; Johnstone and Silverman
        (2004), Ann. Stat. 32, 1594-1649, for weighing the share by its evidence.
    """
    y, v = (np.asarray(a, dtype=np.float64) for a in (estimates, variances))
    if y.ndim != 1 or y.size == 0 or y.shape != v.shape or not bool(np.all(v > 0)):
        raise StatisticError("an estimate and a variance above 0 for each group", got=v.tolist())
    share, sd = (a.ravel() for a in np.meshgrid(NOTHING, SPREADS, indexing="ij"))
    wide = v + sd[:, None] ** 2
    none = np.log(share)[:, None] - (np.log(v) + y**2 / v) / 2
    some = np.log1p(-share)[:, None] - (np.log(wide) + y**2 / wide) / 2
    either = np.logaddexp(none, some)
    weights = _weights(either.sum(axis=1), share, sd)
    nulls = np.exp(none - either)
    means, variances_ = y * sd[:, None] ** 2 / wide, v * sd[:, None] ** 2 / wide
    mean = weights @ ((1 - nulls) * means)
    square = weights @ ((1 - nulls) * (variances_ + means**2))
    return Sparse(mean, square - mean**2, weights @ nulls, weights, nulls, means, variances_)


def _weights(evidence: Floats, share: Floats, sd: Floats) -> Floats:
    """Weight of each place of the grid: evidence, prior, and its width."""
    prior = MOSTLY_NOTHING * np.log(share) + np.log(sd) - sd**2 / (2 * TYPICAL**2)
    width = np.outer(np.gradient(NOTHING), np.gradient(SPREADS)).ravel()
    log = evidence + prior + np.log(width)
    weights: Floats = np.exp(log - logsumexp(log))
    weights /= weights.sum()
    return weights
