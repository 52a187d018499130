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


class Labels(NamedTuple):
    """How the axes are written."""

    rate: Callable[[float], str]
    day: Callable[[float], str]
    days: str  # under the day axis
    at_risk: str


def curve(
    points: Sequence[Point],
    mark: Mark | None,
    labels: Labels,
    caption: Caption,
    *,
    narrow: bool = False,
) -> Markup:
    """Steps from day 0 to the last day that enough leads were followed to."""
    width, height = (330.0, 250.0) if narrow else (424.0, 340.0)
    highest = max((point.upper or point.share for point in points), default=0)
    rates, days = ticks(highest), ticks(points[-1].day, 6)
    left, foot = max(width_of(labels.rate(rate), 12) for rate in rates) + 8, height - 62
    across = Scale(0, points[-1].day, left, width - 12)
    up = Scale(0, highest * 1.03 or 1, foot, 12)
    drawing = Drawing(width, height, caption)
    for rate in rates:
        drawing.line(left, up(rate), width, up(rate), "axis" if rate == 0 else "grid")
        drawing.text(left - 8, up(rate) + 4, labels.rate(rate), "x", "end")
    _below(drawing, points, labels, (across, foot, days))
    if all(point.lower is not None and point.upper is not None for point in points):
        drawing.path(_band(points, across, up), "band")
    drawing.path(_steps([(p.day, p.share) for p in points], across, up), "ds w2 nofill")
    if mark is not None:
        _mark(drawing, mark, points, (across, up))
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


def _mark(drawing: Drawing, mark: Mark, points: Sequence[Point], axes: tuple[Scale, Scale]) -> None:
    across, up = axes
    at, level = across(mark.day), up(_share(points, mark.day))
    drawing.line(at, up(0), at, level, "dots")
    drawing.circle(at, level, 4, "k")
    drawing.text(at + 12, (level + up(0)) / 2 + 12, mark.label, "s halo")


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
