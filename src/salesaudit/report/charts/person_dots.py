"""One dot for each person, in the size of a word: the team's spread, nobody's name."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from salesaudit.report.charts.scale import Scale
from salesaudit.report.charts.svg import Drawing


def word(values: Sequence[float], high: float) -> Markup:
    """Dots from zero to ``high``; those that would touch stand above each other."""
    drawing = Drawing(132, 30)
    across = Scale(0, high or 1, 5, 127)
    drawing.line(2, 27, 130, 27, "axis")
    placed: list[tuple[float, float]] = []
    for value in sorted(values):
        at, level = across(value), 23.0
        while level > 5 and any(abs(at - x) < 5 and level == y for x, y in placed):
            level -= 5.5
        placed.append((at, level))
        drawing.circle(at, level, 2.6, "d")
    return drawing.markup()
