"""Results as tables in Markdown: what was measured, what was required, and what was missed."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import NamedTuple

from truth.judge import Figure, Summary, Verdict
from truth.replicate import StudyResult
from truth.study import OURS, Required


class Column(NamedTuple):
    """A figure as a table shows it."""

    figure: str
    head: str
    show: Callable[[Figure], str]


def _percent(figure: Figure) -> str:
    return f"{100 * figure.value:.1f}{_error(100 * figure.error)}"


def _signed_percent(figure: Figure) -> str:
    return f"{100 * figure.value:+.1f}{_error(100 * figure.error)}"


def _number(figure: Figure) -> str:
    return f"{figure.value:.3g}"


def _error(error: float) -> str:
    return "" if math.isnan(error) else f" ± {error:.1f}"


COLUMNS = (
    Column("truth", "truth", _number),
    Column("bias", "bias, %", _signed_percent),
    Column("rmse", "RMSE", _number),
    Column("cover", "95 % ranges that hold it, %", _percent),
    Column("width_to_best", "width / best", _number),
    Column("silent", "silent, %", _percent),
    Column("power", "found, %", _percent),
    Column("false", "false among the found, %", _percent),
    Column("any_false", "runs with a false one, %", _percent),
    Column("gap", "worst gap of stated chances, points", _percent),
    Column("brier", "Brier score", _number),
)
NAMES = {column.figure: column.head for column in COLUMNS}


def table(result: StudyResult) -> str:
    """A study's table, its text above it."""
    summaries = [one for case in result.cases for one in case.methods]
    columns = [c for c in COLUMNS if any(_worth_showing(c, one) for one in summaries)]
    rows = [["case", "way", "runs", *(c.head for c in columns), "required"]]
    for case in result.cases:
        for place, one in enumerate(case.methods):
            cells = [
                c.show(one.figures[c.figure]) if c.figure in one.figures else "" for c in columns
            ]
            required = "; ".join(_said(v) for v in case.verdicts if v.method == one.method)
            name = case.case if place == 0 else ""
            rows.append([name, one.method, f"{one.runs:,}", *cells, required])
    body = [f"| {' | '.join(row)} |" for row in rows]
    body.insert(1, "|" + " --- |" * len(rows[0]))
    lines = "\n".join(body)
    return f"## {result.study.title}\n\n{result.study.about}\n\n{lines}\n"


def missed(results: Sequence[StudyResult]) -> str:
    """The required figures that are not met, with the reasons that are known."""
    rows = [
        f"| {result.study.title} | {case.case} | {_named(verdict)} | {_figure(verdict)} | "
        f"{case.reason or 'not known'} |"
        for result in results
        for case, verdict in result.missed
    ]
    asked = sum(len(case.verdicts) for result in results for case in result.cases)
    head = f"{asked - len(rows)} of {asked} required figures are met."
    if not rows:
        return f"{head}\n"
    table = ["| study | case | required | measured | why |", "| --- | --- | --- | --- | --- |"]
    return "\n".join([f"{head} Missed:", "", *table, *rows, ""])


def _named(verdict: Verdict) -> str:
    whose = "" if verdict.method == OURS else f"{verdict.method}: "
    return f"{whose}{NAMES[verdict.required.what]} {_band(verdict.required)}"


def _figure(verdict: Verdict) -> str:
    column = next(c for c in COLUMNS if c.figure == verdict.required.what)
    return column.show(verdict.figure)


def _worth_showing(column: Column, summary: Summary) -> bool:
    figure = summary.figures.get(column.figure)
    return figure is not None and (column.figure != "silent" or figure.value > 0)


def _said(verdict: Verdict) -> str:
    name = NAMES[verdict.required.what]
    return f"{name} {_band(verdict.required)}: {'met' if verdict.met else '**missed**'}"


def _band(required: Required) -> str:
    what, least, most = required
    if what == "power":
        return f"at least {100 * least:g}"
    if what in ("false", "any_false", "gap"):
        return f"at most {100 * most:g}"
    return f"{100 * least:g} to {100 * most:g}"
