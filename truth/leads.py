"""Leads of one step whose truth is known, and what the audit's own facts make of them.

Leads are drawn as arrays and counted as the measures would count them, so that thousands of
companies can be asked; that measures count rightly is tested elsewhere, on real engines.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.stats import lognorm

from salesaudit.core.settings import Settings
from salesaudit.facts.base import Inputs, measures_of
from salesaudit.facts.channel_contrasts import channel_contrasts
from salesaudit.facts.channel_times import channel_times
from salesaudit.facts.step_curves import StepCurve, step_curves
from salesaudit.measures.base import Measure, Results
from salesaudit.measures.stages import StageRow, stages
from salesaudit.measures.step_ages import StepAge, step_ages
from salesaudit.measures.step_lags import StepLag, step_lags
from salesaudit.measures.steps import LAST_LAG

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

STEP = "lead_to_customer"
FIRST = date(2021, 1, 1)
MONTH = 30.4375  # days
DAY = timedelta(days=1)


class World(NamedTuple):
    """One step of a company. Delays are log-normal; months differ by ``shocks``."""

    leads: int
    months: int
    rate: float  # of those who move on in the end, on the average of months
    days: float  # median of those who move on
    spread: float = 1.0  # sd of the log of the days
    doubling: float | None = None  # months in which the number of leads doubles
    shocks: float = 0.0  # sd of the log of a month's own rate
    shares: tuple[float, ...] = (1.0,)  # of leads, by channel
    rates: tuple[float, ...] = (1.0,)  # times the rate, by channel
    speeds: tuple[float, ...] = (1.0,)  # times the days, by channel

    @property
    def length(self) -> int:
        """Days from the first to the last."""
        return round(self.months * MONTH)

    @property
    def until(self) -> date:
        """The last day, T."""
        return FIRST + (self.length - 1) * DAY


class Leads(NamedTuple):
    """One value per lead."""

    world: World
    entered: Whole  # day, from 0
    channel: Whole
    chance: Floats  # of moving on in the end
    moves: Flags
    lag: Whole  # days, drawn for everyone, whether or not the lead moves on

    @property
    def age(self) -> Whole:
        """Days from entry to T."""
        return self.world.length - 1 - self.entered

    @property
    def moved(self) -> Flags:
        """Who has moved on by T."""
        seen: Flags = self.moves & (self.lag <= self.age)
        return seen


def draw(world: World, rng: np.random.Generator) -> Leads:
    """Leads of a world, to their end."""
    days = np.arange(world.length)
    weight = np.ones(world.length)
    if world.doubling:
        weight = np.exp2(days / (world.doubling * MONTH))
    entered = np.sort(rng.choice(days, world.leads, p=weight / weight.sum()))
    channel = rng.choice(len(world.shares), world.leads, p=world.shares)
    month = _month_numbers(world.length)[entered]
    shocks = np.exp(world.shocks * rng.standard_normal(month.max() + 1) - world.shocks**2 / 2)
    chance = np.minimum(world.rate * np.array(world.rates)[channel] * shocks[month], 1.0)
    scale = world.days * np.array(world.speeds)[channel]
    hour = rng.random(world.leads)  # of the day on which the lead came
    lag = np.floor(scale * np.exp(world.spread * rng.standard_normal(world.leads)) + hour)
    return Leads(
        world, entered, channel, chance, rng.random(world.leads) < chance, lag.astype(np.int64)
    )


@cache
def shares_within(world: World, channel: int = 0) -> Floats:
    """Share of those who move on that have done so within each number of days, from 0.

    A lag is a difference of days: what it holds depends on how late on its day a lead came.
    """
    law = lognorm(world.spread, scale=world.days * world.speeds[channel])
    hours = (np.arange(64) + 0.5) / 64
    days = np.arange(LAST_LAG + 1)
    within: Floats = law.cdf(days[:, None] + hours).mean(axis=1)
    return within


def facts_of(leads: Leads) -> Inputs:
    """What the audit's own facts read of the leads."""
    asked = (step_curves, channel_times, channel_contrasts)
    rows: dict[Measure[Any], tuple[Any, ...]] = dict.fromkeys(measures_of(asked), ())
    rows |= {stages: _stages(), step_ages: _ages(leads), step_lags: _lags(leads)}
    return Inputs(Results(rows), _settings(leads.world.until))


def curve_of(leads: Leads) -> StepCurve:
    """What the audit's own fact makes of the leads."""
    return facts_of(leads).fact(step_curves)[STEP]


def observed(leads: Leads) -> tuple[int, int]:
    """Moved on so far, and entered: the plain ratio."""
    return int(leads.moved.sum()), len(leads.entered)


def _settings(until: date) -> Settings:
    funnel = [{"stage": role, "role": role} for role in ("lead", "customer")]
    return Settings.model_validate({"funnel": funnel, "as_of": until.isoformat()})


def _stages() -> tuple[StageRow, ...]:
    return tuple(
        StageRow(place, role, role, 1, 1, 0, None, recorded=True, recorded_from=FIRST)
        for place, role in enumerate(("lead", "customer"), start=1)
    )


def _ages(leads: Leads) -> tuple[StepAge, ...]:
    key = leads.entered * len(leads.world.shares) + leads.channel
    moved = np.bincount(key, weights=leads.moved).astype(np.int64)
    every = np.bincount(key)
    return tuple(
        StepAge(STEP, name, False, FIRST + day * DAY, int(moved[k]), int(every[k] - moved[k]), 0)
        for k in np.flatnonzero(every).tolist()
        for day, name in [_apart(k, leads.world)]
    )


def _lags(leads: Leads) -> tuple[StepLag, ...]:
    moved = leads.moved
    channels = len(leads.world.shares)
    month = _month_numbers(leads.world.length)[leads.entered[moved]]
    lag = np.minimum(leads.lag[moved], LAST_LAG + 1)
    key = (month * channels + leads.channel[moved]) * (LAST_LAG + 2) + lag
    keys, counts = np.unique(key, return_counts=True)
    firsts = _months(leads.world.length)
    return tuple(
        StepLag(
            STEP, _apart(k, leads.world)[1], False, firsts[k // channels], days, n, 0, 0, n * days
        )
        for whole, n in zip(keys.tolist(), counts.tolist(), strict=True)
        for k, days in [divmod(whole, LAST_LAG + 2)]
    )


def _apart(key: int, world: World) -> tuple[int, str]:
    before, channel = divmod(key, len(world.shares))
    return before, f"channel {channel + 1}"


def _month_numbers(length: int) -> Whole:
    days = np.datetime64(FIRST) + np.arange(length)
    months = days.astype("datetime64[M]").astype(np.int64)
    numbers: Whole = months - months[0]
    return numbers


def _months(length: int) -> list[date]:
    last = (FIRST + (length - 1) * DAY).replace(day=1)
    found = [FIRST]
    while found[-1] < last:
        found.append(date(found[-1].year + found[-1].month // 12, found[-1].month % 12 + 1, 1))
    return found


def effective_width(rate: float, leads: int) -> float:
    """Width of the 95 % range if everyone's end were known: nothing could be narrower."""
    return 2 * 1.96 * math.sqrt(rate * (1 - rate) / leads)
