"""Columns of times: one format for all of the column, or a question."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are parameters or literals of our own
from datetime import date
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import MappingError
from salesaudit.core.texts import Message, Param, Text
from salesaudit.sources.columns.date_choice import choose_form, doubt_years, label_of
from salesaudit.sources.columns.date_forms import BUDDHIST_YEARS, ZERO_DATE, Form
from salesaudit.sources.columns.plain import (
    MOMENTS,
    all_plain_times,
    cell_of,
    count_clocks,
    moment,
    plain_days,
    plain_hours,
)
from salesaudit.sources.columns.reading import (
    Column,
    Reading,
    cell_expression,
    counted_cells,
    counts,
    examples,
    marker_notes,
    nothing_read,
    one_row,
    reason_of,
    whole,
    worked_out,
)
from salesaudit.warehouse.sql import let, literal, quoted

UTC = "UTC"
ERAS = 2300  # a year beyond is none of our era
MANY = 5  # cells of one suspicious day that make it a sentinel, if they are 1 % as well

UNKNOWN_ZONE = Text(
    "columns.unknown-zone",
    "{file}: there is no time zone named {zone}.",
    "{file}: ไม่มีเขตเวลาชื่อ {zone}",
)
FIX_ZONE = Text(
    "columns.fix-zone",
    "Write a name such as  timezone: Asia/Bangkok.",
    "ระบุชื่อ เช่น  timezone: Asia/Bangkok",
)
SENTINELS = Text(
    "columns.sentinels",
    "{file}: {count} cells of '{column}' hold a date that stands for none, e.g. {example}.",
    "{file}: '{column}' มี {count} ช่องที่ใช้วันที่แทนค่าว่าง เช่น {example}",
)
PIVOTED = Text(
    "columns.pivoted",
    "{file}: two-digit years of '{column}' ({count}) were read as 1969 to 2068.",
    "{file}: ปีสองหลักใน '{column}' ({count} ค่า) อ่านเป็น ค.ศ. 1969 ถึง 2068",
)
BUDDHIST = Text(
    "columns.buddhist",
    "{file}: years of '{column}' are of the Buddhist era and were reduced by 543.",
    "{file}: ปีใน '{column}' เป็นพุทธศักราช จึงแปลงเป็นคริสต์ศักราชโดยลบ 543",
)
NO_SUCH_HOUR = Text(
    "columns.no-such-hour",
    "{file}: {count} times of '{column}' do not exist in {zone} (clocks go forward) and were moved "
    "ahead.",
    "{file}: เวลา {count} ค่าใน '{column}' ไม่มีอยู่จริงในเขตเวลา {zone} (ช่วงปรับนาฬิกา) จึงเลื่อนไปข้างหน้า",
)
DOUBLE_HOUR = Text(
    "columns.double-hour",
    "{file}: {count} times of '{column}' exist twice in {zone} (clocks go back); the later was "
    "taken.",
    "{file}: เวลา {count} ค่าใน '{column}' มีสองครั้งในเขตเวลา {zone} (ช่วงปรับนาฬิกากลับ) จึงใช้ครั้งหลัง",
)


_MINUTES = (
    "(coalesce(TRY_CAST(z[2:3] AS INT) * 60, 0) + coalesce(TRY_CAST(z[4:5] AS INT), 0))"
    " * CASE z[1] WHEN '-' THEN -1 WHEN '+' THEN 1 ELSE 0 END"
)


class _Times(NamedTuple):
    """A form read in a time zone, in SQL over ``t``."""

    form: Form
    local: str  # naive, in the zone
    utc: str  # naive


def decide_times(
    con: duckdb.DuckDBPyConnection,
    table: str,
    column: str,
    *,
    source: str,
    field: str,
    timezone: str,
    format: str | None = None,  # noqa: A002 -- the word that settings use
    era: str | None = None,
    day: bool = False,
    newest: date | None = None,
    required: bool = True,
) -> Reading:
    """Read a column of dates or times; one format holds for all of it.

    Times with an offset are what they say, others are in ``timezone``; a date alone is midnight
    there. Dates that stand for none (zeros, 1899-12-30, 9999-12-31, and 1900-01-01 or 1970-01-01
    where they are many) are empty.

    Args:
        con: where the raw table is.
        table: the raw table.
        column: of the raw table.
        source: name for messages.
        field: of the canonical table, for messages.
        timezone: IANA name, of times without offset.
        format: as ``strptime`` takes it, where the settings say it; nothing else is then read.
        era: buddhist or gregorian, where the settings say it.
        day: give the DATE in ``timezone`` instead of the TIMESTAMP in UTC.
        newest: the newest four-digit date of the source; two-digit years may lie ten years later.
        required: False: a column that cannot be decided gives no values instead of a question.
            Only where no answer uses the column.

    Raises:
        MappingError: no date, two orders, two eras, or nothing that settles day and month.
    """
    one = Column(con, table, column, source, field)
    text, kind = cell_expression(column), "DATE" if day else "TIMESTAMP"
    _check_zone(one, timezone)
    plain = format is None and all_plain_times(one)
    reading = _plain_reading(one, timezone, era=era, day=day, newest=newest) if plain else None
    if reading is not None:
        return reading
    with counted_cells(one) as cells:
        filled, zeros = counts(con, cells, ["t IS NOT NULL", ZERO_DATE])
        total = whole(one_row(con, f"SELECT sum(n) FROM {cells}")[0])
        found = choose_form(one, cells, filled - zeros, written=format, era=era)
        if isinstance(found, Form):
            times = _in_zone(found, timezone)
            values = {
                "local": times.local,
                "year": found.year,
                "zone": found.zone,
                "clock": found.clock,
            }
            with worked_out(one, cells, values) as read:
                question = doubt_years(one, read, era, newest)
                if question is None:
                    return _reading(one, read, times, text, timezone, total=total, day=day, era=era)
            found = question
    if required:
        raise found
    reason = reason_of(found, "not_a_date")
    return nothing_read(kind, text, reason, filled=filled, empty=total - filled, question=found)


def _plain_reading(
    one: Column, zone: str, *, era: str | None, day: bool, newest: date | None
) -> Reading | None:
    """The reading of plain cells by their days; None where their days raise a question."""
    with plain_days(one) as cells:
        empty, filled, zeros = counts(one.con, cells, ["t IS NULL", "t IS NOT NULL", ZERO_DATE])
        form = choose_form(one, cells, filled, written=None, era=era)
        if zeros or isinstance(form, MappingError) or form.name not in MOMENTS:
            return None
        values = {"local": str(form.local), "year": form.year}
        with worked_out(one, cells, values) as read:
            none = f"({_sentinels(one, read, filled + empty)} OR TRY_CAST(year AS INT) > {ERAS})"
            nones, unreadable = counts(one.con, read, [none, "t IS NOT NULL AND local IS NULL"])
            if nones or doubt_years(one, read, era, newest) is not None:
                return None
            latest = _newest(one, read)
        example = examples(one.con, cells, most=1)
    local = moment(one, form.name)
    clocks = count_clocks(one, local)
    notes: list[Message] = []
    if clocks and zone != UTC:
        with plain_hours(one, local) as hours:
            notes = _clock_notes(one, hours, zone)
    return Reading(
        sql=f"({local})::DATE" if day else let("l", local, _from_zone(zone)),
        bad_sql=f"({quoted(one.name)} <> '' AND {local} IS NULL)",
        label=label_of(form, cell_of(one, example[0][0])) if example else form.name,
        reason=let("t", quoted(one.name), form.reason),
        filled=filled,
        unreadable=unreadable,
        empty=empty,
        day_precision=clocks == 0,
        notes=tuple(notes),
        newest=latest,
    )


def _from_zone(zone: str) -> str:
    """SQL: the naive time ``l`` of a zone as one of UTC."""
    return "l" if zone == UTC else f"timezone('UTC', timezone({literal(zone)}, l))"


def _check_zone(one: Column, timezone: str) -> None:
    try:
        one.con.execute(f"SELECT timezone({literal(timezone)}, TIMESTAMP '2020-01-01')")
    except duckdb.Error as error:
        raise one.ask(UNKNOWN_ZONE, FIX_ZONE, zone=timezone) from error


def _in_zone(form: Form, zone: str) -> _Times:
    name = literal(zone)
    if form.local is None:
        return _Times(form, f"timezone({name}, timezone('UTC', {form.instant}))", f"{form.instant}")
    naive = _from_zone(zone)
    if form.zone == "''":
        return _Times(form, form.local, let("l", form.local, naive))
    instant = let("z", f"replace({form.zone}, ':', '')", f"l - to_minutes({_MINUTES})")
    local = (
        f"CASE WHEN {form.zone} = '' THEN l ELSE timezone({name}, timezone('UTC', {instant})) END"
    )
    utc = f"CASE WHEN {form.zone} = '' THEN {naive} ELSE {instant} END"
    return _Times(form, let("l", form.local, local), let("l", form.local, utc))


def _sentinels(one: Column, cells: str, total: int) -> str:
    """SQL: whether a cell with its ``local`` time holds a date that stands for none."""
    suspects = ("1900-01-01", "1970-01-01")
    seen = counts(one.con, cells, [f"local = TIMESTAMP '{day}'" for day in suspects])
    many = max(MANY, total // 100)
    found = [day for day, count in zip(suspects, seen, strict=True) if count >= many]
    days = ", ".join(f"DATE '{day}'" for day in ("1899-12-30", "9999-12-31", *found))
    return f"({ZERO_DATE} OR coalesce(local::DATE IN ({days}), false))"


def _reading(
    one: Column,
    cells: str,
    times: _Times,
    text: str,
    zone: str,
    *,
    total: int,
    day: bool,
    era: str | None,
) -> Reading:
    none = _sentinels(one, cells, total)
    real = f"t IS NOT NULL AND NOT {none} AND local IS NOT NULL"
    bad = f"t IS NOT NULL AND NOT {none} AND local IS NULL"
    read, unreadable, clocks = counts(
        one.con, cells, [real, bad, f"{real} AND clock AND local::TIME <> TIME '00:00'"]
    )
    value = "local::DATE" if day else times.utc
    example = examples(one.con, cells, real, 1)
    notes = [*marker_notes(one, cells), *_date_notes(one, cells, none, era)]
    if clocks and times.form.local is not None:
        notes += _clock_notes(one, cells, zone)
    low, high = BUDDHIST_YEARS
    shifted = counts(one.con, cells, [f"TRY_CAST(year AS INT) BETWEEN {low} AND {high}"])[0]
    return Reading(
        sql=_over(times, f"CASE WHEN NOT {none} THEN {value} END", text),
        bad_sql=f"({_over(times, bad, text)})",
        label=label_of(times.form, example[0][1]) if example else times.form.name,
        reason=let("t", text, times.form.reason),
        filled=read + unreadable,
        unreadable=unreadable,
        empty=total - read - unreadable,
        day_precision=clocks == 0,
        notes=tuple(notes),
        buddhist=shifted > 0 and era != "gregorian",
        newest=_newest(one, cells),
    )


def _newest(one: Column, cells: str) -> date | None:
    """The newest day with a year of four digits; dates that stand for none lie far ahead."""
    query = f"SELECT max(local)::DATE FROM {cells} WHERE length(year) = 4 AND year(local) < {ERAS}"
    found = one_row(one.con, query)[0]
    return found if isinstance(found, date) else None


def _over(times: _Times, sql: str, text: str) -> str:
    """The same over the text of a column: ``t`` its cell, ``local`` the time of it."""
    return let("t", text, let("local", times.local, sql))


def _date_notes(one: Column, cells: str, none: str, era: str | None) -> list[Message]:
    low, high = BUDDHIST_YEARS
    nones, short, shifted = counts(
        one.con,
        cells,
        [
            f"t IS NOT NULL AND {none}",
            "length(year) = 2",
            f"TRY_CAST(year AS INT) BETWEEN {low} AND {high}",
        ],
    )
    names: dict[str, Param] = {"file": one.source, "column": one.name}
    notes = []
    if nones:
        example = examples(one.con, cells, none, 1)[0][1]
        notes.append(Message(SENTINELS, {**names, "count": nones, "example": example}))
    if short and era != "buddhist":
        notes.append(Message(PIVOTED, {**names, "count": short}))
    if shifted and era != "gregorian":
        notes.append(Message(BUDDHIST, names))
    return notes


def _clock_notes(one: Column, cells: str, zone: str) -> list[Message]:
    """Times that the change of clocks leaves out or makes twice."""
    name = literal(zone)
    instant = f"timezone({name}, local)"
    missing, double = counts(
        one.con,
        cells,
        [
            f"zone = '' AND timezone({name}, {instant}) <> local",
            f"zone = '' AND timezone({name}, {instant} - INTERVAL 1 HOUR) = local",
        ],
    )
    params: dict[str, Param] = {"file": one.source, "column": one.name, "zone": zone}
    notes = []
    if missing:
        notes.append(Message(NO_SUCH_HOUR, {**params, "count": missing}))
    if double:
        notes.append(Message(DOUBLE_HOUR, {**params, "count": double}))
    return notes
