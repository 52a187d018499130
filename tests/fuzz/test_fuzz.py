"""Files nobody wrote: whatever comes, nothing is lost unseen and nothing ends in a traceback."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from decimal import Decimal
from pathlib import Path
from unittest import mock

import duckdb
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.shell import KEY
from fuzz.exports import SETTINGS, Deal, Dialect, damaged, deals, dialects, written
from salesaudit.core.errors import SalesAuditError
from salesaudit.sources.ingest import Loaded, ingest

EXAMPLES = int(os.environ.get("SALESAUDIT_FUZZ", "5"))
thorough = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))


def load(place: Path, files: dict[str, bytes]) -> Loaded:
    """Load a folder; the account of every entry closes."""
    for name, content in files.items():
        (place / name).write_bytes(content)
    with mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": KEY}):
        loaded = ingest(place, place / "warehouse")
    for entry in loaded.entries:
        assert entry.read == entry.loaded + entry.refused, entry
        assert entry.loaded == entry.rows + entry.merged + entry.blank, entry
    return loaded


def rows_of(place: Path) -> list[tuple[object, ...]]:
    """The deals of the warehouse."""
    pointer = json.loads((place / "warehouse" / "warehouse.json").read_text())
    with duckdb.connect(str(place / "warehouse" / pointer["file"]), read_only=True) as con:
        return con.execute(
            "SELECT deal_id, closed_at::DATE, amount, coalesce(product, '') FROM deals"
        ).fetchall()


def meant(rows: list[Deal]) -> list[tuple[object, ...]]:
    return [(r.deal, r.closed, Decimal(r.cents) / 100, r.product) for r in rows]


@st.composite
def exports(draw: st.DrawFn) -> tuple[Dialect, list[Deal]]:
    how = draw(dialects)
    if how.kind == "jsonl":
        how = how._replace(encoding="utf-8")
    return how, draw(deals(how.encoding))


@thorough
@given(export=exports())
def test_values_come_out_as_written(export: tuple[Dialect, list[Deal]]) -> None:
    how, rows = export
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        files = {how.name: written(rows, how), "salesaudit.yaml": how.settings.encode()}
        loaded = load(place, files)
        assert sorted(rows_of(place), key=str) == sorted(meant(rows), key=str)
        assert sum(entry.refused for entry in loaded.entries) == 0


@thorough
@given(export=exports(), data=st.data())
def test_what_is_damaged_is_loaded_refused_or_asked_about(
    export: tuple[Dialect, list[Deal]], data: st.DataObject
) -> None:
    how, rows = export
    content = data.draw(damaged(written(rows, how)))
    with tempfile.TemporaryDirectory() as folder:
        files = {how.name: content, "salesaudit.yaml": how.settings.encode()}
        with contextlib.suppress(SalesAuditError):
            load(Path(folder), files)


@thorough
@given(
    content=st.binary(max_size=400), name=st.sampled_from(["a.csv", "a.xlsx", "a.json", "a.zip"])
)
def test_bytes_of_no_kind_are_told(content: bytes, name: str) -> None:
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(SalesAuditError):
        load(Path(folder), {name: content})


@thorough
@given(data=st.data())
def test_settings_of_no_kind_are_told(data: st.DataObject) -> None:
    plain = SETTINGS.format(name="deals.csv", encoding="", format="%Y-%m-%d", decimal=".")
    content = data.draw(damaged(plain.encode()))
    rows = b"deal,closed,amount,product\nD1,2024-01-02,5.00,x\n"
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(SalesAuditError):
        load(Path(folder), {"deals.csv": rows, "salesaudit.yaml": content})
