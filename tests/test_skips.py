"""The plugin that names what was skipped."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
EXAMPLE = """
import pytest

@pytest.mark.spark
@pytest.mark.parametrize("n", [1, 2])
def test_spark(n):
    pytest.skip("no Java here")

@pytest.mark.skip(reason="not today")
def test_without_a_group():
    pass

def test_that_runs():
    pass
"""
CONFIG = "[pytest]\nmarkers =\n  spark: needs Spark\n"


def run(folder: Path, allowed: str | None, *more: str) -> subprocess.CompletedProcess[str]:
    """A run of its own over the example, with the plugin."""
    (folder / "test_example.py").write_text(EXAMPLE)
    (folder / "pytest.ini").write_text(CONFIG)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SALESAUDIT_")}
    if allowed is not None:
        environment["SALESAUDIT_ALLOW_SKIPS"] = allowed
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "skips", "-p", "no:cacheprovider", *more],
        cwd=folder,
        env=environment | {"PYTHONPATH": str(HERE)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_names_each_group_with_its_reason_and_passes(tmp_path: Path) -> None:
    done = run(tmp_path, None)
    assert "spark: 2 tests: no Java here" in done.stdout
    assert "other: 1 test: not today" in done.stdout
    assert done.returncode == 0


@pytest.mark.parametrize("more", [(), ("-n", "2")])
def test_fails_on_a_skip_that_is_not_allowed(tmp_path: Path, more: tuple[str, ...]) -> None:
    done = run(tmp_path, "spark", *more)
    assert "Not allowed here by SALESAUDIT_ALLOW_SKIPS: other" in done.stdout
    assert done.returncode == 1


def test_passes_where_every_skip_is_allowed(tmp_path: Path) -> None:
    done = run(tmp_path, "spark, other")
    assert "Not allowed" not in done.stdout
    assert done.returncode == 0


def test_allows_nothing_where_the_list_is_empty(tmp_path: Path) -> None:
    assert run(tmp_path, "").returncode == 1


def test_says_nothing_where_nothing_was_skipped(tmp_path: Path) -> None:
    done = run(tmp_path, "", "-k", "runs")
    assert "skipped here" not in done.stdout
    assert done.returncode == 0
