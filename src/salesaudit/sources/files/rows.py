"""Records that are none: empty ones, repeated headers, separator lines, a last line of totals."""

# ruff: noqa: S608 -- names are quoted, values are parameters or literals of our own
from __future__ import annotations

from collections.abc import Sequence

import duckdb

from salesaudit.sources.files.account import REFUSED_TABLE
from salesaudit.warehouse.sql import literal, quoted

HARMLESS = frozenset({"empty_record", "repeated_header", "separator_line", "totals_row"})

TOTAL_WORDS = (
    "total", "totals", "grand total", "subtotal", "sum", "sum total", "overall total",
    "รวม", "ยอดรวม", "รวมทั้งสิ้น", "รวมทั้งหมด", "รวมยอด", "ผลรวม",
    "gesamt", "gesamtsumme", "summe", "total général", "total general", "totale", "totaal",
    "всего", "итого", "合計", "总计", "合计", "總計",
)  # fmt: skip


def sift_rows(
    con: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    header: Sequence[str],
    *,
    source: str,
    separator: str,
) -> tuple[dict[str, int], int]:
    """Take out of ``table`` what is no record.

    Returns:
        (records refused by reason, empty lines dropped); a file of one column cannot tell an
        empty record from an empty line, so those are dropped.
    """
    dropped = 0
    if len(columns) == 1:
        dropped = _delete(con, table, f"trim({quoted(columns[0])}) = ''")
    dash = " AND ".join(f"translate({quoted(c)}, '-=_*– \t', '') = ''" for c in columns)
    empty = " AND ".join(f"trim({quoted(c)}) = ''" for c in columns)
    repeated = " AND ".join(
        f"{quoted(c)} = {literal(h)}" for c, h in zip(columns, header, strict=True)
    )
    refused = {}
    for reason, where in (
        ("empty_record", empty),
        ("separator_line", dash),
        ("repeated_header", repeated),
    ):
        refused[reason] = _refuse(
            con, table, columns, where, reason, source=source, separator=separator
        )
    last = _totals_row(con, table, columns)
    if last is not None:
        refused["totals_row"] = _refuse(
            con, table, columns, f"_record = {last}", "totals_row", source=source,
            separator=separator,
        )  # fmt: skip
    return {reason: count for reason, count in refused.items() if count}, dropped


def _refuse(
    con: duckdb.DuckDBPyConnection,
    table: str,
    columns: Sequence[str],
    where: str,
    reason: str,
    *,
    source: str,
    separator: str,
) -> int:
    cells = ", ".join(quoted(c) for c in columns)
    con.execute(
        f"""
        INSERT INTO {REFUSED_TABLE}
        SELECT {literal(source)}, _record, _line, NULL,
            concat_ws({literal(separator)}, {cells}), {literal(reason)}, ''
        FROM {quoted(table)} WHERE {where} ORDER BY _record
        """
    ).fetchone()
    return _delete(con, table, where)


def _delete(con: duckdb.DuckDBPyConnection, table: str, where: str) -> int:
    row = con.execute(f"DELETE FROM {quoted(table)} WHERE {where}").fetchone()
    return int(row[0]) if row is not None else 0


def _totals_row(con: duckdb.DuckDBPyConnection, table: str, columns: Sequence[str]) -> int | None:
    """The last record, if it is a line of totals.

    Either its first filled cell is a word for a total and other cells are empty, or a number in
    it is the sum of its column and its first cell is empty or such a word.
    """
    names = ", ".join(quoted(c) for c in columns)
    last = con.execute(
        f"SELECT _record, {names} FROM {quoted(table)} ORDER BY _record DESC LIMIT 1"
    ).fetchone()
    if last is None or last[0] == 1 or len(columns) == 1:
        return None
    cells = [str(cell).strip() for cell in last[1:]]
    filled = [cell for cell in cells if cell]
    word = filled[0].rstrip(":").strip().casefold() in TOTAL_WORDS
    if not word and cells[0]:
        return None
    numbers = [name for name, cell in zip(columns, cells, strict=True) if _is_number(cell)]
    if word and len(filled) < len(cells) and numbers:
        return int(last[0])
    is_sum = any(_is_sum(con, table, name, int(last[0])) for name in numbers)
    return int(last[0]) if is_sum else None


def _is_number(cell: str) -> bool:
    return any(c.isdigit() for c in cell) and not any(c.isalpha() for c in cell)


def _is_sum(con: duckdb.DuckDBPyConnection, table: str, column: str, record: int) -> bool:
    number = f"try_cast(regexp_replace({quoted(column)}, '[^0-9.-]', '', 'g') AS DOUBLE)"
    row = con.execute(
        f"""
        SELECT count(*) FILTER (WHERE _record <> {record} AND {number} <> 0) > 1
            AND abs(sum(CASE WHEN _record = {record} THEN -{number} ELSE {number} END)) < 0.005
        FROM {quoted(table)}
        """
    ).fetchone()
    return row is not None and bool(row[0])
