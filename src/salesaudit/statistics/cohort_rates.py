"""Each cohort's final rate while it is still young: its own start weighed against all cohorts.

A young cohort has shown little. Read alone (chain ladder) it is noise, read as all the others
(Bornhuetter and Ferguson) it can show nothing of its own; how far the cohorts differ decides how
much its own start counts.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, logsumexp

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats, Range
from salesaudit.statistics.breaks import Break
from salesaudit.statistics.conversion import Curve, day_reached, expected_shares, product_limit
from salesaudit.statistics.histogram import padded
from salesaudit.statistics.rate_breaks import rate_break

ALIKE = np.geomspace(2, 2_000, 30)  # shape of the gamma distribution of cohorts about their mean
TYPICAL = 0.3  # scale of the prior of 1 / sqrt(shape), the cohorts' relative spread
DRAWS = 800
MATURE = 0.95  # part of the final rate at which a cohort is called mature
BROKEN = 0.05  # p up to which a break parts the cohorts


class CohortRate(NamedTuple):
    """A cohort's final rate."""

    entered: int  # leads
    converted: int  # so far
    seen: float  # part of the final conversions to be expected so far, in [0, 1]
    rate: Range  # final, in [0, 1]
    alone: float | None  # final rate by chain ladder, None where nothing can have been seen
    pooled: float  # by Bornhuetter and Ferguson


class CohortRates(NamedTuple):
    """All cohorts, and what they were judged by."""

    cohorts: tuple[CohortRate, ...]
    curve: Curve  # of the cohorts from ``start`` on
    start: int  # place of the first cohort after a break, 0 without one
    broken: Break | None  # the likeliest break, told or not
    mature_at: int | None  # lag by which 95 % of the final conversions have come, days


def cohort_rates(
    converted: ArrayLike,
    open_ages: ArrayLike,
    converted_ages: ArrayLike,
    rng: np.random.Generator,
    *,
    parted: bool = True,
) -> CohortRates:
    """The final rate of every cohort; after a break, by the cohorts after it.

    A cohort matures on the day on which its last lead is ``mature_at`` days old.

    Args:
        converted: shape (cohorts, days), leads by the lag at which they converted, cohorts in
            order of time.
        open_ages: shape (cohorts, days), leads not converted by age, lost ones included.
        converted_ages: shape (cohorts, days), all converted leads by age.
        rng: for the test of a break and for 800 draws.
        parted: whether a break parts the cohorts; if not, all are held to each other.

    Returns:
        The rates. Cohorts before a break are held to all cohorts, those after it to each other.

    Raises:
        StatisticError: a negative count, or nobody converted by a lag that can be reported.

    Source:
        Mack (1993), ASTIN Bull. 23, 213-225; Bornhuetter and Ferguson (1972), Proc. Casualty
        Actuar. Soc. 59, 181-195; Buehlmann and Gisler (2005), A Course in Credibility Theory,
        section 2.4, for what lies between them.
    """
    conv, waiting, moved = padded(converted, open_ages, converted_ages)
    pool = product_limit(conv.sum(axis=0), waiting.sum(axis=0), moved.sum(axis=0))
    ages = waiting + moved
    broken = _break(pool, ages, moved.sum(axis=1), rng)
    told = parted and broken is not None and broken.p <= BROKEN
    start = broken.at if broken is not None and told else 0
    curve = _after(conv, waiting, moved, start) if start else pool
    if curve.tau < 0 or curve.cumulative[curve.tau] <= 0:
        start, curve = 0, pool
    later = _rates(curve, ages[start:], moved[start:].sum(axis=1), rng)
    earlier = _rates(pool, ages[:start], moved[:start].sum(axis=1), rng) if start else ()
    mature_at = day_reached(curve, MATURE * float(curve.cumulative[curve.tau]))
    return CohortRates((*earlier, *later), curve, start, broken, mature_at)


