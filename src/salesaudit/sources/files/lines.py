"""Lines: from a text file to a raw table, with every line of it accounted for."""

# ruff: noqa: S608 -- names are quoted, values are parameters or literals of our own
from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import AccountError, SourceError
from salesaudit.core.texts import Message
from salesaudit.sources.files import reader
from salesaudit.sources.files.account import close_account
from salesaudit.sources.files.code_pages import choose_page
from salesaudit.sources.files.dialect import (
    EMPTY,
    EXPORT_AGAIN,
    Dialect,
    find_dialect,
    headless_dialect,
)
from salesaudit.sources.files.limits import stop_if_too_many_refused
from salesaudit.sources.files.notes import byte_notes, check_encoding, line_notes, shape_notes
from salesaudit.sources.files.reader import Given
from salesaudit.sources.files.rows import sift_footer, sift_rows
from salesaudit.sources.files.streams import codec_of, is_padded, utf8_blocks
from salesaudit.sources.files.survey import HEAD, Survey, clean_block, survey, write_clean
from salesaudit.sources.files.task import Task, free_table
from salesaudit.sources.raw import RawTable
from salesaudit.warehouse.sql import quoted


class Surveyed(NamedTuple):
    """A text file after one pass over it."""

    codec: str | None  # None: its bytes are UTF-8
    guessed: bool  # neither the file nor the settings say the codec
    seen: Survey


def look_over(task: Task, content: bytes, *, gzip: bool) -> Surveyed:
    """Read a text file once, and find out how its bytes become text.

    Args:
        task: the file.
        content: its first bytes, unpacked.
        gzip: whether it is packed.

    Raises:
        SourceError: it is empty or damaged, or its encoding has to be asked for.
    """
    codec = codec_of(content, task.encoding, task.name)
    seen = survey(task.path, codec, gzip=gzip, progress=task.progress)
    if not seen.head:
        raise SourceError(EMPTY, EXPORT_AGAIN, file=task.name)
    guessed = codec is None and task.encoding is None and seen.is_legacy
    if guessed:
        codec = choose_page(seen.damage, task.pages, task.name)
        seen = survey(task.path, codec, gzip=gzip, progress=None)
    check_encoding(seen, codec, task.name)
    return Surveyed(codec, guessed, seen)


def read_lines(task: Task, content: bytes, *, gzip: bool) -> RawTable:
    """Load a text file of separated values.

    Args:
        task: the file.
        content: its first bytes, unpacked.
        gzip: whether it is packed.

    Raises:
        SourceError: the file cannot be read as it is.
        AccountError: lines of the file went missing.
    """
    text = look_over(task, content, gzip=gzip)
    seen, name = text.seen, task.name
    head, complete = clean_block(seen.head, seen.damage), len(seen.head) < HEAD
    if task.header:
        dialect = headless_dialect(head, task.header, complete=complete)
    else:
        dialect = find_dialect(head, name, complete=complete)
    loaded = load_lines(task, text, dialect, gzip=gzip)
    columns = _drop_unnamed(task.con, loaded.table, dialect)
    return RawTable(
        name=name,
        file=name,
        sha256=seen.sha256,
        table=loaded.table,
        columns=columns,
        read=loaded.read,
        refused=sum(loaded.reasons.values()),
        reasons=loaded.reasons,
        notes=(
            *byte_notes(text.codec, seen, name, guessed=text.guessed),
            *loaded.notes,
            *shape_notes(
                dialect.columns,
                dialect.header,
                columns,
                name,
                preamble=dialect.preamble,
                read=loaded.read,
            ),
        ),
        preamble=dialect.preamble,
        encoding=text.codec or "utf-8",
        separator=dialect.separator,
    )


class Loaded(NamedTuple):
    """What became of the lines of a file."""

    table: str
    read: int
    reasons: dict[str, int]
    notes: list[Message]


def load_lines(task: Task, text: Surveyed, dialect: Dialect, *, gzip: bool) -> Loaded:
    """Load the records of a text file into a table of its own, and close their account.

    Raises:
        SourceError: too many records are refused, or lines got lost in broken quote marks.
        AccountError: lines of the file went missing.
    """
    table = free_table(task.con, task.name)
    copy = task.scratch / f"{table}.csv"
    try:
        given = _given(task.path, text.codec, text.seen, dialect, gzip=gzip, copy=copy)
        return _load(task, given, dialect, table)
    finally:
        copy.unlink(missing_ok=True)


def _given(
    path: Path, codec: str | None, seen: Survey, dialect: Dialect, *, gzip: bool, copy: Path
) -> Given:
    """The file itself if the reader can take it, else a clean copy from its header line on."""
    whole = dialect.skip_lines == 0 and (dialect.regular or dialect.header_lines == 0)
    in_place = whole and not seen.damage.needs_cleaning and not (gzip and is_padded(path))
    if codec is None and in_place:
        return Given(path, gzip, seen.layout, header=dialect.regular, lines_above=0, recoded=False)
    above = dialect.skip_lines + (0 if dialect.regular else dialect.header_lines)
    blocks = utf8_blocks(path, codec, gzip=gzip)
    layout = write_clean(blocks, seen.damage, skip_lines=above, to=copy)
    return Given(
        copy, False, layout, header=dialect.regular, lines_above=above, recoded=codec is not None
    )


def _load(task: Task, given: Given, dialect: Dialect, table: str) -> Loaded:
    con, name = task.con, task.name
    loaded = _read_either_escape(con, given, dialect, table=table, name=name)
    reasons = reader.rejected_reasons(con, table)
    try:
        stop_if_too_many_refused(name, loaded + sum(reasons.values()), reasons, task.accept_refused)
        refused = reader.rejected_lines(con, given, table)
        account = close_account(
            con, given, dialect, refused, table=table, loaded=loaded, source=name
        )
    except (SourceError, AccountError):
        con.execute(f"DROP TABLE {quoted(table)}")
        raise
    finally:
        reader.drop_rejects(con, table)
    footer = sift_footer(con, table, source=name)
    if footer:
        reasons = {**reasons, "fields": reasons["fields"] - footer, "footer": footer}
        reasons = {reason: count for reason, count in reasons.items() if count}
    sifted, dropped = sift_rows(
        con, table, dialect.columns, dialect.header, source=name, separator=dialect.separator
    )
    notes = line_notes(refused, account.empty_lines + dropped, name, above=given.lines_above)
    return Loaded(table, account.records - dropped, reasons | sifted, notes)


def _read_either_escape(
    con: duckdb.DuckDBPyConnection, given: Given, dialect: Dialect, *, table: str, name: str
) -> int:
    """Read with doubled quote marks; with backslashes where those alone make every line fit."""
    loaded = reader.read_table(con, given, dialect, table=table, escape='"', file=name)
    escaped = dialect.quote and given.layout.escaped_quotes
    if not escaped or not reader.has_rejects(con, table):
        return loaded
    other = f"{table}_backslash"
    again = reader.read_table(con, given, dialect, table=other, escape="\\", file=name)
    fits = again > loaded and not reader.has_rejects(con, other)
    reader.drop_rejects(con, other)
    con.execute(f"DROP TABLE {quoted(other)}")
    if fits:
        return reader.read_table(con, given, dialect, table=table, escape="\\", file=name)
    return loaded


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
