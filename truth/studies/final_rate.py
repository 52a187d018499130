"""The rate of a step, final and within 90 days (Q2 to Q5)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from salesaudit.audits.answering import matured_rate
from salesaudit.statistics.proportion import jeffreys_interval
from truth.leads import World, curve_of, draw, effective_width, observed, shares_within
from truth.study import OURS, Case, Estimated, Study, bias, cover

PLAIN = "converted / entered"

QUICK = World(1_000, 18, 0.10, 30.0)
WORLDS = {
    "1,000 leads, 18 months, rate 10 %, median 30 days": QUICK,
    "2,000 leads, their number doubling every 6 months": QUICK._replace(leads=2_000, doubling=6.0),
    "120 leads (12 buyers)": QUICK._replace(leads=120),
    "40 leads, rate 25 % (10 buyers)": QUICK._replace(leads=40, rate=0.25),
    "200 leads, 6 months, rate 70 %, median 5 days": World(200, 6, 0.70, 5.0),
    "3,000 leads, 3 months, rate 98 %, half a day": World(3_000, 3, 0.98, 0.5),
    "5,000 leads, months differ (sd 0.3)": QUICK._replace(leads=5_000, shocks=0.3),
}
SLOW = World(600, 18, 0.20, 120.0, spread=0.8)
SLOW_WORLDS = {
    "600 leads, rate 20 %, median 120 days": SLOW,
    "the same, their number doubling every 6 months": SLOW._replace(doubling=6.0),
    "the same, only 9 months seen": SLOW._replace(months=9),
}


def final(world: World, rng: np.random.Generator) -> Iterable[Estimated]:
    """The final rate, and the plain ratio beside it."""
    leads = draw(world, rng)
    told = matured_rate(curve_of(leads))
    best = effective_width(world.rate, world.leads)
    if told is None:
        yield Estimated(OURS, None, None, None, world.rate)
    else:
        yield Estimated(OURS, told.value, told.lower, told.upper, world.rate, best)
    moved, entered = observed(leads)
    lower, upper = jeffreys_interval(moved, entered)
    yield Estimated(PLAIN, moved / entered, float(lower), float(upper), world.rate, best)


def within(days: int, world: World, rng: np.random.Generator) -> Iterable[Estimated]:
    """The rate within some days; the plain way counts all that converted so quickly so far."""
    leads = draw(world, rng)
    group = curve_of(leads).total
    true = world.rate * float(shares_within(world)[days])
    best = effective_width(true, world.leads)
    if days <= group.curve.tau:
        value = float(group.curve.cumulative[days])
        yield Estimated(OURS, value, *group.interval(days), true, best)
    else:
        yield Estimated(OURS, None, None, None, true)
    quick = int((leads.moved & (leads.lag <= days)).sum())
    lower, upper = jeffreys_interval(quick, world.leads)
    yield Estimated(PLAIN, quick / world.leads, float(lower), float(upper), true, best)


STUDY = Study(
    id="final-rate",
    title="Rates of a step",
    about="The share that moves on in the end, F(tau), by the product-limit on ages; and within 90 "
    "days. Beside it the plain ratio: converted so far, divided by all who entered. The width is "
    "set against the range that one would have if everyone's end were known.",
    cases=(
        *(Case(name, partial(final, world), (bias(), cover())) for name, world in WORLDS.items()),
        *(
            # What still comes after the curve ends is not in it: the value may lie below the truth.
            Case(name, partial(final, world), (bias(-0.07, 0.02), cover(0.90, 0.99)))
            for name, world in list(SLOW_WORLDS.items())[:2]
        ),
        Case("the same, only 9 months seen", partial(final, SLOW._replace(months=9))),
        *(
            Case(f"within 90 days: {name}", partial(within, 90, world), (bias(), cover()), 2_000)
            for name, world in {**WORLDS, **SLOW_WORLDS}.items()
            if world.months >= 9
        ),
    ),
    pooled=(cover(),),
)
