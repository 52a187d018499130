"""Entries: the account of a load as people and the document see it."""

from __future__ import annotations

# ruff: noqa: S608 -- numbers of our own
from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import AccountError
from salesaudit.core.texts import Message
from salesaudit.sources.mapping import Staged
from salesaudit.sources.raw import RawTable
from salesaudit.sources.recognise.recognition import Recognised
from salesaudit.warehouse.load import Offer, Taken

SELECT = "(select)"  # what a file that only a select reads goes into
EXAMPLE = 60  # characters of a refused value that the account shows


class Reason(NamedTuple):
    """Why records or cells were refused."""

    reason: str
    column: str
    records: int
    cells: int
    line: int | None  # of the first one
    example: str


class Entry(NamedTuple):
    """The account of one source and table, in records: read = loaded + refused."""

    name: str
    into: str
    sha256: str
    read: int
    loaded: int
    refused: int
    rows: int
    merged: int
    blank: int
    reasons: tuple[Reason, ...] = ()
    parts: tuple[str, ...] = ()  # of a select: the files that it names
    encoding: str = "utf-8"  # of a text file
    notes: tuple[Message, ...] = ()
    recognised: Recognised | None = None


def entry(part: Staged, raw: RawTable, blank: int, recognised: Recognised | None = None) -> Entry:
    """The account of a file and the table it fills, before anything is merged."""
    return Entry(
        name=raw.name,
        into=part.table.name,
        sha256=raw.sha256,
        read=raw.read,
        loaded=0,
        refused=0,
        rows=0,
        merged=0,
        blank=blank,
        parts=raw.parts,
        encoding=raw.encoding,
        notes=raw.notes,
        recognised=recognised,
    )


def settled(
    con: duckdb.DuckDBPyConnection, before: Entry, offer: Offer, load: int, taken: Taken
) -> Entry:
    """The account after merging.

    Args:
        con: with all that is refused.
        before: the account before.
        offer: what the source offered.
        load: number of its load.
        taken: what became of the file's rows.

    Raises:
        AccountError: records went missing, which is a fault of ours.
    """
    refused = count(
        con,
        "SELECT count(DISTINCT record) FROM refused WHERE source = ? AND part IN (?, ?)",
        [before.name, offer.part, -load],
    )
    loaded = before.read - refused
    if not offer.wide and loaded != taken.rows + taken.merged + before.blank:
        raise AccountError(
            f"{before.name} into {before.into}: {before.read} read, {refused} refused, "
            f"{taken.rows} rows, {taken.merged} merged, {before.blank} blank"
        )
    return before._replace(
        loaded=loaded,
        refused=refused,
        rows=taken.rows,
        merged=taken.merged,
        reasons=_reasons(con, before.name, f"part IN ({offer.part}, {-load})"),
    )


def only_selected(con: duckdb.DuckDBPyConnection, raw: RawTable) -> Entry:
    """A file that a select names stands in the account by itself."""
    loaded = raw.read - raw.refused
    reasons = _reasons(con, raw.name, "part IS NULL")
    return Entry(
        raw.name, SELECT, raw.sha256, raw.read, loaded, raw.refused, loaded, 0, 0, reasons,
        encoding=raw.encoding, notes=raw.notes,
    )  # fmt: skip


def _reasons(con: duckdb.DuckDBPyConnection, name: str, where: str) -> tuple[Reason, ...]:
    rows = con.execute(
        f"""
        SELECT reason, coalesce("column", ''), count(DISTINCT record) FILTER (kind = 'record'),
            count(*) FILTER (kind = 'cell'), min(line), arg_min(value, record)
        FROM (SELECT *, 'record' AS kind FROM refused UNION ALL
              SELECT *, 'cell' FROM refused_cells)
        WHERE source = ? AND {where}
        GROUP BY 1, 2 ORDER BY 3 DESC, 4 DESC, 1, 2
        """,
        [name],
    ).fetchall()
    return tuple(
        Reason(reason, column, records, cells, line, (value or "")[:EXAMPLE] if column else "")
        for reason, column, records, cells, line, value in rows
    )


def count(con: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()) -> int:
    """The one number of a query."""
    row = con.execute(query, list(values)).fetchone()
    return int(row[0]) if row else 0
