"""Reading: from what the settings name to raw tables, each file once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb

from salesaudit.core.errors import MappingError, SourceError
from salesaudit.core.settings import ReadSelect, SourceSpec
from salesaudit.core.texts import Text
from salesaudit.sources.databases import (
    is_address,
    kind_of,
    read_servers,
    read_stored,
    with_partitions,
)
from salesaudit.sources.exports import Exports
from salesaudit.sources.files import pages_of, read_file
from salesaudit.sources.raw import RawTable

CANNOT_READ = Text(
    "ingest.cannot_read",
    en="{file} could not be read: {got}.",
    th="อ่าน {file} ไม่ได้: {got}",
)
GIVE_ACCESS = Text(
    "ingest.give_access",
    en="Close it elsewhere, and see to it that you may read it.",
    th="ปิดไฟล์ในโปรแกรมอื่น และตรวจสอบสิทธิ์ในการอ่านไฟล์",
)
SEVERAL_TABLES = Text(
    "reading.several_tables",
    en="{file} holds several tables with different columns: {names}.",
    th="{file} มีหลายตารางที่คอลัมน์ต่างกัน: {names}",
)
NAME_ONE = Text(
    "reading.name_one",
    en="Name the one that is meant, such as  read: {example}.",
    th="ระบุตารางที่ต้องการ เช่น  read: {example}",
)

NOTHING_INSIDE = Text(
    "reading.nothing_inside",
    en="{file} holds no table {inside}.",
    th="ใน {file} ไม่มีตาราง {inside}",
)
NAME_INSIDE = Text(
    "reading.name_inside",
    en="It holds: {names}.",
    th="ในไฟล์มี: {names}",
)

Progress = Callable[[str, int, int], None]  # what, done, of all


def read_all(
    con: duckdb.DuckDBPyConnection, exports: Exports, *, scratch: Path, progress: Progress
) -> list[RawTable]:
    """Read every file and database that a source names as text; all of the folder where none is.

    Raises:
        SourceError: a file or database is not there, or cannot be read as it is.
    """
    specs = exports.settings.sources
    of_servers = read_servers(con, specs, scratch=scratch, progress=progress)
    wanted = [path for spec in specs for path in exports.paths_of(spec)]
    if recognises(specs) or any(isinstance(spec.read, ReadSelect) for spec in specs):
        wanted += exports.files
    given = {path: spec for spec in specs for path in exports.paths_of(spec)}
    of_files = [
        with_partitions(con, raw)
        for path in dict.fromkeys(wanted)
        for raw in _read_file(
            con, exports, path, given.get(path), scratch=scratch, progress=progress
        )
    ]
    return of_servers + of_files


def recognises(specs: Sequence[SourceSpec]) -> bool:
    """Whether files that no source names are recognised: unless one is mapped by its columns."""
    return all(spec.preset is not None for spec in specs)


def tables_of(spec: SourceSpec, exports: Exports, raws: Sequence[RawTable]) -> list[RawTable]:
    """The raw tables that a source reads.

    Raises:
        MappingError: it names a file of several tables that have not the same columns.
    """
    if isinstance(spec.read, str) and is_address(spec.read):
        return [raw for raw in raws if raw.file == spec.read]
    files = {exports.name_of(path) for path in exports.paths_of(spec)}
    inside = exports.inside_of(spec)
    found = [raw for raw in raws if raw.file in files and _is_inside(raw.member, inside)]
    if inside and not found:
        names = ", ".join(raw.name for raw in raws if raw.file in files) or "–"
        file = ", ".join(sorted(files))
        raise MappingError(NOTHING_INSIDE, NAME_INSIDE, file=file, inside=inside, names=names)
    for file in files:
        mine = [raw for raw in found if raw.file == file]
        if not inside and len({frozenset(raw.columns) for raw in mine}) > 1:
            names = ", ".join(raw.name for raw in mine)
            raise MappingError(
                SEVERAL_TABLES, NAME_ONE, file=file, names=names, example=mine[0].name
            )
    return found


def _is_inside(member: str, wanted: str) -> bool:
    """Whether a sheet or member is what a source names; a workbook in a zip: with its sheets."""
    plain = member.partition("#")[0]
    return not wanted or fnmatchcase(member, wanted) or fnmatchcase(plain, wanted)


def _read_file(
    con: duckdb.DuckDBPyConnection,
    exports: Exports,
    path: Path,
    spec: SourceSpec | None,
    *,
    scratch: Path,
    progress: Progress,
) -> tuple[RawTable, ...]:
    name = exports.name_of(path)
    spec = spec or SourceSpec(read=name, preset="none")
    try:
        database = kind_of(path)
        if database is not None:
            return read_stored(
                con,
                path,
                database,
                name=name,
                wanted=_members(exports, path),
                scratch=scratch,
                progress=lambda done, of_all: progress(name, done, of_all),
            )
        return read_file(
            con,
            path,
            name=name,
            encoding=spec.encoding,
            pages=pages_of(exports.settings.timezone, exports.settings.currency),
            header=spec.header,
            scratch=scratch,
            accept_refused=spec.accept_refused,
            progress=lambda done, of_all: progress(name, done, of_all),
        )
    except OSError as error:
        if error.filename is None or Path(error.filename) != path:
            raise
        got = error.strerror or str(error)
        raise SourceError(CANNOT_READ, GIVE_ACCESS, file=name, got=got) from None


def _members(exports: Exports, path: Path) -> list[str]:
    """The tables of a database file that are named; none where all of them may be wanted."""
    specs = exports.settings.sources
    named = [exports.inside_of(spec) for spec in specs if path in exports.paths_of(spec)]
    by_selects = any(isinstance(spec.read, ReadSelect) for spec in specs)
    return [] if by_selects or not all(named) else named
