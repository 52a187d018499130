"""Final rates of young cohorts: limits, an integral as referee, cover, a break."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.stats import gamma, nbinom

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.cohort_rates import (
    ALIKE,
    _late,
    cohort_rates,
    weights_alike,
)
from salesaudit.statistics.conversion import expected_shares

DAYS = 600
Histograms = tuple[np.ndarray, np.ndarray, np.ndarray]


def cohorts(rng: np.random.Generator, leads: int, rates: np.ndarray) -> tuple[Histograms, list]:
    """Months of leads, the newest just over; converters take 30 days, log-normally."""
    rows, finals = [], []
    for place, rate in enumerate(rates):
        age = 30 * (len(rates) - 1 - place) + rng.integers(0, 30, leads)
        lag = np.floor(30 * np.exp(rng.standard_normal(leads))).astype(int)
        would = rng.random(leads) < rate
        seen = would & (lag <= age)
        days = (lag[seen], age[~seen], age[seen])
        rows.append([np.bincount(one, minlength=DAYS)[:DAYS] for one in days])
        finals.append(would.mean())
    return tuple(np.array(part) for part in zip(*rows, strict=True)), finals


def test_old_cohorts_are_what_they_are(rng: np.random.Generator) -> None:
    lags = np.array([np.bincount([5] * won, minlength=DAYS) for won in (20, 30, 25)])
    old = np.zeros((3, DAYS))
    old[:, 500] = 1
    found = cohort_rates(lags, old * [[80], [70], [75]], old * [[20], [30], [25]], rng)
    assert [one.seen for one in found.cohorts] == pytest.approx([1, 1, 1])
    for one, share in zip(found.cohorts, (0.2, 0.3, 0.25), strict=True):
        assert one.rate == pytest.approx((share, share, share))
        assert (one.alone, one.pooled) == pytest.approx((share, share))
    assert found.mature_at == 5


def test_the_estimate_lies_between_ladder_and_pool(rng: np.random.Generator) -> None:
    counts, _ = cohorts(rng, 100, rng.gamma(11, 0.3 / 11, 18))
    newest = cohort_rates(*counts, rng).cohorts[-1]
    assert 0.2 < newest.seen < 0.3
    low, high = sorted((newest.alone, newest.pooled))
    assert low - 0.01 <= newest.rate.value <= high + 0.01
    assert newest.rate.lower < newest.rate.value < newest.rate.upper


def test_shares_by_hand() -> None:
    ages = np.array([[10.0, 0, 10, 0], [0, 0, 0, 5]])
    assert expected_shares(np.array([0.0, 0.2, 0.4]), ages) == pytest.approx([0.2, 0.4])
    assert _late(np.array([0.5]), np.array([0.5])) == pytest.approx([0.25 / 0.75])
    assert _late(np.array([1.0]), np.array([1.0])) == pytest.approx([0.0])


def test_likelihood_of_a_shape_equals_an_integral() -> None:
    """Poisson counts mixed over a gamma are negative binomial; scipy agrees with both."""
    counts, expected = np.array([8.0, 15, 3]), np.array([10.0, 10, 5])
    found = weights_alike(counts, expected)
    prior = np.exp(-1 / (2 * ALIKE * 0.09)) / np.sqrt(ALIKE)
    evidence = [np.prod(nbinom.pmf(counts, k, k / (k + expected))) for k in ALIKE]
    assert found == pytest.approx(prior * evidence / np.sum(prior * evidence))
    mixed = quad(
        lambda level: (
            gamma.pdf(level, 4, scale=1 / 4) * np.exp(-10 * level) * (10 * level) ** 2 / 2
        ),
        0,
        20,
    )[0]
    assert nbinom.pmf(2, 4, 4 / 14) == pytest.approx(mixed)


def test_final_rates_are_covered_as_promised(rng: np.random.Generator) -> None:
    runs, held = 100, 0
    for _ in range(runs):
        counts, finals = cohorts(rng, 100, np.minimum(rng.gamma(11, 0.25 / 11, 14), 1))
        newest = cohort_rates(*counts, rng).cohorts[-1].rate
        held += newest.lower - 1e-9 <= finals[-1] <= newest.upper + 1e-9
    assert held / runs + 2.576 * np.sqrt(0.05 * 0.95 / runs) >= 0.90


def test_after_a_break_only_the_new_cohorts_count(rng: np.random.Generator) -> None:
    counts, _ = cohorts(rng, 300, np.where(np.arange(18) < 12, 0.2, 0.1))
    found = cohort_rates(*counts, rng)
    assert found.broken.p <= 0.01
    assert abs(found.start - 12) <= 1
    assert len(found.cohorts) == 18
    assert found.cohorts[-1].pooled < 0.13
    assert found.cohorts[0].rate.value == pytest.approx(0.2, abs=0.06)


def test_refuses_cohorts_that_say_nothing(rng: np.random.Generator) -> None:
    nobody, some = np.zeros((2, 50)), np.ones((2, 50))
    with pytest.raises(StatisticError, match="nobody has converted"):
        cohort_rates(nobody, some, nobody, rng)
    with pytest.raises(StatisticError, match="at least one lead"):
        cohort_rates([[5, 0], [0, 0]], [[0, 40], [0, 0]], [[0, 5], [0, 0]], rng)
