"""Credits: games worked in the books, and what must hold of every game."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.shapley import shapley, shapley_by_orders, subsets

GAMES = st.integers(0, 6).flatmap(lambda k: arrays(np.float64, 2**k, elements=st.floats(-1e6, 1e6)))


def test_gloves() -> None:
    """One right glove, two left ones; a pair is worth 1: credits 2/3, 1/6, 1/6."""
    value = [float(s[0] and (s[1] or s[2])) for s in subsets(3)]
    assert shapley(value) == pytest.approx([2 / 3, 1 / 6, 1 / 6])


def test_airport() -> None:
    """Littlechild and Owen (1973): who needs the longer runway pays for what only it needs."""
    cost = np.array([8.0, 11.0, 13.0, 18.0])
    value = [max(cost[s], default=0.0) for s in subsets(4)]
    assert shapley(value) == pytest.approx([2, 3, 4, 9])


@given(GAMES)
def test_credits_sum_to_the_joint_gain(value: np.ndarray) -> None:
    assert shapley(value).sum() == pytest.approx(value[-1] - value[0], abs=1e-6)


@given(GAMES)
def test_orders_sum_to_it_too_and_agree(value: np.ndarray) -> None:
    players = len(value).bit_length() - 1
    bits = 2 ** np.arange(players)
    by_orders = shapley_by_orders(
        lambda s: np.asarray(value[int(bits[s].sum())]), players, np.random.default_rng(1)
    )
    assert by_orders.sum() == pytest.approx(value[-1] - value[0] if players else 0, abs=1e-5)
    span = value.max() - value.min()
    assert by_orders == pytest.approx(shapley(value), abs=0.25 * span + 1e-6)


def test_draws_stand_behind_the_subsets(rng: np.random.Generator) -> None:
    value = rng.random((8, 5))
    assert shapley(value)[:, 3] == pytest.approx(shapley(value[:, 3]))


@pytest.mark.parametrize("value", [np.zeros(3), np.zeros(2**11), 1.0])
def test_what_cannot_be(value: np.ndarray) -> None:
    with pytest.raises((StatisticError, TypeError)):
        shapley(value)
