"""People's cases by kind, as arrays: rare kinds are pooled until there are few enough.

What is left of a kind enters as main effects (which channel, which size, ...), so that many kinds
can stand apart without a number of their own for each.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from salesaudit.statistics.base import Counts, Floats

Kind = tuple[str | None, ...]  # what a case is, part by part
MOST = 60  # kinds
ALONE = 30  # of them, the largest: never pooled
OTHERS = "\x00"  # stands for all that were dropped


class Case(NamedTuple):
    """Cases of a person and kind: how many, and how many of them moved on."""

    person: str
    kind: Kind
    n: int
    moved: int


class Strata(NamedTuple):
    """People by kinds of cases."""

    people: tuple[str, ...]
    cases: Counts  # (people, kinds)
    moved: Counts
    design: Floats  # (kinds, columns): which channel, size, tenure and product a kind has


def strata(cases: Sequence[Case], dropped: Sequence[int]) -> Strata:
    """The arrays; people in the order of their ids.

    Args:
        cases: each with a kind of as many parts.
        dropped: places of a kind's parts; of rare kinds the first is dropped first.
    """
    pooled = _pooled(cases, dropped)
    people = tuple(sorted({case.person for case in cases}))
    kinds = sorted(set(pooled.values()), key=lambda kind: [part or "" for part in kind])
    row = {person: place for place, person in enumerate(people)}
    column = {kind: place for place, kind in enumerate(kinds)}
    n = np.zeros((len(people), len(kinds)), dtype=np.int64)
    moved = np.zeros_like(n)
    for case in cases:
        at = row[case.person], column[pooled[case.kind]]
        n[at] += case.n
        moved[at] += case.moved
    return Strata(people, n, moved, _design(kinds))


def _pooled(cases: Sequence[Case], dropped: Sequence[int]) -> dict[Kind, Kind]:
    found = {case.kind: case.kind for case in cases}
    for part in dropped:
        sizes: Counter[Kind] = Counter()
        for case in cases:
            sizes[found[case.kind]] += case.n
        if len(sizes) <= MOST:
            break
        ranked = sorted(sizes, key=lambda kind: (-sizes[kind], [p or "" for p in kind]))
        alone = set(ranked[:ALONE])
        found = {
            kind: now if now in alone else (*now[:part], OTHERS, *now[part + 1 :])
            for kind, now in found.items()
        }
    return found


def _design(kinds: Sequence[Kind]) -> Floats:
    """A column for each value of each part that has more than one."""
    values: dict[int, list[str | None]] = defaultdict(list)
    for kind in kinds:
        for part, value in enumerate(kind):
            if value not in values[part]:
                values[part].append(value)
    columns = [
        [float(kind[part] == value) for kind in kinds]
        for part, known in values.items()
        if len(known) > 1
        for value in known
    ]
    return np.array(columns, dtype=np.float64).reshape(len(columns), len(kinds)).T
