"""A batch: all files of one source as a single table of text."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from salesaudit.sources.raw import RawTable
from salesaudit.warehouse.sql import quoted


class Batch(NamedTuple):
    """The raw tables of one source, united by the names of their columns."""

    parts: tuple[RawTable, ...]
    view: str  # the columns, then _file (place in ``parts``), _record, _line
    columns: tuple[str, ...]
    number: int  # of the source, in the order of the settings

    @property
    def label(self) -> str:
        """How messages name it."""
        first, *others = (part.name for part in self.parts)
        return f"{first} (+{len(others)})" if others else first


def unite(con: duckdb.DuckDBPyConnection, parts: Sequence[RawTable], number: int) -> Batch:
    """Unite the files of a source: a column that one of them lacks is empty there."""
    columns = tuple(dict.fromkeys(name for part in parts for name in part.columns))
    selects = [
        f"SELECT {', '.join(_cell(name, part) for name in columns)}, "
        f"{place} AS _file, _record, _line FROM {quoted(part.table)}"
        for place, part in enumerate(parts)
    ]
    view = f"batch_{number}"
    con.execute(f"CREATE VIEW {quoted(view)} AS {' UNION ALL '.join(selects)}")
    return Batch(tuple(parts), view, columns, number)


def _cell(name: str, part: RawTable) -> str:
    return quoted(name) if name in part.columns else f"NULL::VARCHAR AS {quoted(name)}"
