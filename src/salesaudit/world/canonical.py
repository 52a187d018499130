"""Exports in the audit's own words: a file per table, its headers the table's columns.

Times are UTC, days the company's own. Beside the files stands the ``salesaudit.yaml`` that reads
them.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from salesaudit.warehouse import schema
from salesaudit.warehouse.schema import Kind
from salesaudit.world.activities import ANSWERED, KINDS, NOT_ANSWERED
from salesaudit.world.base import HOUR, Times
from salesaudit.world.columns import Table
from salesaudit.world.export import Field, File, Write
from salesaudit.world.statuses import OPEN_WORDS
from salesaudit.world.tables import LEAD, TEST
from salesaudit.world.truth import Company

MARK = "record_type"  # which leads the company's own staff made up to try a form
STAMP = "%Y-%m-%dT%H:%M:%SZ"  # 2023-01-25T07:30:00Z
WORDS = {
    ("deals", "status"): {"Closed Won": "won", "Closed Lost": "lost"}
    | dict.fromkeys(OPEN_WORDS, "open"),
    ("activities", "kind"): {kind.name: kind.means for kind in KINDS},
    ("activities", "outcome"): {ANSWERED: "reached", NOT_ANSWERED: "no_answer"},
    ("leads", "kind"): {LEAD: "lead", TEST: "test"},
}


def canonical_files(company: Company, tables: dict[str, Table]) -> tuple[File, ...]:
    """A file for each of these tables, with those of its columns that are there."""
    return tuple(
        File(f"{name}.csv", name, _fields(company, schema.TABLES[name], tables[name]))
        for name in tables
        if name in schema.TABLES
    )


def settings_text(company: Company, files: tuple[File, ...]) -> str:
    """The ``salesaudit.yaml`` that reads these files."""
    lines = [
        f"company: {_quoted(company.name)}",
        f"currency: {company.currency}",
        f"timezone: {company.timezone}",
        f"gross_margin: {company.gross_margin}",
        "funnel:",
        *(
            f"  - {{stage: {_quoted(stage)}, role: {role}}}"
            for stage, role in zip(company.stages, company.roles, strict=True)
        ),
        f"automated_actors: [{_quoted(company.automated)}]",
        "sources:",
    ]
    for file in files:
        lines += [f"  - read: {file.name}", f"    into: {file.table}"]
        headers = [field.header for field in file.fields]
        if MARK in headers:
            lines.append(f"    where: {MARK} <> 'test'")
        lines.append("    columns:")
        lines += [_line(file.table, header) for header in headers if header != MARK]
        if file.table == "spend" and "kind" not in headers:
            lines.append("      kind: {value: media}")
    return "\n".join(lines) + "\n"


def _line(table: str, header: str) -> str:
    """How a column is read: times by their format, so that a few that are none refuse a few."""
    column = schema.TABLES[table].column(header)
    if column is not None and column.kind is Kind.TIME:
        return f'      {header}: {{column: {header}, format: "{STAMP}", timezone: UTC}}'
    return f"      {header}: {header}"


def _fields(company: Company, declared: schema.Table, table: Table) -> tuple[Field, ...]:
    fields = [
        Field(column.name, column.name, _writer(company, declared.name, column))
        for column in declared.columns
        if column.name in table
    ]
    if declared.name == "leads":
        fields.append(Field(MARK, "kind", _mapped(WORDS["leads", "kind"])))
    return tuple(fields)


def _writer(company: Company, table: str, column: schema.Column) -> Write:
    if (table, column.name) in WORDS:
        return _mapped(WORDS[table, column.name])
    if column.kind is Kind.TIME:
        zone = ZoneInfo(company.timezone)
        return lambda values: _utc(values, zone)
    return {Kind.DAY: _day, Kind.MONEY: _money, Kind.COUNT: _number, Kind.NUMBER: _number}.get(
        column.kind, _text
    )


def _utc(values: Times, zone: ZoneInfo) -> list[str]:
    """The company's own times as UTC; its offset is looked up once for every hour."""
    hours, place = np.unique(values.astype("datetime64[h]"), return_inverse=True)
    offsets = [0 if np.isnat(hour) else _offset(int(hour.astype(np.int64)), zone) for hour in hours]
    moved = values - np.array(offsets, dtype=np.int64)[place]
    texts = np.datetime_as_string(moved.astype("datetime64[s]"), unit="s").tolist()
    return ["" if text == "NaT" else f"{text}Z" for text in texts]


def _offset(hour: int, zone: ZoneInfo) -> int:
    """Seconds by which the zone is ahead of UTC in this hour of its own time."""
    local = datetime.fromtimestamp(hour * HOUR, tz=UTC).replace(tzinfo=zone)
    ahead = local.utcoffset()
    return int(ahead.total_seconds()) if ahead else 0


def _mapped(words: dict[str, str]) -> Write:
    return lambda values: [words.get(value, value) for value in values.tolist()]


def _text(values: NDArray[Any]) -> list[str]:
    return [str(value) for value in values.tolist()]


def _day(values: NDArray[Any]) -> list[str]:
    days = np.datetime_as_string(values.astype("datetime64[D]"), unit="D").tolist()
    return ["" if day == "NaT" else day for day in days]


def _money(values: NDArray[Any]) -> list[str]:
    return ["" if value != value else f"{value:.2f}" for value in values.tolist()]  # noqa: PLR0124


def _number(values: NDArray[Any]) -> list[str]:
    return ["" if value != value else f"{value:.10g}" for value in values.tolist()]  # noqa: PLR0124


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
