"""Before and after: whether groups have changed, held to what was to be expected of them before.

What was singled out as worst was partly unlucky and would look better the next time if nothing
were done. So new figures are held to the old ones drawn towards all groups, not to the old ones.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats
from salesaudit.statistics.discoveries import benjamini_hochberg
from salesaudit.statistics.shrinkage import shrunk

HALF = 0.5  # of a case, added to both sides of log-odds


class Changes(NamedTuple):
    """Each followed group; arrays have shape (followed,)."""

    naive: Floats  # new less old
    from_chance: Floats  # part of it that was to be expected with nothing changed
    change: Floats  # new less what was to be expected: ``naive - from_chance``
    se: Floats  # of ``change``
    p_better: Floats  # one-sided: the rate has risen
    q_better: Floats  # over the followed groups


def log_odds(successes: ArrayLike, cases: ArrayLike) -> tuple[Floats, Floats]:
    """Log-odds with half a case on both sides, and their variance.

    Args:
        successes: any shape, counts.
        cases: the same shape, counts.

    Raises:
        StatisticError: successes outside [0, cases].

    Source:
        Haldane (1956), Ann. Hum. Genet. 20, 309-311; Gart and Zweifel (1967), Biometrika 54,
        181-187.
    """
    x, n = np.asarray(successes, dtype=np.float64), np.asarray(cases, dtype=np.float64)
    if x.shape != n.shape or not bool(np.all((x >= 0) & (x <= n))):
        raise StatisticError("successes are among the cases", got=x.tolist())
    won, lost = x + HALF, n - x + HALF
    return np.log(won / lost), 1 / won + 1 / lost


def changes(
    before: tuple[ArrayLike, ArrayLike],
    after: tuple[ArrayLike, ArrayLike],
    followed: ArrayLike | None = None,
) -> Changes:
    """How followed groups have changed, in log-odds.

    Args:
        before: successes and cases of all groups of a step, each of shape (groups,): what is
            expected of any one rests on all.
        after: the same of new cases alone, none of which was known before.
        followed: places of the groups that are asked about; by default all.

    Raises:
        StatisticError: successes outside [0, cases], or groups that do not match.

    Source:
        Regression to the mean: Davis (1976), Am. J. Epidemiol. 104, 493-498; the shrunk value as
        Morris (1983), J. Am. Stat. Assoc. 78, 47-55.
    """
    old, old_variance = log_odds(*before)
    new, new_variance = log_odds(*after)
    if old.ndim != 1 or old.shape != new.shape:
        raise StatisticError("the same groups before and after", got=(old.shape, new.shape))
    kept = np.arange(old.size) if followed is None else np.asarray(followed, dtype=np.int64)
    expected = shrunk(old, old_variance)
    change = (new - expected.mean)[kept]
    se = np.sqrt(expected.variance + new_variance)[kept]
    p = ndtr(-change / se)
    return Changes(
        naive=(new - old)[kept],
        from_chance=(expected.mean - old)[kept],
        change=change,
        se=se,
        p_better=p,
        q_better=benjamini_hochberg(p),
    )
