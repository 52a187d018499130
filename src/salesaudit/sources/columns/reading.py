"""How a column of text is read: the expression of its values, and of the cells it cannot read."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are parameters or literals of our own
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import duckdb

from salesaudit.core.errors import MappingError
from salesaudit.core.texts import Message, Param, Text
from salesaudit.warehouse.sql import let, literal, quoted

MARKERS = ("null", "n/a", "#n/a", "none", "nil", "(blank)", "-", "--", "–", "ไม่มี")
MOSTLY = 0.01  # share of cells that may be unreadable in a column that is still accepted
UNDECIDED = "undecided"  # the reason of cells that can be read in several ways
A_FEW = 5  # unreadable cells that a short column may hold

_ZERO_WIDTH = r"[\x{00AD}\x{200B}\x{2060}\x{FEFF}]"
_CELLS = "_cells"
_READ = "_read"

MARKER_NOTE = Text(
    "columns.marker",
    "{file}: {count} cells of '{column}' say {marker} and are taken as empty.",
    "{file}: '{column}' มี {count} ช่องที่เขียนว่า {marker} จึงถือเป็นช่องว่าง",
)
NOT_READABLE = Text(
    "columns.not-readable",
    "{file}: '{column}' cannot be read as {kind}; it holds for example {examples}.",
    "{file}: อ่าน '{column}' เป็น{kind}ไม่ได้ ตัวอย่างที่พบ: {examples}",
)
FIX_COLUMN = Text(
    "columns.fix-column",
    "Name another column under columns.{field}, or correct the cells.",
    "ระบุคอลัมน์อื่นที่ columns.{field} หรือแก้ไขข้อมูลในช่องเหล่านั้น",
)


@dataclass(frozen=True)
class Reading:
    """How one column is read.

    ``sql`` gives the value or NULL; ``bad_sql`` is true where a cell holds something that is
    neither empty nor readable. Both are expressions over the columns of the raw table.
    """

    sql: str
    bad_sql: str
    label: str  # the format found, such as %d/%m/%Y
    reason: str  # SQL: why a bad cell is refused
    filled: int  # cells that hold a value
    unreadable: int  # cells
    empty: int  # cells, those included that only say that they are empty
    day_precision: bool = False  # no time of day anywhere in the column
    rounded: int = 0  # cells whose number lost digits, or was written as 2.5M
    currencies: tuple[str, ...] = ()  # signs and codes as they stand in the cells
    notes: tuple[Message, ...] = ()
    buddhist: bool = False  # years of four digits are of the Buddhist era
    newest: date | None = None  # of the dates with years of four digits
    decimals: bool = False  # some number has a decimal sign

    @property
    def why_sql(self) -> str:
        """The reason of a bad cell; NULL for every other."""
        return f"CASE WHEN {self.bad_sql} THEN {self.reason} END"


@dataclass(frozen=True)
class Column:
    """The column that is read, with the names that messages use."""

    con: duckdb.DuckDBPyConnection
    table: str
    name: str
    source: str
    field: str  # of the canonical table

    def ask(self, problem: Text, fix: Text, **params: Param) -> MappingError:
        """The question that goes to the user."""
        names: dict[str, Param] = {
            "file": self.source,
            "column": self.name,
            "field": self.field,
        }
        return MappingError(problem, fix, **(names | params))


def text_expression(column: str) -> str:
    """The text of a column for keys and categories.

    Composed (NFC), no-break blanks plain, zero-width ones gone, runs of blanks one blank,
    trimmed; empty is NULL. Most cells are plain already and are spared the work.
    """
    cell = quoted(column)
    plain = f"NOT regexp_matches({cell}, '[^!-~ ]|  |^ | $')"
    visible = f"regexp_replace(nfc_normalize({cell}), '{_ZERO_WIDTH}', '', 'g')"
    cleaned = rf"trim(regexp_replace({visible}, '[\s\p{{Z}}]+', ' ', 'g'))"
    return f"nullif(CASE WHEN {plain} THEN {cell} ELSE {cleaned} END, '')"


def cell_expression(column: str) -> str:
    """The text of a cell that should hold a date, a number or yes and no.

    As ``text_expression``, with plain digits; a cell that only says that it is empty is NULL.
    """
    text = f"translate({text_expression(column)}, '๐๑๒๓๔๕๖๗๘๙−', '0123456789-')"
    return let("c", text, f"CASE WHEN lower(c) NOT IN ({_markers()}) THEN c END")


@contextmanager
def counted_cells(column: Column) -> Iterator[str]:
    """A temporary table of the different cells: t, n, first (its first record), marker.

    ``t`` is NULL where a cell is empty, ``marker`` the word by which it says so.
    """
    cell, text = quoted(column.name), f"lower({text_expression(column.name)})"
    column.con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {_CELLS} AS
        SELECT {cell_expression(column.name)} AS t, sum(_count)::BIGINT AS n, min(_first) AS first,
            CASE WHEN {text} IN ({_markers()}) THEN {text} END AS marker
        FROM (SELECT {cell}, count(*) AS _count, min(_record) AS _first
            FROM {quoted(column.table)} GROUP BY ALL)
        GROUP BY ALL
        """
    )
    try:
        yield _CELLS
    finally:
        column.con.execute(f"DROP TABLE {_CELLS}")


