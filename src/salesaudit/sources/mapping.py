"""Mapping: from a batch of text to the rows of a canonical table.

One decision per column, looking at all rows. A bad cell costs its record only where the record
cannot do without it; otherwise the cell is empty and kept among ``refused_cells``.
"""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import difflib
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

import duckdb

from salesaudit.core.errors import MappingError
from salesaudit.core.settings import ColumnSpec, Settings, SourceSpec
from salesaudit.core.texts import Message, Text
from salesaudit.sources.batch import Batch
from salesaudit.sources.columns import (
    decide_booleans,
    decide_numbers,
    decide_times,
    text_expression,
)
from salesaudit.sources.currency import RATE_DAYS, Amount, converted
from salesaudit.sources.numbers import sign_expression
from salesaudit.sources.privacy import id_expression, masked_expression
from salesaudit.sources.reading import Reading
from salesaudit.sources.sandbox import check_query, refused
from salesaudit.sources.sql import literal, quoted
from salesaudit.warehouse.funnel_stages import MappedColumn
from salesaudit.warehouse.schema import TABLES, Column, Kind, Table

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
NOTHING_ALLOWED = Text(
    "mapping.nothing_allowed",
    en="{file}: “{column}” never says {known}, which {field} may be. Seen: {seen}.",
    th="{file}: “{column}” ไม่มีค่า {known} ที่ใช้ได้กับ {field} เลย ค่าที่พบ: {seen}",
)
MAP_VALUES = Text(
    "mapping.map_values",
    en="Say what they mean:  {field}: {{column: {column}, map: {{{example}: ...}}}}.",
    th="ระบุความหมายของแต่ละค่า:  {field}: {{column: {column}, map: {{{example}: ...}}}}",
)
ONE_OF_THEM = Text(
    "mapping.one_of_them",
    en="Write one of {known} in salesaudit.yaml.",
    th="เขียนค่าใดค่าหนึ่งใน {known} ใน salesaudit.yaml",
)


_NUMBERS: dict[Kind, Literal["decimal", "integer", "double"]] = {
    Kind.MONEY: "decimal",
    Kind.NUMBER: "double",
    Kind.COUNT: "integer",
}


class Field(NamedTuple):
    """A canonical column and where its cells come from."""

    column: Column
    spec: ColumnSpec
    cell: str  # name in the table of cells


class Typed(NamedTuple):
    """How a field's cells become values: two expressions over the table of cells."""

    field: Field
    value: str
    bad: str  # true where a cell holds something that cannot be read
    reason: str


class Staged(NamedTuple):
    """The rows that a source offers for its table, and what became of its records."""

    table: Table
    rows: str  # table: the canonical columns, then _file, _record, _line
    batch: Batch
    spec: SourceSpec
    blank: tuple[int, ...]  # records, by file
    mapped: tuple[MappedColumn, ...]
    notes: tuple[Message, ...]


def stage(
    con: duckdb.DuckDBPyConnection,
    batch: Batch,
    spec: SourceSpec,
    settings: Settings,
    number: int,
) -> Staged:
    """Map a batch; the refused records and cells go to ``refused`` and ``refused_cells``.

    Raises:
        MappingError: the mapping names what is not there, or a column asks a question.
    """
    table = TABLES[spec.into]
    fields = list(_fields(spec, table, batch))
    stages = _stage_fields(spec, table, batch)
    cells = f"cells_{number}"
    outside = _make_cells(con, cells, batch, spec, [*fields, *stages.values()])
    notes: list[Message] = []
    read = _Reader(con, cells, batch, spec, settings, notes)
    typed = read.fields(fields)
    staged = [(name, read.field(field)) for name, field in stages.items()]
    blank = _blank_condition(fields, stages)
    rows = f"staged_{number}"
    if stages:
        _keep_stages(con, rows, cells, table, typed, staged, batch, blank)
    else:
        _keep(con, rows, cells, table, typed, batch, blank)
    inside = _count_by_file(con, f"SELECT _file FROM {quoted(cells)} WHERE {blank}", batch)
    return Staged(
        table=table,
        rows=rows,
        batch=batch,
        spec=spec,
        blank=tuple(a + b for a, b in zip(outside, inside, strict=True)),
        mapped=tuple(_mapped(table, fields, stages, batch)),
        notes=tuple(notes),
    )


def _fields(spec: SourceSpec, table: Table, batch: Batch) -> Iterator[Field]:
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


