"""Parquet: typed columns, written out as text without losing a digit."""

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from __future__ import annotations

import duckdb

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import message
from salesaudit.sources.files.header import unique_names
from salesaudit.sources.files.kinds import COPY_AGAIN, DAMAGED
from salesaudit.sources.files.notes import NO_RECORDS
from salesaudit.sources.files.task import Task, free_table, path_literal
from salesaudit.sources.raw import RawTable
from salesaudit.warehouse.sql import of_the_machine, quoted


def read_parquet(task: Task, sha256: str) -> RawTable:
    """Load a Parquet file: its own count closes the account.

    Args:
        task: the file.
        sha256: of it.

    Raises:
        SourceError: it is damaged.
    """
    con = task.con
    source = f"read_parquet({path_literal(task.path)}, binary_as_string = false)"
    table = free_table(con, task.name)
    try:
        types = con.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
        columns = unique_names([str(row[0]) for row in types])
        texts = ", ".join(
            f"coalesce({as_text(quoted(str(row[0])), str(row[1]))}, '') AS {quoted(column)}"
            for row, column in zip(types, columns, strict=True)
        )
        count = con.execute(
            f"CREATE TABLE {quoted(table)} AS SELECT {texts}, row_number() OVER () AS _record, "
            f"NULL::BIGINT AS _line FROM {source}"
        ).fetchone()
    except duckdb.Error as error:
        if of_the_machine(error):
            raise
        raise SourceError(DAMAGED, COPY_AGAIN, file=task.name) from error
    read = int(count[0]) if count is not None else 0
    notes = () if read else (message(NO_RECORDS, file=task.name),)
    return RawTable(
        name=task.name, file=task.name, sha256=sha256, table=table, columns=columns, read=read,
        refused=0, notes=notes,
    )  # fmt: skip


def as_text(value: str, kind: str) -> str:
    """SQL that writes a typed value as text: the same value can be read from it.

    Args:
        value: SQL of the value.
        kind: its type as the engine names it.
    """
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"CAST(timezone('UTC', {value}) AS VARCHAR) || '+00:00'"
    if kind in {"DOUBLE", "FLOAT"}:  # an id among them is 42 and not 42.0
        return f"regexp_replace(CAST({value} AS VARCHAR), '\\.0$', '')"
    if kind == "BLOB":
        return f"coalesce(try(decode({value})), CAST({value} AS VARCHAR))"
    if kind.endswith("]") or kind.startswith(("STRUCT", "MAP", "UNION")):
        return f"CAST(to_json({value}) AS VARCHAR)"
    return f"CAST({value} AS VARCHAR)"
