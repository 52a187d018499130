"""How long it takes those who convert, when slow ones have had no time to show.

A conversion is seen only if its lag is at most the lead's age. Read backwards in time this is
delayed entry: a converter joins those at risk at its age and leaves at its lag. Two histograms of
the converters suffice, one by lag and one by age.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtrc, logit, stdtrit

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats, Range
from salesaudit.statistics.histogram import from_day_on, greatest_day, padded

OLD_ENOUGH = 5  # converters without which nothing is said about a lag
OLD_ENOUGH_SHARE = 0.05  # of all converters, the same
MEAN_RESTS_ON = 25  # converters, the same for a mean


class Durations(NamedTuple):
    """Speed of those who convert; every array has one value for each day from 0 to ``tau``."""

    at_risk: Floats  # R(d): converters of age d or more whose lag is at most d
    converted: Floats  # converters by lag
    cumulative: Floats  # G(d): share of the converters by tau that convert within d days
    log_variance: Floats  # of log G(d)
    tau: int  # greatest lag looked at, where G is 1; -1 where there is none


class Test(NamedTuple):
    """A test of no difference between groups."""

    statistic: float  # chi-square
    df: int  # degrees of freedom; 0 where there is nothing to compare
    p: float


def reverse_product_limit(
    converted: ArrayLike, converted_ages: ArrayLike, tau: int | None = None
) -> Durations:
    """The share of converters that convert within each number of days, in reverse time.

    Args:
        converted: shape (days,), converters by lag. Conversions later than the array are left out
            of it; they are known from ``converted_ages``.
        converted_ages: shape (days,), all converters by age; no age is less than its lag.
        tau: lag from which the product starts; by default the greatest that at least 5 converters
            and 5 % of them are old enough for.

    Returns:
        The durations; arrays are empty where no lag has converters enough.

    Raises:
        StatisticError: a negative count, or lags beyond the ages.

    Source:
        Lagakos, Barraj and De Gruttola (1988), Biometrika 75, 515-523; Kalbfleisch and Lawless
        (1989), J. Am. Stat. Assoc. 84, 360-372.
    """
    conv, conv_age = padded(converted, converted_ages)
    at_risk, old_enough = _reverse_risk(conv, conv_age), from_day_on(conv_age)
    if tau is None:
        tau = greatest_day(old_enough >= max(OLD_ENOUGH, OLD_ENOUGH_SHARE * old_enough[0]))
    conv, at_risk = conv[: tau + 1], at_risk[: tau + 1]
    staying = at_risk - conv
    hazard = np.divide(conv, at_risk, out=np.zeros_like(conv), where=at_risk > 0)
    terms = np.divide(hazard, staying, out=np.zeros_like(conv), where=staying > 0)
    return Durations(
        at_risk=at_risk,
        converted=conv,
        cumulative=np.append(_product_from(1 - hazard), 1.0)[1 : conv.size + 1],
        log_variance=np.append(from_day_on(terms), 0.0)[1 : conv.size + 1],
        tau=tau,
    )


def quantile(durations: Durations, share: float, confidence: float = 0.95) -> Range:
    """The day by which a share of the converters has converted.

    Args:
        durations: of ``reverse_product_limit``, with at least one day.
        share: 0 < share < 1; below 50 converters only the median is to be trusted.
        confidence: two-sided level, 0 < confidence < 1.

    Returns:
        Whole days. The interval holds every day on which the curve could be at the share, and one
        more at each end, but none under 0.

    Raises:
        StatisticError: no days, or a share or level outside (0, 1).

    Source:
        Brookmeyer and Crowley (1982), Biometrics 38, 29-41, on the scale of log-odds.
    """
    if durations.tau < 0:
        raise StatisticError("too few converters for a quantile", got=durations.tau)
    if not (0.0 < share < 1.0 and 0.0 < confidence < 1.0):
        raise StatisticError("share and confidence lie between 0 and 1", got=(share, confidence))
    reached = durations.cumulative
    own = int(np.argmax(reached >= share))
    inside = (reached > 0) & (reached < 1)
    gap = logit(np.where(inside, reached, share)) - logit(share)
    error = np.sqrt(durations.log_variance) / np.where(inside, 1 - reached, 1.0)
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    days = np.append(np.flatnonzero(inside & (np.abs(gap) <= z * error)), own)
    return Range(float(own), float(max(0, days.min() - 1)), float(days.max() + 1))


def plain_quantile(histogram: ArrayLike, share: float) -> float:
    """The quantile of days as they were counted, interpolated between neighbours.

    Args:
        histogram: shape (days,), counts by day, at least one.
        share: 0 <= share <= 1.

    Returns:
        Days; the same as the linear quantile of the rows behind the histogram.

    Raises:
        StatisticError: an empty histogram or a share outside [0, 1].

    Source:
        Hyndman and Fan (1996), Am. Stat. 50, 361-365, definition 7.
    """
    (counts,) = padded(histogram)
    upto = np.cumsum(counts)
    if not (upto[-1] > 0 and 0.0 <= share <= 1.0):
        raise StatisticError("a quantile needs a count and a share in [0, 1]", got=share)
    position = (upto[-1] - 1) * share
    ends = np.floor(position), np.ceil(position)
    low, high = np.searchsorted(upto, ends, side="right")
    return float(low + (high - low) * (position - ends[0]))


def log_rank(events: ArrayLike, at_risk: ArrayLike) -> Test:
    """Do groups share one hazard? The log-rank test for any number of groups.

    Args:
        events: shape (groups, days) or (strata, groups, days), events by day.
        at_risk: same shape, those whose event on that day would have been seen. Expected and
            observed are compared within each stratum and summed.

    Returns:
        Chi-square on as many degrees of freedom as groups that could differ, less one.

    Source:
        Mantel (1966), Cancer Chemother. Rep. 50, 163-170; Peto and Peto (1972), J. R. Stat. Soc. A
        135, 185-207. For the remission times of Gehan (1965) chi-square is 16.79.
    """
    happened, risk = padded(events, at_risk)
    groups = happened.shape[-2]
    happened, risk = (a.reshape(-1, groups, a.shape[-1]) for a in (happened, risk))
    total, at_all = happened.sum(axis=1), risk.sum(axis=1)
    share = risk / np.maximum(at_all, 1.0)[:, None]
    surprise = (happened - share * total[:, None]).sum(axis=(0, 2))
    spread = total * (at_all - total) / np.maximum(at_all - 1, 1.0)
    weighted = share * spread[:, None]
    covariance = np.diag(weighted.sum(axis=(0, 2))) - np.einsum("sid,sjd->ij", weighted, share)
    free = np.flatnonzero(np.diag(covariance) > 0)[1:]
    if not free.size:
        return Test(0.0, 0, 1.0)
    scaled = np.linalg.solve(covariance[np.ix_(free, free)], surprise[free])
    statistic = float(surprise[free] @ scaled)
    return Test(statistic, int(free.size), float(chdtrc(free.size, statistic)))


def speed_log_rank(converted: ArrayLike, converted_ages: ArrayLike) -> Test:
    """Do groups differ in how fast their converters convert, however many convert?

    Args:
        converted: shape (groups, days), converters by lag.
        converted_ages: shape (groups, days), converters by age.

    Returns:
        The log-rank test in reverse time.

    Source:
        Lagakos, Barraj and De Gruttola (1988), Biometrika 75, 515-523.
    """
    conv, conv_age = padded(converted, converted_ages)
    return log_rank(conv, _reverse_risk(conv, conv_age))


def share_log_rank(converted: ArrayLike, open_ages: ArrayLike, converted_ages: ArrayLike) -> Test:
    """Do groups differ in how many of all their leads convert, and when?

    Args:
        converted: shape (groups, days), leads by the lag at which they converted.
        open_ages: shape (groups, days), leads not converted by age, lost ones included.
        converted_ages: shape (groups, days), converted leads by age.

    Returns:
        The ordinary log-rank test; lost leads stay among those at risk until their age.
    """
    conv, open_age, conv_age = padded(converted, open_ages, converted_ages)
    later = conv_age.sum(axis=-1, keepdims=True) - conv.sum(axis=-1, keepdims=True)
    return log_rank(conv, from_day_on(conv + open_age) + later)


def mean_horizon(durations: Durations, converted_ages: ArrayLike) -> int:
    """The lag up to which a mean is told: half of the converters are old enough for it.

    Farther out a mean rests on so few that its range says nothing. Where half of them would be
    under 25 there is no such choice, and the mean is followed to ``tau``.

    Args:
        durations: of ``reverse_product_limit``.
        converted_ages: shape (days,), all converters by age.
    """
    (ages,) = padded(converted_ages)
    old_enough = from_day_on(ages)
    firm = greatest_day(old_enough >= max(MEAN_RESTS_ON, old_enough[0] / 2))
    return min(firm, durations.tau) if firm >= 0 else durations.tau


def restricted_mean(converted: ArrayLike, converted_ages: ArrayLike, horizon: int) -> Range:
    """Mean days to convert, of those who convert within a horizon.

    The far end of the curve rests on the few who are old enough for it, so their number gives the
    degrees of freedom.

    Args:
        converted: shape (days,), converters by lag.
        converted_ages: shape (days,), converters by age.
        horizon: lag from which the curve starts, in days; when groups are compared the least
            ``tau`` of all of them.

    Returns:
        Days with their 95 % interval, by the logarithm of the mean.

    Raises:
        StatisticError: nobody is old enough for the horizon and had converted by it.

    Source:
        Irwin (1949), J. Hyg. 47, 188-189, and Meier (1975), Perspectives in Probability and
        Statistics, 67-87, for the variance of the area under a product-limit curve, here of
        the one in reverse time.
    """
    durations = reverse_product_limit(converted, converted_ages, horizon)
    if horizon < 0 or durations.at_risk.size <= horizon or not durations.converted.any():
        raise StatisticError("nobody is old enough for this horizon", got=horizon)
    days = np.flatnonzero(durations.converted)
    conv, at_risk = durations.converted[days], durations.at_risk[days]
    staying = at_risk - conv
    below = np.concatenate([[0.0], np.cumsum(durations.cumulative)])[days]  # area left of the lag
    terms = np.divide(conv, at_risk * staying, out=np.zeros_like(conv), where=staying > 0)
    error = math.sqrt(float(np.sum(below**2 * terms)))
    mean = float(np.sum(1 - durations.cumulative[:horizon]))
    if mean <= 0:
        return Range(mean, mean, mean)
    old_enough = float(from_day_on(padded(converted, converted_ages)[1])[horizon])
    factor = math.exp(float(stdtrit(max(old_enough - 1, 1.0), 0.975)) * error / mean)
    return Range(mean, mean / factor, mean * factor)


def _reverse_risk(converted: Floats, converted_ages: Floats) -> Floats:
    """R(d): converters of age d or more less those whose lag exceeds d."""
    slower = converted_ages.sum(axis=-1, keepdims=True) - np.cumsum(converted, axis=-1)
    at_risk: Floats = from_day_on(converted_ages) - slower
    if not bool(np.all(at_risk >= converted)):
        raise StatisticError("no converter is younger than its lag", got=float(at_risk.min()))
    return at_risk


def _product_from(terms: Floats) -> Floats:
    """The product from each place to the end of the last axis."""
    running = np.cumprod(np.flip(terms, axis=-1), axis=-1, dtype=np.float64)
    return np.flip(running, axis=-1)
