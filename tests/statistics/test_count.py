"""Intervals for counts: Garwood's table and its definition."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import pdtr

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.count import garwood_interval


@pytest.mark.parametrize(
    ("count", "lower", "upper"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (10, 4.795, 18.390)]
)
def test_as_published(count: int, lower: float, upper: float) -> None:
    assert garwood_interval(count) == pytest.approx((lower, upper), abs=5e-4)


@given(st.integers(1, 100_000), st.sampled_from([0.8, 0.95, 0.99]))
def test_each_end_leaves_half_of_the_doubt(count: int, confidence: float) -> None:
    lower, upper = garwood_interval(count, confidence)
    assert pdtr(count, upper) == pytest.approx((1 - confidence) / 2, abs=1e-8)
    assert 1 - pdtr(count - 1, lower) == pytest.approx((1 - confidence) / 2, abs=1e-8)


def test_takes_arrays() -> None:
    lower, upper = garwood_interval([[0, 1], [2, 3]])
    assert lower.shape == upper.shape == (2, 2)


@pytest.mark.parametrize(("count", "confidence"), [(-1, 0.95), (3, 0.0)])
def test_refuses_what_has_no_meaning(count: int, confidence: float) -> None:
    with pytest.raises(StatisticError):
        garwood_interval(count, confidence)
