"""The end of knowledge T, and since when and until when each stamp is on record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

GAP = timedelta(days=31)
STRAY_SHARE = 0.01  # stamps behind a gap that are under this share of their column are set aside


class Recorded(NamedTuple):
    """From when to when a column's stamps are on record.

    ``after`` stamps lie behind a gap at the newest end and ``before`` ones ahead of a gap at the
    oldest; both are set aside and move neither end.
    """

    table: str
    column: str
    first: date
    last: date
    stamps: int
    before: int
    after: int
    oldest: date  # of all stamps, those set aside included
    newest: date


def recorded(table: str, column: str, days: Sequence[tuple[date, int]]) -> Recorded | None:
    """The span of a column's stamps, or None if it has none.

    Args:
        table: name of the table.
        column: name of the stamp.
        days: (day, number of stamps), each day once.
    """
    if not days:
        return None
    ordered = sorted(days)
    total = sum(count for _, count in ordered)
    after = _stray(list(reversed(ordered)), total)
    before = _stray(ordered, total)
    kept = ordered[before : len(ordered) - after]
    return Recorded(
        table,
        column,
        first=kept[0][0],
        last=kept[-1][0],
        stamps=total,
        before=sum(count for _, count in ordered[:before]),
        after=sum(count for _, count in ordered[len(ordered) - after :]),
        oldest=ordered[0][0],
        newest=ordered[-1][0],
    )


def end_of_knowledge(spans: Sequence[Recorded]) -> date | None:
    """The day of the newest stamp that is not set aside."""
    return max((span.last for span in spans), default=None)


def _stray(days: list[tuple[date, int]], total: int) -> int:
    """How many days at the head lie beyond a gap and hold under one in a hundred stamps."""
    stray = seen = 0
    for place, ((day, count), (following, _)) in enumerate(pairwise(days), 1):
        seen += count
        if seen >= STRAY_SHARE * total:
            break
        if abs(following - day) > GAP:
            stray = place
    return stray
