"""Which form the dates of a column have, or the question that only people can answer."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are parameters or literals of our own
import re
from collections.abc import Sequence
from datetime import date

import duckdb

from salesaudit.core.errors import MappingError
from salesaudit.core.texts import Text
from salesaudit.sources.columns.date_forms import (
    BUDDHIST_YEARS,
    ZERO_DATE,
    Form,
    forms,
    strptime_form,
)
from salesaudit.sources.columns.reading import (
    FIX_COLUMN,
    NOT_READABLE,
    Column,
    accepted,
    counts,
    examples,
    one_row,
    shown,
    whole,
)
from salesaudit.warehouse.sql import let, literal

_YEARS = ("%Y", "%y", "%G", "%x", "%c")
_HOURS = ("%H", "%I", "%-H", "%-I", "%X", "%c")
_WIDTHS = dict.fromkeys("dmHIMSyj", r"\d{1,3}") | {"Y": r"\d{4}", "f": r"\d+"}
_SHIFTED = "CASE WHEN y <> '' THEN replace(t, y, (y::INT - 543)::VARCHAR) ELSE t END"

# Never the clock: the same file is read the same way in ten years.
RELEASED = 2026  # year of this release, where nothing in the source tells the century
TOO_FAR = 10  # years after the newest four-digit date that a two-digit year may mean

_SOME_DAY = r"[^a-z0-9]{0,2}[\pL\pM0-9][\pL\pM0-9 ,./-]{4,20}\d"
PERIOD = (  # two days, a month, a quarter, a week, a year
    rf"(?i){_SOME_DAY} *(?: - |–|—|~|\bto\b|\bbis\b|ถึง|/) *{_SOME_DAY}"
    r"|[\pL\pM.]{3,} ?\d{4}|\d{4}[-/]\d{1,2}|\d{1,2}[-/]\d{4}|Q[1-4][ -/]?\d{4}"
    r"|\d{4}[ -/]?[QW]\d{1,2}|(?:19|20|25)\d{2}"
)
KIND_DATE = Text("columns.kind.date", "dates", "วันที่")
AMBIGUOUS = Text(
    "columns.ambiguous-date",
    "{file}: '{column}' can be read day-month or month-day ({count} values fit both, "
    "e.g. {example}).",
    "{file}: '{column}' อ่านได้ทั้งวัน-เดือนและเดือน-วัน (เข้าได้ทั้งสองแบบ {count} ค่า เช่น {example})",
)
ADD_FORMAT = Text(
    "columns.add-format",
    'Add  format: "{first}"  or  format: "{second}"  under columns.{field}.',
    'เพิ่ม  format: "{first}"  หรือ  format: "{second}"  ที่ columns.{field}',
)
TWO_FORMS = Text(
    "columns.two-date-forms",
    "{file}: '{column}' holds dates in two orders: {first} and {second}.",
    "{file}: '{column}' มีวันที่สองรูปแบบปนกัน: {first} และ {second}",
)
ONE_FORM = Text(
    "columns.one-date-form",
    "Write the dates of '{column}' in one order, or add the  format:  that holds for most under "
    "columns.{field}; the others are then refused.",
    "เขียนวันที่ใน '{column}' ให้เป็นรูปแบบเดียวกัน หรือเพิ่ม  format:  ของค่าส่วนใหญ่ที่ columns.{field} "
    "โดยค่าที่เหลือจะไม่ถูกนำเข้า",
)
TWO_ERAS = Text(
    "columns.two-eras",
    "{file}: '{column}' holds years of two eras: {first} and {second}.",
    "{file}: '{column}' มีทั้งปี พ.ศ. และ ค.ศ. ปนกัน: {first} และ {second}",
)
ONE_ERA = Text(
    "columns.one-era",
    "Write the dates of '{column}' in one era.",
    "เขียนวันที่ใน '{column}' ให้เป็นศักราชเดียวกัน",
)
SHORT_YEARS = Text(
    "columns.short-years",
    "{file}: two-digit years of '{column}' would lie far ahead, e.g. {example} in {year}.",
    "{file}: ปีสองหลักใน '{column}' จะกลายเป็นปีในอนาคตไกล เช่น {example} เป็นปี ค.ศ. {year}",
)
ADD_ERA = Text(
    "columns.add-era",
    "Add  era: buddhist  under columns.{field} if they are Buddhist years, or write four digits.",
    "หากเป็นปีพุทธศักราช ให้เพิ่ม  era: buddhist  ที่ columns.{field} หรือเขียนปีเป็นสี่หลัก",
)
BAD_FORMAT = Text(
    "columns.bad-format",
    "{file}: format {format} of columns.{field} is no format of dates with a year.",
    "{file}: format {format} ที่ columns.{field} ไม่ใช่รูปแบบวันที่ที่มีปี",
)
FIX_FORMAT = Text(
    "columns.fix-format",
    'Write it with %d, %m, %Y, %H, %M and %S, such as  format: "%d/%m/%Y".',
    'เขียนด้วย %d, %m, %Y, %H, %M และ %S เช่น  format: "%d/%m/%Y"',
)


PERIODS = Text(
    "columns.periods",
    "{file}: '{column}' holds periods and not days: {examples}.",
    "{file}: '{column}' เป็นช่วงเวลา ไม่ใช่รายวัน: {examples}",
)
EXPORT_DAYS = Text(
    "columns.export-days",
    "Export the report by day: sums of a whole period cannot be set against months.",
    "ส่งออกรายงานเป็นรายวัน เพราะยอดรวมทั้งช่วงเทียบกับรายเดือนไม่ได้",
)


def choose_form(
    one: Column, cells: str, filled: int, *, written: str | None, era: str | None
) -> Form | MappingError:
    """The form of the column: the one written in the settings, else the one that fits.

    Args:
        one: the column.
        cells: its different cells.
        filled: number of cells that hold a date.
        written: a format of the settings.
        era: buddhist, gregorian, or None.
    """
    if written is not None:
        return _written(one, cells, filled, written, era=era)
    if not filled:
        return forms(era)[0]
    candidates = _possible(one, cells, forms(era))
    read = counts(one.con, cells, [f"{form.value} IS NOT NULL" for form in candidates])
    best = max(read, default=0)
    if not best:
        return _unreadable(one, cells, "true")
    leading = [form for form, count in zip(candidates, read, strict=True) if count == best]
    others = [f for f, count in zip(candidates, read, strict=True) if 0 < count < best]
    problem = _differ(one, cells, leading) or _mixed(one, cells, leading[0], others)
    if problem is not None:
        return problem
    if not accepted(best, filled):
        return _unreadable(one, cells, f"NOT {ZERO_DATE} AND {leading[0].value} IS NULL")
    return leading[0]


def _possible(one: Column, cells: str, every: Sequence[Form]) -> list[Form]:
    """The forms of which some cell has the outline."""
    outlines = [f"regexp_matches(t, {literal(form.gate)})" for form in every]
    seen = counts(one.con, cells, outlines)
    return [form for form, count in zip(every, seen, strict=True) if count]


def _unreadable(one: Column, cells: str, condition: str) -> MappingError:
    period = f"regexp_full_match(t, {literal(PERIOD)})"
    periods, filled = counts(one.con, cells, [period, "t IS NOT NULL"])
    if 2 * periods > filled:
        return one.ask(PERIODS, EXPORT_DAYS, examples=shown(examples(one.con, cells, period)))
    found = shown(examples(one.con, cells, condition))
    return one.ask(NOT_READABLE, FIX_COLUMN, kind=KIND_DATE, examples=found)


def _differ(one: Column, cells: str, leading: Sequence[Form]) -> MappingError | None:
    """The question where forms that read the same number of cells give different dates."""
    for other in leading[1:]:
        differ = f"{leading[0].value} IS DISTINCT FROM {other.value}"
        both = f"{differ} AND {leading[0].value} IS NOT NULL AND {other.value} IS NOT NULL"
        differing, fitting = counts(one.con, cells, [differ, both])
        if not differing:
            continue
        if not fitting:
            return _mixed(one, cells, leading[0], [other])
        example = examples(one.con, cells, both, 1)[0][1]
        first, second = (label_of(form, example) for form in (leading[0], other))
        return one.ask(
            AMBIGUOUS, ADD_FORMAT, count=fitting, example=example, first=first, second=second
        )
    return None


def _mixed(one: Column, cells: str, best: Form, others: Sequence[Form]) -> MappingError | None:
    """The refusal where another form reads what the best one cannot."""
    for other in others:
        only_other = f"{best.value} IS NULL AND {other.value} IS NOT NULL"
        second = examples(one.con, cells, only_other, 1)
        if second:
            only_best = f"{other.value} IS NULL AND {best.value} IS NOT NULL"
            first = examples(one.con, cells, only_best, 1)
            return one.ask(TWO_FORMS, ONE_FORM, first=shown(first), second=shown(second))
    return None


def label_of(form: Form, example: str) -> str:
    """The format of a form as settings write it, after an example."""
    orders = {"%Y-%m-%d": "Ymd", "%d/%m/%Y": "dmY", "%m/%d/%Y": "mdY"}
    order = orders.get(form.name)
    return (strptime_form(example, order) if order is not None else "") or form.name


def _written(
    one: Column, cells: str, filled: int, written: str, *, era: str | None
) -> Form | MappingError:
    """The form that the settings name, where it reads anything."""
    form = _strptime(one, written, era)
    if isinstance(form, MappingError) or not filled:
        return form
    read = counts(one.con, cells, [f"{form.value} IS NOT NULL"])[0]
    return form if read else _unreadable(one, cells, "true")


def _strptime(one: Column, written: str, era: str | None) -> Form | MappingError:
    text = "t"
    if era == "buddhist":
        text = let("y", r"regexp_extract(t, '\b2[4-6]\d\d\b')", _SHIFTED)
    try:
        kind = str(one_row(one.con, f"SELECT typeof(try_strptime('', {literal(written)}))")[0])
    except duckdb.Error:
        kind = ""
    if not kind or not any(year in written for year in _YEARS):
        return one.ask(BAD_FORMAT, FIX_FORMAT, format=written)
    value = f"try_strptime({text}, {literal(written)})"
    plausible = let("v", value, "CASE WHEN year(v) BETWEEN 1000 AND 9999 THEN v END")
    clock = "true" if any(hour in written for hour in _HOURS) else "false"
    outline = f"regexp_matches(t, {literal(_outline(written))})"
    if kind.endswith("ZONE"):
        instant = f"timezone('UTC', {plausible})"
        return Form(written, "", None, instant, clock=clock, outline=outline)
    return Form(written, "", plausible, None, clock=clock, outline=outline)


def _outline(written: str) -> str:
    """The pattern of what a format looks like, in digits."""
    pieces = re.split(r"(%-?[a-zA-Z])", written)
    found = (_WIDTHS.get(p[-1], ".+") if p.startswith("%") else re.escape(p) for p in pieces)
    return f"^{''.join(found)}$"


def doubt_years(
    one: Column, cells: str, era: str | None, newest: date | None
) -> MappingError | None:
    """The question that the years raise: two eras, or two digits that lie far ahead.

    Args:
        one: the column.
        cells: its different cells with ``local`` and ``year``.
        era: buddhist, gregorian, or None.
        newest: the newest four-digit date known beside this column.
    """
    low, high = BUDDHIST_YEARS
    full = "local IS NOT NULL AND length(year) = 4 AND TRY_CAST(year AS INT) BETWEEN"
    ours = f"{full} 1901 AND 2300"
    theirs = f"{full} {low} AND {high}"
    if era is None:
        first, second = (examples(one.con, cells, which, 1) for which in (theirs, ours))
        if first and second:
            return one.ask(TWO_ERAS, ONE_ERA, first=shown(first), second=shown(second))
    latest, example, known = one_row(
        one.con,
        f"""
        SELECT max(year(local)) FILTER (WHERE length(year) = 2),
            arg_max(t, local) FILTER (WHERE length(year) = 2 AND local IS NOT NULL),
            max(year(local)) FILTER (WHERE length(year) = 4 AND year(local) < 2300)
        FROM {cells}
        """,
    )
    years = [whole(known)] if known is not None else []
    years += [newest.year] if newest is not None else []
    limit = max(years, default=RELEASED)
    if latest is not None and whole(latest) > limit + TOO_FAR:
        return one.ask(SHORT_YEARS, ADD_ERA, example=str(example), year=str(latest))
    return None
