"""Cohorts by age as a map in five tints; what is only expected is hatched, in italics."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.report.charts.svg import Caption, Drawing

TINTS = 5
LINE, HEAD = 19.0, 22.0


class Cell(NamedTuple):
    """A cohort at an age; without a ``value`` it says nothing."""

    value: float | None
    shown: str
    expected: bool = False


class Cohort(NamedTuple):
    """One month."""

    label: str
    cases: str
    cells: tuple[Cell, ...]


class Heads(NamedTuple):
    """What stands above the columns."""

    cohort: str
    cases: str
    ages: tuple[str, ...]


def heat(
    cohorts: Sequence[Cohort], heads: Heads, caption: Caption, *, narrow: bool = False
) -> Markup:
    """A line for each month, a column for each age."""
    width, left, cases = (330.0, 98.0, 94.0) if narrow else (424.0, 122.0, 114.0)
    drawing = Drawing(width, HEAD + LINE * len(cohorts), caption)
    each = (width - left) / max(len(heads.ages), 1)
    drawing.text(0, 13, heads.cohort, "x")
    drawing.text(cases, 13, heads.cases, "x", "end")
    for place, age in enumerate(heads.ages):
        drawing.text(left + (place + 0.5) * each, 13, age, "x", "middle")
    highest = max((c.value or 0 for row in cohorts for c in row.cells), default=0) or 1
    grounds: dict[str, list[tuple[float, float, float, float]]] = defaultdict(list)
    for line, cohort in enumerate(cohorts):
        for place, cell in enumerate(cohort.cells):
            box = (left + place * each + 1, HEAD + line * LINE + 1, each - 2, LINE - 2)
            grounds[_ground(cell, highest)].append(box)
    for ground, boxes in sorted(grounds.items()):
        if ground == "hx":
            drawing.hatched_boxes(boxes, ground)
            drawing.boxes([(x + 6, y + 2, w - 12, h - 4) for x, y, w, h in boxes], "p")
        elif ground:
            drawing.boxes(boxes, ground)
    for line, cohort in enumerate(cohorts):
        base = HEAD + line * LINE + 13.5
        drawing.text(0, base, cohort.label, "x")
        drawing.text(cases, base, cohort.cases, "x", "end")
        for place, cell in enumerate(cohort.cells):
            middle = left + (place + 0.5) * each
            drawing.text(middle, base, cell.shown, _look(cell, highest), "middle")
    return drawing.markup("nar" if narrow else "wid")


def _tint(value: float, highest: float) -> int:
    return max(1, math.ceil(value / highest * TINTS - 1e-9))


def _ground(cell: Cell, highest: float) -> str:
    if cell.value is None:
        return ""
    return "hx" if cell.expected else f"t{_tint(cell.value, highest)}"


def _look(cell: Cell, highest: float) -> str:
    if cell.value is None:
        return "x"
    return "it sm" if cell.expected else f"sm on{_tint(cell.value, highest)}"
