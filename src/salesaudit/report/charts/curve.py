"""The cumulative share of leads that became customers by day, with its band."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.report.charts.scale import Scale, ticks
from salesaudit.report.charts.svg import Caption, Drawing, fit, width_of


class Point(NamedTuple):
    """A day of the curve and how many were followed that far."""

    day: float
    share: float
    lower: float | None
    upper: float | None
    at_risk: str = ""


class Mark(NamedTuple):
    """A day on the curve that has a name."""

    day: float
    label: str


class Line(NamedTuple):
    """The curve of a group, beside that of all."""

    label: str
    points: tuple[tuple[float, float], ...]  # day, share
    look: str  # of the stroke
    text: str = "s"


class Labels(NamedTuple):
    """How the axes are written."""

    rate: Callable[[float], str]
    day: Callable[[float], str]
    days: str  # under the day axis
    at_risk: str
    everyone: str = ""  # at the end of the curve of all, where there are others


def curve(
    points: Sequence[Point],
    marks: Sequence[Mark],
    labels: Labels,
    caption: Caption,
    *,
    lines: Sequence[Line] = (),
    narrow: bool = False,
) -> Markup:
    """Steps from day 0 to the last day that enough leads were followed to."""
    width, height = (330.0, 300.0) if narrow else (424.0, 440.0)
    highest = max((point.upper or point.share for point in points), default=0)
    highest = max(highest, *(share for line in lines for _, share in line.points), 0.0)
    rates, days = ticks(highest), ticks(points[-1].day, 6)
    left, foot = max(width_of(labels.rate(rate), 12) for rate in rates) + 8, height - 62
    names = [fit(line.label, 92) for line in lines]
    room = max(map(width_of, [*names, labels.everyone if lines else ""])) + 8 if lines else 12
    across = Scale(0, points[-1].day, left, width - room)
    up = Scale(0, highest * 1.03 or 1, foot, 12)
    drawing = Drawing(width, height, caption)
    for rate in rates:
        drawing.line(left, up(rate), across.end, up(rate), "axis" if rate == 0 else "grid")
        drawing.text(left - 8, up(rate) + 4, labels.rate(rate), "x", "end")
    _below(drawing, points, labels, (across, foot, days))
    if all(point.lower is not None and point.upper is not None for point in points):
        drawing.path(_band(points, across, up), "band")
    for line in lines:
        drawing.path(_steps(line.points, across, up), f"{line.look} nofill")
    drawing.path(_steps([(p.day, p.share) for p in points], across, up), "ds w2 nofill")
    for index, mark in enumerate(marks):
        _mark(drawing, mark, points, (across, up), dropped=index == 0)
    if lines:
        ends = [
            (up(line.points[-1][1]), name, line.text)
            for line, name in zip(lines, names, strict=True)
        ]
        ends.append((up(points[-1].share), labels.everyone, "b dl"))
        _ends(drawing, sorted(ends), across.end + 6)
    return drawing.markup("nar" if narrow else "wid")


def word(points: Sequence[Point], mark: Mark | None) -> Markup:
    """The same in the size of a word."""
    drawing = Drawing(132, 30)
    across = Scale(0, points[-1].day or 1, 1, 131)
    up = Scale(0, max(point.share for point in points) or 1, 28, 3)
    drawing.line(0, 28.5, 132, 28.5, "axis")
    drawing.path(_steps([(p.day, p.share) for p in points], across, up), "ds w2 nofill")
    if mark is not None:
        at, level = across(mark.day), up(_share(points, mark.day))
        drawing.line(at, 28, at, level, "dots")
        drawing.circle(at, level, 3, "k")
    return drawing.markup()


def _below(
    drawing: Drawing,
    points: Sequence[Point],
    labels: Labels,
    axes: tuple[Scale, float, Sequence[float]],
) -> None:
    across, foot, days = axes
    last = -100.0
    for day in days:
        drawing.line(across(day), foot, across(day), foot + 4, "axis")
        drawing.text(across(day), foot + 18, labels.day(day), "x", "middle")
        count = next((p.at_risk for p in reversed(points) if p.day <= day and p.at_risk), "")
        room = width_of(count, 12) / 2
        if count and across(day) - room > last + 6:
            drawing.text(across(day), foot + 52, count, "x", "middle")
            last = across(day) + room
    drawing.text(across.start, foot + 35, fit(f"{labels.days} · {labels.at_risk}", 320, 12), "x")


def _mark(
    drawing: Drawing,
    mark: Mark,
    points: Sequence[Point],
    axes: tuple[Scale, Scale],
    *,
    dropped: bool,
) -> None:
    """A named day; the first one is dropped to the axis."""
    across, up = axes
    at, level = across(mark.day), up(_share(points, mark.day))
    if dropped:
        drawing.line(at, up(0), at, level, "dots")
    drawing.circle(at, level, 4 if dropped else 3, "k")
    drawing.text(at + 9, level + 12, mark.label, "s halo")


def _ends(drawing: Drawing, ends: Sequence[tuple[float, str, str]], at: float) -> None:
    """Names at the ends of the lines, moved apart where they would meet."""
    last = -100.0
    for level, name, look in ends:
        last = max(level + 4.5, last + 16)
        drawing.text(at, last, name, f"{look} halo")


def _share(points: Sequence[Point], day: float) -> float:
    return max((point.share for point in points if point.day <= day), default=0.0)


def _steps(pairs: Sequence[tuple[float, float]], across: Scale, up: Scale) -> str:
    first_day, first = pairs[0]
    path = [f"M{across(first_day):.1f} {up(first):.1f}"]
    path += [f"H{across(day):.1f}V{up(share):.1f}" for day, share in pairs[1:]]
    return "".join(path)


def _band(points: Sequence[Point], across: Scale, up: Scale) -> str:
    upper = _steps([(p.day, p.upper or 0) for p in points], across, up)
    corners = [(p.day, p.lower or 0) for p in points][::-1]
    back = [f"L{across(corners[0][0]):.1f} {up(corners[0][1]):.1f}"]
    back += [f"V{up(share):.1f}H{across(day):.1f}" for day, share in corners[1:]]
    return f"{upper}{''.join(back)}Z"
