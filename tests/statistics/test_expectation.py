"""A group against the others: size, interval and test agree, immature leads count for their age."""

from __future__ import annotations

import numpy as np
import pytest

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.conversion import Curve, product_limit
from salesaudit.statistics.expectation import against_others

RUNS = 600


def counts(days: np.ndarray) -> np.ndarray:
    return np.bincount(days, minlength=400)


def drawn(
    rng: np.random.Generator, leads: int, rate: float, oldest: int
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Leads of even ages that buy after 1 to 60 days: lags, ages of buyers, ages of others."""
    age = rng.integers(0, oldest, leads)
    lag = rng.integers(1, 61, leads)
    buys = (rng.random(leads) < rate) & (lag <= age)
    return counts(lag[buys]), counts(age[buys]), counts(age[~buys])


def curve(group: tuple[np.ndarray, np.ndarray, np.ndarray]) -> Curve:
    converted, ages, open_ages = group
    return product_limit(converted, open_ages, ages)


def test_by_hand() -> None:
    """Others: 40 of 100 on day 5. The group: 30 of 100 old leads, where 40 would be expected."""
    others = product_limit(np.bincount([5] * 40), np.bincount([90] * 60), np.bincount([90] * 40))
    found = against_others(np.bincount([90] * 30), np.bincount([90] * 70), others)
    assert found is not None
    assert (found.observed, found.expected, found.ratio) == pytest.approx((30, 40, 0.75))
    # chance: 100 x 0.4 x 0.6 = 24; the curve: 40^2 x 0.6^2 x (40 / (100 x 60)) / 0.4^2 = 24
    assert found.z == pytest.approx(-10 / np.sqrt(48))
    assert found.log_ratio == pytest.approx(np.log(30.5 / 40.5))
    # chance at three quarters of what is expected: 24 / (40 x 30.5); the curve: 24 / 40^2
    assert found.log_variance == pytest.approx(24 / (40 * 30.5) + 24 / 1600)


def test_young_leads_are_expected_to_have_bought_little() -> None:
    others = product_limit(np.bincount([50] * 40), np.bincount([90] * 60), np.bincount([90] * 40))
    young = against_others(np.bincount([0]) * 0, np.bincount([20] * 100), others)
    assert young is None  # nothing is expected of leads under 50 days


def test_equal_groups_are_told_apart_as_often_as_promised() -> None:
    """The group is as good as the others and much younger; 5 % of the runs may say otherwise."""
    rng = np.random.default_rng(20240)
    told, agree = 0, 0
    for _ in range(RUNS):
        others, group = drawn(rng, 1500, 0.2, 300), drawn(rng, 400, 0.2, 90)
        found = against_others(group[1], group[2], curve(others))
        assert found is not None
        told += found.p < 0.05
        agree += (found.p < 0.05) == (not found.lower <= 1 <= found.upper)
    assert agree == RUNS
    assert abs(told / RUNS - 0.05) <= 2.576 * np.sqrt(0.05 * 0.95 / RUNS)


def test_half_the_rate_is_found_and_lies_in_the_interval() -> None:
    rng = np.random.default_rng(7)
    found = [
        against_others(*drawn(rng, 800, 0.1, 200)[1:], curve(drawn(rng, 3000, 0.2, 300)))
        for _ in range(200)
    ]
    assert np.mean([f.p < 0.001 for f in found if f]) > 0.9
    errors = np.array([f.log_ratio - np.log(0.5) for f in found if f])
    assert np.mean([f.log_variance for f in found if f]) == pytest.approx(errors.var(), rel=0.3)
    cover = np.mean([f.lower <= 0.5 <= f.upper for f in found if f])
    assert 0.95 - 2.576 * np.sqrt(0.05 * 0.95 / 200) <= cover


def test_dispersion_widens_and_is_at_least_one() -> None:
    rng = np.random.default_rng(1)
    others, group = curve(drawn(rng, 1500, 0.2, 300)), drawn(rng, 400, 0.1, 200)
    plain, wide = (against_others(group[1], group[2], others, phi) for phi in (1.0, 4.0))
    assert plain is not None
    assert wide is not None
    assert wide.z == pytest.approx(plain.z / 2)
    assert wide.lower < plain.lower < plain.upper < wide.upper
    with pytest.raises(StatisticError):
        against_others(group[1], group[2], others, 0.5)


def test_nobody_bought() -> None:
    others = product_limit(np.bincount([5] * 40), np.bincount([90] * 60), np.bincount([90] * 40))
    found = against_others([0], np.bincount([90] * 50), others)
    assert found is not None
    assert found.lower == 0
    assert 0 < found.upper < 1


def test_where_every_other_lead_converts_at_once_nothing_is_compared() -> None:
    others = product_limit(np.bincount([0] * 40), [0], np.bincount([90] * 40))
    assert against_others(np.bincount([90] * 30), np.bincount([90] * 70), others) is None
