"""The scan over windows: scores by hand, a referee for the fit without a window, overlaps."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm

from salesaudit.statistics.arrivals import quasi_poisson
from salesaudit.statistics.window_scan import (
    Windows,
    greatest_apart,
    scores_of,
    sums_of,
    windows_of,
)


def design_of(days: int) -> np.ndarray:
    day = np.arange(days)
    waves = [np.cos(np.pi * wave * (day + 0.5) / days) for wave in (1, 2, 3)]
    return np.column_stack([np.ones(days), day / days - 0.5, *waves])


def test_a_score_by_hand() -> None:
    """40 seen where 10 are usual: 40 log 4 - 30; less than usual scores nothing."""
    window = Windows(2, np.zeros(2), np.ones(2))
    counts, usual = np.array([[20.0, 20, 1]]), np.array([[5.0, 5, 5]])
    scores = scores_of(sums_of(counts, usual, np.ones(3)), window)
    assert scores[0] == pytest.approx([40 * np.log(4) - 30, 21 * np.log(2.1) - 11], rel=1e-6)
    assert scores_of(sums_of(usual, counts, np.ones(3)), window)[0, 0] == 0.0


def test_what_the_rest_lets_expect_equals_a_regression_with_the_window_apart(
    rng: np.random.Generator,
) -> None:
    """A column for the window's own level takes its days out of the fit but for their shape."""
    counts = rng.poisson(8.0, 300)
    counts[100:110] += 3
    design = design_of(300)
    fit = quasi_poisson(counts, design)
    window = windows_of(fit.mean, design, np.ones(300), np.ones(300))[9]
    seen, fitted = counts[100:110].sum(), fit.mean[100:110].sum()
    apart = np.column_stack([design, (np.arange(300) // 10 == 10).astype(float)])
    referee = sm.GLM(counts, apart, family=sm.families.Poisson()).fit()
    expected = seen / np.exp(referee.params[-1])
    assert seen - (seen - fitted) / (1 - window.leverage[100]) == pytest.approx(expected, rel=0.02)


def test_windows_told_do_not_overlap() -> None:
    scores = np.zeros((28, 50))
    scores[2, 10], scores[3, 12], scores[0, 30] = 9.0, 8.0, 7.0  # days 10-12, 12-15, 30
    found = greatest_apart(scores, np.arange(1.0, 6.0), 0.2)
    assert [(one.first, one.last) for one in found[:-1]] == [(10, 12), (30, 30)]
    assert [one.p for one in found] == [1 / 6, 1 / 6, 1.0]
    assert scores[2, 10] == 9.0
