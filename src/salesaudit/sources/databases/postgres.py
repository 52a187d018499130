"""PostgreSQL as a source: one read-only transaction, each table as the server writes it."""

from __future__ import annotations

import difflib
import getpass
import hashlib
import json
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import duckdb
import psycopg
from psycopg import errors, sql
from psycopg.conninfo import make_conninfo

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Message, Param, Text, message
from salesaudit.sources.databases.address import Address
from salesaudit.sources.databases.copied import Copied, load_copied
from salesaudit.sources.raw import RawTable

BIG = 10**9  # bytes; before more is read, it is told how much
ROOM = 3  # times the bytes to read that must be free on the disk
PATIENCE = 10  # seconds for a connection, and for a lock
LONGEST = "1h"  # for one table, where the server sets no limit itself
STEP = 4 << 20  # bytes between two tellings

NO_CONNECTION = Text(
    "postgres.no_connection",
    en="No connection to {place}: {cause}.",
    th="เชื่อมต่อ {place} ไม่ได้: {cause}",
)
CHECK_CONNECTION = Text(
    "postgres.check_connection",
    en="Check host, port and name of the database in salesaudit.yaml, that the server runs and "
    "that this machine may reach it.",
    th="ตรวจสอบชื่อเครื่อง พอร์ต และชื่อฐานข้อมูลใน salesaudit.yaml ว่าเซิร์ฟเวอร์ทำงานอยู่ "
    "และเครื่องนี้ได้รับอนุญาตให้เชื่อมต่อ",
)
NO_ENTRY = Text(
    "postgres.no_entry",
    en="{place} did not let the user {user} in: {cause}.",
    th="{place} ไม่อนุญาตให้ผู้ใช้ {user} เข้าใช้: {cause}",
)
GIVE_PASSWORD = Text(
    "postgres.give_password",
    en="Name the user in the address (postgres://user@host/db) and give the password by the "
    "environment: PGPASSWORD, PGPASSFILE or ~/.pgpass, or a service file.",
    th="ระบุผู้ใช้ในที่อยู่ (postgres://user@host/db) และส่งรหัสผ่านทางตัวแปรระบบ PGPASSWORD, PGPASSFILE หรือ "
    "~/.pgpass หรือไฟล์ service",
)
NO_TABLE = Text(
    "postgres.no_table",
    en="{place} has no table {table} that the user {user} sees.",
    th="ใน {place} ไม่มีตาราง {table} ที่ผู้ใช้ {user} มองเห็น",
)
TABLES_SEEN = Text(
    "postgres.tables_seen",
    en="The nearest is {nearest}; there are: {known}.",
    th="ชื่อที่ใกล้เคียงที่สุดคือ {nearest} ตารางที่มี: {known}",
)
NO_RIGHT = Text(
    "postgres.no_right",
    en="The user {user} may not read this in {place}: {cause}.",
    th="ผู้ใช้ {user} ไม่มีสิทธิ์อ่านข้อมูลนี้ใน {place}: {cause}",
)
GRANT = Text(
    "postgres.grant",
    en="Ask for the right to read, such as  GRANT SELECT ON {table} TO {user}.",
    th="ขอสิทธิ์อ่านข้อมูล เช่น  GRANT SELECT ON {table} TO {user}",
)
WOULD_WRITE = Text(
    "postgres.would_write",
    en="This query for {place} would write ({cause}); databases are only read.",
    th="คำสั่งสำหรับ {place} นี้จะเขียนข้อมูล ({cause}) ซึ่งโปรแกรมอ่านฐานข้อมูลเท่านั้น",
)
ONLY_SELECT = Text(
    "postgres.only_select",
    en="Write one SELECT that only reads.",
    th="เขียนคำสั่ง SELECT เดียวที่อ่านข้อมูลอย่างเดียว",
)
BAD_QUERY = Text(
    "postgres.bad_query",
    en="{place} cannot carry out this query: {cause}.",
    th="{place} ประมวลผลคำสั่งนี้ไม่ได้: {cause}",
)
MEND_QUERY = Text(
    "postgres.mend_query",
    en="Correct the query in salesaudit.yaml, and try it in psql first.",
    th="แก้คำสั่งใน salesaudit.yaml และทดลองใน psql ก่อน",
)
TOO_LONG = Text(
    "postgres.too_long",
    en="{place}: reading {table} was stopped: {cause}.",
    th="{place}: การอ่าน {table} ถูกหยุด: {cause}",
)
READ_LATER = Text(
    "postgres.read_later",
    en="Read from a replica or at a quieter hour; a longer statement_timeout goes into the "
    "variable PGOPTIONS.",
    th="อ่านจากเครื่องสำเนาหรือในเวลาที่มีการใช้งานน้อย หากต้องการเวลานานขึ้น ให้กำหนด statement_timeout "
    "ในตัวแปร PGOPTIONS",
)
NO_ROOM = Text(
    "postgres.no_room",
    en="{table} in {place} is about {size} GB, and only {free} GB are free for it here.",
    th="{table} ใน {place} มีขนาดประมาณ {size} GB แต่ที่นี่มีพื้นที่ว่างเพียง {free} GB",
)
READ_LESS = Text(
    "postgres.read_less",
    en="Make room for {times} times its size, or name only the columns and rows that are needed:  "
    '"postgres://.../db#SELECT ... WHERE ...".',
    th="เพิ่มพื้นที่ว่างให้ได้ {times} เท่าของขนาดนี้ หรือระบุเฉพาะคอลัมน์และแถวที่ต้องใช้:  "
    '"postgres://.../db#SELECT ... WHERE ..."',
)
MUCH_READ = Text(
    "postgres.much_read",
    en="{table} in {place} was estimated at {size} GB before it was read; a query that names the "
    "columns it needs is faster.",
    th="ก่อนอ่าน {table} ใน {place} ประเมินขนาดไว้ {size} GB การระบุเฉพาะคอลัมน์ที่ต้องใช้จะอ่านได้เร็วขึ้น",
)

