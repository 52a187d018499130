"""SQLite as a source: by the standard library, as its columns may hold values of any type."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Self
from urllib.parse import quote

import duckdb
import pyarrow as pa

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Text
from salesaudit.sources.databases.copied import no_lines
from salesaudit.sources.files.account import REFUSED_TABLE
from salesaudit.sources.files.header import unique_names
from salesaudit.warehouse.sql import literal, quoted

ROWS = 20_000  # held at once
LOGS = b"\x02\x02"  # in the header of a database that writes to a log beside it

NOT_READ = Text(
    "databases.sqlite_not_read",
    en="{file} cannot be read as an SQLite database: {cause}.",
    th="อ่าน {file} เป็นฐานข้อมูล SQLite ไม่ได้: {cause}",
)
COPY_DATABASE = Text(
    "databases.copy_database",
    en="Close the program that uses it, copy the file again together with the file beside it that "
    "ends in -wal, and try again.",
    th="ปิดโปรแกรมที่ใช้ไฟล์นี้อยู่ คัดลอกไฟล์ใหม่พร้อมไฟล์ข้างกันที่ลงท้ายด้วย -wal แล้วลองอีกครั้ง",
)


class SQLiteFile:
    """An SQLite database at one moment, never written to."""

    def __init__(self, path: Path, name: str, scratch: Path) -> None:
        """Open it, or a copy where its folder allows no reading in place.

        Raises:
            SourceError: it cannot be read.
        """
        self.name = name
        self.copy: Path | None = None
        log, lock = _beside(path, "-wal"), _beside(path, "-shm")
        logs = _header(path)[18:20] == LOGS if not lock.exists() else False
        with self._told():
            if logs and log.exists():  # a copy of both: reading it in place would write beside it
                self.copy = scratch / "copied.sqlite"
                shutil.copyfile(path, self.copy)
                shutil.copyfile(log, _beside(self.copy, "-wal"))
                self.con = _open(self.copy)
            else:
                self.con = _open(path, "&immutable=1" if logs else "")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.con.close()
        if self.copy is not None:
            for ending in ("", "-wal", "-shm"):
                _beside(self.copy, ending).unlink(missing_ok=True)

    def tables(self) -> list[str]:
        """The tables, in the order of their names."""
        return self._named("table")

    def views(self) -> list[str]:
        """The views."""
        return self._named("view")

    def read(
        self, con: duckdb.DuckDBPyConnection, table: str, to: str, source: str
    ) -> tuple[tuple[str, ...], int, int]:
        """Copy a table as text; a record that is no UTF-8 is refused.

        Returns:
            (columns, records read, records refused).

        Raises:
            SourceError: the file is damaged.
        """
        with self._told():
            given = [
                str(row[1], "utf-8") if isinstance(row[1], bytes) else str(row[1])
                for row in self.con.execute(f"PRAGMA table_info({quoted(table)})")
            ]
            columns = unique_names(given)
            cells = ", ".join(_text_of(column) for column in given)
            rows = self.con.execute(f"SELECT {cells} FROM {quoted(table)}")
            kinds = ", ".join(f"{quoted(column)} VARCHAR" for column in columns)
            con.execute(f"CREATE TABLE {quoted(to)} ({kinds}, _record BIGINT, _line BIGINT)")
            read = refused = 0
            while batch := rows.fetchmany(ROWS):
                refused += _insert(con, batch, columns, to=to, source=source, before=read)
                read += len(batch)
        no_lines(con, to)
        return columns, read, refused

    def _named(self, kind: str) -> list[str]:
        with self._told():
            rows = self.con.execute(
                "SELECT name FROM sqlite_master WHERE type = ? AND name NOT LIKE 'sqlite\\_%' "
                "ESCAPE '\\' ORDER BY name",
                [kind],
            ).fetchall()
        return [row[0].decode() for row in rows]

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise self._refusal(error) from None

    def _refusal(self, error: sqlite3.Error) -> SourceError:
        return SourceError(NOT_READ, COPY_DATABASE, file=self.name, cause=str(error))


def _header(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(100)


def _beside(path: Path, ending: str) -> Path:
    return path.with_name(f"{path.name}{ending}")


def _open(path: Path, more: str = "") -> sqlite3.Connection:
    """Open for reading alone, with a transaction that holds the moment."""
    con = sqlite3.connect(
        f"file:{quote(str(path.resolve()))}?mode=ro{more}", uri=True, isolation_level=None
    )
    con.text_factory = bytes
    try:
        con.execute("BEGIN")
        con.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.Error:
        con.close()
        raise
    return con


def _text_of(column: str) -> str:
    """A cell as text: a number to its last digit and without an exponent, a blob in hex."""
    name = quoted(column)
    return f"""CASE typeof({name})
        WHEN 'null' THEN ''
        WHEN 'blob' THEN '\\x' || lower(hex({name}))
        WHEN 'real' THEN CASE
            WHEN {name} = CAST({name} AS INTEGER) THEN CAST(CAST({name} AS INTEGER) AS TEXT)
            WHEN abs({name}) < 1e-4 THEN printf('%.20f', {name})
            WHEN CAST(CAST({name} AS TEXT) AS REAL) = {name} THEN CAST({name} AS TEXT)
            ELSE printf('%!.17g', {name}) END
        ELSE CAST({name} AS TEXT) END"""


def _insert(
    con: duckdb.DuckDBPyConnection,
    batch: Sequence[tuple[bytes, ...]],
    columns: Sequence[str],
    *,
    to: str,
    source: str,
    before: int,
) -> int:
    """Insert a batch; returns how many of its records are no UTF-8 and were refused."""
    cells = [pa.array(column, pa.binary()) for column in zip(*batch, strict=True)]
    names = [f"c{place}" for place in range(len(columns))]
    given = pa.table([*cells, pa.array(range(before + 1, before + 1 + len(batch)))], [*names, "n"])
    texts = ", ".join(f"TRY(decode({name})) AS {name}" for name in names)
    lost = " OR ".join(f"{name} IS NULL" for name in names)
    shown = ", ".join(f"{name}::VARCHAR" for name in names)
    con.register("given", given)
    try:
        con.execute(f"CREATE OR REPLACE TEMP TABLE decoded AS SELECT {texts}, n FROM given")
        con.execute(
            f"INSERT INTO {quoted(to)} SELECT *, NULL FROM decoded WHERE NOT ({lost}) ORDER BY n"
        )
        refused = con.execute(
            f"INSERT INTO {REFUSED_TABLE} SELECT {literal(source)}, n, NULL, NULL, "
            f"concat_ws(',', {shown}), 'encoding', '' FROM given WHERE n IN "
            f"(SELECT n FROM decoded WHERE {lost})"
        ).fetchone()
    finally:
        con.execute("DROP TABLE IF EXISTS decoded")
        con.unregister("given")
    return int(refused[0]) if refused else 0
