"""The funnel: who reached each stage, who is still to come, where most are lost."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.core.locale import NONE
from salesaudit.report import words as w
from salesaudit.report.charts.bars import Bar, bars
from salesaudit.report.charts.svg import Caption
from salesaudit.report.page import Page, shown
from salesaudit.report.tables import Column, Table
from salesaudit.report.view import Chart, chart
from salesaudit.run.result import StepPart


class Funnel(NamedTuple):
    """The section."""

    title: str
    chart: Chart


class _Loss(NamedTuple):
    before: StepPart
    after: StepPart
    gone: int


def build(page: Page) -> Funnel | None:
    """Aligned bars, where the document knows at least one stage."""
    steps = page.run.steps
    if not any(step.reached is not None for step in steps):
        return None
    losses = _losses(steps)
    worst = max(losses.values(), key=lambda loss: loss.gone, default=None)
    many = len(losses) > 1
    stages = [_bar(page, step, losses, worst if many else None) for step in steps]

    def draw(caption: Caption, narrow: bool) -> Markup:
        return bars(stages, caption, narrow=narrow)

    drawn = chart(
        page,
        "funnel",
        draw,
        _table(page, steps),
        title=w.FUNNEL_TITLE,
        sub=page.say(w.FUNNEL_SUB, window=page.locale.span(*page.run.window)),
        source="Q2–Q5",
    )
    key = [("solid", page.say(w.REACHED))]
    if any(bar.to_come for bar in stages):
        key.append(("hatch", page.say(w.EXPECTED)))
    return Funnel(_title(page, worst, many), drawn._replace(key=tuple(key)))


def _losses(steps: list[StepPart]) -> dict[str, _Loss]:
    """By the later stage: who stopped before it and is not expected any more."""
    known = [step for step in steps if step.reached is not None]
    losses = {}
    for before, after in pairwise(known):
        gone = (before.reached or 0) - (after.reached or 0) - round(after.to_come or 0)
        losses[after.stage] = _Loss(before, after, max(gone, 0))
    return losses


def _title(page: Page, worst: _Loss | None, many: bool) -> str:
    if worst is None:
        return page.say(w.FUNNEL_TITLE)
    names = {"a": page.stage(worst.before), "b": page.stage(worst.after)}
    if many:
        return page.say(w.FUNNEL_LOSS, n=worst.gone, **names)
    reached, of = worst.after.reached or 0, worst.before.reached or 0
    return page.say(w.FUNNEL_ONE, k=reached, n=of, **names)


def _bar(page: Page, step: StepPart, losses: dict[str, _Loss], worst: _Loss | None) -> Bar:
    to_come = step.to_come or 0.0
    coming = page.locale.count(to_come) if to_come >= 0.5 else ""
    loss = losses.get(step.stage)
    lost = ""
    if loss is not None:
        # without an estimate of those to come, who has not gone on may still do so
        text = w.STOPPED_HERE if step.to_come is not None else w.STOPPED
        lost = page.say(w.STOPPED_MOST if loss is worst and coming else text, n=loss.gone)
    return Bar(
        label=page.stage(step),
        value=step.reached,
        to_come=to_come if coming else 0.0,
        shown=page.locale.count(step.reached),
        more=page.say(w.PLUS_EXPECTED, n=coming) if coming else "",
        passed=_passed(page, step),
        lost=lost,
        worst=loss is not None and loss is worst,
        reason=page.say(w.NOT_RECORDED),
    )


def _passed(page: Page, step: StepPart) -> str:
    estimate = step.from_before
    if estimate is None or estimate.value is None:
        return ""
    text = w.PASSED_AT_LEAST if estimate.status == "at_least" else w.PASSED
    figure = shown(page, estimate)
    rate = f"{figure.value} ({figure.range})" if figure.range else figure.value
    return page.say(text, rate=rate)


def _table(page: Page, steps: list[StepPart]) -> Table:
    names = ("stage", "reached", "to_come", "own_stamp", "from_before", "range", "n")
    head = tuple(Column(page.say(w.COLUMNS[name]), numeric=name != "stage") for name in names)
    return Table(page.say(w.FUNNEL_TITLE), head, tuple(_cells(page, step) for step in steps))


def _cells(page: Page, step: StepPart) -> tuple[str, ...]:
    figure = shown(page, step.from_before) if step.from_before else None
    value = f"{figure.lead} {figure.value}".strip() if figure else NONE
    return (
        page.stage(step),
        page.locale.count(step.reached),
        page.locale.count(step.to_come),
        page.locale.count(step.own_stamp) if step.recorded else NONE,
        value,
        figure.range if figure else "",
        figure.n if figure else "",
    )
