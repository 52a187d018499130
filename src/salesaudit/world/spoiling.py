"""Tables on their way to the exports, and what is done to them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from salesaudit.world.base import Flags, Whole
from salesaudit.world.columns import Table, rows_of
from salesaudit.world.truth import Company


@dataclass(frozen=True)
class Broken:
    """A row that no reader can take: a copy of another row with something wrong in it."""

    table: str
    after: int  # the row that it copies and follows
    new_id: str  # in place of the copied row's, in the first cell
    column: str  # that holds ``text``; empty: the row breaks off half way
    text: str = ""


@dataclass(frozen=True)
class Planted:
    """What one defect did."""

    table: str
    what: str
    count: int  # rows, or pairs of rows
    ids: tuple[str, ...]


@dataclass
class Spoilt:
    """Tables on their way to the exports; a defect replaces tables, never changes their arrays."""

    company: Company
    leads: int
    tables: dict[str, Table]
    numbered: int  # no lead's number is above this one: those of new rows begin there
    broken: list[Broken] = field(default_factory=list)
    planted: dict[str, Planted] = field(default_factory=dict)

    def rows(self, share: float) -> int:
        """A share of the leads, as a number of rows."""
        return max(2, round(share * self.leads))


Plant = Callable[[Spoilt, np.random.Generator, float], Planted]


class Defect(NamedTuple):
    """A kind of defect, and what its size says."""

    plant: Plant
    size: str


def choose(rng: np.random.Generator, eligible: Flags, many: int) -> Whole:
    """Rows chosen by the least of their scores; a row's score does not depend on the others."""
    scores = np.where(eligible, rng.random(len(eligible)), np.inf)
    many = min(many, int(eligible.sum()))
    return np.sort(np.argsort(scores, kind="stable")[:many])


def in_time(table: Table, by: str = "entered_at") -> Table:
    """The table in the order of a column of times."""
    return rows_of(table, np.argsort(table[by], kind="stable"))


def planted(table: str, what: str, ids: NDArray[np.object_]) -> Planted:
    """What was done to rows with these ids."""
    return Planted(table, what, len(ids), tuple(ids.tolist()))


def lead_ids(numbers: Whole) -> NDArray[np.object_]:
    """The CRM's lead numbers, from numbers that begin with 0."""
    return np.array([f"L{number + 1:06d}" for number in numbers.tolist()], dtype=object)
