"""Identity: records that the CRM merged into others are followed to the one that is left.

A merged lead or deal keeps its old id in the tables beside it: its stages, its calls, its deals.
Each old id is followed, over as many merges as there were, and every reference to it is written
anew, so that no case counts twice and none of its history is lost.
"""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections.abc import Sequence

import duckdb

from salesaudit.core.texts import Message, Text, message
from salesaudit.sources.parts import Part
from salesaudit.warehouse.loads import MERGED_RECORDS
from salesaudit.warehouse.schema import TABLES, Column, Table
from salesaudit.warehouse.sql import literal, quoted

FOLLOWED = Text(
    "identity.followed",
    en="Merged in the CRM: {merged} records of {table}. {rows} rows of their own and {references} "
    "references to them count for the record that is left.",
    th="ระเบียนที่ถูกรวมใน CRM: {merged} รายการใน {table} ข้อมูลของระเบียนเหล่านี้ {rows} แถวและการอ้างอิง "
    "{references} แห่งนับเป็นของระเบียนที่เหลืออยู่",
)
NOT_FOLLOWED = Text(
    "identity.not_followed",
    en="{merged} ids of {table} are merged in a circle or into two records at once, such as "
    "{example}; they stay as they are.",
    th="รหัส {merged} รายการใน {table} ถูกรวมวนเป็นวงหรือรวมเข้าหลายระเบียนพร้อมกัน เช่น {example} "
    "จึงคงไว้ตามเดิม",
)


def create_merges(con: duckdb.DuckDBPyConnection) -> None:
    """Create the table of merged records: of which table, the id that was, the id that is."""
    con.execute(
        f'CREATE TABLE {MERGED_RECORDS} ("table" TEXT, old_id TEXT, new_id TEXT, part INTEGER)'
    )


def follow_merges(
    con: duckdb.DuckDBPyConnection, parts: Sequence[Part]
) -> tuple[list[Part], list[Message]]:
    """Let every row and reference of a merged record stand for the one that is left.

    A merged record's own row gives way to the row of the record that is left, where the same
    export has both; else it stands for it.

    Args:
        con: with what the parts offer and the merged records.
        parts: of all loads.

    Returns:
        The parts with their offers rewritten, and what is to be said.
    """
    said = con.execute(f'SELECT DISTINCT "table" FROM {MERGED_RECORDS} ORDER BY 1').fetchall()
    notes: list[Message] = []
    followed: dict[str, str] = {}  # by the key that is referred to, the table of its ways
    for (name,) in said:
        [key] = TABLES[name].key
        ways = f"followed_{name}"
        notes += _follow(con, name, ways)
        followed[f"{name}.{key}"] = ways
    if not followed:
        return list(parts), []
    rewritten = [
        part._replace(offer=part.offer._replace(rows=_rewritten(part, followed))) for part in parts
    ]
    return rewritten, [*_said(con, parts, followed), *notes]


def _follow(con: duckdb.DuckDBPyConnection, table: str, ways: str) -> list[Message]:
    """Make the table of where each old id leads in the end; what leads nowhere is left out."""
    con.execute(
        f"""
        CREATE TEMP TABLE {ways} AS
        WITH RECURSIVE said AS (
            SELECT DISTINCT old_id, new_id FROM {MERGED_RECORDS} WHERE "table" = {literal(table)}),
        way AS (
            SELECT old_id, new_id FROM said
            UNION
            SELECT w.old_id, s.new_id FROM way w JOIN said s ON s.old_id = w.new_id),
        ends AS (
            SELECT old_id, new_id FROM way
            WHERE new_id NOT IN (SELECT old_id FROM said))
        SELECT s.old_id, min(e.new_id) AS new_id, count(DISTINCT e.new_id) AS ends
        FROM (SELECT DISTINCT old_id FROM said) s LEFT JOIN ends e USING (old_id) GROUP BY 1
        """
    )
    row = con.execute(f"SELECT count(*), min(old_id) FROM {ways} WHERE ends <> 1").fetchone()
    con.execute(f"DELETE FROM {ways} WHERE ends <> 1")
    if row is None or not row[0]:
        return []
    return [message(NOT_FOLLOWED, merged=int(row[0]), table=table, example=str(row[1]))]


def _rewritten(part: Part, followed: dict[str, str]) -> str:
    """The rows of a part, in which merged ids are those of the records that are left."""
    table, rows = TABLES[part.table], part.offer.rows
    ways = {c.name: followed[key] for c in table.columns if (key := _names(table, c)) in followed}
    if not ways:
        return rows
    own = next((name for name in ways if table.key == (name,)), None)
    picked, joins = [], []
    for place, (name, way) in enumerate(ways.items()):
        joins.append(f"LEFT JOIN {way} w{place} ON w{place}.old_id = t.{quoted(name)}")
    gone = "false"
    if own is not None:
        place = list(ways).index(own)
        joins.append(
            f"LEFT JOIN (SELECT DISTINCT {quoted(own)} AS id, _file FROM {rows}) left_over "
            f"ON left_over.id = w{place}.new_id AND left_over._file = t._file"
        )
        gone = "left_over.id IS NOT NULL"
    for column in table.columns:
        name = quoted(column.name)
        if column.name in ways:
            place = list(ways).index(column.name)
            value = f"coalesce(w{place}.new_id, t.{name})"
        else:
            value = f"t.{name}"
        if column.name != own and own is not None:
            value = f"CASE WHEN NOT ({gone}) THEN {value} END"
        picked.append(f"{value} AS {name}")
    # the stamp of a row that gives way must not decide between rows of the one that is left
    stamp = "t._modified"
    if own is not None:
        earliest = "TIMESTAMP '1970-01-01'"
        stamp = f"CASE WHEN {gone} AND {stamp} IS NOT NULL THEN {earliest} ELSE {stamp} END"
    return (
        f"(SELECT {', '.join(picked)}, t._file, t._record, t._line, {stamp} AS _modified "
        f"FROM {rows} t {' '.join(joins)})"
    )


def _said(
    con: duckdb.DuckDBPyConnection, parts: Sequence[Part], followed: dict[str, str]
) -> list[Message]:
    """How much was followed."""
    notes = []
    for target, ways in followed.items():
        own, references = 0, 0
        for part in parts:
            table = TABLES[part.table]
            for column in table.columns:
                if _names(table, column) != target:
                    continue
                row = con.execute(
                    f"SELECT count(*) FROM {part.offer.rows} t "
                    f"JOIN {ways} w ON w.old_id = t.{quoted(column.name)}"
                ).fetchone()
                found = int(row[0]) if row else 0
                if table.key == (column.name,):
                    own += found
                else:
                    references += found
        row = con.execute(f"SELECT count(*) FROM {ways}").fetchone()
        merged = int(row[0]) if row else 0
        if merged:
            name = target.partition(".")[0]
            notes.append(
                message(FOLLOWED, merged=merged, table=name, rows=own, references=references)
            )
    return notes


def _names(table: Table, column: Column) -> str:
    """The key that a column names: of another table, or its own."""
    return f"{table.name}.{column.name}" if table.key == (column.name,) else column.refers
