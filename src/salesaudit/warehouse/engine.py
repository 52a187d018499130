"""A warehouse on disk: versions, each a file of its own, and a small pointer to the newest.

A version is written under another name, checked, and only then pointed at; so whoever kills a load
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
from types import TracebackType
from typing import Any, NamedTuple

import duckdb
import ibis
import ibis.expr.types as ir

from salesaudit.core.errors import WarehouseError
from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.core.version import VERSION
from salesaudit.warehouse import schema
from salesaudit.warehouse.build import Built, build, rows_of
from salesaudit.warehouse.funnel_stages import MappedColumn

POINTER = "warehouse.json"
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

NO_VERSION = Text(
    "warehouse.no_version",
    en="{path} points to {file}, which is not there.",
    th="{path} อ้างถึง {file} ซึ่งไม่มีอยู่",
)
OLD_VERSION = Text(
    "warehouse.old_version",
    en="{path} was written by another version of salesaudit (tables {got}, expected {expected}).",
    th="{path} ถูกสร้างด้วย salesaudit รุ่นอื่น (ตารางรุ่น {got} แต่ต้องการรุ่น {expected})",
)
LOAD_AGAIN = Text(
    "warehouse.load_again",
    en="Load the exports again: salesaudit ingest PATH --into {path}.",
    th="นำเข้าไฟล์ส่งออกใหม่: salesaudit ingest PATH --into {path}",
)
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
BROKEN = Text(
    "warehouse.broken",
    en="{path} is damaged: {file} cannot be read.",
    th="{path} เสียหาย: อ่าน {file} ไม่ได้",
)
BAD_MEMORY = Text(
    "warehouse.bad_memory",
    en="--memory takes a size such as 4GB, and “{got}” was given.",
    th="--memory ต้องเป็นขนาด เช่น 4GB แต่ได้รับ “{got}”",
)
WRITE_MEMORY = Text(
    "warehouse.write_memory",
    en="Write a number with MB or GB, at least 200MB.",
    th="เขียนตัวเลขพร้อม MB หรือ GB อย่างน้อย 200MB",
)


class Ledger(NamedTuple):
    """What stands beside the tables of a version: made by the load, read by the audit."""

    settings: str  # JSON
    sources: str  # JSON
    key_fingerprint: str


class Warehouse:
    """An open version, for reading. Use as a context manager."""

    def __init__(self, file: Path, *, memory: str | None = None) -> None:
        self.file = file
        self._con = ibis.duckdb.connect()
        self._raw: duckdb.DuckDBPyConnection = self._con.con
        if memory:
            set_memory(self._raw, memory)
        self._raw.execute("SET autoinstall_known_extensions = false")
        self._raw.execute(f"ATTACH {_literal(str(file))} AS warehouse (READ_ONLY)")
        self._here: set[str] = set()
        row = self._row("SELECT * FROM warehouse.ledger")
        self.ledger = Ledger(*(str(value) for value in row[: len(Ledger._fields)]))
        self.built_until = row[-1]

    @property
    def settings(self) -> Settings:
        """The settings of the load."""
        return Settings.model_validate_json(self.ledger.settings)

    def table(self, name: str) -> ir.Table:
        """A table: of this audit where it was built anew, else of the warehouse."""
        if name in self._here:
            return self._con.table(name)
        return self._con.table(name, database=("warehouse", "main"))

    def mapped(self) -> list[MappedColumn]:
        """Which source column fills what."""
        rows = self._raw.execute("SELECT * FROM warehouse.mapped_columns").fetchall()
        return [MappedColumn(*row) for row in rows]

    def as_of(self, settings: Settings) -> Settings:
        """See to it that the journeys are those of the settings' T, and fill T in."""
        wanted = settings.as_of or self.built_until
        same = wanted == self.built_until and settings.funnel == self.settings.funnel
        if not same:
            canonical = {name: self.table(name) for name in schema.TABLES}
            asked = settings.model_copy(update={"as_of": wanted})
            build(self._con, canonical, asked, self.mapped())
            self._here = {"journeys", "funnel_stages", "known_deals", "recorded"}
        return settings.model_copy(update={"as_of": wanted})

    def recorded_positions(self) -> list[int]:
        """Positions of the stages that are recorded."""
        stages = self.rows(self.table("funnel_stages"))
        return [stage["position"] for stage in stages if stage["recorded"]]

    def count(self, table: ir.Table) -> int:
        """Number of rows of an expression."""
        return int(self._con.to_pyarrow(table.count()).as_py())

    def rows(self, table: ir.Table) -> list[dict[str, Any]]:
        """The rows of a small expression."""
        return rows_of(table, self._con)

    def query(self, table: ir.Table) -> str:
        """The query of an expression, as the engine is given it."""
        return str(self._con.compile(table))

    def refused(self, limit: int) -> list[tuple[Any, ...]]:
        """Refused records and cells: source, record, line, column, value, reason, table, what."""
        return self._raw.execute(
            "SELECT *, 'record' FROM warehouse.refused UNION ALL "
            "SELECT *, 'cell' FROM warehouse.refused_cells ORDER BY 1, 3, 2 LIMIT ?",
            [limit],
        ).fetchall()

    def close(self) -> None:
        """Give the file free."""
        self._con.disconnect()

    def __enter__(self) -> Warehouse:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _row(self, query: str) -> tuple[Any, ...]:
        row = self._raw.execute(query).fetchone()
        return row if row is not None else ()


