"""Every preset against a sample of its export, through the same door as a company's files."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from cli.shell import Rows, load
from salesaudit.sources.ingest import Loaded
from salesaudit.sources.recognise.preset import export_names
from salesaudit.warehouse.schema import TABLES
from salesaudit.warehouse.sql import literal, quoted

# A database is no file: tests/sources/databases makes one of each.
OF_FILES = export_names()
SAMPLES = Path(__file__).parents[1] / "presets"
ADDRESS = re.compile(r"[\w.+-]+@[\w-]+\.\w+")


def sample(name: str) -> dict[str, Any]:
    """A sample, as written."""
    text = (SAMPLES / f"{name}.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe", pure=True).load(text)


def files_of(given: dict[str, Any]) -> dict[str, str | bytes]:
    """The folder that a sample stands for."""
    files = {given["file"]: given["text"], **given.get("beside", {})}
    settings = given.get("settings")
    if settings:
        files["salesaudit.yaml"] = "\n".join(f"{k}: {v}" for k, v in settings.items())
    return files


@pytest.mark.parametrize("name", OF_FILES)
def test_a_sample_of_each_export_is_recognised_and_loads(name: str, tmp_path: Path) -> None:
    given = sample(name)
    loaded, ask = load(tmp_path, files_of(given))
    taken = {e.recognised.preset.preset for e in loaded.entries if e.recognised}
    assert name in taken
    for table, expected in given["expects"].items():
        check_table(ask, table, expected)
    check_notes(loaded, given.get("notes", []))
    check_privacy(ask, given)


def check_table(ask: Callable[[str], Rows], table: str, expected: dict[str, Any]) -> None:
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


def check_notes(loaded: Loaded, ids: list[str]) -> None:
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


def check_privacy(ask: Callable[[str], Rows], given: dict[str, Any]) -> None:
    """No contact's address or name of the sample stands in any table."""
    texts = [given["text"], *given.get("beside", {}).values()]
    private = {word for text in texts for word in ADDRESS.findall(text)}
    private |= set(given.get("private", []))
    for table in TABLES:
        for row in ask(f"FROM w.{table}"):
            cells = [str(cell) for cell in row if isinstance(cell, str)]
            assert not [(w, c) for w in private for c in cells if w.casefold() in c.casefold()]


def test_every_preset_has_a_sample() -> None:
    assert sorted(path.stem for path in SAMPLES.glob("*.yaml")) == OF_FILES
