"""When a rate may be called final: two rules beside each other."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from truth.leads import World, curve_of, draw
from truth.study import OURS, Case, Estimated, Study, bias, cover

LEVEL = "the last third alone"
CAUTIOUS = "the upper end of the last third"
SELDOM = (
    "called final in few runs, when little came late by chance; the rule before did so in one "
    "of four"
)
FEW = (
    "nine months do not show the slow ones; the few runs in which none came late by chance are "
    "called final"
)
WORLDS = {
    "1,000 leads, rate 10 %, median 30 days": (World(1_000, 18, 0.10, 30.0), -0.03, 0.02),
    "120 leads (12 buyers)": (World(120, 18, 0.10, 30.0), -0.03, 0.02),
    "20,000 leads": (World(20_000, 18, 0.10, 30.0), -0.03, 0.02),
    "600 leads, rate 20 %, median 120 days": (World(600, 18, 0.20, 120.0, 0.8), -0.07, 0.02),
    "6,000 leads, median 120 days": (World(6_000, 18, 0.20, 120.0, 0.8), -0.07, 0.02),
    "20,000 leads, median 120 days": (World(20_000, 18, 0.20, 120.0, 0.8), -0.07, 0.02),
    "600 leads, median 120 days, 9 months seen": (World(600, 9, 0.20, 120.0, 0.8), -0.07, 0.02),
}


def called(world: World, rng: np.random.Generator) -> Iterable[Estimated]:
    """The value where a rule calls it final; silent where the rule says "at least"."""
    curve = curve_of(draw(world, rng))
    tau = curve.total.curve.tau
    value, ends = float(curve.total.curve.cumulative[tau]), curve.total.interval(tau)
    late = curve.rise.value if curve.rise else 0.0
    surely = curve.rise.upper if curve.rise else 0.0
    ways = {OURS: curve.final, LEVEL: late <= 0.05, CAUTIOUS: surely <= 0.10}
    for rule, final in ways.items():
        if final:
            yield Estimated(rule, value, *ends, world.rate)
        else:
            yield Estimated(rule, None, None, None, world.rate)


STUDY = Study(
    id="matured",
    title="Which rates may be called final",
    about="A rate is called final when at most 5 % of it came in the last third of its curve, and "
    "that part is at most half of the distance from the rate to its upper bound. Silent: the share "
    "of runs that say at least instead. Beside it two rules that were tried: 5 % alone, and the "
    "upper end of that part's range at most 10 %.",
    cases=tuple(
        Case(
            name, partial(called, world), (bias(least, most), cover(0.90, 0.99)), runs=2_000,
            missed=FEW if world.months < 12 else SELDOM if world.leads == 6_000 else "",
        )
        for name, (world, least, most) in WORLDS.items()
    ),
)  # fmt: skip
