"""Leads per period: referees, true figures, properties and what is refused."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.arrivals import (
    WEEKS_A_YEAR,
    mean_per_period,
    present_level,
    quasi_poisson,
    season_design,
    season_index,
    trend,
)
from salesaudit.statistics.count import garwood_interval

MONTHS = st.lists(st.integers(0, 500), min_size=1, max_size=40)


def weekly(rng: np.random.Generator, weeks: int, *, yearly: float, season: float) -> np.ndarray:
    week = np.arange(weeks)
    level = 60 * np.exp(
        np.log(yearly) * week / WEEKS_A_YEAR + season * np.sin(2 * np.pi * week / WEEKS_A_YEAR)
    )
    return rng.poisson(level * rng.gamma(20, 1 / 20, weeks))


def test_mean_by_hand() -> None:
    """Five months, so two lags weighted 2/3 and 1/3; the mean is 100."""
    counts = np.array([120.0, 130, 60, 80, 110])
    gaps = counts - 100
    near, far = np.sum(gaps[1:] * gaps[:-1]), np.sum(gaps[2:] * gaps[:-2])
    variance = (np.sum(gaps**2) + 2 * (2 / 3 * near + 1 / 3 * far)) / 4 / 5
    found = mean_per_period(counts)
    band = 3 / 5  # two lags and the middle one, of five months: fixed-b, wider than Student's t
    critical = 1.96 + 2.9694 * band + 0.4160 * band**2 - 0.5324 * band**3
    factor = np.exp(critical * np.sqrt(variance) / 100)
    assert found == pytest.approx((100, 100 / factor, 100 * factor), rel=1e-6)


def test_independent_months_are_covered_as_promised(rng: np.random.Generator) -> None:
    """Overdispersed months without memory: Student's t covers 85 % of them where 95 is promised."""
    runs, level = 400, 300.0
    months = rng.poisson(level * rng.gamma(44.4, 1 / 44.4, (runs, 11)))
    ranges = np.array([mean_per_period(counts) for counts in months])
    covered = np.mean((ranges[:, 1] <= level) & (level <= ranges[:, 2]))
    assert 0.95 - 2.576 * 0.0109 <= covered <= 0.99


def test_even_months_are_no_surer_than_independent_leads() -> None:
    lower, upper = garwood_interval(600)
    assert mean_per_period([100] * 6) == pytest.approx((100, float(lower) / 6, float(upper) / 6))
    assert mean_per_period([0, 0, 0])[:2] == (0, 0)
    assert mean_per_period([7]) == pytest.approx((7, *map(float, garwood_interval(7))))


@given(MONTHS)
def test_a_mean_lies_in_its_interval_and_time_may_run_backwards(counts: list[int]) -> None:
    found = mean_per_period(counts)
    assert 0 <= found.lower <= found.value <= found.upper
    assert mean_per_period(counts[::-1]) == pytest.approx(found)
    narrow = mean_per_period(counts, 0.8)
    assert found.lower <= narrow.lower <= narrow.upper <= found.upper


@pytest.mark.parametrize(("weeks", "columns"), [(77, 2), (78, 4), (155, 4), (156, 6)])
def test_a_season_needs_18_months_and_a_finer_one_36(weeks: int, columns: int) -> None:
    assert season_design(weeks).shape == (weeks, columns)


@pytest.mark.parametrize("weeks", [40, 104, 200])
def test_regression_equals_statsmodels(rng: np.random.Generator, weeks: int) -> None:
    counts, design = weekly(rng, weeks, yearly=1.3, season=0.2), season_design(weeks)
    model = sm.GLM(counts, design, family=sm.families.Poisson())
    plain = model.fit(scale="X2")
    lags = int(1.3 * np.sqrt(weeks))
    robust = model.fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False})
    found = quasi_poisson(counts, design)
    assert found.coefficients == pytest.approx(plain.params, abs=1e-8)
    assert found.mean == pytest.approx(plain.fittedvalues, rel=1e-8)
    assert found.phi == pytest.approx(plain.scale, rel=1e-8)
    assert found.df == plain.df_resid
    assert found.covariance == pytest.approx(robust.cov_params(), rel=1e-6, abs=1e-12)


