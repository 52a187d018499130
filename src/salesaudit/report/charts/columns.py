"""Counts by month as columns; a month that is not over is outlined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.report.charts.scale import Scale, ticks
from salesaudit.report.charts.svg import Caption, Drawing, width_of

FOOT = 22


class Column(NamedTuple):
    """One month."""

    label: str  # empty where the axis has no room for one
    value: float
    full: bool = True


def columns(
    months: Sequence[Column],
    tick: Callable[[float], str],
    caption: Caption,
    *,
    narrow: bool = False,
) -> Markup:
    """Columns over a zero line, with at most four hairlines."""
    width, height = (330.0, 190.0) if narrow else (424.0, 216.0)
    high = max((month.value for month in months), default=0) or 1
    marks = ticks(high)
    left = max(width_of(tick(mark), 12) for mark in marks) + 8
    up = Scale(0, high, height - FOOT, 12)
    drawing = Drawing(width, height, caption)
    for mark in marks:
        drawing.line(left, up(mark), width, up(mark), "axis" if mark == 0 else "grid")
        drawing.text(left - 8, up(mark) + 4, tick(mark), "x", "end")
    step = (width - left) / max(len(months), 1)
    _columns(drawing, months, (left, step), up)
    last = -100.0
    for index, month in enumerate(months):
        room = width_of(month.label, 12)
        middle = min(max(left + (index + 0.5) * step, room / 2), width - room / 2)
        if month.label and middle - room / 2 >= last + 6:
            drawing.text(middle, height - 5, month.label, "x", "middle")
            last = middle + room / 2
    return drawing.markup("nar" if narrow else "wid")


def word(months: Sequence[Column]) -> Markup:
    """The same in the size of a word."""
    drawing = Drawing(132, 30)
    up = Scale(0, max((month.value for month in months), default=1) or 1, 28, 2)
    _columns(drawing, months, (0, 132 / max(len(months), 1)), up)
    drawing.line(0, 28.5, 132, 28.5, "axis")
    return drawing.markup()


def _columns(
    drawing: Drawing, months: Sequence[Column], place: tuple[float, float], up: Scale
) -> None:
    """All columns: the full ones as one shape, the outlined ones as another."""
    left, step = place
    gap, foot = min(3.0, step * 0.15), up(0)
    full, outlined = [], []
    for index, month in enumerate(months):
        at, top = left + index * step + gap, up(month.value)
        if month.full:
            full.append((at, top, step - 2 * gap, foot - top))
        elif foot - top > 1:
            outlined.append((at + 0.5, top + 0.5, step - 2 * gap - 1, foot - top - 0.5))
        else:
            drawing.line(at, foot, at + step - 2 * gap, foot, "ds")
    drawing.boxes(full, "d")
    drawing.boxes(outlined, "p ds")
