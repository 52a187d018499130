"""Whether channels differ: in how fast their buyers are, and in how many buy (Q6)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
from scipy.stats import kruskal

from salesaudit.facts.channel_contrasts import channel_contrasts
from salesaudit.facts.channel_times import channel_times
from salesaudit.statistics.discoveries import benjamini_hochberg
from salesaudit.statistics.proportion import jeffreys_interval
from truth.leads import Leads, World, draw, facts_of
from truth.study import OURS, Case, Found, Study, any_false, false, power

ORDINARY = "ordinary log-rank"
RANKS = "Kruskal-Wallis on the buyers so far"
LEAGUE = "ranges apart in a league table"
THREE = World(2_700, 18, 0.12, 30.0, shares=(1 / 3,) * 3, rates=(1.0,) * 3, speeds=(1.0,) * 3)
EIGHT = World(
    8_000, 24, 0.12, 30.0, shares=(0.3, 0.2, 0.15, 0.1, 0.1, 0.05, 0.05, 0.05),
    rates=(1.0,) * 8, speeds=(1.0,) * 8,
)  # fmt: skip


def speed(world: World, rng: np.random.Generator) -> Iterable[Found]:
    """Is it said that channels differ in speed?"""
    leads = draw(world, rng)
    found = facts_of(leads).fact(channel_times)
    differ = int(len(set(world.speeds)) > 1)
    buyers = leads.moved
    days = [leads.lag[buyers & (leads.channel == c)] for c in range(len(world.shares))]
    ways = {
        OURS: found.speed.p if found and found.speed else 1.0,
        ORDINARY: found.share.p if found and found.share else 1.0,
        RANKS: float(kruskal(*days).pvalue),
    }
    for way, p in ways.items():
        said = int(p <= 0.05)
        yield Found(way, differ, said * differ, said * (1 - differ))


def shares(better: tuple[int, ...], world: World, rng: np.random.Generator) -> Iterable[Found]:
    """Which channels are said to bring more buyers than the others?"""
    leads = draw(world, rng)
    told = facts_of(leads).fact(channel_contrasts)
    q = benjamini_hochberg([contrast.comparison.p for contrast in told])
    said = {
        contrast.channel
        for contrast, value in zip(told, q, strict=True)
        if value <= 0.05 and contrast.comparison.ratio > 1
    }
    yield _judged(OURS, said, better)
    yield _judged(LEAGUE, _league(leads), better)


def _league(leads: Leads) -> set[str]:
    """Channels whose plain range lies wholly above the mean of all: no look is accounted for."""
    moved, every = leads.moved, float(leads.moved.mean())
    above = set()
    for channel in range(len(leads.world.shares)):
        own = leads.channel == channel
        lower, _ = jeffreys_interval(int(moved[own].sum()), int(own.sum()))
        if lower > every:
            above.add(f"channel {channel + 1}")
    return above


def _judged(way: str, said: set[str], better: tuple[int, ...]) -> Found:
    true = {f"channel {channel + 1}" for channel in better}
    return Found(way, len(true), len(said & true), len(said - true))


STUDY = Study(
    id="channels",
    title="Do channels differ?",
    about="In speed: a log-rank test in reverse time among buyers. Beside it the ordinary log-rank "
    "test, which asks how many buy, and a rank test on the buyers so far. In how many buy: each "
    "channel's customers against those expected at the pace of the others, held to all looks. "
    "Beside it a league table.",
    cases=(
        Case("speed: nothing differs", partial(speed, THREE), (any_false(),), runs=2_000),
        Case(
            "speed: only the rates differ (6, 12, 20 %)",
            partial(speed, THREE._replace(rates=(0.5, 1.0, 1.67))), (any_false(),), runs=2_000,
        ),
        Case(
            "speed: one channel 50 % slower",
            partial(speed, THREE._replace(speeds=(1.0, 1.0, 1.5))),
            (power(0.6),), runs=1_000,
        ),
        Case("share: nothing differs", partial(shares, (), EIGHT), (any_false(),), runs=1_000),
        Case(
            "share: nothing differs, months do (sd 0.2)",
            partial(shares, (), EIGHT._replace(shocks=0.2)), (any_false(),), runs=1_000,
        ),
        Case(
            "share: one of eight brings 1.6 times as many",
            partial(shares, (2,), EIGHT._replace(rates=(1, 1, 1.6, 1, 1, 1, 1, 1))),
            (false(), power(0.9)), runs=1_000,
        ),
    ),
)  # fmt: skip