def test_trend_finds_growth_apart_from_the_season(rng: np.random.Generator) -> None:
    found = trend(weekly(rng, 200, yearly=1.25, season=0.4))
    assert found is not None
    assert found.lower < 1.25 < found.upper
    assert found.value == pytest.approx(1.25, abs=0.06)
    exact = trend(1000 * 1.5 ** (np.arange(60) / WEEKS_A_YEAR))
    assert exact == pytest.approx((1.5, 1.5, 1.5), abs=1e-6)


def test_scale_does_not_move_a_trend_and_a_burst_may_be_passed_over(
    rng: np.random.Generator,
) -> None:
    counts = weekly(rng, 90, yearly=1.1, season=0.1)
    found = trend(counts)
    assert trend(counts * 100) == pytest.approx(found, rel=1e-8)
    burst, weights = counts.copy(), np.ones(90)
    burst[80:84] *= 10
    weights[80:84] = 0
    assert trend(burst, weights=weights) == pytest.approx(trend(counts, weights=weights))
    assert trend(burst) != pytest.approx(found, rel=0.05)


def test_no_trend_without_half_a_year_or_without_counts() -> None:
    assert trend([50] * 25) is None
    assert trend([50] * 26) == pytest.approx((1, 1, 1))
    assert trend([50] * 30, weights=[1] * 25 + [0] * 5) is None
    assert trend([0] * 60) is None
    assert trend([0] * 59 + [5]) is None


def test_a_steep_start_converges() -> None:
    found = trend([0] * 30 + [1, 2, 4, 8, 16, 32, 64, 128, 256, 512])
    assert found is not None
    assert found.lower > 1e6


def test_season_and_present_level_as_they_were_drawn(rng: np.random.Generator) -> None:
    counts = weekly(rng, 150, yearly=1.25, season=0.4)
    index, level = season_index(counts), present_level(counts)
    assert index is not None
    assert level is not None
    true = np.exp(0.4 * np.sin(2 * np.pi * np.arange(52) / WEEKS_A_YEAR))
    assert index == pytest.approx(true / true.mean(), abs=0.1)
    assert index.mean() == pytest.approx(1)
    assert level.lower < 60 * 1.25 ** (149 / WEEKS_A_YEAR) * true.mean() < level.upper
    assert level.upper / level.lower < 1.4


def test_the_present_level_of_even_weeks_and_of_growth() -> None:
    assert present_level([50] * 40) == pytest.approx((50, 50, 50))
    growing = 100 * 1.5 ** (np.arange(60) / WEEKS_A_YEAR)
    assert present_level(growing) == pytest.approx((growing[-1],) * 3, rel=1e-6)


def test_no_season_from_one_year_and_no_level_from_hardly_any_week() -> None:
    assert season_index([50] * 77) is None
    assert season_index([50] * 78) == pytest.approx(np.ones(52))
    assert present_level([50] * 25) is None


@pytest.mark.parametrize("counts", [[], [3, -1], [[1, 2], [3, 4]], [1, float("nan")]])
def test_refuses_what_is_no_series_of_counts(counts: list[float]) -> None:
    with pytest.raises(StatisticError):
        mean_per_period(counts)
    with pytest.raises(StatisticError):
        trend(counts)


def test_a_regression_needs_more_counts_than_columns() -> None:
    with pytest.raises(StatisticError, match="more periods than columns"):
        quasi_poisson([5, 6], season_design(2))


@pytest.mark.real_data
def test_leads_per_month_at_olist(olist: pd.DataFrame) -> None:
    """Eleven full months, July 2017 to May 2018; January breaks the level."""
    months = olist.groupby(olist["entry"].dt.strftime("%Y-%m")).size()["2017-07":]
    assert (len(months), months.iloc[-1]) == (11, 1_303)
    found = mean_per_period(months.to_numpy())
    assert round(found.value) == 727
    assert found.lower < 600
    assert found.upper > 900
    before, after = months[:"2017-12"].mean(), months["2018-01":].mean()
    assert (round(before), round(after)) == (333, 1_200)
