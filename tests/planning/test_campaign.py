"""The campaign plan: the worked example by hand, and what each input does to the answer."""

from __future__ import annotations

import pytest

from salesaudit.planning.campaign import Campaign, plan_campaign
from salesaudit.planning.inputs import Basis, Input, counted_rate, seen_margin

TYPED = Campaign(Input(150), Input(0.5), Input(0.25), Input(400), 3000)
PAST = Campaign(
    Input(150),
    counted_rate(200, 400, 1.0, Basis.STAGE) or Input(0),
    counted_rate(50, 200, 1.0, Basis.STAGE) or Input(0),
    Input(1000),
    9000,
)
MARGIN = seen_margin(50, 50_000, 100e6, Basis.MARGINS) or Input(0)


def test_the_worked_example() -> None:
    plan = plan_campaign(TYPED)
    assert [(s.name, s.expected, s.whole) for s in plan.steps] == [
        ("leads", 150, 150), ("reached", 75, 75), ("customers", 18.75, 18),
    ]  # fmt: skip
    assert plan.customers == (14, 24, 11, 27)
    assert (plan.pays_at, plan.floor_at) == (8, 15)
    assert (plan.returned, plan.returned_expected) == (18 * 400 / 3000, 2.5)
    assert plan.chance == pytest.approx(0.8541, abs=5e-5)
    assert (plan.most_sure, plan.most_expected) == (15 * 400 / 2, 18.75 * 400 / 2)
    assert plan.reaches


def test_the_futures_that_reach_the_floor_are_the_chance_in_twentieths() -> None:
    plan = plan_campaign(TYPED)
    assert plan.futures_reached == round(20 * plan.chance) == 17
    assert list(plan.futures) == sorted(plan.futures)


def test_rates_of_the_past_widen_the_range_and_lower_the_price_to_pay() -> None:
    sure, doubtful = (
        plan_campaign(TYPED._replace(margin=Input(1000), cost=9000)),
        plan_campaign(PAST),
    )
    assert (sure.chance, doubtful.chance) == pytest.approx((0.6103, 0.5946), abs=5e-5)
    assert doubtful.customers == (13, 25, 10, 29)
    assert doubtful.most_expected == pytest.approx(9421.64, abs=0.005)
    assert doubtful.most_sure == 7500


def test_a_price_that_meets_the_floor_on_the_average_misses_it_about_every_second_time() -> None:
    average = plan_campaign(PAST)
    again = plan_campaign(PAST._replace(cost=average.most_expected))
    assert 0.45 < again.chance < 0.6


def test_at_the_price_for_eight_in_ten_the_chance_is_at_least_that_and_above_it_less() -> None:
    for campaign in (TYPED, PAST, PAST._replace(margin=MARGIN)):
        most = plan_campaign(campaign).most_sure
        assert plan_campaign(campaign._replace(cost=most * (1 - 1e-9))).chance >= 0.8 - 1e-6
        assert plan_campaign(campaign._replace(cost=most * 1.01)).chance < 0.8


def test_typed_numbers_have_no_range_to_hang_on() -> None:
    assert plan_campaign(TYPED).hinges == ()


def test_the_answer_hangs_most_on_the_widest_input_first() -> None:
    plan = plan_campaign(PAST._replace(margin=MARGIN))
    widths = [h.returned.upper - h.returned.lower for h in plan.hinges]
    assert {h.name for h in plan.hinges} == {"reach", "close", "margin"}
    assert widths == sorted(widths, reverse=True)
    [margin] = [h for h in plan.hinges if h.name == "margin"]
    assert margin.customers.lower == margin.customers.upper
    assert margin.returned.upper == pytest.approx(18.75 * margin.upper / 9000)


def test_leads_above_the_teams_capacity_count_nothing() -> None:
    plan = plan_campaign(TYPED._replace(capacity=Input(100)))
    assert (plan.over, plan.expected) == (50, 12.5)
    assert plan.steps[0].whole == 150
    assert plan_campaign(TYPED._replace(capacity=Input(150))).over == 0


@pytest.mark.parametrize(
    "campaign",
    [
        TYPED._replace(leads=Input(0)),
        TYPED._replace(reach=Input(0)),
        TYPED._replace(close=Input(0)),
        TYPED._replace(capacity=Input(0)),
        TYPED._replace(leads=Input(0), margin=MARGIN),
    ],
    ids=["no leads", "nobody reached", "nobody buys", "no room", "no leads, margins of the past"],
)
def test_nobody_comes_and_nothing_may_be_paid(campaign: Campaign) -> None:
    plan = plan_campaign(campaign)
    assert (plan.expected, plan.chance, plan.most_sure, plan.most_expected) == (0, 0, 0, 0)
    assert (plan.futures_reached, plan.reaches) == (0, False)
    assert plan.pays_at == 8 or not campaign.margin.exact


def test_without_a_margin_no_number_of_customers_pays() -> None:
    plan = plan_campaign(TYPED._replace(margin=Input(0)))
    assert (plan.pays_at, plan.floor_at, plan.chance, plan.returned) == (None, None, 0, 0)


def test_everybody_buys() -> None:
    plan = plan_campaign(TYPED._replace(reach=Input(1), close=Input(1)))
    assert (plan.whole, plan.chance, set(plan.futures)) == (150, 1, {20})


def test_the_floor_is_met_on_raw_values() -> None:
    exactly = TYPED._replace(leads=Input(15), reach=Input(1), close=Input(1))
    assert plan_campaign(exactly).chance == 1
    assert plan_campaign(exactly._replace(cost=3000.01)).chance == 0
    tenths = exactly._replace(leads=Input(11), margin=Input(30), cost=300, floor=1.1)
    assert (plan_campaign(tenths).chance, plan_campaign(tenths).futures_reached) == (1, 20)
