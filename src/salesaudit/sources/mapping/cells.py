"""Cells: the records of a batch that concern a table, with the cells that its fields are read from.

Texts are cleaned here, once; cells of times, numbers and words of yes and no stay as written, as
their reading looks at all of a column.
"""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import unicodedata
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import duckdb

from salesaudit.core.settings import ColumnSpec, SourceSpec
from salesaudit.sources.columns import text_expression
from salesaudit.sources.mapping.batch import Batch
from salesaudit.sources.mapping.fields import Field, known_column
from salesaudit.sources.sandbox import check_query, refused
from salesaudit.warehouse.schema import Kind, Table
from salesaudit.warehouse.sql import literal, quoted

TEXTS = (Kind.ID, Kind.CATEGORY, Kind.TEXT)


class Cells(NamedTuple):
    """A table, or a view, of cells in the making of a canonical table's rows."""

    con: duckdb.DuckDBPyConnection
    name: str  # of the table: the cells, then _file, _record, _line
    batch: Batch
    table: Table
    outside: tuple[int, ...]  # records that ``where`` excludes, by file
    blank: str  # condition: the record says nothing of the canonical table

    def count_by_file(self, query: str) -> list[int]:
        """Rows of a query with a column ``_file``, for each file."""
        return _count_by_file(self.con, query, self.batch)


def make_cells(
    con: duckdb.DuckDBPyConnection,
    batch: Batch,
    spec: SourceSpec,
    table: Table,
    *,
    fields: Sequence[Field],
    stages: Mapping[str, Field],
    extra: Sequence[Field] = (),
) -> Cells:
    """Take the records that ``where`` lets in, and the cells that are used.

    Args:
        con: with the batch.
        batch: the records.
        spec: of the source.
        table: the canonical table that it fills.
        fields: the table's columns that it fills.
        stages: its columns of times, by stage.
        extra: what is read beside the table's columns; alone it makes no record.

    Raises:
        MappingError: an expression of the settings cannot be used.
    """
    name = f"cells_{batch.number}"
    place = f"{batch.label}, where"
    condition = "true"
    if spec.where:
        check_query(con, f"SELECT 1 FROM {quoted(batch.view)} WHERE ({spec.where})", place)
        condition = f"coalesce(CAST(({spec.where}) AS BOOLEAN), false)"
    picked: dict[str, str] = {}
    for field in (*fields, *stages.values(), *extra):
        picked[field.cell] = _cell_expression(con, field, batch)
        for beside in _beside(field):
            known_column(beside, field.column.name, batch)
            picked.setdefault(beside, f"coalesce({quoted(beside)}, '')")
    chosen = "".join(f", {sql} AS {quoted(cell)}" for cell, sql in picked.items())
    source = f"FROM {quoted(batch.view)}"
    try:
        outside = [0] * len(batch.parts)
        if spec.where:
            outside = _count_by_file(con, f"SELECT _file {source} WHERE NOT {condition}", batch)
        con.execute(
            f"CREATE {'TABLE' if _once(spec) else 'VIEW'} {quoted(name)} AS "
            f"SELECT _file, _record, _line{chosen} {source} WHERE {condition}"
        )
    except duckdb.Error as error:
        raise refused(error, place) from None
    return Cells(con, name, batch, table, tuple(outside), _blank_condition(fields, stages))


def _once(spec: SourceSpec) -> bool:
    """Whether the settings' own expressions make the cells: those are worked out once."""
    given = [*spec.columns.values(), *(spec.stages or {}).values()]
    return spec.where is not None or any(c.sql is not None or c.row is not None for c in given)


def _blank_condition(fields: Sequence[Field], stages: Mapping[str, Field]) -> str:
    """Records that say nothing of this table: every cell that is mapped is empty."""
    own = list(stages.values()) or fields
    used = [f for f in own if f.spec.row is None and f.spec.value is None]
    empty = [f"{quoted(f.cell) if is_text(f) else text_expression(f.cell)} IS NULL" for f in used]
    return f"({' AND '.join(empty)})" if empty else "false"


def is_text(field: Field) -> bool:
    """Whether the field's cells are cleaned already, and NULL where they are empty."""
    return field.column.kind in TEXTS


def _beside(field: Field) -> list[str]:
    """Columns that a field needs beside its own: a currency's."""
    currency = field.spec.currency
    return [currency.column] if isinstance(currency, ColumnSpec) and currency.column else []


def _cell_expression(con: duckdb.DuckDBPyConnection, field: Field, batch: Batch) -> str:
    spec = field.spec
    if spec.map is not None and spec.column is not None:
        mapped = _map_expression(spec.column, spec.map)
        return f"nullif({mapped}, '')" if is_text(field) else mapped
    if spec.column is not None:
        text, as_written = text_expression(spec.column), f"coalesce({quoted(spec.column)}, '')"
        if spec.split is not None:
            text = _first_of(spec.column, spec.split)
            as_written = f"coalesce({text}, '')"
        return text if is_text(field) else as_written
    if spec.value is not None:
        return literal(str(spec.value))
    if spec.sql is not None:
        place = f"{batch.label}, columns.{field.column.name}"
        check_query(con, f"SELECT ({spec.sql}) FROM {quoted(batch.view)}", place)
        text = f"CAST(({spec.sql}) AS VARCHAR)"
        return f"nullif(trim({text}), '')" if is_text(field) else f"coalesce({text}, '')"
    if isinstance(spec.row, tuple):
        for name in spec.row:
            known_column(name, field.column.name, batch)
        ties = [name for name in batch.columns if name not in spec.row]
        order = ", ".join(quoted(name) for name in (*spec.row, *ties))
        return f"CAST(row_number() OVER (ORDER BY {order}) AS VARCHAR)"
    numbered = "CAST(_record AS VARCHAR)"
    return f"(_file + 1) || '/' || {numbered}" if len(batch.parts) > 1 else numbered


def _first_of(column: str, separator: str) -> str:
    """The first of several ids in a cell."""
    parts = f"string_split(coalesce({quoted(column)}, ''), {literal(separator)})"
    return f"trim(list_filter({parts}, part -> trim(part) <> '')[1])"


def _map_expression(column: str, words: Mapping[str, str | None]) -> str:
    """The mapped value; a cell that the map does not name stays as it is."""
    text = text_expression(column)
    cases = "".join(
        f" WHEN {literal(_plain(key))} THEN {literal(value or '')}"
        for key, value in words.items()
        if _plain(key)
    )
    empty = next((value or "" for key, value in words.items() if not _plain(key)), "")
    mapped = f"CASE {text}{cases} ELSE {text} END" if cases else text
    return f"coalesce({mapped}, {literal(empty)})"


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _count_by_file(con: duckdb.DuckDBPyConnection, query: str, batch: Batch) -> list[int]:
    found = dict(con.execute(f"SELECT _file, count(*) FROM ({query}) GROUP BY 1").fetchall())
    return [int(found.get(place, 0)) for place in range(len(batch.parts))]
