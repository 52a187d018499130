"""Rates of people who are dealt unequal leads (Q12)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np
from scipy.special import expit
from scipy.stats import binomtest

from salesaudit.facts.rep_model import BEYOND_CHANCE, CHANCE, SURE
from salesaudit.statistics.mixed_rates import mixed_rates
from salesaudit.statistics.proportion import jeffreys_interval
from salesaudit.statistics.shuffled_counts import shuffled_counts
from truth.study import (
    OURS,
    Case,
    Estimated,
    Found,
    Said,
    Study,
    Trial,
    any_false,
    cover,
    false,
    gap,
)

RAW = "plain rates"
CLASSES = np.array([-1.6, -0.9, -0.3, 0.3])  # log-odds of four kinds of leads
RUNS = 300
LEAST, USUAL, MOST = 3, 40, 300  # cases of a person


def _team(people: int, sd: float, rng: np.random.Generator) -> tuple[np.ndarray, ...]:
    """Cases and successes by person and kind, dealt unevenly, and each person's effect."""
    sizes = np.clip(np.round(USUAL * np.exp(rng.normal(0, 1, people))), LEAST, MOST).astype(int)
    shares = rng.dirichlet(np.full(len(CLASSES), 1.2), people)
    n = np.array([rng.multinomial(k, p) for k, p in zip(sizes, shares, strict=True)])
    u = rng.normal(0, sd, people)
    return n, rng.binomial(n, expit(CLASSES + u[:, None])), u


def rates(people: int, sd: float, rng: np.random.Generator) -> Iterable[Trial]:
    """Each person's rate on the mix of all, who is singled out, and who is among the best third."""
    n, x, u = _team(people, sd, rng)
    true = expit(CLASSES + u[:, None]) @ (n.sum(axis=0) / n.sum())
    drawn = mixed_rates(n, x, rng, draws=1_000)
    best = true >= np.sort(true)[-(people // 3)]
    for person in range(people):
        told = drawn.adjusted(person)
        yield Estimated(OURS, told.value, told.lower, told.upper, float(true[person]))
        won, of = int(x[person].sum()), int(n[person].sum())
        lower, upper = (float(end) for end in jeffreys_interval(won, of))
        yield Estimated(RAW, won / of, lower, upper, float(true[person]))
    if people >= 4 and sd > 0:
        for chance, happened in zip(drawn.top_third(), best, strict=True):
            yield Said(OURS, float(chance), bool(happened))
    better = drawn.better()
    yield _flags(OURS, better > BEYOND_CHANCE, better < 1 - BEYOND_CHANCE, u)
    every = x.sum() / n.sum()
    p = np.array(
        [binomtest(int(a), int(b), every).pvalue for a, b in zip(x.sum(1), n.sum(1), strict=True)]
    )
    above = x.sum(axis=1) / n.sum(axis=1) > every
    yield _flags(RAW, (p < 0.05) & above, (p < 0.05) & ~above, u)


def _flags(way: str, above: np.ndarray, below: np.ndarray, u: np.ndarray) -> Found:
    """Who is singled out, and of them whose effect has the other sign or is nil."""
    wrong = int((above & (u <= 0)).sum() + (below & (u >= 0)).sum())
    return Found(way, len(u), int(above.sum() + below.sum()) - wrong, wrong)


def differ(people: int, sd: float, rng: np.random.Generator) -> Iterable[Found]:
    """Is it said that the team's people differ?"""
    n, x, _ = _team(people, sd, rng)
    sure = mixed_rates(n, x, rng, draws=1_000).differ() > SURE
    said = int(sure and shuffled_counts(n, x, rng) < CHANCE)
    there = int(sd > 0)
    yield Found(OURS, there, said * there, said * (1 - there))
    yield Found("the spread alone", there, int(sure) * there, int(sure) * (1 - there))


STUDY = Study(
    id="team",
    title="Each person's rate",
    about="Adjusted rates on the mix of cases that all share, by a mixed model; beside them plain "
    "rates, and a binomial test of each person against the team. Found: people who are said to do "
    "better (or, on their own sheet, to have something to gain); false: of the other sign. The gap "
    "is that of stated chances to be among the best third.",
    cases=(
        Case("12 people, sd 0.35", partial(rates, 12, 0.35), (cover(), false(0.025), gap()), RUNS),
        Case(
            "5 people, sd 0.35", partial(rates, 5, 0.35),
            (cover(0.93, 0.99), false(0.025), gap()), RUNS,
        ),
        Case("12 people who do not differ", partial(rates, 12, 0.0), (cover(0.93, 1.0),), RUNS),
        Case("do 12 differ? They do not", partial(differ, 12, 0.0), (any_false(),), RUNS),
        Case("do 5 differ? They do not", partial(differ, 5, 0.0), (any_false(),), RUNS),
        Case("do 12 differ? By sd 0.35", partial(differ, 12, 0.35), (), RUNS),
    ),
)  # fmt: skip
