"""Rates of several people who were dealt unequal cases: pulled together as far as chance reaches.

A binomial mixed model on cells of (person, stratum): the strata take up what kind of case it was,
the person's effect is drawn towards zero, and how far is weighed over a grid of spreads.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.linalg import cho_factor, cho_solve, solve_triangular
from scipy.special import expit, logsumexp

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats, Range

SPREADS = (0.03, 0.06, 0.1, 0.15, 0.2, 0.27, 0.35, 0.45, 0.6, 0.8, 1.1)  # sd of effects, log-odds
TYPICAL = 0.5  # mode of the prior of the spread, log-odds
LEVEL, CONTRAST = 10.0, 1.5  # prior sd of the common level, and of what a stratum adds to it
DRAWS = 4_000
STEPS = 100  # of Newton; a handful does
CLOSE = 1e-10  # largest last step of Newton, log-odds


class Mode(NamedTuple):
    """The most likely effects under one spread."""

    coefficients: Floats  # level, then one for each column of the design
    effects: Floats  # one a person, log-odds
    evidence: float  # log, by Laplace, up to a constant that all spreads share
    factor: Floats  # lower Cholesky factor of the curvature


class MixedRates(NamedTuple):
    """Joint draws: row by row one state of the world; everything said rests on them."""

    rates: Floats  # (draws, people): the rate that each would have on the common mix
    effects: Floats  # (draws, people), log-odds against the common level
    spread: Floats  # (draws,), sd of the effects

    def adjusted(self, person: int) -> Range:
        """A person's rate on the common mix: mean and 95 % range."""
        return summary(self.rates[:, person])

    def deviation(self) -> Range:
        """How far people's rates lie from each other: their standard deviation, with its range."""
        return summary(self.rates.std(axis=1))

    def better(self) -> Floats:
        """Chance that each person's effect is above zero."""
        chance: Floats = (self.effects > 0).mean(axis=0)
        return chance

    def top_third(self) -> Floats:
        """Chance that each is among the best third of all; rounded down, so 0 under 3 people."""
        people = self.rates.shape[1]
        rank = (-self.rates).argsort(axis=1).argsort(axis=1)
        chance: Floats = (rank < people // 3).mean(axis=0)
        return chance

    def differ(self, least: float = 0.1) -> float:
        """Chance that the spread exceeds ``least``, log-odds."""
        return float((self.spread > least).mean())


def mixed_rates(
    cases: ArrayLike,
    successes: ArrayLike,
    rng: np.random.Generator,
    *,
    design: ArrayLike | None = None,
    draws: int = DRAWS,
) -> MixedRates:
    """Draws of every person's rate on the mix of all cases together.

    ``logit p(r, s) = level + design[s] . b + u[r]`` with ``level ~ N(0, 10^2)``,
    ``b ~ N(0, 1.5^2)``, ``u ~ N(0, sd^2)``, and sd on a grid under a Rayleigh prior, which is
    zero at zero: a plain maximum would say for a few people that they do not differ at all.

    Args:
        cases: shape (people, strata), cases of each person in each stratum, at least one in all.
        successes: the same shape, those that succeeded.
        rng: for the draws.
        design: shape (strata, columns), what each stratum is made of; by default a column each.
        draws: number of draws.

    Raises:
        StatisticError: no case, or more successes than cases.

    Source:
        Chung, Rabe-Hesketh, Dorie, Gelman and Liu (2013), Psychometrika 78, 685-709, for a prior
        that vanishes at zero; Tierney and Kadane (1986), J. Am. Stat. Assoc. 81, 82-86, for the
        evidence; Efron and Morris (1975), J. Am. Stat. Assoc. 70, 311-319, whose batting averages
        are repeated by the test.
    """
    n, x, d = _checked(cases, successes, design)
    modes = [mode(n, x, sd, design=d) for sd in SPREADS]
    counts = rng.multinomial(draws, _weights([found.evidence for found in modes]))
    mix = n.sum(axis=0) / n.sum()
    level, people = d.shape[1] + 1, n.shape[0]
    drawn = np.concatenate([_draw(m, int(k), rng) for m, k in zip(modes, counts, strict=True)])
    effects = drawn[:, level:]
    strata = drawn[:, :1] + drawn[:, 1:level] @ d.T
    rates = np.zeros((draws, people))
    for place in np.flatnonzero(mix):
        rates += mix[place] * expit(strata[:, [place]] + effects)
    return MixedRates(rates, effects, np.repeat(SPREADS, counts))


def mode(
    cases: ArrayLike, successes: ArrayLike, sd: float, *, design: ArrayLike | None = None
) -> Mode:
    """The mode of all coefficients for a given spread, by Newton's method.

    Args:
        cases: shape (people, strata).
        successes: the same shape.
        sd: of the people's effects, log-odds, above 0.
        design: shape (strata, columns); by default a column for each stratum.

    Raises:
        StatisticError: no case, more successes than cases, or a spread that is not above 0.
    """
    n, x, d = _checked(cases, successes, design)
    if sd <= 0:
        raise StatisticError("a spread is above 0", got=sd)
    full = np.column_stack([np.ones(len(d)), d])
    level, people = full.shape[1], n.shape[0]
    penalty = np.concatenate(
        [[LEVEL**-2], np.full(level - 1, CONTRAST**-2), np.full(people, sd**-2.0)]
    )
    start = (x.sum() + 0.5) / (n.sum() + 1)
    at = np.zeros(level + people)
    at[0] = np.log(start / (1 - start))
    value = _penalised(at, n, x, full, penalty)
    for _ in range(STEPS):
        gradient, curvature = _slopes(at, n, x, full, penalty)
        step = cho_solve(cho_factor(curvature, lower=True), gradient)
        value, at = _climb(at, step, value, (n, x, full, penalty))
        if np.abs(step).max() < CLOSE:
            break
    _, curvature = _slopes(at, n, x, full, penalty)
    factor = np.asarray(np.linalg.cholesky(curvature), dtype=np.float64)
    evidence = value + np.log(penalty).sum() / 2 - np.log(np.diag(factor)).sum()
    return Mode(at[:level], at[level:], float(evidence), factor)


def _climb(
    at: Floats, step: Floats, value: float, cells: tuple[Floats, Floats, Floats, Floats]
) -> tuple[float, Floats]:
    """A step of Newton, halved as long as it leads down."""
    size = 1.0
    while size > 1e-6:
        there = at + size * step
        found = _penalised(there, *cells)
        if found >= value - 1e-12 * abs(value):
            return found, there
        size /= 2
    return value, at


def _predictor(at: Floats, full: Floats) -> Floats:
    level = full.shape[1]
    eta: Floats = (full @ at[:level])[None, :] + at[level:, None]
    return eta


def _penalised(at: Floats, n: Floats, x: Floats, full: Floats, penalty: Floats) -> float:
    eta = _predictor(at, full)
    return float((x * eta - n * np.logaddexp(0, eta)).sum() - (penalty * at**2).sum() / 2)


def _slopes(
    at: Floats, n: Floats, x: Floats, full: Floats, penalty: Floats
) -> tuple[Floats, Floats]:
    """Gradient, and the negative of the second derivative, of the penalised likelihood."""
    chance = expit(_predictor(at, full))
    left, weight = x - n * chance, n * chance * (1 - chance)
    gradient = np.concatenate([left.sum(axis=0) @ full, left.sum(axis=1)]) - penalty * at
    across = (weight @ full).T
    within = full.T @ (weight.sum(axis=0)[:, None] * full)
    people = np.diag(weight.sum(axis=1))
    return gradient, np.block([[within, across], [across.T, people]]) + np.diag(penalty)


def _weights(evidence: list[float]) -> Floats:
    """Weight of each spread: evidence, prior, and the width of its place on the grid."""
    sd = np.array(SPREADS)
    prior = np.log(sd) - sd**2 / (2 * TYPICAL**2)
    log = np.array(evidence) + prior + np.log(np.gradient(sd))
    weights: Floats = np.exp(log - logsumexp(log))
    weights /= weights.sum()
    return weights


def _draw(found: Mode, count: int, rng: np.random.Generator) -> Floats:
    centre = np.concatenate([found.coefficients, found.effects])
    noise = rng.standard_normal((len(centre), count))
    drawn: Floats = centre + solve_triangular(found.factor.T, noise, lower=False).T
    return drawn


def _checked(
    cases: ArrayLike, successes: ArrayLike, design: ArrayLike | None
) -> tuple[Floats, Floats, Floats]:
    n, x = (np.asarray(a, dtype=np.float64) for a in (cases, successes))
    if n.ndim != 2 or n.shape != x.shape or not n.sum() > 0:
        raise StatisticError("people by strata with at least one case", got=n.shape)
    if bool(((x < 0) | (x > n)).any()):
        raise StatisticError("successes are among the cases", got=float((x - n).max()))
    strata = n.shape[1]
    d = np.eye(strata) if design is None else np.asarray(design, dtype=np.float64)
    if design is None and strata == 1:
        d = np.zeros((1, 0))  # the level says it all
    if d.ndim != 2 or d.shape[0] != strata:
        raise StatisticError("the design has a row for each stratum", got=d.shape)
    return n, x, d


def summary(drawn: Floats) -> Range:
    """Mean and 95 % range of draws, shape (draws,)."""
    lower, upper = np.quantile(drawn, [0.025, 0.975])
    return Range(float(drawn.mean()), float(lower), float(upper))
