"""Which channels' leads become customers, as far as their numbers allow to say."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.core.texts import Unit
from salesaudit.report import words as w
from salesaudit.report.charts.interval_dots import (
    NARROW,
    WIDE,
    Axis,
    Dot,
    Group,
    Reference,
    interval_dots,
)
from salesaudit.report.charts.svg import Caption
from salesaudit.report.page import Page
from salesaudit.report.tables import Row, number, table
from salesaudit.report.view import Chart, Title, chart
from salesaudit.run.result import EstimatePart

FEW_LEADS, FEW_WON = 20, 10  # fewer are drawn hollow and stand in no order
ROWS = 12  # drawn; the table holds all
UNKNOWN = "unknown"  # the value that exports write where a channel was not known
CHANCE = 0.05
NAMED = 3  # channels that a title names


class Channels(NamedTuple):
    """The section."""

    title: Title
    chart: Chart
    note: str


def build(page: Page) -> Channels | None:
    """Dots with ranges around the company's average."""
    answer = page.run.answers.get("Q5")
    rows = answer.tables.get("by_channel") if answer else None
    if not answer or not rows:
        return None
    final = any(number(row, "value") is not None for row in rows)
    average = _average(answer.estimates, final)
    differ = _differ(page)
    groups = _groups(page, rows, final, average if differ else None)
    orange = [dot.label for group in groups for dot in group.dots if dot.tone == "alert"]
    reference = None
    if average is not None:
        label = page.say(w.ALL_LEADS, rate=page.locale.rate(average))
        reference = Reference(average, label)
    axis = Axis(page.locale.rate, page.say(w.HEAD_SHARE), page.say(w.HEAD_WON), reference)

    def draw(caption: Caption, narrow: bool) -> Markup:
        return interval_dots(groups, axis, caption, NARROW if narrow else WIDE)

    sub = page.say(w.CHANNEL_SUB_FINAL if final else w.CHANNEL_SUB_COUNTED)
    sub = f"{sub} {page.say(w.ORANGE)}" if orange else sub
    left = len(rows) - sum(len(group.dots) for group in groups)
    sub = f"{sub} {page.say(w.NOT_DRAWN, n=left)}" if left else sub
    leads = sum(int(number(row, "leads") or 0) for row in rows)
    drawn = chart(
        page,
        "channels",
        draw,
        table(page, "by_channel", rows),
        title=w.CHANNEL_TITLE,
        sub=sub,
        source=page.say(w.SOURCE_Q, q="Q5", n=leads),
    )
    return Channels(_title(page, orange, differ), drawn, page.say(w.CHANNEL_NATURE))


def is_few(row: Row) -> bool:
    """Whether a row has too few cases to be compared."""
    return (number(row, "leads") or 0) < FEW_LEADS or (number(row, "won") or 0) < FEW_WON


def split(rows: Sequence[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """Rows to compare, rows of few cases, and rows that are no channel, each in its order."""
    others = sorted((row for row in rows if _last(row)), key=_last)
    named = [row for row in rows if not _last(row)]
    return [r for r in named if not is_few(r)], [r for r in named if is_few(r)], others


def _last(row: Row) -> int:
    if row.get("rest"):
        return 3
    if row.get("channel") is None:
        return 2
    return 1 if row.get("channel") == UNKNOWN else 0


def _average(estimates: dict[str, EstimatePart], final: bool) -> float | None:
    name = "lead_to_customer" if final else f"lead_to_customer{w.OBSERVED}"
    estimate = estimates.get(name)
    return estimate.value if estimate else None


def _differ(page: Page) -> bool | None:
    answer = page.run.answers.get("Q6")
    estimate = answer.estimates.get("channels_differ_p") if answer else None
    return None if estimate is None or estimate.value is None else estimate.value < CHANCE


def _title(page: Page, orange: list[str], differ: bool | None) -> Title:
    if differ is None:
        return Title(page.say(w.CHANNELS_PLAIN))
    if not differ:
        return Title(page.say(w.CHANNELS_ALIKE))
    if not 1 <= len(orange) <= NAMED:
        return Title(page.say(w.CHANNELS_DIFFER_PLAIN))
    below = page.say(w.CHANNELS_BELOW, names=", ".join(orange))
    return Title(page.say(w.CHANNELS_DIFFER), below)


def _groups(
    page: Page, rows: Sequence[Row], final: bool, average: float | None
) -> tuple[Group, ...]:
    ranked, few, others = split(rows)
    room = ROWS - len(others)
    dots = sorted((_dot(page, row, final, average) for row in ranked), key=_by_value)[:room]
    room -= len(dots)
    hollow = sorted((_dot(page, row, final, None) for row in few), key=_by_value)[: max(room, 0)]
    grey = [_dot(page, row, final, None)._replace(tone="grey") for row in others]
    return (
        Group("", tuple(dots)),
        Group(page.say(w.FEW), tuple(hollow)),
        Group(page.say(w.NOT_A_CHANNEL), tuple(grey)),
    )


def _by_value(dot: Dot) -> float:
    return -(dot.value or 0)


def _dot(page: Page, row: Row, final: bool, average: float | None) -> Dot:
    hollow = is_few(row)
    kind = "" if final and number(row, "value") is not None else "observed_"
    value = number(row, "observed" if kind else "value")
    lower, upper = number(row, f"{kind}lower"), number(row, f"{kind}upper")
    leads, won = int(number(row, "leads") or 0), int(number(row, "won") or 0)
    figure = page.locale.figure(value, lower, upper, Unit.RATE, leads, hollow=hollow)
    if value == 0 and upper is not None:
        figure = figure._replace(range=page.locale.figure(value, 0.0, upper, Unit.RATE, leads)[1])
    below = average is not None and upper is not None and upper < average and not hollow
    return Dot(
        label=page.channel(row.get("channel"), rest=bool(row.get("rest"))),
        value=value,
        lower=lower,
        upper=upper,
        shown=figure.value,
        range=figure.range,
        cases=f"{page.locale.count(won)}\u2009/\u2009{page.locale.count(leads)}",
        tone="alert" if below else "data",
        hollow=hollow or (final and bool(kind)),
    )
