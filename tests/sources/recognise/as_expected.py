"""A sample against what it says is to come of it, through the same door as a company's files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cli.shell import Rows, load
from salesaudit.sources.ingest import Loaded
from salesaudit.warehouse.schema import TABLES
from salesaudit.warehouse.sql import literal, quoted
from sources.recognise.samples import files_of, sample

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


def check_sample(name: str, place: Path) -> None:
    """The sample is recognised and loads, and nothing private is kept of it."""
    given = sample(name)
    loaded, ask = load(place, files_of(given), once=True)
    taken = {e.recognised.preset.preset for e in loaded.entries if e.recognised}
    assert name in taken
    for table, expected in given["expects"].items():
        _check_table(ask, table, expected)
    _check_notes(loaded, given.get("notes", []))
    _check_privacy(ask, given)


def _check_table(ask: Callable[[str], Rows], table: str, expected: dict[str, Any]) -> None:
    """The table has as many rows, and among them these."""
    seen = ask(f"FROM w.{table}")
    assert len(seen) == expected.get("rows", len(seen)), seen
    for row in expected.get("has", []):
        means = " AND ".join(
            f"CAST({quoted(column)} AS VARCHAR) IS NOT DISTINCT FROM "
            + ("NULL" if value is None else literal(str(value)))
            for column, value in row.items()
        )
        assert ask(f"SELECT count(*) FROM w.{table} WHERE {means}") == [(1,)], (row, seen)


def _check_notes(loaded: Loaded, ids: list[str]) -> None:
    """These were said."""
    said = {note.id for note in loaded.notes}
    said |= {note.id for entry in loaded.entries for note in entry.notes}
    said |= {
        f"traps.{trap}"
        for entry in loaded.entries
        if entry.recognised
        for trap in entry.recognised.preset.traps
    }
    assert set(ids) <= said


def _check_privacy(ask: Callable[[str], Rows], given: dict[str, Any]) -> None:
    """No contact's address or name of the sample stands in any table."""
    texts = [given["text"], *given.get("beside", {}).values()]
    private = {word for text in texts for word in ADDRESS.findall(text)}
    private |= set(given.get("private", []))
    cells = " UNION ALL ".join(
        f"SELECT unnest(json_extract_string(to_json(t), '$.*')) FROM w.{table} t"
        for table in TABLES
    )
    for (cell,) in ask(cells):
        assert not [word for word in private if word.casefold() in (cell or "").casefold()], cell
