"""From a file to raw tables of text, by its kind, with every record of it accounted for."""

# ruff: noqa: S608 -- the table is ours

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import duckdb

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import message
from salesaudit.sources.files.account import REFUSED_TABLE, create_refused
from salesaudit.sources.files.archive import NESTED, read_archive
from salesaudit.sources.files.json_lines import read_json_lines
from salesaudit.sources.files.json_lists import read_json_lists
from salesaudit.sources.files.kinds import (
    ENDINGS,
    GZIP_ENDINGS,
    KIND_GZIP,
    NAMES,
    Kind,
    is_export,
    is_gzip,
    kind_of,
    needs_unpacking,
    without_gzip,
)
from salesaudit.sources.files.lines import read_lines
from salesaudit.sources.files.notes import IS_KIND
from salesaudit.sources.files.parquet import read_parquet
from salesaudit.sources.files.streams import (
    UNPACK_IT,
    fingerprint,
    first_bytes,
    first_content,
    unpack,
)
from salesaudit.sources.files.task import ACCEPT_REFUSED, Progress, Task
from salesaudit.sources.files.workbook import read_workbook
from salesaudit.sources.raw import RawTable

_READERS_OF_LINES = {Kind.LINES: read_lines, Kind.JSON_LINES: read_json_lines}


def read_file(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    name: str,
    encoding: str | None = None,
    pages: tuple[str, ...] = (),
    header: Sequence[str] = (),
    scratch: Path,
    accept_refused: float = ACCEPT_REFUSED,
    progress: Progress | None = None,
) -> tuple[RawTable, ...]:
    """Load a file into raw tables of text: one, or one for each of its members.

    Args:
        con: where the tables ``raw_…`` are made and the table ``refused`` is filled.
        path: the file.
        name: of the source, for messages and for the tables.
        encoding: of the file, where it is not UTF-8 and says nothing itself.
        pages: code pages of the company's country, most likely first; empty: unknown.
        header: names of its columns, where no line of the file names them.
        scratch: folder for a clean copy of a file that cannot be read in place.
        accept_refused: share of records that may be refused.
        progress: is called with bytes read and bytes in all.

    Raises:
        SourceError: the file cannot be read as it is.
        AccountError: records of the file went missing.
    """
    create_refused(con)
    con.execute(f"DELETE FROM {REFUSED_TABLE} WHERE source = ?", [name])
    task = Task(con, path, name, scratch, encoding, pages, tuple(header), accept_refused, progress)
    return _read(task, in_archive=False)


def _read(task: Task, *, in_archive: bool = False) -> tuple[RawTable, ...]:
    head = first_bytes(task.path)
    gzip = is_gzip(head)
    content = first_content(task.path, head)
    if gzip and needs_unpacking(content):
        return _unpacked(task, in_archive=in_archive)
    kind = kind_of(task.path, content, task.name)
    if kind in _READERS_OF_LINES:
        found: tuple[RawTable, ...] = (_READERS_OF_LINES[kind](task, content, gzip=gzip),)
    elif kind is Kind.ZIP and in_archive:
        raise SourceError(NESTED, UNPACK_IT, file=task.name, member=task.path.name)
    elif kind is Kind.ZIP:
        found = read_archive(task, lambda member: _read(member, in_archive=True))
    else:
        found = _read_whole(task, kind, content)
    return _said(found, task.name, kind, gzip=gzip)


def _read_whole(task: Task, kind: Kind, content: bytes) -> tuple[RawTable, ...]:
    sha256 = fingerprint(task.path, task.progress)
    if kind is Kind.PARQUET:
        return (read_parquet(task, sha256),)
    if kind is Kind.WORKBOOK:
        return read_workbook(task, sha256)
    return read_json_lists(task, content, sha256)


def _unpacked(task: Task, *, in_archive: bool) -> tuple[RawTable, ...]:
    """What a gzip holds that the engine cannot read through it."""
    copy = task.scratch / f"unpacked_{task.path.name}"
    try:
        unpack(task.path, task.name, to=copy)
        return _read(task._replace(path=copy), in_archive=in_archive)
    finally:
        copy.unlink(missing_ok=True)


def _said(
    found: tuple[RawTable, ...], name: str, kind: Kind, *, gzip: bool
) -> tuple[RawTable, ...]:
    """With a note where the name says another kind than the bytes."""
    if gzip and not name.lower().endswith(GZIP_ENDINGS):
        note = message(IS_KIND, file=name, kind=KIND_GZIP)
    elif is_export(name) and not without_gzip(name).endswith(ENDINGS[kind]):
        note = message(IS_KIND, file=name, kind=NAMES[kind])
    else:
        return found
    return (found[0]._replace(notes=(note, *found[0].notes)), *found[1:])
