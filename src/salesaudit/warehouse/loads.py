"""Kept loads: what each load mapped, as Parquet beside the warehouse.

The tables of a warehouse are a function of its kept loads. Exports are overwritten, and between
them lies history; so a version can be thrown away and built anew, and a load cannot.
"""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Literal, NamedTuple

import duckdb
from pydantic import BaseModel, ConfigDict, ValidationError

from salesaudit.core.errors import WarehouseError
from salesaudit.core.texts import Text
from salesaudit.warehouse.funnel_stages import MappedColumn
from salesaudit.warehouse.schema import TABLES, Table
from salesaudit.warehouse.snapshots import Offer, OfferedFile
from salesaudit.warehouse.sql import literal, quoted

LOADS = "loads"  # folder in the warehouse
MANIFEST = "load.json"
REFUSED = ("refused", "refused_cells")
MERGED_RECORDS = "merged_records"  # the ids of records that the CRM merged into others
BY_PART = (*REFUSED, MERGED_RECORDS)  # what a part says beside its rows
BESIDE = ("_file", "_record", "_line", "_modified")

DAMAGED_LOAD = Text(
    "loads.damaged",
    en="{path} is damaged: {got}.",
    th="{path} เสียหาย: {got}",
)
RESTORE_LOAD = Text(
    "loads.restore",
    en="Put it back from a backup. Without one, remove the folder {folder} and load the exports "
    "that it was made of again.",
    th="กู้คืนจากข้อมูลสำรอง หากไม่มี ให้ลบโฟลเดอร์ {folder} แล้วนำเข้าไฟล์ส่งออกเดิมอีกครั้ง",
)


