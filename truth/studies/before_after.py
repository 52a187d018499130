"""Has what was singled out as worst become better? (two audits after each other)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
from scipy.special import expit

from salesaudit.statistics.before_after import changes, log_odds
from salesaudit.statistics.shrinkage import moment_spread
from truth.study import OURS, Case, Estimated, Found, Study, Trial, any_false, bias, cover

PLAIN = "the plain change"
BY_MOMENTS = "the spread by moments"
GROUPS, LEADS, FOLLOWED = 20, 150, 3
LEVEL = -1.1  # log-odds, 25 %


def worst(sd: float, true: float, rng: np.random.Generator) -> Iterable[Trial]:
    """The three worst of twenty groups, followed; every rate changes as told, in log-odds."""
    level = rng.normal(LEVEL, sd, GROUPS)
    n = np.full(GROUPS, LEADS)
    before, after = rng.binomial(n, expit(level)), rng.binomial(n, expit(level + true))
    followed = np.argsort(before / n, kind="stable")[:FOLLOWED]
    told = changes((before, n), (after, n), followed)
    new, new_variance = log_odds(after, n)
    expected, variance = _by_moments(*log_odds(before, n))
    ways = {
        OURS: (told.change, told.se),
        BY_MOMENTS: ((new - expected)[followed], np.sqrt(variance + new_variance)[followed]),
        PLAIN: (told.naive, np.sqrt(log_odds(before, n)[1] + new_variance)[followed]),
    }
    there = int(true > 0)
    for way, (change, se) in ways.items():
        for value, error in zip(change, se, strict=True):
            yield Estimated(way, *_range(value, error), true)
            said = int(value / error > 1.96)
            yield Found(way, there, said * there, said * (1 - there))


def _by_moments(y: np.ndarray, v: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Drawn towards each other by one spread, the one that moments give."""
    square = moment_spread(y, v) ** 2
    weight = 1 / (v + square)
    centre = float(weight @ y / weight.sum())
    return centre + square * weight * (y - centre), v * square * weight


def _range(value: float, se: float) -> tuple[float, float, float]:
    return float(value), float(value - 1.96 * se), float(value + 1.96 * se)


STUDY = Study(
    id="before-after",
    title="Before and after",
    about="Twenty groups of 150 leads; the three worst are followed with 150 new leads each. The "
    "change in log-odds, new less what was expected after drawing the old values towards each "
    "other; flagged one-sided at 2.5 %. Beside it one spread by moments, and new less old. Runs "
    "with a false one are shares of followed groups.",
    cases=(
        *(
            Case(f"nothing changed, groups differ by sd {sd}", partial(worst, sd, 0.0),
                 (any_false(0.025), bias(-0.1, 0.1), cover(0.93, 0.99)))
            for sd in (0.0, 0.05, 0.25, 0.5)
        ),
        *(
            Case(f"risen by 0.4, groups differ by sd {sd}", partial(worst, sd, 0.4),
                 (cover(0.93, 0.99),))
            for sd in (0.05, 0.25, 0.5)
        ),
    ),
)  # fmt: skip
