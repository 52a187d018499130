"""Whether people differ: against Fisher's exact test and a chi-square, and how often by chance."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import chi2_contingency, fisher_exact

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.shuffled_counts import shuffled_counts


def test_two_people_one_stratum_is_fishers_exact_test() -> None:
    p = shuffled_counts([[30], [30]], [[18], [9]], np.random.default_rng(1), deals=20_000)
    assert p == pytest.approx(fisher_exact([[18, 12], [9, 21]]).pvalue, abs=0.004)


def test_many_cases_are_nearly_a_chi_square() -> None:
    won = np.array([120, 150, 135, 128])
    p = shuffled_counts(np.full((4, 1), 400), won[:, None], np.random.default_rng(1), deals=20_000)
    assert p == pytest.approx(chi2_contingency([won, 400 - won]).pvalue, abs=0.01)


def test_who_is_dealt_easy_cases_does_not_differ_by_that() -> None:
    cases, won = [[180, 20], [20, 180]], [[108, 4], [12, 36]]
    assert shuffled_counts(cases, won, np.random.default_rng(1)) > 0.9


def test_chance_alone_is_told_apart_as_often_as_promised() -> None:
    rng = np.random.default_rng(5)
    low = 0
    for _ in range(400):
        n = rng.poisson(15, (6, 3))
        low += shuffled_counts(n, rng.binomial(n, [0.2, 0.4, 0.6]), rng, deals=199) <= 0.05
    assert low <= 400 * 0.05 + 2.6 * np.sqrt(400 * 0.05 * 0.95)


def test_nothing_to_compare() -> None:
    assert shuffled_counts([[5], [5]], [[0], [0]], np.random.default_rng(1)) == 1.0
    with pytest.raises(StatisticError):
        shuffled_counts([[1]], [[2]], np.random.default_rng(1))
