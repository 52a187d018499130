"""What a study is: cases whose truth is known, replicated many times.

A case makes data up, lets a method speak, and returns what it said beside what is true. It may let
plain ways speak too, so that a reader sees what the method is worth.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

import numpy as np

OURS = "ours"
RUNS = 4_000  # replicates of a case


class Estimated(NamedTuple):
    """One estimate. Without a value the method kept silent; without bounds it gave no range."""

    method: str
    value: float | None
    lower: float | None
    upper: float | None
    truth: float
    best: float | None = None  # width of the range that nothing could beat, where it is known


class Found(NamedTuple):
    """What one search for effects reported."""

    method: str
    planted: int  # effects that were there
    found: int  # of them reported
    wrong: int  # reported, and not there or of the other sign


class Said(NamedTuple):
    """A chance that was stated, and what came."""

    method: str
    chance: float
    happened: bool


Trial = Estimated | Found | Said


class Required(NamedTuple):
    """The band in which a measured figure of our method must lie.

    ``what`` is bias (relative, or absolute where the truth is zero), cover, false (share of what is
    reported that is not there), any_false (share of runs that report anything that is not there),
    power, or gap (the worst difference between a stated chance and how often it came true).
    """

    what: str
    least: float
    most: float


def cover(least: float = 0.93, most: float = 0.97) -> Required:
    """Ranges of nominal 95 % hold the truth."""
    return Required("cover", least, most)


def bias(least: float = -0.02, most: float = 0.02) -> Required:
    """On the average the value is the truth."""
    return Required("bias", least, most)


def power(least: float) -> Required:
    """What was planted is found."""
    return Required("power", least, 1.0)


def false(most: float = 0.05) -> Required:
    """What is reported is there."""
    return Required("false", 0.0, most)


def any_false(most: float = 0.05) -> Required:
    """Where there is nothing, nothing is reported."""
    return Required("any_false", 0.0, most)


def gap(most: float = 0.05) -> Required:
    """Stated chances come true as often as they say."""
    return Required("gap", 0.0, most)


class Case(NamedTuple):
    """A world, and what must come out of it.

    ``run`` makes one replicate. It is sent to other processes: a function of a module, or a
    ``functools.partial`` of one. What is required is asked of our method; of every method where
    ``every`` says so, as where each estimate of a whole audit is one.
    """

    name: str
    run: Callable[[np.random.Generator], Iterable[Trial]]
    required: tuple[Required, ...] = ()
    runs: int = RUNS
    every: bool = False
    missed: str = ""  # why a figure that is required is not reached, where that is known


class Study(NamedTuple):
    """Cases of one method.

    ``pooled`` is asked of all replicates of our method in all cases together: it sees a small error
    of every range that no single case can see.
    """

    id: str
    title: str
    about: str  # what is estimated, how, and what the plain ways beside it are
    cases: tuple[Case, ...]
    pooled: tuple[Required, ...] = ()
