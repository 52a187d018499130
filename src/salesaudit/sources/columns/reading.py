"""How a column of text is read: the expression of its values, and of the cells it cannot read."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are parameters or literals of our own
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import duckdb

from salesaudit.core.errors import MappingError
from salesaudit.core.texts import Message, Param, Text
from salesaudit.warehouse.sql import let, literal, quoted

MARKERS = ("null", "n/a", "#n/a", "none", "nil", "(blank)", "-", "--", "–", "ไม่มี")
MOSTLY = 0.01  # share of cells that may be unreadable in a column that is still accepted
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
    reason: str  # why bad cells are refused: not_a_date, not_a_number, not_a_boolean
    filled: int  # cells that hold a value
    unreadable: int  # cells
    empty: int  # cells, those included that only say that they are empty
    day_precision: bool = False  # no time of day anywhere in the column
    rounded: int = 0  # cells whose number lost digits, or was written as 2.5M
    currencies: tuple[str, ...] = ()  # signs and codes as they stand in the cells
    notes: tuple[Message, ...] = ()


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
    plain = (
        f"strlen({cell}) = length({cell}) AND {cell} = trim({cell}) AND NOT contains({cell}, '  ') "
        f"AND NOT contains({cell}, chr(9)) AND NOT contains({cell}, chr(10)) "
        f"AND NOT contains({cell}, chr(13)) AND NOT contains({cell}, chr(11)) "
        f"AND NOT contains({cell}, chr(12))"
    )
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
    """A temporary table of the different cells: t (NULL: empty), n, first (its first record)."""
    column.con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE {_CELLS} AS
        SELECT {cell_expression(column.name)} AS t, count(*) AS n, min(_record) AS first
        FROM {quoted(column.table)} GROUP BY 1
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


def marker_notes(column: Column) -> list[Message]:
    """How often each word for an empty cell stands in the column."""
    text = f"lower({text_expression(column.name)})"
    rows = column.con.execute(
        f"SELECT {text} AS m, count(*) FROM {quoted(column.table)} WHERE {text} IN ({_markers()}) "
        "GROUP BY 1 ORDER BY 2 DESC, 1"
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


def accepted(readable: int, filled: int) -> bool:
    """Whether a column of which not all is readable is still what it should be."""
    unreadable = filled - readable
    return unreadable <= MOSTLY * filled or (unreadable <= A_FEW and 2 * readable >= filled)


def nothing_read(
    kind: str, text: str, reason: str, *, filled: int, empty: int, question: MappingError
) -> Reading:
    """The reading of a column that is refused: every filled cell is bad."""
    notes: tuple[Message, ...] = (question.problem,)
    return Reading(
        f"CAST(NULL AS {kind})", f"({text} IS NOT NULL)", "", reason, filled, filled, empty,
        notes=notes,
    )  # fmt: skip


def _markers() -> str:
    return ", ".join(literal(marker) for marker in MARKERS)
