"""Versions of a warehouse: each a file of its own, and a small pointer to the newest.

A version is written in a folder apart, checked, and only then pointed at; so whoever kills a load
at any moment leaves the old version in use, and a reader goes on with the version it opened.
"""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import contextlib
import errno
import json
import os
import secrets
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import duckdb
import ibis
from pydantic import ValidationError

from salesaudit.core.errors import WarehouseError
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.core.version import VERSION
from salesaudit.warehouse import schema
from salesaudit.warehouse.build import Built, build
from salesaudit.warehouse.engine import POINTER, Ledger, open_warehouse, set_memory
from salesaudit.warehouse.funnel_stages import MappedColumn
from salesaudit.warehouse.loads import LOADS, KeptLoad, LoadedFile
from salesaudit.warehouse.sql import literal, quoted

LOCK = ".lock"
VERSION_FILE = "version.duckdb"
KEPT = 2  # versions
UNFINISHED = ".unfinished"  # folder of a load under way; whatever is in it may be thrown away
# What the disk and its rights are to blame for; any other OSError is a fault of ours.
OF_THE_DISK = frozenset(
    {
        errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO,
        errno.ENOTDIR, errno.EEXIST, errno.EFBIG, errno.ENAMETOOLONG, errno.EMFILE,
    }
)  # fmt: skip

NO_ROOM = Text(
    "warehouse.no_room",
    en="{path} could not be written: {got}.",
    th="เขียน {path} ไม่สำเร็จ: {got}",
)
MAKE_ROOM = Text(
    "warehouse.make_room",
    en="Make room on the disk, or name another folder; nothing that was there before is changed.",
    th="เพิ่มพื้นที่ว่างในดิสก์ หรือระบุโฟลเดอร์อื่น ข้อมูลเดิมไม่มีการเปลี่ยนแปลง",
)
BUSY = Text(
    "warehouse.busy",
    en="Another load is writing to {path}.",
    th="มีการนำเข้าข้อมูลอื่นกำลังเขียน {path} อยู่",
)
WAIT = Text(
    "warehouse.wait",
    en="Wait until it has ended, or name another folder.",
    th="รอให้เสร็จก่อน หรือระบุโฟลเดอร์อื่น",
)


