"""Leads meet assets while they stand at a stage, and some assets change how soon they move on.

The rate at which a lead moves on, given that it has neither moved on nor been lost, is multiplied
from the moment of the touch with the product of the effects of all that it has met; the rate of
losses stays as it was. This is exact, by thinning (Lewis and Shedler 1979): below 1 a move is
struck out with the complement of the product, and the lead goes on as one at risk; above 1 copies
of the lead go on beside it from the first touch, each of whose moves counts with what the product
leaves for it. It is exact for days since the stage was entered; office hours come afterwards.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from salesaudit.world.base import Flags, Floats, Whole
from salesaudit.world.delays import days, left
from salesaudit.world.streams import stream
from salesaudit.world.truth import Company, Content, Family

ROUNDS = 400  # draws for a lead at a stage, at most; far more than are ever needed


class Stay(NamedTuple):
    """What decides how a lead's stay at a stage ends, one entry per lead."""

    chance: Floats  # that it moves on
    median: Floats  # days of those who do
    family: Family
    spread: float
    lost_median: float  # days of the others until they are lost; log-normal
    lost_spread: float


class Ends(NamedTuple):
    """How a stay at a stage ends, one entry per lead; days since the stage was entered."""

    moves: Flags
    moves_after: Floats  # also where the lead does not
    lost_after: Floats  # of those who do not move on

    @property
    def after(self) -> Floats:
        """When the stay is over."""
        return np.where(self.moves, self.moves_after, self.lost_after)


class Met(NamedTuple):
    """When leads would first meet each content of a stage, if they stayed for ever."""

    contents: tuple[int, ...]  # places in the company's contents
    after: Floats  # (leads, contents), days
    shared: Flags  # (leads, contents), sent by the rep


class Touches(NamedTuple):
    """One entry per touch, by lead."""

    lead: Whole
    content: Whole  # place in the company's contents
    after: Floats  # days since the stage was entered
    shared: Flags


def meet(company: Company, step: int, rep: Whole, heat: Floats, streams: tuple[int, str]) -> Met:
    """Let leads meet the contents of the stage from which a step leads on.

    Args:
        company: its contents.
        step: number of the step, from 1.
        rep: who works each lead.
        heat: of each lead.
        streams: seed, and what the names of the streams begin with.
    """
    seed, prefix = streams
    places = tuple(n for n, item in enumerate(company.contents) if item.role == company.roles[step])
    after, shared = np.empty((len(rep), len(places))), np.empty((len(rep), len(places)), dtype=bool)
    for column, place in enumerate(places):
        item = company.contents[place]
        rng = stream(seed, f"{prefix}contents/{item.content_id}")
        rate = _rates(company, item)[rep] * np.exp(item.heat * heat)
        after[:, column] = rng.standard_exponential(len(rep)) / rate
        shared[:, column] = rng.random(len(rep)) < item.shared
    return Met(places, after, shared)


def influenced(
    company: Company, stay: Stay, ends: Ends, met: Met, rng: np.random.Generator
) -> Ends:
    """How the stays end, once the contents have had their effect."""
    effects = np.array([company.contents[place].effect for place in met.contents])
    works = effects != 1.0
    if not works.any():
        return ends
    after, effects = met.after[:, works], effects[works]
    ends = _thinned(stay, ends, after, effects, rng)
    for copy in range(1, int(np.ceil(np.maximum(effects, 1.0).prod()))):
        ends = _hastened(stay, ends, (after, effects), copy, rng)
    return ends


def touches(ends: Ends, met: Met, came: Flags) -> Touches:
    """The touches that happened: of leads that came so far, before their stay was over."""
    lead, column = np.nonzero(came[:, None] & (met.after < ends.after[:, None]))
    places = np.array(met.contents, dtype=np.int64)
    return Touches(lead, places[column], met.after[lead, column], met.shared[lead, column])


def _rates(company: Company, item: Content) -> Floats:
    """Touches a day, by rep, whatever the seed: some send an asset often, others hardly ever."""
    normal = stream(0, f"contents/{item.content_id}/reps").standard_normal(len(company.reps))
    found: Floats = item.per_day * np.exp(item.by_rep * normal)
    return found


def _product(after: Floats, effects: Floats, at: Floats) -> Floats:
    """The product of the effects of all that has been met by ``at``."""
    found: Floats = np.where(after < at[:, None], effects, 1.0).prod(axis=1)
    return found


def _thinned(
    stay: Stay, ends: Ends, after: Floats, effects: Floats, rng: np.random.Generator
) -> Ends:
    moves, moves_after = ends.moves.copy(), ends.moves_after.copy()
    lost_after = ends.lost_after.copy()
    active = moves & (after.min(axis=1) < moves_after)
    for _ in range(ROUNDS):
        drawn = rng.random((3, len(moves)))
        rows = np.flatnonzero(active)
        if not len(rows):
            break
        product = _product(after[rows], effects, moves_after[rows])
        out = rows[drawn[0, rows] >= product]  # struck out: the lead goes on as one at risk
        is_move, at = _next(_of(stay, out), moves_after[out], drawn[1:, out])
        moves[out] = is_move
        moves_after[out[is_move]] = at[is_move]
        lost_after[out[~is_move]] = at[~is_move]
        active[:] = False
        active[out[is_move]] = True
    return Ends(moves, moves_after, lost_after)


def _hastened(
    stay: Stay, ends: Ends, met: tuple[Floats, Floats], copy: int, rng: np.random.Generator
) -> Ends:
    """Let a copy of each lead go on beside it from its first touch; the sooner move counts."""
    after, effects = met
    over, moves = ends.after, ends.moves.copy()
    moves_after = ends.moves_after.copy()
    at = after.min(axis=1)
    active = at < over
    for _ in range(ROUNDS):
        drawn = rng.random((3, len(over)))
        rows = np.flatnonzero(active)
        if not len(rows):
            break
        is_move, then = _next(_of(stay, rows), at[rows], drawn[1:, rows])
        at[rows] = then
        counts = np.clip(_product(after[rows], effects, then) - copy, 0.0, 1.0)
        sooner = is_move & (drawn[0, rows] < counts) & (then < over[rows])
        moves[rows[sooner]] = True
        moves_after[rows[sooner]] = then[sooner]
        active[rows] = ~sooner & (then < over[rows])
    return Ends(moves, moves_after, ends.lost_after)


def _of(stay: Stay, rows: Whole) -> Stay:
    return stay._replace(chance=stay.chance[rows], median=stay.median[rows])


def _next(stay: Stay, at: Floats, drawn: Floats) -> tuple[Flags, Floats]:
    """What happens next to a lead at risk, and when: it moves on, or it is lost."""
    lost_median = np.full(len(at), stay.lost_median)
    still = left(stay.family, stay.median, stay.spread, at)
    still_lost = left("log-normal", lost_median, stay.lost_spread, at)
    move, loss = stay.chance * still, (1 - stay.chance) * still_lost
    total = move + loss
    share = np.divide(move, total, out=np.zeros(len(at)), where=total > 0)
    is_move = drawn[0] < share
    with np.errstate(over="ignore"):
        moved = days(stay.family, stay.median, stay.spread, -ndtri(still * drawn[1]))
        lost = days("log-normal", lost_median, stay.lost_spread, -ndtri(still_lost * drawn[1]))
    return is_move, np.where(is_move, moved, lost)
