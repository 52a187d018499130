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
    last = -100.0
    for index, month in enumerate(months):
        at = left + index * step
        _column(drawing, month, (at, step), up)
        room = width_of(month.label, 12)
        middle = min(max(at + step / 2, room / 2), width - room / 2)
        if month.label and middle - room / 2 >= last + 6:
            drawing.text(middle, height - 5, month.label, "x", "middle")
            last = middle + room / 2
    return drawing.markup("nar" if narrow else "wid")


def word(months: Sequence[Column]) -> Markup:
    """The same in the size of a word."""
    drawing = Drawing(132, 30)
    up = Scale(0, max((month.value for month in months), default=1) or 1, 28, 2)
    step = 132 / max(len(months), 1)
    for index, month in enumerate(months):
        _column(drawing, month, (index * step, step), up)
    drawing.line(0, 28.5, 132, 28.5, "axis")
    return drawing.markup()


def _column(drawing: Drawing, month: Column, place: tuple[float, float], up: Scale) -> None:
    at, step = place
    gap = min(3.0, step * 0.15)
    top, foot = up(month.value), up(0)
    if month.full:
        drawing.rect(at + gap, top, step - 2 * gap, foot - top, "d")
    elif foot - top > 1:
        drawing.rect(at + gap + 0.5, top + 0.5, step - 2 * gap - 1, foot - top - 0.5, "p ds")
    else:
        drawing.line(at + gap, foot, at + step - gap, foot, "ds")
