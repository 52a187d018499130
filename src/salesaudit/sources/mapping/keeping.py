"""Keeping: the rows of a canonical table, and the records and cells that are refused."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections.abc import Mapping, Sequence

from salesaudit.sources.mapping.batch import Batch
from salesaudit.sources.mapping.cells import Cells
from salesaudit.sources.mapping.fields import Field
from salesaudit.sources.mapping.values import Typed
from salesaudit.sources.privacy import id_expression, mask_names, masked_expression
from salesaudit.warehouse.loads import MERGED_RECORDS
from salesaudit.warehouse.schema import Column, Kind, Table
from salesaudit.warehouse.sql import literal, quoted


def keep(cells: Cells, typed: Sequence[Typed], rows: str, changed: Typed | None = None) -> None:
    """Keep the records that have what they need; refuse the others with their reason.

    Args:
        cells: of the batch.
        typed: its fields.
        rows: view to make: the canonical columns, then ``_file``, ``_record``, ``_line`` and
            ``_modified``.
        changed: when each record was last changed, where that is told.
    """
    con, table = cells.con, cells.table
    values = {t.field.column.name: t for t in typed}
    read = _read(cells)
    picked = ", ".join(
        f"{values[c.name].value if c.name in values else _absent(c)} AS {quoted(c.name)}"
        for c in table.columns
    )
    whys = "".join(f", {t.why} AS {quoted(_why(name))}" for name, t in values.items() if t.why)
    con.execute(
        f"CREATE TABLE {quoted(read)} AS SELECT {picked}{whys}, {_stamp(changed)}, "
        f"_file, _record, _line FROM {quoted(cells.name)} WHERE NOT {cells.blank}"
    )
    for name in values:
        column = table.column(name)
        if column is not None and column.written:
            mask_names(con, read, name)
    _fold_parts(cells, values)
    costly = _costly(table, values)
    if changed is None:
        costly = _completed(cells, costly)
    lost = _any(costly)
    unread = {
        name: f"t.{quoted(_why(name))} IS NOT NULL AND NOT ({lost})"
        for name, t in values.items()
        if t.why and name not in costly
    }
    conditions = [*costly.values(), *unread.values()]
    seen = _seen(cells, read, conditions)
    done = "false"
    for name, condition in costly.items():
        if condition in seen:
            chosen = f"({condition}) AND NOT ({done})"
            _refuse(cells, "refused", values.get(name), table.column(name), chosen)
            done = f"{done} OR ({condition})"
    for name, condition in unread.items():
        if condition in seen:
            _refuse(cells, "refused_cells", values[name], table.column(name), condition)
    names = ", ".join(quoted(c.name) for c in table.columns)
    con.execute(
        f"CREATE VIEW {quoted(rows)} AS SELECT {names}, _file, _record, _line, _modified "
        f"FROM {quoted(read)} t WHERE NOT ({done})"
    )


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
        if not one.why:
            continue
        con.execute(
            f"INSERT INTO refused_cells SELECT {_name_of(batch)}, _record, _line, "
            f"{literal(_shown(one, one.field.column))}, {_cell_text(one)}, {one.why}, "
            f"{_place(table, batch)} FROM {quoted(cells.name)} c "
            f"WHERE ({one.why}) IS NOT NULL AND NOT ({key}) AND ({filled})"
        )
    first = stages[0][1]
    con.execute(
        f"INSERT INTO refused SELECT {_name_of(batch)}, _record, _line, "
        f"{literal(_shown(first, first.field.column))}, {_cell_text(first)}, "
        f"coalesce({first.why or 'NULL'}, 'missing'), {_place(table, batch)} "
        f"FROM {quoted(cells.name)} c WHERE NOT {blank} AND NOT ({key}) AND NOT ({filled})"
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


def keep_merges(
    cells: Cells, typed: Sequence[Typed], merged: Field, *, separator: str | None, into: bool
) -> None:
    """Keep what a source says of merged records.

    Args:
        cells: of the batch.
        typed: its fields; the record's own id is one of them.
        merged: the ids that it replaced, or the one that it was merged into.
        separator: what stands between several ids in one cell.
        into: whether it was merged into that one.
    """
    own = f"({next(t.value for t in typed if (t.field.column.name,) == cells.table.key)})"
    cell = quoted(merged.cell)
    ids = f"unnest(string_split({cell}, {literal(separator)}))" if separator else cell
    other = id_expression("trim(other)")
    old, new = (own, other) if into else (other, own)
    cells.con.execute(
        f"INSERT INTO {MERGED_RECORDS} SELECT DISTINCT {literal(cells.table.name)}, {old}, {new}, "
        f"{cells.batch.number} FROM (SELECT *, {ids} AS other FROM {quoted(cells.name)}) "
        f"WHERE trim(other) <> '' AND {old} <> {new}"
    )


def blank_by_file(cells: Cells, *, of_stages: bool) -> list[int]:
    """How many records say nothing of the table, once they are kept."""
    if of_stages:
        return cells.count_by_file(f"SELECT _file FROM {quoted(cells.name)} WHERE {cells.blank}")
    given = cells.count_by_file(f"SELECT _file FROM {quoted(cells.name)}")
    read = cells.count_by_file(f"SELECT _file FROM {quoted(_read(cells))}")
    return [a - b for a, b in zip(given, read, strict=True)]


def _costly(table: Table, values: Mapping[str, Typed]) -> dict[str, str]:
    """What costs a record, by column: a required value is not there, an entry is no date."""
    found = {}
    for column in table.columns:
        name = f"t.{quoted(column.name)}"
        if column.required:
            found[column.name] = f"{name} IS NULL"
        elif column.entry and column.name in values and values[column.name].why:
            found[column.name] = f"t.{quoted(_why(column.name))} IS NOT NULL"
        elif table.one_of and column.name == table.one_of[-1]:
            found[column.name] = " AND ".join(f"t.{quoted(n)} IS NULL" for n in table.one_of)
    return found


def _completed(cells: Cells, costly: Mapping[str, str]) -> dict[str, str]:
    """The same, but for records that lack what another one of their file and key says."""
    table, names = cells.table, [c.name for c in cells.table.columns if c.required and not c.key]
    if not _seen(cells, _read(cells), [costly[name] for name in names]):
        return dict(costly)
    key = ", ".join(f"t.{quoted(name)}" for name in ("_file", *table.key))
    whole = f"(SELECT {key} FROM {quoted(_read(cells))} t WHERE NOT ({_any(costly)}))"
    given = {row[0] for row in cells.con.execute(f"DESCRIBE {quoted(_read(cells))}").fetchall()}
    unread = [f"t.{quoted(_why(n))} IS NOT NULL" for n in names if _why(n) in given]
    excused = f"(NOT ({' OR '.join(unread) or 'false'}) AND ({key}) IN {whole})"
    return {
        name: f"({condition}) AND NOT {excused}" if name in names else condition
        for name, condition in costly.items()
    }


def _fold_parts(cells: Cells, values: Mapping[str, Typed]) -> None:
    """Leave empty what differs between the parts of one row: it is true of none of the whole."""
    read, key = quoted(_read(cells)), _key(cells.table)
    for name in (c.name for c in cells.table.columns if c.of_part and c.name in values):
        cells.con.execute(
            f"UPDATE {read} t SET {quoted(name)} = NULL WHERE ({key}) IN "
            f"(SELECT {key} FROM {read} GROUP BY ALL HAVING count(DISTINCT {quoted(name)}) > 1)"
        )


def _key(table: Table) -> str:
    return ", ".join(quoted(name) for name in table.key)


def _any(conditions: Mapping[str, str]) -> str:
    return " OR ".join(f"({condition})" for condition in conditions.values()) or "false"


def _seen(cells: Cells, read: str, conditions: Sequence[str]) -> set[str]:
    """Those of the conditions that some record meets."""
    if not conditions:
        return set()
    any_of = ", ".join(f"bool_or({condition})" for condition in conditions)
    row = cells.con.execute(f"SELECT {any_of} FROM {quoted(read)} t").fetchone() or ()
    return {condition for condition, met in zip(conditions, row, strict=True) if met}


def _refuse(
    cells: Cells, into: str, typed: Typed | None, column: Column | None, condition: str
) -> None:
    """Keep the records that meet a condition, with the cell of a column and its reason."""
    assert column is not None  # noqa: S101  it is one of the table's
    why = f"t.{quoted(_why(column.name))}" if typed and typed.why else "NULL"
    cells.con.execute(
        f"INSERT INTO {into} SELECT {_name_of(cells.batch)}, t._record, t._line, "
        f"{literal(_shown(typed, column))}, {_cell_text(typed)}, coalesce({why}, 'missing'), "
        f"{_place(cells.table, cells.batch)} FROM {quoted(_read(cells))} t "
        f"JOIN {quoted(cells.name)} c USING (_file, _record) WHERE {condition}"
    )


def _read(cells: Cells) -> str:
    """The table of all records with their values, and the reasons of those that are not there."""
    return f"read_{cells.batch.number}"


def _why(name: str) -> str:
    return f"why {name}"


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
