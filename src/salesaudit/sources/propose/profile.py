"""Profiles: what the cells of a column look like, counted in the engine."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from salesaudit.sources.raw import RawTable
from salesaudit.warehouse.sql import literal, quoted

FEW = 200  # different values; a column with more is no category that people could list
SHOWN = 40  # values that are listed
MOST = 0.95  # share of cells that must be of a kind

_CLOCK = r"(?:[T ,].*)?"
_DATES = (
    rf"\d{{4}} ?[-/.] ?\d{{1,2}} ?[-/.] ?\d{{1,2}}{_CLOCK}",
    rf"\d{{1,2}} ?[-/. ] ?\d{{1,2}} ?[-/. ] ?(?:\d{{4}}|\d{{2}}){_CLOCK}",
    r"(?:19|20|25)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])",
    rf"\d{{1,2}}\.?[-/ ]*[\pL\pM][\pL\pM.]+[-/ ,]*(?:พ\.?ศ\.? *)?\d{{2,4}}{_CLOCK}",
    rf"[\pL.]{{3,}},? \d{{1,2}},? \d{{4}}{_CLOCK}",
)
_BLANK = r"[\s\p{Z}]*"
_NUMBER = (
    rf"[(+\-−]?{_BLANK}(?:\p{{Sc}}|[A-Z]{{1,2}}\$|[A-Z]{{3}})?{_BLANK}[-−]?\d[\d.,'’\s\p{{Z}}]*"
    r"(?:\p{Sc}|[A-Z]{3}|%)?\)?-?"
)
_DECIMALS = r".*\d[.,]\d{1,2}\D*|.*[.]\d{3,}"
_SIGN = r"([A-Z]{1,2}\$|\p{Sc}|\b[A-Z]{3}\b)"


class Profile(NamedTuple):
    """What the cells of a column look like."""

    column: str
    records: int
    filled: int
    distinct: int
    dates: float  # share of the filled cells that are written as a date
    clocks: float  # as a time of day too
    numbers: float
    decimals: bool
    mails: float
    length: float  # characters of a cell, on average
    low: float | None  # of its numbers
    high: float | None
    values: tuple[tuple[str, int], ...]  # the commonest, where they are few
    signs: tuple[str, ...]  # of currencies

    @property
    def unique(self) -> bool:
        """Whether every record has a value of its own."""
        return self.filled == self.records == self.distinct and self.filled > 0

    @property
    def is_date(self) -> bool:
        """Whether it holds dates."""
        return self.filled > 0 and self.dates >= MOST

    @property
    def is_number(self) -> bool:
        """Whether it holds numbers."""
        return self.filled > 0 and self.numbers >= MOST

    @property
    def is_whole(self) -> bool:
        """Whether its numbers are whole."""
        return self.is_number and not self.decimals

    @property
    def is_mail(self) -> bool:
        """Whether it holds mail addresses."""
        return self.filled > 0 and self.mails >= 0.8

    @property
    def is_category(self) -> bool:
        """Whether it holds few values, each of several records."""
        few = self.distinct <= FEW or self.distinct * 5 <= self.filled
        return self.filled > 0 and few and not self.is_date and not self.is_mail


def profiles_of(con: duckdb.DuckDBPyConnection, raw: RawTable) -> dict[str, Profile]:
    """The profile of every column of a raw table."""
    if not raw.columns:
        return {}
    parts = [_counts(raw.table, place, column) for place, column in enumerate(raw.columns)]
    rows = con.execute(" UNION ALL ".join(parts) + " ORDER BY 1").fetchall()
    return {
        column: _profile(con, raw.table, column, row)
        for column, row in zip(raw.columns, rows, strict=True)
    }


def cell(column: str) -> str:
    """SQL: the text of a cell, NULL where it is empty."""
    return f"nullif(trim({quoted(column)}), '')"


def commonest(
    con: duckdb.DuckDBPyConnection, table: str, column: str, most: int = SHOWN
) -> tuple[tuple[str, int], ...]:
    """The commonest values of a column, with their counts."""
    rows = con.execute(
        f"SELECT {cell(column)} AS t, count(*) FROM {quoted(table)} WHERE t IS NOT NULL "
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {most}"
    ).fetchall()
    return tuple((str(value), int(count)) for value, count in rows)


def one_number(con: duckdb.DuckDBPyConnection, query: str) -> float:
    """The one number of a query; nothing is 0."""
    row = con.execute(query).fetchone()
    return float(row[0]) if row and row[0] is not None else 0.0


def _counts(table: str, place: int, column: str) -> str:
    dates = " OR ".join(f"regexp_full_match(t, {literal(form)})" for form in _DATES)
    plain = r"regexp_replace(t, '[^0-9.\-]', '', 'g')"
    return f"""
        SELECT {place} AS place, count(*) AS records, count(t) AS filled,
            count(DISTINCT t) AS distinct_, count(*) FILTER ({dates}) AS dates,
            count(*) FILTER (regexp_matches(t, '\\d{{1,2}}:\\d{{2}}')) AS clocks,
            count(*) FILTER (regexp_full_match(t, {literal(_NUMBER)})) AS numbers,
            coalesce(bool_or(regexp_full_match(t, {literal(_DECIMALS)})), false) AS decimals,
            count(*) FILTER (regexp_full_match(t, '[^@\\s]+@[^@\\s]+\\.[a-zA-Z]+')) AS mails,
            coalesce(avg(length(t)), 0) AS length,
            min(TRY_CAST({plain} AS DOUBLE)) AS low, max(TRY_CAST({plain} AS DOUBLE)) AS high,
            list(DISTINCT regexp_extract(t, {literal(_SIGN)}, 1))
                FILTER (regexp_full_match(t, {literal(_NUMBER)})) AS signs
        FROM (SELECT {cell(column)} AS t FROM {quoted(table)})"""


def _profile(
    con: duckdb.DuckDBPyConnection, table: str, column: str, row: Sequence[object]
) -> Profile:
    _, records, filled, distinct, dates, clocks, numbers, decimals, mails, length, low, high, s = (
        row
    )
    whole = [int(str(n)) for n in (records, filled, distinct, dates, clocks, numbers, mails)]
    base = max(whole[1], 1)
    few = 0 < whole[2] <= FEW
    signs = sorted(sign for sign in s if sign) if isinstance(s, list) else []
    return Profile(
        column=column,
        records=whole[0],
        filled=whole[1],
        distinct=whole[2],
        dates=whole[3] / base,
        clocks=whole[4] / base,
        numbers=whole[5] / base,
        decimals=bool(decimals),
        mails=whole[6] / base,
        length=float(str(length)),
        low=None if low is None else float(str(low)),
        high=None if high is None else float(str(high)),
        values=commonest(con, table, column) if few else (),
        signs=tuple(signs),
    )
