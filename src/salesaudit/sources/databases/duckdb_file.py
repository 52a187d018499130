"""A DuckDB file as a source: attached for reading alone, its base tables as text."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from pathlib import Path
from typing import Self

import duckdb

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Text
from salesaudit.sources.files.header import unique_names
from salesaudit.warehouse.sql import literal, of_the_machine, quoted

ATTACHED = "given_database"

HELD = Text(
    "databases.held",
    en="{file} is held by another program ({cause}).",
    th="{file} ถูกโปรแกรมอื่นเปิดใช้งานอยู่ ({cause})",
)
CLOSE_IT = Text(
    "databases.close_it",
    en="Close that program, or copy the file while it is closed and read the copy.",
    th="ปิดโปรแกรมนั้น หรือคัดลอกไฟล์ขณะที่ไม่มีโปรแกรมใดเปิดใช้ แล้วอ่านจากสำเนา",
)
NEWER = Text(
    "databases.newer",
    en="{file} was written by a newer DuckDB than the one here ({cause}).",
    th="{file} เขียนด้วย DuckDB รุ่นใหม่กว่าที่มีในเครื่องนี้ ({cause})",
)
EXPORT_PARQUET = Text(
    "databases.export_parquet",
    en="Export its tables there as CSV (EXPORT DATABASE), or bring salesaudit up to date.",
    th="ส่งออกตารางเป็น CSV จากโปรแกรมนั้น (EXPORT DATABASE) หรือปรับรุ่น salesaudit ให้เป็นรุ่นล่าสุด",
)
BROKEN = Text(
    "databases.broken",
    en="{file} cannot be read as a DuckDB database: {cause}.",
    th="อ่าน {file} เป็นฐานข้อมูล DuckDB ไม่ได้: {cause}",
)
COPY_IT_AGAIN = Text(
    "databases.copy_it_again",
    en="Copy the file again from where it works, together with the file beside it that ends in "
    ".wal.",
    th="คัดลอกไฟล์ใหม่จากต้นทางที่ใช้งานได้ พร้อมไฟล์ข้างกันที่ลงท้ายด้วย .wal",
)


class DuckDBFile:
    """A DuckDB database, never written to; its views are code and are not run."""

    def __init__(self, con: duckdb.DuckDBPyConnection, path: Path, name: str) -> None:
        """Attach it.

        Raises:
            SourceError: it is held by another program, newer than the engine, or damaged.
        """
        self.con = con
        self.name = name
        try:
            con.execute(f"ATTACH {literal(str(path))} AS {ATTACHED} (READ_ONLY, TYPE duckdb)")
        except duckdb.Error as error:
            raise _refusal(error, name) from None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.con.execute(f"DETACH {ATTACHED}")

    def tables(self) -> list[str]:
        """The base tables; those of the schema main by name alone."""
        rows = self.con.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = ? "
            "ORDER BY schema_name <> 'main', 1, 2",
            [ATTACHED],
        ).fetchall()
        return [table if schema == "main" else f"{schema}.{table}" for schema, table in rows]

    def views(self) -> list[str]:
        """None: a view may read other files."""
        return []

    def read(
        self, con: duckdb.DuckDBPyConnection, table: str, to: str, _source: str
    ) -> tuple[tuple[str, ...], int, int]:
        """Copy a table as text.

        Returns:
            (columns, records read, records refused: none).

        Raises:
            SourceError: the file is damaged.
        """
        schema, _, name = table.rpartition(".") if table not in self._of_main() else ("", "", table)
        place = f"{ATTACHED}.{quoted(schema or 'main')}.{quoted(name)}"
        try:
            given = [str(row[0]) for row in con.execute(f"DESCRIBE {place}").fetchall()]
            columns = unique_names(given)
            cells = ", ".join(
                f"coalesce(CAST({quoted(old)} AS VARCHAR), '') AS {quoted(new)}"
                for old, new in zip(given, columns, strict=True)
            )
            con.execute(
                f"CREATE TABLE {quoted(to)} AS SELECT {cells}, row_number() OVER () AS _record, "
                f"NULL::BIGINT AS _line FROM {place}"
            )
            counted = con.execute(f"SELECT count(*) FROM {quoted(to)}").fetchone()
        except duckdb.Error as error:
            if of_the_machine(error):
                raise
            raise _refusal(error, self.name) from None
        return columns, int(counted[0]) if counted else 0, 0

    def _of_main(self) -> list[str]:
        rows = self.con.execute(
            "SELECT table_name FROM duckdb_tables() "
            "WHERE database_name = ? AND schema_name = 'main'",
            [ATTACHED],
        ).fetchall()
        return [str(row[0]) for row in rows]


def _refusal(error: duckdb.Error, name: str) -> SourceError:
    said = str(error).strip().splitlines()[0].removeprefix("IO Error: ")
    lowered = said.lower()
    if "set lock" in lowered or "unique file handle" in lowered:
        return SourceError(HELD, CLOSE_IT, file=name, cause=said.partition(":")[0][:200])
    if "version number" in lowered or "newer version" in lowered:
        return SourceError(NEWER, EXPORT_PARQUET, file=name, cause=said.partition(". ")[0][:200])
    return SourceError(BROKEN, COPY_IT_AGAIN, file=name, cause=said[:200])
