"""Mix and rate: Berkeley, the census bureau's own examples, and parts that sum to the change."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.mix_and_rate import das_gupta, kitagawa

MEN = ((825, 560, 325, 417, 191, 373), (512, 353, 120, 138, 53, 22))  # applied, admitted
WOMEN = ((108, 25, 593, 375, 393, 341), (89, 17, 202, 131, 94, 24))
FACTORS = arrays(np.float64, (2, 4, 3), elements=st.floats(0, 10))


def counted(cases: np.ndarray, successes: np.ndarray):
    rates = successes / cases
    return kitagawa(cases, rates, rates * (1 - rates) / cases)


def test_berkeley() -> None:
    """Women are admitted less often, and more often department by department."""
    cases, admitted = np.array([MEN[0], WOMEN[0]]), np.array([MEN[1], WOMEN[1]])
    found = counted(cases, admitted)
    assert found.total.value == pytest.approx(-0.14165, abs=5e-6)
    assert found.mix.value == pytest.approx(-0.17767, abs=5e-6)
    assert found.rate.value == pytest.approx(0.03603, abs=5e-6)
    assert found.mix_by_group.sum() == pytest.approx(found.mix.value)
    assert found.rate_by_group.sum() == pytest.approx(found.rate.value)
    assert found.total.sure
    assert found.reversed == found.rate.sure


def test_a_reversal_beyond_chance_is_said_and_a_slight_one_is_not() -> None:
    many = counted(np.array([[9000, 1000], [1000, 9000]]), np.array([[7200, 300], [900, 3600]]))
    few = counted(np.array([[90, 10], [10, 90]]), np.array([[72, 3], [9, 36]]))
    assert many.total.value < 0 < many.rate.value
    assert many.reversed
    assert not few.reversed


def test_published_examples_of_three_four_and_five_factors() -> None:
    """Das Gupta (1993), examples 2.3, 2.5 and 2.7, as his method gives them to 7 digits."""
    births = das_gupta([[51.78746], [0.45919], [0.52638]], [[84.90502], [0.75756], [0.51065]])
    assert births == pytest.approx([10.4340333, 10.5608476, -0.6670084], abs=5e-8)
    unwed = das_gupta([[25.3], [0.214], [0.279], [0.949]], [[32.7], [0.290], [0.473], [0.986]])
    assert unwed == pytest.approx([0.6889411, 0.8125381, 1.3829055, 0.1047547], abs=5e-8)
    fertility = das_gupta(
        [[0.58], [0.76], [0.84], [0.66], [16.573]], [[0.72], [0.97], [0.97], [0.56], [16.158]]
    )
    expected = [1.0909785, 1.2298438, 0.7278399, -0.8398707, -0.1290187]
    assert fertility == pytest.approx(expected, abs=5e-8)


def test_published_example_of_three_factors_over_seven_ages() -> None:
    """Das Gupta (1993), example 4.5: births of married women by age, 1960 and 1970."""
    before = [
        [393, 407, 369, 274, 184, 90, 16],
        [0.122, 0.622, 0.903, 0.930, 0.916, 0.873, 0.800],
        [0.043, 0.041, 0.036, 0.032, 0.026, 0.020, 0.018],
    ]
    after = [
        [488, 452, 338, 156, 63, 22, 3],
        [0.082, 0.527, 0.866, 0.941, 0.942, 0.923, 0.876],
        [0.058, 0.038, 0.032, 0.030, 0.026, 0.023, 0.019],
    ]
    found = das_gupta(before, after)
    assert found == pytest.approx([-7.285632, -2.720633, -1.565181], abs=5e-7)


@given(FACTORS)
def test_parts_sum_to_the_change(both: np.ndarray) -> None:
    before, after = both
    change = after.prod(axis=0).sum() - before.prod(axis=0).sum()
    assert das_gupta(before, after).sum() == pytest.approx(change, abs=1e-9)


def test_two_factors_are_mix_and_rate(rng: np.random.Generator) -> None:
    n, r = rng.integers(1, 90, (2, 6)).astype(float), rng.random((2, 6))
    found = kitagawa(n, r, r * (1 - r) / n)
    w = n / n.sum(axis=1, keepdims=True)
    parts = das_gupta([w[0], r[0]], [w[1], r[1]])
    assert parts == pytest.approx([found.mix.value, found.rate.value])
    assert found.total.value == pytest.approx(w[1] @ r[1] - w[0] @ r[0])


def test_draws_stand_before_factors(rng: np.random.Generator) -> None:
    before, after = rng.random((2, 5, 3, 4))
    assert das_gupta(before, after)[2] == pytest.approx(das_gupta(before[2], after[2]))


def test_standard_errors_are_those_of_repeated_samples(rng: np.random.Generator) -> None:
    """4,000 samples of both periods: the error that is stated is the spread that is seen."""
    share, rate = np.array([[0.5, 0.3, 0.2], [0.3, 0.3, 0.4]]), np.array([0.3, 0.2, 0.1])
    true = np.array([rate, rate * [1.0, 1.2, 1.4]])
    found = []
    for _ in range(4000):
        n = np.array([rng.multinomial(900, w) for w in share])
        x = rng.binomial(n, true)
        r = x / n
        change = kitagawa(n, r, r * (1 - r) / n)
        found.append([p for part in (change.total, change.mix, change.rate) for p in part])
    values = np.array(found)
    seen, said = values[:, ::2].std(axis=0), values[:, 1::2].mean(axis=0)
    assert said == pytest.approx(seen, rel=0.03)


def test_a_group_that_appears_is_mix() -> None:
    found = kitagawa([[10, 0], [10, 10]], [[0.5, np.nan], [0.5, 0.1]], [[0.025, 0], [0.025, 0.009]])
    assert found.rate.value == 0
    assert found.mix.value == pytest.approx(-0.2)


@pytest.mark.parametrize("cases", [[[1, 2]], [[1, 2], [0, 0]], [[1, 2], [3, -1]], [[1], [1]]])
def test_what_cannot_be(cases: list[list[int]]) -> None:
    with pytest.raises(StatisticError):
        kitagawa(cases, [[0.1, 0.2], [0.1, 0.2]], [[0.1, 0.2], [0.1, 0.2]])
    with pytest.raises(StatisticError):
        das_gupta([[1, 2]], [[1, 2], [3, 4]])
