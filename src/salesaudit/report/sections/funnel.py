"""The funnel: who reached each stage, who is still to come, where most are lost."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.core.locale import NONE
from salesaudit.core.texts import Unit
from salesaudit.report import words as w
from salesaudit.report.charts.bars import Bar, bars
from salesaudit.report.charts.small_funnels import Panel, Stage, small_funnels
from salesaudit.report.charts.svg import Caption
from salesaudit.report.page import Page, shown
from salesaudit.report.tables import Column, Table
from salesaudit.report.view import Chart, Title, chart
from salesaudit.run.result import StepPart


class Funnel(NamedTuple):
    """The section."""

    title: Title
    chart: Chart
    by_channel: Chart | None


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
    drawn = drawn._replace(key=tuple(key))
    return Funnel(_title(page, worst, many), drawn, _by_channel(page, steps))


def _by_channel(page: Page, steps: list[StepPart]) -> Chart | None:
    """The funnel of each of the largest channels, where two are known beyond their leads."""
    known = [step for step in steps if step.by_channel]
    if len(known) < 2:
        return None
    panels = [_panel(page, known, index) for index in range(len(known[0].by_channel))]

    def draw(caption: Caption, narrow: bool) -> Markup:
        return small_funnels(panels, caption, narrow=narrow)

    head = (
        Column(page.say(w.COLUMNS["channel"]), numeric=False),
        *(Column(page.stage(step)) for step in known),
    )
    cells = tuple((p.title, *(stage.shown for stage in p.stages)) for p in panels)
    title = w.FUNNEL_CHANNELS
    drawn = Table(page.say(title), head, cells)
    sub = page.say(w.FUNNEL_CHANNELS_SUB, n=len(panels))
    return chart(page, "funnel-channels", draw, drawn, title=title, sub=sub, source="Q2–Q5")


def _panel(page: Page, steps: list[StepPart], index: int) -> Panel:
    leads = max(steps[0].by_channel[index].reached, 1)
    counts = [step.by_channel[index].reached for step in steps]
    last = page.locale.figure(counts[-1] / leads, None, None, Unit.RATE, leads).value
    return Panel(
        title=page.channel(steps[0].by_channel[index].channel),
        figure=page.say(w.FUNNEL_LAST, rate=last),
        stages=tuple(
            Stage(page.stage(step), count / leads, page.locale.count(count))
            for step, count in zip(steps, counts, strict=True)
        ),
    )


def _losses(steps: list[StepPart]) -> dict[str, _Loss]:
    """By the later stage: who stopped before it and is not expected any more."""
    known = [step for step in steps if step.reached is not None]
    losses = {}
    for before, after in pairwise(known):
        gone = (before.reached or 0) - (after.reached or 0) - round(after.to_come or 0)
        losses[after.stage] = _Loss(before, after, max(gone, 0))
    return losses


def _title(page: Page, worst: _Loss | None, many: bool) -> Title:
    if worst is None:
        return Title(page.say(w.FUNNEL_TITLE))
    names = {"a": page.stage(worst.before), "b": page.stage(worst.after)}
    if many:
        return Title(page.say(w.FUNNEL_LOSS), page.say(w.FUNNEL_LOST, n=worst.gone, **names))
    reached, of = worst.after.reached or 0, worst.before.reached or 0
    return Title(page.say(w.FUNNEL_ONE, k=reached, n=of, **names))


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
