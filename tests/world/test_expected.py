"""The truth about estimates: exact where it can be worked out, and borne out by what happens."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import sqrt

import numpy as np
import pytest

from salesaudit.world.companies import COMPANIES
from salesaudit.world.disturbances import progress_of
from salesaudit.world.estimates import GRID, differences, estimates, yearly_growth
from salesaudit.world.expected import Truth, truth_of
from salesaudit.world.simulate import simulate
from salesaudit.world.truth import Capacity, Leak, Shocks

PLAIN, NULL = COMPANIES["clean"], COMPANIES["null"]
RATES = {"lead_to_mql": 0.45, "mql_to_pitched": 0.58, "pitched_to_sql": 0.50,
         "sql_to_customer": 0.30}  # fmt: skip
MANY = 200_000


@pytest.fixture(scope="module")
def truth() -> Truth:
    return truth_of(simulate(NULL, 5_000, 3))


def test_where_nothing_differs_the_final_rates_are_the_parameters(truth: Truth) -> None:
    for step, rate in RATES.items():
        assert truth.curve(step).final == pytest.approx(rate, abs=1e-9)
        assert truth.curve(step, "Referral").final == pytest.approx(rate, abs=1e-9)
    assert truth.lead_to_customer.final == pytest.approx(np.prod(list(RATES.values())), abs=1e-9)


def test_a_curve_is_what_a_new_company_of_the_same_kind_shows(truth: Truth) -> None:
    other = simulate(NULL, MANY, 99)
    day = other.stage_at.astype("datetime64[D]")
    for number, step in enumerate(RATES):
        came = other.reached > number
        lag = (day[:, number + 1] - day[:, number]).astype(np.int64)
        for horizon in (3, 10, 30, 90):
            moved = (other.reached[came] > number + 1) & (lag[came] <= horizon)
            rate = truth.curve(step).within(horizon)
            sd = sqrt(rate * (1 - rate) / came.sum())
            assert abs(moved.mean() - rate) < 4 * sd + 0.001, (step, horizon)


def test_days_of_those_who_buy_are_those_of_a_new_company(truth: Truth) -> None:
    other = simulate(NULL, MANY, 98)
    day = other.stage_at.astype("datetime64[D]")
    lag = (day[:, -1] - day[:, 0]).astype(np.int64)[other.customer]
    curve = truth.lead_to_customer
    assert curve.quantile(0.5) == pytest.approx(np.median(lag), abs=1)
    assert curve.quantile(0.9) == pytest.approx(np.quantile(lag, 0.9), abs=3)
    assert curve.mean_days() == pytest.approx(lag.mean(), rel=0.02)
    soon = lag[lag <= 60]
    assert curve.mean_days(60) == pytest.approx(soon.mean(), rel=0.02)
    assert curve.quantile(0.5, 60) == pytest.approx(np.median(soon), abs=1)


def test_entries_per_month_are_those_that_come(truth: Truth) -> None:
    assert truth.per_month("lead") == pytest.approx(5_000 / 36)
    parts = [truth.per_month("sql", channel.name) for channel in NULL.channels]
    assert truth.per_month("sql") == pytest.approx(sum(parts))
    history = simulate(PLAIN, MANY, 5)
    found = truth_of(history, redraws=1)
    for stage, role in enumerate(PLAIN.roles):
        known = (history.reached > stage) & (history.stage_at[:, stage] < history.end)
        assert known.sum() / 36 == pytest.approx(found.per_month(role), rel=0.03)


def test_months_of_entry_can_be_chosen() -> None:
    leak = Leak("mql", 0.5, since=date(2025, 1, 1))
    found = truth_of(simulate(replace(NULL, leaks=(leak,)), 3_000, 1))
    before = found.curve("lead_to_mql", until=date(2024, 12, 31)).final
    after = found.curve("lead_to_mql", since=date(2025, 1, 1)).final
    assert (before, after) == pytest.approx((0.45, 0.225))
    assert after < found.curve("lead_to_mql").final < before


def test_shaken_months_have_a_truth_of_their_own_and_one_on_average() -> None:
    company = replace(NULL, shocks=Shocks(rate=0.4, lasting=0.5))
    seeds = [truth_of(simulate(company, 2_000, seed), redraws=5) for seed in range(40)]
    usual = [found.curve("lead_to_mql").final for found in seeds]
    were = [found.curve("lead_to_mql", average="as it was").final for found in seeds]
    assert np.std(usual) < 0.002
    assert np.std(were) > 0.01
    assert np.mean(were) == pytest.approx(np.mean(usual), abs=4 * np.std(were) / sqrt(40))


def test_win_rate_is_that_of_the_deals_decided_by_the_last_day() -> None:
    history = simulate(replace(PLAIN, losses=replace(PLAIN.losses, closed=0.8)), MANY, 4)
    decided = history.deal & (history.customer | history.loss_dated)
    at = np.where(history.customer, history.stage_at[:, -1], history.lost_at)
    decided &= at < history.end
    share = history.customer[decided].mean()
    sd = sqrt(share * (1 - share) / decided.sum())
    assert abs(truth_of(history, redraws=1).win_rate - share) < 4 * sd


def test_queues_are_part_of_what_is_drawn_again() -> None:
    history = simulate(replace(NULL, capacity=Capacity(per_week=0.7)), 5_000, 6)
    found = truth_of(history, redraws=3)
    came = (history.reached > 1) & (history.stage_at[:, 1] < history.end)
    moved = (history.reached > 2)[came].mean()
    assert found.curve("mql_to_pitched").final == pytest.approx(moved, abs=0.05)
    assert found.curve("mql_to_pitched").final < 0.5


def test_growth_is_the_channels_growth_where_they_agree() -> None:
    growing = tuple(replace(channel, growth=0.02) for channel in NULL.channels)
    assert yearly_growth(NULL) == pytest.approx(1)
    assert yearly_growth(replace(NULL, channels=growing)) == pytest.approx(1.02**12, rel=0.003)


def test_what_is_written_down_is_the_same_truth(truth: Truth) -> None:
    written = estimates(truth)
    curve = truth.curve("mql_to_pitched")
    assert written["mql_to_pitched"]["final"] == pytest.approx(curve.final, abs=1e-6)
    assert written["mql_to_pitched"]["within"]["30"] == pytest.approx(curve.within(30), abs=1e-6)
    assert written["mql_to_pitched"]["curve"][GRID.index(30)] == pytest.approx(
        curve.within(30), abs=1e-6
    )
    assert written["by_channel"]["LINE"]["lead_to_customer"]["median_days"] > 0
    assert "as_it_was" not in written
    shaken = truth_of(simulate(replace(NULL, shocks=Shocks(rate=0.2)), 1_000, 1), redraws=2)
    assert "as_it_was" in estimates(shaken)


def test_what_differs_is_said_and_what_does_not_too() -> None:
    assert not any(differences(NULL).values())
    clean = differences(PLAIN)
    assert clean["channels_in_days"]
    assert clean["channels_in_share"]
    assert clean["reps_at_sql"]
    assert not clean["reps_at_mql"]
    leaking = replace(NULL, leaks=(Leak("sql", 0.6, channel="Website"),))
    assert differences(leaking)["channels_in_share"]


def test_a_leak_says_whom_it_met_and_what_it_cost() -> None:
    company = replace(NULL, leaks=(Leak("sql", 0.6, channel="Website", since=date(2025, 1, 1)),))
    history = simulate(company, 20_000, 1)
    [leak] = progress_of(history)["leaks"].values()
    website = history.channel == 2
    hit = website & (history.stage_at[:, 2] >= np.datetime64("2025-01-01"))
    hit &= (history.stage_at[:, 2] < history.end) & (history.reached > 2)
    assert leak["entered"] == hit.sum()
    moved = (history.reached[hit] > 3).sum()
    assert leak["expected"] == pytest.approx(moved, abs=5 * sqrt(moved))
    assert leak["expected_without"] == pytest.approx(leak["expected"] / 0.6)
