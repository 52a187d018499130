"""Stamps set by machines: referees, hand counts, limits."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.stamps import greatest_day, greatest_second, share_excess


@given(st.integers(0, 300), st.integers(1, 300), st.floats(0.01, 0.9))
def test_p_equals_scipy(marked: int, stamps: int, expected: float) -> None:
    k = min(marked, stamps)
    found = share_excess(k, stamps, expected)
    referee = binomtest(k, stamps, expected, alternative="greater")
    assert found.p == pytest.approx(referee.pvalue, rel=1e-6, abs=1e-300)
    assert found.excess == pytest.approx(k / stamps - expected)


def test_half_of_the_closings_on_the_last_day() -> None:
    """12 of 252 working days are last days of a month."""
    found = share_excess(100, 200, 12 / 252)
    assert (found.share, round(found.excess, 3)) == (0.5, 0.452)
    assert found.p < 1e-60
    assert share_excess(0, 10, 0.05).p == 1.0


def test_a_group_within_less_than_a_second() -> None:
    times = [0.0, 10.0, 10.4, 10.999, 11.0, 50.0]
    assert greatest_second(times) == (3, 10.0, False)
    assert greatest_second(times[::-1]) == greatest_second(times)
    assert greatest_second([*times, *[99.5] * 21]) == (21, 99.5, True)
    assert not greatest_second([*np.arange(5_000) * 7.0, *[3.0] * 40]).bulk  # under 1 % of them
    with pytest.raises(StatisticError):
        greatest_second([])


def test_a_day_beyond_what_days_vary(rng: np.random.Generator) -> None:
    days = rng.poisson(10 * rng.gamma(5, 1 / 5, 300)).astype(float)
    assert not greatest_day(days).bulk
    days[70] = 250
    assert greatest_day(days) == (250, 70.0, True)
    assert greatest_day([0] * 50 + [20]) == (20, 50.0, False)
    assert greatest_day([0] * 50 + [21]).bulk


@pytest.mark.parametrize(("marked", "stamps", "expected"), [(3, 2, 0.1), (0, 0, 0.1), (1, 2, 1.0)])
def test_refuses_shares_without_meaning(marked: int, stamps: int, expected: float) -> None:
    with pytest.raises(StatisticError):
        share_excess(marked, stamps, expected)


@pytest.mark.parametrize("counts", [[5], [1, -1]])
def test_refuses_days_without_meaning(counts: list[int]) -> None:
    with pytest.raises(StatisticError):
        greatest_day(counts)
