"""How long it takes until a lead becomes a customer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.core.texts import Unit
from salesaudit.report import words as w
from salesaudit.report.charts import curve as curves
from salesaudit.report.charts.curve import Labels, Line, Mark, Point
from salesaudit.report.charts.interval_dots import (
    NARROW,
    WIDE,
    Axis,
    Dot,
    Group,
    interval_dots,
)
from salesaudit.report.charts.svg import Caption
from salesaudit.report.page import Page
from salesaudit.report.sections import cohorts
from salesaudit.report.sections.channels import split
from salesaudit.report.tables import Row, number, table
from salesaudit.report.view import Chart, chart
from salesaudit.run.result import EstimatePart

BESIDE = 2  # channels drawn in grey beside the curve of all
DRAWN_POINTS = 60  # of a curve; its table holds as many


class Duration(NamedTuple):
    """The section."""

    title: str
    pair: list[Chart]
    medians: Chart | None


def build(page: Page) -> Duration | None:
    """The curves, each month's leads by age, and the median of each channel."""
    answer = page.run.answers.get("Q6")
    tables = answer.tables if answer else {}
    days, channels = tables.get("curve", []), tables.get("by_channel", [])
    pair = [_curve(page, days, tables.get("channel_curves", []))] if len(days) > 1 else []
    by_age = cohorts.build(page)
    if by_age is not None:
        pair.append(by_age)
    known = any(number(row, "median_days") is not None for row in channels)
    if not pair and not known:
        return None
    median = _median(page)
    title = page.say(w.TIME_PLAIN)
    if median is not None and median.value is not None:
        title = page.say(w.TIME_TITLE, days=page.locale.days(median.value))
    return Duration(title, pair, _medians(page, channels) if known else None)


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


def _curve(page: Page, rows: Sequence[Row], channels: Sequence[Row]) -> Chart:
    drawn, lines = points(page, rows), _lines(page, channels)
    marks = _marks(page, drawn)
    labels = Labels(
        rate=page.locale.rate,
        day=page.locale.count,
        days=page.say(w.CURVE_DAYS),
        at_risk=page.say(w.CURVE_RISK),
        everyone=page.say(w.CURVE_ALL),
    )

    def draw(caption: Caption, narrow: bool) -> Markup:
        return curves.curve(drawn, marks, labels, caption, lines=lines, narrow=narrow)

    shown = table(page, "curve", _thinned(rows))
    sub = page.say(w.CURVE_SUB_CHANNELS if lines else w.CURVE_SUB)
    return chart(page, "curve", draw, shown, title=w.CURVE_TITLE, sub=sub, source="Q6")


def _marks(page: Page, drawn: Sequence[Point]) -> list[Mark]:
    """The days by which half, a quarter and three quarters of the buyers have bought."""
    middle = half(page)
    if middle is None:
        return []
    marks = [middle]
    for part in (0.25, 0.75):
        day = next((p.day for p in drawn if p.share >= part * drawn[-1].share), None)
        if day is not None:
            rate = page.locale.rate(part)
            marks.append(Mark(day, page.say(w.CURVE_PART, part=rate, n=page.locale.count(day))))
    return marks


def _lines(page: Page, rows: Sequence[Row]) -> list[Line]:
    """The channel whose finding of being below the others ranks first, and the two highest."""
    by_channel: dict[str, list[tuple[float, float]]] = {}
    for row in rows:
        point = number(row, "day") or 0.0, number(row, "share") or 0.0
        by_channel.setdefault(str(row.get("channel")), []).append(point)
    ordered = sorted(by_channel, key=lambda name: by_channel[name][-1][1])
    below = [
        finding.message.params.get("channel")
        for finding in page.run.findings
        if finding.question == "Q6" and finding.grade != "C" and (finding.effect.value or 1) < 1
    ]
    low = next((str(name) for name in below if name in by_channel), None)
    high = [name for name in ordered[-BESIDE:] if name != low]
    lines = [Line(low, tuple(by_channel[low]), "as w2", "b al")] if low else []
    looks = ("es", "es dash")
    return lines + [
        Line(name, tuple(by_channel[name]), look) for name, look in zip(high, looks, strict=False)
    ]


def _medians(page: Page, rows: Sequence[Row]) -> Chart:
    ranked, few, others = split(rows)
    groups = (
        Group("", _dots(page, sorted(ranked, key=lambda row: number(row, "median_days") or 0))),
        Group(page.say(w.FEW), _dots(page, few, hollow=True)),
        Group(page.say(w.NOT_A_CHANNEL), _dots(page, others, tone="grey")),
    )
    axis = Axis(page.locale.count, page.say(w.HEAD_DAYS), page.say(w.HEAD_BUYERS))

    def draw(caption: Caption, narrow: bool) -> Markup:
        return interval_dots(groups, axis, caption, NARROW if narrow else WIDE)

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
