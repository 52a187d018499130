"""Amounts off by a factor: planted ones, innocent ones, scale."""

from __future__ import annotations

import numpy as np
import pytest

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.amounts import factors_off


def test_planted_factors_are_found_and_nothing_else(rng: np.random.Generator) -> None:
    amounts = np.concatenate([
        20_000 * np.exp(0.3 * rng.standard_normal(200)), 900 * np.exp(0.3 * rng.standard_normal(50))
    ])  # fmt: skip
    products = np.repeat(["scanner", "service"], [200, 50])
    amounts[[5, 210]] *= 100
    amounts[7] /= 1000
    found = factors_off(amounts, products)
    assert np.flatnonzero(found != 1).tolist() == [5, 7, 210]
    assert found[[5, 7, 210]] == pytest.approx([100, 0.001, 100])
    assert factors_off(amounts * 36, products) == pytest.approx(found)


def test_one_price_and_an_exchange_rate() -> None:
    amounts = np.array([500.0] * 12 + [17_500, 2_000])
    found = factors_off(amounts, ["licence"] * 14, factors=(100, 1000, 35))
    assert found.tolist() == [1.0] * 12 + [35.0, 1.0]


def test_a_product_with_wide_or_few_amounts_is_left_alone(rng: np.random.Generator) -> None:
    wide = np.exp(3 * rng.standard_normal(60))
    wide[0] = 100 * np.median(wide)
    assert factors_off(wide, ["project"] * 60)[0] == 1.0
    assert factors_off([5.0] * 8 + [500.0], ["rare"] * 9)[-1] == 1.0


def test_refuses_amounts_that_are_none() -> None:
    with pytest.raises(StatisticError):
        factors_off([1.0, 0.0], ["a", "a"])
    with pytest.raises(StatisticError):
        factors_off([1.0], ["a"], factors=(0.5,))
