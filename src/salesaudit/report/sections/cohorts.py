"""Each month's leads by their age: how many were won, and how many are to be expected."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup

from salesaudit.core.locale import NONE
from salesaudit.core.texts import Text
from salesaudit.report import words as w
from salesaudit.report.charts.heat import Cell, Cohort, Heads, heat
from salesaudit.report.charts.svg import Caption
from salesaudit.report.page import Page, day
from salesaudit.report.tables import Column, Row, Table, number
from salesaudit.report.view import Chart, chart

NEWEST = 24  # months drawn; the document holds all
FEW = 100  # leads; fewer are told in whole percents

TITLE = Text(
    "cohorts.title",
    en="Each month's leads: share won by age",
    th="ลีดแต่ละเดือน: สัดส่วนที่ชนะตามอายุของลีด",
)
SUB = Text(
    "cohorts.sub",
    en="Percent of the leads of each month that were won within so many days",
    th="ร้อยละของลีดแต่ละเดือนที่ชนะภายในจำนวนวันนั้น",
)
DAYS = Text("cohorts.days", en="{n} d", th="{n} วัน")
EXPECTED = Text("cohorts.expected", en="that age is not over: expected", th="ยังไม่ถึงอายุนั้น: ค่าที่คาด")
BLANK = Text(
    "cohorts.blank",
    en="· wins were not yet on record",
    th="· ยังไม่มีบันทึกการชนะ",
)
TEXTS = (TITLE, SUB, DAYS, EXPECTED, BLANK)


def build(page: Page) -> Chart | None:
    """The map of the newest months."""
    answer = page.run.answers.get("Q5")
    rows = answer.tables.get("cohort_ages") if answer else None
    if not rows:
        return None
    months = [list(group) for _, group in groupby(rows, key=lambda row: row["month"])][-NEWEST:]
    ages = [int(number(row, "days") or 0) for row in months[0]]
    heads = Heads(
        page.say(w.COLUMNS["month"]),
        page.say(w.COLUMNS["leads"]),
        tuple(page.say(DAYS, n=age) for age in ages),
    )
    cohorts = [_cohort(page, cells) for cells in months]

    def draw(caption: Caption, narrow: bool) -> Markup:
        return heat(cohorts, heads, caption, narrow=narrow)

    drawn = chart(
        page, "cohorts", draw, _table(page, heads, cohorts), title=TITLE, sub=page.say(SUB),
        source="Q5",
    )  # fmt: skip
    key = []
    if any(cell.expected for cohort in cohorts for cell in cohort.cells):
        key.append(("hatch", page.say(EXPECTED)))
    if any(cell.value is None for cohort in cohorts for cell in cohort.cells):
        key.append(("", page.say(BLANK)))
    return drawn._replace(key=tuple(key))


def _cohort(page: Page, rows: Sequence[Row]) -> Cohort:
    first, leads = day(rows[0].get("month")), number(rows[0], "leads") or 0
    return Cohort(
        page.locale.month(first) if first else "",
        page.locale.count(leads),
        tuple(_cell(page, row, int(leads)) for row in rows),
    )


def _cell(page: Page, row: Row, leads: int) -> Cell:
    if row.get("used") is False:
        return Cell(None, "·")
    share = number(row, "share") or 0.0
    shown = page.locale.rate(share, digits=1 if leads >= FEW else 0)
    return Cell(share, _bare(shown), bool(row.get("expected")))


def _bare(percent: str) -> str:
    """The figure without its sign, which the heading says once."""
    return percent.rstrip("%").rstrip("\u202f")


def _table(page: Page, heads: Heads, cohorts: Sequence[Cohort]) -> Table:
    columns = (Column(heads.cohort, numeric=False), Column(heads.cases), *map(Column, heads.ages))
    rows = tuple(
        (cohort.label, cohort.cases, *(_told(cell) for cell in cohort.cells)) for cohort in cohorts
    )
    return Table(page.say(TITLE), columns, rows)


def _told(cell: Cell) -> str:
    if cell.value is None:
        return NONE
    return f"({cell.shown})" if cell.expected else cell.shown
