"""Histograms by day: one length, counted from the end, no nonsense let in."""

from __future__ import annotations

import numpy as np
import pytest

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.histogram import from_day_on, greatest_day, padded


def test_short_ones_get_empty_days_behind() -> None:
    short, long = padded([1, 2], [[1, 0, 3], [0, 4, 0]])
    assert short.tolist() == [1, 2, 0]
    assert long.tolist() == [[1, 0, 3], [0, 4, 0]]


def test_an_empty_one_has_a_day() -> None:
    assert [a.tolist() for a in padded([], [])] == [[0.0], [0.0]]


def test_from_day_on_counts_the_day_itself() -> None:
    assert from_day_on(np.array([1.0, 2.0, 4.0])).tolist() == [7, 6, 4]
    assert from_day_on(np.array([[1.0, 2.0], [0.0, 5.0]])).tolist() == [[3, 2], [5, 5]]


def test_greatest_day() -> None:
    assert greatest_day([True, False, True, False]) == 2
    assert greatest_day([False]) == -1


@pytest.mark.parametrize("histogram", [[1, -1], [float("nan")]])
def test_refuses_what_is_no_count(histogram: list[float]) -> None:
    with pytest.raises(StatisticError, match="none negative"):
        padded(histogram)
