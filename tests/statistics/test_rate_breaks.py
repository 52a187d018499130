"""Breaks of a rate: by hand, planted, none, what is refused."""

from __future__ import annotations

import numpy as np
import pytest

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.rate_breaks import _rate_scores, rate_break

RUNS = 200


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
