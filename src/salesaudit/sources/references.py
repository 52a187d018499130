"""References: cells that name a record of another table, once all tables are there."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import MappingError
from salesaudit.core.texts import Message, Text, message
from salesaudit.sources.parts import Part
from salesaudit.warehouse.schema import TABLES, Column
from salesaudit.warehouse.sql import quoted

MANY = 20  # references without a target; fewer are only counted
PEOPLE = "reps"  # who has left the team is often no longer in its list
NOUGHT = "0"
NOUGHTS = 3  # cells, and of all that are filled this share at least, for 0 to stand for none
OFTEN = 0.01

NO_TARGET = Text(
    "references.no_target",
    en="{file}: {count} of {filled} cells of “{column}” name no record of {target}, such as "
    "{example}.",
    th="{file}: {count} จาก {filled} ช่องใน “{column}” ไม่ตรงกับรายการใดใน {target} เช่น {example}",
)
LOAD_TARGETS = Text(
    "references.load_targets",
    en="Map the column that holds the same ids as {target}, or export all of {target}; if it is "
    "right so, write  accept_orphans: {share}  at this source.",
    th="ระบุคอลัมน์ที่ใช้รหัสเดียวกับ {target} หรือส่งออก {target} ให้ครบ หากถูกต้องแล้ว ให้ระบุ  "
    "accept_orphans: {share}  ที่แหล่งข้อมูลนี้",
)
ORPHANS = Text(
    "references.orphans",
    en="{file}: {count} of {filled} cells of “{column}” name no record of {target}, such as "
    "{example}. They are kept, and belong to none.",
    th="{file}: {count} จาก {filled} ช่องใน “{column}” ไม่ตรงกับรายการใดใน {target} เช่น {example} "
    "ระบบเก็บไว้โดยไม่ผูกกับรายการใด",
)
NOUGHT_IS_NONE = Text(
    "references.nought_is_none",
    en="{file}: {count} cells of “{column}” say 0, which no record of {target} has; they are taken "
    "as none.",
    th="{file}: “{column}” มี {count} ช่องที่เป็น 0 ซึ่งไม่มีใน {target} จึงถือว่าไม่มีการอ้างอิง",
)


class _Reference(NamedTuple):
    table: str
    column: Column
    target: str  # table
    key: str  # its column
    file: str  # for messages
    accepted: float


def settle_references(con: duckdb.DuckDBPyConnection, parts: Sequence[Part]) -> list[Message]:
    """Take 0 for none where it is no record's id; count references that lead nowhere, or ask.

    Args:
        con: with the merged tables.
        parts: what they were merged from.

    Raises:
        MappingError: too many references of a column name no record.
    """
    notes = []
    for one in _references(parts):
        noughts = _noughts(con, one)
        if noughts:
            con.execute(
                f"UPDATE {quoted(one.table)} SET {quoted(one.column.name)} = NULL "
                f"WHERE {quoted(one.column.name)} = '{NOUGHT}'"
            )
            notes.append(message(NOUGHT_IS_NONE, count=noughts, **_named(one)))
        if one.target != PEOPLE:
            notes += _orphans(con, one)
    return notes


def _references(parts: Sequence[Part]) -> Iterator[_Reference]:
    """The columns that refer to a table which there is."""
    tables = {part.table: part for part in parts}
    accepted = {name: max(p.accept_orphans for p in parts if p.table == name) for name in tables}
    for name, part in tables.items():
        for column in TABLES[name].columns:
            target, _, key = column.refers.partition(".")
            if target in tables:
                file = ", ".join(account.name for account in part.accounts[:3])
                yield _Reference(name, column, target, key, file, accepted[name])


def _named(one: _Reference) -> Mapping[str, str]:
    return {"file": one.file, "column": one.column.name, "target": one.target}


def _noughts(con: duckdb.DuckDBPyConnection, one: _Reference) -> int:
    """Cells that say 0 for none; none where 0 is an id, or is rare, or part of a key."""
    if one.column.key or one.column.required:
        return 0
    cell = quoted(one.column.name)
    zero, filled = con.execute(
        f"SELECT count(*) FILTER (WHERE {cell} = '{NOUGHT}'), count({cell}) "
        f"FROM {quoted(one.table)}"
    ).fetchone() or (0, 0)
    if zero < max(NOUGHTS, OFTEN * filled):
        return 0
    known = con.execute(
        f"SELECT 1 FROM {quoted(one.target)} WHERE {quoted(one.key)} = '{NOUGHT}' LIMIT 1"
    ).fetchone()
    return int(zero) if known is None else 0


def _orphans(con: duckdb.DuckDBPyConnection, one: _Reference) -> list[Message]:
    """Say how many references lead nowhere; ask where they are more than is accepted."""
    cell = quoted(one.column.name)
    orphan = f"{cell} NOT IN (SELECT {quoted(one.key)} FROM {quoted(one.target)})"
    filled, orphans, example = con.execute(
        f"SELECT count({cell}), count({cell}) FILTER (WHERE {orphan}), "
        f"min({cell}) FILTER (WHERE {orphan}) FROM {quoted(one.table)}"
    ).fetchone() or (0, 0, "")
    if not orphans:
        return []
    said = {"count": orphans, "filled": filled, "example": str(example), **_named(one)}
    if one.accepted < 1 and orphans >= max(MANY, one.accepted * filled):
        share = f"{min(1.0, orphans / filled + 0.01):.2f}"
        raise MappingError(NO_TARGET, LOAD_TARGETS, share=share, **said)
    return [message(ORPHANS, **said)]
