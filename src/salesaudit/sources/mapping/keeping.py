"""Keeping: the rows of a canonical table, and the records and cells that are refused."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections.abc import Mapping, Sequence

from salesaudit.sources.mapping.batch import Batch
from salesaudit.sources.mapping.cells import Cells
from salesaudit.sources.mapping.values import Typed
from salesaudit.sources.privacy import masked_expression
from salesaudit.warehouse.schema import Column, Kind, Table
from salesaudit.warehouse.sql import literal, quoted


def keep(cells: Cells, typed: Sequence[Typed], rows: str, changed: Typed | None = None) -> None:
    """Keep the records that have what they need; refuse the others with their reason.

    Args:
        cells: of the batch.
        typed: its fields.
        rows: table to make: the canonical columns, then ``_file``, ``_record``, ``_line`` and
            ``_modified``.
        changed: when each record was last changed, where that is told.
    """
    con, table = cells.con, cells.table
    values = {t.field.column.name: t for t in typed}
    picked = ", ".join(
        f"{values[c.name].value if c.name in values else _absent(c)} AS {quoted(c.name)}, "
        f"{values[c.name].bad if c.name in values else 'false'} AS {quoted('bad ' + c.name)}"
        for c in table.columns
    )
    con.execute(
        f"CREATE TEMP TABLE typed AS SELECT _file, _record, _line, {_stamp(changed)}, {picked} "
        f"FROM {quoted(cells.name)} WHERE NOT {cells.blank}"
    )
    lost = _lost_condition(table)
    _refuse_records(cells, values)
    _refuse_cells(cells, values, lost)
    names = ", ".join(quoted(c.name) for c in table.columns)
    con.execute(
        f"CREATE TABLE {quoted(rows)} AS SELECT {names}, _file, _record, _line, _modified "
        f"FROM typed t WHERE NOT ({lost})"
    )
    con.execute("DROP TABLE typed")


def keep_stages(
    cells: Cells,
    typed: Sequence[Typed],
    stages: Sequence[tuple[str, Typed]],
    rows: str,
    changed: Typed | None = None,
) -> None:
    """Keep one row for each stage that a record gives a time of.

    Args:
        cells: of the batch.
        typed: the fields that all stages of a record share.
        stages: the name of each stage and its times.
        rows: table to make, as by ``keep``.
        changed: when each record was last changed, where that is told.
    """
    con, table, batch, blank = cells.con, cells.table, cells.batch, cells.blank
    shared = {t.field.column.name: t for t in typed}
    key = " AND ".join(f"({shared[n].value}) IS NULL" for n in table.one_of if n in shared)
    keyed = next(shared[n] for n in table.one_of if n in shared)
    con.execute(
        f"INSERT INTO refused SELECT {_name_of(batch)}, _record, _line, "
        f"{literal(_shown(keyed, keyed.field.column))}, '', 'missing', {_place(table, batch)} "
        f"FROM {quoted(cells.name)} c WHERE NOT {blank} AND ({key})"
    )
    filled = " OR ".join(f"({t.value}) IS NOT NULL" for _, t in stages)
    for _name, one in stages:
        con.execute(
            f"INSERT INTO refused_cells SELECT {_name_of(batch)}, _record, _line, "
            f"{literal(_shown(one, one.field.column))}, {_cell_text(one)}, {literal(one.reason)}, "
            f"{_place(table, batch)} FROM {quoted(cells.name)} c "
            f"WHERE ({one.bad}) AND NOT ({key}) AND ({filled})"
        )
    first = stages[0][1]
    con.execute(
        f"INSERT INTO refused SELECT {_name_of(batch)}, _record, _line, "
        f"{literal(_shown(first, first.field.column))}, {_cell_text(first)}, "
        f"{literal(first.reason)}, {_place(table, batch)} FROM {quoted(cells.name)} c "
        f"WHERE NOT {blank} AND NOT ({key}) AND NOT ({filled})"
    )
    selects = []
    for name, one in stages:
        picked = ", ".join(
            f"{_stage_value(c, name, one, shared)} AS {quoted(c.name)}" for c in table.columns
        )
        selects.append(
            f"SELECT {picked}, _file, _record, _line, {_stamp(changed)} FROM {quoted(cells.name)} "
            f"WHERE ({one.value}) IS NOT NULL AND NOT ({key})"
        )
    con.execute(f"CREATE TABLE {quoted(rows)} AS {' UNION ALL '.join(selects)}")


def _refuse_records(cells: Cells, values: Mapping[str, Typed]) -> None:
    """The first column that costs a record is the one it is refused for."""
    con, table, batch = cells.con, cells.table, cells.batch
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
            f"FROM typed t JOIN {quoted(cells.name)} c USING (_file, _record) "
            f"WHERE ({lost}) AND NOT ({done})"
        )
        done = f"{done} OR ({lost})"


def _refuse_cells(cells: Cells, values: Mapping[str, Typed], lost: str) -> None:
    con, table, batch = cells.con, cells.table, cells.batch
    for column in table.columns:
        typed = values.get(column.name)
        if typed is None or typed.bad == "false" or column.required or column.entry:
            continue
        con.execute(
            f"INSERT INTO refused_cells SELECT {_name_of(batch)}, t._record, t._line, "
            f"{literal(_shown(typed, column))}, {_cell_text(typed)}, {literal(typed.reason)}, "
            f"{_place(table, batch)} FROM typed t JOIN {quoted(cells.name)} c "
            f"USING (_file, _record) WHERE t.{quoted('bad ' + column.name)} AND NOT ({lost})"
        )


def _stamp(changed: Typed | None) -> str:
    """When a record was last changed; what cannot be read tells nothing."""
    return f"{changed.value if changed else 'NULL::TIMESTAMP'} AS _modified"


def _stage_value(column: Column, stage: str, entered: Typed, shared: Mapping[str, Typed]) -> str:
    if column.name == "stage":
        return literal(stage)
    if column.name == "entered_at":
        return entered.value
    return shared[column.name].value if column.name in shared else _absent(column)


def _absent(column: Column) -> str:
    if column.key and not column.required and column.kind is Kind.CATEGORY:
        return "''"
    return f"NULL::{column.kind.sql}"


def _lost_condition(table: Table) -> str:
    """What costs a record: a required value is missing or unreadable, an entry is no date."""
    parts = [f"t.{quoted(c.name)} IS NULL" for c in table.columns if c.required]
    parts += [f"t.{quoted('bad ' + c.name)}" for c in table.columns if c.entry]
    if table.one_of:
        parts.append(" AND ".join(f"t.{quoted(name)} IS NULL" for name in table.one_of))
    return " OR ".join(f"({part})" for part in parts) or "false"


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
    cell = f"coalesce(c.{quoted(typed.field.cell)}, '')"
    return masked_expression(cell, phones=phones)
