"""Places among the first, and pairs that swap: by hand, exact sums, and known chances."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import norm

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.first_places import among_first, equal, swapped

DRAWS = st.tuples(st.integers(1, 12), st.integers(1, 6)).flatmap(
    lambda shape: arrays(np.float64, shape, elements=st.sampled_from([-1.0, 0.0, 0.5, 2.0]))
)
BY_HAND = [[5, 4, 3, 2, 1], [1, 5, 4, 3, 2], [9, 8, 1, 7, 1], [5, 5, 5, 5, 1]]


def test_by_hand() -> None:
    expected = [2.75 / 4, 3.75 / 4, 2.75 / 4, 2.75 / 4, 0]
    assert among_first(BY_HAND) == pytest.approx(expected)
    assert swapped(BY_HAND)[1] == pytest.approx([2.5 / 4, 0.5, 0.125, 0.125, 0])


@given(DRAWS)
def test_all_places_are_given_away(draws: np.ndarray) -> None:
    chance = among_first(draws)
    assert chance.sum() == pytest.approx(min(3, draws.shape[1]))
    assert np.all((chance >= 0) & (chance <= 1))


@given(DRAWS)
def test_who_swaps_with_whom_is_mutual(draws: np.ndarray) -> None:
    found = swapped(draws)
    assert found == pytest.approx(found.T)
    assert np.diag(found) == pytest.approx(np.full(len(found), 0.5))


def test_the_share_is_that_of_two_normals(rng: np.random.Generator) -> None:
    draws = rng.normal([1.0, 0.0], 1.0, (40_000, 2))
    assert swapped(draws)[0, 1] == pytest.approx(norm.sf(1 / np.sqrt(2)), abs=0.01)
    assert not equal(draws)[0, 1]
    assert equal(rng.normal([0.5, 0.0], 1.0, (40_000, 2)))[0, 1]


@pytest.mark.parametrize("draws", [np.zeros(3), np.zeros((0, 3))])
def test_what_cannot_be(draws: np.ndarray) -> None:
    with pytest.raises(StatisticError):
        among_first(draws)
    with pytest.raises(StatisticError):
        equal(draws)
