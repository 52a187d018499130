"""A task: one file to be read, and how."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import duckdb

from salesaudit.warehouse.sql import literal

ACCEPT_REFUSED = 0.1  # share of records; above it a load stops and asks

Progress = Callable[[int, int], None]


class Task(NamedTuple):
    """One file to be read into raw tables of text."""

    con: duckdb.DuckDBPyConnection
    path: Path
    name: str  # of the source, for messages and for the tables
    scratch: Path  # folder for clean and unpacked copies
    encoding: str | None = None  # of the file, where the settings say it
    pages: tuple[str, ...] = ()  # code pages of the company's country
    header: tuple[str, ...] = ()  # names of the columns, where no line of the file names them
    accept_refused: float = ACCEPT_REFUSED
    progress: Progress | None = None


def free_table(con: duckdb.DuckDBPyConnection, name: str) -> str:
    """A name for the raw table of a source that no table has yet and that needs no quoting."""
    plain = "raw_" + (re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_")[:60] or "file")
    taken = {
        str(row[0])
        for row in con.execute("SELECT table_name FROM information_schema.tables").fetchall()
    }
    table, again = plain, 2
    while table in taken:
        table, again = f"{plain}_{again}", again + 1
    return table


def path_literal(path: Path) -> str:
    """A path as the engine's readers take it: they see patterns in ``*``, ``?`` and ``[``."""
    return literal(re.sub(r"([*?\[])", r"[\1]", str(path)))
