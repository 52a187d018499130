"""Fields: what the mapping says of each canonical column, checked against a batch's columns."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from salesaudit.core.errors import MappingError
from salesaudit.core.settings import ColumnSpec, SourceSpec
from salesaudit.core.texts import Text
from salesaudit.sources.mapping.batch import Batch
from salesaudit.warehouse.funnel_stages import MappedColumn
from salesaudit.warehouse.schema import Column, Kind, Table

MODIFIED = Column("_modified", Kind.TIME, "when the record was last changed")
MERGED = Column("_merged", Kind.ID, "the ids that the record replaced, or the one it gave way to")

NO_COLUMN = Text(
    "mapping.no_column",
    en="{file} has no column “{column}” for {field}. Columns seen: {seen}.",
    th="ไฟล์ {file} ไม่มีคอลัมน์ “{column}” สำหรับ {field} คอลัมน์ที่พบ: {seen}",
)
NAME_COLUMN = Text(
    "mapping.name_column",
    en="Name the right one under columns.{field} in salesaudit.yaml; the nearest is “{nearest}”.",
    th="ระบุชื่อที่ถูกต้องที่ columns.{field} ใน salesaudit.yaml ชื่อที่ใกล้เคียงที่สุดคือ “{nearest}”",
)
MISSING_FIELD = Text(
    "mapping.missing_field",
    en="{file} fills {table}, and nothing is mapped to {field}. Columns seen: {seen}.",
    th="{file} ใช้เติมตาราง {table} แต่ยังไม่ได้กำหนดคอลัมน์ {field} คอลัมน์ที่พบ: {seen}",
)
MAP_FIELD = Text(
    "mapping.map_field",
    en="Add a line  {field}: <column>  under columns of this source.",
    th="เพิ่มบรรทัด  {field}: <คอลัมน์>  ใต้ columns ของแหล่งข้อมูลนี้",
)
NO_ORDER = Text(
    "mapping.no_order",
    en="{file}: a select has no order, so “{field}: {{row: true}}” means nothing.",
    th="{file}: ผลของ select ไม่มีลำดับ จึงใช้ “{field}: {{row: true}}” ไม่ได้",
)
GIVE_ORDER = Text(
    "mapping.give_order",
    en="Give the columns that order it:  {field}: {{row: [column, column]}}.",
    th="ระบุคอลัมน์ที่ใช้เรียงลำดับ:  {field}: {{row: [คอลัมน์, คอลัมน์]}}",
)


class Field(NamedTuple):
    """A canonical column and where its cells come from."""

    column: Column
    spec: ColumnSpec
    cell: str  # name in the table of cells


def fields_of(spec: SourceSpec, table: Table, batch: Batch) -> Iterator[Field]:
    """The fields that a source gives its table.

    Raises:
        MappingError: a column that is not there, or a required one that nothing is mapped to.
    """
    for name, given in spec.columns.items():
        column = table.column(name)
        assert column is not None, name  # noqa: S101  settings were checked when they were read
        yield _field(column, given, batch)
    unmapped = [
        c
        for c in table.columns
        if c.required and c.name not in spec.columns and not (spec.stages and _by_stages(c))
    ]
    one_of = [c for c in table.columns if c.name in table.one_of]
    if one_of and not any(c.name in spec.columns for c in one_of):
        unmapped.append(one_of[0])
    for column in unmapped:
        raise MappingError(
            MISSING_FIELD,
            MAP_FIELD,
            file=batch.label,
            table=table.name,
            field=column.name,
            seen=_listed(batch.columns),
        )


def _by_stages(column: Column) -> bool:
    return column.name in ("stage", "entered_at")


def stage_fields_of(spec: SourceSpec, table: Table, batch: Batch) -> dict[str, Field]:
    """The columns of times of a source with a column per stage, by stage."""
    entered = table.column("entered_at")
    if not spec.stages or entered is None:
        return {}
    return {name: _field(entered, given, batch, stage=name) for name, given in spec.stages.items()}


def modified_field(spec: SourceSpec, batch: Batch) -> Field | None:
    """The column that says when a record was last changed, where the source has one."""
    return _field(MODIFIED, spec.modified, batch) if spec.modified else None


def merged_field(spec: SourceSpec, batch: Batch) -> Field | None:
    """The column that says what the record was merged with, where the source has one.

    Its cells stay whole: all of several ids count.
    """
    given = spec.merged_ids or spec.merged_into
    if given is None:
        return None
    field = _field(MERGED, given.model_copy(update={"split": None}), batch)
    return field._replace(cell=f"{field.cell} (merged)")


def mapped_columns(
    table: Table, fields: list[Field], stages: Mapping[str, Field], batch: Batch
) -> Iterator[MappedColumn]:
    """Which source column fills what."""
    source = batch.parts[0].name
    for field in fields:
        if field.spec.column:
            yield MappedColumn(table.name, field.column.name, None, source, field.spec.column)
    for name, field in stages.items():
        if field.spec.column:
            yield MappedColumn(table.name, "entered_at", name, source, field.spec.column)


def known_column(name: str, field: str, batch: Batch) -> None:
    """See to it that the batch has a column.

    Raises:
        MappingError: it has none of this name; names the nearest.
    """
    if name in batch.columns:
        return
    near = difflib.get_close_matches(name, batch.columns, n=1, cutoff=0.0)
    raise MappingError(
        NO_COLUMN,
        NAME_COLUMN,
        file=batch.label,
        column=name,
        field=field,
        seen=_listed(batch.columns),
        nearest=near[0] if near else "–",
    )


def _field(column: Column, spec: ColumnSpec, batch: Batch, *, stage: str | None = None) -> Field:
    if spec.column is not None:
        known_column(spec.column, column.name, batch)
        derived = spec.map is not None or spec.split is not None
        return Field(column, spec, f"{column.name}: {spec.column}" if derived else spec.column)
    if spec.row is True and not all(part.ordered for part in batch.parts):
        raise MappingError(NO_ORDER, GIVE_ORDER, file=batch.label, field=column.name)
    if spec.row is not None or spec.sql is not None:
        return Field(column, spec, f"{stage or column.name} (computed)")
    return Field(column, spec, f"{stage or column.name} (constant)")


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(columns[:20]) + (", …" if len(columns) > 20 else "")
