"""What young cohorts will have converted in the end, and counts without entries."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

import numpy as np
from scipy.stats import lognorm

from salesaudit.statistics.chain_ladder import nowcast
from salesaudit.statistics.cohort_rates import cohort_rates
from salesaudit.statistics.proportion import jeffreys_interval
from truth.study import OURS, Case, Estimated, Study, bias, cover

PLAIN = "converted / entered"
LADDER, POOL, UNPARTED = "chain ladder", "all cohorts alike", "ours, no break looked for"
SO_FAR = "count so far"
MONTHS, DAYS = 18, 30
RUNS = 250  # a replicate takes some 30 ms


class Cohorts(NamedTuple):
    """Months of leads whose final rate is known; delays log-normal."""

    leads: int
    rate: float
    shocks: float = 0.0  # sd of the log of a month's own rate
    later: float = 1.0  # times the rate, in the last six months
    days: float = 30.0  # median of those who convert


def final(world: Cohorts, back: int, rng: np.random.Generator) -> Iterable[Estimated]:
    """The final rate of a month, ``back`` months before the newest one."""
    own = np.exp(world.shocks * rng.standard_normal(MONTHS) - world.shocks**2 / 2)
    own[-6:] *= world.later
    rows, finals = [], []
    for month in range(MONTHS):
        leads = rng.poisson(world.leads)
        age = DAYS * (MONTHS - 1 - month) + rng.integers(0, DAYS, leads)
        lag = np.floor(world.days * np.exp(rng.standard_normal(leads)) + rng.random(leads))
        would = rng.random(leads) < min(world.rate * own[month], 1.0)
        seen = would & (lag <= age)
        rows.append([_by_day(one) for one in (lag[seen], age[~seen], age[seen])])
        finals.append(float(would.mean()))
    conv, waiting, moved = (np.array(part) for part in zip(*rows, strict=True))
    true, place = finals[-1 - back], MONTHS - 1 - back
    found = cohort_rates(conv, waiting, moved, rng).cohorts[place]
    yield Estimated(OURS, *found.rate, true)
    if world.later != 1:
        unparted = cohort_rates(conv, waiting, moved, rng, parted=False).cohorts[place]
        yield Estimated(UNPARTED, *unparted.rate, true)
        found = unparted
    yield Estimated(LADDER, found.alone, None, None, true)
    yield Estimated(POOL, found.pooled, None, None, true)
    lower, upper = jeffreys_interval(found.converted, found.entered)
    yield Estimated(PLAIN, found.converted / found.entered, float(lower), float(upper), true)


def counted(shape: float, back: int, rng: np.random.Generator) -> Iterable[Estimated]:
    """The final count of a month of some 60 deals; months vary, their pace is known."""
    seen = np.array([_seen(DAYS * month) for month in range(MONTHS)])[::-1]
    finals = rng.poisson(60 * rng.gamma(shape, 1 / shape, MONTHS))
    counts = rng.binomial(finals, seen)
    true, place = float(finals[-1 - back]), MONTHS - 1 - back
    yield Estimated(OURS, *nowcast(counts, seen, rng)[place], true)
    yield Estimated(LADDER, float(counts[place] / seen[place]), None, None, true)
    pooled = counts[place] + (1 - seen[place]) * counts.sum() / seen.sum()
    yield Estimated(POOL, float(pooled), None, None, true)
    yield Estimated(SO_FAR, float(counts[place]), None, None, true)


def _by_day(days: np.ndarray) -> np.ndarray:
    whole = np.minimum(days, DAYS * MONTHS).astype(np.int64)
    return np.bincount(whole, minlength=DAYS * MONTHS + 1)


def _seen(youngest: int) -> float:
    """Part of the conversions of a month that have come, its youngest lead so many days old."""
    ages = youngest + np.arange(DAYS) + 0.5
    return float(lognorm(1.0, scale=30.0).cdf(ages).mean())


WORLDS = {
    "months differ (sd 0.3), 100 leads at 30 %": Cohorts(100, 0.3, shocks=0.3),
    "months alike, 100 leads at 12 %": Cohorts(100, 0.12),
    "rate halved six months ago, 100 leads at 20 %": Cohorts(100, 0.2, later=0.5),
}
NAMES = {0: "newest month", 1: "month before it"}
STUDY = Study(
    id="cohorts",
    title="Young cohorts, matured",
    about="The final rate of a month of which a quarter or two thirds of the conversions have "
    "come, between its own start and all months; after a break by the months behind it. Beside it "
    "the plain ratio, the chain ladder (the own start alone) and all months alike. Then final "
    "counts where nobody knows how many could have come.",
    cases=(
        *(
            Case(
                f"{NAMES[back]}: {name}",
                partial(final, world, back),
                (bias(-0.05, 0.05), cover(0.90, 0.98)),
                RUNS,
            )
            for name, world in WORLDS.items()
            for back in NAMES
        ),
        *(
            Case(
                f"count, {NAMES[back]}: months vary by {1 / shape**0.5:.0%}",
                partial(counted, shape, back),
                (bias(-0.05, 0.05), cover(0.90, 0.98)),
                1_000,
            )
            for shape in (11.0, 100.0)
            for back in NAMES
        ),
    ),
)
