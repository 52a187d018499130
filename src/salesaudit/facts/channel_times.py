"""Channel times: how long those who buy take, channel by channel, and whether channels differ."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from salesaudit.core.settings import Settings
from salesaudit.facts.base import Fact, Inputs
from salesaudit.facts.step_curves import Group, StepCurve, step_curves
from salesaudit.statistics.base import Range
from salesaudit.statistics.duration import (
    Test,
    quantile,
    restricted_mean,
    share_log_rank,
    speed_log_rank,
)

STEP = "lead_to_customer"
CONVERTERS = 10  # a channel with fewer has no median, and is pooled before a test


class ChannelTime(NamedTuple):
    """Days of a channel's converters."""

    channel: str | None
    rest: bool
    median: Range
    mean: Range | None  # of those who buy within the common horizon


class ChannelTimes(NamedTuple):
    """Channels with enough converters, and the tests between them."""

    channels: tuple[ChannelTime, ...]
    horizon: int | None  # days, common to all means
    speed: Test | None  # do channels differ in how fast; None: fewer than two to compare
    share: Test | None  # do they differ in how many
    converters: int  # in the tests


def _compute(inputs: Inputs, _settings: Settings) -> ChannelTimes | None:
    """Leads without a channel take no part in the tests; small channels are pooled for them."""
    curve = inputs.fact(step_curves).get(STEP)
    if curve is None:
        return None
    enough = [g for g in curve.channels if converters(g) >= CONVERTERS]
    followed = [(g, d) for g in enough if (d := g.durations()).tau >= 0]
    horizon = min((durations.tau for _, durations in followed), default=None)
    times = tuple(
        ChannelTime(g.channel, g.rest, quantile(durations, 0.5), _mean(g, horizon))
        for g, durations in followed
    )
    return ChannelTimes(times, horizon, *_tests(curve))


def converters(group: Group) -> int:
    """Those of a group who moved on at a lag that the curve follows."""
    return int(group.histograms.converted.sum())


def _mean(group: Group, horizon: int | None) -> Range | None:
    converted, ages = group.histograms.converted, group.histograms.converted_ages
    if not horizon or not converted[: horizon + 1].any():
        return None
    return restricted_mean(converted, ages, horizon)


def _tests(curve: StepCurve) -> tuple[Test | None, Test | None, int]:
    named = [g for g in curve.channels if g.channel is not None or g.rest]
    large = [g for g in named if not g.rest and converters(g) >= CONVERTERS]
    small = [g for g in named if g not in large]
    groups = [[g] for g in large] + ([small] if sum(map(converters, small)) else [])
    if len(large) < 2:
        return None, None, 0
    converted, open_ages, ages = (
        np.stack([sum(getattr(g.histograms, part) for g in group) for group in groups])
        for part in ("converted", "open_ages", "converted_ages")
    )
    speed = speed_log_rank(converted, ages)
    return speed, share_log_rank(converted, open_ages, ages), int(ages.sum())


channel_times = Fact(name="channel_times", inputs=(step_curves,), compute=_compute)