Progress = Callable[[str, int, int], None]


class Server:
    """A database on a server, as it is at one moment: all is read in one transaction."""

    def __init__(self, address: Address) -> None:
        """Connect and begin.

        Raises:
            SourceError: there is no connection, or no entry.
        """
        self.place = address.place
        self.con = _connect(address)
        self.user = self.con.info.user
        self.con.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        self.con.read_only = True
        with self._told("–"), self.con.cursor() as cursor:
            cursor.execute("SET TIME ZONE 'UTC'")
            cursor.execute("SET DateStyle TO ISO, YMD")
            cursor.execute("SET IntervalStyle TO iso_8601")
            cursor.execute("SET synchronize_seqscans TO off")  # the same rows in the same order
            cursor.execute(f"SET lock_timeout TO '{PATIENCE}s'")
            limit = cursor.execute("SHOW statement_timeout").fetchone()
            if limit is not None and limit[0] == "0":
                cursor.execute(f"SET statement_timeout TO '{LONGEST}'")

    def close(self) -> None:
        """End the transaction and the connection."""
        self.con.close()

    def read(
        self,
        con: duckdb.DuckDBPyConnection,
        address: Address,
        *,
        name: str,
        scratch: Path,
        progress: Progress,
    ) -> RawTable:
        """Read a table or a query into a raw table of text.

        Raises:
            SourceError: there is no such table, no right to read it, no room for it, or the
                query cannot be carried out.
        """
        what = f"{' '.join(address.what.split())[:40]} …" if address.is_query else address.what
        return self._read_query(
            con, _query_of(address), what=what, name=name, scratch=scratch, progress=progress
        )

    def read_rows(
        self,
        con: duckdb.DuckDBPyConnection,
        address: Address,
        *,
        columns: Sequence[str],
        rows: Sequence[str],
        scratch: Path,
        progress: Progress,
    ) -> RawTable:
        """Read some columns and rows of a table; a condition is in the words of the server.

        Raises:
            SourceError: as ``read``.
        """
        query = sql.SQL("SELECT {} FROM {}").format(
            sql.SQL(", ").join(map(sql.Identifier, columns)), _identifier(address.what)
        )
        if rows:
            conditions = sql.SQL(") AND (").join(map(sql.SQL, rows))
            query = sql.SQL("{} WHERE (\n{}\n)").format(query, conditions)
        return self._read_query(
            con, query, what=address.what, name=address.name, scratch=scratch, progress=progress
        )

    def _read_query(
        self,
        con: duckdb.DuckDBPyConnection,
        query: sql.Composable,
        *,
        what: str,
        name: str,
        scratch: Path,
        progress: Progress,
    ) -> RawTable:
        """As ``read``, for a query that was put together; ``what`` is its name in messages."""
        with self._told(what):
            columns = self._columns(query)
            size = self._size(query)
            notes: tuple[Message, ...] = ()
            shown = name
            if size > BIG:
                self._see_to_room(what, size, scratch)
                shown = f"{name} ({_gb(size)} GB)"
                notes = (message(MUCH_READ, table=what, place=self.place, size=_gb(size)),)
            path = scratch / "copied.csv"
            try:
                copied = self._copy(
                    query, columns, path, lambda done: progress(shown, done, max(size, done))
                )
                raw = load_copied(con, copied, name=name)
            finally:
                path.unlink(missing_ok=True)
        return raw._replace(notes=notes)

    def tables(self) -> list[str]:
        """The tables and views that the user may read, those of the search path by name alone."""
        rows = self.con.execute(
            """
            SELECT CASE WHEN pg_table_is_visible(c.oid) THEN c.relname
                ELSE n.nspname || '.' || c.relname END
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT LIKE 'pg\\_%'
                AND n.nspname <> 'information_schema' AND has_table_privilege(c.oid, 'SELECT')
            ORDER BY 1
            """
        ).fetchall()
        return [str(row[0]) for row in rows]

    def columns_of(self, table: str) -> tuple[str, ...]:
        """The columns of a table; none where there is no such table to read."""
        if table not in self.tables():
            return ()
        with self._told(table):
            return self._columns(sql.SQL("SELECT * FROM {}").format(_identifier(table)))

    def _columns(self, query: sql.Composable) -> tuple[str, ...]:
        """The columns of a query, which is thereby shown to be one query and no more."""
        cursor = self.con.execute(
            sql.SQL("SELECT q.* FROM (\n{}\n) AS q LIMIT 0").format(query), prepare=True
        )
        return tuple(column.name for column in cursor.description or ())

    def _size(self, query: sql.Composable) -> int:
        """Bytes that the server expects."""
        row = self.con.execute(sql.SQL("EXPLAIN (FORMAT JSON) {}").format(query)).fetchone()
        plan = row[0] if row else []
        plan = json.loads(plan) if isinstance(plan, str) else plan
        top = plan[0]["Plan"]
        return int(top["Plan Rows"]) * int(top["Plan Width"])

    def _see_to_room(self, what: str, size: int, scratch: Path) -> None:
        free = shutil.disk_usage(scratch).free
        if free < ROOM * size:
            raise SourceError(
                NO_ROOM, READ_LESS, table=what, place=self.place, size=_gb(size), free=_gb(free),
                times=ROOM,
            )  # fmt: skip

    def _copy(
        self,
        query: sql.Composable,
        columns: tuple[str, ...],
        path: Path,
        told: Callable[[int], None],
    ) -> Copied:
        digest = hashlib.sha256("\n".join(columns).encode())
        done = 0
        whole = sql.SQL(
            "COPY (SELECT q.*, ''::text FROM (\n{}\n) AS q) TO STDOUT (FORMAT csv, NULL '')"
        ).format(query)
        with self.con.cursor() as cursor, path.open("wb") as file:
            with cursor.copy(whole) as copy:
                rows_read = bytearray()  # the driver gives them one by one
                for row in copy:
                    rows_read += row
                    if len(rows_read) >= STEP:
                        done += _write(rows_read, file, digest)
                        told(done)
                done += _write(rows_read, file, digest)
            rows = cursor.rowcount
        told(done)
        return Copied(path, columns, rows, digest.hexdigest())

    @contextmanager
    def _told(self, what: str) -> Iterator[None]:
        """What the server refuses, in our words."""
        try:
            yield
        except psycopg.Error as error:
            raise self._refusal(error, what) from None

    def _refusal(self, error: psycopg.Error, what: str) -> SourceError:
        shown: dict[str, Param] = {
            "place": self.place, "user": self.user, "table": what, "cause": _cause(error),
        }  # fmt: skip
        match error:
            case errors.UndefinedTable() | errors.InvalidSchemaName():
                return self._no_table(error, what)
            case errors.InsufficientPrivilege():
                return SourceError(NO_RIGHT, GRANT, **shown)
            case errors.ReadOnlySqlTransaction() | errors.FeatureNotSupported():
                return SourceError(WOULD_WRITE, ONLY_SELECT, **shown)
            case errors.QueryCanceled() | errors.LockNotAvailable():
                return SourceError(TOO_LONG, READ_LATER, **shown)
            case psycopg.OperationalError():
                return SourceError(NO_CONNECTION, CHECK_CONNECTION, **shown)
            case _:
                return SourceError(BAD_QUERY, MEND_QUERY, **shown)

    def _no_table(self, error: psycopg.Error, what: str) -> SourceError:
        missing = what
        if error.diag.message_primary and '"' in error.diag.message_primary:
            missing = error.diag.message_primary.split('"')[1]
        self.con.rollback()
        known = self.tables()
        near = difflib.get_close_matches(missing, known, n=1, cutoff=0.0)
        return SourceError(
            NO_TABLE, TABLES_SEEN, place=self.place, table=missing, user=self.user,
            nearest=near[0] if near else "–",
            known=", ".join(known[:12]) + (", …" if len(known) > 12 else "") or "–",
        )  # fmt: skip


