"""Reading: from what the settings name to raw tables, each file once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

import duckdb

from salesaudit.core.errors import MappingError, SourceError
from salesaudit.core.settings import ReadSelect, SourceSpec
from salesaudit.core.texts import Text
from salesaudit.sources.exports import Exports
from salesaudit.sources.files import read_file
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

Progress = Callable[[str, int, int], None]  # what, done, of all


def read_all(
    con: duckdb.DuckDBPyConnection, exports: Exports, *, scratch: Path, progress: Progress
) -> list[RawTable]:
    """Read every file that a source names as text; all of the folder where none is named.

    Raises:
        SourceError: a file is not there, or cannot be read as it is.
    """
    specs = exports.settings.sources
    wanted = [path for spec in specs for path in exports.paths_of(spec)]
    if recognises(specs) or any(isinstance(spec.read, ReadSelect) for spec in specs):
        wanted += exports.files
    given = {path: spec for spec in specs for path in exports.paths_of(spec)}
    return [
        raw
        for path in dict.fromkeys(wanted)
        for raw in _read_file(
            con, exports, path, given.get(path), scratch=scratch, progress=progress
        )
    ]


def recognises(specs: Sequence[SourceSpec]) -> bool:
    """Whether files that no source names are recognised: unless one is mapped by its columns."""
    return all(spec.preset is not None for spec in specs)


def tables_of(spec: SourceSpec, exports: Exports, raws: Sequence[RawTable]) -> list[RawTable]:
    """The raw tables that a source reads.

    Raises:
        MappingError: it names a file of several tables that have not the same columns.
    """
    files = {exports.name_of(path) for path in exports.paths_of(spec)}
    inside = exports.inside_of(spec)
    found = [raw for raw in raws if raw.file in files and fnmatchcase(raw.member, inside or "*")]
    for file in files:
        mine = [raw for raw in found if raw.file == file]
        if not inside and len({frozenset(raw.columns) for raw in mine}) > 1:
            names = ", ".join(raw.name for raw in mine)
            raise MappingError(
                SEVERAL_TABLES, NAME_ONE, file=file, names=names, example=mine[0].name
            )
    return found


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
        return read_file(
            con,
            path,
            name=name,
            encoding=spec.encoding,
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
