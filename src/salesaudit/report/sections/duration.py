"""How long it takes until a lead becomes a customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.core.texts import Unit
from salesaudit.report import words as w
from salesaudit.report.charts import curve as curves
from salesaudit.report.charts.curve import Labels, Mark, Point
from salesaudit.report.charts.interval_dots import (
    HALF,
    NARROW,
    Axis,
    Dot,
    Group,
    interval_dots,
)
from salesaudit.report.charts.svg import Caption
from salesaudit.report.page import Page
from salesaudit.report.sections.channels import split
from salesaudit.report.tables import Row, number, table
from salesaudit.report.view import Chart, chart
from salesaudit.run.result import EstimatePart

DRAWN_POINTS = 120  # of a curve; its table holds as many


class Duration(NamedTuple):
    """The section."""

    title: str
    pair: list[Chart]


def build(page: Page) -> Duration | None:
    """The curve of all leads, and the median of each channel."""
    answer = page.run.answers.get("Q6")
    if answer is None:
        return None
    pair = []
    days, channels = answer.tables.get("curve", []), answer.tables.get("by_channel", [])
    if len(days) > 1:
        pair.append(_curve(page, days))
    if any(number(row, "median_days") is not None for row in channels):
        pair.append(_medians(page, channels))
    if not pair:
        return None
    median = _median(page)
    if median is None or median.value is None:
        return Duration(page.say(w.TIME_PLAIN), pair)
    return Duration(page.say(w.TIME_TITLE, days=page.locale.days(median.value)), pair)


def points(page: Page, rows: Sequence[Row]) -> list[Point]:
    """Points of the curve, thinned where it has more than can be seen."""
    return [
        Point(
            number(row, "day") or 0,
            number(row, "share") or 0,
            number(row, "lower"),
            number(row, "upper"),
            page.locale.count(number(row, "at_risk")) if "at_risk" in row else "",
        )
        for row in _thinned(rows)
    ]


def half(page: Page) -> Mark | None:
    """The day by which half of the buyers have bought."""
    median = _median(page)
    if median is None or median.value is None:
        return None
    shown = page.locale.count(median.value)
    return Mark(median.value, page.say(w.CURVE_HALF, n=shown))


def _median(page: Page) -> EstimatePart | None:
    answer = page.run.answers.get("Q6")
    return answer.estimates.get("median_days_to_customer") if answer else None


def _thinned(rows: Sequence[Row]) -> list[Row]:
    step = -(-len(rows) // DRAWN_POINTS)
    kept = list(rows[::step])
    return kept if kept[-1] is rows[-1] else [*kept, rows[-1]]


def _curve(page: Page, rows: Sequence[Row]) -> Chart:
    drawn, mark = points(page, rows), half(page)
    labels = Labels(
        rate=page.locale.rate,
        day=page.locale.count,
        days=page.say(w.CURVE_DAYS),
        at_risk=page.say(w.CURVE_RISK),
    )

    def draw(caption: Caption, narrow: bool) -> Markup:
        return curves.curve(drawn, mark, labels, caption, narrow=narrow)

    shown = table(page, "curve", _thinned(rows))
    sub = page.say(w.CURVE_SUB)
    return chart(page, "curve", draw, shown, title=w.CURVE_TITLE, sub=sub, source="Q6")


def _medians(page: Page, rows: Sequence[Row]) -> Chart:
    ranked, few, others = split(rows)
    groups = (
        Group("", _dots(page, sorted(ranked, key=lambda row: number(row, "median_days") or 0))),
        Group(page.say(w.FEW), _dots(page, few, hollow=True)),
        Group(page.say(w.NOT_A_CHANNEL), _dots(page, others, tone="grey")),
    )
    axis = Axis(page.locale.count, page.say(w.HEAD_DAYS), page.say(w.HEAD_BUYERS))

    def draw(caption: Caption, narrow: bool) -> Markup:
        return interval_dots(groups, axis, caption, NARROW if narrow else HALF)

    drawn = table(page, "by_channel", rows)
    sub = page.say(w.MEDIAN_SUB)
    return chart(page, "medians", draw, drawn, title=w.MEDIAN_TITLE, sub=sub, source="Q6")


def _dots(
    page: Page, rows: Sequence[Row], *, hollow: bool = False, tone: str = "data"
) -> tuple[Dot, ...]:
    dots = []
    for row in rows:
        value = number(row, "median_days")
        if value is None:
            continue
        ends = number(row, "median_lower"), number(row, "median_upper")
        figure = page.locale.figure(value, *ends, Unit.DAYS)
        name = page.channel(row.get("channel"), rest=bool(row.get("rest")))
        won = page.locale.count(number(row, "won"))
        dots.append(Dot(name, value, *ends, figure.value, figure.range, won, tone, hollow))
    return tuple(dots)
