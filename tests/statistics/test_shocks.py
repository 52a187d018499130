"""Shocks of cohorts: found again where they were put in, and none where there are none."""

from __future__ import annotations

import numpy as np
import pytest

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.shocks import QUIET, Cohorts, Shocks, shaken, shocks

SIZES = np.array([40, 100, 300, 900])  # leads of a month, by segment


def drawn(rng: np.random.Generator, sd: float, memory: float = 0.0) -> tuple[np.ndarray, ...]:
    """18 months of four segments with rates of their own, each held to its own mean."""
    entered = np.repeat(SIZES[:, None], 18, axis=1)
    noise = rng.standard_normal(entered.shape)
    for month in range(1, 18):
        fresh = np.sqrt(1 - memory**2) * noise[:, month]
        noise[:, month] = memory * noise[:, month - 1] + fresh
    rate = np.array([[0.3], [0.2], [0.25], [0.15]])
    moved = rng.binomial(entered, np.minimum(rate * np.exp(sd * noise - sd**2 / 2), 1))
    own = np.repeat(moved.sum(1, keepdims=True) / entered.sum(1, keepdims=True), 18, axis=1)
    return entered, moved, own


@pytest.mark.parametrize("sd", [0.1, 0.2, 0.25])
def test_the_variance_that_was_put_in_is_found(rng: np.random.Generator, sd: float) -> None:
    found = [shocks(*drawn(rng, sd)) for _ in range(400)]
    assert np.mean([one.variance for one in found]) == pytest.approx(sd**2, rel=0.12)
    assert np.mean([one.memory > 0 for one in found]) == pytest.approx(0.05, abs=0.04)


def test_the_memory_that_was_put_in_is_found(rng: np.random.Generator) -> None:
    """A little low on the average: what is within chance is taken for none."""
    found = [shocks(*drawn(rng, 0.2, 0.6)) for _ in range(400)]
    assert np.mean([one.memory for one in found]) == pytest.approx(0.6, abs=0.15)
    assert np.mean([one.variance for one in found]) == pytest.approx(0.04, rel=0.25)


def test_where_there_is_none_hardly_any_is_found(rng: np.random.Generator) -> None:
    assert np.mean([shocks(*drawn(rng, 0.0)).variance for _ in range(400)]) < 0.002


def test_few_and_lone_cohorts_say_nothing() -> None:
    assert shocks([[4, 4]], [[0, 4]], [[0.5, 0.5]]) == QUIET
    assert shocks([[400, 1]], [[300, 1]], [[0.5, 0.5]]) == QUIET


def test_cohorts_of_equal_weight_on_both_sides_cancel() -> None:
    cohorts = Cohorts(np.zeros(4, dtype=np.int64), np.array([0, 0, 1, 1]))
    found = Shocks(0.04, 0.3)
    assert shaken(found, np.array([3.0, 0, 6, 0]), np.array([0, 20.0, 0, 40]), cohorts) == 0.0
    apart = shaken(found, np.array([5.0, 0, 5, 0]), np.array([0, 10.0, 0, 0]), cohorts)
    assert apart == pytest.approx(0.04 * (0.25 + 0.25 - 2 * 0.3 * 0.25))
    assert shaken(found, np.zeros(4), np.ones(4), cohorts) == 0.0
    assert shaken(QUIET, np.ones(4), np.ones(4), cohorts) == 0.0


def test_the_variance_is_that_of_shaken_groups(rng: np.random.Generator) -> None:
    """Half a million shocks of three cohorts with a memory, of which one is on both sides."""
    own, others = np.array([6.0, 4.0, 0.0]), np.array([0.0, 10.0, 30.0])
    noise = rng.standard_normal((500_000, 3))
    for month in (1, 2):
        noise[:, month] = 0.6 * noise[:, month - 1] + 0.8 * noise[:, month]
    rate = np.exp(0.1 * noise)
    ratios = np.log((rate @ own) / own.sum()) - np.log((rate @ others) / others.sum())
    cohorts = Cohorts(np.zeros(3, dtype=np.int64), np.arange(3))
    assert shaken(Shocks(0.01, 0.6), own, others, cohorts) == pytest.approx(ratios.var(), rel=0.02)


@pytest.mark.parametrize(
    ("n", "x", "share"), [([1], [1], [0.5]), ([[5]], [[2]], [[1.0]]), ([[5]], [[2, 3]], [[0.5]])]
)
def test_what_cannot_be(n: list[object], x: list[object], share: list[object]) -> None:
    with pytest.raises(StatisticError):
        shocks(n, x, share)
