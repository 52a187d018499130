"""Which definition stands behind a reported rate."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from itertools import product

import numpy as np

from salesaudit.statistics.definitions import Reported, fitting_definitions, reported
from truth.study import OURS, Case, Found, Study, any_false, power

NEAREST = "the nearest definition"
RUNS = 2_000
SWITCHES = 5  # of few cases each: duplicates, tests, recycled, time zone, open ones


def named(numbers: int, digits: int, known: bool, rng: np.random.Generator) -> Iterable[Found]:
    """Rates of some months printed by one definition of the grid, or by none of them."""
    grid = _grid(numbers, rng)
    own = int(rng.integers(len(grid)))
    true = grid[own] if known else grid[own] * (1 + 0.2 * rng.standard_normal(numbers))
    printed = [reported(f"{value:.{digits}f}") for value in true]
    fits = fitting_definitions(grid, printed)
    first = fits.definitions[0] if fits.definitions else None
    told = fits.believed if not known else first is not None
    yield _judged(OURS, grid, first if told else None, own if known else None)
    yield _judged(NEAREST, grid, _nearest(grid, printed), own if known else None)


def _grid(numbers: int, rng: np.random.Generator) -> np.ndarray:
    """Rates in percent by 2 numerators, 4 denominators and switches: 256 definitions."""
    entered = rng.poisson(400, numbers).astype(float)
    decided = rng.binomial(entered.astype(int), 0.6)
    matured = rng.binomial(entered.astype(int), 0.8)
    before = rng.binomial(entered.astype(int), 0.35)
    won = [rng.binomial(before, 0.4), rng.binomial(before, 0.4)]  # by close date, by cohort
    few = rng.binomial(20, 0.4, (SWITCHES, 2, numbers))
    return np.array(
        [
            100
            * (won[numerator] + np.tensordot(switched, few[:, 0], 1))
            / (
                (entered, matured, decided, before)[denominator]
                + np.tensordot(switched, few.sum(1), 1)
            )
            for numerator, denominator, *switched in product(
                range(2), range(4), *[range(2)] * SWITCHES
            )
        ]
    )


def _nearest(grid: np.ndarray, printed: list[Reported]) -> int:
    value = np.array([one.value for one in printed])
    return int(np.argmin(np.abs(grid - value).mean(axis=1)))


def _judged(method: str, grid: np.ndarray, told: int | None, own: int | None) -> Found:
    if own is None:
        return Found(method, 0, 0, int(told is not None))
    right = told is not None and bool(np.array_equal(grid[told], grid[own]))
    return Found(method, 1, int(right), int(told is not None and not right))


STUDY = Study(
    id="definitions",
    title="Which definition stands behind a reported rate",
    about="Rates of some months, printed by one of 256 definitions of near numbers, or by none of "
    "them. Found is the true one named first. Beside it the definition with the least miss, taken "
    "for the true one.",
    cases=(
        Case("3 numbers to a tenth of a percent", partial(named, 3, 1, True), (power(0.95),), RUNS),
        Case("6 numbers to a tenth of a percent", partial(named, 6, 1, True), (power(0.95),), RUNS),
        Case("3 numbers in whole percents", partial(named, 3, 0, True), (), RUNS),
        Case("12 numbers in whole percents", partial(named, 12, 0, True), (), RUNS),
        Case(
            "3 numbers that no definition made", partial(named, 3, 1, False), (any_false(),), RUNS
        ),
    ),
)
