"""What arrived and what was won, month by month."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.core.texts import Text
from salesaudit.report import words as w
from salesaudit.report.charts.columns import Column, columns
from salesaudit.report.charts.svg import Caption
from salesaudit.report.page import Page, day
from salesaudit.report.tables import Row, number, table
from salesaudit.report.view import Chart, chart


class Months(NamedTuple):
    """The section."""

    title: str
    pair: list[Chart]


def build(page: Page) -> Months | None:
    """Columns of leads and of wins."""
    leads, won = _rows(page, "Q1", "by_month"), _rows(page, "Q5", "by_month")
    if not (leads or won):
        return None
    pair = []
    if leads:
        sub = page.say(w.LEADS_SUB) if any(row.get("full") is False for row in leads) else ""
        pair.append(_columns(page, leads, "leads", title=w.LEADS_TITLE, sub=sub))
    if won:
        pair.append(_columns(page, won, "won", title=w.WON_TITLE, sub=page.say(w.WON_SUB)))
    return Months(_title(page, leads), pair)


def by_month(page: Page, rows: Sequence[Row], name: str) -> list[Column]:
    """Columns of one count; the axis is labelled where a quarter begins."""
    drawn = []
    for index, row in enumerate(rows):
        first = day(row.get("month"))
        labelled = first is not None and (len(rows) <= 4 or index == 0 or first.month % 3 == 1)
        label = page.locale.month(first) if first and labelled else ""
        drawn.append(Column(label, number(row, name) or 0.0, full=row.get("full") is not False))
    return drawn


def _rows(page: Page, question: str, name: str) -> Sequence[Row]:
    answer = page.run.answers.get(question)
    return answer.tables.get(name, ()) if answer else ()


def _title(page: Page, leads: Sequence[Row]) -> str:
    full = [int(number(row, "leads") or 0) for row in leads if row.get("full")]
    if len(full) < 2:
        return page.say(w.MONTHS_PLAIN)
    return page.say(w.MONTHS_TITLE, low=min(full), high=max(full))


def _columns(page: Page, rows: Sequence[Row], name: str, *, title: Text, sub: str) -> Chart:
    months = by_month(page, rows, name)
    question = "Q1" if name == "leads" else "Q5"

    def draw(caption: Caption, narrow: bool) -> Markup:
        return columns(months, page.locale.count, caption, narrow=narrow)

    shown = table(page, "by_month", rows)
    return chart(page, f"{name}-by-month", draw, shown, title=title, sub=sub, source=question)
