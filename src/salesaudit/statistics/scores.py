"""The score of a component: how far each of its checks stands between a floor and a par."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats, Range

FULL = 100.0
ENOUGH = 0.5  # of the weight, without which there is no score
BANDS = (25.0, 50.0, 75.0)  # between the bands of a score
SAID_BANDS = 2  # bands that a range may touch and still say something


class ScoreStatus(StrEnum):
    """What a score claims to be."""

    SCORED = "scored"
    CANNOT_TELL = "cannot_tell"  # its range touches more than two bands
    NOT_ENOUGH_DATA = "not_enough_data"  # under half of the weight is answered
    FAILED = "failed"  # a check raised


class Check(NamedTuple):
    """A check with its declared scale; ``par`` may lie under ``floor``, where less is better."""

    floor: float  # scores 0
    par: float  # scores 1
    weight: float = 1.0
    value: float | None = None  # None: not answered
    draws: Floats | None = None  # (draws,), joint with those of the other checks; None: exact
    failed: bool = False


class Score(NamedTuple):
    """A component from 0 to 100."""

    range: Range | None  # None where nothing is answered, or a check failed
    status: ScoreStatus
    answered: int  # checks
    share: float  # of the weight that is answered
    costs: tuple[float, ...]  # points that each check takes from 100; 0 where unanswered


def attained(values: ArrayLike, floor: float, par: float) -> Floats:
    """How far values stand between floor (0) and par (1), linear, cut at both ends.

    Args:
        values: any shape, in the unit of floor and par.
        floor: what scores 0 is no better than this.
        par: what scores 1 is no worse than this; under ``floor`` where less is better.

    Raises:
        StatisticError: floor and par are one.
    """
    if floor == par:
        raise StatisticError("a floor differs from its par", got=floor)
    found: Floats = np.clip((np.asarray(values, dtype=np.float64) - floor) / (par - floor), 0, 1)
    return found


def score(checks: Sequence[Check]) -> Score:
    """The weighted mean of what the answered checks attain; unanswered ones count neither way.

    Args:
        checks: of one component; draws of one length.

    Returns:
        Score with its 95 % range over the joint draws, cut to hold the value.

    Raises:
        StatisticError: weights that are not above 0, or draws of several lengths.
    """
    if any(not check.weight > 0 for check in checks):
        raise StatisticError("weights are above 0", got=[check.weight for check in checks])
    told = [check for check in checks if check.value is not None and not check.failed]
    whole = sum(check.weight for check in checks)
    weight = sum(check.weight for check in told)
    share = weight / whole if whole else 0.0
    if any(check.failed for check in checks) or not told:
        failed = any(check.failed for check in checks)
        status = ScoreStatus.FAILED if failed else ScoreStatus.NOT_ENOUGH_DATA
        return Score(None, status, len(told), share, (0.0,) * len(checks))
    costs = tuple(_cost(check, weight) for check in checks)
    found = _ranged(told, weight, max(FULL - sum(costs), 0.0))
    return Score(found, _status(found, share), len(told), share, costs)


def _cost(check: Check, weight: float) -> float:
    if check.value is None:
        return 0.0
    missed = 1 - float(attained(check.value, check.floor, check.par))
    return FULL * check.weight / weight * missed


def _ranged(told: Sequence[Check], weight: float, value: float) -> Range:
    if len({check.draws.shape for check in told if check.draws is not None}) > 1:
        raise StatisticError("joint draws are of one length", got=len(told))
    drawn: Floats | float = 0.0
    for check in told:
        values = check.value if check.draws is None else check.draws
        if values is not None:
            drawn = drawn + FULL * check.weight / weight * attained(values, check.floor, check.par)
    lower, upper = np.quantile(drawn, [0.025, 0.975])
    return Range(value, min(float(lower), value), max(float(upper), value))


def _status(found: Range, share: float) -> ScoreStatus:
    if share < ENOUGH:
        return ScoreStatus.NOT_ENOUGH_DATA
    low, high = np.searchsorted(BANDS, [found.lower, found.upper], side="right")
    return ScoreStatus.CANNOT_TELL if high - low >= SAID_BANDS else ScoreStatus.SCORED
