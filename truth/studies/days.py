"""How long those who buy take (Q6): the median, and the mean within a horizon."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from salesaudit.statistics.duration import mean_horizon, quantile, restricted_mean
from truth.leads import World, curve_of, draw, shares_within
from truth.study import OURS, Case, Estimated, Study, bias, cover

RUNS = 2_000
NEAR = bias(-0.05, 0.05)
PLAIN = "of the buyers so far"
GROWING = World(2_000, 18, 0.15, 60.0, doubling=6.0)
WORLDS = {
    "1,000 leads, rate 10 %, median 30 days": World(1_000, 18, 0.10, 30.0),
    "2,000 leads, median 60 days, doubling every 6 months": GROWING,
    "300 leads, rate 20 %, median 15 days": World(300, 12, 0.20, 15.0),
    "150 leads, rate 15 % (22 buyers)": World(150, 12, 0.15, 15.0),
}


def median(world: World, rng: np.random.Generator) -> Iterable[Estimated]:
    """Median days of those who buy by the end of the curve."""
    leads = draw(world, rng)
    durations = curve_of(leads).total.durations()
    days = leads.lag[leads.moved]
    true = _true_median(world, durations.tau)
    if durations.tau < 0 or len(days) < 10:
        yield Estimated(OURS, None, None, None, true)
        return
    found = quantile(durations, 0.5)
    yield Estimated(OURS, found.value, found.lower, found.upper, true)
    low, value, high = np.quantile(days, [0.5 - _part(len(days)), 0.5, 0.5 + _part(len(days))])
    yield Estimated(PLAIN, float(value), float(low), float(high), true)


def mean(world: World, rng: np.random.Generator) -> Iterable[Estimated]:
    """Mean days of those who buy within the horizon that the data allows."""
    leads = draw(world, rng)
    group = curve_of(leads).total
    converted, ages = group.histograms.converted, group.histograms.converted_ages
    horizon = mean_horizon(group.durations(), ages)
    if horizon < 1 or not converted[: horizon + 1].any():
        yield Estimated(OURS, None, None, None, world.days)
        return
    within = shares_within(world)
    true = float(np.sum(1 - within[:horizon] / within[horizon]))
    found = restricted_mean(converted, ages, horizon)
    yield Estimated(OURS, found.value, found.lower, found.upper, true)
    days = leads.lag[leads.moved]
    half = 1.96 * float(days.std(ddof=1)) / np.sqrt(len(days))
    yield Estimated(PLAIN, float(days.mean()), days.mean() - half, days.mean() + half, true)


def _true_median(world: World, tau: int) -> int:
    within = shares_within(world)
    return int(np.searchsorted(within, within[max(tau, 1)] / 2))


def _part(buyers: int) -> float:
    """Half the width, in ranks, of the usual range of a median."""
    return float(min(0.98 / np.sqrt(buyers), 0.5))


STUDY = Study(
    id="days",
    title="Days to customer",
    about="Median and mean days of those who buy, by the product-limit in reverse time. Beside it "
    "the days of the buyers so far, which leave out the slow ones among young leads. Days are "
    "whole and their range is widened by one at each end, so it may hold more than 95 %.",
    cases=(
        *(
            Case(f"median: {name}", partial(median, world), (NEAR, cover(0.93, 0.995)), RUNS)
            for name, world in WORLDS.items()
        ),
        *(
            Case(f"mean: {name}", partial(mean, world), (NEAR, cover(0.90, 0.99)), RUNS)
            for name, world in WORLDS.items()
        ),
    ),
)  # fmt: skip
