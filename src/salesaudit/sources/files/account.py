"""The account of a file: every line of it is in a record, or refused, or empty."""

# ruff: noqa: S608 -- names are quoted, values are parameters or literals of our own
from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import AccountError, SourceError
from salesaudit.core.texts import Text
from salesaudit.sources.files.dialect import Dialect
from salesaudit.sources.files.reader import Given, RefusedLine
from salesaudit.warehouse.sql import quoted

REFUSED_TABLE = "refused"
REFUSED_CELLS = "refused_cells"

TORN = Text(
    "files.torn",
    "{file}: quote marks are so broken from line {line} on that lines got lost ({refused} records "
    "could not be read); nothing was loaded from it.",
    "{file}: เครื่องหมายคำพูดตั้งแต่บรรทัด {line} เสียหายจนมีบรรทัดสูญหาย (อ่านไม่ได้ {refused} รายการ) "
    "จึงไม่ได้นำเข้าข้อมูลจากไฟล์นี้เลย",
)
MEND_QUOTES = Text(
    "files.mend-quotes",
    "Correct the quote marks from line {line} on, or export the file again.",
    "แก้เครื่องหมายคำพูดตั้งแต่บรรทัด {line} หรือส่งออกไฟล์ใหม่",
)


class Account(NamedTuple):
    """Where the lines of a file went."""

    records: int  # loaded and refused
    empty_lines: int


class _Mark(NamedTuple):
    """What stands before a loaded record: refused records and their lines."""

    loaded: int
    records: int
    lines: int


def create_refused(con: duckdb.DuckDBPyConnection) -> None:
    """Create the tables that keep refused records and cells, where they do not exist."""
    for table in (REFUSED_TABLE, REFUSED_CELLS):
        con.execute(
            f"""
            CREATE TABLE IF NOT EXISTS {table} (source TEXT, record BIGINT, line BIGINT,
                "column" TEXT, value TEXT, reason TEXT, detail TEXT)
            """
        )


def close_account(
    con: duckdb.DuckDBPyConnection,
    given: Given,
    dialect: Dialect,
    refused: Sequence[RefusedLine],
    *,
    table: str,
    loaded: int,
    source: str,
) -> Account:
    """Account for every line, number the records, and keep the refused ones.

    ``_record`` and ``_line`` are exact unless empty lines stand both inside and outside
    of quote marks of a file whose quote marks do not pair; then both may be off by those lines.

    Raises:
        SourceError: lines got lost in a file with refused records.
        AccountError: lines are missing, or there are too many, and nothing was refused.
    """
    header = dialect.header_lines if given.header else 0
    torn = sum(1 + line.breaks for line in refused)
    rest = given.layout.lines - header - torn - loaded
    inside = 0
    if rest and len(dialect.columns) * loaded:
        inside = _breaks(con, table, dialect.columns)
    empty = rest - inside
    # in a file of one column an empty line is a record of its own, dropped later
    if not 0 <= empty <= len(given.layout.empty):
        if refused:  # the engine loses its place in a file whose quote marks are broken
            first = refused[0].line + given.lines_above
            raise SourceError(TORN, MEND_QUOTES, file=source, line=first, refused=len(refused))
        raise AccountError(
            f"{source}: {given.layout.lines} lines, but {header} of the header, {loaded} loaded "
            f"with {inside} breaks inside: {empty} left, at most {len(given.layout.empty)} are "
            "empty"
        )
    empties = _outside(given, empty)
    records = _ordinals(refused, empties, given, loaded)
    _keep(con, refused, records, source=source, above=given.lines_above)
    if rest or refused:
        _number(
            con, _marks(refused, records), empties, dialect, table=table, above=given.lines_above,
            header=header,
        )  # fmt: skip
    return Account(loaded + len(refused), empty)


