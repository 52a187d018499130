"""Pictures of plain ways beside the truth, as SVG files that fit light pages and dark ones."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from importlib.resources import files
from typing import NamedTuple

from plain_ways.base import Compared, Told
from plain_ways.leagues import League
from salesaudit.report.charts.scale import Scale, ticks
from salesaudit.report.charts.svg import Caption, Drawing, width_of

WIDTH, EDGE = 760.0, 20.0
HEAD, FOOT = 60.0, 34.0
ROW, SMALL_ROW = 40.0, 21.0
USED = ("panel", "ink", "ink-2", "ink-3", "edge", "rule", "data", "data-tint")
STYLE = """\
svg{{{light}}}@media (prefers-color-scheme:dark){{svg{{{dark}}}}}\
text{{font:13px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:var(--ink)}}\
.mid{{text-anchor:middle}}.end{{text-anchor:end}}.x{{fill:var(--ink-3);font-size:12px}}\
.s{{fill:var(--ink-2)}}.b{{font-weight:600}}.dl{{fill:var(--data)}}\
.p{{fill:var(--panel)}}.d{{fill:var(--data)}}.k{{fill:var(--ink)}}.pl{{fill:var(--edge);fill-opacity:.5;stroke:var(--edge)}}\
.band{{fill:var(--data-tint)}}.ds{{stroke:var(--data)}}.ks{{stroke:var(--ink)}}\
.es{{stroke:var(--edge)}}.grid{{stroke:var(--rule)}}.axis{{stroke:var(--edge)}}\
.w2{{stroke-width:2}}.w3{{stroke-width:3}}.dash{{stroke-dasharray:5 4}}"""


class Names(NamedTuple):
    """What the marks mean."""

    plain: str
    truth: str
    ours: str


def over_time(
    points: Sequence[Compared], names: Names, tick: Callable[[float], str], caption: Caption
) -> str:
    """The plain way as columns, the truth as a bar across, the audit as a dot with its range.

    Where the audit says the same of all points it is a line in its range.
    """
    height = 340.0
    drawing = _drawing(height, names, caption)
    highest = max(max(point.truth, point.plain, point.ours.upper) for point in points)
    marks = ticks(highest)
    left = EDGE + max(width_of(tick(mark), 12) for mark in marks) + 8
    up = Scale(0, highest * 1.03, height - FOOT, HEAD)
    for mark in marks:
        drawing.line(left, up(mark), WIDTH - EDGE, up(mark), "grid" if mark else "axis")
        drawing.text(left - 8, up(mark) + 4, tick(mark), "x", "end")
    level = len({point.ours for point in points}) == 1
    if level:
        ours, right = points[0].ours, WIDTH - EDGE
        drawing.rect(left, up(ours.upper), right - left, up(ours.lower) - up(ours.upper), "band")
        drawing.line(left, up(ours.value), right, up(ours.value), "ds w2")
    step = (WIDTH - EDGE - left) / len(points)
    last = -100.0
    for index, point in enumerate(points):
        start, middle = left + index * step, left + (index + 0.5) * step
        drawing.rect(start + step / 8, up(point.plain), 0.75 * step, up(0) - up(point.plain), "pl")
        if not level:
            drawing.line(middle, up(point.ours.lower), middle, up(point.ours.upper), "ds w2")
            drawing.circle(middle, up(point.ours.value), 4.5, _dot(point.ours))
        drawing.line(start + 3, up(point.truth), start + step - 3, up(point.truth), "ks w3")
        room = width_of(point.label, 12) / 2
        if middle - room > last + 6:
            drawing.text(middle, height - 14, point.label, "x", "middle")
            last = middle + room
    return _standing_alone(drawing)


def side_by_side(
    rows: Sequence[Compared], names: Names, tick: Callable[[float], str], caption: Caption
) -> str:
    """Rows on one axis: the truth as a bar, the plain way as a square, the audit as a dot."""
    height = HEAD + ROW * len(rows) + FOOT
    drawing = _drawing(height, names, caption)
    left = EDGE + max(width_of(row.label) for row in rows) + 16
    highest = max(max(row.truth, row.plain, row.ours.upper) for row in rows)
    across = Scale(0, highest * 1.06, left, WIDTH - EDGE - 10)
    for mark in ticks(highest):
        at = across(mark)
        drawing.line(at, HEAD - 6, at, height - FOOT, "grid" if mark else "axis")
        drawing.text(at, height - 14, tick(mark), "x", "middle")
    for index, row in enumerate(rows):
        middle = HEAD + (index + 0.5) * ROW
        drawing.text(left - 14, middle + 4.5, row.label, "", "end")
        at = across(row.plain)
        drawing.line(across(row.truth), middle - 5, at, middle - 5, "es dash")
        drawing.rect(at - 5.5, middle - 10.5, 11, 11, "pl")
        ends = across(row.ours.lower), across(row.ours.upper)
        drawing.line(ends[0], middle + 7, ends[1], middle + 7, "ds w2")
        drawing.circle(across(row.ours.value), middle + 7, 4.5, _dot(row.ours))
        drawing.line(across(row.truth), middle - 14, across(row.truth), middle + 14, "ks w3")
    return _standing_alone(drawing)


def leagues(
    tables: Sequence[League], names: Names, tick: Callable[[float], str], caption: Caption
) -> str:
    """Tables beside each other, the best on top; the same rep in all of them stands out."""
    many = len(tables[0].people)
    height = HEAD + 24 + SMALL_ROW * many + FOOT
    drawing = _drawing(height, names, caption)
    width = (WIDTH - 2 * EDGE) / len(tables)
    highest = max(
        max(person.plain, person.ours.upper) for table in tables for person in table.people
    )
    followed = tables[0].people[0].name
    for number, table in enumerate(tables):
        start = EDGE + number * width
        across = Scale(0, highest * 1.04, start + 58, start + width - 18)
        drawing.text(start, HEAD + 8, f"Table {number + 1}", "b")
        for mark in ticks(highest, 4):
            at = across(mark)
            drawing.line(at, HEAD + 18, at, height - FOOT, "grid" if mark else "axis")
            drawing.text(at, height - 14, tick(mark), "x", "middle")
        drawing.line(across(table.truth), HEAD + 18, across(table.truth), height - FOOT, "ks w3")
        for place, person in enumerate(table.people):
            middle = HEAD + 24 + (place + 0.5) * SMALL_ROW
            look = "b" if person.name == followed else "s"
            drawing.text(start, middle + 4.5, person.name, look)
            ends = across(person.ours.lower), across(person.ours.upper)
            drawing.line(ends[0], middle + 3.5, ends[1], middle + 3.5, "ds w2")
            drawing.circle(across(person.ours.value), middle + 3.5, 3.5, "d")
            drawing.rect(across(person.plain) - 4.5, middle - 7.5, 9, 9, "pl")
    return _standing_alone(drawing)


def _drawing(height: float, names: Names, caption: Caption) -> Drawing:
    """A ground with its title and what the marks mean."""
    drawing = Drawing(WIDTH, height, caption)
    drawing.rect(0, 0, WIDTH, height, "p")
    drawing.text(EDGE, 22, caption.title, "b")
    at = EDGE
    drawing.rect(at, 32, 11, 11, "pl")
    drawing.text(at + 17, 42, names.plain, "s")
    at += 17 + width_of(names.plain) + 22
    drawing.line(at, 37.5, at + 16, 37.5, "ks w3")
    drawing.text(at + 22, 42, names.truth, "s")
    at += 22 + width_of(names.truth) + 22
    drawing.line(at, 37.5, at + 20, 37.5, "ds w2")
    drawing.circle(at + 10, 37.5, 4.5, "d")
    drawing.text(at + 26, 42, names.ours, "s")
    return drawing


def _dot(told: Told) -> str:
    """Hollow where the audit says "at least"."""
    return "d" if told.final else "p ds w2"


def _standing_alone(drawing: Drawing) -> str:
    """The drawing as a file of its own, in the report's colours."""
    style = STYLE.format(light=_colours("light"), dark=_colours("dark"))
    text = str(drawing.markup())
    text = text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return text.replace("</desc>", f"</desc><style>{style}</style>", 1) + "\n"


def _colours(scheme: str) -> str:
    """The report's colours for light pages, or for dark ones."""
    css = (files("salesaudit.report") / "templates" / "report.css").read_text("utf-8")
    block = re.search(rf"color-scheme:{scheme};([^}}]*)", css)
    if block is None:
        raise LookupError(scheme)
    found = dict(re.findall(r"--([\w-]+):(#\w+)", block[1]))
    return ";".join(f"--{name}:{found[name]}" for name in USED)
