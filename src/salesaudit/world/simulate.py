"""The complete history of a company's leads, to its end, before anything is forgotten or spoilt.

Every lead gets a whole path to customer with the days that each step would take; how far it
really comes is decided apart. So the truth about days rests on all leads, not on the few buyers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

import numpy as np

from salesaudit.world.arrivals import Arrivals, arrivals, demand
from salesaudit.world.base import (
    DAY,
    HOUR,
    NEVER,
    Flags,
    Floats,
    Times,
    Whole,
    in_office,
    office_time,
    pick,
)  # fmt: skip
from salesaudit.world.capacity import waits
from salesaudit.world.chances import HANDED_OVER, Cases, chance_of, usual_chance_of
from salesaudit.world.contents import Ends, Stay, Touches, influenced, meet, touches
from salesaudit.world.delays import days
from salesaudit.world.draws import Draws, Kinds, draws, kinds
from salesaudit.world.history import History
from salesaudit.world.months import months_of
from salesaudit.world.streams import block_seed, stream
from salesaudit.world.truth import Company

__all__ = [
    "BLOCK", "HOUR", "NEVER", "Flags", "Floats", "History", "Times", "Whole", "chances", "demand",
    "loss_times", "office_time", "redrawn", "simulate",
]  # fmt: skip

BLOCK = 200_000  # leads that are made at a time
LEAST = 600.0  # seconds that a step takes at least
Parts = TypeVar("Parts", Kinds, Draws)


def simulate(company: Company, leads: int, seed: int) -> History:
    """Make the complete history of ``leads`` leads, beside those that bursts bring."""
    [whole] = blocks(company, leads, seed, most=None)
    return whole


def blocks(
    company: Company, leads: int, seed: int, *, most: int | None = BLOCK
) -> Iterator[History]:
    """Make the history in blocks of leads that came one after the other.

    Days and shocks are drawn once for all; each block but the first has streams of its own. A
    rep's queue begins empty with each block.

    Args:
        company: its parameters.
        leads: usual leads in all.
        seed: the same seed gives the same histories, for the same ``most``.
        most: leads in a block, at most; no limit if there is none.
    """
    months = months_of(company, seed)
    came = arrivals(company, leads, seed, months)
    total = len(came.channel)
    many = 1 if most is None else -(-total // most)
    ends = [total * number // many for number in range(many + 1)]
    for number, (start, end) in enumerate(pairwise(ends)):
        own = seed if number == 0 else block_seed(seed, number)
        here = slice(start, end)
        part = Arrivals(came.channel[here], came.created_at[here], came.burst[here])
        history = _history(company, part, own, months.rates)
        yield replace(history, first=start, of=total)


def _history(company: Company, came: Arrivals, seed: int, month_rates: Floats) -> History:
    what = _by_origin(company, came, lambda many, prefix: kinds(many, seed, prefix))
    drawn = _by_origin(company, came, lambda many, prefix: draws(company, many, seed, prefix))
    return _unfold(company, (seed, ""), _leads(company, came, what), drawn, month_rates)


def redrawn(history: History, drawn: Draws, prefix: str) -> History:
    """What else could have become of the same leads in the same months.

    Args:
        history: as it was made.
        drawn: for as many leads, or a multiple: then each stands there that many times.
        prefix: what the names of the streams begin with from which they were drawn.
    """
    again = np.tile(np.arange(len(history)), len(drawn.heat) // len(history))
    known = (history.size, history.country, history.industry, history.product)
    came = Arrivals(history.channel[again], history.created_at[again], history.burst[again])
    leads = _Leads(came, *(part[again] for part in known))
    return _unfold(history.company, (history.seed, prefix), leads, drawn, history.month_rates)


class _Leads(NamedTuple):
    """Who came, and what is known of them from the beginning."""

    came: Arrivals
    size: Whole
    country: Whole
    industry: Whole
    product: Whole


def _leads(company: Company, came: Arrivals, what: Kinds) -> _Leads:
    return _Leads(
        came,
        size=pick([size.share for size in company.sizes], what.size),
        country=pick([*company.countries.values()], what.country),
        industry=pick([*company.industries.values()], what.industry),
        product=pick([product.share for product in company.products], what.product),
    )


def _unfold(
    company: Company, streams: tuple[int, str], leads: _Leads, drawn: Draws, month_rates: Floats
) -> History:
    """What becomes of leads by these draws; nothing but contents is left to chance."""
    came, size, country, industry, product = leads
    automated = drawn.automated < company.automated_share
    early = drawn.early < company.early_hand_over.share
    stay = _stay(company, 0, came.channel, np.ones(len(size)))
    lasts = days(stay.family, stay.median, stay.spread, drawn.days[0])
    lasts = np.where(early, company.early_hand_over.hastened * lasts, lasts)
    at = _later(came.created_at, _seconds(lasts))
    worked = in_office(at, drawn.opening[0], company.holidays)
    path = [came.created_at, np.where(automated, at, worked)]
    rep = _assign(company, size, path[1], drawn.rep)
    nobody = np.zeros(len(rep), dtype=np.int64)
    cases = Cases(
        came.channel, size, country, product, rep, came.burst, drawn.heat, early, nobody,
        nobody.astype(bool),
    )  # fmt: skip
    qualified = drawn.moves[0] < chance_of(company, 0, cases, path[0], month_rates)
    waited, untouched = waits(company, rep, path[1], qualified)
    cases = cases._replace(waited=waited, untouched=untouched)
    moves, lost_days, met = [qualified], _lost_days(company, drawn), []
    for step in range(1, len(company.steps)):
        begins = _later(path[-1], waited) if step == HANDED_OVER else path[-1]
        chance = chance_of(company, step, cases, path[-1], month_rates)
        stay = _stay(company, step, came.channel, chance)
        lasts = days(stay.family, stay.median, stay.spread, drawn.days[step])
        ends = Ends(drawn.moves[step] < chance, lasts, lost_days)
        if any(item.role == company.roles[step] for item in company.contents):
            would = meet(company, step, rep, drawn.heat, streams)
            rng = stream(streams[0], f"{streams[1]}contents/at/{company.roles[step]}")
            ends = influenced(company, stay, ends, would, rng)
            here = np.logical_and.reduce(moves)
            lost_days = np.where(here & ~ends.moves, ends.lost_after, lost_days)
            met.append((begins, touches(ends, would, here)))
        moves.append(ends.moves)
        at = _later(begins, _seconds(ends.moves_after))
        path.append(in_office(at, drawn.opening[step], company.holidays))
    stage_at = np.column_stack(path)
    chance = chances(company, cases, stage_at, month_rates)
    shaken = company.shocks.rate > 0 or company.shocks.channel_rate > 0
    usual = chances(company, cases, stage_at, None) if shaken else chance
    reached = 1 + np.cumprod(np.column_stack(moves), axis=1).sum(axis=1)
    customer = reached == len(company.stages)
    has_deal = drawn.deal < np.where(customer, company.deal_if_won, company.deal_if_not)
    deal = has_deal & (reached >= len(company.stages) - 1)
    last_at = stage_at[np.arange(len(rep)), reached - 1]
    dated = drawn.lost_dated < np.where(deal, company.losses.closed, company.losses.dated)
    return History(
        company=company,
        seed=streams[0],
        channel=came.channel,
        size=size,
        country=country,
        industry=industry,
        stage_at=stage_at,
        reached=reached,
        chance=chance,
        rep=rep,
        automated=automated,
        lost_at=np.where(customer, NEVER, _lost(company, last_at, lost_days, drawn)),
        loss_dated=dated,
        deal=deal,
        product=product,
        amount=_amounts(company, product, size, drawn.amount),
        usual=usual,
        month_rates=month_rates,
        burst=came.burst,
        heat=drawn.heat,
        early=early,
        waited=waited,
        untouched=untouched,
        loss_kept=drawn.lost_kept < company.losses.kept,
        loss_undated=drawn.deal_undated < company.losses.undated_deals,
        touched_at=np.concatenate([_no_times(), *(_touched(*part) for part in met)]),
        touch=_all_touches([part for _, part in met]),
    )


def chances(company: Company, cases: Cases, stage_at: Times, month_rates: Floats | None) -> Floats:
    """(leads, steps): how likely each lead moves on, given that it came so far.

    Args:
        company: its parameters.
        cases: the leads.
        stage_at: (leads, stages), their paths.
        month_rates: shocks of the months as they were; without, the average over all months.
    """
    columns = [
        usual_chance_of(company, step, cases, stage_at[:, step])
        if month_rates is None
        else chance_of(company, step, cases, stage_at[:, step], month_rates)
        for step in range(len(company.steps))
    ]
    return np.column_stack(columns)


def loss_times(company: Company, last_at: Times, drawn: Draws) -> Times:
    """When leads are given up whose last stage was entered at ``last_at``."""
    return _lost(company, last_at, _lost_days(company, drawn), drawn)


def _lost(company: Company, last_at: Times, lasts: Floats, drawn: Draws) -> Times:
    return in_office(_later(last_at, _seconds(lasts)), drawn.lost_opening, company.holidays)


def _lost_days(company: Company, drawn: Draws) -> Floats:
    found: Floats = company.losses.days * np.exp(company.losses.spread * drawn.lost_days)
    return found


def _stay(company: Company, step: int, channel: Whole, chance: Floats) -> Stay:
    what, losses = company.steps[step], company.losses
    median = np.array([channel.days[step] for channel in company.channels])[channel]
    return Stay(chance, median, what.family, what.spread, losses.days, losses.spread)


def _touched(begins: Times, met: Touches) -> Times:
    return _later(begins[met.lead], (met.after * DAY).astype(np.int64))


def _no_times() -> Times:
    return np.empty(0, dtype="datetime64[s]")


def _all_touches(parts: list[Touches]) -> Touches:
    nothing = np.empty(0, dtype=np.int64)
    none = Touches(nothing, nothing, np.empty(0), nothing.astype(bool))
    return Touches(*(np.concatenate(columns) for columns in zip(none, *parts, strict=True)))


def _later(at: Times, seconds: Whole) -> Times:
    found: Times = at + seconds.astype("timedelta64[s]")
    return found


def _seconds(lasts: Floats) -> Whole:
    return np.maximum(lasts * DAY, LEAST).astype(np.int64)


def _assign(company: Company, size: Whole, at: Times, drawn: Floats) -> Whole:
    """Choose a rep of the size's team among those present at ``at``, by their shares."""
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
    chosen: Whole = np.argmax(upto > drawn * upto[-1], axis=0)
    return chosen


