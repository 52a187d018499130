"""Mapping: from a batch of text to the rows of a canonical table.

One decision per column, looking at all rows. A bad cell costs its record only where the record
cannot do without it; otherwise the cell is empty and kept among ``refused_cells``.
"""

from __future__ import annotations

from typing import NamedTuple

import duckdb

from salesaudit.core.settings import Settings, SourceSpec
from salesaudit.core.texts import Message
from salesaudit.sources.mapping.batch import Batch
from salesaudit.sources.mapping.cells import make_cells
from salesaudit.sources.mapping.fields import (
    fields_of,
    known_column,
    mapped_columns,
    merged_field,
    modified_field,
    stage_fields_of,
)
from salesaudit.sources.mapping.keeping import blank_by_file, keep, keep_merges, keep_stages
from salesaudit.sources.mapping.values import Reader
from salesaudit.warehouse.funnel_stages import MappedColumn
from salesaudit.warehouse.schema import TABLES, Table


class Staged(NamedTuple):
    """The rows that a source offers for its table, and what became of its records."""

    table: Table
    rows: str  # table: the canonical columns, then _file, _record, _line, _modified
    batch: Batch
    spec: SourceSpec
    blank: tuple[int, ...]  # records, by file
    mapped: tuple[MappedColumn, ...]
    notes: tuple[Message, ...]


def stage(
    con: duckdb.DuckDBPyConnection, batch: Batch, spec: SourceSpec, settings: Settings
) -> Staged:
    """Map a batch; the refused records and cells go to ``refused`` and ``refused_cells``.

    Raises:
        MappingError: the mapping names what is not there, or a column asks a question.
    """
    table = TABLES[spec.into]
    for name in spec.names:
        known_column(name, "names", batch)
    fields = list(fields_of(spec, table, batch))
    stages = stage_fields_of(spec, table, batch)
    modified = modified_field(spec, batch)
    merged = merged_field(spec, batch)
    extra = [field for field in (modified, merged) if field]
    cells = make_cells(con, batch, spec, table, fields=fields, stages=stages, extra=extra)
    reader = Reader(cells, spec, settings)
    typed = reader.fields(fields)
    changed = reader.field(modified) if modified else None
    rows = f"staged_{batch.number}"
    if stages:
        times = [(name, reader.field(field)) for name, field in stages.items()]
        keep_stages(cells, typed, times, rows, changed)
    else:
        keep(cells, typed, rows, changed)
    if merged:
        given = spec.merged_ids or spec.merged_into
        keep_merges(
            cells, typed, merged,
            separator=given.split if given else None, into=spec.merged_into is not None,
        )  # fmt: skip
    inside = blank_by_file(cells, of_stages=bool(stages))
    return Staged(
        table=table,
        rows=rows,
        batch=batch,
        spec=spec,
        blank=tuple(a + b for a, b in zip(cells.outside, inside, strict=True)),
        mapped=tuple(mapped_columns(table, fields, stages, batch)),
        notes=tuple(reader.notes),
    )