def _connect(address: Address) -> psycopg.Connection:
    try:
        return _opened(address)
    except psycopg.ProgrammingError as error:  # a parameter behind the ? that there is not
        shown: dict[str, Param] = {"place": address.place, "cause": str(error).strip()}
        raise SourceError(NO_CONNECTION, CHECK_CONNECTION, **shown) from None
    except psycopg.OperationalError as error:
        lacking = error.pgconn is not None and error.pgconn.needs_password
        if lacking and sys.stdin.isatty() and sys.stderr.isatty():
            secret = getpass.getpass(f"{address.place}: password: ")
            try:
                return _opened(address, password=secret)
            except psycopg.OperationalError as again:
                raise _no_entry(address, again) from None
        raise _no_entry(address, error) from None


def _opened(address: Address, **more: str) -> psycopg.Connection:
    given = make_conninfo(address.url, application_name="salesaudit", **more)
    if "connect_timeout" not in given:
        given = make_conninfo(given, connect_timeout=PATIENCE)
    return psycopg.connect(given)


def _no_entry(address: Address, error: psycopg.OperationalError) -> SourceError:
    pgconn = error.pgconn
    asked = pgconn is not None and (pgconn.needs_password or pgconn.used_password)
    user = pgconn.user.decode() if pgconn is not None and pgconn.user else "–"
    shown: dict[str, Param] = {"place": address.place, "cause": _cause(error)}
    if asked:
        return SourceError(NO_ENTRY, GIVE_PASSWORD, user=user, **shown)
    return SourceError(NO_CONNECTION, CHECK_CONNECTION, **shown)


def _query_of(address: Address) -> sql.Composable:
    if address.is_query:
        return sql.SQL(address.what)  # the company's own query
    return sql.SQL("SELECT * FROM {}").format(_identifier(address.what))


def _identifier(table: str) -> sql.Identifier:
    return sql.Identifier(*table.split(".", 1))


def _cause(error: psycopg.Error) -> str:
    """What the server said, in one line; what may hold a cell is cut."""
    said = error.diag.message_primary or str(error)
    lines = [line.strip() for line in said.strip().splitlines() if line.strip()]
    cause = lines[-1] if lines else type(error).__name__
    if (error.sqlstate or "").startswith("22"):  # such as: invalid input syntax for integer: "..."
        cause = cause.partition(":")[0]
    return cause.rpartition("FATAL:")[2].strip().rstrip(".")[:200]


def _write(rows: bytearray, file: BinaryIO, digest: hashlib._Hash) -> int:
    """Write rows out and forget them; returns their bytes."""
    file.write(rows)
    digest.update(rows)
    size = len(rows)
    rows.clear()
    return size


def _gb(size: int) -> str:
    return f"{size / 10**9:.1f}"
