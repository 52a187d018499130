"""What every statistic returns, and the limits that hold for all of them."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from salesaudit.core.texts import Unit

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


class Status(StrEnum):
    """What an estimate claims to be."""

    MATURED = "matured"  # the final value: little is still to come
    AT_LEAST = "at_least"  # a lower bound: cases are still under way
    OBSERVED = "observed"  # counted
    ASSUMED = "assumed"  # rests on a default that nobody measured
    WITHHELD = "withheld"  # exists and would mislead


class Estimate(NamedTuple):
    """A number with its doubt.

    ``lower`` and ``upper`` bound 95 % two-sided and are None where the number is a count or a
    p-value. ``n`` is the number of independent leads, deals or companies, never of rows; for days
    it is the number of converters.
    """

    value: float | None
    lower: float | None
    upper: float | None
    n: int
    unit: Unit
    method: str
    status: Status
    from_on: date | None = None  # first cohort day that it rests on
    horizon: int | None = None  # days up to which a curve or mean was followed
    uses: tuple[str, ...] = ()  # what it rests on, as the checks of the data name it


class Range(NamedTuple):
    """A number and the interval around it, before anything is claimed of it."""

    value: float
    lower: float
    upper: float
