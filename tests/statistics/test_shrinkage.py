"""Groups pulled together: published trials, a multivariate referee, and a promised cover."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import logsumexp
from scipy.stats import multivariate_normal
from statsmodels.stats.meta_analysis import combine_effects

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.shrinkage import SPREADS, TYPICAL, moment_spread, shrunk

# Thirteen trials of the BCG vaccine (Colditz and others 1994): ill and well, vaccinated and not.
BCG = np.array(
    [
        (4, 119, 11, 128), (6, 300, 29, 274), (3, 228, 11, 209), (62, 13536, 248, 12619),
        (33, 5036, 47, 5761), (180, 1361, 372, 1079), (8, 2537, 10, 619),
        (505, 87886, 499, 87892), (29, 7470, 45, 7232), (17, 1699, 65, 1600),
        (186, 50448, 141, 27197), (5, 2493, 3, 2338), (27, 16886, 29, 17825),
    ],
    dtype=float,
)  # fmt: skip


def log_risk_ratios() -> tuple[np.ndarray, np.ndarray]:
    a, b, c, d = BCG.T
    y = np.log(a / (a + b)) - np.log(c / (c + d))
    return y, 1 / a - 1 / (a + b) + 1 / c - 1 / (c + d)


def test_the_published_spread_of_thirteen_trials() -> None:
    """DerSimonian and Laird's variance between the trials is 0.3088."""
    y, v = log_risk_ratios()
    assert moment_spread(y, v) ** 2 == pytest.approx(0.3088, abs=5e-5)
    assert moment_spread(y, v) ** 2 == pytest.approx(combine_effects(y, v, "chi2").tau2)


def test_groups_that_differ_no_more_than_by_chance_have_no_spread_by_moments() -> None:
    assert moment_spread([0.1, 0.1, 0.1], [0.04, 0.1, 0.02]) == 0.0
    assert moment_spread([0.3], [0.1]) == 0.0
    assert shrunk([0.1, 0.1, 0.1], [0.04, 0.1, 0.02]).spread > 0.03


@pytest.mark.parametrize("centre", [None, 0.0])
def test_moments_are_those_of_the_joint_normal(centre: float | None) -> None:
    """Evidence and posterior by matrices, the unknown centre as a normal of great variance."""
    y, v = log_risk_ratios()
    wide = 1e4 if centre is None else 0.0
    sd = np.array(SPREADS)
    log, means, variances = [], [], []
    for tau in sd:
        prior = np.full((y.size, y.size), wide) + tau**2 * np.eye(y.size)
        joint = prior + np.diag(v)
        log.append(multivariate_normal(np.zeros(y.size), joint).logpdf(y))
        gain = prior @ np.linalg.inv(joint)
        means.append(gain @ y)
        variances.append(np.diag(prior - gain @ prior))
    log = np.array(log) - sd**2 / (2 * TYPICAL**2) + np.log(np.gradient(sd))
    w = np.exp(log - logsumexp(log))
    mean = w @ np.array(means)
    found = shrunk(y, v, centre=centre)
    assert found.mean == pytest.approx(mean, abs=1e-5)
    assert found.variance == pytest.approx(
        w @ (np.array(variances) + (np.array(means) - mean) ** 2), abs=1e-5
    )


@given(st.lists(st.tuples(st.floats(-2, 2), st.floats(0.001, 1)), min_size=1, max_size=12))
def test_every_group_lies_between_its_own_estimate_and_the_farthest_of_all(
    groups: list[tuple[float, float]],
) -> None:
    y, v = np.array(groups).T
    found = shrunk(y, v)
    assert np.all(found.mean >= y.min() - 1e-9)
    assert np.all(found.mean <= y.max() + 1e-9)
    known = shrunk(y, v, centre=0.0)
    assert np.all(np.abs(known.mean) <= np.abs(y))
    assert np.all(known.variances <= v * (1 + 1e-9))


def test_draws_have_the_moments(rng: np.random.Generator) -> None:
    found = shrunk(*log_risk_ratios())
    drawn = found.draws(40_000, rng)
    assert drawn.mean(axis=0) == pytest.approx(found.mean, abs=0.02)
    assert drawn.var(axis=0) == pytest.approx(found.variance, rel=0.05)


def test_intervals_of_the_worst_of_twenty_cover_as_often_as_those_of_any(
    rng: np.random.Generator,
) -> None:
    """What is singled out for being low covers too; 500 runs, Monte Carlo sd 1.0 points."""
    inside = raw = 0
    for _ in range(500):
        true = rng.normal(-1.0, 0.25, 20)
        v = rng.uniform(0.02, 0.12, 20)
        y = rng.normal(true, np.sqrt(v))
        worst, found = int(np.argmin(y)), shrunk(y, v)
        half = 1.96 * np.sqrt(found.variance[worst])
        inside += abs(found.mean[worst] - true[worst]) <= half
        raw += abs(y[worst] - true[worst]) <= 1.96 * np.sqrt(v[worst])
    assert inside / 500 == pytest.approx(0.95, abs=0.03)
    assert raw / 500 < 0.9


@pytest.mark.parametrize(
    ("y", "v"), [([], []), ([1.0], [0.0]), ([1.0], [1.0, 2.0]), ([np.nan], [1.0])]
)
def test_what_cannot_be(y: list[float], v: list[float]) -> None:
    with pytest.raises(StatisticError):
        shrunk(y, v)
    with pytest.raises(StatisticError):
        moment_spread(y, v)