def _stage_fields(spec: SourceSpec, table: Table, batch: Batch) -> dict[str, Field]:
    entered = table.column("entered_at")
    if not spec.stages or entered is None:
        return {}
    return {name: _field(entered, given, batch, stage=name) for name, given in spec.stages.items()}


def _field(column: Column, spec: ColumnSpec, batch: Batch, *, stage: str | None = None) -> Field:
    if spec.column is not None:
        _known_column(spec.column, column.name, batch)
        derived = spec.map is not None
        return Field(column, spec, f"{column.name}: {spec.column}" if derived else spec.column)
    if spec.row is True and not all(part.ordered for part in batch.parts):
        raise MappingError(NO_ORDER, GIVE_ORDER, file=batch.label, field=column.name)
    if spec.row is not None or spec.sql is not None:
        return Field(column, spec, f"{stage or column.name} (computed)")
    return Field(column, spec, f"{stage or column.name} (constant)")


def _known_column(name: str, field: str, batch: Batch) -> None:
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


def _listed(columns: tuple[str, ...]) -> str:
    return ", ".join(columns[:20]) + (", …" if len(columns) > 20 else "")


def _make_cells(
    con: duckdb.DuckDBPyConnection,
    cells: str,
    batch: Batch,
    spec: SourceSpec,
    fields: list[Field],
) -> list[int]:
    """The records that ``where`` lets in, with the cells that are used; counts the others."""
    place = f"{batch.label}, where"
    condition = "true"
    if spec.where:
        check_query(con, f"SELECT 1 FROM {quoted(batch.view)} WHERE ({spec.where})", place)
        condition = f"coalesce(CAST(({spec.where}) AS BOOLEAN), false)"
    picked: dict[str, str] = {}
    for field in fields:
        picked[field.cell] = _cell_expression(con, field, batch)
        for name in _beside(field):
            _known_column(name, field.column.name, batch)
            picked.setdefault(name, f"coalesce({quoted(name)}, '')")
    chosen = "".join(f", {sql} AS {quoted(name)}" for name, sql in picked.items())
    source = f"FROM {quoted(batch.view)}"
    try:
        outside = _count_by_file(con, f"SELECT _file {source} WHERE NOT {condition}", batch)
        con.execute(
            f"CREATE TABLE {quoted(cells)} AS "
            f"SELECT _file, _record, _line{chosen} {source} WHERE {condition}"
        )
    except duckdb.Error as error:
        raise refused(error, place) from None
    return outside


def _beside(field: Field) -> list[str]:
    """Columns that a field needs beside its own: a currency's."""
    currency = field.spec.currency
    return [currency.column] if isinstance(currency, ColumnSpec) and currency.column else []


def _cell_expression(con: duckdb.DuckDBPyConnection, field: Field, batch: Batch) -> str:
    spec = field.spec
    if spec.map is not None and spec.column is not None:
        return _map_expression(spec.column, spec.map)
    if spec.column is not None:
        return f"coalesce({quoted(spec.column)}, '')"
    if spec.value is not None:
        return literal(str(spec.value))
    if spec.sql is not None:
        place = f"{batch.label}, columns.{field.column.name}"
        check_query(con, f"SELECT ({spec.sql}) FROM {quoted(batch.view)}", place)
        return f"coalesce(CAST(({spec.sql}) AS VARCHAR), '')"
    if isinstance(spec.row, tuple):
        for name in spec.row:
            _known_column(name, field.column.name, batch)
        ties = [name for name in batch.columns if name not in spec.row]
        order = ", ".join(quoted(name) for name in (*spec.row, *ties))
        return f"CAST(row_number() OVER (ORDER BY {order}) AS VARCHAR)"
    numbered = "CAST(_record AS VARCHAR)"
    return f"(_file + 1) || '/' || {numbered}" if len(batch.parts) > 1 else numbered


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


