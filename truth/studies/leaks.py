"""Which channels are said to leak, at which step (C1)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
from scipy.special import ndtr

from salesaudit.statistics.conversion import dispersion
from salesaudit.statistics.discoveries import benjamini_hochberg
from salesaudit.statistics.leaks import Asked, Cell, screen
from salesaudit.statistics.shocks import QUIET
from truth.funnels import Company, Flags, Passing, Planted, cohorts_of, draw, step_of
from truth.study import OURS, Case, Found, Study, any_false, false, power

ONE_FACTOR = "one dispersion for a step"
NO_FACTOR = "months taken to be alike"
PLAIN = "p < 0.05 of each cell"
LEAGUE = "the lowest rate of each step"
FIRM, LARGE = Company(6_000), Company(20_000)
Size = tuple[float, float]  # conversions expected in the leaking cell


def anywhere(company: Company, ratio: float, rng: np.random.Generator) -> Iterable[Found]:
    """Two leaks, at any channel of the second and of the last step; none where the ratio is 1."""
    channels = rng.integers(len(company.channels), size=2)
    leaks = [Planted(step, ratio, int(c)) for step, c in zip((1, 3), channels, strict=True)]
    return _searched(company, leaks if ratio < 1 else [], rng)


def sized(company: Company, ratio: float, size: Size, rng: np.random.Generator) -> Iterable[Found]:
    """One leak, at any channel and step where so many conversions are expected."""
    expected = company.leads * np.outer(np.cumprod(company.rates), company.channels)
    steps, channels = np.nonzero((expected >= size[0]) & (expected < size[1]))
    place = rng.integers(len(steps))
    return _searched(company, [Planted(int(steps[place]), ratio, int(channels[place]))], rng)


def _searched(company: Company, leaks: list[Planted], rng: np.random.Generator) -> Iterable[Found]:
    count = len(company.channels)
    passings = draw(company, leaks, rng)
    owns = [np.repeat(own, company.months) for own in np.eye(count, dtype=bool)]
    cells = [Cell(own, ~own) for own in owns]
    steps = [step_of(passing, passing.channel, count, cells, company) for passing in passings]
    first = screen([step._replace(shocks=QUIET) for step in steps], rounds=0)
    phi = [dispersion(*cohorts_of(p, p.channel, count, company)).phi for p in passings]
    leaking = np.array(
        [np.bincount(p.channel, weights=p.leaking, minlength=count) > 0 for p in passings]
    )
    ways = {
        OURS: _found(screen(steps)),
        ONE_FACTOR: _divided(first, phi),
        NO_FACTOR: _divided(first, [1.0] * len(steps)),
        PLAIN: np.array([[one.p_worse < 0.025 for one in row] for row in first]),
        LEAGUE: np.array([_lowest(passing, count) for passing in passings]),
    }
    for way, said in ways.items():
        right, wrong = int((said & leaking).sum()), int((said & ~leaking).sum())
        yield Found(way, int(leaking.sum()), right, wrong)


def _found(asked: list[list[Asked]]) -> Flags:
    return np.array([[one.leaks for one in row] for row in asked])


def _divided(first: list[list[Asked]], phi: list[float]) -> Flags:
    """Every z of a step divided by the same factor, and held to all looks."""
    z = [
        [one.comparison.z / np.sqrt(factor) if one.comparison else np.inf for one in row]
        for row, factor in zip(first, phi, strict=True)
    ]
    p = ndtr(np.array(z))
    said = np.zeros(p.shape, dtype=bool)
    said[p < 1] = benjamini_hochberg(p[p < 1]) <= 0.05
    return said


def _lowest(passing: Passing, count: int) -> Flags:
    entered = np.bincount(passing.channel, minlength=count)
    moved = np.bincount(passing.channel, weights=passing.moved, minlength=count)
    rate = moved / np.maximum(entered, 1)
    return np.asarray(rate == rate.min())


STUDY = Study(
    id="leaks",
    title="Leaks: channels that move on less at a step",
    about="Each channel at each of four steps against all others, each lead at its own age; held "
    "to all looks; what is found leaves the baseline. Months differ by what is measured of them. "
    "Beside it one dispersion for all channels of a step, months taken to be alike, the test of "
    "each cell alone, and the lowest rate of each step in a league table. Leaks: 0.6 of the rate "
    "of others.",
    cases=(
        Case("6,000 leads, no leak", partial(anywhere, FIRM, 1.0), (any_false(),), 500),
        Case("20,000 leads, no leak", partial(anywhere, LARGE, 1.0), (any_false(),), 500),
        Case("6,000 leads, no leak, months shaken (sd 0.2)",
             partial(anywhere, FIRM._replace(shocks=0.2), 1.0), (any_false(),), 500),
        Case("20,000 leads, no leak, months shaken (sd 0.2)",
             partial(anywhere, LARGE._replace(shocks=0.2), 1.0), (any_false(),), 500),
        Case("20,000 leads, no leak, all channels shaken alike",
             partial(anywhere, LARGE._replace(shocks=0.2, alike=True), 1.0), (any_false(),), 500),
        Case("6,000 leads, 7 months, shaken, no leak",
             partial(anywhere, FIRM._replace(shocks=0.2, months=7), 1.0), (any_false(),), 500),
        Case("6,000 leads, two leaks", partial(anywhere, FIRM, 0.6), (false(),), 250),
        Case("20,000 leads, two leaks", partial(anywhere, LARGE, 0.6), (false(),), 250),
        Case("20,000 leads, two leaks, months shaken",
             partial(anywhere, LARGE._replace(shocks=0.2), 0.6), (false(),), 250),
        Case("one leak of 40 to 60 expected", partial(sized, LARGE, 0.6, (44, 66)),
             (false(), power(0.5)), 250),
        Case("one leak of 40 to 100 expected", partial(sized, LARGE, 0.6, (44, 110)),
             (false(), power(0.5)), 250),
        Case("one leak of 100 or more expected", partial(sized, LARGE, 0.6, (110, np.inf)),
             (false(), power(0.9)), 250),
        Case("one leak of 40 to 100 expected, months shaken",
             partial(sized, LARGE._replace(shocks=0.2), 0.6, (44, 110)), (false(),), 250),
        Case("one leak of 100 or more expected, months shaken",
             partial(sized, LARGE._replace(shocks=0.2), 0.6, (110, np.inf)), (false(),), 250),
    ),
)  # fmt: skip
