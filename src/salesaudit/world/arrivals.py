"""Which leads come, when and through which channel: the usual ones, and those of bursts."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from salesaudit.world.base import DAY, Floats, Times, Whole
from salesaudit.world.months import Months, month_of
from salesaudit.world.streams import stream
from salesaudit.world.truth import Burst, Company


class Arrivals(NamedTuple):
    """One entry per lead, in the order of creation."""

    channel: Whole
    created_at: Times
    burst: Whole  # 0: a usual lead; from 1: the burst that brought it


def arrivals(company: Company, leads: int, seed: int, months: Months) -> Arrivals:
    """Let ``leads`` usual leads come, and beside them those of the bursts."""
    channel, created_at = _usual(company, leads, seed, months)
    parts = [(channel, created_at, np.zeros(leads, dtype=np.int64))]
    for number, burst in enumerate(company.bursts, start=1):
        came = _excess(company, burst, leads, stream(seed, f"bursts/{number}"))
        parts.append((*came, np.full(len(came[0]), number)))
    channel, created_at, number_of = (np.concatenate(part) for part in zip(*parts, strict=True))
    order = np.argsort(created_at, kind="stable")
    return Arrivals(channel[order], created_at[order], number_of[order])


def demand(company: Company) -> tuple[NDArray[np.datetime64], Floats]:
    """The company's days, and the share of all leads expected by channel (row) and day."""
    first, last = np.datetime64(company.first_day), np.datetime64(company.last_day)
    days = first + np.arange((last - first).astype(int) + 1)
    months = days.astype("datetime64[M]").astype(np.int64)
    open_days = np.is_busday(days, holidays=list(company.holidays))
    working = np.where(open_days, 1.0, company.weekend)
    weights = np.array(
        [
            np.array(channel.season or company.season)[months % 12]
            * (1 + channel.growth) ** (months - months[0])
            * working
            for channel in company.channels
        ]
    )
    share = np.array([channel.share for channel in company.channels])
    return days, weights / weights.sum(axis=1, keepdims=True) * (share / share.sum())[:, None]


def _usual(company: Company, leads: int, seed: int, months: Months) -> tuple[Whole, Times]:
    rng = stream(seed, "leads/arrivals")
    days, share = demand(company)
    shaken = share * np.exp(months.demand)[:, month_of(company, days)]
    noise = rng.gamma(company.demand_shape, 1 / company.demand_shape, share.shape)
    counts = rng.multinomial(leads, (shaken * noise / (shaken * noise).sum()).ravel())
    cell: Whole = np.repeat(np.arange(counts.size), counts)
    channel, day = cell // len(days), cell % len(days)
    created_at = _in_the_day(days[day], stream(seed, "leads/hour"))
    order = np.argsort(created_at, kind="stable")
    return channel[order], created_at[order]


def _excess(
    company: Company, burst: Burst, leads: int, rng: np.random.Generator
) -> tuple[Whole, Times]:
    days, share = demand(company)
    channel = [channel.name for channel in company.channels].index(burst.channel)
    after = np.datetime64(burst.first_day + timedelta(days=burst.days))
    inside = (days >= np.datetime64(burst.first_day)) & (days < after)
    mean = (burst.times - 1) * leads * share[channel, inside]
    shape = company.demand_shape
    counts = rng.poisson(mean * rng.gamma(shape, 1 / shape, len(mean)))
    created_at = _in_the_day(np.repeat(days[inside], counts), rng)
    return np.full(len(created_at), channel), created_at


def _in_the_day(day: NDArray[np.datetime64], rng: np.random.Generator) -> Times:
    seconds = (rng.beta(3.5, 3.0, len(day)) * DAY).astype(np.int64)
    created_at: Times = day.astype("datetime64[s]") + seconds.astype("timedelta64[s]")
    return created_at
