"""Conversion with cohorts still under way: the share of leads that reach a stage by each day.

A lead's age is the number of days since it entered the step, its lag the number of days it took to
convert. Ages are known for everyone, so leads are followed exactly as long as they have existed: a
lost lead stays among those followed until its age, like one still open, and no date of loss is
needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import expit, logit, stdtrit

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats, Range
from salesaudit.statistics.histogram import from_day_on, greatest_day, padded
from salesaudit.statistics.proportion import jeffreys_interval

HORIZONS = (7, 14, 30, 60, 90, 180, 365)  # days within which a rate may be stated
OLD_ENOUGH = 10  # leads without which nothing is said about a lag
OLD_ENOUGH_SHARE = 0.05  # of all leads, the same
COHORT_EXPECTS = 3.0  # conversions without which a cohort says nothing about dispersion
KNOWN_FROM = 4  # cohorts from which a dispersion is known
DRAWS = 2_000


class Curve(NamedTuple):
    """Conversion by lag; every array has one value for each day from 0."""

    at_risk: Floats  # n(d): leads whose conversion at lag d would have been seen
    converted: Floats  # leads that converted at lag d
    cumulative: Floats  # F(d): share converted within d days
    greenwood: Floats  # V(d): the variance of log(1 - F(d)) without dispersion
    old_enough: Floats  # A(d): leads of age d or more
    tau: int  # greatest lag at which the curve is reported; -1 where there is none
    entered: int  # leads


class Dispersion(NamedTuple):
    """How much more cohorts differ than chance alone would make them."""

    phi: float  # multiplies the variance of every rate; at least 1
    cohorts: int  # that it rests on

    @property
    def known(self) -> bool:
        """Whether there are cohorts enough; if not, the caller looks for a wider ``phi``."""
        return self.cohorts >= KNOWN_FROM


class Incidence(NamedTuple):
    """Wins and losses as rivals; every array has one value for each day from 0."""

    at_risk: Floats  # leads undecided before day d and old enough for it
    undecided: Floats  # share neither won nor lost by day d
    won: Floats  # share won by day d
    lost: Floats  # share lost by day d


def product_limit(converted: ArrayLike, open_ages: ArrayLike, converted_ages: ArrayLike) -> Curve:
    """The share converted within each number of days, by the product-limit on ages.

    The curve is reported to ``tau``, the greatest lag that at least 10 leads and 5 % of all leads
    are old enough for while somebody is left to convert. Where everybody left converts on one day
    the variance has no term, and ``tau`` ends before that day; unless nobody is still under way at
    any age: then all have converted, and the curve ends at 1.

    Args:
        converted: shape (days,), leads by the lag at which they converted. Conversions later than
            the array are left out of it; they are known from ``converted_ages``.
        open_ages: shape (days,), leads not converted by age, lost ones included.
        converted_ages: shape (days,), all converted leads by age. Ages beyond an array that is cut
            stand in its last day.

    Returns:
        The curve; its arrays are as long as the longest histogram.

    Raises:
        StatisticError: a negative count, or more conversions than converted leads.

    Source:
        Kaplan and Meier (1958), J. Am. Stat. Assoc. 53, 457-481; Greenwood (1926); Fine and Gray
        (1999), J. Am. Stat. Assoc. 94, 496-509, for the risk set. The remission times of Gehan
        (1965), Biometrika 52, 203-223, are repeated by the test.
    """
    conv, open_age, conv_age = padded(converted, open_ages, converted_ages)
    later = conv_age.sum() - conv.sum()
    if later < 0:
        raise StatisticError("every conversion belongs to a converted lead", got=float(later))
    at_risk = from_day_on(conv + open_age) + later
    staying = at_risk - conv
    hazard = np.divide(conv, at_risk, out=np.zeros_like(conv), where=at_risk > 0)
    terms = np.divide(hazard, staying, out=np.zeros_like(conv), where=staying > 0)
    old_enough = from_day_on(conv_age + open_age)
    enough = old_enough >= max(OLD_ENOUGH, OLD_ENOUGH_SHARE * old_enough[0])
    everybody = not open_age.any() and later == 0  # nobody is left whose conversion is in doubt
    lasts = np.logical_and.accumulate((at_risk > 0) & ((staying > 0) | everybody))
    return Curve(
        at_risk=at_risk,
        converted=conv,
        cumulative=1 - np.cumprod(1 - hazard),
        greenwood=np.cumsum(terms),
        old_enough=old_enough,
        tau=greatest_day(enough & lasts),
        entered=round(float(old_enough[0])),
    )


def rate_interval(
    curve: Curve,
    day: int,
    phi: float = 1.0,
    *,
    cohorts: int | None = None,
    confidence: float = 0.95,
) -> tuple[float, float]:
    """Interval for the share converted within a number of days.

    Without extra dispersion the curve is read as a proportion of an effective number of leads;
    with it the interval is symmetric in log-odds, its quantile by the number of cohorts. A curve
    at 0 is read as none of those still at risk, one at 1 as all of those old enough.

    Args:
        curve: of ``product_limit``.
        day: lag, 0 <= day < days of the curve.
        phi: dispersion, at least 1.
        cohorts: that ``phi`` was measured on, at least 2; needed where ``phi`` exceeds 1.
        confidence: two-sided level, 0 < confidence < 1.

    Returns:
        (lower, upper), fractions in [0, 1].

    Raises:
        StatisticError: a day that the curve does not have, ``phi`` under 1 or without cohorts.

    Source:
        Dorey and Korn (1987), Stat. Med. 6, 679-687, for the effective number.
    """
    _check_day(curve, day)
    _check_dispersion(phi, cohorts)
    rate, variance = float(curve.cumulative[day]), phi * float(curve.greenwood[day])
    if rate <= 0.0:
        return _pair(jeffreys_interval(0, curve.at_risk[day] / phi, confidence))
    if rate >= 1.0:
        size = curve.old_enough[day] / phi
        return _pair(jeffreys_interval(size, size, confidence))
    if cohorts is None or phi <= 1.0:
        size = rate / ((1 - rate) * variance)
        return _pair(jeffreys_interval(size * rate, size, confidence))
    half = stdtrit(cohorts - 1, 0.5 + confidence / 2) * np.sqrt(variance) / rate
    return float(expit(logit(rate) - half)), float(expit(logit(rate) + half))


def dispersion(entered: ArrayLike, converted: ArrayLike, expected: ArrayLike) -> Dispersion:
    """How much more the cohorts of one step differ than chance alone would make them.

    Args:
        entered: shape (cohorts,), leads of each cohort; or (segments, cohorts), each segment with
            cohorts and a curve of its own.
        converted: the same shape, those of them that converted by ``tau``.
        expected: the same shape, the pooled curve (each segment's own) at min(age, ``tau``),
            averaged over the leads of the cohort; fractions in [0, 1).

    Returns:
        ``phi`` and the number of cohorts kept, which are those with 3 conversions expected; of
        each segment beyond the first one less, so that it always exceeds the degrees of freedom
        by 1. Under 4 cohorts it is not ``known``: the caller takes shorter cohorts or a wider set
        of leads, else 1. Under 2 cohorts ``phi`` is 1.

    Raises:
        StatisticError: an expected share outside [0, 1).

    Source:
        McCullagh and Nelder (1989), Generalized Linear Models, section 4.5.2.
    """
    n, x, share = (
        np.atleast_2d(np.asarray(a, dtype=np.float64)) for a in (entered, converted, expected)
    )
    if not bool(np.all((share >= 0) & (share < 1))):
        raise StatisticError("expected shares must lie in [0, 1)", got=share.tolist())
    kept = n * share >= COHORT_EXPECTS
    of_segment = np.count_nonzero(kept, axis=1)
    freedom = int(np.maximum(of_segment - 1, 0).sum())
    if freedom == 0:
        return Dispersion(1.0, min(int(of_segment.sum()), 1))
    kept &= of_segment[:, None] > 1  # a lone cohort follows its own curve
    mean = n[kept] * share[kept]
    pearson = np.sum((x[kept] - mean) ** 2 / (mean * (1 - share[kept])))
    return Dispersion(max(1.0, float(pearson) / freedom), freedom + 1)


def still_rising(curve: Curve, phi: float, rng: np.random.Generator) -> Range:
    """The part of the final rate that came in the last third of the curve.

    A small part says that the curve has levelled off and its end may be called final.

    Args:
        curve: of ``product_limit``, with conversions by ``tau``.
        phi: dispersion, at least 1.
        rng: for 2,000 draws; the rise is drawn apart from what came before it.

    Returns:
        The part with its 95 % interval; the lower end may be negative.

    Raises:
        StatisticError: nobody converted by ``tau``, or ``phi`` under 1.
    """
    _check_dispersion(phi, 2)
    if curve.tau < 0 or curve.cumulative[curve.tau] <= 0:
        raise StatisticError("a curve at 0 cannot be rising", got=curve.tau)
    ends = [2 * curve.tau // 3, curve.tau]
    early, final = curve.cumulative[ends]
    if final >= 1:
        return Range(*(float(1 - early),) * 3)
    variance = phi * np.diff(curve.greenwood[ends], prepend=0.0)
    falls = np.diff(np.log1p(-curve.cumulative[ends]), prepend=0.0)
    drawn = falls + np.sqrt(variance) * rng.standard_normal((DRAWS, 2))
    shares = -np.expm1(np.cumsum(drawn, axis=1))
    possible = shares[shares[:, 1] > 0]
    parts = 1 - possible[:, 0] / possible[:, 1]
    lower, upper = np.quantile(parts, [0.025, 0.975])
    return Range(float((final - early) / final), float(lower), float(upper))


def to_come(curve: Curve, open_ages: ArrayLike, by: int | None = None) -> float:
    """Conversions still expected, by an age, of the leads that have not converted.

    Args:
        curve: of ``product_limit``.
        open_ages: shape (days,), leads not converted by age; those of that age or more have
            nothing to come.
        by: the age, in days, at most ``tau``; by default ``tau``.

    Returns:
        Expected conversions; 0 where the curve is not reported at any lag.
    """
    (waiting,) = padded(open_ages)
    end = max(curve.tau if by is None else min(by, curve.tau), 0)
    days = min(end, waiting.size)
    younger, so_far = waiting[:days], curve.cumulative[:days]
    return float(np.sum(younger * (curve.cumulative[end] - so_far) / (1 - so_far)))


def expected_shares(cumulative: Floats, ages: Floats) -> Floats:
    """Share of each cohort expected to have converted by now.

    Args:
        cumulative: shape (..., lags), the curve up to its end.
        ages: shape (cohorts, days), leads by age.

    Returns:
        Shape (..., cohorts), fractions; 0 for a cohort without leads.
    """
    place = np.minimum(np.arange(ages.shape[1]), cumulative.shape[-1] - 1)
    weights = ages / np.maximum(ages.sum(axis=1, keepdims=True), 1.0)
    return np.asarray(cumulative[..., place] @ weights.T)


def horizon_day(
    speed: ArrayLike, old_enough: ArrayLike, horizons: Sequence[int] = HORIZONS
) -> int | None:
    """The number of days within which it is fair to ask how many convert.

    Args:
        speed: shape (days,), G(d): share of the later converters that have converted by day d; 1
            behind its end.
        old_enough: shape (days,), A(d): leads of age d or more; 0 behind its end.
        horizons: days to choose from, ascending.

    Returns:
        The least horizon by which nine in ten of the converters have converted; if fewer than 10
        leads are that old (or none is long enough), the greatest with 10; None if there is none.
    """
    quick, old = (np.asarray(a, dtype=np.float64) for a in (speed, old_enough))
    allowed = [day for day in horizons if day < old.size and old[day] >= OLD_ENOUGH]
    long = [day for day in allowed if day >= quick.size or quick[day] >= 0.9]
    return min(long, default=max(allowed, default=None))


def day_reached(curve: Curve, share: float) -> int | None:
    """The day by which a share of all leads had converted, None if not reached by ``tau``.

    Args:
        curve: of ``product_limit``.
        share: fraction of all leads, above 0.
    """
    reached = np.flatnonzero(curve.cumulative[: curve.tau + 1] >= share)
    return int(reached[0]) if reached.size else None


def cumulative_incidence(won: ArrayLike, lost: ArrayLike, open_ages: ArrayLike) -> Incidence:
    """Shares won and lost by each day where losses have dates.

    Args:
        won: shape (days,), leads by the lag of their win.
        lost: shape (days,), leads by the lag of their loss.
        open_ages: shape (days,), undecided leads by age.

    Returns:
        The shares; their arrays are as long as the longest histogram.

    Source:
        Aalen and Johansen (1978), Scand. J. Stat. 5, 141-150.
    """
    wins, losses, waiting = padded(won, lost, open_ages)
    at_risk = from_day_on(wins + losses + waiting)
    safe = np.maximum(at_risk, 1.0)
    undecided = np.cumprod(1 - (wins + losses) / safe, dtype=np.float64)
    before = np.concatenate([[1.0], undecided[:-1]])
    return Incidence(
        at_risk=at_risk,
        undecided=undecided,
        won=np.cumsum(before * wins / safe),
        lost=np.cumsum(before * losses / safe),
    )


def _check_day(curve: Curve, day: int) -> None:
    if not 0 <= day < curve.cumulative.size:
        raise StatisticError("the curve does not have this day", got=day)


def _check_dispersion(phi: float, cohorts: int | None) -> None:
    if not phi >= 1.0:
        raise StatisticError("dispersion is at least 1", got=phi)
    if phi > 1.0 and (cohorts is None or cohorts < 2):
        raise StatisticError("a dispersion over 1 rests on 2 cohorts or more", got=cohorts)


def _pair(interval: tuple[Floats, Floats]) -> tuple[float, float]:
    lower, upper = interval
    return float(lower), float(upper)
