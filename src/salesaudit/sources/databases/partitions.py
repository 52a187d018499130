"""Partitioned folders: ``deals/year=2024/part-0.parquet`` has a column that stands in its path."""

from __future__ import annotations

import hashlib
from pathlib import PurePosixPath
from urllib.parse import unquote

import duckdb

from salesaudit.sources.raw import RawTable
from salesaudit.warehouse.sql import literal, quoted

NO_VALUE = "__HIVE_DEFAULT_PARTITION__"


def with_partitions(con: duckdb.DuckDBPyConnection, raw: RawTable) -> RawTable:
    """Add the columns that the folders of a file name; one of the file itself goes first."""
    folders = (part.partition("=") for part in PurePosixPath(raw.file).parent.parts)
    named = {key: unquote(value) for key, mark, value in folders if mark and key}
    taken = {column.casefold() for column in raw.columns}
    added = {key: value for key, value in named.items() if key.casefold() not in taken}
    for key, value in added.items():
        filled = "" if value == NO_VALUE else value
        con.execute(
            f"ALTER TABLE {quoted(raw.table)} "
            f"ADD COLUMN {quoted(key)} VARCHAR DEFAULT {literal(filled)}"
        )
    if not added:
        return raw
    digest = hashlib.sha256(f"{raw.sha256}\n{sorted(added.items())}".encode()).hexdigest()
    return raw._replace(columns=(*raw.columns, *added), sha256=digest)
