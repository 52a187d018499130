"""The complete history of a company's leads, to its end, before anything is forgotten or spoilt.

Every lead gets a whole path to customer with the days that each step would take; how far it
really comes is decided apart. So the truth about days rests on all leads, not on the few buyers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from salesaudit.world.streams import stream
from salesaudit.world.truth import Company

Times = NDArray[np.datetime64]  # seconds, in the company's own time
Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

HOUR = 3600
OPENS, CLOSES = 9 * HOUR, 18 * HOUR
LEAST = 600.0  # seconds that a step takes at least
NEVER = np.datetime64("NaT", "s")


@dataclass(frozen=True)
class History:
    """One row per lead, in the order of creation; indices point into the company's tuples."""

    company: Company
    seed: int
    channel: Whole
    size: Whole
    country: Whole
    industry: Whole
    stage_at: Times  # (leads, stages), the whole path, also where the lead never comes that far
    reached: Whole  # stages that the lead reaches in the end, 1 to all
    chance: Floats  # (leads, steps), of moving on, given that it came so far
    rep: Whole  # who gets the lead when it is qualified
    automated: Flags  # qualified by a rule, not by a person
    lost_at: Times  # never, for customers
    loss_dated: Flags  # whether the CRM is told the day
    deal: Flags
    product: Whole
    amount: Floats

    def __len__(self) -> int:
        return len(self.channel)

    @property
    def created_at(self) -> Times:
        """When each lead came."""
        return self.stage_at[:, 0]

    @property
    def customer(self) -> Flags:
        """Who becomes a customer in the end."""
        everything: Flags = self.reached == self.stage_at.shape[1]
        return everything

    @property
    def end(self) -> np.datetime64:
        """The first second after the company's last day."""
        return np.datetime64(self.company.last_day, "s") + np.timedelta64(24 * HOUR, "s")

    @property
    def lead_ids(self) -> NDArray[np.object_]:
        """The CRM's lead numbers."""
        return np.array([f"L{number:06d}" for number in range(1, len(self) + 1)], dtype=object)


def simulate(company: Company, leads: int, seed: int) -> History:
    """Make the complete history of ``leads`` leads."""
    channel, created_at = _arrivals(company, leads, seed)
    size = _pick([size.share for size in company.sizes], leads, seed, "leads/size")
    automated = stream(seed, "stages/automated").random(leads) < company.automated_share
    stage_at = _paths(company, channel, created_at, automated, seed)
    rep = _assign(company, size, stage_at[:, 1], seed)
    chance = chances(company, channel, size, rep)
    moves = np.column_stack(
        [stream(seed, f"stages/{step.role}/moves").random(leads) for step in company.steps]
    )
    reached = 1 + np.cumprod(moves < chance, axis=1).sum(axis=1)
    customer = reached == len(company.stages)
    has_deal = stream(seed, "deals/exists").random(leads) < np.where(
        customer, company.deal_if_won, company.deal_if_not
    )
    deal = has_deal & (reached >= len(company.stages) - 1)
    product = _pick([product.share for product in company.products], leads, seed, "deals/product")
    last_at = stage_at[np.arange(leads), reached - 1]
    lost_at = _losses(company, last_at, seed)
    dated = stream(seed, "losses/dated").random(leads) < np.where(
        deal, company.losses.closed, company.losses.dated
    )
    return History(
        company=company,
        seed=seed,
        channel=channel,
        size=size,
        country=_pick([*company.countries.values()], leads, seed, "leads/country"),
        industry=_pick([*company.industries.values()], leads, seed, "leads/industry"),
        stage_at=stage_at,
        reached=reached,
        chance=chance,
        rep=rep,
        automated=automated,
        lost_at=np.where(customer, NEVER, lost_at),
        loss_dated=dated,
        deal=deal,
        product=product,
        amount=_amounts(company, product, size, seed),
    )


def demand(company: Company) -> tuple[NDArray[np.datetime64], Floats]:
    """The company's days, and the share of all leads expected by channel (row) and day."""
    first, last = np.datetime64(company.first_day), np.datetime64(company.last_day)
    days = first + np.arange((last - first).astype(int) + 1)
    months = days.astype("datetime64[M]").astype(np.int64)
    open_days = np.is_busday(days, holidays=_holidays(company))
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


