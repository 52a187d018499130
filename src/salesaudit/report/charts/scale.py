"""A linear axis and its few round marks."""

from __future__ import annotations

import math
from typing import NamedTuple


class Scale(NamedTuple):
    """From a value to a place on the ground."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        """Where ``value`` lies; beyond the axis it stays at the end."""
        share = (value - self.low) / ((self.high - self.low) or 1)
        return self.start + min(1.0, max(0.0, share)) * (self.end - self.start)


def ticks(high: float, most: int = 5) -> list[float]:
    """At most ``most`` round marks from zero on, none beyond ``high``."""
    if high <= 0:
        return [0.0]
    step = _round_step(high / most)
    return [step * index for index in range(math.floor(high / step + 1e-9) + 1)]


def _round_step(rough: float) -> float:
    size = float(10 ** math.floor(math.log10(rough)))
    return next(size * times for times in (1, 2, 2.5, 5, 10) if size * times >= rough * (1 - 1e-9))