class _Reader:
    """Decides, looking at all of a batch's cells, how each field is read."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        cells: str,
        batch: Batch,
        spec: SourceSpec,
        settings: Settings,
        notes: list[Message],
    ) -> None:
        self.con = con
        self.cells = cells
        self.batch = batch
        self.spec = spec
        self.settings = settings
        self.notes = notes

    def fields(self, fields: list[Field]) -> list[Typed]:
        """All fields of a table; amounts last, as the rate of a currency may depend on the day."""
        typed = {f.column.name: self.field(f) for f in fields if not _is_money(f.column)}
        days = [typed[name].value for name in RATE_DAYS if name in typed]
        day = _local_day(f"coalesce({', '.join(days)})", self.settings) if days else None
        for field in fields:
            if _is_money(field.column):
                typed[field.column.name] = self.amount(field, day)
        return [typed[field.column.name] for field in fields]

    def field(self, field: Field) -> Typed:
        """One field."""
        column = field.column
        if column.kind in (Kind.TIME, Kind.DAY):
            reading = self._times(field)
        elif column.kind in _NUMBERS:
            reading = self._numbers(field)
        elif column.kind is Kind.YES_NO:
            reading = decide_booleans(
                self.con,
                self.cells,
                field.cell,
                source=self.batch.label,
                field=column.name,
                required=column.required,
            )
        else:
            return self._text(field)
        self.notes.extend(reading.notes)
        return Typed(field, reading.sql, reading.bad_sql, reading.reason)

    def amount(self, field: Field, day: str | None) -> Typed:
        """An amount, in the company's currency."""
        reading = self._numbers(field)
        self.notes.extend(reading.notes)
        given = field.spec.currency
        signed = sign_expression(field.cell)
        if isinstance(given, ColumnSpec) and given.column is not None:
            signed = text_expression(given.column)
        elif given is not None:
            signed = literal(given if isinstance(given, str) else str(given.value))
        elif not reading.currencies:
            return Typed(field, reading.sql, reading.bad_sql, reading.reason)
        found = self.con.execute(
            f"SELECT {signed} AS sign, count(*) FROM {quoted(self.cells)} "
            f"WHERE ({reading.sql}) IS NOT NULL GROUP BY 1 ORDER BY 1"
        ).fetchall()
        name = field.spec.column or field.column.name
        value, notes = converted(
            Amount(reading.sql, signed, day),
            {sign: int(count) for sign, count in found},
            self.settings,
            self.batch.label,
            name,
        )
        self.notes.extend(notes)
        return Typed(field, value, reading.bad_sql, reading.reason)

    def _times(self, field: Field) -> Reading:
        column, given = field.column, field.spec
        return decide_times(
            self.con,
            self.cells,
            field.cell,
            source=self.batch.label,
            field=column.name,
            timezone=given.timezone or self.spec.timezone or self.settings.timezone,
            format=given.format,
            era=given.era,
            day=column.kind is Kind.DAY,
            required=column.required or column.event,
        )

    def _numbers(self, field: Field) -> Reading:
        column, given = field.column, field.spec
        written_by_us = isinstance(given.value, int | float)
        return decide_numbers(
            self.con,
            self.cells,
            field.cell,
            source=self.batch.label,
            field=column.name,
            kind=_NUMBERS[column.kind],
            decimal="." if written_by_us else given.decimal,
            required=column.required or _is_money(column),
        )

    def _text(self, field: Field) -> Typed:
        column, text = field.column, text_expression(field.cell)
        if column.values:
            return self._word(field, text)
        value = {
            Kind.ID: id_expression(text),
            Kind.TEXT: masked_expression(text, phones=True),
            Kind.HASH: f"contact_hash({quoted(field.cell)})",
        }.get(column.kind, masked_expression(text, phones=False))
        if column.key and not column.required and column.kind is Kind.CATEGORY:
            value = f"coalesce({value}, '')"
        return Typed(field, value, "false", "")

    def _word(self, field: Field, text: str) -> Typed:
        """One of the words that the column may hold; if a must never is, the question why."""
        column = field.column
        allowed = ", ".join(literal(value) for value in column.values)
        inside = f"lower({text}) IN ({allowed})"
        seen = self.con.execute(
            f"SELECT {text} AS word, {inside} AS known, count(*) FROM {quoted(self.cells)} "
            f"WHERE {text} IS NOT NULL GROUP BY 1, 2 ORDER BY 2 DESC, 3 DESC, 1 LIMIT 5"
        ).fetchall()
        if column.required and seen and not seen[0][1]:
            raise MappingError(
                NOTHING_ALLOWED,
                MAP_VALUES if field.spec.column else ONE_OF_THEM,
                file=self.batch.label,
                column=field.spec.column or field.cell,
                field=column.name,
                known=", ".join(column.values),
                seen=", ".join(str(word)[:40] for word, *_ in seen),
                example=str(seen[0][0])[:40],
            )
        value = f"CASE WHEN {inside} THEN lower({text}) END"
        return Typed(field, value, f"coalesce(NOT {inside}, false)", "not_allowed")


