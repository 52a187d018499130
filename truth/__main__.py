"""Measures whether the audit's numbers are right, where the truth is known.

python -m truth                 every study, 4,000 replicates a case, and the whole audits
python -m truth --part 0.1      the fast look
python -m truth --only leaks    studies whose id begins so
"""

from __future__ import annotations

import argparse
import sys
import time

from truth.catalog import catalog
from truth.replicate import StudyResult, run_studies
from truth.tables import table


def main() -> int:
    """Run what was asked for; exits 1 where a required figure is missed."""
    parser = argparse.ArgumentParser(prog="truth", description=__doc__)
    parser.add_argument("--part", type=float, default=1.0, help="of the replicates, 0 to 1")
    parser.add_argument("--only", default="", help="studies whose id begins so")
    asked = parser.parse_args()
    began = time.monotonic()
    studies = [study for study in catalog() if study.id.startswith(asked.only)]
    results = run_studies(studies, part=asked.part, progress=_progress)
    for result in results:
        print(table(result))
    print(f"{time.monotonic() - began:.0f} seconds", file=sys.stderr)
    return _missed(results)


def _missed(results: list[StudyResult]) -> int:
    missed = [f"{r.study.id}: {case}" for r in results for case, _ in r.missed]
    for line in missed:
        print(f"missed: {line}", file=sys.stderr)
    return 1 if missed else 0


def _progress(done: int, of_all: int) -> None:
    if sys.stderr.isatty():
        print(
            f"\r{done:,} of {of_all:,} replicates",
            end="" if done < of_all else "\n",
            file=sys.stderr,
        )


if __name__ == "__main__":
    sys.exit(main())
