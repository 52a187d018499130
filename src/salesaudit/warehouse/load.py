"""Merging: rows that several records offer become one row for each key, and none is lost unseen.

Within one export, records of one key that disagree are told apart by when each was last changed;
where that is not told, all are refused. Of several exports of one source the newest says how
things are, and what the older ones said becomes history (``snapshots``). Sources complete each
other; where two of them disagree on a key, its rows are refused.
"""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from salesaudit.core.texts import Message
from salesaudit.warehouse import snapshots
from salesaudit.warehouse.schema import Table
from salesaudit.warehouse.snapshots import Offer, OfferedFile
from salesaudit.warehouse.sql import literal, quoted

__all__ = ["CONTRADICTING", "Merged", "Offer", "OfferedFile", "Taken", "merge"]

CONTRADICTING = "contradicting_key"
# The columns beside the table's, of the first of the rows that agree.
FIRST = ", ".join(
    f"min({{offer: _offer, file: _file, record: _record, line: _line}}).{name} AS _{name}"
    for name in ("offer", "file", "record", "line")
) + (
    ", max(_modified) AS _modified, min(_source) AS _source, max(_exported) AS _exported, "
    "bool_or(_wide) AS _wide"
)


class Taken(NamedTuple):
    """What became of the rows of one file."""

    rows: int  # in the table
    merged: int  # said again, or later otherwise, what another row says
    refused: int  # contradicted another row of the same key
    changed: int  # were new, or said something else than the export before


class Merged(NamedTuple):
    """A merged table."""

    taken: list[list[Taken]]  # of each offer and each of its files
    notes: dict[tuple[int, int], list[Message]]  # of the file at (offer, place)


def merge(
    con: duckdb.DuckDBPyConnection, table: Table, offers: Sequence[Offer], into: str
) -> Merged:
    """Make the table ``into`` of all that is offered for a canonical table.

    Args:
        con: with the offered relations and the table ``refused``.
        table: the canonical table.
        offers: at least one.
        into: name of the table to make.

    Raises:
        MappingError: two exports of a source cannot have been read alike.
    """
    names = ", ".join(quoted(column.name) for column in table.columns)
    key = ", ".join(quoted(name) for name in table.key)
    _unite(con, table, offers)
    notes: dict[tuple[int, int], list[Message]] = {}
    changed = None
    con.execute("CREATE TEMP TABLE contradicted AS FROM offered LIMIT 0")
    rows = "offered"
    several = snapshots.several(offers)
    if several or _repeats(con, key):
        _settle_within(con, table)
        rows = "settled"
        if several:
            notes, changed = snapshots.newest(con, table, offers, "settled")
            rows = "standing"
        if _repeats(con, key, rows):
            _settle_between(con, table, rows)
            rows = "agreed"
    con.execute(f"CREATE TABLE {quoted(into)} AS SELECT {names} FROM {rows}")
    if several:
        snapshots.mark_gone(con, table, into)
    kept, refused = _by_file(con, rows), _by_file(con, "contradicted")
    _keep_contradictions(con, table, offers)
    offered = _by_file(con, "offered")
    for name in ("offered", "settled", "standing", "agreed", "contradicted"):
        con.execute(f"DROP TABLE IF EXISTS {name}")
    taken = [
        [
            _taken(
                offered.get((i, j), 0),
                kept.get((i, j), 0),
                refused.get((i, j), 0),
                changed.get((i, j), 0) if changed is not None else None,
            )
            for j in range(len(offer.files))
        ]
        for i, offer in enumerate(offers)
    ]
    return Merged(taken, notes)


def _unite(con: duckdb.DuckDBPyConnection, table: Table, offers: Sequence[Offer]) -> None:
    """``offered``: all rows, each with its offer, source, export, and what it is told apart by."""
    names = ", ".join(_value(table, column.name) for column in table.columns)
    sources = snapshots.source_numbers(offers)
    times = [[f"TIMESTAMP {literal(str(f.exported))}" for f in o.files] for o in offers]
    union = " UNION ALL ".join(
        f"SELECT {names}, {place} AS _offer, _file, _record, _line, _modified, "
        f"{_by_place([sources[f.source] for f in offer.files])} AS _source, "
        f"{_by_place(times[place])} AS _exported, "
        f"{offer.wide} AS _wide FROM {offer.rows}"
        for place, offer in enumerate(offers)
    )
    con.execute(f"CREATE TEMP TABLE offered AS {union}")


def _value(table: Table, name: str) -> str:
    if name == "precision" and table.column("changed_at"):
        return f"coalesce({quoted(name)}, 'exact') AS {quoted(name)}"
    return quoted(name)


