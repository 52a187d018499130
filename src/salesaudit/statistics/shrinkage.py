"""Estimates of several groups pulled together as far as chance parts them: normal on normal.

The worst of many groups is partly unlucky. What is expected of it is its own estimate, drawn
towards the others by as much as the spread of all of them is chance.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logsumexp

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats

SPREADS = (0.0, 0.03, 0.06, 0.1, 0.15, 0.2, 0.27, 0.35, 0.45, 0.6, 0.8, 1.1)  # sd of true values
TYPICAL = 0.5  # sd of the half-normal prior of the spread


class Shrunk(NamedTuple):
    """What is expected of each group: the posterior is a mixture over the spreads of the grid."""

    mean: Floats  # (groups,)
    variance: Floats  # (groups,)
    spread: float  # expected sd of the true values
    weights: Floats  # (spreads,), chance of each
    means: Floats  # (spreads, groups), given each
    variances: Floats  # (spreads, groups)

    def draws(self, count: int, rng: np.random.Generator) -> Floats:
        """Draws, shape (count, groups); one spread for all groups of a draw."""
        place = rng.choice(self.weights.size, count, p=self.weights)
        noise = rng.standard_normal((count, self.mean.size))
        drawn: Floats = self.means[place] + np.sqrt(self.variances[place]) * noise
        return drawn


def shrunk(estimates: ArrayLike, variances: ArrayLike, *, centre: float | None = None) -> Shrunk:
    """What the true values of groups are expected to be, their spread weighed over a grid.

    ``estimate ~ N(true, variance)``, ``true ~ N(centre, sd^2)``, sd on a grid from 0 under a
    half-normal prior of sd 0.5, weighed and not chosen: a plain moment estimate would say for a
    few groups that they do not differ at all. Without a ``centre`` it is unknown, under a flat
    prior.

    Args:
        estimates: shape (groups,), at least one; logarithms of ratios or log-odds, on whose scale
            the grid is laid.
        variances: shape (groups,), of the estimates, above 0.
        centre: what true values lie about, where it is known.

    Raises:
        StatisticError: no group, or a variance that is not above 0.

    Source:
        Morris (1983), J. Am. Stat. Assoc. 78, 47-55; Gelman (2006), Bayesian Anal. 1, 515-534, for
        the prior of the spread.
    """
    y, v = _checked(estimates, variances)
    sd = np.array(SPREADS)
    precision = 1 / (v + sd[:, None] ** 2)  # (spreads, groups)
    total = precision.sum(axis=1)
    known = centre is not None
    middle = np.full(sd.size, centre) if known else precision @ y / total
    doubt = np.zeros(sd.size) if known else 1 / total  # of the centre
    evidence = (np.log(precision) - precision * (y - middle[:, None]) ** 2).sum(axis=1) / 2
    evidence += 0.0 if known else -np.log(total) / 2
    weights = _weights(evidence, sd)
    pull = v * precision  # share of the way to the centre
    means = y + pull * (middle[:, None] - y)
    spreads = v * (1 - pull) + pull**2 * doubt[:, None]
    mean = weights @ means
    return Shrunk(
        mean=mean,
        variance=weights @ (spreads + (means - mean) ** 2),
        spread=float(weights @ sd),
        weights=weights,
        means=means,
        variances=spreads,
    )


def moment_spread(estimates: ArrayLike, variances: ArrayLike) -> float:
    """The spread of true values by moments; 0 where estimates differ no more than by chance.

    Args:
        estimates: shape (groups,), at least one.
        variances: shape (groups,), of the estimates, above 0.

    Returns:
        Standard deviation of the true values.

    Raises:
        StatisticError: no group, or a variance that is not above 0.

    Source:
        DerSimonian and Laird (1986), Control. Clin. Trials 7, 177-188.
    """
    y, v = _checked(estimates, variances)
    w = 1 / v
    excess = float(w @ (y - w @ y / w.sum()) ** 2) - (y.size - 1)
    scale = float(w.sum() - (w**2).sum() / w.sum())
    return float(np.sqrt(max(excess / scale, 0.0))) if scale > 0 else 0.0


def _weights(evidence: Floats, sd: Floats) -> Floats:
    """Weight of each spread: evidence, prior, and the width of its place on the grid."""
    log = evidence - sd**2 / (2 * TYPICAL**2) + np.log(np.gradient(sd))
    weights: Floats = np.exp(log - logsumexp(log))
    weights /= weights.sum()
    return weights


def _checked(estimates: ArrayLike, variances: ArrayLike) -> tuple[Floats, Floats]:
    y, v = (np.asarray(a, dtype=np.float64) for a in (estimates, variances))
    if y.ndim != 1 or y.size == 0 or y.shape != v.shape:
        raise StatisticError("an estimate and a variance for each group", got=(y.shape, v.shape))
    if not bool(np.all((v > 0) & np.isfinite(v) & np.isfinite(y))):
        raise StatisticError("estimates have variances above 0", got=v.tolist())
    return y, v
