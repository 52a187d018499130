"""Audit ``time-to-customer``: days of those who buy, and whether channels differ."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from audits.process.sound import END, SETTINGS, answer, needed, values
from facts.rows import cohort, inputs, staged, together
from salesaudit.audits.base import AnswerStatus, Look
from salesaudit.audits.process.time_to_customer import audit
from salesaudit.measures.stages import stages
from salesaudit.measures.step_totals import StepTotal, step_totals

UNIT, STEP = "time_to_customer", "lead_to_customer"
JANUARY = date(2024, 1, 1)
SLOW, FAST = {20: 20, 40: 20}, {2: 20, 4: 20}


def rows(*cohorts: Any) -> dict:
    return together(*cohorts, {stages: staged(SETTINGS)})


def of(lags: dict[int, int], leads: int = 400, **channel: Any) -> dict:
    won = sum(lags.values())
    part = cohort(STEP, JANUARY, lags, waiting=leads - won, **channel)
    key = channel.get("channel"), channel.get("rest", False)
    return together(part, {step_totals: [StepTotal(STEP, *key, leads, won)]})


def test_half_of_those_who_buy_have_bought_by_the_median() -> None:
    found = answer(UNIT, rows(of({2: 4, 6: 5, 10: 2}, channel="ads")))
    median = found.estimates["median_days_to_customer"]
    assert (median.value, median.n) == (6, 11)
    assert found.estimates["mean_days_to_customer"].value == pytest.approx((8 + 30 + 20) / 11)
    assert found.estimates["median_days_to_customer_observed"].value == 6
    assert "p90_days_to_customer" not in found.estimates  # under 50 converters
    assert found.status is AnswerStatus.PARTIAL  # one channel: nothing to compare
    assert needed(found) == ["time-to-customer.need_channels"]


def test_the_day_by_which_a_share_of_all_leads_had_bought() -> None:
    """400 leads: 20 had bought by day 6, 40 by day 10; a tenth is reached and no more."""
    found = values(answer(UNIT, rows(of({2: 10, 6: 10, 10: 20}, channel="ads"))))
    assert found["days_until_5_percent_bought"] == 6
    assert found["days_until_5_percent_bought_observed"] == 6
    assert found["days_until_10_percent_bought_observed"] == 10
    assert "days_until_10_percent_bought" not in found  # its range ends where nobody was followed


def test_under_ten_converters_there_is_no_median() -> None:
    found = answer(UNIT, rows(of({2: 9}, channel="ads")))
    assert "median_days_to_customer" not in found.estimates
    assert found.status is AnswerStatus.UNANSWERABLE
    assert needed(found) == ["time-to-customer.need_days", "time-to-customer.need_channels"]
    assert found.message.id == "time-to-customer.too_few"


def test_a_planted_difference_in_speed_stands_out() -> None:
    found = answer(UNIT, rows(of(FAST, channel="ads"), of(SLOW, channel="fair")))
    assert found.status is AnswerStatus.ANSWERED
    p = found.estimates["channels_differ_p"].value
    assert p is not None
    assert p < 1e-6
    assert found.message.id == "time-to-customer.median_differ"
    assert "p90_days_to_customer" in found.estimates
    by_channel = {row["channel"]: row["median_days"] for row in found.tables["by_channel"]}
    assert (by_channel["ads"], by_channel["fair"]) == (2, 20)


def test_channels_that_only_convert_more_often_are_not_called_faster() -> None:
    """The same days; 40 of 400 buy from one channel, 40 of 100 from the other."""
    found = answer(UNIT, rows(of(SLOW, 400, channel="ads"), of(SLOW, 100, channel="fair")))
    assert found.estimates["channels_differ_p"].value == pytest.approx(1)
    share = found.estimates["channels_differ_in_share_p"].value
    assert share is not None
    assert share < 1e-6


def test_leads_without_a_channel_take_no_part_in_the_comparison() -> None:
    named = rows(of(FAST, channel="ads"), of(FAST, channel="fair"))
    nameless = rows(of(FAST, channel="ads"), of(FAST, channel="fair"), of(SLOW))
    left, right = (answer(UNIT, each).estimates["channels_differ_p"] for each in (named, nameless))
    assert left.value == right.value
    assert (left.n, right.n) == (80, 80)


def test_small_channels_are_pooled_and_two_large_ones_are_needed() -> None:
    parts = [of(FAST, channel="ads"), *(of({3: 9}, channel=name) for name in "abc")]
    assert "channels_differ_p" not in answer(UNIT, rows(*parts)).estimates
    parts.append(of(FAST, channel="fair"))
    assert answer(UNIT, rows(*parts)).estimates["channels_differ_p"].n == 80 + 27


def test_nothing_on_record() -> None:
    found = answer(UNIT, rows())
    assert (found.status, values(found)) == (AnswerStatus.UNANSWERABLE, {})
    assert SETTINGS.until == END


def looks(*cohorts: Any) -> dict[str, Look]:
    found = audit(inputs(SETTINGS, rows(*cohorts)), SETTINGS).looks
    return {look.subject[0]: look for look in found}


def test_every_channel_is_looked_at_and_the_poor_one_told_from_the_others() -> None:
    even = [of(SLOW, channel=name) for name in "abc"]
    found = looks(*even, of({20: 10}, channel="poor"))
    assert set(found) == {"a", "b", "c", "poor"}
    poor = found["poor"]
    assert poor.effect.value == pytest.approx(0.25)  # 10 where 40 would be expected
    assert poor.p is not None
    assert poor.p < 1e-4
    assert poor.message.id == "time-to-customer.channel_below"
    assert poor.caveat is not None
    assert found["a"].p is not None
    assert found["a"].p > 0.05


def test_equal_channels_give_no_small_p() -> None:
    found = looks(*(of(SLOW, channel=name) for name in "abcd"))
    assert len(found) == 4
    assert all(look.p is not None and look.p > 0.9 for look in found.values())
