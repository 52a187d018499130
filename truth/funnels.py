"""Funnels of several steps whose truth is known: who moves on where, by channel, team and month.

Leads pass the steps one after another; who has moved on enters the next step on that day. Months
of each channel may be shaken, and leaks are planted where leads move on less than others do.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from salesaudit.statistics.conversion import product_limit
from salesaudit.statistics.leaks import Cell, Leaves, Step
from salesaudit.statistics.shocks import Cohorts, shocks

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

MONTH = 30  # days
HIGHEST = 0.95  # a shaken rate is no higher


class Company(NamedTuple):
    """A funnel. Delays of every step are log-normal."""

    leads: int
    months: int = 18
    rates: tuple[float, ...] = (0.5, 0.6, 0.4, 0.25)  # of each step, in the end
    days: tuple[float, ...] = (5.0, 10.0, 10.0, 20.0)  # medians
    spread: float = 0.8  # sd of the log of the days
    channels: tuple[float, ...] = (0.22, 0.18, 0.15, 0.13, 0.11, 0.09, 0.07, 0.05)  # shares
    teams: int = 1
    dealt: float = 1.0  # Dirichlet: how evenly a channel's leads are dealt to teams
    shocks: float = 0.0  # sd of the log of a month's rate, at each step of each channel
    alike: bool = False  # the same shocks for all channels
    apart: bool = False  # each team of a channel is shaken by itself
    memory: float = 0.0  # correlation of a month's shock with that of the month before

    @property
    def length(self) -> int:
        """Days from the first to T."""
        return self.months * MONTH


class Planted(NamedTuple):
    """A leak: at one step some leads move on so much less. None stands for all."""

    step: int
    ratio: float
    channel: int | None = None
    team: int | None = None
    since: int = 0  # first month of entry
    until: int = 10_000  # month after the last


class Passing(NamedTuple):
    """Leads of one step; one value for each."""

    channel: Whole
    team: Whole
    month: Whole  # of entry into the step
    age: Whole  # days since entry
    moved: Flags
    lag: Whole  # days; only of use where moved
    expected: Floats  # chance of having moved on by T if nothing leaked and no month was shaken
    leaking: Flags


def draw(company: Company, leaks: Sequence[Planted], rng: np.random.Generator) -> list[Passing]:
    """Leads of all steps."""
    entered = rng.integers(0, company.length, company.leads)
    channel = rng.choice(len(company.channels), company.leads, p=company.channels)
    team = np.zeros(company.leads, dtype=np.int64)
    if company.teams > 1:
        shares = rng.dirichlet(np.full(company.teams, company.dealt), len(company.channels))
        place = rng.random(company.leads)[:, None] > np.cumsum(shares, axis=1)[channel]
        team = np.minimum(place.sum(axis=1), company.teams - 1)
    found = []
    for step in range(len(company.rates)):
        here = _passing(company, step, leaks, (entered, channel, team), rng)
        found.append(here)
        on = here.moved
        entered, channel, team = (entered + here.lag)[on], channel[on], team[on]
    return found


def _passing(
    company: Company,
    step: int,
    leaks: Sequence[Planted],
    leads: tuple[Whole, Whole, Whole],
    rng: np.random.Generator,
) -> Passing:
    entered, channel, team = leads
    month, age = entered // MONTH, company.length - 1 - entered
    rate = company.rates[step] * _shaken(company, rng)[channel, team, month]
    leaking = np.zeros(len(entered), dtype=bool)
    for leak in leaks:
        if leak.step == step:
            hit = (month >= leak.since) & (month < leak.until)
            hit &= leak.channel is None or channel == leak.channel
            hit &= leak.team is None or team == leak.team
            rate = np.where(hit, rate * leak.ratio, rate)
            leaking |= hit
    noise = company.spread * rng.standard_normal(len(entered))
    lag = np.floor(company.days[step] * np.exp(noise)).astype(np.int64) + 1
    moved = (rng.random(len(entered)) < np.minimum(rate, HIGHEST)) & (lag <= age)
    expected = company.rates[step] * _grown(company, step)[age]
    return Passing(channel, team, month, age, moved, lag, expected, leaking)


def _shaken(company: Company, rng: np.random.Generator) -> Floats:
    """What each month does to the rate, on the average 1: (channels, teams, months)."""
    channels = 1 if company.alike else len(company.channels)
    teams = company.teams if company.apart else 1
    noise = rng.standard_normal((channels, teams, company.months))
    for month in range(1, company.months):
        fresh = np.sqrt(1 - company.memory**2) * noise[..., month]
        noise[..., month] = company.memory * noise[..., month - 1] + fresh
    factor = np.exp(company.shocks * noise - company.shocks**2 / 2)
    return np.broadcast_to(factor, (len(company.channels), company.teams, company.months))


def _grown(company: Company, step: int) -> Floats:
    """Share of those who move on that have done so by each age."""
    age = np.arange(company.length + 1)
    with np.errstate(divide="ignore"):
        return np.asarray(ndtr(np.log(age / company.days[step]) / company.spread))


def leaves_of(passing: Passing, leaf: Whole, count: int, length: int) -> Leaves:
    """Leads counted by leaf and day, as the screen takes them."""

    def counted(kept: Flags, day: Whole) -> Floats:
        key = leaf[kept] * (length + 1) + day[kept]
        return np.bincount(key, minlength=count * (length + 1)).reshape(count, -1).astype(float)

    moved = passing.moved
    everybody = np.ones(len(leaf), dtype=bool)
    return Leaves(
        counted(moved, passing.lag), counted(moved, passing.age), counted(everybody, passing.age)
    )


def cohorts_of(
    passing: Passing, segment: Whole, segments: int, company: Company
) -> tuple[Floats, Floats, Floats]:
    """Entered, moved, and the share expected on the segment's own curve: (segments, months)."""
    share = np.zeros(len(segment))
    by_segment = leaves_of(passing, segment, segments, company.length)
    for place, (moved, moved_ages, ages) in enumerate(zip(*by_segment, strict=True)):
        curve = product_limit(moved, ages - moved_ages, moved_ages)
        own = segment == place
        share[own] = curve.cumulative[np.minimum(passing.age[own], max(curve.tau, 0))]
    cell = segment * company.months + passing.month
    shape = segments, company.months

    def summed(weights: Floats) -> Floats:
        counts = np.bincount(cell, weights=weights, minlength=shape[0] * shape[1])
        return counts.astype(np.float64).reshape(shape)

    entered, moved = summed(np.ones(len(cell))), summed(passing.moved.astype(float))
    return entered, moved, np.minimum(summed(share) / np.maximum(entered, 1), 0.999)


def step_of(
    passing: Passing, segment: Whole, segments: int, cells: Sequence[Cell], company: Company
) -> Step:
    """A step as the screen takes it; leaves are the months of each segment, in this order."""
    leaf = segment * company.months + passing.month
    count = segments * company.months
    return Step(
        leaves_of(passing, leaf, count, company.length),
        cells,
        Cohorts(*(axis.ravel() for axis in np.indices((segments, company.months)))),
        shocks(*cohorts_of(passing, segment, segments, company)),
    )