@contextmanager
def worked_out(column: Column, cells: str, values: Mapping[str, str]) -> Iterator[str]:
    """A temporary table of the different cells with further columns, told over ``t``."""
    added = ", ".join(f"{sql} AS {name}" for name, sql in values.items())
    column.con.execute(f"CREATE OR REPLACE TEMP TABLE {_READ} AS SELECT *, {added} FROM {cells}")
    try:
        yield _READ
    finally:
        column.con.execute(f"DROP TABLE {_READ}")


def one_row(con: duckdb.DuckDBPyConnection, sql: str) -> tuple[object, ...]:
    """The one row of a query."""
    row = con.execute(sql).fetchone()
    assert row is not None  # noqa: S101  # an aggregate has one row
    return tuple(row)


def whole(value: object) -> int:
    """A count out of a query; NULL is none."""
    return int(str(value)) if value is not None else 0


def counts(con: duckdb.DuckDBPyConnection, cells: str, conditions: Sequence[str]) -> list[int]:
    """How many cells meet each condition, in one query."""
    if not conditions:
        return []
    sums = ", ".join(f"sum(n) FILTER (WHERE {condition})" for condition in conditions)
    return [whole(value) for value in one_row(con, f"SELECT {sums} FROM {cells}")]


def examples(
    con: duckdb.DuckDBPyConnection, cells: str, condition: str = "true", most: int = 3
) -> list[tuple[int, str]]:
    """The first cells that meet a condition: record and text."""
    rows = con.execute(
        f"SELECT first, t FROM {cells} WHERE t IS NOT NULL AND ({condition}) "
        f"ORDER BY first LIMIT {most}"
    ).fetchall()
    return [(int(record), str(text)[:80]) for record, text in rows]


def shown(found: Sequence[tuple[int, str]]) -> str:
    """Examples as a message shows them."""
    return ", ".join(f"{text!r} ({record})" for record, text in found)


def marker_notes(column: Column, cells: str) -> list[Message]:
    """How often each word for an empty cell stands in the column."""
    rows = column.con.execute(
        f"SELECT marker, sum(n) FROM {cells} WHERE marker IS NOT NULL GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    return [
        Message(
            MARKER_NOTE,
            {
                "file": column.source,
                "column": column.name,
                "marker": str(marker),
                "count": int(count),
            },
        )
        for marker, count in rows
    ]


def reason_of(question: MappingError, unread: str) -> str:
    """Why the cells of a refused column are: each of them is no such value, or nothing decides."""
    return unread if question.problem.id == NOT_READABLE.id else UNDECIDED


def accepted(readable: int, filled: int) -> bool:
    """Whether a column of which not all is readable is still what it should be."""
    unreadable = filled - readable
    return unreadable <= MOSTLY * filled or (unreadable <= A_FEW and 2 * readable >= filled)


def nothing_read(
    kind: str, text: str, reason: str, *, filled: int, empty: int, question: MappingError
) -> Reading:
    """The reading of a column that is refused: every filled cell is bad.

    Args:
        kind: type of the values that it does not give.
        text: SQL: the text of a cell.
        reason: why the cells are refused.
        filled: cells that hold something.
        empty: cells.
        question: what is asked about the column.
    """
    notes: tuple[Message, ...] = (question.problem,)
    nothing, bad = f"CAST(NULL AS {kind})", f"({text} IS NOT NULL)"
    return Reading(nothing, bad, "", literal(reason), filled, filled, empty, notes=notes)


def _markers() -> str:
    return ", ".join(literal(marker) for marker in MARKERS)
