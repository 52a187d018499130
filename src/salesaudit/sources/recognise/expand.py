"""Expanding: from a preset and the files that it fits to sources in the form of the settings."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from salesaudit.core.settings import ColumnSpec, ReadSelect, SourceSpec
from salesaudit.sources.raw import RawTable
from salesaudit.sources.recognise.headers import currency_of
from salesaudit.sources.recognise.preset import (
    FILE,
    NAMED,
    TABLE,
    Preset,
    PresetSource,
    Ways,
    names_in,
    ways_of,
)
from salesaudit.warehouse.schema import TABLES, Kind, Table
from salesaudit.warehouse.sql import quoted


class Group(NamedTuple):
    """Files of one preset that call their columns alike."""

    preset: Preset
    found: Mapping[str, str]  # our short names: the files' columns
    raws: tuple[RawTable, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of all of them."""
        return tuple(dict.fromkeys(column for raw in self.raws for column in raw.columns))


def sources_of(
    groups: Sequence[Group], presets: Collection[str]
) -> Iterator[tuple[SourceSpec, tuple[RawTable, ...]]]:
    """The sources that the files of a preset can fill, each with the files that it reads.

    One that lacks what its table requires is left out.

    Args:
        groups: the files of one preset.
        presets: those that some file of the folder fits.
    """
    for source in groups[0].preset.sources:
        if source.unless in presets:
            continue
        if isinstance(source.read, ReadSelect):
            if _names_known(source.read.select, presets):
                yield _over_tables(source, source.read.select, groups), ()
            continue
        for group in groups:
            spec = _over_files(source, group)
            if spec is not None:
                yield spec, group.raws


def view_name(preset: str) -> str:
    """What the files of a preset are called in a select; no file has such a name."""
    return f"preset {preset}"


def empty_view_sql(preset: Preset) -> str:
    """A query for a preset that no file fits, where a select can do without it."""
    cells = ", ".join(f"NULL::VARCHAR AS {quoted(name)}" for name in preset.headers)
    return f"SELECT {cells} WHERE false"


def tables_in(preset: Preset) -> set[str]:
    """The presets that a preset's selects name."""
    return {
        preset.preset if f"${name}" == FILE else name
        for source in preset.sources
        if isinstance(source.read, ReadSelect)
        for name, _ in TABLE.findall(source.read.select)
    }


def view_sql(groups: Sequence[Group]) -> str:
    """A query for the files of a preset, whose columns are our short names."""
    names = groups[0].preset.headers
    selects = [
        "SELECT "
        + ", ".join(f"{_cell(group.found.get(name), raw)} AS {quoted(name)}" for name in names)
        + f" FROM main.{quoted(raw.table)}"
        for group in groups
        for raw in group.raws
    ]
    return " UNION ALL ".join(selects)


def _cell(column: str | None, raw: RawTable) -> str:
    return quoted(column) if column in raw.columns and column else "NULL::VARCHAR"


def _over_files(source: PresetSource, group: Group) -> SourceSpec | None:
    columns = _resolved(_with_currency(source, group.found), group.found)
    stages = _resolved(source.stages or {}, group.found)
    if source.stages_like:
        like = re.compile(source.stages_like, re.IGNORECASE)
        for column in group.columns:
            match = like.fullmatch(column)
            if match:
                stages[match["stage"].strip()] = ColumnSpec(column=column)
    by_stages = bool(source.stages or source.stages_like)
    if not _can_fill(TABLES[source.into], columns, by_stages) or (by_stages and not stages):
        return None
    of_record = {
        name: _column(spec, group.found)
        for name in ("merged_ids", "merged_into", "modified")
        if (spec := getattr(source, name)) is not None
    }
    return _as_settings(
        source,
        group.preset,
        read="",
        columns=columns,
        stages=stages or None,
        where=_expression(source.where, group),
        names=tuple(group.found[name] for name in source.names if name in group.found),
        **of_record,
    )


def _names_known(query: str, presets: Collection[str]) -> bool:
    needed = {name for name, mark in TABLE.findall(query) if f"${name}" != FILE and not mark}
    return needed <= set(presets)


