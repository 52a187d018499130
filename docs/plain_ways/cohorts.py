"""Customers so far divided by leads: month by month, and while a company grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np

from plain_ways.base import ALIKE, LEADS, Step, Told, counted, rate_of, step_of
from salesaudit.statistics.cohort_rates import cohort_rates
from salesaudit.world.simulate import simulate
from salesaudit.world.truth import Company


class Month(NamedTuple):
    """Leads of a month: shares that became customers."""

    month: str
    truth: float
    plain: float
    ours: Told


class Share(NamedTuple):
    """Months of one age over many companies: what the plain ratio and the audit show of 1."""

    back: int  # months before the newest one
    plain: float  # of the truth
    ours: float  # of the truth
    held: int  # ranges that held the truth
    ranges: int


def by_month(company: Company, seed: int, leads: int = LEADS) -> tuple[Month, ...]:
    """The leads of each month: bought in the end, bought so far, and what the audit says."""
    step = step_of(simulate(company, leads, seed))
    moved, many = step.moved, int(step.month.max()) + 1
    found = cohort_rates(
        counted(step.month[moved], step.lag[moved], many),
        counted(step.month[~moved], step.age[~moved], many),
        counted(step.month[moved], step.age[moved], many),
        np.random.default_rng(seed),
    )
    first = np.datetime64(company.first_day, "M")
    return tuple(
        Month(
            str(first + number), float(step.ends[own].mean()), float(moved[own].mean()), Told(*told)
        )
        for number, told in enumerate(cohort.rate for cohort in found.cohorts)
        for own in [step.month == number]
    )


def shares_shown(
    company: Company, back: Sequence[int], seeds: Sequence[int], leads: int = LEADS
) -> tuple[Share, ...]:
    """What the plain ratio and the audit show of the truth, for months of some ages."""
    runs = [by_month(company, seed, leads) for seed in seeds]
    return tuple(_share(months, [run[-1 - months] for run in runs]) for months in back)


def _share(back: int, months: list[Month]) -> Share:
    truth = sum(month.truth for month in months)
    held = sum(month.ours.lower <= month.truth <= month.ours.upper for month in months)
    return Share(
        back,
        sum(month.plain for month in months) / truth,
        sum(month.ours.value for month in months) / truth,
        held,
        len(months),
    )


def quicker(company: Company, days: float) -> Company:
    """The same company with so many times the days of each step."""
    channels = (
        replace(one, days=tuple(days * each for each in one.days)) for one in company.channels
    )
    return replace(company, channels=tuple(channels))


def taking_off(days: float, growth: float = 0.12) -> Company:
    """A company where nothing differs and nothing changes, but that one channel takes off.

    Args:
        days: times the days of each step.
        growth: a month, of that channel; it brings half of all leads.
    """
    first, *others = ALIKE.channels
    rest = sum(channel.share for channel in others)
    channels = (
        replace(first, share=0.5, growth=growth),
        *(replace(channel, share=0.5 * channel.share / rest) for channel in others),
    )
    growing = replace(ALIKE, channels=channels, first_day=date(2022, 1, 1))
    return quicker(growing, days)


class HalfYear(NamedTuple):
    """Half a year of a company."""

    name: str
    leads: int
    wins: float  # customers won in it, divided by the leads that came in it
    so_far: float  # on its last day, all customers so far divided by all leads so far
    ours: Told  # told on its last day


def by_half_year(company: Company, seed: int, leads: int) -> tuple[HalfYear, ...]:
    """What would have been told at the end of each half-year."""
    step = step_of(simulate(company, leads, seed))
    first, last = np.datetime64(company.first_day, "M"), np.datetime64(company.last_day, "D")
    won = (last - step.age + step.lag).astype("datetime64[M]").astype(np.int64)
    won_in = np.where(step.ends, won - first.astype(np.int64), -1)
    found = []
    for start in range(0, int(step.month.max()) + 1, 6):
        came = int(((step.month >= start) & (step.month < start + 6)).sum())
        wins = int(((won_in >= start) & (won_in < start + 6)).sum())
        then = seen_on(step, (first + start + 6).astype("datetime64[D]") - 1, last)
        name = f"{str(first + start)[:4]} {'H2' if start % 12 else 'H1'}"
        found.append(HalfYear(name, came, wins / came, float(then.moved.mean()), rate_of(then)))
    return tuple(found)


def seen_on(step: Step, day: np.datetime64, last: np.datetime64) -> Step:
    """The same journeys as they stood on an earlier day."""
    age = step.age - int((last - day).astype(np.int64))
    return step._replace(age=age, moved=step.ends & (step.lag <= age)).of(age >= 0)


def of_channels(company: Company, seed: int, leads: int) -> tuple[float, float]:
    """Converted so far divided by all who came: of the first channel, and of all others."""
    history = simulate(company, leads, seed)
    step, first = step_of(history), history.channel == 0
    return float(step.moved[first].mean()), float(step.moved[~first].mean())
