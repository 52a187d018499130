"""Rates or means with their ranges as dots and lines on one axis."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.report.charts.scale import Scale, ticks
from salesaudit.report.charts.svg import Caption, Drawing, fit, width_of

TONES = {"data": ("d", "ds", ""), "alert": ("a", "as", "al"), "grey": ("e", "es", "")}


class Dot(NamedTuple):
    """One row: ``hollow`` where few cases stand behind it."""

    label: str
    value: float | None
    lower: float | None
    upper: float | None
    shown: str
    range: str
    cases: str
    tone: str = "data"
    hollow: bool = False


class Group(NamedTuple):
    """Rows under a heading."""

    title: str
    dots: tuple[Dot, ...]


class Reference(NamedTuple):
    """What all together have."""

    value: float
    label: str


class Axis(NamedTuple):
    """How the axis and the columns beside it are written."""

    tick: Callable[[float], str]
    head_value: str
    head_count: str
    reference: Reference | None = None
    band: tuple[float, float] | None = None  # behind all rows


class Layout(NamedTuple):
    """Where the axis lies, and where the value beside it ends."""

    width: float
    left: float
    right: float
    row: float
    value: float
    narrow: bool = False


WIDE = Layout(width=912, left=172, right=616, row=30, value=704)
NARROW = Layout(width=330, left=8, right=318, row=46, value=0, narrow=True)


def interval_dots(
    groups: Sequence[Group], axis: Axis, caption: Caption, layout: Layout = WIDE
) -> Markup:
    """Groups of rows on one axis that starts at zero."""
    narrow = layout.narrow
    groups = [group for group in groups if group.dots]
    scale, marks = _scale(groups, axis, layout)
    heads = [24.0 if group.title else 0.0 for group in groups]
    rows = sum(len(group.dots) for group in groups)
    foot = 26 + sum(heads) + rows * layout.row
    drawing = Drawing(layout.width, foot + 20, caption)
    if axis.band is not None:
        left, right = scale(axis.band[0]), scale(axis.band[1])
        drawing.rect(left, 22, right - left, foot - 22, "band")
    for mark in marks:
        drawing.line(scale(mark), 22, scale(mark), foot, "grid")
        drawing.text(scale(mark), foot + 16, axis.tick(mark), "x", _anchor(mark, marks, layout))
    _reference(drawing, axis, scale, foot)
    if not narrow:
        drawing.text(layout.value + 4, 13, axis.head_value, "x", "middle")
        drawing.text(layout.width, 13, axis.head_count, "x", "end")
    top = 26.0
    for group, head in zip(groups, heads, strict=True):
        if group.title:
            drawing.line(0, top + 1, layout.width, top + 1, "grid")
            drawing.text(0, top + 17, fit(group.title, layout.width), "x halo")
        top += head
        for dot in group.dots:
            _row(drawing, dot, scale, top, layout)
            top += layout.row
    return drawing.markup("nar" if narrow else "wid")


def _scale(groups: Sequence[Group], axis: Axis, layout: Layout) -> tuple[Scale, list[float]]:
    dots = [dot for group in groups for dot in group.dots]
    solid = [end for dot in dots if _compared(dot) for end in (dot.value, dot.upper) if end]
    dim = [dot.value for dot in dots if dot.value]
    ends = [*solid, *dim, axis.reference.value if axis.reference else 0.0]
    high = max(ends) * 1.03 or 1.0
    return Scale(0, high, layout.left, layout.right), ticks(high)


def _compared(dot: Dot) -> bool:
    """Whether a row's range must fit; the others' may leave the axis, with an arrow."""
    return not dot.hollow and dot.tone != "grey"


def _anchor(mark: float, marks: Sequence[float], layout: Layout) -> str:
    if not layout.narrow:
        return "middle"
    return "start" if mark == marks[0] else "end" if mark == marks[-1] else "middle"


def _reference(drawing: Drawing, axis: Axis, scale: Scale, foot: float) -> None:
    if axis.reference is None:
        return
    at = scale(axis.reference.value)
    drawing.line(at, 18, at, foot, "ref")
    half = width_of(axis.reference.label) / 2 + 2
    drawing.text(max(at, half), 13, axis.reference.label, "b", "middle")


def _row(drawing: Drawing, dot: Dot, scale: Scale, top: float, layout: Layout) -> None:
    _, _, text = TONES[dot.tone]
    if layout.narrow:
        middle = top + 31
        figures = " ".join(part for part in (dot.shown, _in_brackets(dot.range)) if part)
        figures = " · ".join(part for part in (figures, dot.cases) if part)
        drawing.text(layout.width, top + 15, figures, f"s halo {text}", "end")
        room = layout.width - width_of(figures) - 10
        drawing.text(0, top + 15, fit(dot.label, room), f"b halo {text}")
    else:
        middle = top + 15
        drawing.text(layout.left - 14, middle + 4.5, fit(dot.label, layout.left - 16), text, "end")
        drawing.text(layout.value, middle + 4.5, dot.shown, f"b {text}", "end")
        drawing.text(layout.value + 7, middle + 4.5, _in_brackets(dot.range), "s")
        drawing.text(layout.width, middle + 4.5, dot.cases, "s", "end")
    _mark(drawing, dot, scale, middle)


def _mark(drawing: Drawing, dot: Dot, scale: Scale, middle: float) -> None:
    fill, stroke, _ = TONES[dot.tone]
    if dot.value is None:
        return
    if dot.lower is not None and dot.upper is not None:
        dash = " dash" if dot.hollow else ""
        end = scale(dot.upper)
        drawing.line(scale(dot.lower), middle, end, middle, f"{stroke} w2{dash}")
        if dot.upper > scale.high:
            arrow = f"M{end:.1f} {middle - 4:.1f}l5 4l-5 4"
            drawing.path(arrow, f"{stroke} w2 nofill")
    look = f"p {stroke} w2" if dot.hollow else fill
    drawing.circle(scale(dot.value), middle, 4.5 if dot.hollow else 5.5, look)


def _in_brackets(text: str) -> str:
    return f"({text})" if text else ""
