"""Selects: queries of the settings over the exports, each a table named by its file."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted
import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import MappingError
from salesaudit.core.texts import Text
from salesaudit.sources import sandbox
from salesaudit.sources.exports import table_name
from salesaudit.sources.raw import RawTable
from salesaudit.sources.recognise.expand import (
    Group,
    empty_view_sql,
    tables_in,
    view_name,
    view_sql,
)
from salesaudit.sources.recognise.preset import read_preset
from salesaudit.warehouse.sql import quoted

SAME_NAME = Text(
    "ingest.same_name",
    en="Two files would both be the table {name} of a select: {files}.",
    th="ไฟล์สองไฟล์จะเป็นตาราง {name} ของ select เหมือนกัน: {files}",
)
RENAME = Text(
    "ingest.rename",
    en="Rename one of them.",
    th="เปลี่ยนชื่อไฟล์ใดไฟล์หนึ่ง",
)


class Selected(NamedTuple):
    """The result of a select, and what it was made from."""

    raw: RawTable
    used: tuple[RawTable, ...]


def name_tables(con: duckdb.DuckDBPyConnection, raws: Sequence[RawTable]) -> dict[str, RawTable]:
    """Views for selects: each raw table under the name of its file, sheet or member.

    Raises:
        MappingError: two would have one name.
    """
    views: dict[str, RawTable] = {}
    for raw in raws:
        name = table_name(raw.name)
        if name in views:
            both = f"{views[name].name}, {raw.name}"
            raise MappingError(SAME_NAME, RENAME, name=name, files=both)
        views[name] = raw
        columns = ", ".join(quoted(c) for c in raw.columns)
        con.execute(
            f"CREATE VIEW {sandbox.SCHEMA}.{quoted(name)} AS "
            f"SELECT {columns} FROM main.{quoted(raw.table)}"
        )
    return views


def name_presets(con: duckdb.DuckDBPyConnection, groups: Mapping[str, Sequence[Group]]) -> None:
    """Views for the selects of presets: the files of each under our short names."""
    queries = {preset: view_sql(same) for preset, same in groups.items()}
    named = {name for same in groups.values() for name in tables_in(same[0].preset)}
    queries |= {name: empty_view_sql(read_preset(name)) for name in sorted(named - set(queries))}
    for preset, query in queries.items():
        con.execute(f"CREATE VIEW {sandbox.SCHEMA}.{quoted(view_name(preset))} AS {query}")


def run_select(
    con: duckdb.DuckDBPyConnection,
    query: str,
    *,
    name: str,
    table: str,
    views: Mapping[str, RawTable],
) -> Selected:
    """Run a select; every column of its result is text.

    Args:
        con: where the names of files go before our own.
        query: as the settings have it.
        name: of the source, for messages and the account.
        table: to make.
        views: as ``name_tables`` gives them.

    Raises:
        MappingError: it is no select over these tables.
    """
    query = query.strip().rstrip(";")
    sandbox.check_query(con, query, name)
    _check_tables(con, query, name, views)
    try:
        used = {found.casefold() for found in con.get_table_names(query)}
        con.execute(f"CREATE TEMP TABLE selected AS {query}")
        columns = tuple(row[0] for row in con.execute("DESCRIBE selected").fetchall())
        texts = ", ".join(f"CAST({quoted(c)} AS VARCHAR) AS {quoted(c)}" for c in columns)
        con.execute(
            f"CREATE TABLE main.{quoted(table)} AS SELECT {texts}, "
            "row_number() OVER () AS _record, NULL::BIGINT AS _line FROM selected"
        )
        con.execute("DROP TABLE selected")
    except duckdb.Error as error:
        con.execute("DROP TABLE IF EXISTS temp.selected")
        raise sandbox.refused(error, name) from None
    # The engine names what lies behind a view: the raw tables.
    parts = tuple(raw for raw in views.values() if raw.table.casefold() in used)
    digest = hashlib.sha256("\n".join([query, *(p.sha256 for p in parts)]).encode())
    row = con.execute(f"SELECT count(*) FROM main.{quoted(table)}").fetchone()
    raw = RawTable(
        name=name,
        table=table,
        columns=columns,
        sha256=digest.hexdigest(),
        read=int(row[0]) if row else 0,
        refused=0,
        parts=tuple(f"{part.name} ({part.read})" for part in parts),
        ordered=False,
    )
    return Selected(raw, parts)


def _check_tables(
    con: duckdb.DuckDBPyConnection, query: str, place: str, views: Mapping[str, RawTable]
) -> None:
    """Refuse a select over what is no file of the folder.

    Raises:
        MappingError: naming the tables that there are.
    """
    try:
        con.execute(f"EXPLAIN {query}")
    except duckdb.CatalogException as error:
        missing = re.search(r"Table with name (\S+) does not exist", str(error))
        if missing is None:
            raise sandbox.refused(error, place) from None
        known = ", ".join(sorted(views)) or "–"
        raise MappingError(
            sandbox.UNKNOWN_TABLE, sandbox.NAME_TABLE, place=place, got=missing[1], known=known
        ) from None
    except duckdb.Error as error:
        raise sandbox.refused(error, place) from None
