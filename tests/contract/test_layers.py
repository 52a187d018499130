"""The rules of the whole repository: who may import whom, and what no file may name."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Written in parts, so that this file does not name them itself.
WORKPLACE = re.compile("|".join(("/wo" + "rk/", r"\bfa" + "rm-", r"\.\./sha" + "red")))
MAY_NAME = {"tests/real_data.py", "pyproject.toml"}  # where public data sets are by default
TEXT_FILES = {".py", ".md", ".toml", ".yaml", ".yml", ".txt", ".j2", ".css", ".js", ".json", ".cfg"}


def test_layers_hold() -> None:
    lint = Path(sys.executable).with_name("lint-imports")
    if not lint.exists():
        pytest.skip("needs import-linter: install the group dev")
    done = subprocess.run(
        [lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def files() -> list[Path]:
    """Files of the project, as git knows them."""
    if not (ROOT / ".git").exists():
        pytest.skip("needs the repository: git lists the project's files")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    paths = (ROOT / line for line in listed.stdout.splitlines())
    return [p for p in paths if p.is_file() and (p.suffix in TEXT_FILES or p.name == "Makefile")]


def test_no_file_names_a_workplace() -> None:
    found = {}
    for path in files():
        name = path.relative_to(ROOT).as_posix()
        if name in MAY_NAME:
            continue
        hits = WORKPLACE.findall(path.read_text(encoding="utf-8", errors="replace"))
        if hits:
            found[name] = sorted(set(hits))
    assert found == {}
