"""The truth: what happened agrees with what was to be expected, within Monte Carlo error."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest

from salesaudit.world.companies import DEMO
from salesaudit.world.estimands import estimands
from salesaudit.world.simulate import History, simulate
from salesaudit.world.tables import as_known

FAR = 4.0  # sd; over some fifty comparisons none is expected beyond


@pytest.fixture(scope="module")
def truth(history: History) -> dict[str, Any]:
    return estimands(history, as_known(history))


def groups(truth: dict[str, Any]) -> list[dict[str, Any]]:
    return [truth["all"], *truth["by_channel"].values()]


def test_every_step_moves_on_as_many_as_expected(truth: dict[str, Any]) -> None:
    for group in groups(truth):
        for step in group["steps"].values():
            sd = sqrt(step["expected"] * (1 - step["expected"]) / step["entered"])
            assert abs(step["complete"] - step["expected"]) < FAR * sd


def test_as_many_become_customers_as_expected(truth: dict[str, Any]) -> None:
    for group in groups(truth):
        rate = group["lead_to_customer"]["expected"]
        sd = sqrt(rate * (1 - rate) / group["leads"])
        assert abs(group["lead_to_customer"]["complete"] - rate) < FAR * sd


def test_buyers_take_as_long_as_expected(truth: dict[str, Any]) -> None:
    """Half of the buyers buy by the true median, give or take chance."""
    days = truth["all"]["days_to_customer"]
    assert days["complete"]["median"] == pytest.approx(days["expected"]["median"], abs=4)
    for within in truth["all"]["within"].values():
        rate, n = within["expected"], truth["all"]["leads"]
        assert abs(within["complete"] - rate) < FAR * sqrt(rate * (1 - rate) / n)


def test_rates_stay_near_the_parameters_where_reps_and_sizes_change_nothing(
    truth: dict[str, Any],
) -> None:
    for channel in DEMO.channels:
        steps = truth["by_channel"][channel.name]["steps"]
        assert steps["lead_to_mql"]["expected"] == pytest.approx(channel.rates[0], abs=1e-6)
        assert steps["mql_to_pitched"]["expected"] == pytest.approx(channel.rates[1], abs=1e-6)
        assert steps["sql_to_customer"]["expected"] == pytest.approx(channel.rates[3], abs=0.04)


def test_the_company_is_one_that_can_be_believed(truth: dict[str, Any]) -> None:
    rates = [group["lead_to_customer"]["expected"] for group in truth["by_channel"].values()]
    assert 0.025 < min(rates) < 0.03
    assert 0.08 < max(rates) < 0.1
    assert truth["all"]["days_to_customer"]["expected"]["median"] == pytest.approx(45, abs=2)


def test_the_newest_cohorts_are_still_under_way(truth: dict[str, Any]) -> None:
    known = truth["as_known"]["reached"]
    assert known["lead"] == truth["all"]["leads"]
    assert 0.90 < known["customer"] / truth["all"]["customers"] < 0.97


def test_deals_stand_for_most_leads_at_the_stage_before_customer(history: History) -> None:
    share = history.deal.sum() / (history.reached >= 4).sum()
    assert 0.85 < share < 0.9


def test_nothing_later_than_the_last_day_is_known(history: History) -> None:
    for name, table in as_known(history).items():
        for column, values in table.items():
            if values.dtype.kind == "M" and column != "expected_on":
                assert not (values >= history.end).any(), (name, column)


def test_deals_close_when_the_lead_becomes_a_customer(history: History) -> None:
    tables = as_known(history)
    deals, events = tables["deals"], tables["stage_events"]
    customers = events["stage"] == "Customer"
    day = dict(zip(events["lead_id"][customers], events["entered_at"][customers], strict=True))
    won = deals["status"] == "Closed Won"
    closed = zip(deals["lead_id"][won], deals["closed_at"][won], strict=True)
    assert all(day[lead] == at for lead, at in closed)
    assert (deals["created_at"] < deals["closed_at"])[~np.isnat(deals["closed_at"])].all()


def test_a_group_without_buyers_has_no_days() -> None:
    small = simulate(DEMO, 200, 5)
    nobody = replace(small, reached=np.ones(200, dtype=np.int64))
    days = estimands(nobody, as_known(nobody))["all"]["days_to_customer"]["complete"]
    assert days == {"median": None, "p90": None, "mean": None}