def office_time(at: Times, rng: np.random.Generator, holidays: Sequence[date]) -> Times:
    """The same moment in office hours, else the first hour of the next working day."""
    day = at.astype("datetime64[D]")
    seconds = (at - day).astype(np.int64)
    late = (seconds >= CLOSES).astype(np.int64)
    working = np.busday_offset(day + late, 0, roll="forward", holidays=list(holidays))
    waits = (working != day) | (seconds < OPENS)
    opening = working.astype("datetime64[s]") + OPENS + rng.integers(0, HOUR, len(at))
    return np.where(waits, opening, at)


def _arrivals(company: Company, leads: int, seed: int) -> tuple[Whole, Times]:
    rng = stream(seed, "leads/arrivals")
    days, share = demand(company)
    noise = rng.gamma(company.demand_shape, 1 / company.demand_shape, share.shape)
    counts = rng.multinomial(leads, (share * noise / (share * noise).sum()).ravel())
    cell: Whole = np.repeat(np.arange(counts.size), counts)
    channel, day = cell // len(days), cell % len(days)
    seconds = (stream(seed, "leads/hour").beta(3.5, 3.0, leads) * 24 * HOUR).astype(np.int64)
    created_at: Times = days[day].astype("datetime64[s]") + seconds.astype("timedelta64[s]")
    order = np.argsort(created_at, kind="stable")
    return channel[order], created_at[order]


def _paths(
    company: Company, channel: Whole, created_at: Times, automated: Flags, seed: int
) -> Times:
    path = [created_at]
    for number, step in enumerate(company.steps):
        rng = stream(seed, f"stages/{step.role}/days")
        median = np.array([channel.days[number] for channel in company.channels])[channel]
        days = median * np.exp(step.spread * rng.standard_normal(len(channel)))
        at = path[-1] + np.maximum(days * 24 * HOUR, LEAST).astype(np.int64)
        worked = office_time(at, rng, company.holidays)
        path.append(np.where(automated, at, worked) if number == 0 else worked)
    return np.column_stack(path)


def _assign(company: Company, size: Whole, at: Times, seed: int) -> Whole:
    """Choose a rep of the size's team among those present at ``at``, by their shares."""
    draw = stream(seed, "leads/rep").random(len(size))
    day = np.minimum(at.astype("datetime64[D]"), np.datetime64(company.last_day))
    teams = np.array([size.team for size in company.sizes])[size]
    weights = np.array(
        [
            rep.share
            * (teams == rep.team)
            * (day >= np.datetime64(rep.hired_on))
            * (day <= np.datetime64(rep.left_on or company.last_day))
            for rep in company.reps
        ]
    )
    upto = weights.cumsum(axis=0)
    chosen: Whole = np.argmax(upto > draw * upto[-1], axis=0)
    return chosen


def chances(company: Company, channel: Whole, size: Whole, rep: Whole) -> Floats:
    """(leads, steps): how likely each lead moves on, given that it came so far, with these reps."""
    skill = np.array([rep.skill for rep in company.reps])[rep]
    fit = np.array([size.log_odds for size in company.sizes])[size]
    columns = []
    for number, step in enumerate(company.steps):
        rate = np.array([channel.rates[number] for channel in company.channels])[channel]
        odds = rate / (1 - rate) * np.exp(step.skill * skill + step.size * fit)
        columns.append(odds / (1 + odds))
    return np.column_stack(columns)


def _losses(company: Company, last_at: Times, seed: int) -> Times:
    rng = stream(seed, "losses/days")
    days = company.losses.days * np.exp(company.losses.spread * rng.standard_normal(len(last_at)))
    at = last_at + np.maximum(days * 24 * HOUR, LEAST).astype(np.int64)
    return office_time(at, rng, company.holidays)


def _amounts(company: Company, product: Whole, size: Whole, seed: int) -> Floats:
    z = stream(seed, "deals/amount").standard_normal(len(product))
    median = np.array([item.median_amount for item in company.products])[product]
    spread = np.array([item.spread for item in company.products])[product]
    factor = np.array([item.amount for item in company.sizes])[size]
    amount: Floats = np.round(median * factor * np.exp(spread * z) / 500) * 500
    return np.maximum(amount, 500.0)


def _pick(shares: Sequence[float], leads: int, seed: int, name: str) -> Whole:
    upto = np.cumsum(shares) / np.sum(shares)
    drawn = np.searchsorted(upto, stream(seed, name).random(leads), side="right")
    return np.minimum(drawn, len(shares) - 1)


def _holidays(company: Company) -> list[date]:
    return list(company.holidays)
