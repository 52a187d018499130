"""Drawn series: their moments, a referee for the step of the regression, ranks of a maximum."""

from __future__ import annotations

import numpy as np
import pytest

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.arrivals import quasi_poisson, season_design
from salesaudit.statistics.drawn_counts import drawn_counts, p_of_greatest, refitted


@pytest.mark.parametrize("phi", [1.0, 2.5])
def test_mean_and_variance(rng: np.random.Generator, phi: float) -> None:
    mean = np.array([0.5, 8.0, 60.0])
    counts = drawn_counts(mean, phi, rng, draws=40_000)
    assert counts.mean(axis=0) == pytest.approx(mean, rel=0.03)
    assert counts.var(axis=0) == pytest.approx(phi * mean, rel=0.06)


def test_one_step_is_nearly_the_whole_fit(rng: np.random.Generator) -> None:
    design, used = season_design(90), np.ones(90)
    used[40:43] = 0
    mean = 40 * np.exp(0.005 * np.arange(90))
    counts = drawn_counts(mean, 1.5, rng, draws=3)
    drawn = refitted(counts, mean, design, used, 87 - design.shape[1])
    for row, fitted, phi in zip(counts, drawn.mean, drawn.phi, strict=True):
        whole = quasi_poisson(row, design, weights=used)
        assert fitted == pytest.approx(whole.mean, rel=0.02)
        assert phi == pytest.approx(max(1.0, whole.phi), rel=0.01)


def test_the_seen_one_counts_with_the_drawn() -> None:
    assert p_of_greatest(9.0, np.arange(9.0)) == 0.1
    assert p_of_greatest(8.0, np.arange(9.0)) == 0.2
    assert p_of_greatest(-1.0, np.arange(9.0)) == 1.0


def test_refuses_less_than_chance(rng: np.random.Generator) -> None:
    with pytest.raises(StatisticError):
        drawn_counts(np.ones(3), 0.9, rng)