def _over_tables(source: PresetSource, query: str, groups: Sequence[Group]) -> SourceSpec:
    preset = groups[0].preset

    def named(match: re.Match[str]) -> str:
        return quoted(view_name(preset.preset if match[0] == FILE else match[1]))

    has = {name for group in groups for name in group.found}
    lacking = set(preset.headers) - has
    return _as_settings(
        source,
        preset,
        read=ReadSelect(select=TABLE.sub(named, query)),
        name=source.name or f"{preset.preset} ({source.into})",
        columns={
            name: _without(ways_of(ways)[0], lacking) for name, ways in source.columns.items()
        },
    )


def _without(spec: ColumnSpec, lacking: set[str]) -> ColumnSpec:
    """A column whose currency, if no file says it, is the company's."""
    beside = names_in(spec.currency) if isinstance(spec.currency, ColumnSpec) else []
    return spec.model_copy(update={"currency": None}) if lacking & set(beside) else spec


def _as_settings(source: PresetSource, preset: Preset, **changed: object) -> SourceSpec:
    """A source as a company would have written it."""
    given = {name: getattr(source, name) for name in SourceSpec.model_fields}
    zone = source.timezone or ("UTC" if preset.timezone == "utc" else None)
    return SourceSpec.model_validate({**given, "timezone": zone, **changed})


def _can_fill(table: Table, columns: Mapping[str, ColumnSpec], by_stages: bool) -> bool:
    given = {*columns, *(("stage", "entered_at") if by_stages else ())}
    required = {column.name for column in table.columns if column.required}
    return required <= given and (not table.one_of or bool(set(table.one_of) & given))


def _resolved(columns: Mapping[str, Ways], found: Mapping[str, str]) -> dict[str, ColumnSpec]:
    """The columns that the file has, each in the first way that it can be had."""
    ways = {
        name: [r for spec in ways_of(given) if (r := _column(spec, found)) is not None]
        for name, given in columns.items()
    }
    return {name: possible[0] for name, possible in ways.items() if possible}


def _column(spec: ColumnSpec, found: Mapping[str, str]) -> ColumnSpec | None:
    """A column whose short names are the file's; None if the file has not what it needs."""
    optional = [name for name, mark in NAMED.findall(spec.sql or "") if mark]
    currency = spec.currency
    beside = names_in(currency) if isinstance(currency, ColumnSpec) else []
    if any(n not in found for n in names_in(spec) if n not in optional and n not in beside):
        return None
    changed: dict[str, object] = {}
    if spec.column:
        changed["column"] = found[spec.column]
    if isinstance(spec.row, tuple):
        changed["row"] = tuple(found[name] for name in spec.row)
    if spec.sql:
        changed["sql"] = _named(spec.sql, found)
    if isinstance(currency, ColumnSpec):
        changed["currency"] = _column(currency, found)
    return spec.model_copy(update=changed)


def _with_currency(source: PresetSource, found: Mapping[str, str]) -> dict[str, Ways]:
    """Amounts whose header names their currency, as ``Amount spent (USD)``, are in it."""
    money = {c.name for c in TABLES[source.into].columns if c.kind is Kind.MONEY}
    return {
        name: tuple(_in_currency(spec, found) for spec in ways_of(given))
        if name in money
        else given
        for name, given in source.columns.items()
    }


def _in_currency(spec: ColumnSpec, found: Mapping[str, str]) -> ColumnSpec:
    codes = {currency_of(found[used]) for used in names_in(spec) if used in found} - {None}
    if spec.currency is not None or len(codes) != 1:
        return spec
    return spec.model_copy(update={"currency": codes.pop()})


def _expression(where: str | None, group: Group) -> str | None:
    """A condition over the file's columns; none where it asks for one that is not there."""
    needed = [name for name, mark in NAMED.findall(where or "") if not mark]
    if where is None or any(name not in group.found for name in needed):
        return None
    return _named(where, group.found)


def _named(expression: str, found: Mapping[str, str]) -> str:
    return NAMED.sub(
        lambda match: quoted(found[match[1]]) if match[1] in found else "NULL::VARCHAR",
        expression,
    )