class _Kept(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class KeptFile(_Kept):
    """A file of a part, with its account."""

    name: str
    source: str  # files of one source are exports of one table at different times
    token: str  # of the bytes that it was read from
    reading: str  # of what the settings said of these bytes
    sha256: str  # of the table, as the account shows it
    columns: tuple[str, ...]  # its head
    fills: tuple[str, ...]  # canonical columns that it gives
    exported: datetime  # UTC
    exported_on: date  # in the company's time zone
    dated_by: Literal["name", "head", "file", "reading"]
    full: bool | None
    account: str  # JSON, as whoever wrote it reads it


class KeptPart(_Kept):
    """The rows that a source offered for a table."""

    table: str
    rows: str  # file of the load
    number: int  # of the part, among the refused
    files: tuple[KeptFile, ...]
    mapped: tuple[MappedColumn, ...]
    wide: bool
    accept_refused: float
    accept_orphans: float = 0.2


class KeptLoad(_Kept):
    """What one load brought."""

    load_id: str
    schema_version: int
    package_version: str
    key_fingerprint: str
    settings: str  # JSON
    started: datetime  # UTC, by the clock: of two readings of one file the later one counts
    ended: datetime
    parts: tuple[KeptPart, ...]
    read: dict[str, str]  # how each file was read, by its bytes; only what was not read so before
    beside: tuple[str, ...] = ()  # accounts of files that only a query reads, JSON


class LoadedFile(NamedTuple):
    """A line of the ledger: a file that the tables are made of, and when it was loaded."""

    load_id: str
    source: str
    file: str
    table: str
    sha256: str
    schema_hash: str  # of its columns
    exported: datetime
    read: int
    loaded: int
    refused: int
    changed: int  # rows that were new, or said something else than the export before
    started: datetime
    ended: datetime
    key_fingerprint: str


def schema_hash(columns: Iterable[str]) -> str:
    """Tells apart exports of other columns, or of the same in another order."""
    return hashlib.sha256("\x1f".join(columns).encode()).hexdigest()[:12]


def read_loads(folder: Path) -> list[KeptLoad]:
    """The loads that a warehouse keeps, in the order in which they were made.

    Raises:
        WarehouseError: one of them is damaged.
    """
    found = []
    for path in sorted(folder.glob(f"{LOADS}/*/{MANIFEST}")):
        try:
            found.append(KeptLoad.model_validate_json(path.read_bytes()))
        except (OSError, ValidationError) as error:
            got = error.strerror if isinstance(error, OSError) else "it is no account of a load"
            raise WarehouseError(
                DAMAGED_LOAD, RESTORE_LOAD, path=str(path), got=str(got), folder=str(path.parent)
            ) from None
    return sorted(found, key=lambda load: (load.started, load.load_id))


class Standing(NamedTuple):
    """A kept part and those of its files that count."""

    load: KeptLoad
    part: KeptPart
    places: tuple[int, ...]  # in its files

    @property
    def files(self) -> tuple[KeptFile, ...]:
        """The files that count."""
        return tuple(self.part.files[place] for place in self.places)


def standing_parts(loads: Sequence[KeptLoad]) -> list[Standing]:
    """The parts that count, by the time of their exports.

    Of a file that was read again, as its mapping was changed, only the last reading counts.
    """
    last = {token: load.load_id for load in loads for token in load.read}
    found = []
    for load in sorted(loads, key=_in_time):
        for part in load.parts:
            own = (k for k, file in enumerate(part.files) if last[file.token] == load.load_id)
            places = tuple(own)
            if places:
                found.append(Standing(load, part, places))
    return found


def _in_time(load: KeptLoad) -> tuple[datetime, str]:
    return max(file.exported for part in load.parts for file in part.files), load.load_id


def write_rows(con: duckdb.DuckDBPyConnection, rows: str, table: Table, file: Path) -> None:
    """Write the rows of a part."""
    names = ", ".join(quoted(name) for name in (*(c.name for c in table.columns), *BESIDE))
    con.execute(
        f"COPY (SELECT {names} FROM {quoted(rows)}) TO {literal(str(file))} "
        "(FORMAT parquet, COMPRESSION zstd)"
    )


def write_beside(con: duckdb.DuckDBPyConnection, numbers: Iterable[int], folder: Path) -> None:
    """Write what the parts with these numbers say beside their rows, and what files refused."""
    chosen = ", ".join(map(str, numbers)) or "NULL"
    for name in BY_PART:
        con.execute(
            f"COPY (SELECT * FROM {name} WHERE part IN ({chosen}) OR part IS NULL) "
            f"TO {literal(str(folder / f'{name}.parquet'))} (FORMAT parquet, COMPRESSION zstd)"
        )


def take_beside(
    con: duckdb.DuckDBPyConnection, folder: Path, numbers: Mapping[int, int], load: int
) -> None:
    """Take over what a load says beside its rows.

    Args:
        con: with the tables of ``BY_PART``.
        folder: of the load.
        numbers: of its parts, then and now.
        load: its number; lines of a file that no part could read are of part ``-load``.
    """
    cases = " ".join(f"WHEN {then} THEN {now}" for then, now in numbers.items())
    for name in BY_PART:
        con.execute(
            f"INSERT INTO {name} BY NAME SELECT * REPLACE "
            f"(CASE part {cases} ELSE -{load} END AS part) "
            f"FROM {_parquet(folder / f'{name}.parquet')} "
            f"WHERE part IS NULL OR part IN ({', '.join(map(str, numbers))})"
        )


def offer(con: duckdb.DuckDBPyConnection, folder: Path, one: Standing, number: int) -> Offer:
    """The rows of a kept part, whatever version of the tables they were written by.

    Args:
        con: the engine.
        folder: of the load.
        one: the part.
        number: that it has among the refused now.

    Raises:
        WarehouseError: its file is missing or damaged.
    """
    path = folder / one.part.rows
    table = TABLES[one.part.table]
    try:
        given = {row[0] for row in con.execute(f"DESCRIBE FROM {_parquet(path)}").fetchall()}
    except duckdb.Error as error:
        raise WarehouseError(
            DAMAGED_LOAD,
            RESTORE_LOAD,
            path=str(path),
            got=str(error).splitlines()[0][:200],
            folder=str(folder),
        ) from None
    picked = [
        f"{quoted(c.name)}::{c.kind.sql} AS {quoted(c.name)}"
        if c.name in given
        else f"NULL::{c.kind.sql} AS {quoted(c.name)}"
        for c in table.columns
    ]
    cases = " ".join(f"WHEN {place} THEN {k}" for k, place in enumerate(one.places))
    among = ", ".join(map(str, one.places))
    rows = (
        f"(SELECT {', '.join(picked)}, CASE _file {cases} END AS _file, _record, _line, _modified "
        f"FROM {_parquet(path)} WHERE _file IN ({among}))"
    )
    return Offer(rows, offered(one.files), number, one.part.wide)


def offered(files: Iterable[KeptFile]) -> tuple[OfferedFile, ...]:
    """The files of a part, as a merge is to know them."""
    return tuple(
        OfferedFile(f.name, f.source, f.exported, f.exported_on, frozenset(f.fills), f.full)
        for f in files
    )


def load_id(parts: Sequence[KeptPart]) -> str:
    """The same for the same files, read the same way."""
    text = "\n".join(
        sorted(f"{p.table}|{f.source}|{f.reading}|{f.token}" for p in parts for f in p.files)
    )
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _parquet(path: Path) -> str:
    return f"read_parquet({literal(str(path))})"
