"""What feeds back into progress: each does what it says, and touches nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from math import log

import numpy as np
import pytest
from scipy import stats

from salesaudit.world.companies import COMPANIES
from salesaudit.world.delays import days
from salesaudit.world.months import LATER, count_of, months_of
from salesaudit.world.simulate import HOUR, History, simulate
from salesaudit.world.tables import as_known
from salesaudit.world.truth import (
    Burst,
    Capacity,
    Company,
    EarlyHandOver,
    Family,
    Leak,
    Ramp,
    Shocks,
)

PLAIN, NULL = COMPANIES["clean"], COMPANIES["null"]
LEAK = Leak("sql", 0.6, channel="Website", since=date(2025, 1, 1))
SQL = PLAIN.roles.index("sql") - 1  # number of the step that leads there


def world(company: Company, leads: int = 20_000, seed: int = 2) -> History:
    return simulate(company, leads, seed)


@pytest.mark.parametrize("family", ["log-normal", "weibull", "gamma"])
def test_each_family_has_the_median_and_the_spread_asked_for(family: Family) -> None:
    drawn = stats.norm.ppf((np.arange(200_000) + 0.5) / 200_000)
    found = days(family, np.full(len(drawn), 20.0), 0.8, drawn)
    assert np.median(found) == pytest.approx(20, rel=1e-4)
    assert np.log(found).std() == pytest.approx(0.8, rel=2e-3)
    assert (np.diff(found) > 0).all()


def test_weibull_and_gamma_are_those_of_scipy() -> None:
    at = np.array([-1.0, 0.0, 1.5])
    shape = np.pi / (np.sqrt(6) * 0.7)
    weibull = stats.weibull_min(shape, scale=10 / log(2) ** (1 / shape))
    assert days("weibull", np.full(3, 10.0), 0.7, at) == pytest.approx(
        weibull.ppf(stats.norm.cdf(at))
    )
    found = days("gamma", np.full(3, 10.0), 1.0, at)
    gamma = stats.gamma(1.4262551202, scale=10 / stats.gamma(1.4262551202).median())
    assert found == pytest.approx(gamma.ppf(stats.norm.cdf(at)), rel=1e-6)


def test_a_leak_changes_its_own_leads_at_its_own_step_and_no_draw() -> None:
    before, after = world(PLAIN), world(replace(PLAIN, leaks=(LEAK,)))
    website = before.channel == [c.name for c in PLAIN.channels].index("Website")
    late = before.stage_at[:, SQL] >= np.datetime64("2025-01-01")
    hit = website & late
    assert np.array_equal(before.stage_at, after.stage_at)
    assert after.chance[hit, SQL] == pytest.approx(0.6 * before.chance[hit, SQL])
    elsewhere = np.ones_like(before.chance, dtype=bool)
    elsewhere[hit, SQL] = False
    assert np.array_equal(before.chance[elsewhere], after.chance[elsewhere])
    assert np.array_equal(before.reached[~hit], after.reached[~hit])
    assert (after.reached[hit] <= before.reached[hit]).all()
    assert after.customer.sum() < before.customer.sum()


def test_a_leak_may_be_a_teams_a_sizes_a_products_or_a_countrys() -> None:
    before = world(PLAIN, 2_000)
    for kind, value, places in (
        ("team", "Key accounts", before.size >= 2),
        ("size", "1-10", before.size == 0),
        ("product", "Suite", before.product == 4),
        ("country", "Sweden", before.country == 2),
    ):
        leak = replace(Leak("customer", 0.5), **{kind: value})
        after = world(replace(PLAIN, leaks=(leak,)), 2_000)
        assert np.array_equal(after.chance[:, -1] < before.chance[:, -1], places), kind


def test_hidden_heat_makes_the_survivors_hotter_and_shows_in_no_table() -> None:
    hot = world(replace(COMPANIES["confounded"], contents=()))
    assert hot.heat.mean() == pytest.approx(0, abs=4 / np.sqrt(len(hot)))
    assert hot.heat[hot.customer].mean() > 0.4
    cold = world(PLAIN)
    assert np.array_equal(hot.heat, cold.heat)
    assert np.array_equal(hot.stage_at, cold.stage_at)
    for table in as_known(hot).values():
        assert "heat" not in table


def test_months_differ_by_as_much_as_asked_and_last_as_long() -> None:
    shocks = Shocks(demand=0.2, channel_demand=0.1, rate=0.3, channel_rate=0.4, lasting=0.8)
    company = replace(PLAIN, shocks=shocks)
    rates = np.array([months_of(company, seed).rates for seed in range(300)])
    assert rates.std() == pytest.approx(0.5, rel=0.03)
    after, before = rates[..., 1:].ravel(), rates[..., :-1].ravel()
    assert np.corrcoef(after, before)[0, 1] == pytest.approx(0.8, abs=0.02)
    alike = np.corrcoef(rates[:, 0, 0].ravel(), rates[:, 0, 1].ravel())[0, 1]
    assert alike == pytest.approx(0.09 / 0.25, abs=0.06)
    assert rates.shape[-1] == count_of(company) + LATER
    assert not months_of(PLAIN, 1).rates.any()


def test_shocks_of_rates_move_no_lead_in_time() -> None:
    calm, shaken = world(PLAIN), world(replace(PLAIN, shocks=Shocks(rate=0.3)))
    assert np.array_equal(calm.stage_at, shaken.stage_at)
    assert not np.array_equal(calm.reached, shaken.reached)
    assert shaken.usual == pytest.approx(calm.chance, abs=0.02)
    assert shaken.usual.mean() != pytest.approx(calm.chance.mean(), abs=1e-5)


def test_a_burst_comes_beside_the_usual_leads_and_changes_none_of_them() -> None:
    burst = Burst("Website", date(2025, 3, 10), days=14, times=5.0, rate=0.02)
    before, after = world(PLAIN), world(replace(PLAIN, bursts=(burst,)))
    usual = after.burst == 0
    for name in ("channel", "size", "stage_at", "reached", "chance", "rep", "amount"):
        assert np.array_equal(getattr(before, name), getattr(after, name)[usual]), name
    came = after.created_at[~usual]
    assert came.min() >= np.datetime64("2025-03-10")
    assert came.max() < np.datetime64("2025-03-24")
    assert set(after.channel[~usual]) == {2}
    inside = (before.created_at >= came.min()) & (before.created_at < np.datetime64("2025-03-24"))
    assert (~usual).sum() / (inside & (before.channel == 2)).sum() == pytest.approx(4, rel=0.35)
    assert after.chance[~usual, 0] == pytest.approx(0.02)
    assert (np.diff(after.created_at.astype(np.int64)) >= 0).all()


def test_early_ones_are_sooner_qualified_and_less_often_pitched() -> None:
    before = world(NULL)
    after = world(replace(NULL, early_hand_over=EarlyHandOver(share=0.3)))
    early = after.early
    assert early.mean() == pytest.approx(0.3, abs=0.02)
    assert np.array_equal(before.stage_at[~early], after.stage_at[~early])
    lag = (after.stage_at[:, 1] - after.stage_at[:, 0]).astype(np.int64)
    assert np.median(lag[early]) < 0.6 * np.median(lag[~early])
    assert after.chance[early, 1] == pytest.approx(0.6 * before.chance[early, 1])


def test_a_new_rep_moves_fewer_on_until_the_ramp_is_over() -> None:
    hired = date(2024, 1, 1)
    reps = (replace(NULL.reps[0], hired_on=hired), *NULL.reps[1:])
    steps = tuple(replace(step, skill=1.0) for step in NULL.steps)
    company = replace(NULL, reps=reps, steps=steps, ramp=Ramp(log_odds=1.0, months=5))
    found = world(company)
    entered = found.stage_at[:, 1]
    new = (found.rep == 0) & (entered < np.datetime64("2024-02-01"))
    old = (found.rep == 0) & (entered > np.datetime64("2024-06-03"))
    assert found.chance[new, 1].max() < 0.58 - 0.15
    assert found.chance[old, 1] == pytest.approx(0.58)


def test_a_reps_skill_may_differ_from_step_to_step() -> None:
    reps = (replace(NULL.reps[0], skill=(0.0, 0.5, -0.5, 0.0)), *NULL.reps[1:])
    steps = tuple(replace(step, skill=1.0) for step in NULL.steps)
    found = world(replace(NULL, reps=reps, steps=steps), 2_000)
    first = found.chance[found.rep == 0][0]
    odds = np.log(first / (1 - first)) - np.log(
        np.array([0.45, 0.58, 0.5, 0.3]) / [0.55, 0.42, 0.5, 0.7]
    )
    assert odds == pytest.approx([0.0, 0.5, -0.5, 0.0], abs=1e-9)


def test_where_capacity_binds_leads_wait_and_some_are_never_touched() -> None:
    scarce = replace(NULL, capacity=Capacity(per_week=2.0, patience=20, decay=0.02))
    found, free = world(scarce), world(NULL)
    assert np.array_equal(found.stage_at[:, :2], free.stage_at[:, :2])
    assert 0.2 < found.untouched.mean() < 0.8
    assert (found.chance[found.untouched, 1] == 0).all()
    assert found.waited.max() <= 20 * 24 * HOUR
    patient = ~found.untouched & (found.waited > 10 * 24 * HOUR)
    odds = found.chance[patient, 1] / (1 - found.chance[patient, 1])
    waited = found.waited[patient] / (24 * HOUR)
    assert np.log(odds / (0.58 / 0.42)) == pytest.approx(-0.02 * waited)
    work = as_known(found)["activities"]["lead"]
    assert not found.untouched[work].any()


def test_a_rep_begins_no_more_leads_than_there_is_room_for() -> None:
    found = world(replace(NULL, capacity=Capacity(per_week=2.0, patience=20)))
    begun = (found.reached > 1) & ~found.untouched & (found.rep == 3)
    begins = np.sort((found.stage_at[:, 1] + found.waited)[begun])
    gaps = np.diff(begins).astype(np.int64)
    assert gaps.min() >= 3.5 * 24 * HOUR - 2


def test_losses_may_lack_their_day_or_be_kept_by_nobody() -> None:
    undated = as_known(world(COMPANIES["undated_losses"]))["deals"]
    lost = undated["status"] == "Closed Lost"
    assert np.isnat(undated["closed_at"][lost]).mean() == pytest.approx(0.3 + 0.0, abs=0.03)
    assert not np.isnat(undated["closed_at"][undated["status"] == "Closed Won"]).any()
    forgotten = replace(PLAIN, losses=replace(PLAIN.losses, kept=0.0))
    tables = as_known(world(forgotten, 2_000))
    assert (tables["deals"]["status"] != "Closed Lost").all()
    assert np.isnat(tables["leads"]["lost_at"]).all()
    assert (tables["leads"]["lost_reason"] == "").all()
