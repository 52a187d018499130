"""Databases that are files: told by their first bytes, each table a member of the file."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb

from salesaudit.core.errors import MappingError
from salesaudit.core.texts import Text
from salesaudit.sources.databases.duckdb_file import DuckDBFile
from salesaudit.sources.databases.sqlite_file import SQLiteFile
from salesaudit.sources.files.task import free_table
from salesaudit.sources.raw import RawTable

BLOCK = 4 << 20

NO_MEMBER = Text(
    "databases.no_member",
    en="{file} has no table {table}.",
    th="ใน {file} ไม่มีตาราง {table}",
)
MEMBERS_SEEN = Text(
    "databases.members_seen",
    en="Its tables are: {known}.",
    th="ตารางที่มี: {known}",
)

Progress = Callable[[int, int], None]


class Kind(StrEnum):
    """The databases that are one file."""

    SQLITE = "sqlite"
    DUCKDB = "duckdb"


def kind_of(path: Path) -> Kind | None:
    """Which database a file is, by its first bytes; None where it is none."""
    with path.open("rb") as file:
        head = file.read(16)
    if head == b"SQLite format 3\0":
        return Kind.SQLITE
    return Kind.DUCKDB if head[8:12] == b"DUCK" else None


def read_stored(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    kind: Kind,
    *,
    name: str,
    wanted: Sequence[str],
    scratch: Path,
    progress: Progress,
) -> tuple[RawTable, ...]:
    """Read tables of a database file as text.

    Args:
        con: where the raw tables are made and ``refused`` is filled.
        path: the file; it is not written to.
        kind: as ``kind_of`` tells it.
        name: of the source.
        wanted: names or patterns of the tables; none means all of them.
        scratch: folder for a copy where the file cannot be read in place.
        progress: told the tables read and the tables in all.

    Raises:
        SourceError: the file is damaged, locked, or newer than what can be read.
        MappingError: it has no table of a name that is wanted.
    """
    digest = _sha256(path)
    file: SQLiteFile | DuckDBFile
    file = SQLiteFile(path, name, scratch) if kind is Kind.SQLITE else DuckDBFile(con, path, name)
    with file:
        tables = _chosen(file.tables(), file.views(), wanted, name)
        raws = []
        for done, table in enumerate(tables):
            progress(done, len(tables))
            source = f"{name}#{table}"
            target = free_table(con, source)
            columns, read, refused = file.read(con, table, target, source)
            raws.append(
                RawTable(
                    name=source,
                    table=target,
                    columns=columns,
                    sha256=hashlib.sha256(f"{digest}\n{table}".encode()).hexdigest(),
                    read=read,
                    refused=refused,
                    reasons={"encoding": refused} if refused else {},
                    file=name,
                    member=table,
                    ordered=False,
                )
            )
        progress(len(tables), len(tables))
    return tuple(raws)


def _chosen(
    tables: Sequence[str], views: Sequence[str], wanted: Sequence[str], name: str
) -> list[str]:
    """The tables to read; a view only where it is named, since it repeats its tables."""
    if not wanted:
        return list(tables)
    chosen: dict[str, None] = {}
    for pattern in wanted:
        found = [t for t in (*tables, *views) if fnmatchcase(t, pattern)]
        if not found:
            known = ", ".join((*tables, *views)[:20]) or "–"
            raise MappingError(NO_MEMBER, MEMBERS_SEEN, file=name, table=pattern, known=known)
        chosen |= dict.fromkeys(found)
    return list(chosen)


def _sha256(path: Path) -> str:
    """Of the file, and of the log beside it that holds what is not yet in it."""
    digest = hashlib.sha256()
    for part in (path, path.with_name(f"{path.name}-wal"), path.with_name(f"{path.name}.wal")):
        if part.is_file():
            with part.open("rb") as file:
                while block := file.read(BLOCK):
                    digest.update(block)
    return digest.hexdigest()
