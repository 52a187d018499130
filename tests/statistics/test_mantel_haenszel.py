"""Like cases compared: admissions to Berkeley, and a referee on drawn tables."""

from __future__ import annotations

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import StratifiedTable

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.mantel_haenszel import mantel_haenszel

ADMITTED = np.array([(512, 353, 120, 138, 53, 22), (89, 17, 202, 131, 94, 24)])  # men, women
REJECTED = np.array([(313, 207, 205, 279, 138, 351), (19, 8, 391, 244, 299, 317)])


def referee(x: np.ndarray, n: np.ndarray) -> StratifiedTable:
    tables = [[[a, m - a], [b, k - b]] for (a, b), (m, k) in zip(x.T, n.T, strict=True)]
    return StratifiedTable(np.array(tables, dtype=float).transpose(1, 2, 0))


def test_berkeley() -> None:
    """Men are admitted no more often than women of the same department."""
    found = mantel_haenszel(ADMITTED, ADMITTED + REJECTED)
    assert found.odds_ratio.value == pytest.approx(0.9046968, abs=5e-8)
    assert found.chi_square == pytest.approx(1.426946, abs=5e-7)
    assert found.p == pytest.approx(0.2323, abs=5e-5)


def test_equals_the_referee_on_drawn_tables(rng: np.random.Generator) -> None:
    for _ in range(20):
        n = rng.integers(2, 60, (2, 5))
        x = rng.binomial(n, [[0.3], [0.45]])
        found, known = mantel_haenszel(x, n), referee(x, n)
        if not np.isfinite(found.odds_ratio.upper):
            continue
        test = known.test_null_odds(correction=True)
        assert found.odds_ratio.value == pytest.approx(known.oddsratio_pooled)
        assert found.odds_ratio[1:] == pytest.approx(known.oddsratio_pooled_confint())
        assert (found.chi_square, found.p) == pytest.approx((test.statistic, test.pvalue))


def test_a_stratum_of_one_group_says_nothing() -> None:
    alone = mantel_haenszel([[5, 3], [2, 0]], [[9, 4], [8, 0]])
    assert alone == mantel_haenszel([[5], [2]], [[9], [8]])


def test_where_nobody_of_one_group_succeeds_the_ratio_has_no_upper_end() -> None:
    found = mantel_haenszel([[0], [3]], [[9], [9]])
    assert (found.odds_ratio.value, found.odds_ratio.lower) == (0.0, 0.0)
    assert np.isinf(found.odds_ratio.upper)


@pytest.mark.parametrize(
    ("x", "n"), [([[3], [1]], [[2], [2]]), ([[1], [1]], [[1], [1]]), ([[1]], [[1]])]
)
def test_what_cannot_be(x: list[list[int]], n: list[list[int]]) -> None:
    with pytest.raises(StatisticError):
        mantel_haenszel(x, n)
