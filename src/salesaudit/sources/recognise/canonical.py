"""Recognising exports that already speak the canonical words: the file's name and header."""

from __future__ import annotations

from collections.abc import Sequence

from salesaudit.core.settings import ColumnSpec, SourceSpec
from salesaudit.sources.exports import table_name
from salesaudit.warehouse.schema import TABLES, Table

MOSTLY = 0.6  # share of a file's columns that must be a table's own


def speaks_canonical(file: str, columns: Sequence[str]) -> SourceSpec | None:
    """The mapping of a file whose columns are named as a canonical table's.

    Args:
        file: its name; it decides where two tables fit.
        columns: its header.
    """
    fitting = [(score, name) for name, table in TABLES.items() if (score := _score(table, columns))]
    named = [name for _, name in fitting if name == table_name(file).lower()]
    best = named or [name for score, name in fitting if score == max(s for s, _ in fitting)]
    if len(best) != 1:
        return None
    table = TABLES[best[0]]
    mapped = {c: ColumnSpec(column=c) for c in columns if table.column(c) is not None}
    return SourceSpec(read=file, into=table.name, columns=mapped)


def _score(table: Table, columns: Sequence[str]) -> float:
    """Share of the file's columns that are the table's; 0 if a required one is missing."""
    known = [column for column in columns if table.column(column) is not None]
    required = {column.name for column in table.columns if column.required}
    if not required <= set(known) or (table.one_of and not set(table.one_of) & set(known)):
        return 0.0
    share = len(known) / len(columns)
    return share if share >= MOSTLY else 0.0
