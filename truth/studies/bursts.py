"""Bursts of leads, and what they were worth."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import partial

import numpy as np

from salesaudit.statistics.burst_worth import burst_worth
from salesaudit.statistics.bursts import find_bursts
from truth.arrivals import DAILY_SHAPE, Flow, drawn
from truth.study import OURS, Case, Estimated, Found, Study, Trial, any_false, cover, power

SIGMAS = "control chart, 28 days and 3 sd"
PLAIN = "rate of all leads of those days"
LENGTH = 14  # days of a burst
NEAR = 3  # days that its start may be off
RUNS = 150  # a scan takes a tenth of a second
USUAL_RATE = 0.11
A_DAY = 10.0
PAST = 351  # days outside the burst


def search(flow: Flow, factor: float, near: int, rng: np.random.Generator) -> Iterable[Found]:
    """Two weeks with more leads, or none; ``near`` is how far the start may be off."""
    level = flow.level(rng)
    planted = factor > 1
    first = int(rng.integers(0, flow.days - LENGTH))
    level[first : first + LENGTH] *= factor
    counts = drawn(level, rng)
    told = find_bursts(counts, rng)
    windows = [(one.first, one.last) for one in told.found] if told else []
    yield _judged(OURS, windows, first if planted else None, near)
    past = np.lib.stride_tricks.sliding_window_view(counts, 28)[:-1]
    above = 28 + np.flatnonzero(counts[28:] > past.mean(axis=1) + 3 * past.std(axis=1))
    yield _judged(SIGMAS, [(int(d), int(d)) for d in above], first if planted else None, near)


def _judged(method: str, told: list[tuple[int, int]], first: int | None, near: int) -> Found:
    if first is None:
        return Found(method, 0, 0, len(told))
    own = [one for one in told if one[0] < first + LENGTH and one[1] >= first]
    right = [one for one in own if abs(one[0] - first) <= near]
    return Found(method, 1, int(bool(right)), len(told) - len(own))


def worth(rate: float, factor: float, rng: np.random.Generator) -> Iterable[Trial]:
    """Leads of two weeks, those above the usual number converting at a rate of their own."""
    usual = drawn(np.full(LENGTH, A_DAY), rng).sum()
    excess = rng.poisson(LENGTH * A_DAY * (factor - 1))
    converted = rng.binomial(usual, USUAL_RATE) + rng.binomial(excess, rate)
    past = drawn(np.full(PAST, A_DAY), rng)
    a_day, phi = float(past.mean()), max(1.0, float(past.var(ddof=1) / past.mean()))
    if usual + excess <= LENGTH * a_day:
        yield Estimated(OURS, None, None, None, rate)
        return
    found = burst_worth(
        float(usual + excess),
        float(converted),
        usual=LENGTH * a_day,
        doubt=LENGTH * math.sqrt(phi * a_day / PAST),
        phi=phi,
        usual_converted=float(rng.binomial(past.sum(), USUAL_RATE)),
        usual_leads=float(past.sum()),
        rng=rng,
    )
    yield Estimated(OURS, *found.rate, rate)
    plain = converted / (usual + excess)
    half = 1.96 * math.sqrt(plain * (1 - plain) / (usual + excess))
    yield Estimated(PLAIN, plain, plain - half, plain + half, rate)


YEAR = Flow(365)
ANY = LENGTH + 28  # the start may be off as far as the windows touch
STUDY = Study(
    id="bursts",
    title="Bursts, and what they were worth",
    about="A scan over all windows of up to 28 days against 499 drawn series of days (negative "
    f"binomial with shape {DAILY_SHAPE:g}, 300 leads a month, weekdays, season and trend). Beside "
    "it the control chart. Then the rate of the leads above the usual number, whose usual ones "
    "convert at 11 %; beside it the rate of all leads of those days.",
    cases=(
        Case("a year without a burst", partial(search, YEAR, 1.0, ANY), (any_false(),), RUNS),
        Case(
            "three years without a burst",
            partial(search, Flow(1_095), 1.0, ANY),
            (any_false(),),
            200,
        ),
        Case(
            "a year without a burst, demand wanders (sd 0.15)",
            partial(search, YEAR._replace(wander=0.15), 1.0, ANY),
            (any_false(),),
            RUNS,
        ),
        Case("two weeks of twice as many", partial(search, YEAR, 2.0, ANY), (power(0.9),), RUNS),
        Case(
            "the same, its start within 3 days",
            partial(search, YEAR, 2.0, NEAR),
            (power(0.8),),
            RUNS,
        ),
        Case("two weeks of 1.5 times as many", partial(search, YEAR, 1.5, ANY), (), RUNS),
        *(
            Case(
                f"worth: excess at {rate:.1%}, {factor} times as many",
                partial(worth, rate, factor),
                (cover(),),
            )
            for rate, factor in ((0.02, 2), (0.06, 2), (0.11, 2), (0.02, 3))
        ),
    ),
)
