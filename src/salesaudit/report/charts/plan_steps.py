"""The steps of a plan: bars from one left edge, the part of a whole customer hatched."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.report.charts.svg import Caption, Drawing

WIDTH, LONGEST = 300, 180
TOP, PITCH, THICK = 22, 58, 24
LEAST = 2.5  # units: of a hatched part that would not be seen


class StepBar(NamedTuple):
    """A step: all of it is drawn, of the last one the whole part solid and the rest hatched."""

    label: str
    value: float
    whole: int
    shown: str


def plan_steps(bars: Sequence[StepBar], caption: Caption) -> Markup:
    """The drawing. Its shapes stand in a fixed order: the page's script moves them."""
    drawing = Drawing(WIDTH, TOP + PITCH * len(bars) - 22, caption)
    longest = max(bars[0].value, 1.0)
    for index, bar in enumerate(bars):
        top = TOP + PITCH * index
        drawing.text(0, top - 7, bar.label, "b")
        solid = (bar.whole if bar is bars[-1] else bar.value) / longest * LONGEST
        drawing.rect(0, top, solid, THICK, "d")
        end = solid
        if bar is bars[-1]:
            rest = bar.value / longest * LONGEST - solid
            part = max(rest, LEAST) if rest > 0.01 else 0.0
            drawing.hatched(solid, top + 0.5, part, THICK - 1, "hx")
            end += part
        drawing.text(end + 8, top + 17, bar.shown, "b")
    return drawing.markup("plan-steps")
