"""The one ``read_csv`` call: from a clean text file to a raw table and its refused lines."""

# ruff: noqa: S608 -- names are quoted, values are parameters or literals of our own
from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Text
from salesaudit.sources.files.dialect import Dialect
from salesaudit.sources.files.streams import LOST_BYTE, utf8_blocks
from salesaudit.sources.files.survey import Layout
from salesaudit.sources.files.task import path_literal
from salesaudit.warehouse.sql import literal, of_the_machine, quoted

LONGEST_RECORD = 32 << 20  # bytes
KEPT_TEXT = 1 << 16  # characters kept of a refused record

REASONS = {
    "INVALID ENCODING": "encoding",
    "UNQUOTED VALUE": "quote",
    "LINE SIZE OVER MAXIMUM": "too_long",
    "TOO MANY COLUMNS": "fields",
    "MISSING COLUMNS": "fields",
}
OTHER_REASON = "unreadable"

READER_GAVE_UP = Text(
    "files.reader-gave-up",
    "{file} cannot be read as a table with the separator {separator}: {cause}.",
    "อ่าน {file} เป็นตารางด้วยตัวคั่น {separator} ไม่ได้: {cause}",
)
CHECK_SHAPE = Text(
    "files.check-shape",
    "Check the separator, the quote marks and the encoding, or export the file again.",
    "ตรวจตัวคั่น เครื่องหมายคำพูด และรหัสอักขระ หรือส่งออกไฟล์ใหม่",
)

_FIELDS = re.compile(r"Expected Number of Columns: (\d+) Found: (\d+)")


class Given(NamedTuple):
    """The file that the reader is given: the source itself, or its clean copy."""

    path: Path
    gzip: bool
    layout: Layout
    header: bool  # its first record is the header
    lines_above: int  # lines of the source that stand above its first line
    recoded: bool  # came from another encoding


class RefusedLine(NamedTuple):
    """A record that the reader could not take."""

    ordinal: int  # as the reader counts: records and empty lines, the header among them
    line: int  # of the file given, where the record starts
    breaks: int  # line breaks inside it
    text: str
    reason: str
    detail: str


def read_table(
    con: duckdb.DuckDBPyConnection,
    given: Given,
    dialect: Dialect,
    *,
    table: str,
    escape: str,
    file: str,
) -> int:
    """Load the file into ``table`` as text, with ``_record`` and ``_line`` as if it were clean.

    Empty cells are empty text, never NULL. What cannot be read stands in the temporary table
    ``<table>_rejects``.

    Returns:
        Number of records loaded.

    Raises:
        SourceError: the engine cannot read the file at all.
    """
    drop_rejects(con, table)
    first = given.lines_above + (dialect.header_lines if given.header else 0)
    escape = escape if dialect.quote else ""
    rejects, scans = literal(f"{table}_rejects"), literal(f"{table}_scans")
    columns = ", ".join(f"{literal(name)}: 'VARCHAR'" for name in dialect.columns)
    con.execute("SET preserve_insertion_order = true")
    try:
        con.execute(
            f"""
            CREATE OR REPLACE TABLE {quoted(table)} AS
            SELECT *, row_number() OVER () AS _record, row_number() OVER () + {first} AS _line
            FROM read_csv({path_literal(given.path)}, auto_detect = false,
                header = {given.header}, skip = 0, delim = {literal(dialect.separator)},
                quote = {literal(dialect.quote)}, escape = {literal(escape)},
                compression = {"'gzip'" if given.gzip else "'none'"}, columns = {{{columns}}},
                store_rejects = true, rejects_limit = 0, rejects_table = {rejects},
                rejects_scan = {scans}, null_padding = false,
                strict_mode = true, nullstr = chr(0), max_line_size = {LONGEST_RECORD})
            """
        )
    except duckdb.Error as error:
        if of_the_machine(error):
            raise
        cause = str(error).strip().split("\n", 1)[0][:300]
        raise SourceError(
            READER_GAVE_UP, CHECK_SHAPE, file=file, separator=dialect.separator, cause=cause
        ) from error
    return _count(con, table)


