"""JSON lines: one object to a line, each line accounted for; and objects spread into columns."""

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from __future__ import annotations

import duckdb

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Message, Text, message
from salesaudit.sources.files.account import REFUSED_TABLE
from salesaudit.sources.files.dialect import NO_SEPARATOR, Dialect
from salesaudit.sources.files.header import unique_names
from salesaudit.sources.files.limits import stop_if_too_many_refused
from salesaudit.sources.files.lines import load_lines, look_over
from salesaudit.sources.files.notes import NO_RECORDS, byte_notes
from salesaudit.sources.files.task import Task
from salesaudit.sources.raw import RawTable
from salesaudit.warehouse.sql import literal, quoted

MOST_KEYS = 5_000

TOO_MANY_KEYS = Text(
    "files.too-many-keys",
    "{file}: its records have {count} different keys, such as {keys}; that is no table.",
    "{file}: รายการในไฟล์มีคีย์ต่างกัน {count} คีย์ เช่น {keys} จึงไม่ใช่ตาราง",
)
NO_OBJECTS = Text(
    "files.no-objects",
    "{file}: none of its {count} records is a JSON object with named values.",
    "{file}: รายการทั้ง {count} รายการไม่ใช่ออบเจกต์ JSON ที่มีชื่อกำกับค่า",
)
EXPORT_RECORDS = Text(
    "files.export-records",
    "Export one record to a line, each with the same keys.",
    "ส่งออกบรรทัดละหนึ่งรายการ โดยใช้คีย์ชุดเดียวกัน",
)

_WHOLE_LINE = Dialect(
    separator=NO_SEPARATOR, columns=("json",), header=("",), skip_lines=0, header_lines=0,
    regular=False, preamble=(), quote="",
)  # fmt: skip


def read_json_lines(task: Task, content: bytes, *, gzip: bool) -> RawTable:
    """Load a file of JSON lines: a key is a column, what is nested stays JSON text.

    Args:
        task: the file.
        content: its first bytes, unpacked.
        gzip: whether it is packed.

    Raises:
        SourceError: too much of it is no JSON, or it is no table.
    """
    text = look_over(task, content, gzip=gzip)
    lines = load_lines(task, text, _WHOLE_LINE, gzip=gzip)
    notes = (*byte_notes(text.codec, text.seen, task.name, guessed=text.guessed), *lines.notes)
    return spread(
        task, lines.table, lines.read, lines.reasons, sha256=text.seen.sha256, notes=notes,
        encoding=text.codec or "utf-8",
    )  # fmt: skip


def spread(
    task: Task,
    table: str,
    read: int,
    reasons: dict[str, int],
    *,
    sha256: str,
    notes: tuple[Message, ...] = (),
    encoding: str = "utf-8",
) -> RawTable:
    """Make of a table of JSON texts one with a column for each key.

    Args:
        task: the file.
        table: with the columns ``json``, ``_record`` and ``_line``.
        read: its records and those refused before.
        reasons: of records refused before.
        sha256: of the source.
        notes: on it.
        encoding: of it.

    Raises:
        SourceError: too many records are no JSON object, or the keys are those of no table.
    """
    con, name = task.con, task.name
    broken = _refuse_broken(con, table, name)
    reasons = reasons | ({"json": broken} if broken else {})
    try:
        stop_if_too_many_refused(name, read, reasons, task.accept_refused)
        keys = _keys(con, table, name, refused=broken)
    except SourceError:
        con.execute(f"DROP TABLE {quoted(table)}")
        con.execute(f"DELETE FROM {REFUSED_TABLE} WHERE source = ?", [name])
        raise
    columns = unique_names(keys or [""])
    _spread(con, table, keys, columns)
    if read == 0:
        notes = (*notes, message(NO_RECORDS, file=name))
    return RawTable(
        name=name, file=name, sha256=sha256, table=table, columns=columns, read=read,
        refused=sum(reasons.values()), reasons=reasons, notes=notes, encoding=encoding,
    )  # fmt: skip


def _refuse_broken(con: duckdb.DuckDBPyConnection, table: str, name: str) -> int:
    good = "CASE WHEN json_valid(json) THEN json_type(json) = 'OBJECT' ELSE false END"
    con.execute(
        f"""
        INSERT INTO {REFUSED_TABLE}
        SELECT {literal(name)}, _record, _line, NULL, json, 'json', ''
        FROM {quoted(table)} WHERE NOT {good} ORDER BY _record
        """
    )
    row = con.execute(f"DELETE FROM {quoted(table)} WHERE NOT {good}").fetchone()
    return int(row[0]) if row is not None else 0


def _keys(con: duckdb.DuckDBPyConnection, table: str, name: str, *, refused: int) -> list[str]:
    """The keys of all objects in the order in which they are first seen."""
    rows = con.execute(
        f"""
        SELECT key FROM (
            SELECT unnest(keys) AS key, unnest(range(len(keys))) AS place, record
            FROM (SELECT json_keys(json) AS keys, min(_record) AS record
                  FROM {quoted(table)} GROUP BY 1))
        GROUP BY key ORDER BY min((record, place))
        """
    ).fetchall()
    keys = [str(row[0]) for row in rows]
    if refused and not keys:
        raise SourceError(NO_OBJECTS, EXPORT_RECORDS, file=name, count=refused)
    if len(keys) > MOST_KEYS:
        shown = ", ".join(keys[:3])
        raise SourceError(TOO_MANY_KEYS, EXPORT_RECORDS, file=name, count=len(keys), keys=shown)
    return keys


def _spread(
    con: duckdb.DuckDBPyConnection, table: str, keys: list[str], columns: tuple[str, ...]
) -> None:
    paths = ", ".join(literal("/" + key.replace("~", "~0").replace("/", "~1")) for key in keys)
    cells = "".join(
        f"coalesce(cells[{place}], '') AS {quoted(column)}, "
        for place, column in enumerate(columns, start=1)
    )
    values = f"json_extract_string(json, [{paths}])" if keys else "['']"
    con.execute(
        f"""
        CREATE TABLE {quoted(table + "_cells")} AS
        SELECT {cells}_record, _line
        FROM (SELECT {values} AS cells, _record, _line FROM {quoted(table)})
        """
    )
    con.execute(f"DROP TABLE {quoted(table)}")
    con.execute(f"ALTER TABLE {quoted(table + '_cells')} RENAME TO {quoted(table)}")
