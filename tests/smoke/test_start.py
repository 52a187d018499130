"""The command line starts at once: nothing heavy is imported to show its help."""

from __future__ import annotations

import json
import subprocess
import sys
import time

import pytest

HEAVY = {
    "babel", "duckdb", "fontTools", "ibis", "jinja2", "numpy", "pandas", "pyarrow", "pydantic",
    "pydantic_core", "ruamel", "scipy", "sqlglot",
}  # fmt: skip
SHOW_HELP = """
import json, sys
from salesaudit.cli.main import main
sys.argv = ["salesaudit", *{words!r}]
try:
    main()
except SystemExit as end:
    assert not end.code, end.code
print(json.dumps(sorted({{name.partition(".")[0] for name in sys.modules}})), file=sys.stderr)
"""
TIMES = 20  # what a start may take beside that of the bare interpreter; 6 to 9 were measured


@pytest.mark.parametrize("words", [["--help"], ["--version"]])
def test_help_imports_nothing_heavy(words: list[str]) -> None:
    assert _imported(words) & HEAVY == set()


def test_help_of_a_verb_imports_nothing_heavy_but_what_typer_itself_takes() -> None:
    assert _imported(["audit", "--help"]) & HEAVY <= {"pydantic", "pydantic_core"}


def _imported(words: list[str]) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", SHOW_HELP.format(words=words)],
        capture_output=True,
        text=True,
        check=True,
    )
    return set(json.loads(done.stderr.splitlines()[-1]))


def test_importing_the_package_imports_nothing_heavy() -> None:
    code = """import json, salesaudit, sys
print(json.dumps([name.partition(".")[0] for name in sys.modules]))"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert set(json.loads(done.stdout)) & HEAVY == set()


def test_help_takes_a_small_multiple_of_a_bare_start() -> None:
    bare = _quickest("-c", "pass")
    shown = _quickest("-c", SHOW_HELP.format(words=["--help"]))
    assert shown < TIMES * bare


def _quickest(*arguments: str) -> float:
    """Seconds of the quickest of several starts: the one that nothing else disturbed."""
    taken = []
    for _ in range(7):
        start = time.perf_counter()
        subprocess.run([sys.executable, *arguments], capture_output=True, check=True)
        taken.append(time.perf_counter() - start)
    return min(taken)
