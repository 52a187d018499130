"""A change of a rate as mix and rate, its parts held to the true ones (C1)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from salesaudit.statistics.mix_and_rate import Change, kitagawa
from truth.study import OURS, Case, Estimated, Found, Study, Trial, any_false, bias, cover

OLD_MIX = "the change at the old mix"
WHOLE = "the change of the whole rate"
SHARES = np.array([[0.4, 0.3, 0.2, 0.1], [0.2, 0.25, 0.25, 0.3]])
RATES = np.array([0.30, 0.20, 0.12, 0.06])


def rate(leads: int, worse: bool, factor: float, rng: np.random.Generator) -> Iterable[Trial]:
    """The part of rate: what like cases do, whatever the mix."""
    share, rates = _truth(worse, factor)
    n, seen = _drawn(leads, share, rates, rng)
    found = kitagawa(n, seen, seen * (1 - seen) / np.maximum(n, 1))
    true = _true(share, rates).rate.value
    yield Estimated(OURS, *found.rate.range(), true)
    w = n[0] / n[0].sum()
    yield Estimated(OLD_MIX, float(w @ (seen[1] - seen[0])), None, None, true)
    yield Estimated(WHOLE, *found.total.range(), true)


def mix(leads: int, worse: bool, factor: float, rng: np.random.Generator) -> Iterable[Trial]:
    """The part of mix: what other cases do, were their rates those of both periods."""
    share, rates = _truth(worse, factor)
    n, seen = _drawn(leads, share, rates, rng)
    found = kitagawa(n, seen, seen * (1 - seen) / np.maximum(n, 1))
    yield Estimated(OURS, *found.mix.range(), _true(share, rates).mix.value)


def _truth(worse: bool, factor: float) -> tuple[np.ndarray, np.ndarray]:
    return SHARES if worse else SHARES[[0, 0]], np.array([RATES, RATES * factor])


def _drawn(
    leads: int, share: np.ndarray, rates: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    n = np.array([rng.multinomial(leads, side) for side in share])
    return n, rng.binomial(n, rates) / np.maximum(n, 1)


def _true(share: np.ndarray, rates: np.ndarray) -> Change:
    return kitagawa(share, rates, np.zeros_like(rates))


def reversal(leads: int, factor: float, rng: np.random.Generator) -> Iterable[Found]:
    """Is it said that like cases moved the other way than the whole? The mix worsens."""
    share, rates = _truth(True, factor)
    n, seen = _drawn(leads, share, rates, rng)
    found = kitagawa(n, seen, seen * (1 - seen) / np.maximum(n, 1))
    true = _true(share, rates)
    there = int(true.total.value * true.rate.value < 0)
    plain = found.total.value * found.rate.value < 0
    for way, said in ((OURS, int(found.reversed)), ("signs alone", int(plain))):
        yield Found(way, there, said * there, said * (1 - there))


NONE, SOME = bias(-0.005, 0.005), bias(-0.02, 0.02)  # absolute where the true part is zero
CHANGES = (
    ("nothing changes", False, 1.0, {rate: NONE, mix: NONE}),
    ("the mix worsens", True, 1.0, {rate: NONE, mix: SOME}),
    ("the mix worsens, rates rise by a quarter", True, 1.25, {rate: SOME, mix: SOME}),
)
STUDY = Study(
    id="mix-and-rate",
    title="Why a rate changed: mix or rate",
    about="Two periods of four groups whose rates are 30, 20, 12 and 6 %. The part of rate, by "
    "Kitagawa, with its standard error; beside it the change at the old mix, and the change of "
    "the whole. Then the part of mix. Bias is relative to the true part, or absolute where that "
    "is zero. Last: is a reversal said (Simpson's paradox)?",
    cases=(
        *(
            Case(f"{part.__name__}: {leads:,} leads a period, {name}",
                 partial(part, leads, worse, factor), (need[part], cover()))
            for part in (rate, mix)
            for leads in (300, 3_000)
            for name, worse, factor, need in CHANGES
        ),
        Case("reversal: there is none, rates stand still",
             partial(reversal, 3_000, 1.0), (any_false(),)),
        Case("reversal: rates rise by a quarter, the whole falls", partial(reversal, 3_000, 1.25)),
        Case("reversal: the same, 20,000 leads", partial(reversal, 20_000, 1.25)),
    ),
)  # fmt: skip
