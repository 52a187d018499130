"""The whole audit of a folder of exports, timed in its parts.

python benchmarks/whole_audit.py FOLDER
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from pathlib import Path

from salesaudit.api import audit, ingest


def main() -> None:
    folder = Path(sys.argv[1])
    marks: dict[str, float] = {"start": time.perf_counter()}

    def told(what: str, done: int, of_all: int) -> None:
        """Remember when reading and mapping ended, and when counting ended."""
        if what == "journeys" and not done:
            marks["loaded"] = time.perf_counter()
        if not what and done == of_all:
            marks["counted"] = time.perf_counter()

    with tempfile.TemporaryDirectory(prefix="salesaudit-bench-") as warehouse:
        ingest(folder, warehouse, progress=told)
        marks["built"] = time.perf_counter()
        run = audit(warehouse, progress=told)
        run.to_json()
    marks["done"] = time.perf_counter()
    print(json.dumps({
        "load": marks["loaded"] - marks["start"],
        "journeys": marks["built"] - marks["loaded"],
        "count": marks["counted"] - marks["built"],
        "statistics": marks["done"] - marks["counted"],
        "whole": marks["done"] - marks["start"],
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }))  # fmt: skip


if __name__ == "__main__":
    main()
