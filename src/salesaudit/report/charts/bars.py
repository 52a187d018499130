"""The funnel: aligned bars, solid for those who reached a stage, hatched for those to come."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.report.charts.scale import Scale
from salesaudit.report.charts.svg import Caption, Drawing, fit, width_of


class Bar(NamedTuple):
    """A stage; without a ``value`` it is an empty slot with its reason."""

    label: str
    value: float | None
    to_come: float
    shown: str
    more: str  # how many are to come, in words
    passed: str  # share of the stage before
    lost: str  # how many stopped before it
    worst: bool = False
    reason: str = ""


class _Layout(NamedTuple):
    width: float
    left: float  # where bars begin
    thick: float
    gap: float  # from one bar to the next
    label_above: float  # room above a bar for its label


WIDE = _Layout(width=912, left=172, thick=30, gap=40, label_above=0)
NARROW = _Layout(width=330, left=0, thick=26, gap=46, label_above=22)


def bars(stages: Sequence[Bar], caption: Caption, *, narrow: bool = False) -> Markup:
    """Bars from one left edge; what was lost stands between them."""
    layout = NARROW if narrow else WIDE
    right = max((width_of(bar.shown) for bar in stages), default=0) + 14
    longest = max(((bar.value or 0) + bar.to_come for bar in stages), default=1) or 1
    scale = Scale(0, longest, layout.left, layout.width - right)
    pitch = layout.label_above + layout.thick + layout.gap
    drawing = Drawing(layout.width, pitch * len(stages) - layout.gap + 8, caption)
    for index, bar in enumerate(stages):
        top = 4 + index * pitch
        if index:
            _between(drawing, bar, layout, top)
        _stage(drawing, bar, layout, top, scale)
    foot = pitch * len(stages) - layout.gap + 6
    drawing.line(layout.left, 2, layout.left, foot, "axis")
    return drawing.markup("nar" if narrow else "wid")


def _between(drawing: Drawing, bar: Bar, layout: _Layout, top: float) -> None:
    at, look = layout.left + 6, "al b" if bar.worst else "s"
    first = f"↓ {bar.passed}" if bar.passed else ""
    if layout.label_above:
        drawing.text(at, top - 28, fit(first, layout.width - at), "s b")
        drawing.text(at, top - 10, fit(bar.lost, layout.width - at), look)
        return
    middle = top - layout.gap / 2 + 4.5
    drawing.text(at, middle, first, "s b")
    drawing.text(at + (width_of(first) + 24 if first else 0), middle, bar.lost, look)


def _stage(drawing: Drawing, bar: Bar, layout: _Layout, top: float, scale: Scale) -> None:
    if layout.label_above:
        drawing.text(layout.left, top + 14, fit(bar.label, layout.width), "b")
    else:
        label = fit(bar.label, layout.left - 20)
        drawing.text(layout.left - 14, top + layout.thick / 2 + 4.5, label, "b", "end")
    top += layout.label_above
    middle = top + layout.thick / 2 + 4.5
    if bar.value is None:
        drawing.rect(layout.left + 0.5, top + 0.5, scale.end - layout.left, layout.thick, "slot")
        room = scale.end - layout.left - 24
        drawing.text(layout.left + 12, middle, fit(bar.reason, room), "s")
        return
    end, last = scale(bar.value), scale(bar.value + bar.to_come)
    drawing.rect(layout.left, top, max(end - layout.left, 1), layout.thick, "d")
    if bar.to_come:
        drawing.hatched(end, top + 0.5, max(last - end, 2.5), layout.thick - 1, "hx")
        last = max(last, end + 2.5)
    drawing.text(last + 8, middle, bar.shown, "b")
    at = last + 20 + width_of(bar.shown)
    if bar.more and at + width_of(bar.more) <= layout.width:
        drawing.text(at, middle, bar.more, "s")
