"""Channel times: days of those who buy, and whether channels differ, beside hand counts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from facts.rows import cohort, inputs, staged, together
from salesaudit.facts.channel_times import ChannelTimes, channel_times
from salesaudit.measures.stages import stages
from warehouse.company import funnel

TWO = funnel("lead", "Won=customer", as_of=date(2024, 6, 30))
JANUARY = date(2024, 1, 1)


def of(**channels: dict[int, int]) -> ChannelTimes:
    """Channels of 100 leads with so many wins at each lag; "_none" is no channel."""
    parts: list[Any] = [
        cohort(
            "lead_to_customer", JANUARY, lags, waiting=100 - sum(lags.values()),
            channel=None if name == "_none" else name,
        )
        for name, lags in channels.items()
    ]  # fmt: skip
    found = inputs(TWO, together(*parts, {stages: staged(TWO)})).fact(channel_times)
    assert found is not None
    return found


def test_median_and_mean_of_old_leads_are_the_plain_ones() -> None:
    found = of(web={2: 5, 8: 10}, fair={20: 12})
    web, fair = sorted(found.channels, key=lambda t: t.channel or "", reverse=True)
    assert (web.median.value, fair.median.value) == (8, 20)
    assert web.mean is not None
    assert web.mean.value == pytest.approx((5 * 2 + 10 * 8) / 15)
    assert web.mean.lower < web.mean.value < web.mean.upper


def test_slow_and_fast_channels_differ_in_speed_and_not_in_share() -> None:
    found = of(fast={2: 30}, slow={60: 30})
    assert found.speed is not None
    assert found.share is not None
    assert found.speed.p < 1e-6
    assert found.share.p > 0.05
    assert found.converters == 60


def test_channels_of_one_speed_differ_in_share_alone() -> None:
    found = of(many={5: 40, 9: 40}, few={5: 10, 9: 10})
    assert found.speed is not None
    assert found.share is not None
    assert found.share.p < 1e-6
    assert found.speed.p > 0.5


def test_small_channels_are_pooled_and_those_without_a_name_left_out() -> None:
    found = of(a={5: 10}, b={5: 10}, c={5: 9}, _none={5: 50})
    assert {t.channel for t in found.channels} == {"a", "b", None}
    assert found.converters == 29


def test_one_channel_has_nothing_to_be_compared_with() -> None:
    found = of(a={5: 20}, b={5: 9})
    assert (found.speed, found.share, found.converters) == (None, None, 0)


def test_nobody_buys() -> None:
    found = of(a={}, b={})
    assert (found.channels, found.horizon) == ((), None)
