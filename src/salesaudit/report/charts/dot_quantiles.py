"""Outcomes of a plan as 20 dots, each one of 20 equally likely futures, and the floor as a line."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.report.charts.scale import Scale, ticks
from salesaudit.report.charts.svg import Caption, Drawing

WIDTH, HEIGHT = 300, 196
LEFT, RIGHT, BASE = 14, 286, 168
TALLEST = 132  # of a pile of dots
PITCH, BINS, MARKS = 13.0, 9, 6
SAME = 1e-9
NAME = 104  # units: room for the name of a line


class Futures(NamedTuple):
    """Values, ascending; those from ``floor`` on are filled."""

    values: Sequence[float]
    floor: float
    unit: float  # distance between neighbouring values where they are not continuous; else 0
    marks: tuple[str, str]  # names of the lines at 1 and at the floor


class Dot(NamedTuple):
    """A dot in its pile."""

    bin: int  # from the floor up; below it they are negative
    place: int  # in the pile, from 0

    @property
    def filled(self) -> bool:
        """Whether this future reaches the floor."""
        return self.bin >= 0


def width_of_bin(values: Sequence[float], unit: float) -> float:
    """Width at which some nine bins hold all; a multiple of the unit, so that none stays empty."""
    span = values[-1] - values[0]
    if unit > 0:
        return max(1, math.ceil(span / unit / BINS - SAME)) * unit
    return span / BINS or 1.0


def piled(futures: Futures, width: float) -> list[Dot]:
    """Dots in bins that are cut at the floor, so that none straddles it."""
    seen: Counter[int] = Counter()
    dots = []
    for value in futures.values:
        at = math.floor((value - futures.floor) / width + SAME)
        dots.append(Dot(at, seen[at]))
        seen[at] += 1
    return dots


def dot_quantiles(futures: Futures, caption: Caption) -> Markup:
    """The drawing. Its shapes stand in a fixed order: the page's script moves them."""
    width = width_of_bin(futures.values, futures.unit)
    dots = piled(futures, width)
    low = max(min(futures.floor + dots[0].bin * width, 1.0, futures.floor), 0.0)
    high = max(futures.floor + (dots[-1].bin + 1) * width, 1.0, futures.floor)
    scale = Scale(low, high, LEFT, RIGHT)
    pile = max(dot.place for dot in dots) + 1
    pitch = min(PITCH, TALLEST / pile)
    across = width / (high - low) * (RIGHT - LEFT)
    radius = max(min(pitch, across, PITCH) / 2 - 0.5, 1.0)
    drawing = Drawing(WIDTH, HEIGHT, caption)
    drawing.line(LEFT, BASE, RIGHT, BASE, "axis")
    one, floor = scale(1), scale(futures.floor)
    drawing.line(one, 20, one, BASE, "es dash")
    drawing.line(floor, 20, floor, BASE, "ref w2")
    named = kept(one, WIDTH), kept(floor, WIDTH)
    apart = abs(named[0] - named[1]) > NAME
    drawing.text(named[0], 14, futures.marks[0] if apart else "", "x", "middle")
    drawing.text(named[1], 14, futures.marks[1], "b", "middle")
    marks = [mark for mark in ticks(high, MARKS - 1) if mark >= low][:MARKS]
    for mark in (*marks, *[None] * (MARKS - len(marks))):
        at, said = (LEFT, "") if mark is None else (scale(mark), f"{mark:g}")
        drawing.text(at, BASE + 18, said, "x", "middle")
    for dot in dots:
        x = scale(futures.floor + (dot.bin + 0.5) * width)
        y = BASE - 2 - pitch * (dot.place + 0.5)
        drawing.circle(x, y, radius, "d" if dot.filled else "p as w2")
    return drawing.markup("plan-dots")


def kept(at: float, width: float) -> float:
    """The middle of a name that stands over ``at`` and stays on the ground."""
    return min(max(at, NAME / 2), width - NAME / 2)
