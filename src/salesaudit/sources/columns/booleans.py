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
from salesaudit.warehouse.sql import literal, quoted

PAIRS = (
    ("true", "false"), ("t", "f"), ("yes", "no"), ("y", "n"), ("1", "0"), ("on", "off"),
    ("won", "lost"), ("checked", "unchecked"),
    ("ใช่", "ไม่ใช่"), ("จริง", "เท็จ"), ("มี", "ไม่มี"), ("ปิดได้", "ปิดไม่ได้"),
    ("ja", "nein"), ("wahr", "falsch"), ("j", "n"), ("ja", "nee"), ("ja", "nej"),
    ("oui", "non"), ("vrai", "faux"), ("o", "n"), ("sí", "no"), ("si", "no"), ("s", "n"),
    ("verdadero", "falso"), ("sim", "não"), ("sim", "nao"), ("verdadeiro", "falso"),
    ("sì", "no"), ("vero", "falso"), ("はい", "いいえ"), ("是", "否"), ("有", "无"),
)  # fmt: skip
SPELLINGS = 20  # of the two words, with their blanks and capitals
ALONE = ("x", "✓", "✔", "✗", "☑")  # a mark in some cells, the others empty

NOT_A_PAIR = Text(
    "columns.not-a-pair",
    "{file}: '{column}' should say yes or no, but holds {examples}.",
    "{file}: '{column}' ควรเป็นใช่หรือไม่ใช่ แต่พบ {examples}",
)


TWO_LANGUAGES = Text(
    "columns.two-languages",
    "{file}: '{column}' says yes or no in two languages: {examples}.",
    "{file}: '{column}' ใช้คำว่าใช่หรือไม่ใช่จากสองภาษาปนกัน: {examples}",
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
                f"SELECT lower(t) FROM {cells} WHERE t IS NOT NULL GROUP BY 1 "  # noqa: S608
                "ORDER BY min(first) LIMIT 10"
            ).fetchall()
        ]
        empty, filled = counts(con, cells, ["t IS NULL", "t IS NOT NULL"])
        seen = shown(examples(con, cells))
        notes = tuple(marker_notes(one, cells))
    if len(words) == 1 and words[0] in ALONE:
        sql = f"({text} IS NOT NULL)"
        return Reading(sql, "false", words[0], "NULL", filled, 0, empty, notes=notes)
    pair = next((pair for pair in PAIRS if set(words) <= set(pair)), None)
    if pair is not None:
        sql = _by_spelling(one, text, pair)
        return Reading(sql, "false", "/".join(pair), "NULL", filled, 0, empty, notes=notes)
    known = all(any(word in pair for pair in PAIRS) for word in words)
    question = one.ask(TWO_LANGUAGES if known else NOT_A_PAIR, FIX_COLUMN, examples=seen)
    if required:
        raise question
    reason = "two_languages" if known else "not_a_boolean"
    return nothing_read("BOOLEAN", text, reason, filled=filled, empty=empty, question=question)


def _by_spelling(one: Column, text: str, pair: tuple[str, str]) -> str:
    """SQL: whether a cell says yes, by the ways in which the column spells the two words."""
    cell = quoted(one.name)
    rows = one.con.execute(
        f"SELECT {cell}, {text} AS word FROM (SELECT DISTINCT {cell} FROM {quoted(one.table)}) "  # noqa: S608
        f"WHERE word IS NOT NULL ORDER BY 1 LIMIT {SPELLINGS + 1}"
    ).fetchall()
    if not rows or len(rows) > SPELLINGS:
        return f"({text} = {literal(pair[0])})"
    cases = (f"WHEN {literal(spelled)} THEN {word == pair[0]}" for spelled, word in rows)
    return f"CASE {cell} {' '.join(cases)} END"
