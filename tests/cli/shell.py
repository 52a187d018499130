"""The command line as a test runs it: in this process, or as the installed program."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

import duckdb
import pytest

from salesaudit import api
from salesaudit.cli.console import Voice
from salesaudit.cli.main import main
from salesaudit.core.errors import SalesAuditError
from salesaudit.core.language import Language
from salesaudit.sources.ingest import Loaded

Rows = list[tuple[Any, ...]]

PROGRAM = Path(sys.executable).with_name("salesaudit")
KEY = "5a" * 32

LEADS = "lead_id,created_at,channel\n" + "".join(
    f"L{i},2024-{1 + i % 12:02d}-{1 + i % 27:02d},{'web' if i % 2 else 'mail'}\n" for i in range(60)
)
DEALS = "deal_id,lead_id,status,created_at,closed_at,amount\n" + "".join(
    f"D{i},L{i},{'won' if i % 3 == 0 else 'lost'},2024-{1 + i % 12:02d}-{1 + i % 27:02d},"
    f"2025-01-{1 + i % 27:02d},{100 + i}\n"
    for i in range(30)
)
READ_LEADS = (
    "  - {read: leads.csv, into: leads, "
    "columns: {lead_id: lead_id, created_at: created_at, channel: channel}}\n"
)
READ_DEALS = (
    "  - {read: deals.csv, into: deals, columns: {deal_id: deal_id, lead_id: lead_id, "
    "status: status, closed_at: closed_at, amount: amount}}\n"
)


class Ended(NamedTuple):
    """How a command ended."""

    code: int
    out: str
    err: str


def run(*words: object) -> Ended:
    """Run a command in this process."""
    out, err = io.StringIO(), io.StringIO()
    given = ["salesaudit", *map(str, words)]
    with (
        mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": KEY, "COLUMNS": "80", "LANG": "C"}),
        mock.patch.object(sys, "argv", given),
        mock.patch("signal.signal"),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as end:
            code = end.code if isinstance(end.code, int) else 0
    return Ended(code, out.getvalue(), err.getvalue())


def program(*words: object, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the installed program."""
    return subprocess.run(
        [PROGRAM, *map(str, words)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "SALESAUDIT_HASH_KEY": KEY, "LANG": "C", **environment},
    )


def folder(place: Path, files: dict[str, str | bytes]) -> Path:
    """A folder of exports."""
    place.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = place / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return place


def load(
    place: Path, files: dict[str, str | bytes], *, once: bool = False
) -> tuple[Loaded, Callable[[str], Rows]]:
    """Load a folder; returns what was loaded and how to ask the tables (named ``w.leads``)."""
    folder(place, files)
    with mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": KEY}):
        loaded = api.ingest(place, place / "warehouse", once=once)
    for entry in loaded.entries:
        assert entry.read == entry.loaded + entry.refused, entry
    pointer = json.loads((place / "warehouse" / "warehouse.json").read_text())

    def ask(query: str) -> Rows:
        with duckdb.connect() as con:
            con.execute(f"ATTACH '{place / 'warehouse' / pointer['file']}' AS w (READ_ONLY)")
            return con.execute(query).fetchall()

    return loaded, ask


def refused(place: Path, files: dict[str, str | bytes]) -> str:
    """The sentence with which a folder is refused, which there is in both languages."""
    folder(place, files)
    with (
        mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": KEY}),
        pytest.raises(SalesAuditError) as caught,
    ):
        api.ingest(place, place / "warehouse")
    english, thai = (
        " ".join(Voice(language).write(part) for part in (caught.value.problem, caught.value.fix))
        for language in (Language.EN, Language.TH)
    )
    assert re.search("[ก-๙]", thai)
    assert "\n" not in english
    assert not (place / "warehouse" / "warehouse.json").exists()
    return english
