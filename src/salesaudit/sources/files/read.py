"""From a file to a raw table of text, with every record of it accounted for."""

# ruff: noqa: S608 -- names are quoted, values are parameters or literals of our own
from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import AccountError, SourceError
from salesaudit.core.texts import Message, Text
from salesaudit.sources.files import reader
from salesaudit.sources.files.account import REFUSED_TABLE, close_account, create_refused
from salesaudit.sources.files.dialect import (
    EMPTY,
    EXPORT_AGAIN,
    Dialect,
    find_dialect,
    headless_dialect,
)
from salesaudit.sources.files.notes import byte_notes, check_encoding, line_notes, shape_notes
from salesaudit.sources.files.reader import Given
from salesaudit.sources.files.rows import HARMLESS, sift_rows
from salesaudit.sources.files.streams import (
    codec_of,
    first_bytes,
    first_content,
    is_gzip,
    is_padded,
    refuse_other_kinds,
    utf8_blocks,
)
from salesaudit.sources.files.survey import HEAD, Progress, Survey, clean_block, survey, write_clean
from salesaudit.sources.raw import RawTable
from salesaudit.warehouse.sql import quoted

ACCEPT_REFUSED = 0.1  # share of records; above it a load stops and asks
REFUSED_FLOOR = 100  # records; below it a load never stops

TOO_MANY_REFUSED = Text(
    "files.too-many-refused",
    "{file}: {refused} of {read} records would be lost: {reasons}. Nothing was loaded from it.",
    "{file}: รายการ {refused} จาก {read} จะสูญหาย: {reasons} จึงไม่ได้นำเข้าข้อมูลจากไฟล์นี้เลย",
)
ACCEPT_REFUSED_FIX = Text(
    "files.accept-refused",
    "Check separator and encoding; if the loss is right, write  accept_refused: {accept}  "
    "at this source.",
    "ตรวจตัวคั่นและรหัสอักขระ หากยอมรับการสูญหายนี้ได้ ให้ระบุ  accept_refused: {accept}  ที่แหล่งข้อมูลนี้",
)


def read_file(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    name: str,
    encoding: str | None = None,
    header: Sequence[str] = (),
    scratch: Path,
    accept_refused: float = ACCEPT_REFUSED,
    progress: Progress | None = None,
) -> tuple[RawTable, ...]:
    """Load a file into raw tables of text: one, or one for each of its members.

    Args:
        con: where the table ``raw_…`` is made and the table ``refused`` is filled.
        path: the file.
        name: of the source, for messages and for the tables.
        encoding: of the file, where it is not UTF-8 and says nothing itself.
        header: names of its columns, where no line of the file names them.
        scratch: folder for a clean copy of a file that cannot be read in place.
        accept_refused: share of records that may be refused.
        progress: is called with bytes read and bytes in all.

    Raises:
        SourceError: the file cannot be read as it is.
        AccountError: lines of the file went missing.
    """
    head = first_bytes(path)
    gzip = is_gzip(head)
    content = first_content(path, head)
    refuse_other_kinds(content, name)
    codec = codec_of(content, encoding, name)
    seen = survey(path, codec, gzip=gzip, progress=progress)
    if not seen.head:
        raise SourceError(EMPTY, EXPORT_AGAIN, file=name)
    check_encoding(seen, codec, name)
    lines, complete = clean_block(seen.head, seen.damage), len(seen.head) < HEAD
    if header:
        dialect = headless_dialect(lines, header, complete=complete)
    else:
        dialect = find_dialect(lines, name, complete=complete)
    create_refused(con)
    con.execute(f"DELETE FROM {REFUSED_TABLE} WHERE source = ?", [name])
    table = free_table(con, name)
    copy = scratch / f"{table}.csv"
    try:
        given = _given(path, codec, seen, dialect, gzip=gzip, copy=copy)
        loaded = _load(con, given, dialect, table=table, name=name, accept=accept_refused)
    finally:
        copy.unlink(missing_ok=True)
    columns = _drop_unnamed(con, table, dialect)
    raw = RawTable(
        name=name,
        file=name,
        sha256=seen.sha256,
        table=table,
        columns=columns,
        read=loaded.read,
        refused=sum(loaded.reasons.values()),
        reasons=loaded.reasons,
        notes=(
            *byte_notes(path, codec, seen, name, gzip=gzip),
            *loaded.notes,
            *shape_notes(dialect, columns, loaded.read, name),
        ),
        preamble=dialect.preamble,
        encoding=codec or "utf-8",
        separator=dialect.separator,
    )
    return (raw,)


