"""Shocks of cohorts: found again where they were put in, and none where there are none."""

from __future__ import annotations

import numpy as np
import pytest

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.shocks import shaken, shock_variance

SIZES = np.array([40, 100, 300, 900])  # leads of a month, by segment


def drawn(rng: np.random.Generator, sd: float) -> tuple[np.ndarray, ...]:
    """18 months of four segments with rates of their own, each held to its own mean."""
    entered = np.repeat(SIZES[:, None], 18, axis=1)
    shocks = np.exp(rng.normal(-(sd**2) / 2, sd, entered.shape))
    moved = rng.binomial(entered, np.array([[0.3], [0.2], [0.25], [0.15]]) * shocks)
    own = np.repeat(moved.sum(1, keepdims=True) / entered.sum(1, keepdims=True), 18, axis=1)
    return entered, moved, own


@pytest.mark.parametrize("sd", [0.1, 0.2, 0.25])
def test_what_was_put_in_is_found(rng: np.random.Generator, sd: float) -> None:
    found = [shock_variance(*drawn(rng, sd)) for _ in range(400)]
    assert np.mean(found) == pytest.approx(sd**2, rel=0.06)


def test_where_there_is_none_hardly_any_is_found(rng: np.random.Generator) -> None:
    assert np.mean([shock_variance(*drawn(rng, 0.0)) for _ in range(400)]) < 0.001


def test_few_and_lone_cohorts_say_nothing() -> None:
    assert shock_variance([[4, 4]], [[0, 4]], [[0.5, 0.5]]) == 0.0
    assert shock_variance([[400, 1]], [[300, 1]], [[0.5, 0.5]]) == 0.0


def test_cohorts_of_equal_weight_on_both_sides_cancel() -> None:
    cohorts = np.array([0, 0, 1, 1])
    assert shaken(0.04, np.array([3.0, 0, 6, 0]), np.array([0, 20.0, 0, 40]), cohorts) == 0.0
    apart = shaken(0.04, np.array([5.0, 0, 5, 0]), np.array([0, 10.0, 0, 0]), cohorts)
    assert apart == pytest.approx(0.04 * (0.25 + 0.25))
    assert shaken(0.04, np.zeros(4), np.ones(4), cohorts) == 0.0


def test_the_variance_is_that_of_shaken_groups(rng: np.random.Generator) -> None:
    """Half a million shocks of three cohorts, of which one is on both sides."""
    own, others = np.array([6.0, 4.0, 0.0]), np.array([0.0, 10.0, 30.0])
    shocks = np.exp(rng.normal(0, 0.1, (500_000, 3)))
    ratios = np.log((shocks @ own) / own.sum()) - np.log((shocks @ others) / others.sum())
    assert shaken(0.01, own, others, np.arange(3)) == pytest.approx(ratios.var(), rel=0.02)


@pytest.mark.parametrize(
    ("n", "x", "share"), [([1], [1], [0.5]), ([[5]], [[2]], [[1.0]]), ([[5]], [[2, 3]], [[0.5]])]
)
def test_what_cannot_be(n: list[object], x: list[object], share: list[object]) -> None:
    with pytest.raises(StatisticError):
        shock_variance(n, x, share)