def weights_alike(x: Floats, expected: Floats) -> Floats:
    """How far cohorts differ: the weight of each shape of ``ALIKE``.

    Negative binomial likelihood, and a half-normal prior of the relative spread.

    Args:
        x: shape (cohorts,), counts.
        expected: shape (cohorts,), were all cohorts alike.
    """
    able = expected > 0
    shape, seen, mean = ALIKE[:, None], x[able], expected[able]
    log = gammaln(shape + seen) - gammaln(shape) + shape * np.log(shape / (shape + mean))
    evidence = np.sum(log + seen * np.log(mean / (shape + mean)), axis=1)
    prior = -1 / (2 * ALIKE * TYPICAL**2) - np.log(ALIKE) / 2  # half-normal, on the log grid
    found = np.exp(evidence + prior - logsumexp(evidence + prior))
    return np.asarray(found / found.sum())


def _break(curve: Curve, ages: Floats, moved: Floats, rng: np.random.Generator) -> Break | None:
    if not bool(np.all(ages.sum(axis=1) > 0)):
        raise StatisticError("a cohort has at least one lead", got=ages.sum(axis=1).tolist())
    if curve.tau < 0 or curve.cumulative[curve.tau] <= 0:
        raise StatisticError("nobody has converted by a lag that can be told", got=curve.tau)
    share = expected_shares(curve.cumulative[: curve.tau + 1], ages)
    return rate_break(ages.sum(axis=1), moved, np.minimum(share, 1 - 1e-9), rng)


def _after(conv: Floats, waiting: Floats, moved: Floats, start: int) -> Curve:
    return product_limit(*(rows[start:].sum(axis=0) for rows in (conv, waiting, moved)))


def _rates(
    curve: Curve, ages: Floats, moved: Floats, rng: np.random.Generator
) -> tuple[CohortRate, ...]:
    """Final rates of cohorts that share a curve."""
    n, x = ages.sum(axis=1), moved
    final = float(curve.cumulative[curve.tau])
    share = expected_shares(curve.cumulative[: curve.tau + 1], ages)
    weights = weights_alike(x, n * share)
    rates = np.minimum((ALIKE[:, None] + x) / (ALIKE[:, None] + n * share) * final, 1.0)
    value = (x + (n - x) * (weights @ _late(rates, share / final))) / n
    shape = ALIKE[rng.choice(ALIKE.size, DRAWS, p=weights)][:, None]
    drawn = _curves(curve, rng)
    shares, ends = expected_shares(drawn, ages), drawn[:, -1:]
    rates = np.minimum(rng.standard_gamma(shape + x) / (shape + n * shares) * ends, 1.0)
    chance = _late(rates, shares / np.maximum(ends, 1e-12))
    finals = (x + rng.binomial((n - x).astype(np.int64), chance)) / n
    lower, upper = np.quantile(finals, [0.025, 0.975], axis=0)
    return tuple(
        CohortRate(
            entered=round(float(n[c])),
            converted=round(float(x[c])),
            seen=float(share[c] / final),
            rate=Range(float(value[c]), float(lower[c]), float(upper[c])),
            alone=float(x[c] / n[c] / share[c] * final) if share[c] > 0 else None,
            pooled=float(x[c] / n[c] + final - share[c]),
        )
        for c in range(n.size)
    )


def _late(rate: Floats, seen: Floats) -> Floats:
    """Chance that a lead which has not converted does so later, ``seen`` of its time behind it."""
    part = np.clip(seen, 0.0, 1.0)
    return np.asarray(rate * (1 - part) / np.maximum(1 - rate * part, 1e-12))


def _curves(curve: Curve, rng: np.random.Generator) -> Floats:
    """Curves that the conversions may have come from, shape (draws, lags to ``tau``).

    The hazard of each day is drawn by itself: as many conversions as were seen, gamma, of those at
    risk (Hjort 1990, Ann. Stat. 18, 1259-1294, without prior information).
    """
    seen = curve.converted[: curve.tau + 1]
    days = np.flatnonzero(seen)
    hazard = np.zeros((DRAWS, curve.tau + 1))
    hazard[:, days] = rng.standard_gamma(seen[days], (DRAWS, days.size)) / curve.at_risk[days]
    return np.asarray(-np.expm1(-np.cumsum(hazard, axis=1)))
