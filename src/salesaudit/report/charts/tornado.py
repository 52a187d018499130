"""What a plan hangs on: the return as each input moves through its range, the widest first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.report.charts.dot_quantiles import kept
from salesaudit.report.charts.scale import Scale
from salesaudit.report.charts.svg import Caption, Drawing

WIDTH, LEFT, RIGHT = 300, 30, 268
TOP, PITCH, THICK = 56, 46, 14


class Swing(NamedTuple):
    """An input and the return at either end of its range."""

    label: str
    lower: float
    upper: float
    shown: tuple[str, str]


class Lines(NamedTuple):
    """The floor, and the return of the plan as it is."""

    floor: float
    now: float
    marks: tuple[str, str]


def tornado(swings: Sequence[Swing], lines: Lines, caption: Caption) -> Markup:
    """The drawing; what lies below the floor is marked. The page's script moves its shapes."""
    drawing = Drawing(WIDTH, TOP + PITCH * len(swings) - 16, caption)
    reached = [lines.floor, lines.now, *(end for s in swings for end in (s.lower, s.upper))]
    scale = Scale(min(reached), max(reached), LEFT, RIGHT)
    floor, now = scale(lines.floor), scale(lines.now)
    foot = TOP + PITCH * len(swings) - 18
    drawing.line(floor, 34, floor, foot, "ref w2")
    drawing.line(now, 34, now, foot, "ds dash")
    drawing.text(kept(floor, WIDTH), 12, lines.marks[0], "b", "middle")
    drawing.text(kept(now, WIDTH), 28, lines.marks[1], "dl b", "middle")
    for index, swing in enumerate(swings):
        top = TOP + PITCH * index
        low, high = scale(swing.lower), scale(swing.upper)
        cut = min(max(floor, low), high)
        drawing.text(0, top - 5, swing.label, "b halo")
        drawing.rect(low, top, cut - low, THICK, "a")
        drawing.rect(cut, top, high - cut, THICK, "d")
        drawing.text(low - 5, top + 12, swing.shown[0], "s halo", "end")
        drawing.text(high + 5, top + 12, swing.shown[1], "s halo")
    return drawing.markup("plan-hangs")
