"""Local false discovery rates: densities, the likeliest mixture, and chances that come true."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import ndtr
from scipy.stats import beta

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.local_fdr import SHAPE, UNIFORM, densities, local_fdr


def mixed(rng: np.random.Generator, size: int, uniform: float, shape: float) -> np.ndarray:
    return np.where(rng.random(size) < uniform, rng.random(size), rng.random(size) ** (1 / shape))


def test_densities_are_those_of_a_beta_and_a_uniform() -> None:
    p = [0.001, 0.2, 1.0]
    found = densities(p)
    assert found.shape == (UNIFORM.size, SHAPE.size, 3)
    u, a = UNIFORM[7], SHAPE[5]
    assert found[7, 5] == pytest.approx(u + (1 - u) * beta(a, 1).pdf(p))


def test_in_a_large_family_the_mixture_that_made_it_is_likeliest(
    rng: np.random.Generator,
) -> None:
    """And the chances are those of Pounds and Morris: the density at 1 over that at p."""
    u, a = 0.6, float(SHAPE[8])
    p = mixed(rng, 40_000, u, a)
    log = np.log(densities(p[:10_000])).sum(axis=-1)
    place = np.unravel_index(int(log.argmax()), log.shape)
    assert UNIFORM[place[0]] == pytest.approx(u, abs=0.051)
    assert SHAPE[place[1]] == pytest.approx(a, abs=0.051)
    bound = (u + (1 - u) * a) / (u + (1 - u) * a * p ** (a - 1))
    assert local_fdr(p) == pytest.approx(bound, abs=0.03)


def test_where_nothing_is_small_nothing_is_believed() -> None:
    assert np.all(local_fdr(np.linspace(0.3, 1, 30)) > 0.9)
    assert local_fdr([]).shape == (0,)


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_chances_rise_with_p(p: list[float]) -> None:
    found = local_fdr(p)
    assert np.all((found >= 0) & (found <= 1))
    assert np.all(np.diff(found[np.argsort(p)]) >= -1e-9)


def test_a_strong_look_beside_many_quiet_ones_is_believed() -> None:
    assert local_fdr([1e-9, *np.linspace(0.05, 1, 31)])[0] < 0.01
    assert local_fdr([0.03, *np.linspace(0.05, 1, 31)])[0] > 0.4


def test_where_little_is_there_few_are_believed_wrongly(rng: np.random.Generator) -> None:
    """300 families of 32, one look in seventeen real: what is said with 90 % is there."""
    said, null = [], []
    for _ in range(300):
        real = rng.random(32) < 0.06
        said += local_fdr(ndtr(rng.standard_normal(32) - rng.uniform(1, 6, 32) * real)).tolist()
        null += (~real).tolist()
    believed = np.array(said) < 0.1
    assert believed.sum() > 200
    assert np.array(null)[believed].mean() < 0.05


@pytest.mark.parametrize("p", [[1.1], [-0.1], [float("nan")], [[0.5]]])
def test_what_cannot_be(p: list[float]) -> None:
    with pytest.raises(StatisticError):
        local_fdr(p)
