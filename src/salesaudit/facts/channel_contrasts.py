"""Channel contrasts: each channel's customers beside those expected at the pace of the others."""

from __future__ import annotations

from typing import NamedTuple

from salesaudit.core.settings import Settings
from salesaudit.facts.base import Fact, Inputs
from salesaudit.facts.step_curves import Group, step_curves
from salesaudit.statistics.conversion import product_limit
from salesaudit.statistics.expectation import Comparison, against_others

STEP = "lead_to_customer"
EXPECTED = 5  # customers at the others' pace; with fewer a channel is not compared


class Contrast(NamedTuple):
    """A channel against all leads of other channels, each lead at its own age."""

    channel: str
    leads: int
    comparison: Comparison


def _compute(inputs: Inputs, _settings: Settings) -> tuple[Contrast, ...]:
    """Leads without a channel take no part, on either side."""
    curve = inputs.fact(step_curves).get(STEP)
    if curve is None:
        return ()
    named = [group for group in curve.channels if group.channel is not None or group.rest]
    found = []
    for group in named:
        others = [other for other in named if other is not group]
        if group.channel is None or not others:
            continue
        comparison = _against(group, others, curve.total.spread.phi)
        if comparison is not None and comparison.expected >= EXPECTED:
            found.append(Contrast(group.channel, group.entered, comparison))
    return tuple(found)


def _against(group: Group, others: list[Group], phi: float) -> Comparison | None:
    pooled = product_limit(
        sum(other.histograms.converted for other in others),
        sum(other.histograms.open_ages for other in others),
        sum(other.histograms.converted_ages for other in others),
    )
    own = group.histograms
    return against_others(own.converted_ages, own.open_ages, pooled, phi)


channel_contrasts = Fact(name="channel_contrasts", inputs=(step_curves,), compute=_compute)
