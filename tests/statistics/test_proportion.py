"""Intervals for proportions: published values, a referee, mirror and limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.proportion import difference_interval, jeffreys_interval

COUNTS = st.integers(0, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


def test_81_of_263_as_published() -> None:
    assert jeffreys_interval(81, 263) == pytest.approx((0.2545, 0.3656), abs=5e-5)


@pytest.mark.parametrize(("x", "n"), [(1, 10), (5, 10), (81, 263), (842, 8000), (9_999, 10_000)])
def test_equals_statsmodels(x: int, n: int) -> None:
    expected = proportion_confint(x, n, method="jeffreys")
    assert jeffreys_interval(x, n) == pytest.approx(expected, abs=1e-10)


def test_none_and_all_reach_the_ends() -> None:
    lower, upper = jeffreys_interval([0, 10, 0], [10, 10, 0])
    assert lower[0] == 0.0 < upper[0] < 0.3
    assert 0.7 < lower[1] < upper[1] == 1.0
    assert (lower[2], upper[2]) == (0.0, 1.0)


@given(COUNTS)
def test_failures_mirror_successes(counts: tuple[int, int]) -> None:
    x, n = counts
    lower, upper = jeffreys_interval([x, n - x], [n, n])
    assert 1 - upper == pytest.approx(lower[::-1], abs=1e-9)
    assert 0 <= lower[0] <= upper[0] <= 1
    assert n == 0 or lower[0] <= x / n <= upper[0]


@given(COUNTS)
def test_more_confidence_is_wider(counts: tuple[int, int]) -> None:
    narrow, wide = jeffreys_interval(*counts, 0.8), jeffreys_interval(*counts, 0.99)
    assert wide[0] <= narrow[0] <= narrow[1] <= wide[1]


def test_newcombes_own_example() -> None:
    """56 of 70 less 48 of 80: his method 10, table II, example (a)."""
    lower, upper = difference_interval([56, 48], [70, 80])
    assert (lower, upper) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_difference_equals_statsmodels_and_turns_its_sign() -> None:
    x, n = np.array([[30, 0, 9], [50, 7, 1]]), np.array([[90, 12, 10], [100, 7, 40]])
    lower, upper = difference_interval(x, n)
    for i in range(3):
        expected = confint_proportions_2indep(
            x[0, i], n[0, i], x[1, i], n[1, i], method="newcomb", compare="diff"
        )
        assert (lower[i], upper[i]) == pytest.approx(expected, abs=1e-10)
    turned = difference_interval(x[::-1], n[::-1])
    assert turned[0] == pytest.approx(-upper)
    assert turned[1] == pytest.approx(-lower)


@pytest.mark.parametrize(("x", "n", "level"), [(11, 10, 0.95), (-1, 10, 0.95), (1, 10, 1.0)])
def test_refuses_what_has_no_meaning(x: int, n: int, level: float) -> None:
    with pytest.raises(StatisticError, match="must lie between"):
        jeffreys_interval(x, n, level)
    with pytest.raises(StatisticError, match="must lie between"):
        difference_interval([x, x], [n, n], level)


def test_no_difference_without_trials() -> None:
    with pytest.raises(StatisticError, match="both sides"):
        difference_interval([0, 1], [0, 2])
