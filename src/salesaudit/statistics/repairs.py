"""What it is worth to close several leaks of a funnel together, and each one's share of that.

Gains multiply along the way from lead to customer, so single gains do not add up to the joint one.
It is shared out instead: no money is counted twice, none is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats
from salesaudit.statistics.shapley import MOST, Bools, shapley, shapley_by_orders, subsets

CAP = 0.98  # a repaired rate is no higher, unless it was


class Funnel(NamedTuple):
    """Leads by leaf, a combination of the segments that leak; rates and margins may be draws."""

    leads: Floats  # (leaves,), a year
    rates: Floats  # (leaves, steps) or (draws, leaves, steps), share that moves on
    margins: Floats  # (leaves,) or (draws, leaves), of a customer


class Leak(NamedTuple):
    """Where leads of some leaves move on less than comparable ones."""

    step: int
    leaves: Bools  # (leaves,)


class Credits(NamedTuple):
    """Yearly margin: of each leak, and of all repaired together."""

    of_leaks: Floats  # (leaks,) or (draws, leaks); sums to ``gain``
    gain: Floats  # () or (draws,), v(all) - v(none)


def repair_credits(
    funnel: Funnel, leaks: Sequence[Leak], ratios: Floats, rng: np.random.Generator
) -> Credits:
    """Shapley credits of leaks for the margin that their joint repair would bring.

    Repairing a leak divides the rate of its step by its ratio, in its leaves. Leaves that the same
    leaks touch are valued together, over all subsets of these; so the credits are exact as long as
    no leaf has more than 10 leaks, and over 512 random orders where one has.

    Args:
        funnel: the leaf table.
        leaks: where; none may be named twice.
        ratios: shape (leaks,) or (draws, leaks), the rate there over that of comparable leads,
            above 0.
        rng: for the orders, where needed.

    Raises:
        StatisticError: ratios that are not above 0, or not as many as leaks.

    Source:
        Shapley (1953), Contributions to the Theory of Games II, 307-317. With one segment of leads
        the credits lie near the log-mean shares of Ang (2004), Energy Policy 32, 1131-1139.
    """
    r = np.asarray(ratios, dtype=np.float64)
    if r.ndim not in (1, 2) or r.shape[-1] != len(leaks) or not bool((r > 0).all()):
        raise StatisticError("a ratio above 0 for each leak", got=r.shape)
    drawn = np.broadcast_shapes(r.shape[:-1], funnel.rates.shape[:-2], funnel.margins.shape[:-1])
    of_leaks = np.zeros((len(leaks), *drawn))
    touched = np.array([leak.leaves for leak in leaks]).reshape(len(leaks), funnel.leads.size).T
    for pattern in np.unique(touched, axis=0) if leaks else ():
        here = [place for place, is_here in enumerate(pattern.tolist()) if is_here]
        if here:
            own = _part(funnel, (touched == pattern).all(axis=1))
            of_leaks[here] += _shared(
                _valued(own, [leaks[i].step for i in here], r[..., here]), len(here), rng
            )
    return Credits(np.moveaxis(of_leaks, 0, -1), of_leaks.sum(axis=0))


def _part(funnel: Funnel, kept: Bools) -> Funnel:
    return Funnel(funnel.leads[kept], funnel.rates[..., kept, :], funnel.margins[..., kept])


def _valued(funnel: Funnel, steps: Sequence[int], ratios: Floats) -> Callable[[Bools], Floats]:
    """Yearly margin of these leaves, with the present leaks repaired."""

    def value(present: Bools) -> Floats:
        rates = funnel.rates
        factor = np.ones((*ratios.shape[:-1], rates.shape[-1]))
        for leak, step in enumerate(steps):
            if present[leak]:
                factor[..., step] /= ratios[..., leak]
        raised = rates * factor[..., None, :]
        repaired = np.minimum(raised, np.maximum(rates, CAP))
        worth: Floats = (repaired.prod(axis=-1) * funnel.leads * funnel.margins).sum(axis=-1)
        return worth

    return value


def _shared(value: Callable[[Bools], Floats], players: int, rng: np.random.Generator) -> Floats:
    if players > MOST:
        return shapley_by_orders(value, players, rng)
    return shapley(np.array([value(present) for present in subsets(players)]))
