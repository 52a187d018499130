"""What many replicates say of a method, each figure with its own Monte Carlo error."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from truth.study import Estimated, Found, Required, Said, Trial

SURE = 2.5758  # standard errors that a figure may be off by chance, two-sided 99 %
ENOUGH_SAID = 200  # statements in a tenth without which nothing is said of it


class Figure(NamedTuple):
    """A measured figure and its standard error by the number of replicates."""

    value: float
    error: float

    def within(self, required: Required) -> bool:
        """Whether chance alone may have put the figure outside the band."""
        off = SURE * self.error
        return self.value + off >= required.least and self.value - off <= required.most


class Summary(NamedTuple):
    """A method in a case, or in all cases of a study."""

    method: str
    runs: int
    figures: dict[str, Figure]


class Verdict(NamedTuple):
    """A required figure and whether it is met."""

    method: str
    required: Required
    figure: Figure

    @property
    def met(self) -> bool:
        """Whether the figure lies in its band, but for Monte Carlo error."""
        return self.figure.within(self.required)


def summaries(trials: Iterable[Trial], runs: int) -> list[Summary]:
    """What each method did over all runs, in the order of their first trials."""
    by_method: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        by_method[trial.method].append(trial)
    return [Summary(method, runs, _figures(rows)) for method, rows in by_method.items()]


def verdicts(required: Sequence[Required], summary: Summary) -> list[Verdict]:
    """Each required figure against what was measured; a method that kept silent has none."""
    figures = summary.figures
    return [
        Verdict(summary.method, one, figures[one.what]) for one in required if one.what in figures
    ]


def share(k: float, n: int) -> Figure:
    """A share of runs; its error never vanishes, for a rare thing may just not have come."""
    p = (k + 0.5) / (n + 1)
    return Figure(k / n, math.sqrt(p * (1 - p) / n))


def mean(values: Sequence[float] | np.ndarray) -> Figure:
    """A mean over runs."""
    array = np.asarray(values, dtype=np.float64)
    error = float(array.std(ddof=1)) / math.sqrt(array.size) if array.size > 1 else math.inf
    return Figure(float(array.mean()), error)


def _figures(rows: Sequence[Trial]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    found |= _estimated([row for row in rows if isinstance(row, Estimated)])
    found |= _found([row for row in rows if isinstance(row, Found)])
    return found | _said([row for row in rows if isinstance(row, Said)])


def _estimated(rows: Sequence[Estimated]) -> dict[str, Figure]:
    if not rows:
        return {}
    told = [row for row in rows if row.value is not None]
    figures = {"silent": share(len(rows) - len(told), len(rows))}
    if not told:
        return figures
    values = np.array([row.value for row in told], dtype=np.float64)
    truths = np.array([row.truth for row in told])
    scale = abs(float(truths.mean())) or 1.0
    figures["truth"] = mean(truths)
    figures["bias"] = mean((values - truths) / scale)
    figures["rmse"] = Figure(float(np.sqrt(np.mean((values - truths) ** 2))), math.nan)
    ranged = [row for row in told if row.lower is not None and row.upper is not None]
    if ranged:
        held = sum(_bound(r.lower) <= r.truth <= _bound(r.upper) for r in ranged)
        figures["cover"] = share(held, len(ranged))
        widths = np.array([_bound(r.upper) - _bound(r.lower) for r in ranged])
        figures["width"] = Figure(float(widths.mean()), math.nan)
        best = [(w, row.best) for w, row in zip(widths, ranged, strict=True) if row.best]
        if best:
            ratio = sum(w for w, _ in best) / sum(b for _, b in best)
            figures["width_to_best"] = Figure(float(ratio), math.nan)
    return figures


def _bound(value: float | None) -> float:
    return math.nan if value is None else value


def _found(rows: Sequence[Found]) -> dict[str, Figure]:
    if not rows:
        return {}
    figures = {
        "false": mean([row.wrong / max(1, row.wrong + row.found) for row in rows]),
        "any_false": share(sum(row.wrong > 0 for row in rows), len(rows)),
    }
    planted = sum(row.planted for row in rows)
    if planted:
        figures["power"] = share(sum(row.found for row in rows), planted)
    return figures


def _said(rows: Sequence[Said]) -> dict[str, Figure]:
    """The worst tenth: how far stated chances are from how often they came true."""
    if not rows:
        return {}
    chances = np.array([row.chance for row in rows])
    came = np.array([row.happened for row in rows], dtype=np.float64)
    tenth = np.minimum((chances * 10).astype(int), 9)
    gaps = [Figure(0.0, 0.0)]
    for place in range(10):
        here = tenth == place
        if np.count_nonzero(here) >= ENOUGH_SAID:
            said, happened = float(chances[here].mean()), mean(came[here])
            gaps.append(Figure(abs(said - happened.value), happened.error))
    worst = max(gaps, key=lambda one: one.value - SURE * one.error)
    return {"gap": worst, "brier": Figure(float(np.mean((chances - came) ** 2)), math.nan)}
