"""How likely what is reported has nothing behind it; and how sure the first places are."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from salesaudit.statistics.discoveries import benjamini_hochberg
from salesaudit.statistics.first_places import SWAP, among_first, swapped
from salesaudit.statistics.local_fdr import densities, local_fdr
from salesaudit.statistics.sparse import sparse
from truth.study import OURS, Case, Estimated, Said, Study, Trial, gap

LIKELIEST = "the likeliest mixture alone"
Q = "the q-value"
POSTERIOR = "by the sizes of effects"
AS_IF_SURE = "the order of the estimates, as if sure"
DRAWS = 1_000


def reported(looks: int, real: float, rng: np.random.Generator) -> Iterable[Trial]:
    """The mean chance over a list held to 5 %, and the share of the list that is false."""
    there = rng.random(looks) < real
    se = rng.uniform(0.08, 0.25, looks)
    size = np.where(there, -rng.uniform(0.2, 0.8, looks), 0.0)
    seen = rng.normal(size, se)
    p = ndtr(seen / se)
    q = benjamini_hochberg(p)
    listed = q <= 0.05
    chances = {
        OURS: local_fdr(p),
        LIKELIEST: _likeliest(p),
        Q: q,
        POSTERIOR: sparse(seen, se**2).null,
    }
    if listed.any():
        false = float(np.mean(~there[listed]))
        for way, chance in chances.items():
            yield Estimated(way, float(chance[listed].mean()), None, None, false)
    for way, chance in chances.items():
        for one, real_one in zip(chance, there, strict=True):
            yield Said(way, min(float(one), 1.0), not real_one)


def _likeliest(p: np.ndarray) -> np.ndarray:
    """As published: one mixture, the likeliest."""
    log = np.log(densities(p)).sum(axis=-1)
    u, a = np.unravel_index(int(log.argmax()), log.shape)
    if log[u, a] <= 0:
        return np.ones_like(p)
    return np.asarray(np.minimum(densities([1.0])[u, a] / densities(p)[u, a], 1.0))


def first_three(looks: int, real: float, sided: bool, rng: np.random.Generator) -> Iterable[Said]:
    """The stated chance of a place among the first three by true worth."""
    money = _money(looks, real, sided, rng)
    best = set(np.argsort(-money.true, kind="stable")[:3].tolist())
    first = set(money.order[:3].tolist())
    for place, chance in enumerate(among_first(money.drawn)):
        yield Said(OURS, float(chance), place in best)
        yield Said(AS_IF_SURE, float(place in first), place in best)


def ordered(looks: int, real: float, sided: bool, rng: np.random.Generator) -> Iterable[Said]:
    """Neighbours among what was found: the stated chance that they stand the right way round."""
    money = _money(looks, real, sided, rng)
    swaps = swapped(money.drawn)
    for one, other in pairwise([place for place in money.order if money.found[place]]):
        right = bool(money.true[one] > money.true[other])
        chance = float(1 - swaps[one, other])
        yield Said(OURS, chance, right)
        yield Said(AS_IF_SURE, 1.0, right)
        if chance >= 1 - SWAP:
            yield Said("those said to be ordered", chance, right)


class _Money(NamedTuple):
    """What cells would bring if they moved on as others do; of most there is nothing to bring."""

    true: np.ndarray  # (looks,)
    drawn: np.ndarray  # (draws, looks)
    found: np.ndarray  # (looks,)
    order: np.ndarray  # (looks,), by expected worth


def _money(looks: int, real: float, sided: bool, rng: np.random.Generator) -> _Money:
    leads = np.exp(rng.normal(6.0, 1.0, looks))
    size = rng.normal(0.0, 0.4, looks) * (rng.random(looks) < real)
    size = -np.abs(size) if sided else size
    se = rng.uniform(0.08, 0.25, looks)
    seen = rng.normal(size, se)
    drawn = leads * -np.expm1(sparse(seen, se**2).draws(DRAWS, rng))
    found = benjamini_hochberg(ndtr(seen / se)) <= 0.05
    order = np.argsort(-drawn.mean(axis=0), kind="stable")
    return _Money(leads * -np.expm1(size), drawn, found, order)


MANY = "half of twelve looks are real: the prior of few real ones draws the first ones too far in"
STUDY = Study(
    id="list",
    title="How sure the list of findings is",
    about="Chances that a look has nothing behind it, from the p-values of its family. The value "
    "is the mean over what is reported at 5 %, the truth the share of it that is false; the gap "
    "is over all looks. Beside it the likeliest mixture alone, as published; the q-value, which "
    "belongs to the list and not to the look; and a mixture for sizes of effects. Then chances of "
    "a place among the first three, and of an order.",
    cases=(
        *(
            Case(f"{looks} looks, {real:.0%} real", partial(reported, looks, real), (), 1_000)
            for looks, real in ((8, 0.2), (32, 0.0), (32, 0.06), (32, 0.2), (100, 0.1), (100, 0.3))
        ),
        *(
            Case(f"{name}, {looks} looks, {real:.0%} real{', all of them leaks' if sided else ''}",
                 partial(run, looks, real, sided), (gap(),), 1_000,
                 missed=MANY if (run, looks, sided) == (first_three, 12, True) else "")
            for name, run in (("first three", first_three), ("neighbours that were found", ordered))
            for looks in (12, 40)
            for real, sided in ((0.3, False), (0.5, True))
        ),
    ),
)  # fmt: skip
