"""Merging: rows that several records offer become one row for each key, and none is lost unseen."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from salesaudit.warehouse.schema import Table
from salesaudit.warehouse.sql import quoted

CONTRADICTING = "contradicting_key"


class Offer(NamedTuple):
    """Rows that a source offers: the table's columns, then ``_file``, ``_record``, ``_line``."""

    rows: str
    names: tuple[str, ...]  # of its files
    part: int  # number of the source


class Taken(NamedTuple):
    """What became of the rows of one file."""

    rows: int  # in the table
    merged: int  # said again what another row says
    refused: int  # contradicted another row of the same key


def merge(
    con: duckdb.DuckDBPyConnection, table: Table, offers: Sequence[Offer], into: str
) -> list[list[Taken]]:
    """Make the table ``into`` of all that is offered for a canonical table.

    Rows of one key that do not contradict each other become one row, each of its values taken from
    where it is filled. Where two values contradict, all rows of the key are refused.

    Args:
        con: with the offered tables and the table ``refused``.
        table: the canonical table.
        offers: at least one.
        into: name of the table to make.

    Returns:
        For each offer and each of its files, what became of its rows.
    """
    names = ", ".join(quoted(column.name) for column in table.columns)
    union = " UNION ALL ".join(
        f"SELECT {names}, {place} AS _source, _file, _record, _line FROM {quoted(offer.rows)}"
        for place, offer in enumerate(offers)
    )
    con.execute(f"CREATE TEMP TABLE offered AS {union}")
    key = ", ".join(quoted(name) for name in table.key)
    if not _repeats(con, key):
        con.execute(f"CREATE TABLE {quoted(into)} AS SELECT {names} FROM offered")
        kept, refused = _by_file(con, "offered"), {}
    else:
        _sort_out(con, table, key)
        con.execute(f"CREATE TABLE {quoted(into)} AS SELECT {names} FROM chosen")
        kept, refused = _by_file(con, "chosen"), _by_file(con, "contradicted")
        _keep_contradictions(con, table, offers)
        con.execute("DROP TABLE chosen; DROP TABLE contradicted")
    offered = _by_file(con, "offered")
    con.execute("DROP TABLE offered")
    return [
        [
            _taken(offered.get((i, j), 0), kept.get((i, j), 0), refused.get((i, j), 0))
            for j in range(len(offer.names))
        ]
        for i, offer in enumerate(offers)
    ]


def _taken(offered: int, kept: int, refused: int) -> Taken:
    return Taken(rows=kept, merged=offered - kept - refused, refused=refused)


def _repeats(con: duckdb.DuckDBPyConnection, key: str) -> bool:
    found = con.execute(
        f"SELECT 1 FROM (SELECT count(*) AS n FROM offered GROUP BY {key}) WHERE n > 1 LIMIT 1"
    ).fetchone()
    return found is not None


def _sort_out(con: duckdb.DuckDBPyConnection, table: Table, key: str) -> None:
    """``chosen``: one row a key; ``contradicted``: every row of a key whose rows disagree."""
    others = [column.name for column in table.columns if not column.key]
    agree = " AND ".join(f"count(DISTINCT {quoted(name)}) <= 1" for name in others) or "true"
    values = ", ".join(f"max({quoted(name)}) AS {quoted(name)}" for name in others)
    first = "min({'source': _source, 'file': _file, 'record': _record})"
    con.execute(
        f"CREATE TEMP TABLE grouped AS SELECT {key}{', ' + values if values else ''}, "
        f"{agree} AS _agree, {first} AS _first FROM offered GROUP BY {key}"
    )
    names = ", ".join(quoted(column.name) for column in table.columns)
    con.execute(
        f"CREATE TEMP TABLE chosen AS SELECT {names}, _first.source AS _source, "
        "_first.file AS _file FROM grouped WHERE _agree"
    )
    same = " AND ".join(
        f"o.{quoted(name)} IS NOT DISTINCT FROM g.{quoted(name)}" for name in table.key
    )
    con.execute(
        "CREATE TEMP TABLE contradicted AS SELECT o.* FROM offered o "
        f"WHERE EXISTS (SELECT 1 FROM grouped g WHERE NOT g._agree AND {same})"
    )
    con.execute("DROP TABLE grouped")


def _keep_contradictions(
    con: duckdb.DuckDBPyConnection, table: Table, offers: Sequence[Offer]
) -> None:
    shown = " || ' ' || ".join(f"coalesce({quoted(n)}::VARCHAR, '')" for n in table.key)
    for place, offer in enumerate(offers):
        for file, name in enumerate(offer.names):
            con.execute(
                f"INSERT INTO refused SELECT ?, _record, _line, ?, trim({shown}), ?, NULL, ?, ? "
                f"FROM contradicted WHERE _source = {place} AND _file = {file}",
                [name, ", ".join(table.key), CONTRADICTING, table.name, offer.part],
            )


def _by_file(con: duckdb.DuckDBPyConnection, table: str) -> dict[tuple[int, int], int]:
    rows = con.execute(
        f"SELECT _source, _file, count(*) FROM {quoted(table)} GROUP BY ALL"
    ).fetchall()
    return {(int(source), int(file)): int(count) for source, file, count in rows}
