"""A warehouse that is loaded again and again, and what its tables hold."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

import duckdb

from cli.shell import KEY, Rows, folder
from salesaudit import api
from salesaudit.cli.console import Voice
from salesaudit.core.language import Language
from salesaudit.sources.ingest import Loaded
from salesaudit.warehouse.schema import TABLES

BUILT = ("journeys", "known_deals", "funnel_stages", "recorded")


class Kept:
    """A warehouse in a folder of its own; each load comes from a folder of its own."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.warehouse = place / "warehouse"
        self._loads = 0

    def load(self, files: Mapping[str, str | bytes], *, rebuild: bool = False) -> Loaded:
        """Load a folder of exports."""
        self._loads += 1
        exports = folder(self.place / f"exports {self._loads}", dict(files))
        return self.ingest(exports, rebuild=rebuild)

    def ingest(self, exports: Path, *, rebuild: bool = False) -> Loaded:
        """Load what a path names."""
        with mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": KEY}):
            loaded = api.ingest(exports, self.warehouse, rebuild=rebuild)
        for entry in loaded.entries:
            assert entry.read == entry.loaded + entry.refused, entry
        return loaded

    @property
    def file(self) -> Path:
        """The newest version."""
        pointer = json.loads((self.warehouse / "warehouse.json").read_text())
        return self.warehouse / str(pointer["file"])

    def ask(self, query: str) -> Rows:
        """The rows of a query over the newest version (tables named ``w.leads``)."""
        with duckdb.connect() as con:
            con.execute(f"ATTACH '{self.file}' AS w (READ_ONLY)")
            return con.execute(query).fetchall()

    def tables(self) -> dict[str, Rows]:
        """All rows of all tables that measures read."""
        with duckdb.connect(str(self.file), read_only=True) as con:
            return {
                name: con.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall()
                for name in (*TABLES, *BUILT)
            }


def said(loaded: Loaded) -> list[str]:
    """What a load says, in English."""
    notes = (*(note for entry in loaded.entries for note in entry.notes), *loaded.notes)
    return [Voice(Language.EN).write(note) for note in notes]


def deals(*rows: str, columns: str = "") -> str:
    """An export of deals; a row is ``D1,open,s1,100`` and what further columns hold."""
    head = f"deal_id,status,stage,amount{columns and ','}{columns},created_at,closed_at\n"
    return head + "".join(
        f"{row},2024-01-05,{'2024-01-20' if ',won,' in row or ',lost,' in row else ''}\n"
        for row in rows
    )


def many(n: int, status: str = "open") -> list[str]:
    """Rows of deals."""
    return [f"D{i:03},{status},s1,{100 + i}" for i in range(n)]
