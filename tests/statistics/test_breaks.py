"""Breaks: a referee for the score, planted steps, series without any, what is refused."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.arrivals import quasi_poisson, season_design
from salesaudit.statistics.base import Range
from salesaudit.statistics.breaks import (
    Break,
    _places,
    _rate_scores,
    _scores,
    bar_moved,
    level_break,
    rate_break,
)

RUNS = 200


def weeks(rng: np.random.Generator, number: int, at: int, factor: float) -> np.ndarray:
    level = 70 * np.exp(0.1 * np.arange(number) / 52)
    level[at:] *= factor
    return rng.poisson(level * rng.gamma(100, 1 / 100, number))


@pytest.mark.parametrize("number", [60, 104])
def test_the_score_equals_statsmodels(rng: np.random.Generator, number: int) -> None:
    counts, design = weeks(rng, number, 30, 0.9), season_design(number)
    fit, used = quasi_poisson(counts, design), np.ones(number)
    places, variance = _places(fit, design, used)
    scores = _scores((counts - fit.mean)[None], places, variance, used)[0]
    referee = sm.GLM(counts, design, family=sm.families.Poisson()).fit()
    for at in (5, 30, number - 5):
        step = (np.arange(number) >= at)[:, None].astype(float)
        tested = referee.score_test(exog_extra=step)[0]
        assert scores[places == at][0] == pytest.approx(np.squeeze(tested), rel=1e-6)
    assert (places[0], places[-1]) == (5, number - 5)


def test_halved_volume_is_found_where_it_is(rng: np.random.Generator) -> None:
    found = level_break(weeks(rng, 104, 60, 0.5), rng)
    assert found is not None
    assert abs(found.at - 60) <= 1
    assert found.p == 1 / 500
    assert found.factor.lower < 0.5 < found.factor.upper


def test_a_series_without_a_break_has_one_as_often_as_promised(rng: np.random.Generator) -> None:
    p = np.array([level_break(weeks(rng, 80, 0, 1.0), rng, draws=199).p for _ in range(RUNS)])
    assert abs(np.mean(p <= 0.1) - 0.1) <= 2.576 * np.sqrt(0.1 * 0.9 / RUNS)


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
    even = level_break([50] * 60, rng)
    assert even.p == 1.0
    assert even.factor == pytest.approx((1, 1, 1))
    with pytest.raises(StatisticError):
        level_break([5] * 30 + [-1], rng)


def test_the_score_of_a_rate_by_hand() -> None:
    """20 and 40 of 100 each, 30 expected of both: (40 - 20)^2 / (21 + 21), Pearson's 2 x 2 test."""
    score, pearson = _rate_scores(
        np.array([100.0, 100]), np.array([[20.0, 40]]), np.array([0.3, 0.3]), np.array([1])
    )
    assert score[0, 0] == pytest.approx(400 / 42)
    assert pearson[0] == pytest.approx(400 / 42)


def test_a_halved_rate_is_found_though_young_cohorts_show_little(rng: np.random.Generator) -> None:
    share = 0.2 * np.append(np.ones(15), [0.95, 0.65, 0.25])
    rate = share * np.where(np.arange(18) < 12, 1.0, 0.5)
    found = rate_break([300] * 18, rng.binomial(300, rate), share, rng)
    assert found is not None
    assert abs(found.at - 12) <= 1
    assert found.p <= 0.01
    assert found.factor.lower < 0.5 < found.factor.upper


@pytest.mark.parametrize("shape", [None, 11.0])
def test_one_rate_breaks_as_often_as_promised(
    rng: np.random.Generator, shape: float | None
) -> None:
    p = []
    for _ in range(RUNS):
        shocks = np.ones(18) if shape is None else rng.gamma(shape, 1 / shape, 18)
        counts = rng.binomial(200, np.minimum(0.2 * shocks, 1))
        p.append(rate_break([200] * 18, counts, [0.2] * 18, rng, draws=199).p)
    assert abs(np.mean(np.array(p) <= 0.1) - 0.1) <= 2.576 * np.sqrt(0.1 * 0.9 / RUNS)


def test_few_conversions_tell_no_break(rng: np.random.Generator) -> None:
    assert rate_break([50] * 6, [1] * 6, [0.05] * 6, rng) is None
    assert rate_break([100] * 3, [30] * 3, [0.3] * 3, rng) is None
    with pytest.raises(StatisticError):
        rate_break([5] * 5, [6] * 5, [0.3] * 5, rng)
    with pytest.raises(StatisticError):
        rate_break([5] * 5, [4] * 5, [1.0] * 5, rng)


def test_a_moved_bar_is_more_volume_at_a_lower_rate() -> None:
    more, fewer = Range(1.6, 1.4, 1.8), Range(0.6, 0.5, 0.7)
    assert bar_moved(Break(12, more, 0.01), Break(13, fewer, 0.01), apart=1)
    assert bar_moved(Break(12, fewer, 0.01), Break(12, more, 0.01), apart=1)
    assert not bar_moved(Break(12, more, 0.01), Break(12, more, 0.01), apart=1)
    assert not bar_moved(Break(12, more, 0.01), Break(15, fewer, 0.01), apart=1)
    assert not bar_moved(Break(12, more, 0.01), Break(12, fewer, 0.2), apart=1)
