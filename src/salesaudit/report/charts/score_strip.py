"""A component's score as a strip of four named bands with the range that the data allows."""

from __future__ import annotations

from markupsafe import Markup

from salesaudit.report.charts.scale import Scale
from salesaudit.report.charts.svg import Drawing

BANDS = ((0, 40), (40, 60), (60, 80), (80, 100))
WIDTH, HEIGHT = 300, 24
ACROSS = Scale(0, 100, 1, WIDTH - 1)


def score_strip(lower: float, upper: float, score: float | None) -> Markup:
    """From 0 to 100, a tick at the score where it is told. The words beside it say the same."""
    drawing = Drawing(WIDTH, HEIGHT)
    drawing.boxes(
        [(ACROSS(low) + 1, 8, ACROSS(high) - ACROSS(low) - 2, 8) for low, high in BANDS], "band"
    )
    drawing.rect(ACROSS(lower), 6, max(ACROSS(upper) - ACROSS(lower), 2), 12, "d")
    if score is not None:
        drawing.line(ACROSS(score), 2, ACROSS(score), 22, "ref w2")
    return drawing.markup()


def heads(names: tuple[str, str, str, str]) -> Markup:
    """The names of the bands, over the strips."""
    drawing = Drawing(WIDTH, 16)
    for (low, high), name in zip(BANDS, names, strict=True):
        drawing.text(ACROSS((low + high) / 2), 12, name, "x", "middle")
    return drawing.markup()
