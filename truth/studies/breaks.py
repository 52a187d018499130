"""Breaks of volume and of a rate: found where they are, and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from salesaudit.statistics.breaks import Break, level_break
from salesaudit.statistics.rate_breaks import rate_break
from truth.arrivals import Flow, drawn, weekly
from truth.study import OURS, Case, Found, Study, any_false, power

BEST_SPLIT = "greatest z of all splits against 1.96"
NEAR = 2  # periods that a break may be off
MONTHS = 18


def volume(flow: Flow, factor: float, rng: np.random.Generator) -> Iterable[Found]:
    """A step in the middle of the series, or none."""
    level = flow.level(rng)
    at = flow.days // 14
    level[7 * at :] *= factor
    counts = weekly(drawn(level, rng))
    planted = at if factor != 1 else None
    yield _judged(OURS, _told(level_break(counts, rng)), planted)
    yield _judged(BEST_SPLIT, _best_split(counts, np.ones(counts.size)), planted)


def rate(factor: float, shocks: float, rng: np.random.Generator) -> Iterable[Found]:
    """Months of 200 leads at 20 %; in the last six months the rate may be another one."""
    share = 0.2 * np.append(np.ones(MONTHS - 4), [0.95, 0.82, 0.66, 0.25])
    own = np.exp(shocks * rng.standard_normal(MONTHS) - shocks**2 / 2)
    own[-6:] *= factor
    entered = np.full(MONTHS, 200)
    converted = rng.binomial(entered, np.minimum(share * own, 1))
    planted = MONTHS - 6 if factor != 1 else None
    yield _judged(OURS, _told(rate_break(entered, converted, share, rng)), planted)
    yield _judged(BEST_SPLIT, _best_split(converted, entered), planted)


def _told(found: Break | None) -> int | None:
    return found.at if found is not None and found.p <= 0.05 else None


def _judged(method: str, told: int | None, planted: int | None) -> Found:
    if told is None:
        return Found(method, int(planted is not None), 0, 0)
    right = int(planted is not None and abs(told - planted) <= NEAR)
    return Found(method, int(planted is not None), right, 1 - right)


def _best_split(counts: np.ndarray, exposure: np.ndarray) -> int | None:
    """The split with the greatest z of events after it, were they a Poisson process."""
    events, share = np.cumsum(counts[::-1])[::-1], np.cumsum(exposure[::-1])[::-1] / exposure.sum()
    places = np.arange(2, counts.size - 1)
    whole = events[0]
    z = np.abs(events - whole * share)[places] / np.sqrt(whole * share * (1 - share))[places]
    best = int(np.argmax(z))
    return int(places[best]) if z[best] > 1.96 else None


YEARS = Flow(728)
STUDY = Study(
    id="breaks",
    title="Breaks",
    about="A step in the level of weeks apart from trend and season, and in the rate of monthly "
    "cohorts by what they can have shown: the greatest score over all places against 499 drawn "
    "series, and of volume the jump from month to month as well. Found is what lies "
    "within two periods of the true place. Beside it the split with the greatest z, as if it "
    "had been the only one looked at.",
    cases=(
        Case(
            "volume: two years without a break", partial(volume, YEARS, 1.0), (any_false(),), 1_500
        ),
        Case(
            "volume: three years without a break",
            partial(volume, Flow(1_095), 1.0),
            (any_false(),),
            1_000,
        ),
        Case(
            "volume: no break, demand wanders (sd 0.15)",
            partial(volume, YEARS._replace(wander=0.15), 1.0),
            (any_false(),),
            1_000,
            missed="demand that drifts jumps now and then; by the score alone 77 % of runs had one",
        ),
        Case(
            "volume: a year with a season and no break",
            partial(volume, Flow(364), 1.0),
            (any_false(),),
            1_000,
            missed="one year does not tell a season from a break; by the score alone 64 % had one",
        ),
        Case("volume: halved", partial(volume, YEARS, 0.5), (power(0.9),), 1_000),
        Case("volume: 0.8 of it", partial(volume, YEARS, 0.8), (), 1_000),
        Case("rate: no break", partial(rate, 1.0, 0.0), (any_false(),)),
        Case("rate: no break, months differ (sd 0.3)", partial(rate, 1.0, 0.3), (any_false(),)),
        Case("rate: halved six months ago", partial(rate, 0.5, 0.0), (power(0.9),)),
        Case("rate: halved, months differ (sd 0.3)", partial(rate, 0.5, 0.3)),
    ),
)
