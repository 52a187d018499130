"""Campaign rates: which cohorts are old enough, what reached means, and how much months differ."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from facts.rows import cohort, inputs, span, staged, together
from salesaudit.core.settings import Settings
from salesaudit.facts.campaign_rates import NOTHING, CampaignRates, Passed, campaign_rates
from salesaudit.measures.reached_leads import ReachedLeads, reached_leads
from salesaudit.measures.recorded_spans import recorded_spans
from salesaudit.measures.stages import stages

SETTINGS = Settings(as_of=date(2024, 12, 31))
UNSTAGED = staged(SETTINGS, "mql", "pitched", "sql")
SPAN = span("activities.done_at", date(2024, 1, 1), date(2024, 12, 31))


def month(number: int, *counts: int, channel: str | None = "ads", year: int = 2024) -> ReachedLeads:
    """leads, customers, reached, reached customers, pitched, pitched customers."""
    return ReachedLeads(channel, False, date(year, number, 1), *counts)


def found(*rows: ReachedLeads, known: Any = UNSTAGED, spans: Any = (SPAN,)) -> CampaignRates:
    """Rates over leads who buy after 40 days, if at all."""
    parts = [
        cohort("lead_to_customer", date(2024, number, 1), {40: 20}, 80, channel="ads")
        for number in range(1, 12)
    ]
    given = together(
        *parts, {reached_leads: list(rows), stages: known, recorded_spans: list(spans)}
    )
    return inputs(SETTINGS, given).fact(campaign_rates)


def test_counts_months_whose_last_lead_is_old_enough() -> None:
    rates = found(*(month(i, 100, 20, 50, 18, 0, 0) for i in range(1, 13)))
    assert (rates.days, rates.until) == (40, date(2024, 10, 1))  # 31 October and 40 days
    assert (rates.leads, rates.customers) == (1000, 200)
    assert rates.total is not None
    assert rates.total.reach == Passed(500, 1000, 1.0)
    assert rates.total.close == Passed(180, 500, 1.0)
    assert rates.total.unreached == 20
    assert rates.basis == "activities"


def test_months_that_differ_more_than_chance_carry_it() -> None:
    swings = [month(i, 100, 20, 30 + 40 * (i % 2), 18, 0, 0) for i in range(1, 9)]
    rates = found(*swings)
    assert rates.total is not None
    # 8 months 20 above or below 50 of 100: (20 ** 2 / 25) * 8 / 7
    assert rates.total.reach.phi == pytest.approx(16 * 8 / 7)
    assert rates.total.reach.rho == pytest.approx((16 * 8 / 7 - 1) / 99)


def test_a_channel_of_few_months_takes_the_dispersion_of_all() -> None:
    swings = [month(i, 100, 20, 30 + 40 * (i % 2), 18, 0, 0) for i in range(1, 9)]
    rates = found(*swings, month(3, 50, 9, 30, 8, 0, 0, channel="fair"))
    assert rates.total is not None
    assert rates.channels["fair"].reach == (30, 50, *rates.total.reach[2:])
    assert set(rates.channels) == {"ads", "fair"}


def test_months_before_activities_were_recorded_do_not_count() -> None:
    late = span("activities.done_at", date(2024, 3, 9), date(2024, 12, 31))
    rows = [month(i, 100, 20, 50 if i > 2 else 0, 18 if i > 2 else 0, 0, 0) for i in range(1, 7)]
    rates = found(*rows, spans=(late,))
    assert (rates.from_on, rates.leads) == (date(2024, 4, 1), 300)


def test_months_before_the_first_recorded_answer_do_not_count() -> None:
    rows = [month(i, 100, 20, 50 if i > 2 else 0, 18 if i > 2 else 0, 0, 0) for i in range(1, 7)]
    assert found(*rows).from_on == date(2024, 3, 1)


def test_the_stage_is_what_is_recorded_where_most_customers_have_no_answered_call() -> None:
    known = staged(SETTINGS, "mql", "sql")
    rates = found(*(month(i, 100, 20, 5, 2, 60, 20) for i in range(1, 7)), known=known)
    assert rates.basis == "stage"
    assert rates.total is not None
    assert (rates.total.reach.x, rates.total.close.x, rates.total.unreached) == (360, 120, 0)


def test_few_answered_calls_are_what_there_is_where_the_stage_is_not_recorded() -> None:
    rates = found(*(month(i, 100, 20, 5, 2, 60, 20) for i in range(1, 7)))
    assert rates.basis == "activities"
    assert rates.total is not None
    assert rates.total.unreached == 108


def test_without_either_only_leads_and_customers_are_known() -> None:
    rates = found(*(month(i, 100, 20, 0, 0, 60, 20) for i in range(1, 7)), spans=())
    assert (rates.basis, rates.total, rates.channels) == (None, None, {})
    assert (rates.leads, rates.customers) == (600, 120)


def test_nothing_is_known_where_nobody_bought_or_nothing_is_followed() -> None:
    assert inputs(SETTINGS, {stages: UNSTAGED}).fact(campaign_rates) == NOTHING
    nobody = together(
        cohort("lead_to_customer", date(2024, 1, 1), {}, 100),
        {reached_leads: [month(1, 100, 0, 50, 0, 0, 0)], stages: UNSTAGED},
    )
    assert inputs(SETTINGS, nobody).fact(campaign_rates) == NOTHING
