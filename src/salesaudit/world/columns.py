"""What the tables are made of: columns of one length, and rows of parts that differ in number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from salesaudit.world.base import NEVER, Flags, Floats, Times, Whole

Table = dict[str, NDArray[Any]]  # columns of one length; names of ``warehouse.schema``, and helpers
Known = Mapping[str, Table]  # tables by name, as the company knew them on its last day
Json = dict[str, Any]
Words = NDArray[np.object_]

DIGITS = 6
MOST_OF_A_LEAD = 100  # messages or orders, far more than there ever are on average


def words(texts: Sequence[str]) -> Words:
    """Texts as a column."""
    return np.array(texts, dtype=object)


def whole(values: Floats) -> Words:
    """Numbers as whole ones, in words."""
    return words([f"{value:.0f}" for value in values.tolist()])


def numbered(prefix: str, rows: int, digits: int, *, before: int = 0) -> Words:
    """Ids from 1 on, or, of a block that ``before`` leads came before, from far enough apart."""
    first = before * MOST_OF_A_LEAD
    numbers = range(first + 1, first + rows + 1)
    return words([f"{prefix}{number:0{digits}d}" for number in numbers])


def repeated(many: Whole) -> tuple[Whole, Whole]:
    """For each row as many rows as ``many`` says.

    Returns:
        the row that each belongs to, and its place among that row's, from 0.
    """
    row = np.repeat(np.arange(len(many)), many)
    starts = np.cumsum(many) - many
    return row, np.arange(len(row)) - starts[row]


def seconds(spans: NDArray[np.floating[Any]]) -> NDArray[np.timedelta64]:
    """Spans as whole seconds of time."""
    return spans.astype(np.int64).astype("timedelta64[s]")


def rows_of(table: Table, rows: Whole | Flags) -> Table:
    """These rows of a table, in this order."""
    return {name: column[rows] for name, column in table.items()}


def joined(parts: Sequence[Table]) -> Table:
    """Tables of the same columns, one below the other."""
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def known_by(at: Times, end: np.datetime64) -> Times:
    """Moments that are known at the end; later ones have not happened yet."""
    return np.where(at < end, at, NEVER)


def ratio(part: float, whole: float) -> float | None:
    """A share, rounded as the truth has it; none of nothing."""
    return round(float(part) / float(whole), DIGITS) if whole else None


def rounded(value: float) -> float:
    """A number as the truth has it."""
    return round(float(value), DIGITS)
