"""The funnel of the document: who reached each stage, and who is still to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salesaudit.audits.answering import matured_rate
from salesaudit.core.settings import Settings
from salesaudit.facts.base import Inputs
from salesaudit.facts.step_curves import StepCurve, step_curves
from salesaudit.measures.stages import StageRow, stages
from salesaudit.measures.step_totals import StepTotal, step_totals
from salesaudit.measures.steps import first_stage
from salesaudit.run.document import estimate_part
from salesaudit.run.result import ReachedPart, StepPart, rounded
from salesaudit.statistics.conversion import to_come

INPUTS = (step_curves, stages, step_totals)
CHANNELS = 6  # with most leads, whose funnels are kept apart
FEW_LEADS = 20  # a channel with fewer has none


def step_parts(inputs: Inputs, settings: Settings) -> list[StepPart]:
    """A part for each stage, in the funnel's order."""
    curves = inputs.fact(step_curves)
    totals = inputs[step_totals]
    largest = _largest(totals)
    parts = []
    for row, stage in zip(inputs[stages], settings.funnel, strict=True):
        before = _into(curves, row.position, nearest=True)
        whole = _into(curves, row.position, nearest=False)
        rate = matured_rate(before)
        parts.append(
            StepPart(
                stage=row.stage,
                labels=dict(stage.labels),
                role=row.role,
                recorded=row.recorded,
                reached=row.reached,
                own_stamp=row.own_stamp,
                to_come=_to_come(whole),
                from_before=estimate_part(rate) if rate else None,
                by_channel=_by_channel(totals, row, largest, first_stage(settings)),
            )
        )
    return parts


def _largest(totals: Sequence[StepTotal]) -> list[tuple[str | None, bool]]:
    """The named channels with most leads; none where there are not two."""
    leads: dict[tuple[str | None, bool], int] = {
        (row.channel, row.rest): row.entered
        for row in totals
        if row.channel is not None and row.step.startswith("lead_to_") and row.entered >= FEW_LEADS
    }
    ordered = sorted(leads, key=lambda key: (-leads[key], key[0] or ""))
    return ordered[:CHANNELS] if len(ordered) > 1 else []


def _by_channel(
    totals: Sequence[StepTotal],
    stage: StageRow,
    channels: Sequence[tuple[str | None, bool]],
    first: int,
) -> list[ReachedPart]:
    """How many of each channel's leads reached a stage; empty where no step leads there."""
    if stage.position == first:
        reached = {
            (row.channel, row.rest): row.entered
            for row in totals
            if row.step.startswith("lead_to_")
        }
    else:
        step = f"lead_to_{stage.role}"
        reached = {(row.channel, row.rest): row.reached for row in totals if row.step == step}
    return [
        ReachedPart(channel=channel, rest=rest, reached=reached[channel, rest])
        for channel, rest in channels
        if (channel, rest) in reached
    ]


def _into(curves: Mapping[str, StepCurve], position: int, *, nearest: bool) -> StepCurve | None:
    """The step into a stage from the nearest recorded stage before it, or from the first."""
    into = [curve for curve in curves.values() if curve.step.end == position]
    if not into:
        return None
    choose = max if nearest else min
    return choose(into, key=lambda curve: curve.step.start)


def _to_come(curve: StepCurve | None) -> float | None:
    """Of the leads still under way, how many more will reach the stage by the curve's end."""
    if curve is None or curve.total.curve.tau < 0:
        return None
    return rounded(to_come(curve.total.curve, curve.total.histograms.open_ages))
