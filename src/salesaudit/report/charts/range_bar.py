"""A figure in the size of a word: a dot and a line on the row's axis."""

from __future__ import annotations

from markupsafe import Markup

from salesaudit.report.charts.scale import Scale
from salesaudit.report.charts.svg import Drawing


def range_bar(
    value: float,
    lower: float | None,
    upper: float | None,
    high: float,
    *,
    hollow: bool = False,
    tone: str = "",
) -> Markup:
    """From zero to ``high``; the text beside it says the same."""
    drawing = Drawing(132, 24)
    across = Scale(0, high, 7, 125)
    drawing.line(7, 12, 125, 12, "grid")
    for end in (7, 125):
        drawing.line(end, 8, end, 16, "axis")
    if lower is not None and upper is not None:
        drawing.line(across(lower), 12, across(upper), 12, f"{tone or 'd'}s w3")
    look = f"p {tone or 'd'}s w2" if hollow else tone or "d"
    drawing.circle(across(value), 12, 5, look)
    return drawing.markup()
