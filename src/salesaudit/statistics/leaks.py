"""Leaks: places of the funnel where leads move on less than comparable leads do.

Leads of a step are kept as leaves, the finest groups that any comparison needs. A cell is a set of
leaves beside the leaves that it may be compared with: the rest of its channel, other months, its
own past. One bad cell lowers the baseline of all others, and drags down every cell that shares
leads with it; so what is found leaves both, and everything is asked again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import ndtr

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Floats
from salesaudit.statistics.conversion import Curve, day_reached, product_limit
from salesaudit.statistics.conversion import expected_shares as shares_by_now
from salesaudit.statistics.discoveries import benjamini_hochberg
from salesaudit.statistics.expectation import Comparison, against_others
from salesaudit.statistics.shapley import Bools
from salesaudit.statistics.shocks import QUIET, Cohorts, Shocks, shaken

RATE = 0.05  # expected share of false ones among those found
EXPECTED = 5.0  # conversions without which a cell is not asked
OLD_ENOUGH = 30  # leads of the baseline old enough to have shown most of their conversions
MOST_OF_THEM = 0.9
ROUNDS = 4  # times that the screen runs again


class Leaves(NamedTuple):
    """Leads of a step by leaf and day; every array has shape (leaves, days)."""

    converted: Floats  # by lag
    converted_ages: Floats  # all converted ones, by age
    ages: Floats  # all leads, by age


class Cell(NamedTuple):
    """What is asked about, and what it is compared with; no leaf is in both."""

    own: Bools  # (leaves,)
    others: Bools  # (leaves,)


class Step(NamedTuple):
    """A step of the funnel with every cell that was declared for it before looking."""

    leaves: Leaves
    cells: Sequence[Cell]
    cohorts: Cohorts  # what is shaken together: a month of a segment
    shocks: Shocks = QUIET


class Asked(NamedTuple):
    """What is known of one cell; no comparison: it was too small, or nothing of it is left."""

    comparison: Comparison | None  # what no cell found before it explains, against the others
    p_worse: float  # one-sided: moves on less than the others; 1 where not asked
    p_better: float  # the same the other way
    q_worse: float  # over all cells asked, of all steps
    q_better: float

    @property
    def leaks(self) -> bool:
        """Whether the cell is found to move on less."""
        return self.q_worse <= RATE


NOT_ASKED = Asked(None, 1.0, 1.0, 1.0, 1.0)


def screen(steps: Sequence[Step], *, rounds: int = ROUNDS) -> list[list[Asked]]:
    """Ask all cells of all steps whether they move on less than comparable leads.

    After a pass the worst cell found in each step leaves the baseline of that step's other cells,
    and its leads leave the cells not found yet: these are asked what it does not explain. Which
    cells are asked is settled by the first pass; one whose baseline left altogether keeps what the
    last pass with a baseline said, one whose own leads did is not found.

    Args:
        steps: with their cells, all of them looks of one family.
        rounds: times that the screen may run again; 0 leaves the baseline as it is.

    Returns:
        What is known of each cell, in the order of steps and cells.

    Raises:
        StatisticError: a cell that is compared with itself, or does not fit the leaves.

    Source:
        Age-matured observed less expected, one-sided, as Breslow and Day (1987), Statistical
        Methods in Cancer Research II; Benjamini and Hochberg (1995), J. R. Stat. Soc. B 57,
        289-300; a baseline purified step by step: Holland and Thayer (1988), Test Validity,
        129-145.
    """
    _check(steps)
    compared = [[_first(step, cell) for cell in step.cells] for step in steps]
    left: list[list[int]] = [[] for _ in steps]
    declared = [[comparison is not None for comparison in cells] for cells in compared]
    asked = _judged(compared, declared)
    for _ in range(rounds):
        found = [_worst(cells, gone) for cells, gone in zip(asked, left, strict=True)]
        if all(cell is None for cell in found):
            break
        for place, cell in enumerate(found):
            if cell is not None:
                left[place].append(cell)
                compared[place] = _again(steps[place], compared[place], left[place])
        asked = _judged(compared, declared)
    return asked


def expected_shares(curve: Curve, ages: ArrayLike) -> Floats:
    """The share of each group expected to have converted, at its leads' ages.

    Args:
        curve: of ``product_limit``.
        ages: shape (groups, days), all leads of each group by age.

    Returns:
        Shape (groups,), fractions; 0 for a group without leads and where there is no curve.
    """
    leads = np.asarray(ages, dtype=np.float64)
    if curve.tau < 0:
        return np.zeros(len(leads))
    return shares_by_now(curve.cumulative[: curve.tau + 1], leads)


def _first(step: Step, cell: Cell) -> Comparison | None:
    """The comparison, where the cell and its baseline are large enough to be asked."""
    found = _compared(step, cell.own, cell.others)
    return found if found is not None and found.expected >= EXPECTED else None


def _again(
    step: Step, before: Sequence[Comparison | None], left: Sequence[int]
) -> list[Comparison | None]:
    """Every cell that was asked, without what has left."""
    gone = np.any([step.cells[cell].own for cell in left], axis=0)
    found: list[Comparison | None] = []
    for place, (cell, last) in enumerate(zip(step.cells, before, strict=True)):
        own = cell.own if place in left else cell.own & ~gone
        others = cell.others & ~gone
        if last is None or not own.any():
            found.append(None)
        elif (own == cell.own).all() and (others == cell.others).all():
            found.append(last)
        else:
            found.append(_compared(step, own, others) or last)
    return found


def _compared(step: Step, own: Bools, others: Bools) -> Comparison | None:
    leaves = step.leaves
    converted_ages, ages = (
        leaves.converted_ages[others].sum(axis=0),
        leaves.ages[others].sum(axis=0),
    )
    curve = product_limit(
        leaves.converted[others].sum(axis=0), ages - converted_ages, converted_ages
    )
    if not _old_enough(curve):
        return None
    converted_ages, ages = leaves.converted_ages[own].sum(axis=0), leaves.ages[own].sum(axis=0)
    shaken_by = _shaken(step, own, others, curve)
    return against_others(converted_ages, ages - converted_ages, curve, shaken=shaken_by)


def _shaken(step: Step, own: Bools, others: Bools, curve: Curve) -> float:
    if step.shocks.variance <= 0:
        return 0.0
    asked = np.flatnonzero(own | others)
    ages = step.leaves.ages[asked]
    expected = expected_shares(curve, ages) * ages.sum(axis=-1)
    return shaken(
        step.shocks,
        expected * own[asked],
        expected * others[asked],
        Cohorts(step.cohorts.segment[asked], step.cohorts.number[asked]),
    )


def _old_enough(curve: Curve) -> bool:
    if curve.tau < 0 or curve.cumulative[curve.tau] <= 0:
        return False
    day = day_reached(curve, MOST_OF_THEM * float(curve.cumulative[curve.tau]))
    return day is not None and curve.old_enough[day] >= OLD_ENOUGH


def _judged(
    compared: Sequence[Sequence[Comparison | None]], declared: Sequence[Sequence[bool]]
) -> list[list[Asked]]:
    """One-sided p-values over all cells that were asked at first; 1 where nothing is left."""
    places = [(i, j) for i, cells in enumerate(declared) for j, asked in enumerate(cells) if asked]
    looks = [compared[i][j] for i, j in places]
    z = np.array([np.nan if look is None else look.z for look in looks])
    worse, better = (np.where(np.isnan(z), 1.0, ndtr(side)) for side in (z, -z))
    q = benjamini_hochberg(worse), benjamini_hochberg(better)
    found = [[NOT_ASKED for _ in cells] for cells in declared]
    for (i, j), look, *chances in zip(places, looks, worse, better, *q, strict=True):
        found[i][j] = Asked(look, *(float(chance) for chance in chances))
    return found


def _worst(cells: Sequence[Asked], left: Sequence[int]) -> int | None:
    """The found cell furthest under the others that has not left yet."""
    found = [place for place, cell in enumerate(cells) if cell.leaks and place not in left]
    return min(found, key=lambda place: cells[place].p_worse, default=None)


def _check(steps: Sequence[Step]) -> None:
    for step in steps:
        size = (len(step.leaves.converted),)
        for cell in step.cells:
            if not cell.own.shape == cell.others.shape == step.cohorts.number.shape == size:
                raise StatisticError("a cell names leaves of its step", got=cell.own.shape)
            if bool((cell.own & cell.others).any()):
                raise StatisticError("no cell is compared with itself", got=cell.own.tolist())
