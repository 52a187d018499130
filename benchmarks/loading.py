"""Loads a large export beside a bare read of the same files, in turns, and prints ratios.

The bare read is the engine's own: every column as text into a table of a database file, nothing
checked, nothing typed. The load reads the same files, accounts for every record, gives every cell
its type, refuses what cannot be read, and writes the warehouse with its journeys; both hold the
engine to the same memory.

    python benchmarks/loading.py [--rows 1000000] [--rounds 3] [--memory 2GB]
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
from importlib.metadata import version
from pathlib import Path
from statistics import median

import duckdb

ROWS_OF_A_LEAD = 50
SEED = 7


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", default="2GB")
    parser.add_argument("--only", choices=sorted(WAYS), help=argparse.SUPPRESS)
    parser.add_argument("folder", nargs="?", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.only:
        print(json.dumps(_measured(asked.only, asked.folder, asked.memory)))
        return
    with tempfile.TemporaryDirectory(prefix="salesaudit-bench-") as place:
        exports = Path(place)
        make_exports(exports, asked.rows)
        size = sum(file.stat().st_size for file in exports.glob("*.csv")) / 1e6
        rounds = [_round(exports, asked.memory, number) for number in range(asked.rounds)]
    print(f"{asked.rows:,} rows, {size:.0f} MB of CSV, --memory {asked.memory}, "
          f"{asked.rounds} rounds, {os.cpu_count()} cores, Python {platform.python_version()}, "
          f"duckdb {version('duckdb')}\n")  # fmt: skip
    print("| | least | median | greatest |\n| --- | --- | --- | --- |")
    for name in ("seconds", "cpu"):
        shown = [one["load"][name] / one["bare"][name] for one in rounds]
        print(f"| {name}: load / bare read | {_spread(shown)} |")
    for way in WAYS:
        for name in ("seconds", "cpu", "peak_mb"):
            print(f"| {way}, {name} | {_spread([one[way][name] for one in rounds])} |")


def make_exports(folder: Path, rows: int) -> None:
    """Write leads.csv and activities.csv: fifty activities a lead, eight columns."""
    leads = max(1, rows // ROWS_OF_A_LEAD)

    def day(salt: int) -> str:
        moment = f"TIMESTAMP '2019-01-01' + to_seconds((hash(i, {salt}) % 150000000)::BIGINT)"
        return f"strftime({moment}, '%Y-%m-%d %H:%M:%S')"

    def word(salt: int, *words: str) -> str:
        return f"{list(words)}[1 + (hash(i, {salt}) % {len(words)})::INT]"

    with duckdb.connect() as con:
        con.execute(
            f"COPY (SELECT 'L' || lpad(i::TEXT, 8, '0') AS lead_id, {day(SEED)} AS created_at, "
            f"{word(1, 'web', 'mail', 'fair')} AS channel, {word(2, 'TH', 'DE')} AS country "
            f"FROM range({leads}) t(i)) TO '{folder / 'leads.csv'}'"
        )
        con.execute(
            f"COPY (SELECT 'A' || lpad(i::TEXT, 9, '0') AS activity_id, "
            f"'rep' || (hash(i) % 200) AS rep_id, {day(3)} AS done_at, "
            f"{word(4, 'call', 'email', 'meeting', 'demo')} AS kind, "
            f"'L' || lpad((hash(i, 5) % {leads})::TEXT, 8, '0') AS lead_id, "
            f"(5 + hash(i, 6) % 90)::TEXT AS minutes, "
            f"{word(7, 'reached', 'no_answer', '')} AS outcome, "
            f"{word(8, 'true', 'false')} AS automated "
            f"FROM range({rows}) t(i)) TO '{folder / 'activities.csv'}'"
        )


def _bare(folder: Path, work: Path, memory: str) -> None:
    with duckdb.connect(str(work / "bare.duckdb")) as con:
        con.execute(f"SET memory_limit = '{memory}'")
        for file in sorted(folder.glob("*.csv")):
            con.execute(
                f'CREATE TABLE "{file.stem}" AS FROM read_csv(?, header=true, all_varchar=true)',
                [str(file)],
            )


def _load(folder: Path, work: Path, memory: str) -> None:
    from salesaudit.sources.ingest import ingest  # the bare read does without

    ingest(folder, work / "warehouse", memory=memory)


WAYS = {"bare": _bare, "load": _load}


def _measured(way: str, folder: Path, memory: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="salesaudit-bench-") as work:
        start = time.perf_counter()
        WAYS[way](folder, Path(work), memory)
        seconds = time.perf_counter() - start
    used = resource.getrusage(resource.RUSAGE_SELF)
    cpu = used.ru_utime + used.ru_stime
    return {"seconds": seconds, "cpu": cpu, "peak_mb": used.ru_maxrss / 1024}


def _round(folder: Path, memory: str, number: int) -> dict[str, dict[str, float]]:
    """Both ways, one after the other, each in a process of its own."""
    found = {}
    for way in sorted(WAYS, reverse=bool(number % 2)):
        command = [sys.executable, __file__, "--only", way, "--memory", memory, folder]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        found[way] = json.loads(done.stdout.splitlines()[-1])
        print(way, {k: round(v, 1) for k, v in found[way].items()}, file=sys.stderr)
    return found


def _spread(values: list[float]) -> str:
    return " | ".join(f"{f(values):.2f}" for f in (min, median, max))


if __name__ == "__main__":
    main()
