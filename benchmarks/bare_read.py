"""The least that a load can cost: the engine reads the same files as text into a file of its own.

python benchmarks/bare_read.py FOLDER
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

import duckdb


def main() -> None:
    files = sorted(Path(sys.argv[1]).glob("*.csv"))
    start = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="salesaudit-bench-") as folder:
        con = duckdb.connect(str(Path(folder) / "bare.duckdb"))
        for file in files:
            con.execute(
                f'CREATE TABLE "{file.stem}" AS FROM read_csv(?, header=true, all_varchar=true, '
                "strict_mode=false, ignore_errors=true)",
                [str(file)],
            )
        con.close()
        took = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"load": took, "whole": took, "peak_mb": peak}))


if __name__ == "__main__":
    main()
