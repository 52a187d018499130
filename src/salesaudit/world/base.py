"""What every part of the made-up world stands on: kinds of arrays, and the company's clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.datetime64]  # seconds, in the company's own time
Whole = NDArray[np.int64]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

HOUR = 3600
DAY = 24 * HOUR
OPENS, CLOSES = 9 * HOUR, 18 * HOUR
NEVER = np.datetime64("NaT", "s")


def office_time(at: Times, rng: np.random.Generator, holidays: Sequence[date]) -> Times:
    """The same moment in office hours, else the first hour of the next working day."""
    return in_office(at, rng.integers(0, HOUR, len(at)), holidays)


def in_office(at: Times, after_opening: Whole, holidays: Sequence[date]) -> Times:
    """As ``office_time``, with the seconds after opening of those who have to wait."""
    day = at.astype("datetime64[D]")
    seconds = (at - day).astype(np.int64)
    late = (seconds >= CLOSES).astype(np.int64)
    working = np.busday_offset(day + late, 0, roll="forward", holidays=list(holidays))
    waits = (working != day) | (seconds < OPENS)
    opening = working.astype("datetime64[s]") + OPENS + after_opening
    return np.where(waits, opening, at)


def pick(shares: Sequence[float], drawn: Floats) -> Whole:
    """Places in ``shares``, chosen by uniform draws."""
    upto = np.cumsum(shares) / np.sum(shares)
    return np.minimum(np.searchsorted(upto, drawn, side="right"), len(shares) - 1)
