"""Visits, campaigns and spend: rates and elasticities as stated."""

from __future__ import annotations

from dataclasses import replace
from math import sqrt
from typing import Any

import numpy as np
import pytest

from salesaudit.world.columns import Table
from salesaudit.world.companies import DEMO
from salesaudit.world.records.expected import expected_leads
from salesaudit.world.records.parameters import Records, Response
from salesaudit.world.records.spend import bills
from salesaudit.world.simulate import History, simulate
from salesaudit.world.tables import as_known
from salesaudit.world.truth import Shocks

FAR = 4.0  # sd
SEEDS = 150


def test_leads_over_visitors_is_the_stated_rate(truth: dict[str, Any]) -> None:
    rows = truth["visits"]["by_channel"].values()
    assert len(rows) == 5
    for row in rows:
        sd = row["rate"] * sqrt((1 - row["rate"]) / row["leads"])
        assert abs(row["complete"] - row["rate"]) < FAR * sd


def test_there_are_as_many_visitors_as_leads_every_day(
    large: History, tables: dict[str, Table]
) -> None:
    visits = tables["visits"]
    seen = {
        (channel, day): visitors
        for channel, day, visitors in zip(
            visits["channel"], visits["visited_on"].astype("datetime64[D]").astype(str),
            visits["visitors"], strict=True,
        )
    }  # fmt: skip
    days = large.created_at.astype("datetime64[D]").astype(str)
    names = [channel.name for channel in DEMO.channels]
    came: dict[tuple[str, str], int] = {}
    for channel, day in zip(large.channel.tolist(), days.tolist(), strict=True):
        came[names[channel], day] = came.get((names[channel], day), 0) + 1
    counted = {channel for channel, _ in seen}
    assert all(seen[key] >= many for key, many in came.items() if key[0] in counted)


def test_campaigns_cover_the_leads_that_name_them(tables: dict[str, Table]) -> None:
    campaigns, leads = tables["campaigns"], tables["leads"]
    assert set(leads["campaign"].tolist()) - {""} <= set(campaigns["campaign"].tolist())
    starts = dict(zip(campaigns["campaign"], campaigns["starts_on"], strict=True))
    ends = dict(zip(campaigns["campaign"], campaigns["ends_on"], strict=True))
    named = leads["campaign"] != ""
    days = leads["created_at"][named].astype("datetime64[D]").astype("datetime64[s]")
    assert all(
        starts[name] <= day <= ends[name]
        for name, day in zip(leads["campaign"][named], days, strict=True)
    )


def test_plans_are_as_optimistic_as_stated(truth: dict[str, Any]) -> None:
    """All campaigns together: their noise and that of the days' demand average out."""
    rows = truth["campaigns"]["by_campaign"].values()
    planned, came = sum(r["planned"] for r in rows), sum(r["leads"] for r in rows)
    assert planned / came == pytest.approx(DEMO.records.campaigns.optimism, rel=0.04)


def test_months_expected_add_up_to_the_leads(large: History) -> None:
    expected = expected_leads(large)
    assert expected.leads.sum() == pytest.approx(len(large))
    assert len(expected.months) == 36


def test_shocks_of_demand_move_what_is_expected_of_the_month() -> None:
    shaken = replace(DEMO, shocks=Shocks(channel_demand=0.3), records=Records())
    history = simulate(shaken, 20_000, 1)
    expected = expected_leads(history).leads
    month = (history.created_at.astype("datetime64[M]") - np.datetime64("2023-01")).astype(int)
    came = np.zeros_like(expected)
    np.add.at(came, (history.channel, month), 1)
    # A day's demand has a gamma of its own, a month has some thirty of them.
    z = (came - expected) / np.sqrt(expected + expected**2 / 20 / 20)
    assert abs(z.mean()) < FAR / sqrt(z.size)
    assert z.std() < 1.2


@pytest.mark.parametrize("follows", [0.0, 0.6])
def test_spend_and_leads_have_the_stated_elasticity(history: History, follows: float) -> None:
    """Over many draws: cov(u, v) = e var(u) + c sd(u) sd(w), and c is the correlation."""
    true = Response(follows=follows)
    gap, correlation, slopes = [], [], []
    for seed in range(SEEDS):
        bill = bills(replace(history, seed=seed), true)
        u = np.log(bill.amount) - np.log(bill.amount).mean(axis=1, keepdims=True)
        v = np.log(bill.leads) - np.log(bill.leads).mean(axis=1, keepdims=True)
        e = bill.elasticity[:, None]
        w = v - e * u
        gap.append((u * v).mean(axis=1) - bill.elasticity * (u * u).mean(axis=1))
        correlation.append((u * w).sum(axis=1) / np.sqrt((u**2).sum(axis=1) * (w**2).sum(axis=1)))
        slopes.append(((u * v).sum(axis=1) / (u * u).sum(axis=1)) - bill.elasticity)
    se = np.std(gap, axis=0) / sqrt(SEEDS)
    if follows == 0:
        assert (np.abs(np.mean(gap, axis=0)) < FAR * se).all()
    else:
        assert (np.mean(gap, axis=0) > FAR * se).all()
        assert np.mean(slopes) > 0.15  # a plain regression is far too high
    assert np.mean(correlation) == pytest.approx(follows, abs=0.05)


def test_elasticities_differ_between_channels_as_stated(history: History) -> None:
    true = Response()
    drawn = np.array([bills(replace(history, seed=s), true).elasticity for s in range(SEEDS)])
    assert drawn.mean() == pytest.approx(0.6, abs=FAR * 0.15 / sqrt(drawn.size))
    assert drawn.std() == pytest.approx(0.15, rel=0.1)


def test_the_marginal_return_is_in_the_truth(history: History) -> None:
    from salesaudit.world.records.known import records_truth

    company = replace(DEMO, records=Records(spend=Response()))
    answering = replace(history, company=company)
    tables = as_known(answering)
    truth = records_truth(answering, tables)["spend"]
    assert set(truth["by_channel"]) == {c.name for c in DEMO.channels if c.cost_per_lead}
    for row in truth["by_channel"].values():
        assert row["marginal_leads"] == pytest.approx(
            row["elasticity"] * row["average_leads"], rel=1e-3
        )
        # One more percent of money brings about as many percent of leads as the elasticity says.
        more = row["leads_at_usual_spend"] * (1.01 ** row["elasticity"] - 1)
        assert row["marginal_leads"] * 0.01 * row["usual_spend"] == pytest.approx(more, rel=0.01)
    keys = list(zip(tables["spend"]["spent_on"].tolist(), tables["spend"]["channel"], strict=True))
    assert len(keys) == len(set(keys)) == 7 * 36


def test_the_demo_says_that_its_spend_brings_nothing(truth: dict[str, Any]) -> None:
    assert truth["spend"]["elasticity"] == 0