def _amounts(company: Company, product: Whole, size: Whole, drawn: Floats) -> Floats:
    median = np.array([item.median_amount for item in company.products])[product]
    spread = np.array([item.spread for item in company.products])[product]
    factor = np.array([item.amount for item in company.sizes])[size]
    amount: Floats = np.round(median * factor * np.exp(spread * drawn) / 500) * 500
    return np.maximum(amount, 500.0)


def _by_origin(company: Company, came: Arrivals, make: Callable[[int, str], Parts]) -> Parts:
    """Draws of the usual leads and of each burst's, from streams of their own, in one order."""
    if not company.bursts:
        return make(len(came.channel), "")
    numbers = range(len(company.bursts) + 1)
    rows = [np.flatnonzero(came.burst == number) for number in numbers]
    parts = [
        make(len(mine), f"bursts/{number}/" if number else "")
        for number, mine in zip(numbers, rows, strict=True)
    ]
    order = np.argsort(np.concatenate(rows), kind="stable")
    joined: Parts = _joined(parts, order)
    return joined


def _joined(parts: Sequence[Any], order: Whole) -> Any:
    """Tuples of arrays, and tuples of such tuples, made one and put in order."""
    if isinstance(parts[0], np.ndarray):
        return np.concatenate(parts)[order]
    columns = [_joined(column, order) for column in zip(*parts, strict=True)]
    return type(parts[0])(*columns) if hasattr(parts[0], "_fields") else tuple(columns)