def is_warehouse(path: Path) -> bool:
    """Whether a path is a warehouse: the folder of one, or its pointer."""
    try:
        return (path / POINTER).is_file() or (path.is_file() and path.name == POINTER)
    except (OSError, ValueError):  # a name that no file can have
        return False


def open_warehouse(path: Path, *, memory: str | None = None) -> Warehouse:
    """Open the newest version for reading.

    Raises:
        WarehouseError: its file is missing, or of another schema.
    """
    folder = path if path.is_dir() else path.parent
    try:
        pointer = json.loads((folder / POINTER).read_text(encoding="utf-8"))
        name, got = str(pointer["file"]), int(pointer["schema"])
    except (OSError, ValueError, KeyError, TypeError):
        raise WarehouseError(BROKEN, LOAD_AGAIN, path=str(folder), file=POINTER) from None
    file = folder / name
    if not file.is_file():
        raise WarehouseError(NO_VERSION, LOAD_AGAIN, path=str(folder), file=name)
    if got != schema.VERSION:
        raise WarehouseError(
            OLD_VERSION, LOAD_AGAIN, path=str(folder), got=got, expected=schema.VERSION
        )
    try:
        return Warehouse(file, memory=memory)
    except (duckdb.IOException, duckdb.CatalogException, duckdb.SerializationException):
        raise WarehouseError(BROKEN, LOAD_AGAIN, path=str(folder), file=name) from None


@contextlib.contextmanager
def new_version(folder: Path) -> Iterator[Path]:
    """A folder for a load to work in; what it leaves as ``VERSION`` there is published.

    It is published if the block ends well. The folder is removed however it ends, with whatever an
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
        memory: limit of the engine, such as 4GB.
    """
    con = ibis.duckdb.connect(str(file))
    raw: duckdb.DuckDBPyConnection = con.con
    try:
        if memory:
            set_memory(raw, memory)
        raw.execute("SET autoinstall_known_extensions = false")
        raw.execute("SET preserve_insertion_order = false")
        raw.execute(f"ATTACH {_literal(str(staged))} AS staged (READ_ONLY)")
        for name, table in schema.TABLES.items():
            raw.execute(schema.create_sql(table))
            if name in tables:
                raw.execute(
                    f"INSERT INTO {schema.quoted(name)} SELECT * FROM staged.{schema.quoted(name)}"
                )
        for name in ("refused", "refused_cells"):
            raw.execute(f"CREATE TABLE {name} AS SELECT * FROM staged.{name}")
        raw.execute(
            "CREATE TABLE mapped_columns "
            '("table" TEXT, "column" TEXT, stage TEXT, source TEXT, source_column TEXT)'
        )
        if mapped:
            raw.executemany("INSERT INTO mapped_columns VALUES (?, ?, ?, ?, ?)", list(mapped))
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


def set_memory(con: duckdb.DuckDBPyConnection, limit: str) -> None:
    """Hold the engine to a limit such as 4GB.

    Raises:
        WarehouseError: it is no size.
    """
    try:
        con.execute(f"SET memory_limit = {_literal(limit)}")
    except duckdb.Error:
        raise WarehouseError(BAD_MEMORY, WRITE_MEMORY, got=limit) from None


def scope_of(settings: Settings) -> Scope:
    """All that is known at T."""
    return Scope(until=settings.until)


def _publish(folder: Path, unfinished: Path) -> None:
    with unfinished.open("rb+") as written:
        os.fsync(written.fileno())
    file = folder / f"{secrets.token_hex(6)}.duckdb"
    pointer = unfinished.with_name(POINTER)
    pointer.write_text(
        json.dumps({"schema": schema.VERSION, "file": file.name}) + "\n", encoding="utf-8"
    )
    unfinished.replace(file)
    pointer.replace(folder / POINTER)
    versions = sorted(folder.glob("*.duckdb"), key=lambda p: p.stat().st_mtime_ns)
    for old in versions[:-KEPT]:
        if old != file:
            with contextlib.suppress(OSError):  # a reader holds it: the next load removes it
                old.unlink()


def _no_room(folder: Path, got: str) -> WarehouseError:
    return WarehouseError(NO_ROOM, MAKE_ROOM, path=str(folder), got=got)


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
