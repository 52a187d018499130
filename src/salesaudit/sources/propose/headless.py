"""Files without a header: what the cells of their lines look like."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import duckdb

from salesaudit.core.texts import Text, message
from salesaudit.sources.propose.profile import Profile, one_number, profiles_of
from salesaudit.sources.propose.proposal import Line, Source
from salesaudit.sources.raw import RawTable
from salesaudit.warehouse.sql import literal, quoted

MOST_CELLS = 12
_PARTS = "_parts"

NO_HEADER_LINES = Text(
    "propose.headless",
    en="No line names the columns; each line is cut at its blanks. The first cells: {cells}.",
    th="ไม่มีบรรทัดที่ระบุชื่อคอลัมน์ จึงแบ่งแต่ละบรรทัดตามช่องว่าง ค่าในบรรทัดแรก: {cells}",
)


def headless_source(con: duckdb.DuckDBPyConnection, raw: RawTable) -> Source | None:
    """Orders, where every line has a date, an amount and an id, with blanks between them.

    Args:
        con: with the raw table.
        raw: the file, each line of it one cell.
    """
    width = int(one_number(con, f"SELECT mode(len({_cells()})) FROM {quoted(raw.table)}"))
    if not 3 <= width <= MOST_CELLS:
        return None
    columns = tuple(f"cell {place + 1}" for place in range(width))
    picked = ", ".join(f"{_cells()}[{i + 1}] AS {quoted(name)}" for i, name in enumerate(columns))
    con.execute(f"CREATE OR REPLACE TABLE {_PARTS} AS SELECT {picked} FROM {quoted(raw.table)}")
    profiles = profiles_of(con, raw._replace(table=_PARTS, columns=columns))
    first = con.execute(f"SELECT * FROM {_PARTS} LIMIT 1").fetchone() or ()
    con.execute(f"DROP TABLE {_PARTS}")
    found = _orders(profiles)
    if found is None:
        return None
    lines = tuple(
        Line(field, {"sql": _cell_of(columns.index(column), width)}, 0.6, tuple(others))
        for field, column, others in found
    )
    shown = ", ".join(str(cell) for cell in first)
    return Source(
        read=raw.name,
        header=("line",),
        into="orders",
        lines=(Line("order_id", {"row": True}), *lines),
        notes=(message(NO_HEADER_LINES, cells=shown),),
        confidence=0.6,
    )


def _orders(profiles: dict[str, Profile]) -> list[tuple[str, str, list[str]]] | None:
    days = [p for p in profiles.values() if p.is_date]
    money = [p for p in profiles.values() if p.is_number and p.decimals and not p.is_date]
    ids = [
        p
        for p in profiles.values()
        if not p.is_date and not p.decimals and p.distinct >= 10 and p.filled > p.distinct
    ]
    if not days or not money or not ids:
        return None
    most = max(p.distinct for p in ids)
    same = [p for p in ids if p.distinct == most]
    customer = min(same, key=lambda p: p.high or 0)  # ids of this file are counted from one
    others = [p.column for p in same if p is not customer]
    return [
        ("customer_id", customer.column, others),
        ("ordered_at", days[0].column, [p.column for p in days[1:]]),
        ("amount", money[-1].column, [p.column for p in money[:-1]]),
    ]


def _cells() -> str:
    return "string_split_regex(trim(line, ' \t'), '\\s+')"


def _cell_of(place: int, width: int) -> str:
    """SQL: one cell of a line; the last is found from the end."""
    if place == width - 1:
        return r"regexp_extract(line, '(\S+)\s*$', 1)"
    skipped = rf"(?:\S+\s+){{{place}}}" if place else ""
    pattern = rf"^\s*{skipped}(\S+)"
    return f"regexp_extract(line, {literal(pattern)}, 1)"
