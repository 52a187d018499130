"""How likely each look of a list has nothing behind it, from the p-values of its family alone.

P-values are a mixture: even where there is nothing, crowded near zero where there is something. A
family of a few dozen looks says little of its mixture, and the likeliest one alone is too sure; so
all mixtures of a grid are weighed.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import logsumexp

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats

UNIFORM = np.append(np.arange(0.025, 0.98, 0.025), [0.99, 0.999])  # share that is even
SHAPE = np.linspace(0.03, 0.97, 40)  # of the crowd near zero; at 1 it is even too
MOSTLY_NOTHING = 3.0  # prior of the even share: proportional to this power of it, mean 0.8
LEAST_P = 1e-12  # the density has no value at 0


def local_fdr(p: ArrayLike) -> Floats:
    """The chance that each look has nothing behind it.

    The density of p-values is ``u + (1 - u) a p^(a - 1)``. As many looks may have nothing behind
    them as the density at 1 says, ``u + (1 - u) a``; so the chance is an upper bound for the
    family, averaged over all mixtures by likelihood and a prior that expects little.

    Args:
        p: shape (looks,), p-values of one family, in [0, 1]; may be empty.

    Returns:
        Shape (looks,), chances; they rise with p.

    Raises:
        StatisticError: a p-value outside [0, 1].

    Source:
        Pounds and Morris (2003), Bioinformatics 19, 1236-1242, who take the likeliest mixture.
    """
    values = np.asarray(p, dtype=np.float64)
    if values.ndim != 1 or not bool(np.all((values >= 0) & (values <= 1))):
        raise StatisticError("p-values must lie between 0 and 1", got=values.tolist())
    density = densities(values)
    log = np.log(density).sum(axis=-1) + MOSTLY_NOTHING * np.log(UNIFORM)[:, None]
    weights = np.exp(log - logsumexp(log))
    chances: Floats = np.tensordot(weights, densities([1.0]) / density, axes=2)
    return np.minimum(chances, 1.0)


def densities(p: ArrayLike) -> Floats:
    """The density of p-values under every mixture of the grid.

    Args:
        p: shape (looks,), in [0, 1].

    Returns:
        Shape (uniform, shape, looks).
    """
    log = np.log(np.maximum(np.asarray(p, dtype=np.float64), LEAST_P))
    crowd = SHAPE[:, None] * np.exp((SHAPE[:, None] - 1) * log)
    found: Floats = UNIFORM[:, None, None] + (1 - UNIFORM)[:, None, None] * crowd
    return found