def stop_if_too_many_refused(
    name: str, read: int, refused: Mapping[str, int], accept: float = ACCEPT_REFUSED
) -> None:
    """Stop where more would be lost than the user accepts, and at least 100 records.

    Args:
        name: of the source.
        read: records read.
        refused: records refused by reason; reasons by which nothing is lost do not count.
        accept: share of the records that may be refused.

    Raises:
        SourceError: too many are refused; names the three commonest reasons.
    """
    lost = {reason: count for reason, count in refused.items() if reason not in HARMLESS}
    total = sum(lost.values())
    if total < REFUSED_FLOOR or total <= accept * read:
        return
    commonest = sorted(lost.items(), key=lambda item: (-item[1], item[0]))[:3]
    raise SourceError(
        TOO_MANY_REFUSED,
        ACCEPT_REFUSED_FIX,
        file=name,
        refused=total,
        read=read,
        reasons=", ".join(f"{reason} ({count})" for reason, count in commonest),
        accept=f"{min(1.0, total / read + 0.01):.2f}",
    )


class _Loaded(NamedTuple):
    read: int
    reasons: dict[str, int]
    notes: list[Message]


def _given(
    path: Path, codec: str | None, seen: Survey, dialect: Dialect, *, gzip: bool, copy: Path
) -> Given:
    """The file itself if the reader can take it, else a clean copy from its header line on."""
    in_place = not seen.damage.needs_cleaning and dialect.skip_lines == 0 and dialect.regular
    if codec is None and in_place and not (gzip and is_padded(path)):
        return Given(path, gzip, seen.layout, header=True, lines_above=0, recoded=False)
    above = dialect.skip_lines + (0 if dialect.regular else dialect.header_lines)
    blocks = utf8_blocks(path, codec, gzip=gzip)
    layout = write_clean(blocks, seen.damage, skip_lines=above, to=copy)
    return Given(
        copy, False, layout, header=dialect.regular, lines_above=above, recoded=codec is not None
    )


def _load(
    con: duckdb.DuckDBPyConnection,
    given: Given,
    dialect: Dialect,
    *,
    table: str,
    name: str,
    accept: float,
) -> _Loaded:
    loaded = _read_either_escape(con, given, dialect, table=table, name=name)
    reasons = reader.rejected_reasons(con, table)
    try:
        stop_if_too_many_refused(name, loaded + sum(reasons.values()), reasons, accept)
        refused = reader.rejected_lines(con, given, table)
        account = close_account(
            con, given, dialect, refused, table=table, loaded=loaded, source=name
        )
    except (SourceError, AccountError):
        con.execute(f"DROP TABLE {quoted(table)}")
        raise
    finally:
        reader.drop_rejects(con, table)
    sifted, dropped = sift_rows(
        con, table, dialect.columns, dialect.header, source=name, separator=dialect.separator
    )
    notes = line_notes(refused, account.empty_lines + dropped, name, above=given.lines_above)
    return _Loaded(account.records - dropped, reasons | sifted, notes)


def _read_either_escape(
    con: duckdb.DuckDBPyConnection, given: Given, dialect: Dialect, *, table: str, name: str
) -> int:
    """Read with doubled quote marks; with backslashes where those alone make every line fit."""
    loaded = reader.read_table(con, given, dialect, table=table, escape='"', file=name)
    if not given.layout.escaped_quotes or not reader.has_rejects(con, table):
        return loaded
    other = f"{table}_backslash"
    again = reader.read_table(con, given, dialect, table=other, escape="\\", file=name)
    fits = again > loaded and not reader.has_rejects(con, other)
    reader.drop_rejects(con, other)
    con.execute(f"DROP TABLE {quoted(other)}")
    if fits:
        return reader.read_table(con, given, dialect, table=table, escape="\\", file=name)
    return loaded


def free_table(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """A name for the raw table of a source that no table has yet and that needs no quoting."""
    plain = "raw_" + (re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:60] or "file")
    taken = {
        str(row[0])
        for row in con.execute("SELECT table_name FROM information_schema.tables").fetchall()
    }
    table, again = plain, 2
    while table in taken:
        table, again = f"{plain}_{again}", again + 1
    return table


def _drop_unnamed(con: duckdb.DuckDBPyConnection, table: str, dialect: Dialect) -> tuple[str, ...]:
    """Leave out columns at the end that have no name and are empty in every record."""
    columns = dialect.columns
    while len(columns) > 1 and not dialect.header[len(columns) - 1].strip():
        last = quoted(columns[-1])
        filled = con.execute(
            f"SELECT 1 FROM {quoted(table)} WHERE trim({last}) <> '' LIMIT 1"
        ).fetchone()
        if filled is not None:
            break
        con.execute(f"ALTER TABLE {quoted(table)} DROP COLUMN {last}")
        columns = columns[:-1]
    return columns
