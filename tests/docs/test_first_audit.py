"""The guide to the first audit works as it stands."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "first-audit.md"
TEXT = GUIDE.read_text(encoding="utf-8")
FILES = re.findall(r"^`([^`\n]+)`:\n\n```\w+\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)
COMMANDS = re.findall(r"^\$ salesaudit (.+)$", TEXT, re.MULTILINE)
PYTHON = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def run(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=cwd,
        env=os.environ | {"SALESAUDIT_HASH_KEY": "ab" * 32},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{arguments}: {done.stdout}{done.stderr}"
    return done


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the guide was followed; what each command said lies in ``said.json``."""
    folder = tmp_path_factory.mktemp("guide")
    for name, content in FILES:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")
    start = "from salesaudit.cli.main import main; main()"
    said = {
        command: run("-c", start, *shlex.split(command), cwd=folder).stdout for command in COMMANDS
    }
    (folder / "said.json").write_text(json.dumps(said), encoding="utf-8")
    return folder


def test_shows_files_and_commands() -> None:
    assert {name for name, _ in FILES} == {
        "exports/leads.csv", "exports/deals.csv", "exports/salesaudit.yaml",
    }  # fmt: skip
    assert [command.split()[0] for command in COMMANDS] == ["check", "audit", "ingest", "audit"]


def test_one_lead_is_refused_with_its_reason(place: Path) -> None:
    document = json.loads((place / "audit" / "audit.json").read_text(encoding="utf-8"))
    leads = next(source for source in document["sources"] if source["into"] == "leads")
    assert (leads["read"], leads["loaded"], leads["refused"]) == (6, 5, 1)
    [reason] = leads["reasons"]
    assert reason["line"] == 7


def test_counts_what_the_guide_says(place: Path) -> None:
    document = json.loads((place / "audit" / "audit.json").read_text(encoding="utf-8"))
    closing = document["answers"]["Q5"]["estimates"]
    counted = {name: closing[f"deals_{name}"]["value"] for name in ("won", "lost", "open")}
    assert counted == {"won": 1, "lost": 1, "open": 1}
    assert document["answers"]["Q2"]["needs"]


def test_no_address_is_kept(place: Path) -> None:
    kept = [p for folder in ("audit", "warehouse") for p in (place / folder).rglob("*")]
    assert kept
    for path in kept:
        assert not path.is_file() or b"example.com" not in path.read_bytes(), path


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_shown_runs(code: str, place: Path) -> None:
    run("-c", code, cwd=place)
