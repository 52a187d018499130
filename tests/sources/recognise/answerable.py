"""Which questions an export makes answerable, found by loading samples and auditing them.

A sample has a few rows, and an estimate wants more: so its canonical rows are repeated under
other ids and on other days, as if more of the same kind had been exported.
"""

from __future__ import annotations

import os
import tempfile
from datetime import date, timedelta
from pathlib import Path
from unittest import mock

import duckdb
from ruamel.yaml import YAML

from cli.shell import KEY, folder
from salesaudit import api
from salesaudit.core.errors import SourceError, WarehouseError
from salesaudit.run.result import AnswerPart
from salesaudit.sources.recognise.preset import read_preset
from salesaudit.warehouse.engine import open_warehouse
from salesaudit.warehouse.schema import TABLES, Kind, Table
from salesaudit.warehouse.sql import quoted
from sources.recognise.samples import Files, folder_of, sample, sample_names

FILE = Path(__file__).parents[1] / "answerable.yaml"
TIMES, DAYS_APART = 90, 8  # two years of the same
OF_PEOPLE = {"reps.rep_id"}  # the same people all the time
SAID = {"answered": "{}", "partial": "({})"}  # in part: in parentheses


Answered = dict[str, dict[str, list[str]]]


def of_export(name: str) -> list[str]:
    """What an export answers, all by itself."""
    given = sample(name)
    try:
        return answers(folder_of({given["file"]: given["text"]}, given))
    except SourceError:  # by itself there is nothing in it to load
        return []


def of_system(system: str) -> list[str]:
    """What all known exports of a system answer, brought together."""
    given = [sample(name) for name in names_of(system)]
    return answers(folder_of({one["file"]: one["text"] for one in given}, *given))


def systems() -> list[str]:
    """The systems whose exports there are samples of."""
    return sorted({read_preset(name).system for name in sample_names()}, key=str.casefold)


def names_of(system: str) -> list[str]:
    """The exports of a system."""
    return [name for name in sample_names() if read_preset(name).system == system]


def asked() -> bool:
    """Whether what is answered is to be written anew."""
    return bool(os.environ.get("SALESAUDIT_UPDATE_ANSWERABLE"))


def kept() -> Answered:
    """What is answered, as written: of exports, of systems, of databases."""
    found: Answered = _yaml().load(FILE.read_text(encoding="utf-8"))
    return found


def keep(**parts: dict[str, list[str]]) -> None:
    """Write some parts of it anew."""
    written = {**kept(), **parts}
    with FILE.open("w", encoding="utf-8") as file:
        _yaml().dump(written, file)


def _yaml() -> YAML:
    yaml = YAML(typ="safe", pure=True)
    yaml.width = 100
    return yaml


def answers(files: Files) -> list[str]:
    """The questions that are answered from a folder; those answered in part in parentheses."""
    with (
        mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": KEY}),
        tempfile.TemporaryDirectory(prefix="answerable-") as made,
    ):
        place = folder(Path(made), files)
        warehouse = place / "warehouse"
        try:
            api.ingest(place, warehouse, once=True)
        except WarehouseError:  # there is no day on which anything happened
            return []
        found = api.audit(warehouse, as_of=_repeat(warehouse)).answers
    return [SAID[a.status].format(name) for name, a in found.items() if _says_something(a)]


def _says_something(answer: AnswerPart) -> bool:
    """There is a number that is not nought; that cases are open answers nothing."""
    numbers = {name: one.value for name, one in answer.estimates.items() if name != "deals_open"}
    return answer.status in SAID and any(numbers.values())


def _repeat(warehouse: Path) -> date:
    """Repeat the rows of a warehouse; returns the day on which the last of them are known."""
    with open_warehouse(warehouse) as opened:
        file, until = opened.file, opened.built_until
    with duckdb.connect(str(file)) as con:
        for table in TABLES.values():
            con.execute(_repeated(table))
    return until + timedelta(DAYS_APART * (TIMES - 1))


def _repeated(table: Table) -> str:
    """More rows of a table: other records, on other days, of the same people and campaigns."""
    cells = []
    moved = False
    for column in table.columns:
        name = quoted(column.name)
        if column.kind in (Kind.ID, Kind.HASH) and not _of_a_person(table, column.name):
            cells.append(f"{name} || '-' || n")
            moved = moved or column.key
        elif column.kind in (Kind.TIME, Kind.DAY):
            cells.append(
                f"CAST({name} + to_days(CAST({DAYS_APART} * n AS INT)) AS {column.kind.sql})"
            )
            moved = moved or column.key
        else:
            cells.append(name)
    if not moved:
        return "SELECT 1"
    return (
        f"INSERT INTO {table.name} SELECT {', '.join(cells)} "
        f"FROM {table.name}, range(1, {TIMES}) r(n)"
    )


def _of_a_person(table: Table, name: str) -> bool:
    column = table.column(name)
    return column is not None and (
        f"{table.name}.{name}" in OF_PEOPLE or column.refers in OF_PEOPLE
    )
