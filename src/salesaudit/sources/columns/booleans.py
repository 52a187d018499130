"""Columns of yes and no."""

from __future__ import annotations

import duckdb

from salesaudit.core.texts import Text
from salesaudit.sources.columns.reading import (
    FIX_COLUMN,
    Column,
    Reading,
    cell_expression,
    counted_cells,
    counts,
    examples,
    marker_notes,
    nothing_read,
    shown,
)
from salesaudit.warehouse.sql import literal

PAIRS = (
    ("true", "false"), ("t", "f"), ("yes", "no"), ("y", "n"), ("1", "0"), ("on", "off"),
    ("won", "lost"), ("checked", "unchecked"),
    ("ใช่", "ไม่ใช่"), ("จริง", "เท็จ"), ("มี", "ไม่มี"), ("ปิดได้", "ปิดไม่ได้"),
    ("ja", "nein"), ("wahr", "falsch"), ("j", "n"), ("ja", "nee"), ("ja", "nej"),
    ("oui", "non"), ("vrai", "faux"), ("o", "n"), ("sí", "no"), ("si", "no"), ("s", "n"),
    ("verdadero", "falso"), ("sim", "não"), ("sim", "nao"), ("verdadeiro", "falso"),
    ("sì", "no"), ("vero", "falso"), ("はい", "いいえ"), ("是", "否"), ("有", "无"),
)  # fmt: skip
ALONE = ("x", "✓", "✔", "✗", "☑")  # a mark in some cells, the others empty

NOT_A_PAIR = Text(
    "columns.not-a-pair",
    "{file}: '{column}' should say yes or no, but holds {examples}.",
    "{file}: '{column}' ควรเป็นใช่หรือไม่ใช่ แต่พบ {examples}",
)


def decide_booleans(
    con: duckdb.DuckDBPyConnection,
    table: str,
    column: str,
    *,
    source: str,
    field: str,
    required: bool = True,
) -> Reading:
    """Read a column of yes and no: at most two words, both of one language's pair.

    A mark such as x stands for yes where the other cells are empty, which are then no.

    Args:
        con: where the raw table is.
        table: the raw table.
        column: of the raw table.
        source: name for messages.
        field: of the canonical table, for messages.
        required: False: a column that cannot be read gives no values instead of a question.

    Raises:
        MappingError: the words are of no pair.
    """
    one = Column(con, table, column, source, field)
    text = f"lower({cell_expression(column)})"
    with counted_cells(one) as cells:
        words = [
            str(row[0])
            for row in con.execute(
                f"SELECT DISTINCT lower(t) FROM {cells} WHERE t IS NOT NULL LIMIT 10"  # noqa: S608
            ).fetchall()
        ]
        empty, filled = counts(con, cells, ["t IS NULL", "t IS NOT NULL"])
        seen = shown(examples(con, cells))
    notes = tuple(marker_notes(one))
    if len(words) == 1 and words[0] in ALONE:
        sql = f"({text} IS NOT NULL)"
        return Reading(sql, "false", words[0], "not_a_boolean", filled, 0, empty, notes=notes)
    pair = next((pair for pair in PAIRS if set(words) <= set(pair)), None)
    if pair is not None:
        sql = f"({text} = {literal(pair[0])})"
        label = "/".join(pair)
        return Reading(sql, "false", label, "not_a_boolean", filled, 0, empty, notes=notes)
    question = one.ask(NOT_A_PAIR, FIX_COLUMN, examples=seen)
    if required:
        raise question
    return nothing_read(
        "BOOLEAN", text, "not_a_boolean", filled=filled, empty=empty, question=question
    )
