"""Has what was singled out as worst become better? (two audits after each other)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
from scipy.special import expit

from salesaudit.statistics.before_after import changes, log_odds
from truth.study import OURS, Case, Estimated, Found, Study, Trial, any_false, bias, cover

PLAIN = "the plain change"
GROUPS, LEADS, FOLLOWED = 20, 150, 3
LEVEL = -1.1  # log-odds, 25 %
ONE_SIDED = 0.025


def worst(sd: float, true: float, rng: np.random.Generator) -> Iterable[Trial]:
    """The three worst of twenty groups, followed; every rate changes as told, in log-odds."""
    level = rng.normal(LEVEL, sd, GROUPS)
    n = np.full(GROUPS, LEADS)
    before, after = rng.binomial(n, expit(level)), rng.binomial(n, expit(level + true))
    followed = np.argsort(before / n, kind="stable")[:FOLLOWED]
    told = changes((before, n), (after, n), followed)
    se = np.sqrt(log_odds(before, n)[1] + log_odds(after, n)[1])[followed]
    there = int(true > 0)
    for place in range(FOLLOWED):
        ours, plain = told.change[place], told.naive[place]
        yield Estimated(OURS, *_range(ours, told.se[place]), true)
        yield Estimated(PLAIN, *_range(plain, se[place]), true)
        for way, said in (
            (OURS, int(told.p_better[place] < ONE_SIDED)),
            (PLAIN, int(plain / se[place] > 1.96)),
        ):
            yield Found(way, there, said * there, said * (1 - there))


def _range(value: float, se: float) -> tuple[float, float, float]:
    return float(value), float(value - 1.96 * se), float(value + 1.96 * se)


STUDY = Study(
    id="before-after",
    title="Before and after",
    about="Twenty groups of 150 leads; the three worst are followed with 150 new leads each. The "
    "change in log-odds, new less what was expected after drawing the old values towards each "
    "other; flagged one-sided at 2.5 %. Beside it new less old. Runs with a false one are shares "
    "of followed groups.",
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
