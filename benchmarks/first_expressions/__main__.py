"""Times measures that are not there yet, over a made-up company, beside measures that are.

Each expression has a process of its own: it runs there once, when the peak of memory is taken, and
then in turns with the bare scan and with an existing measure. Ratios are taken inside a turn, since
times on a shared machine move by a factor of two; medians of all turns are printed.

    python -m benchmarks.first_expressions [--leads 100000] [--rounds 5] [--company typical]
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
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from statistics import median

import ibis.expr.types as ir

from benchmarks.first_expressions import exposure, pipeline, readiness, response
from benchmarks.first_expressions.company import (
    Opened,
    build_journeys,
    open_company,
    write_company,
)
from salesaudit.measures.step_ages import step_ages
from salesaudit.measures.step_lags import step_lags

SCAN, MEASURE = "bare scan of journeys", "step_lags"
LIBRARIES = ("duckdb", "ibis-framework")


def scan(opened: Opened) -> ir.Table:
    """Read the columns of journeys that most measures read, and do next to nothing with them."""
    journeys = opened.tables.journeys
    days = [name for name in journeys.columns if name.endswith("_on")]
    counts = {name: (journeys[name] > opened.scope.until).sum() for name in days}
    words = {name: journeys[name].length().sum() for name in ("channel", "outcome")}
    return journeys.aggregate(**counts, **words, furthest=journeys.furthest.sum())


EXPRESSIONS: dict[str, Callable[[Opened], ir.Table]] = {
    SCAN: scan,
    MEASURE: lambda opened: step_lags.build(opened.tables, opened.scope, opened.settings),
    "step_ages": lambda opened: step_ages.build(opened.tables, opened.scope, opened.settings),
    "exposure, days: begins and ends": exposure.by_day,
    "exposure, days: the same by team too": exposure.by_day_and_team,
    "exposure, weeks: begins and ends, and sums": exposure.by_week,
    "exposure, weeks: 54 columns of overlaps": exposure.week_columns,
    "exposure, weeks: a row a lead and week": exposure.week_by_week,
    "readiness: leads alike first": readiness.collapsed,
    "readiness: a row a lead and week": readiness.week_by_week,
    "readiness: a query a week": readiness.side_by_side,
    "readiness: without month of entry": readiness.without_month,
    "response": response.response,
    "open pipeline, 24 origins: stretches alike first": pipeline.at_24_origins,
    "open pipeline, 8 origins: the same": pipeline.at_8_origins,
    "open pipeline, 24 origins: a row a lead and origin": pipeline.origin_by_origin,
    "open pipeline, 24 origins: present amounts": pipeline.without_changes,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--leads", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--company", default="typical")
    parser.add_argument("--make", type=Path, help="for its own use: the file to make")
    parser.add_argument("--time", nargs=2, help="for its own use: expression and file")
    asked = parser.parse_args()
    if asked.make:
        print(json.dumps(_made(asked.make, asked.company, asked.leads)))
    elif asked.time:
        name, file = asked.time
        print(json.dumps(_timed(name, Path(file), asked.company, asked.rounds)))
    else:
        with tempfile.TemporaryDirectory(prefix="salesaudit-bench-") as folder:
            _print(Path(folder) / "company.duckdb", asked)


def _print(file: Path, asked: argparse.Namespace) -> None:
    made = _run(asked, "--make", file)
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    print(f"{asked.leads:,} leads of {asked.company}, {file.stat().st_size / 1e6:.0f} MB; made in "
          f"{made['make']:.0f} s, journeys built in {made['build']:.1f} s")  # fmt: skip
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {libraries}\n")
    print(f"| expression | rows | s | / scan | / {MEASURE} | peak MB |")
    print("| --- | --- | --- | --- | --- | --- |")
    for name in EXPRESSIONS:
        one = _run(asked, "--time", name, file)
        print(f"| {name} | {one['rows']:,.0f} | {one['seconds']:.2f} | {one['to_scan']:.1f} "
              f"| {one['to_measure']:.1f} | {one['peak_mb']:.0f} |", flush=True)  # fmt: skip


def _run(asked: argparse.Namespace, *what: str | Path) -> dict[str, float]:
    """Run a part in a process of its own; this one stays small, or its memory would count there."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.first_expressions", *what, "--company", asked.company,
         "--leads", str(asked.leads), "--rounds", str(asked.rounds)],
        stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def _made(file: Path, company: str, leads: int) -> dict[str, float]:
    start = time.perf_counter()
    write_company(file, company, leads)
    made = time.perf_counter()
    build_journeys(file, company)
    return {"make": made - start, "build": time.perf_counter() - made}


def _timed(name: str, file: Path, company: str, rounds: int) -> dict[str, float]:
    opened = open_company(file, company)
    _, rows = _once(name, opened)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    for other in (SCAN, MEASURE):
        _once(other, opened)
    turns = [[_once(each, opened)[0] for each in (SCAN, MEASURE, name)] for _ in range(rounds)]
    return {
        "rows": rows,
        "seconds": median(took for _, _, took in turns),
        "to_scan": median(took / scanned for scanned, _, took in turns),
        "to_measure": median(took / measured for _, measured, took in turns),
        "peak_mb": peak,
    }


def _once(name: str, opened: Opened) -> tuple[float, int]:
    """Seconds, and rows that come back."""
    start = time.perf_counter()
    rows = opened.con.to_pyarrow(EXPRESSIONS[name](opened)).num_rows
    return time.perf_counter() - start, rows


if __name__ == "__main__":
    main()
