"""An open warehouse: what measures and audits read from, by DuckDB through Ibis."""

from __future__ import annotations

import json
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
from salesaudit.warehouse import schema
from salesaudit.warehouse.build import build, rows_of
from salesaudit.warehouse.funnel_stages import MappedColumn
from salesaudit.warehouse.sql import literal

POINTER = "warehouse.json"
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
    en="Build it anew from its kept loads: salesaudit ingest {path} --into {path}. If it has none, "
    "load the exports again: salesaudit ingest PATH --into {path}.",
    th="สร้างใหม่จากข้อมูลที่เคยนำเข้า: salesaudit ingest {path} --into {path} หากไม่มี "
    "ให้นำเข้าไฟล์ส่งออกใหม่: salesaudit ingest PATH --into {path}",
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
        self._raw.execute(f"ATTACH {literal(str(file))} AS warehouse (READ_ONLY)")
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


def set_memory(con: duckdb.DuckDBPyConnection, limit: str) -> None:
    """Hold the engine to a limit such as 4GB.

    Raises:
        WarehouseError: it is no size.
    """
    try:
        con.execute(f"SET memory_limit = {literal(limit)}")
    except duckdb.Error:
        raise WarehouseError(BAD_MEMORY, WRITE_MEMORY, got=limit) from None


def scope_of(settings: Settings) -> Scope:
    """All that is known at T."""
    return Scope(until=settings.until)
