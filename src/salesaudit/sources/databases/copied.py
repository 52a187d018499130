"""From a copy of a query's rows to a raw table: as many records as the server said."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import AccountError
from salesaudit.sources.files import reader
from salesaudit.sources.files.account import REFUSED_TABLE
from salesaudit.sources.files.dialect import Dialect
from salesaudit.sources.files.header import unique_names
from salesaudit.sources.files.reader import Given
from salesaudit.sources.files.survey import Layout
from salesaudit.sources.files.task import free_table
from salesaudit.sources.raw import RawTable
from salesaudit.warehouse.sql import quoted


class Copied(NamedTuple):
    """Rows as a server gave them: CSV without a header, with an empty cell at the end of each."""

    path: Path
    columns: tuple[str, ...]
    rows: int  # as the server counted them
    sha256: str


def load_copied(con: duckdb.DuckDBPyConnection, copied: Copied, *, name: str) -> RawTable:
    """Load a copy into a raw table of text.

    Args:
        con: where the table is made and ``refused`` is filled.
        copied: the rows.
        name: of the source.

    Raises:
        AccountError: there are not as many records as the server counted.
    """
    table = free_table(con, name)
    names = unique_names((*copied.columns, "end of line"))
    dialect = Dialect(
        separator=",", columns=names, header=names, skip_lines=0, header_lines=0, regular=True,
        preamble=(),
    )  # fmt: skip
    given = Given(
        copied.path, gzip=False, layout=Layout(), header=False, lines_above=0, recoded=False
    )
    loaded = reader.read_table(con, given, dialect, table=table, escape='"', file=name)
    try:
        refused = reader.rejected_lines(con, given, table)
    finally:
        reader.drop_rejects(con, table)
    if loaded + len(refused) != copied.rows:
        raise AccountError(
            f"{name}: the server gave {copied.rows} rows, {loaded} were loaded and "
            f"{len(refused)} refused"
        )
    for place, line in enumerate(refused, start=1):
        con.execute(
            f"INSERT INTO {REFUSED_TABLE} VALUES (?, ?, NULL, NULL, ?, ?, ?)",
            [name, loaded + place, line.text, line.reason, line.detail],
        )
    con.execute(f"ALTER TABLE {quoted(table)} DROP COLUMN {quoted(names[-1])}")
    no_lines(con, table)
    return RawTable(
        name=name,
        table=table,
        columns=names[:-1],
        sha256=copied.sha256,
        read=copied.rows,
        refused=len(refused),
        reasons=_counted([line.reason for line in refused]),
        ordered=False,
    )


def no_lines(con: duckdb.DuckDBPyConnection, table: str) -> None:
    """A database's rows stand on no line."""
    con.execute(f"ALTER TABLE {quoted(table)} DROP COLUMN _line")
    con.execute(f"ALTER TABLE {quoted(table)} ADD COLUMN _line BIGINT")


def _counted(reasons: Sequence[str]) -> dict[str, int]:
    return {reason: reasons.count(reason) for reason in dict.fromkeys(reasons)}
