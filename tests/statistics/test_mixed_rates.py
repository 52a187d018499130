"""Rates of people dealt unequal cases: against a ridge regression and baseball."""

from __future__ import annotations

import numpy as np
import pytest
import statsmodels.api as sm
from scipy.optimize import minimize

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.mixed_rates import CONTRAST, LEVEL, mixed_rates, mode

HITS = (18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7)  # of 45 at bats each
SEASON = (
    0.346, 0.298, 0.276, 0.222, 0.273, 0.270, 0.263, 0.210, 0.269, 0.230, 0.264, 0.256, 0.303,
    0.264, 0.226, 0.286, 0.316, 0.200,
)  # fmt: skip


def test_the_mode_is_that_of_a_ridge_logistic_regression() -> None:
    """Statsmodels' likelihood and its derivatives, less the same penalty, at its own greatest."""
    rng = np.random.default_rng(3)
    n = rng.poisson(12, (7, 4)) + 1
    x = rng.binomial(n, 0.3)
    sd = 0.35
    columns = [
        [1.0, *(float(s == k) for k in range(4)), *(float(r == k) for k in range(7))]
        for r in range(7)
        for s in range(4)
    ]
    model = sm.GLM(
        np.column_stack([x.ravel(), (n - x).ravel()]),
        np.array(columns),
        family=sm.families.Binomial(),
    )
    penalty = np.array([LEVEL**-2, *[CONTRAST**-2] * 4, *[sd**-2] * 7])
    best = minimize(
        lambda b: -model.loglike(b) + (penalty * b**2).sum() / 2,
        np.zeros(12),
        jac=lambda b: -model.score(b) + penalty * b,
        hess=lambda b: -model.hessian(b) + np.diag(penalty),
        method="trust-exact",
        options={"gtol": 1e-10},
    )
    found = mode(n, x, sd)
    ours = np.concatenate([found.coefficients, found.effects])
    assert ours == pytest.approx(best.x, abs=1e-6)


def test_baseball_of_1970() -> None:
    """Efron and Morris: shrinkage took the squared error to 0.29 of that of the raw averages."""
    drawn = mixed_rates(np.full((18, 1), 45), np.array(HITS)[:, None], np.random.default_rng(1))
    raw = ((np.array(HITS) / 45 - SEASON) ** 2).sum()
    shrunk = ((drawn.rates.mean(axis=0) - SEASON) ** 2).sum()
    assert raw == pytest.approx(0.0755, abs=5e-5)
    assert shrunk / raw == pytest.approx(0.29, abs=0.02)


def test_a_beginner_without_success_stands_near_the_team_with_a_wide_range() -> None:
    drawn = mixed_rates(
        [[100], [100], [100], [3]], [[30], [33], [28], [0]], np.random.default_rng(1)
    )
    few, many = drawn.adjusted(3), drawn.adjusted(0)
    assert 0.2 < few.value < 0.3
    assert few.upper - few.lower > many.upper - many.lower
    assert 0.025 < drawn.better()[3] < 0.975


def test_who_gets_hard_cases_is_compared_on_the_mix_of_all() -> None:
    """Both win 60 % of the easy and 20 % of the hard; one is dealt the easy, one the hard."""
    n, x = [[180, 20], [20, 180]], [[108, 4], [12, 36]]
    drawn = mixed_rates(n, x, np.random.default_rng(2))
    easy, hard = drawn.adjusted(0), drawn.adjusted(1)
    assert easy.value == pytest.approx(hard.value, abs=0.02)
    assert easy.value == pytest.approx(0.4, abs=0.03)


def test_a_design_of_main_effects_is_the_same_where_it_has_a_column_for_each_stratum() -> None:
    n, x = np.array([[20, 30], [25, 5]]), np.array([[5, 12], [10, 1]])
    own = mode(n, x, 0.35)
    given = mode(n, x, 0.35, design=np.eye(2))
    assert own.effects == pytest.approx(given.effects)
    assert own.evidence == pytest.approx(given.evidence)


def test_the_order_of_people_and_strata_does_not_matter() -> None:
    n, x = np.array([[20, 30], [25, 5], [8, 9]]), np.array([[5, 12], [10, 1], [2, 3]])
    turned = mode(n[::-1, ::-1], x[::-1, ::-1], 0.2)
    assert turned.effects[::-1] == pytest.approx(mode(n, x, 0.2).effects, abs=1e-9)


def test_the_best_third_is_shared_out_among_all() -> None:
    drawn = mixed_rates(
        np.full((7, 1), 40), np.arange(10, 24, 2)[:, None], np.random.default_rng(4)
    )
    chances = drawn.top_third()
    assert chances.sum() == pytest.approx(2)
    assert (np.diff(chances) >= 0).all()


@pytest.mark.parametrize(("cases", "successes"), [([[0]], [[0]]), ([[3]], [[4]]), ([3], [1])])
def test_what_cannot_be(cases: list[object], successes: list[object]) -> None:
    with pytest.raises(StatisticError):
        mixed_rates(cases, successes, np.random.default_rng(1))
