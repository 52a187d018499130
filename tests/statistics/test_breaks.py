"""Breaks: a referee for the score, planted steps, series without any, what is refused."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.arrivals import quasi_poisson, season_design
from salesaudit.statistics.base import Range
from salesaudit.statistics.breaks import Break, _look, _steps, bar_moved, level_break

RUNS = 200


def weeks(rng: np.random.Generator, number: int, at: int, factor: float) -> np.ndarray:
    level = 70 * np.exp(0.1 * np.arange(number) / 52)
    level[at:] *= factor
    return rng.poisson(level * rng.gamma(100, 1 / 100, number))


@pytest.mark.parametrize("number", [60, 104])
def test_the_score_equals_statsmodels(rng: np.random.Generator, number: int) -> None:
    counts, design = weeks(rng, number, 30, 0.9), season_design(number)
    fit, used = quasi_poisson(counts, design), np.ones(number)
    steps = _steps(fit, design, used)
    scores = (steps.shapes @ (counts - fit.mean)) ** 2 / steps.variance
    referee = sm.GLM(counts, design, family=sm.families.Poisson()).fit()
    for at in (5, 30, number - 5):
        step = (np.arange(number) >= at)[:, None].astype(float)
        tested = referee.score_test(exog_extra=step)[0]
        assert scores[steps.places == at][0] == pytest.approx(np.squeeze(tested), rel=1e-6)
    assert (steps.places[0], steps.places[-1]) == (5, number - 5)
    assert _look((counts - fit.mean)[None], steps).score == pytest.approx(scores.max())


def test_a_jump_by_hand() -> None:
    """From 100 a week to 50 in one week: 400 to 200 in a month, 0.5 of the 75 fitted twice over."""
    counts = np.repeat([100.0, 50.0], 30)
    fit = quasi_poisson(counts, np.ones((60, 1)))
    steps = _steps(fit, np.ones((60, 1)), np.ones(60))
    look = _look((counts - fit.mean)[None], steps)
    assert steps.places[look.place[0]] == 30
    assert look.jump[0] == pytest.approx((50 / 75) / np.sqrt(2 / 300))


def test_halved_volume_is_found_where_it_is(rng: np.random.Generator) -> None:
    found = level_break(weeks(rng, 104, 60, 0.5), rng)
    assert found is not None
    assert abs(found.at - 60) <= 1
    assert found.p == 1 / 500
    assert found.factor.lower < 0.5 < found.factor.upper


def test_a_series_without_a_break_has_none_more_often_than_promised(
    rng: np.random.Generator,
) -> None:
    p = np.array([level_break(weeks(rng, 80, 0, 1.0), rng, draws=199).p for _ in range(RUNS)])
    assert np.mean(p <= 0.1) <= 0.1 + 2.576 * np.sqrt(0.1 * 0.9 / RUNS)


def test_a_level_that_wanders_hardly_breaks(rng: np.random.Generator) -> None:
    """Months at sd 15 % that remember each other: without the jump two thirds of them broke."""
    told = 0
    for _ in range(60):
        months = rng.standard_normal(26)
        for month in range(1, 26):
            months[month] = 0.8 * months[month - 1] + 0.6 * months[month]
        level = 70 * np.exp(0.15 * np.repeat(months, 4))
        told += level_break(rng.poisson(level), rng, draws=199).p <= 0.05
    assert told / 60 <= 0.3


def test_a_channel_that_starts_and_stops_breaks_only_in_between(rng: np.random.Generator) -> None:
    counts = np.zeros(200, dtype=int)
    counts[50:150] = weeks(rng, 100, 60, 0.5)
    found = level_break(counts, rng)
    assert found is not None
    assert abs(found.at - 110) <= 1
    assert found.p <= 0.01


def test_a_burst_passed_over_is_no_break(rng: np.random.Generator) -> None:
    counts, weights = weeks(rng, 80, 0, 1.0), np.ones(80)
    counts[70:75] *= 20
    weights[70:75] = 0
    told, plain = level_break(counts, rng, weights=weights), level_break(counts, rng)
    assert told.p > 0.01
    assert plain.factor.value > told.factor.value


def test_no_break_without_half_a_year_or_without_counts(rng: np.random.Generator) -> None:
    assert level_break([50] * 25, rng) is None
    assert level_break([0] * 60, rng) is None
    assert level_break([0] * 60 + [50] * 25, rng) is None
    even = level_break([50] * 60, rng)
    assert even.p == 1.0
    assert even.factor == pytest.approx((1, 1, 1))
    with pytest.raises(StatisticError):
        level_break([5] * 30 + [-1], rng)


def test_a_moved_bar_is_more_volume_at_a_lower_rate() -> None:
    more, fewer = Range(1.6, 1.4, 1.8), Range(0.6, 0.5, 0.7)
    assert bar_moved(Break(12, more, 0.01), Break(13, fewer, 0.01), apart=1)
    assert bar_moved(Break(12, fewer, 0.01), Break(12, more, 0.01), apart=1)
    assert not bar_moved(Break(12, more, 0.01), Break(12, more, 0.01), apart=1)
    assert not bar_moved(Break(12, more, 0.01), Break(15, fewer, 0.01), apart=1)
    assert not bar_moved(Break(12, more, 0.01), Break(12, fewer, 0.2), apart=1)
