"""League tables of reps and of channels that are all alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from plain_ways.base import DECIDED, Told, Whole, counted, step_of
from salesaudit.statistics.duration import share_log_rank
from salesaudit.statistics.mixed_rates import mixed_rates
from salesaudit.statistics.shuffled_counts import shuffled_counts
from salesaudit.world import made
from salesaudit.world.simulate import simulate
from salesaudit.world.truth import Company

SURE, CHANCE = 0.9, 0.05  # from when on reps, or channels, are said to differ


class Person(NamedTuple):
    """A rep's decided deals."""

    name: str
    won: int
    decided: int
    ours: Told

    @property
    def plain(self) -> float:
        """Won of decided."""
        return self.won / self.decided


class League(NamedTuple):
    """A table of equal reps, best first."""

    seed: int
    people: tuple[Person, ...]
    truth: float
    differ: bool  # whether the audit says that they differ


class Spread(NamedTuple):
    """Tables of equals over many companies."""

    each: float  # decided deals a rep, or leads a channel, on average
    best: float
    worst: float
    told: int  # companies of which the audit says that they differ
    companies: int


def league(company: Company, seed: int, leads: int) -> League:
    """Deals won of those decided, by rep, the best first."""
    known = made(company, leads, seed).known["deals"]
    ids = [rep.rep_id for rep in company.reps]
    won, lost = (_by_rep(known["rep_id"][known["status"] == word], ids) for word in DECIDED)
    rng = np.random.default_rng(seed)
    cases = (won + lost)[:, None]
    drawn = mixed_rates(cases, won[:, None], rng, draws=1_000)
    differ = drawn.differ() > SURE and shuffled_counts(cases, won[:, None], rng) < CHANCE
    people = [
        Person(
            f"Rep {place + 1}", int(won[place]), int(cases[place, 0]), Told(*drawn.adjusted(place))
        )
        for place in range(len(ids))
    ]
    best_first = sorted(people, key=lambda person: -person.plain)
    return League(seed, tuple(best_first), truth_of_deals(company), bool(differ))


def _by_rep(rows: NDArray[np.object_], ids: list[str]) -> Whole:
    return np.array([(rows == one).sum() for one in ids])


def truth_of_deals(company: Company) -> float:
    """The rate at which every deal of a company of equals is won."""
    return company.channels[0].rates[-1]


def reps_apart(tables: Sequence[League]) -> Spread:
    """The best and the worst of equal reps, on average over companies."""
    return Spread(
        float(np.mean([person.decided for table in tables for person in table.people])),
        float(np.mean([table.people[0].plain for table in tables])),
        float(np.mean([table.people[-1].plain for table in tables])),
        sum(table.differ for table in tables),
        len(tables),
    )


def channels_apart(company: Company, seeds: Sequence[int], leads: int) -> Spread:
    """The best and the worst of equal channels, by customers so far of all leads."""
    many = len(company.channels)
    best, worst, told = [], [], 0
    for seed in seeds:
        history = simulate(company, leads, seed)
        step, channel = step_of(history), history.channel
        moved = step.moved
        rates = [float(moved[channel == number].mean()) for number in range(many)]
        best.append(max(rates))
        worst.append(min(rates))
        test = share_log_rank(
            counted(channel[moved], step.lag[moved], many),
            counted(channel[~moved], step.age[~moved], many),
            counted(channel[moved], step.age[moved], many),
        )
        told += test.p < CHANCE
    return Spread(leads / many, float(np.mean(best)), float(np.mean(worst)), told, len(seeds))
