"""Runs the cases of studies, on all cores, each replicate from a stream of its own."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import NamedTuple

import numpy as np

from truth.judge import Summary, Verdict, summaries, verdicts
from truth.study import OURS, Case, Required, Study, Trial

BLOCKS = 40  # parts of a case that processes make one at a time
ALL_CASES = "all cases together"


class CaseResult(NamedTuple):
    """A case with what each method did there."""

    case: str
    methods: list[Summary]
    verdicts: list[Verdict]
    reason: str = ""  # why one is missed, where that is known


class StudyResult(NamedTuple):
    """A study with what came of its cases."""

    study: Study
    cases: list[CaseResult]
    seconds: float  # of computing, all processes together

    @property
    def missed(self) -> list[tuple[CaseResult, Verdict]]:
        """Required figures that are not met, with their cases."""
        return [(c, v) for c in self.cases for v in c.verdicts if not v.met]

    @property
    def surprises(self) -> list[str]:
        """Figures that are not met, and nobody has said why."""
        return [
            f"{self.study.id}: {c.case}: {v.method}: {v.required.what}"
            for c, v in self.missed
            if not c.reason
        ]


class _Block(NamedTuple):
    study: int
    case: int
    start: int
    stop: int


def run_studies(
    studies: Sequence[Study],
    *,
    part: float = 1.0,
    workers: int | None = None,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> list[StudyResult]:
    """Replicate every case of every study.

    Args:
        studies: what to run.
        part: of each case's replicates; 0.1 for the fast look of every commit.
        workers: processes; 1 stays in this one, by default one for each core.
        progress: told how many replicates are done, and of how many.
    """
    blocks = list(_blocks(studies, part))
    of_all = sum(block.stop - block.start for block in blocks)
    done, trials = 0, {}
    seconds = [0.0] * len(studies)
    for block, made, took in _made(studies, blocks, workers or os.cpu_count() or 1):
        trials[block] = made
        seconds[block.study] += took
        done += block.stop - block.start
        progress(done, of_all)
    found = []
    for number, study in enumerate(studies):
        cases = [
            _case(case, [b for b in blocks if (b.study, b.case) == (number, place)], trials)
            for place, case in enumerate(study.cases)
        ]
        if study.pooled:
            mine = [b for b in blocks if b.study == number]
            cases.append(_pooled(study, mine, trials))
        found.append(StudyResult(study, cases, seconds[number]))
    return found


def replicate(study: Study, case: Case, number: int) -> list[Trial]:
    """One replicate: the same whatever runs before it or beside it."""
    key = hashlib.sha256(f"{study.id}/{case.name}".encode()).digest()[:8]
    seed = np.random.SeedSequence(int.from_bytes(key, "big"), spawn_key=(number,))
    return list(case.run(np.random.Generator(np.random.PCG64(seed))))


def _blocks(studies: Sequence[Study], part: float) -> Iterator[_Block]:
    for number, study in enumerate(studies):
        for place, case in enumerate(study.cases):
            runs = max(1, round(case.runs * part))
            size = -(-runs // BLOCKS)
            for start in range(0, runs, size):
                yield _Block(number, place, start, min(start + size, runs))


def _made(
    studies: Sequence[Study], blocks: Sequence[_Block], workers: int
) -> Iterator[tuple[_Block, list[Trial], float]]:
    if workers == 1:
        yield from ((block, *_run(studies[block.study], block)) for block in blocks)
        return
    with ProcessPoolExecutor(workers) as pool:
        waiting = {pool.submit(_run, studies[block.study], block): block for block in blocks}
        for future in as_completed(waiting):
            yield waiting[future], *future.result()


def _run(study: Study, block: _Block) -> tuple[list[Trial], float]:
    began, case = time.process_time(), study.cases[block.case]
    made = [trial for n in range(block.start, block.stop) for trial in replicate(study, case, n)]
    return made, time.process_time() - began


def _gathered(
    blocks: Sequence[_Block], trials: dict[_Block, list[Trial]]
) -> tuple[list[Trial], int]:
    runs = sum(block.stop - block.start for block in blocks)
    return [trial for block in blocks for trial in trials[block]], runs


def _case(case: Case, blocks: Sequence[_Block], trials: dict[_Block, list[Trial]]) -> CaseResult:
    methods = summaries(*_gathered(blocks, trials))
    found = _judged(case.name, methods, case.required, every=case.every)
    return found._replace(reason=case.missed)


def _pooled(
    study: Study, blocks: Sequence[_Block], trials: dict[_Block, list[Trial]]
) -> CaseResult:
    """All replicates of our method; where every method is asked, all of them as one."""
    every = all(case.every for case in study.cases)
    gathered, runs = _gathered(blocks, trials)
    pooled = [t._replace(method=OURS) for t in gathered if every or t.method == OURS]
    return _judged(ALL_CASES, summaries(pooled, runs), study.pooled, every=False)


def _judged(
    name: str, methods: list[Summary], required: tuple[Required, ...], *, every: bool
) -> CaseResult:
    asked = [one for one in methods if every or one.method == OURS]
    return CaseResult(name, methods, [v for one in asked for v in verdicts(required, one)])
