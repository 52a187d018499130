"""A few groups that stand apart: against all subsets written out, and a promised cover."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.mixed_rates import SPREADS, TYPICAL
from salesaudit.statistics.shrinkage import shrunk
from salesaudit.statistics.sparse import MOSTLY_NOTHING, NOTHING, sparse

GROUPS = st.lists(
    st.tuples(st.floats(-2, 2), st.floats(0.001, 1)), min_size=1, max_size=12
)  # fmt: skip


def test_moments_are_those_of_all_subsets_written_out() -> None:
    """Every choice of who differs, at every spread and share."""
    y, v = np.array([-0.6, 0.05, 0.3]), np.array([0.01, 0.02, 0.09])
    weight, mean, square, null = 0.0, np.zeros(3), np.zeros(3), np.zeros(3)
    widths = np.outer(np.gradient(NOTHING), np.gradient(SPREADS))
    for (i, share), (j, sd) in product(enumerate(NOTHING), enumerate(SPREADS)):
        prior = share**MOSTLY_NOTHING * sd * np.exp(-(sd**2) / (2 * TYPICAL**2)) * widths[i, j]
        for differs in product((False, True), repeat=3):
            apart = np.array(differs)
            wide = v + apart * sd**2
            like = prior * np.prod(
                np.where(apart, 1 - share, share) * norm.pdf(y, 0, np.sqrt(wide))
            )
            pull = apart * sd**2 / wide
            weight += like
            mean += like * pull * y
            square += like * (v * pull + (pull * y) ** 2)
            null += like * ~apart
    found = sparse(y, v)
    assert found.mean == pytest.approx(mean / weight)
    assert found.variance == pytest.approx(square / weight - (mean / weight) ** 2)
    assert found.null == pytest.approx(null / weight)


def test_who_stands_far_apart_loses_less_than_in_one_bell() -> None:
    y, v = np.array([-0.6, *np.zeros(7)]), np.full(8, 0.01)
    few, all_alike = sparse(y, v), shrunk(y, v, centre=0.0)
    assert few.mean[0] < all_alike.mean[0] - 0.05
    assert few.mean[0] == pytest.approx(-0.57, abs=0.03)
    assert few.null[0] < 0.001
    assert np.all(few.null[1:] > 0.7)


@given(GROUPS)
def test_every_group_is_drawn_towards_none(groups: list[tuple[float, float]]) -> None:
    y, v = np.array(groups).T
    found = sparse(y, v)
    assert np.all(np.abs(found.mean) <= np.abs(y) + 1e-12)
    assert np.all((found.null >= 0) & (found.null <= 1))
    assert np.all(found.variance > 0)


def test_draws_have_the_moments(rng: np.random.Generator) -> None:
    found = sparse([-0.5, -0.2, 0.02, 0.1], [0.01, 0.02, 0.01, 0.05])
    drawn = found.draws(40_000, rng)
    assert drawn.mean(axis=0) == pytest.approx(found.mean, abs=0.005)
    assert drawn.var(axis=0) == pytest.approx(found.variance, rel=0.05, abs=2e-4)
    assert (drawn == 0).mean(axis=0) == pytest.approx(found.null, abs=0.02)


def test_what_is_found_is_not_overstated(rng: np.random.Generator) -> None:
    """One group of six differs (sd 0.4); those found at 2.5 standard errors, of 1,500 families."""
    raw, told, inside = [], [], []
    for _ in range(1500):
        v = rng.uniform(0.01, 0.04, 8)
        true = rng.normal(0, 0.4, 8) * (rng.random(8) < 1 / 6)
        y = rng.normal(true, np.sqrt(v))
        low, found = y / np.sqrt(v) < -2.5, sparse(y, v)
        raw += (y - true)[low].tolist()
        told += (found.mean - true)[low].tolist()
        inside += (np.abs(found.mean - true) < 1.96 * np.sqrt(found.variance))[low].tolist()
    assert np.mean(raw) < -0.04
    assert abs(np.mean(told)) < 0.5 * abs(np.mean(raw))
    assert np.mean(inside) == pytest.approx(0.95, abs=0.03)


@pytest.mark.parametrize(("y", "v"), [([], []), ([1.0], [0.0]), ([1.0], [1.0, 2.0])])
def test_what_cannot_be(y: list[float], v: list[float]) -> None:
    with pytest.raises(StatisticError):
        sparse(y, v)
