"""The funnel once for each group, side by side: shares of the group's own first stage."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.report.charts.svg import Caption, Drawing, fit, width_of

LINE, HEAD, GAP = 19.0, 26.0, 28.0
LABEL, FIGURE = 88.0, 50.0  # room for a stage's name, and for its count


class Stage(NamedTuple):
    """A stage of one group."""

    label: str
    share: float  # of the group's first stage
    shown: str


class Panel(NamedTuple):
    """One group."""

    title: str
    figure: str
    stages: tuple[Stage, ...]


def small_funnels(panels: Sequence[Panel], caption: Caption, *, narrow: bool = False) -> Markup:
    """Three panels in a row, or one on a telephone."""
    across, each = (1, 330.0) if narrow else (3, 288.0)
    deep = max((len(panel.stages) for panel in panels), default=0)
    pitch = HEAD + deep * LINE + GAP
    lines = -(-len(panels) // across)
    drawing = Drawing(330.0 if narrow else 912.0, max(lines * pitch - GAP, 10), caption)
    bars = []
    for index, panel in enumerate(panels):
        left, top = index % across * (each + 24), index // across * pitch
        drawing.text(left + each, top + 14, panel.figure, "s", "end")
        room = each - width_of(panel.figure) - 12
        drawing.text(left, top + 14, fit(panel.title, room), "b")
        for place, stage in enumerate(panel.stages):
            base = top + HEAD + place * LINE
            length = stage.share * (each - LABEL - FIGURE)
            bars.append((left + LABEL, base + 2, max(length, 1), LINE - 6))
            drawing.text(left, base + 13, fit(stage.label, LABEL - 8, 12), "x")
            drawing.text(left + LABEL + length + 6, base + 13, stage.shown, "sm")
    drawing.boxes(bars, "d")
    return drawing.markup("nar" if narrow else "wid")
