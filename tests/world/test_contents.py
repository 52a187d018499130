"""Contents: the rate of moving on is multiplied by exactly what they are said to do."""

from __future__ import annotations

from dataclasses import replace
from math import log, sqrt

import numpy as np
import pytest
from numpy.typing import NDArray

from salesaudit.world.companies import COMPANIES
from salesaudit.world.contents import Ends, Met, Stay, influenced
from salesaudit.world.delays import days
from salesaudit.world.expected import truth_of
from salesaudit.world.simulate import simulate
from salesaudit.world.tables import as_known
from salesaudit.world.truth import Content, Family

NULL = COMPANIES["null"]
LEADS = 300_000
Floats = NDArray[np.float64]


def stays(effects: tuple[float, ...], family: Family = "log-normal") -> tuple[Ends, Floats]:
    """Many stays of about three weeks, each content met once in about three weeks."""
    rng = np.random.default_rng(5)
    median = np.full(LEADS, 20.0)
    stay = Stay(np.full(LEADS, 0.4), median, family, 0.8, 24.0, 0.9)
    moves = rng.random(LEADS) < 0.4
    moves_after = days(family, median, 0.8, rng.standard_normal(LEADS))
    lost_after = 24.0 * np.exp(0.9 * rng.standard_normal(LEADS))
    met = rng.exponential(20.0, (LEADS, len(effects)))
    contents = tuple(
        Content(f"C{n}", "t", "case study", "mql", effect=effect)
        for n, effect in enumerate(effects)
    )
    company = replace(NULL, contents=contents)
    would = Met(tuple(range(len(effects))), met, np.zeros_like(met, dtype=bool))
    ends = influenced(company, stay, Ends(moves, moves_after, lost_after), would, rng)
    return ends, met


def rate_ratio(
    ends: Ends, exposed_after: Floats, moved: NDArray[np.bool_], other: Floats | None = None
) -> tuple[float, float]:
    """Mantel-Haenszel ratio of the rates in halves of a day, and the sd of its log.

    Only time after ``other`` is looked at; where that is below zero, only time before its size.
    """
    edges = np.arange(0, 100, 0.5)
    until = ends.after
    top = bottom = variance = 0.0
    for begin in edges:
        end = begin + 0.5
        at_risk = until > begin
        if other is not None:
            at_risk &= np.where(other >= 0, other <= begin, -other > end)
        time = np.minimum(until, end) - begin
        touched = np.clip(np.minimum(until, end) - np.maximum(begin, exposed_after), 0, None)
        t1 = touched[at_risk].sum()
        t0 = time[at_risk].sum() - t1
        event = moved & at_risk & (until <= end)
        a = int((event & (exposed_after < until)).sum())
        b = int(event.sum()) - a
        if t0 > 0 and t1 > 0:
            top += a * t0 / (t0 + t1)
            bottom += b * t1 / (t0 + t1)
            variance += (a + b) * t1 * t0 / (t0 + t1) ** 2
    return top / bottom, sqrt(variance / (top * bottom))


@pytest.mark.parametrize("effect", [0.5, 0.8, 1.3, 1.5, 2.7])
def test_the_rate_of_moving_on_is_multiplied_and_that_of_losses_is_not(effect: float) -> None:
    ends, met = stays((effect,))
    ratio, sd = rate_ratio(ends, met[:, 0], ends.moves)
    assert abs(log(ratio) - log(effect)) < 4 * sd
    assert sd < 0.02
    lost, sd = rate_ratio(ends, met[:, 0], ~ends.moves)
    assert abs(log(lost)) < 4 * sd


@pytest.mark.parametrize("family", ["weibull", "gamma"])
def test_so_it_is_in_every_family(family: Family) -> None:
    ends, met = stays((1.5,), family)
    ratio, sd = rate_ratio(ends, met[:, 0], ends.moves)
    assert abs(log(ratio) - log(1.5)) < 4 * sd


def test_effects_of_several_contents_multiply() -> None:
    ends, met = stays((1.5, 0.6))
    for column, effect in ((0, 1.5), (1, 0.6)):
        own, other = met[:, column], met[:, 1 - column]
        for before in (True, False):  # the other one has been met, or has not
            ratio, sd = rate_ratio(ends, own, ends.moves, other if before else -other)
            assert abs(log(ratio) - log(effect)) < 4 * sd, (column, before)
            assert sd < 0.04


def test_without_an_effect_nothing_is_drawn_and_nothing_changes() -> None:
    content = Content("C1", "Price list", "price list", "mql", per_day=0.1)
    before, after = simulate(NULL, 2_000, 1), simulate(replace(NULL, contents=(content,)), 2_000, 1)
    assert np.array_equal(before.stage_at, after.stage_at)
    assert np.array_equal(before.reached, after.reached)
    assert len(after.touch.lead) > 300


def test_touches_lie_between_entering_the_stage_and_leaving_it() -> None:
    history = simulate(COMPANIES["confounded"], 5_000, 2)
    roles = history.company.roles
    for place, content in enumerate(history.company.contents):
        mine = history.touch.content == place
        lead, at = history.touch.lead[mine], history.touched_at[mine]
        stage = roles.index(content.role)
        assert (history.reached[lead] > stage).all()
        assert (at >= history.stage_at[lead, stage]).all()
        moved = history.reached[lead] > stage + 1
        leaves = np.where(moved, history.stage_at[lead, stage + 1], history.lost_at[lead])
        assert (at <= leaves).all()


def test_hot_leads_meet_more_where_heat_counts() -> None:
    content = Content("C1", "Case study", "case study", "mql", per_day=0.05, heat=0.8)
    history = simulate(replace(NULL, contents=(content,)), 20_000, 1)
    assert history.heat[history.touch.lead].mean() > 0.3


def test_more_move_on_in_the_truth_and_in_the_tables() -> None:
    content = Content("C1", "Demo video", "video", "mql", effect=2.0, per_day=0.3)
    company = replace(NULL, contents=(content,))
    history = simulate(company, 50_000, 1)
    came = (history.reached > 1) & (history.stage_at[:, 1] < history.end)
    moved = (history.reached > 2)[came].mean()
    assert moved > 0.62
    found = truth_of(history, redraws=2).curve("mql_to_pitched").final
    assert found == pytest.approx(moved, abs=0.012)
    tables = as_known(history)
    touches = tables["content_touches"]
    assert set(touches["content_id"]) == {"C1"}
    assert (touches["touched_at"] < history.end).all()
    assert (touches["shared_by"] != "").mean() == pytest.approx(0.6, abs=0.02)
    assert tables["contents"]["title"].tolist() == ["Demo video"]
