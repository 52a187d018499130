"""Measures the audit beside plain scripts, in turns, and prints ratios.

Times on a shared machine move by a factor of two; what holds is the ratio of two runs that follow
each other. So each round runs every script once, the ratio is taken inside the round, and least,
median and greatest of all rounds are printed.

    python benchmarks/run.py [--leads 100000] [--rounds 5]
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import NamedTuple

HERE = Path(__file__).parent
SCRIPTS = ("whole_audit", "plain_pandas", "bare_read")
LIBRARIES = ("duckdb", "ibis-framework", "numpy", "pandas", "scipy")


class Ratio(NamedTuple):
    """What is compared: a part of one script with a part of another."""

    name: str
    above: tuple[str, str]
    below: tuple[str, str]


RATIOS = (
    Ratio("load: audit / pandas", ("whole_audit", "load"), ("plain_pandas", "load")),
    Ratio("load: audit / bare read", ("whole_audit", "load"), ("bare_read", "load")),
    Ratio("journeys and measures: audit / pandas", ("whole_audit", "counting"),
          ("plain_pandas", "count")),
    Ratio("statistics: audit / pandas' counting", ("whole_audit", "statistics"),
          ("plain_pandas", "count")),
    Ratio("whole: audit / pandas", ("whole_audit", "whole"), ("plain_pandas", "whole")),
    Ratio("whole, CPU: audit / pandas", ("whole_audit", "cpu"), ("plain_pandas", "cpu")),
    Ratio("peak memory: audit / pandas", ("whole_audit", "peak_mb"), ("plain_pandas", "peak_mb")),
)  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="salesaudit-bench-") as place:
        folder = Path(place) / "exports"
        _make(folder, asked.leads)
        size = sum(file.stat().st_size for file in folder.glob("*.csv")) / 1e6
        rounds = list(_rounds(folder, asked.rounds))
    print(f"{asked.leads:,} leads, {size:.0f} MB of CSV, {asked.rounds} rounds")
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {libraries}\n")
    print("| ratio | least | median | greatest |\n| --- | --- | --- | --- |")
    for ratio in RATIOS:
        values = [_value(one, ratio.above) / _value(one, ratio.below) for one in rounds]
        shown = " | ".join(f"{f(values):.2f}" for f in (min, median, max))
        print(f"| {ratio.name} | {shown} |")
    print("\n| part of the audit | least | median | greatest |\n| --- | --- | --- | --- |")
    for part in ("load", "journeys", "count", "statistics"):
        shares = [one["whole_audit"][part] / one["whole_audit"]["whole"] for one in rounds]
        print(f"| {part} | {' | '.join(f'{f(shares):.0%}' for f in (min, median, max))} |")


def _make(folder: Path, leads: int) -> None:
    """In a process of its own: the peak of a child begins at its parent's."""
    asked = "import sys; from pathlib import Path; from salesaudit.world import make_company; "
    made = "make_company('sawasdee-software', Path(sys.argv[1]), leads=int(sys.argv[2]))"
    subprocess.run([sys.executable, "-c", asked + made, folder, str(leads)], check=True)


def _rounds(folder: Path, rounds: int) -> Iterator[dict[str, dict[str, float]]]:
    for number in range(rounds):
        scripts = SCRIPTS if number % 2 else SCRIPTS[::-1]
        yield {script: _run(script, folder) for script in scripts}


def _run(script: str, folder: Path) -> dict[str, float]:
    before = _cpu_of_children()
    done = subprocess.run(
        [sys.executable, HERE / f"{script}.py", folder], stdout=subprocess.PIPE, check=True
    )
    taken: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    taken["cpu"] = _cpu_of_children() - before
    taken["counting"] = taken.get("journeys", 0.0) + taken.get("count", 0.0)
    print(script, json.dumps({k: round(v, 2) for k, v in taken.items()}), file=sys.stderr)
    return taken


def _cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _value(one: dict[str, dict[str, float]], part: tuple[str, str]) -> float:
    return one[part[0]][part[1]]


if __name__ == "__main__":
    main()
