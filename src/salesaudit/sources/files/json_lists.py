"""JSON documents: a list of objects, or an object that holds such lists."""

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

import duckdb

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Text
from salesaudit.sources.files.json_cut import cut, find_list
from salesaudit.sources.files.json_lines import EXPORT_RECORDS, spread
from salesaudit.sources.files.kinds import COPY_AGAIN
from salesaudit.sources.files.streams import codec_of, first_bytes, recode
from salesaudit.sources.files.task import Task, free_table, path_literal
from salesaudit.sources.raw import RawTable
from salesaudit.warehouse.sql import literal, of_the_machine, quoted

LONGEST_OBJECT = 32 << 20  # bytes of a record in a list
WHOLE = 16 << 20  # bytes of an object that is read whole, whatever lists it holds
LONGEST_DOCUMENT = 256 << 20  # bytes; read whole it takes sixteen times as much memory

BROKEN_JSON = Text(
    "files.broken-json",
    "{file} is no whole JSON ({cause}); nothing was loaded from it.",
    "{file} ไม่ใช่ JSON ที่สมบูรณ์ ({cause}) จึงไม่ได้นำเข้าข้อมูลจากไฟล์นี้เลย",
)
NO_LIST = Text(
    "files.no-list",
    "{file} is JSON without a list of records; its keys are {keys}.",
    "{file} เป็น JSON ที่ไม่มีลิสต์ของรายการข้อมูล คีย์ที่พบ: {keys}",
)
LONG_DOCUMENT = Text(
    "files.long-document",
    "{file} is one JSON object of more than 256 MB that holds several lists.",
    "{file} เป็นออบเจกต์ JSON ก้อนเดียวที่ใหญ่กว่า 256 MB และมีหลายลิสต์",
)


def read_json_lists(task: Task, content: bytes, sha256: str) -> tuple[RawTable, ...]:
    """Load the lists of objects that a JSON document holds.

    A list at the top is the file's table. Of an object, every key whose value is a list of
    objects is a table, named ``file#key`` where there are several.

    Args:
        task: the file, not packed.
        content: its first bytes.
        sha256: of the file.

    Raises:
        SourceError: it is broken or holds no list of records.
    """
    codec = codec_of(content, task.encoding, task.name)
    copy, part = task.scratch / "document.json", task.scratch / "list.json"
    try:
        path = task.path
        if codec is not None:
            recode(path, codec, task.name, to=copy)
            path, content = copy, first_bytes(copy)
        if content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"["):
            return (_from_list(task, path, sha256),)
        if path.stat().st_size > WHOLE and (place := find_list(path)) is not None:
            cut(path, place, to=part)
            with contextlib.suppress(duckdb.InvalidInputException):  # there are several lists
                return (_from_list(task, part, sha256),)
        return _from_object(task, path, sha256)
    except duckdb.Error as error:
        if of_the_machine(error):
            raise
        cause = str(error).strip().split("\n", 1)[0].replace(str(task.path), task.name)[:200]
        raise SourceError(BROKEN_JSON, COPY_AGAIN, file=task.name, cause=cause) from error
    finally:
        copy.unlink(missing_ok=True)
        part.unlink(missing_ok=True)


def _from_list(task: Task, path: Path, sha256: str) -> RawTable:
    table = free_table(task.con, task.name)
    count = task.con.execute(
        f"""
        CREATE TABLE {quoted(table)} AS
        SELECT json::VARCHAR AS json, row_number() OVER () AS _record, NULL::BIGINT AS _line
        FROM read_json_objects({path_literal(path)}, format = 'array', compression = 'uncompressed',
            maximum_object_size = {LONGEST_OBJECT})
        """
    ).fetchone()
    read = int(count[0]) if count is not None else 0
    return spread(task, table, read, {}, sha256=sha256)


def _from_object(task: Task, path: Path, sha256: str) -> tuple[RawTable, ...]:
    con, size = task.con, path.stat().st_size
    if size > LONGEST_DOCUMENT:
        raise SourceError(LONG_DOCUMENT, EXPORT_RECORDS, file=task.name)
    document = free_table(con, f"{task.name} document")
    con.execute(
        f"""
        CREATE TABLE {quoted(document)} AS
        SELECT json::VARCHAR AS json, row_number() OVER () AS _record, NULL::BIGINT AS _line
        FROM read_json_objects({path_literal(path)}, format = 'unstructured',
            compression = 'uncompressed', maximum_object_size = {max(size, LONGEST_OBJECT) + 16})
        """
    )
    [(objects,)] = con.execute(f"SELECT count(*) FROM {quoted(document)}").fetchall()
    if objects > 1:  # records one after the other, each over several lines
        return (spread(task, document, objects, {}, sha256=sha256),)
    try:
        return _lists_of(task, document, sha256)
    finally:
        con.execute(f"DROP TABLE {quoted(document)}")


def _lists_of(task: Task, document: str, sha256: str) -> tuple[RawTable, ...]:
    con = task.con
    keys = [
        str(row[0])
        for row in con.execute(f"SELECT unnest(json_keys(json)) FROM {quoted(document)}").fetchall()
    ]
    lists = [key for key in keys if _is_list_of_objects(con, document, key)]
    if not lists:
        shown = ", ".join(keys[:8]) or "–"
        raise SourceError(NO_LIST, EXPORT_RECORDS, file=task.name, keys=shown)
    found = []
    for key in lists:
        member = key if len(lists) > 1 else ""
        name = f"{task.name}#{key}" if member else task.name
        table = free_table(con, name)
        count = con.execute(
            f"""
            CREATE TABLE {quoted(table)} AS
            SELECT json, row_number() OVER () AS _record, NULL::BIGINT AS _line
            FROM (SELECT unnest(from_json(json_extract(json, {_pointer(key)}), '["JSON"]'))
                      ::VARCHAR AS json
                  FROM {quoted(document)})
            """
        ).fetchone()
        read = int(count[0]) if count is not None else 0
        own = hashlib.sha256(f"{sha256}#{key}".encode()).hexdigest() if member else sha256
        raw = spread(task._replace(name=name), table, read, {}, sha256=own)
        found.append(raw._replace(file=task.name, member=member))
    return tuple(found)


def _is_list_of_objects(con: duckdb.DuckDBPyConnection, document: str, key: str) -> bool:
    row = con.execute(
        f"""
        SELECT json_type(json, {_pointer(key)}) = 'ARRAY'
            AND coalesce(json_type(json, {_pointer(key, "/0")}), 'OBJECT') = 'OBJECT'
        FROM {quoted(document)}
        """
    ).fetchone()
    return row is not None and bool(row[0])


def _pointer(key: str, more: str = "") -> str:
    return literal("/" + key.replace("~", "~0").replace("/", "~1") + more)
