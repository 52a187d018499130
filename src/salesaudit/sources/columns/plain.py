"""Columns written plainly throughout: read without taking each cell apart, so that size is cheap.

What is plain is read here exactly as the general way reads it; any other cell sends the whole
column there.
"""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are parameters or literals of our own
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

from salesaudit.sources.columns.reading import Column, one_row, whole
from salesaudit.warehouse.sql import literal, quoted

_FIRST = 2000  # cells looked at before all are
_DAY = r"(?:\d{4}-\d\d-\d\d|\d\d[-/.]\d\d[-/.]\d{4})"
_CLOCK = r"(?:[ T](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:[.]\d{1,6})?)?)?"
_TIME = f"^{_DAY}{_CLOCK}$"
_NUMBER = r"^-?\d{1,15}(?:[.]\d{1,15})?$"
_EITHER = r"^-?\d{1,3}[.]\d{3}$"  # with a decimal comma it is a thousand times as much
_DAYS, _HOURS = "_days", "_hours"

MOMENTS = {  # by the name of a form: the text of a plain cell as the engine casts it
    "%Y-%m-%d": "{cell}",
    "%d/%m/%Y": "({cell}[7:10] || '-' || {cell}[4:5] || '-' || {cell}[1:2] || {cell}[11:])",
    "%m/%d/%Y": "({cell}[7:10] || '-' || {cell}[1:2] || '-' || {cell}[4:5] || {cell}[11:])",
}


class PlainNumbers(NamedTuple):
    """Numbers with a decimal point and nothing else beside the digits."""

    value: str  # SQL over the columns of the raw table
    filled: int
    empty: int
    unreadable: int
    cut: int  # with more decimals than are kept
    decimals: bool  # some have a decimal sign


def all_plain_times(one: Column) -> bool:
    """Whether every filled cell is a day, or a day and a time, in full digits."""
    return _all(one, _TIME)


@contextmanager
def plain_days(one: Column) -> Iterator[str]:
    """A temporary table of the days of plain cells, as ``counted_cells`` makes it of cells."""
    cell = quoted(one.name)
    one.con.execute(
        f"CREATE OR REPLACE TEMP TABLE {_DAYS} AS SELECT nullif(left({cell}, 10), '') AS t, "
        "count(*) AS n, min(_record) AS first, NULL::TEXT AS marker "
        f"FROM {quoted(one.table)} GROUP BY 1"
    )
    try:
        yield _DAYS
    finally:
        one.con.execute(f"DROP TABLE {_DAYS}")


def moment(one: Column, form: str) -> str:
    """SQL over the raw table: the time that a plain cell of a form says, NULL where none."""
    cell = quoted(one.name)
    return f"TRY_CAST({MOMENTS[form].replace('{cell}', cell)} AS TIMESTAMP)"


def cell_of(one: Column, record: int) -> str:
    """The cell of a record."""
    query = f"SELECT {quoted(one.name)} FROM {quoted(one.table)} WHERE _record = {record} LIMIT 1"
    return str(one_row(one.con, query)[0])


def count_clocks(one: Column, local: str) -> int:
    """How many cells say another time of day than midnight."""
    table = quoted(one.table)
    query = f"SELECT count(*) FILTER (WHERE ({local})::TIME <> TIME '00:00') FROM {table}"
    return whole(one_row(one.con, query)[0])


@contextmanager
def plain_hours(one: Column, local: str) -> Iterator[str]:
    """A temporary table of the quarters of hours of plain cells: local, n, zone."""
    one.con.execute(
        f"CREATE OR REPLACE TEMP TABLE {_HOURS} AS SELECT "
        f"time_bucket(INTERVAL 15 MINUTE, {local}) AS local, count(*) AS n, '' AS zone "
        f"FROM {quoted(one.table)} GROUP BY 1"
    )
    try:
        yield _HOURS
    finally:
        one.con.execute(f"DROP TABLE {_HOURS}")


def plain_numbers(
    one: Column, type_: str, digits: int | None, *, settled: bool
) -> PlainNumbers | None:
    """The numbers of a column, if all are plain and nothing is open about their decimal sign.

    Args:
        one: the column.
        type_: the engine's.
        digits: decimals that are kept; None: all.
        settled: the settings say that the decimal sign is a point.
    """
    if not _all(one, _NUMBER):
        return None
    cell = quoted(one.name)
    value = f"TRY_CAST(nullif({cell}, '') AS {type_})"
    beyond = literal(rf"[.][0-9]{{{digits}}}[0-9]*[1-9]") if digits is not None else "''"
    cut = f"regexp_matches({cell}, {beyond})" if digits is not None else "false"
    filled = f"{cell} <> ''"
    empty, full, unread, longer, either, point = map(
        whole,
        one_row(
            one.con,
            f"""
            SELECT count(*) FILTER (WHERE ({filled}) IS NOT TRUE), count(*) FILTER (WHERE {filled}),
                count(*) FILTER (WHERE {filled} AND {value} IS NULL),
                count(*) FILTER (WHERE {value} IS NOT NULL AND {cut}),
                count(*) FILTER (WHERE regexp_matches({cell}, {literal(_EITHER)})),
                count(*) FILTER (WHERE contains({cell}, '.')
                    AND NOT regexp_matches({cell}, {literal(_EITHER)}))
            FROM {quoted(one.table)}
            """,
        ),
    )
    if (either and not point and not settled) or (type_ == "BIGINT" and either + point):
        return None
    return PlainNumbers(value, full, empty, unread, longer, either + point > 0)


def _all(one: Column, pattern: str) -> bool:
    cell = quoted(one.name)
    odd = f"{cell} <> '' AND NOT regexp_matches({cell}, {literal(pattern)})"
    table = quoted(one.table)
    for rows in (f"(SELECT {cell} FROM {table} LIMIT {_FIRST})", table):
        if one.con.execute(f"SELECT 1 FROM {rows} WHERE {odd} LIMIT 1").fetchone() is not None:
            return False
    return True
