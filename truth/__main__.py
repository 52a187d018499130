"""Measures whether the audit's numbers are right, where the truth is known.

python -m truth                          every study
python -m truth --part 0.1               the fast look, a tenth of the replicates
python -m truth --only leaks             studies whose id begins so
python -m truth --write docs/truth.md    write the page
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import time
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from truth.catalog import catalog
from truth.replicate import StudyResult, run_studies
from truth.tables import missed, table

LIBRARIES = ("numpy", "scipy", "duckdb", "ibis-framework")
HEAD = Path(__file__).with_name("head.md")


def main() -> int:
    """Run what was asked for; exits 1 where a figure is missed and nobody has said why."""
    parser = argparse.ArgumentParser(
        prog="truth", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--part", type=float, default=1.0, help="of the replicates; 3 for releases")
    parser.add_argument("--only", default="", help="studies whose id begins so")
    parser.add_argument("--write", type=Path, help="write the page there")
    asked = parser.parse_args()
    began = time.monotonic()
    studies = [study for study in catalog() if study.id.startswith(asked.only)]
    results = run_studies(studies, part=asked.part, progress=_progress)
    minutes = (time.monotonic() - began) / 60
    for result in results:
        print(table(result))
        print(f"{result.study.id}: {result.seconds:.0f} seconds of computing", file=sys.stderr)
    print(missed(results))
    print(f"{minutes:.0f} minutes", file=sys.stderr)
    if asked.write:
        asked.write.write_text(_page(results, minutes), encoding="utf-8")
    surprises = [line for result in results for line in result.surprises]
    for line in surprises:
        print(f"missed, and nobody has said why: {line}", file=sys.stderr)
    return 1 if surprises else 0


def _page(results: Sequence[StudyResult], minutes: float) -> str:
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    made = (
        f"Made in {minutes:.0f} minutes on {os.cpu_count()} cores with Python "
        f"{platform.python_version()}, {libraries}."
    )
    summary = f"## What is met, and what is missed\n\n{missed(results)}\n{made}\n"
    return "\n".join([HEAD.read_text("utf-8"), summary, *(table(result) for result in results)])


def _progress(done: int, of_all: int) -> None:
    if sys.stderr.isatty():
        end = "" if done < of_all else "\n"
        print(f"\r{done:,} of {of_all:,} replicates", end=end, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