def _local_day(moment: str, settings: Settings) -> str:
    zone = literal(settings.timezone)
    return f"CAST(timezone({zone}, timezone('UTC', CAST({moment} AS TIMESTAMP))) AS DATE)"


def _is_money(column: Column) -> bool:
    return column.kind is Kind.MONEY


def _blank_condition(fields: list[Field], stages: Mapping[str, Field]) -> str:
    """Records that say nothing of this table: every cell that is mapped is empty."""
    own = list(stages.values()) or fields
    used = [f.cell for f in own if f.spec.row is None and f.spec.value is None]
    if not used:
        return "false"
    return "(" + " AND ".join(f"{text_expression(cell)} IS NULL" for cell in used) + ")"


def _keep(
    con: duckdb.DuckDBPyConnection,
    rows: str,
    cells: str,
    table: Table,
    typed: list[Typed],
    batch: Batch,
    blank: str,
) -> None:
    """Keep the records that have what they need; refuse the others with their reason."""
    values = {t.field.column.name: t for t in typed}
    picked = ", ".join(
        f"{values[c.name].value if c.name in values else _absent(c)} AS {quoted(c.name)}, "
        f"{values[c.name].bad if c.name in values else 'false'} AS {quoted('bad ' + c.name)}"
        for c in table.columns
    )
    con.execute(
        f"CREATE TEMP TABLE typed AS SELECT _file, _record, _line, {picked} "
        f"FROM {quoted(cells)} WHERE NOT {blank}"
    )
    lost = _lost_condition(table)
    _refuse_records(con, table, values, batch, cells)
    _refuse_cells(con, table, values, batch, cells, lost)
    names = ", ".join(quoted(c.name) for c in table.columns)
    con.execute(
        f"CREATE TABLE {quoted(rows)} AS SELECT {names}, _file, _record, _line FROM typed t "
        f"WHERE NOT ({lost})"
    )
    con.execute("DROP TABLE typed")


def _absent(column: Column) -> str:
    if column.key and not column.required and column.kind is Kind.CATEGORY:
        return "''"
    return f"NULL::{column.kind.sql}"


def _lost_condition(table: Table) -> str:
    """What costs a record: a required value that is missing or unreadable, an entry that is none."""
    parts = [f"t.{quoted(c.name)} IS NULL" for c in table.columns if c.required]
    parts += [f"t.{quoted('bad ' + c.name)}" for c in table.columns if c.entry]
    if table.one_of:
        parts.append(" AND ".join(f"t.{quoted(name)} IS NULL" for name in table.one_of))
    return " OR ".join(f"({part})" for part in parts) or "false"


def _refuse_records(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    values: Mapping[str, Typed],
    batch: Batch,
    cells: str,
) -> None:
    """The first column that costs a record is the one it is refused for."""
    done = "false"
    for column in table.columns:
        bad, name = f"t.{quoted('bad ' + column.name)}", f"t.{quoted(column.name)}"
        if column.required:
            lost = f"{name} IS NULL"
        elif column.entry:
            lost = bad
        elif table.one_of and column.name == table.one_of[-1]:
            lost = " AND ".join(f"t.{quoted(n)} IS NULL" for n in table.one_of)
        else:
            continue
        typed = values.get(column.name)
        reason = literal(typed.reason if typed and typed.reason else "unreadable")
        con.execute(
            f"INSERT INTO refused SELECT {_name_of(batch)}, t._record, t._line, "
            f"{literal(_shown(typed, column))}, {_cell_text(typed)}, "
            f"CASE WHEN {bad} THEN {reason} ELSE 'missing' END, {_place(table, batch)} "
            f"FROM typed t JOIN {quoted(cells)} c USING (_file, _record) "
            f"WHERE ({lost}) AND NOT ({done})"
        )
        done = f"{done} OR ({lost})"


def _refuse_cells(
    con: duckdb.DuckDBPyConnection,
    table: Table,
    values: Mapping[str, Typed],
    batch: Batch,
    cells: str,
    lost: str,
) -> None:
    for column in table.columns:
        typed = values.get(column.name)
        if typed is None or typed.bad == "false" or column.required or column.entry:
            continue
        con.execute(
            f"INSERT INTO refused_cells SELECT {_name_of(batch)}, t._record, t._line, "
            f"{literal(_shown(typed, column))}, {_cell_text(typed)}, {literal(typed.reason)}, "
            f"{_place(table, batch)} FROM typed t JOIN {quoted(cells)} c USING (_file, _record) "
            f"WHERE t.{quoted('bad ' + column.name)} AND NOT ({lost})"
        )