def drop_rejects(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """Forget what the reader could not take of ``table``."""
    for name in (f"{table}_rejects", f"{table}_scans"):
        con.execute(f"DROP TABLE IF EXISTS {quoted(name)}")


def has_rejects(con: duckdb.DuckDBPyConnection, table: str) -> bool:
    """Whether the reader could not take some record of ``table``."""
    return con.execute(f"SELECT 1 FROM {quoted(table + '_rejects')} LIMIT 1").fetchone() is not None


def rejected_reasons(con: duckdb.DuckDBPyConnection, table: str) -> dict[str, int]:
    """Number of refused records by reason, commonest first."""
    rows = con.execute(
        f"SELECT reason, count(*) FROM ({_one_per_line(table)}) GROUP BY ALL ORDER BY 2 DESC, 1"
    ).fetchall()
    return {str(reason): int(count) for reason, count in rows}


def rejected_lines(con: duckdb.DuckDBPyConnection, given: Given, table: str) -> list[RefusedLine]:
    """The refused records in the order of the file, with the lines where they start."""
    rows = con.execute(
        f"""
        SELECT ordinal, position + blank AS start, breaks, bytes, text, reason, message
        FROM ({_one_per_line(table)}) ORDER BY position
        """
    ).fetchall()
    starts = [int(row[1]) for row in rows]
    spans = [int(row[3]) if row[5] == "encoding" else 0 for row in rows]
    lines, originals = _lines_at(given, starts, spans)
    return [
        _refused_line(row, line, original, given)
        for row, line, original in zip(rows, lines, originals, strict=True)
    ]


def _refused_line(row: tuple[object, ...], line: int, original: bytes, given: Given) -> RefusedLine:
    ordinal, _, breaks, _, text, reason, message = map(str, row)
    count = int(breaks)
    if reason == "encoding":  # the engine's own text may have lost a line break beside the byte
        original = original.strip(b"\r\n")
        text, count = _original(original, given), original.count(b"\n")
    detail = _detail(reason, message, count)
    return RefusedLine(int(ordinal), line, count, text, reason, detail)


def _one_per_line(table: str) -> str:
    """Errors of one record folded to one: its most telling one."""
    ranks = " ".join(f"WHEN {literal(name)} THEN {i}" for i, name in enumerate(REASONS))
    names = " ".join(f"WHEN {literal(name)} THEN {literal(r)}" for name, r in REASONS.items())
    return f"""
        SELECT *, strlen(text_all) AS bytes, left(text_all, {KEPT_TEXT}) AS text,
            length(text_all) - length(replace(text_all, chr(10), '')) AS breaks
        FROM (
            SELECT line_byte_position - 1 AS position, min(line) AS ordinal,
                any_value(strlen(csv_line) - strlen(ltrim(csv_line, chr(10) || chr(13)))) AS blank,
                any_value(trim(csv_line, chr(10) || chr(13))) AS text_all,
                arg_min(CASE error_type::VARCHAR {names} ELSE '{OTHER_REASON}' END, rank) AS reason,
                arg_min(error_message, rank) AS message
            FROM (SELECT *, CASE error_type::VARCHAR {ranks} ELSE 9 END AS rank
                  FROM {quoted(table + "_rejects")})
            GROUP BY line_byte_position
        )"""


def _lines_at(
    given: Given, starts: Sequence[int], spans: Sequence[int]
) -> tuple[list[int], list[bytes]]:
    """Line numbers of byte positions in order, and the bytes that stand there."""
    lines: list[int] = []
    cut: list[bytes] = []
    if not starts:
        return lines, cut
    line, position = 1, 0
    for block in _given_blocks(given):
        done = 0
        while len(lines) < len(starts) and starts[len(lines)] < position + len(block):
            at = starts[len(lines)] - position
            line += block.count(b"\n", done, at)
            done = at
            cut.append(block[at : at + spans[len(lines)]])
            lines.append(line)
        line += block.count(b"\n", done)
        position += len(block)
    missing = len(starts) - len(lines)
    return lines + [line] * missing, cut + [b""] * missing


def _given_blocks(given: Given) -> Iterator[bytes]:
    return utf8_blocks(given.path, None, gzip=given.gzip)


def _original(data: bytes, given: Given) -> str:
    """The bytes of a line as text, those that are none written out."""
    if given.recoded:
        data = data.replace(LOST_BYTE, b"")
    return data.decode("utf-8", "backslashreplace")[:KEPT_TEXT]


def _detail(reason: str, message: str, breaks: int) -> str:
    if reason == "fields" and (found := _FIELDS.search(message)) is not None:
        return f"{found[1]} expected, {found[2]} seen"
    return f"covers {breaks + 1} lines" if breaks else ""


def _count(con: duckdb.DuckDBPyConnection, table: str) -> int:
    row = con.execute(f"SELECT count(*) FROM {quoted(table)}").fetchone()
    assert row is not None  # noqa: S101  # an aggregate has one row
    return int(row[0])