@contextlib.contextmanager
def new_version(folder: Path) -> Iterator[Path]:
    """A folder for a load to work in; what it leaves as ``VERSION`` there is published.

    It is published if the block ends well; if nothing is left, nothing is. Loads that are left in
    ``LOADS`` there are kept from then on. The folder is removed however it ends, with whatever an
    earlier load left that was killed.

    Raises:
        WarehouseError: the disk is full, the folder cannot be written, or another load is in it.
    """
    work = folder / UNFINISHED
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _alone(folder):
            shutil.rmtree(work, ignore_errors=True)
            work.mkdir()
            try:
                yield work
                if (work / VERSION_FILE).exists():
                    _publish(folder, work / VERSION_FILE)
            finally:
                shutil.rmtree(work, ignore_errors=True)
    except OSError as error:
        if error.errno not in OF_THE_DISK:
            raise
        raise _no_room(folder, error.strerror or str(error)) from error
    except duckdb.IOException as error:
        raise _no_room(folder, str(error).strip().splitlines()[0][:200]) from error


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold the warehouse for one load; the hold ends with the process, however that ends."""
    with (folder / LOCK).open("a+b") as file:
        try:
            _lock(file.fileno())
        except OSError:
            raise WarehouseError(BUSY, WAIT, path=str(folder)) from None
        yield


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt  # noqa: PLC0415  there only

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl  # noqa: PLC0415  not there

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


def write_version(
    file: Path,
    staged: Path,
    settings: Settings,
    *,
    tables: Sequence[str],
    ledger: Ledger,
    mapped: Sequence[MappedColumn],
    loads: Sequence[LoadedFile] = (),
    memory: str | None = None,
) -> Built:
    """Write a version: the canonical tables of ``staged``, what was refused, and what is built.

    Args:
        file: to write.
        staged: database with the merged tables, ``refused`` and ``refused_cells``.
        settings: of the load.
        tables: canonical tables that it holds; the others are empty.
        ledger: to keep beside the tables.
        mapped: which source column fills what.
        loads: the files that the tables are made of.
        memory: limit of the engine, such as 4GB.
    """
    con = ibis.duckdb.connect(str(file))
    raw: duckdb.DuckDBPyConnection = con.con
    try:
        if memory:
            set_memory(raw, memory)
        raw.execute("SET autoinstall_known_extensions = false")
        raw.execute("SET preserve_insertion_order = false")
        raw.execute(f"ATTACH {literal(str(staged))} AS staged (READ_ONLY)")
        for name, table in schema.TABLES.items():
            raw.execute(schema.create_sql(table))
            if name in tables:
                raw.execute(f"INSERT INTO {quoted(name)} SELECT * FROM staged.{quoted(name)}")
        for name in ("refused", "refused_cells"):
            raw.execute(f"CREATE TABLE {name} AS SELECT * FROM staged.{name}")
        raw.execute(
            "CREATE TABLE mapped_columns "
            '("table" TEXT, "column" TEXT, stage TEXT, source TEXT, source_column TEXT)'
        )
        if mapped:
            raw.executemany("INSERT INTO mapped_columns VALUES (?, ?, ?, ?, ?)", list(mapped))
        raw.execute(
            'CREATE TABLE loads (load_id TEXT, source TEXT, file TEXT, "table" TEXT, '
            "sha256 TEXT, schema_hash TEXT, exported TIMESTAMP, read BIGINT, loaded BIGINT, "
            "refused BIGINT, changed BIGINT, started TIMESTAMP, ended TIMESTAMP, "
            "key_fingerprint TEXT)"
        )
        if loads:
            marks = ", ".join("?" * len(LoadedFile._fields))
            raw.executemany(f"INSERT INTO loads VALUES ({marks})", list(loads))
        raw.execute("DETACH staged")
        built = build(con, {name: con.table(name) for name in schema.TABLES}, settings, mapped)
        raw.execute(
            "CREATE TABLE ledger (settings TEXT, sources TEXT, key_fingerprint TEXT, "
            "schema_version INTEGER, package_version TEXT, built_until DATE)"
        )
        raw.execute(
            "INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?)",
            [*ledger, schema.VERSION, VERSION, built.until],
        )
        raw.execute("CHECKPOINT")
    finally:
        con.disconnect()
    return built


def _publish(folder: Path, unfinished: Path) -> None:
    with unfinished.open("rb+") as written:
        os.fsync(written.fileno())
    file = folder / f"{secrets.token_hex(6)}.duckdb"
    pointer = unfinished.with_name(POINTER)
    loads = sorted(
        {path.name for place in (folder, unfinished.parent) for path in place.glob(f"{LOADS}/*")}
    )
    pointer.write_text(
        json.dumps({"schema": schema.VERSION, "file": file.name, "loads": loads}) + "\n",
        encoding="utf-8",
    )
    unfinished.replace(file)
    for made in sorted(unfinished.parent.glob(f"{LOADS}/*")):
        kept = folder / LOADS / made.name
        kept.parent.mkdir(exist_ok=True)
        shutil.rmtree(kept, ignore_errors=True)  # of a load that was killed just here
        made.replace(kept)
    pointer.replace(folder / POINTER)
    versions = sorted(folder.glob("*.duckdb"), key=lambda p: p.stat().st_mtime_ns)
    for old in versions[:-KEPT]:
        if old != file:
            with contextlib.suppress(OSError):  # a reader holds it: the next load removes it
                old.unlink()


def is_current(folder: Path, loads: Sequence[KeptLoad], settings: Settings) -> bool:
    """Whether the newest version is made of just these loads, with these settings."""
    try:
        pointer = json.loads((folder / POINTER).read_text(encoding="utf-8"))
        if pointer["loads"] != sorted(load.load_id for load in loads):
            return False
        with open_warehouse(folder) as warehouse:
            return warehouse.ledger.settings == settings.model_dump_json(by_alias=True)
    except (OSError, ValueError, KeyError, TypeError, WarehouseError):
        return False


def settings_of(folder: Path, loads: Sequence[KeptLoad]) -> Settings:
    """The settings in force: of the newest version, else of the newest load."""
    try:
        with open_warehouse(folder) as warehouse:
            return warehouse.settings
    except (ValidationError, WarehouseError):
        return Settings.model_validate_json(loads[-1].settings)


def is_same(path: Path, folder: Path) -> bool:
    """Whether a path names a warehouse by its folder or its pointer."""
    own = path if path.is_dir() else path.parent
    return own.resolve() == folder.resolve()


def _no_room(folder: Path, got: str) -> WarehouseError:
    return WarehouseError(NO_ROOM, MAKE_ROOM, path=str(folder), got=got)