def _keep_stages(
    con: duckdb.DuckDBPyConnection,
    rows: str,
    cells: str,
    table: Table,
    typed: list[Typed],
    stages: list[tuple[str, Typed]],
    batch: Batch,
    blank: str,
) -> None:
    """One row for each stage that a record gives a time of."""
    shared = {t.field.column.name: t for t in typed}
    key = " AND ".join(f"({shared[n].value}) IS NULL" for n in table.one_of if n in shared)
    keyed = next(shared[n] for n in table.one_of if n in shared)
    con.execute(
        f"INSERT INTO refused SELECT {_name_of(batch)}, _record, _line, "
        f"{literal(_shown(keyed, keyed.field.column))}, '', 'missing', {_place(table, batch)} "
        f"FROM {quoted(cells)} c WHERE NOT {blank} AND ({key})"
    )
    filled = " OR ".join(f"({t.value}) IS NOT NULL" for _, t in stages)
    for _name, one in stages:
        con.execute(
            f"INSERT INTO refused_cells SELECT {_name_of(batch)}, _record, _line, "
            f"{literal(_shown(one, one.field.column))}, {_cell_text(one)}, {literal(one.reason)}, "
            f"{_place(table, batch)} FROM {quoted(cells)} c "
            f"WHERE ({one.bad}) AND NOT ({key}) AND ({filled})"
        )
    first = stages[0][1]
    con.execute(
        f"INSERT INTO refused SELECT {_name_of(batch)}, _record, _line, "
        f"{literal(_shown(first, first.field.column))}, {_cell_text(first)}, "
        f"{literal(first.reason)}, {_place(table, batch)} FROM {quoted(cells)} c "
        f"WHERE NOT {blank} AND NOT ({key}) AND NOT ({filled})"
    )
    selects = []
    for name, one in stages:
        picked = ", ".join(
            f"{_stage_value(c, name, one, shared)} AS {quoted(c.name)}" for c in table.columns
        )
        selects.append(
            f"SELECT {picked}, _file, _record, _line FROM {quoted(cells)} "
            f"WHERE ({one.value}) IS NOT NULL AND NOT ({key})"
        )
    con.execute(f"CREATE TABLE {quoted(rows)} AS {' UNION ALL '.join(selects)}")


def _stage_value(column: Column, stage: str, entered: Typed, shared: Mapping[str, Typed]) -> str:
    if column.name == "stage":
        return literal(stage)
    if column.name == "entered_at":
        return entered.value
    return shared[column.name].value if column.name in shared else _absent(column)


def _place(table: Table, batch: Batch) -> str:
    """Detail, table and part of a refusal."""
    return f"NULL, {literal(table.name)}, {batch.number}"


def _name_of(batch: Batch) -> str:
    cases = " ".join(
        f"WHEN {place} THEN {literal(part.name)}" for place, part in enumerate(batch.parts)
    )
    return f"CASE _file {cases} END"


def _shown(typed: Typed | None, column: Column) -> str:
    return (typed.field.spec.column if typed else None) or column.name


def _cell_text(typed: Typed | None) -> str:
    if typed is None:
        return "''"
    phones = typed.field.column.kind in (Kind.TEXT, Kind.CATEGORY)
    return masked_expression(f"c.{quoted(typed.field.cell)}", phones=phones)


def _count_by_file(con: duckdb.DuckDBPyConnection, query: str, batch: Batch) -> list[int]:
    found = dict(con.execute(f"SELECT _file, count(*) FROM ({query}) GROUP BY 1").fetchall())
    return [int(found.get(place, 0)) for place in range(len(batch.parts))]


def _mapped(
    table: Table, fields: list[Field], stages: Mapping[str, Field], batch: Batch
) -> Iterator[MappedColumn]:
    source = batch.parts[0].name
    for field in fields:
        if field.spec.column:
            yield MappedColumn(table.name, field.column.name, None, source, field.spec.column)
    for name, field in stages.items():
        if field.spec.column:
            yield MappedColumn(table.name, "entered_at", name, source, field.spec.column)