def _by_place(values: Sequence[object]) -> str:
    """What holds for the file of a row."""
    told = [str(value) for value in values]
    return told[0] if len(set(told)) == 1 else f"[{', '.join(told)}][_file + 1]"


def _taken(offered: int, kept: int, refused: int, changed: int | None) -> Taken:
    merged = offered - kept - refused
    return Taken(kept, merged, refused, kept if changed is None else changed)


def _repeats(con: duckdb.DuckDBPyConnection, key: str, rows: str = "offered") -> bool:
    found = con.execute(
        f"SELECT 1 FROM (SELECT count(*) AS n FROM {rows} GROUP BY {key}) WHERE n > 1 LIMIT 1"
    ).fetchone()
    return found is not None


def _settle_within(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """``settled``: one row for each source, export and key.

    Of rows that disagree the one that was changed last stands, if each says when it was changed
    and the last ones agree; else all are contradicted.
    """
    key = ", ".join(quoted(name) for name in table.key)
    group = f"_source, _exported, {key}"
    con.execute(
        f"CREATE TEMP TABLE repeated AS SELECT {group}, {_agree(table)} AS _agree, "
        "count(*) = count(_modified) AS _told, max(_modified) AS _last "
        f"FROM offered GROUP BY {group} HAVING count(*) > 1"
    )
    same = _same(table, "_source", "_exported")
    con.execute(
        f"CREATE TEMP TABLE settled AS SELECT o.* FROM offered o ANTI JOIN repeated r ON {same}"
    )
    con.execute(
        "CREATE TEMP TABLE candidates AS SELECT o.* FROM offered o "
        f"JOIN repeated r ON {same} WHERE r._agree OR (r._told AND o._modified = r._last)"
    )
    con.execute(
        f"INSERT INTO settled SELECT {_united(table)}, {FIRST} FROM candidates "
        f"GROUP BY {group} HAVING {_agree(table)}"
    )
    con.execute(
        "INSERT INTO contradicted SELECT o.* FROM offered o "
        f"JOIN repeated r ON {same} "
        f"ANTI JOIN settled s ON {_same(table, '_source', '_exported', of='s')}"
    )
    con.execute("DROP TABLE repeated; DROP TABLE candidates")


def _settle_between(con: duckdb.DuckDBPyConnection, table: Table, rows: str) -> None:
    """``agreed``: one row a key of what the sources say; a key on which they disagree has none."""
    key = ", ".join(quoted(name) for name in table.key)
    con.execute(
        f"CREATE TEMP TABLE agreed AS SELECT {_united(table)}, {FIRST} FROM {rows} "
        f"GROUP BY {key} HAVING {_agree(table)}"
    )
    con.execute(
        f"INSERT INTO contradicted SELECT o.* FROM {rows} o ANTI JOIN agreed r ON {_same(table)}"
    )


def _agree(table: Table) -> str:
    others = [column.name for column in table.columns if not column.key]
    return " AND ".join(f"count(DISTINCT {quoted(name)}) <= 1" for name in others) or "true"


def _united(table: Table) -> str:
    """The columns of rows that agree: each value from where it is filled."""
    return ", ".join(
        quoted(c.name) if c.key else f"max({quoted(c.name)}) AS {quoted(c.name)}"
        for c in table.columns
    )


def _same(table: Table, *beside: str, of: str = "r") -> str:
    names = (*beside, *table.key)
    return " AND ".join(f"o.{quoted(n)} IS NOT DISTINCT FROM {of}.{quoted(n)}" for n in names)


def _keep_contradictions(
    con: duckdb.DuckDBPyConnection, table: Table, offers: Sequence[Offer]
) -> None:
    shown = " || ' ' || ".join(f"coalesce({quoted(n)}::VARCHAR, '')" for n in table.key)
    for offer, place in con.execute("SELECT DISTINCT _offer, _file FROM contradicted").fetchall():
        con.execute(
            f"INSERT INTO refused SELECT ?, _record, _line, ?, trim({shown}), ?, NULL, ?, ? "
            f"FROM contradicted WHERE _offer = {offer} AND _file = {place}",
            [
                offers[offer].files[place].name,
                ", ".join(table.key),
                CONTRADICTING,
                table.name,
                offers[offer].part,
            ],
        )


def _by_file(con: duckdb.DuckDBPyConnection, table: str) -> dict[tuple[int, int], int]:
    rows = con.execute(
        f"SELECT _offer, _file, count(*) FROM {quoted(table)} GROUP BY ALL"
    ).fetchall()
    return {(int(offer), int(file)): int(count) for offer, file, count in rows}