def _breaks(con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> int:
    row = con.execute(f"SELECT sum({_breaks_sql(columns)}) FROM {quoted(table)}").fetchone()
    return int(row[0]) if row is not None and row[0] is not None else 0


def _breaks_sql(columns: Sequence[str]) -> str:
    names = (quoted(name) for name in columns)
    return " + ".join(
        f"CASE WHEN contains({n}, chr(10)) THEN length({n}) - length(replace({n}, chr(10), '')) "
        "ELSE 0 END"
        for n in names
    )


def _outside(given: Given, empty: int) -> array[int]:
    """Numbers of the lines that are empty and lie outside of quotes."""
    if empty == 0:
        return array("q")
    layout = given.layout
    return layout.empty if len(layout.empty) == empty else layout.empty_outside


def _ordinals(
    refused: Sequence[RefusedLine], empties: array[int], given: Given, loaded: int
) -> list[int]:
    """Ordinals of the refused records among all records, each its own."""
    header = 1 if given.header else 0
    records: list[int] = []
    before = 0  # loaded records that stand before
    for count, line in enumerate(refused, start=1):
        ordinal = line.ordinal - header - bisect_left(empties, line.line)
        before = min(max(before, ordinal - count), loaded)
        records.append(before + count)
    return records


def _marks(refused: Sequence[RefusedLine], records: Sequence[int]) -> list[_Mark]:
    marks: dict[int, _Mark] = {}
    lines = 0
    for count, (line, record) in enumerate(zip(refused, records, strict=True), start=1):
        lines += 1 + line.breaks
        loaded = record - count
        marks[loaded] = _Mark(loaded, count, lines)
    return list(marks.values())


def _number(
    con: duckdb.DuckDBPyConnection,
    marks: Sequence[_Mark],
    empties: array[int],
    dialect: Dialect,
    *,
    table: str,
    above: int,
    header: int,
) -> None:
    """Give every loaded record its ordinal and the line where it starts."""
    before = [line - i for i, line in enumerate(empties)]  # lines with text, up to each, plus one
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE _numbers AS
        WITH marks AS (SELECT unnest($1::BIGINT[]) AS loaded, unnest($2::BIGINT[]) AS records,
                unnest($3::BIGINT[]) AS lines),
        empties AS (SELECT start, max(n) AS n
            FROM (SELECT unnest($4::BIGINT[]) AS start, unnest(range(1, len($4) + 1)) AS n)
            GROUP BY start),
        rows AS (SELECT _record AS loaded, coalesce(sum({_breaks_sql(dialect.columns)}) OVER (
                ORDER BY _record ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0) AS breaks
            FROM {quoted(table)}),
        placed AS (SELECT r.loaded, r.loaded + coalesce(m.records, 0) AS record,
                {header} + r.loaded + r.breaks + coalesce(m.lines, 0) AS line
            FROM rows r ASOF LEFT JOIN marks m ON r.loaded > m.loaded)
        SELECT p.loaded, p.record, p.line + coalesce(e.n, 0) + {above} AS line
        FROM placed p ASOF LEFT JOIN empties e ON p.line >= e.start
        """,
        [[m.loaded for m in marks], [m.records for m in marks], [m.lines for m in marks], before],
    )
    con.execute(
        f"""
        UPDATE {quoted(table)} AS t SET _record = n.record, _line = n.line
        FROM _numbers n WHERE t._record = n.loaded
        """
    )
    con.execute("DROP TABLE _numbers")


def _keep(
    con: duckdb.DuckDBPyConnection,
    refused: Sequence[RefusedLine],
    records: Sequence[int],
    *,
    source: str,
    above: int,
) -> None:
    if not refused:
        return
    con.execute(
        f"""
        INSERT INTO {REFUSED_TABLE}
        SELECT $1, unnest($2::BIGINT[]), unnest($3::BIGINT[]), NULL, unnest($4::TEXT[]),
            unnest($5::TEXT[]), unnest($6::TEXT[])
        """,
        [
            source, list(records), [line.line + above for line in refused],
            [line.text for line in refused], [line.reason for line in refused],
            [line.detail for line in refused],
        ],
    )  # fmt: skip
