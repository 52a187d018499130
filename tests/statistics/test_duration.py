"""Days to convert: referees, published tests, true figures, properties and promised rates."""

from __future__ import annotations

from collections.abc import Callable

import lifelines
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines.statistics import multivariate_logrank_test

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.duration import (
    Durations,
    log_rank,
    plain_quantile,
    quantile,
    restricted_mean,
    reverse_product_limit,
    share_log_rank,
    speed_log_rank,
)

DRUG = [6, 6, 6, 7, 10, 13, 16, 22, 23], [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]

CONVERTERS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=6, max_size=80
).map(lambda pairs: [(lag, lag + wait) for lag, wait in pairs])


def counts(days: list[int] | np.ndarray, length: int = 0) -> np.ndarray:
    return np.bincount(np.asarray(days, dtype=int), minlength=length)


def growing(rng: np.random.Generator, leads: int, median: float, rate: float = 1.0) -> np.ndarray:
    """Lags and ages of those seen to convert, among leads ever more of which are young."""
    age = np.floor(np.minimum(rng.exponential(200, leads), 720)).astype(int)
    lag = np.floor(median * np.exp(rng.standard_normal(leads))).astype(int)
    return np.stack([lag, age])[:, (lag <= age) & (rng.random(leads) < rate)]


def test_equals_lifelines_on_reversed_time(rng: np.random.Generator) -> None:
    lag, age = growing(rng, 700, 40)
    found = reverse_product_limit(counts(lag), counts(age))
    kept, tau = lag <= found.tau, found.tau
    referee = lifelines.KaplanMeierFitter().fit(
        tau - lag[kept] + 1, entry=tau - np.minimum(age[kept], tau) + 0.5
    )
    expected = referee.predict(tau - np.arange(tau)).to_numpy()
    assert found.cumulative[:tau] == pytest.approx(expected, abs=1e-9)
    assert np.count_nonzero(age >= tau) >= 0.05 * age.size > np.count_nonzero(age >= tau + 1)


def test_reverse_product_by_hand() -> None:
    """Lags 1, 1, 3 of age 9 and lags 1, 1 of age 2: nobody aged 2 could have shown a lag of 3."""
    found = reverse_product_limit(counts([1, 1, 1, 1, 3]), counts([9, 9, 9, 2, 2]), 9)
    assert found.at_risk.tolist() == [0, 4, 4, 3, 3, 3, 3, 3, 3, 3]
    assert found.cumulative == pytest.approx([0, *[2 / 3] * 2, *[1.0] * 7])
    assert found.log_variance == pytest.approx([1 / 6, *[1 / 6] * 2, *[0] * 7])


def test_the_last_day_needs_five_converters_old_enough() -> None:
    assert reverse_product_limit(counts([1] * 6), counts([4, 7, 7, 7, 7, 8])).tau == 7
    assert reverse_product_limit(counts([1] * 4), counts([7] * 4)).tau == -1
    assert reverse_product_limit(counts([1] * 4), counts([7] * 4)).cumulative.size == 0
    many = counts(np.repeat([100, 200], [141, 7]))  # 7 of 148 are under 5 %
    assert reverse_product_limit(counts([1] * 148), many).tau == 100


@given(CONVERTERS)
def test_where_all_are_old_it_is_the_plain_share(pairs: list[tuple[int, int]]) -> None:
    lags = np.array([lag for lag, _ in pairs])
    found = reverse_product_limit(counts(lags), counts([100] * lags.size))
    plain = np.array([np.mean(lags <= day) for day in range(101)])
    assert found.cumulative == pytest.approx(plain, abs=1e-9)


@given(CONVERTERS)
def test_a_curve_rises_to_1_and_ignores_scale(pairs: list[tuple[int, int]]) -> None:
    lag, age = np.array(pairs).T
    found = reverse_product_limit(counts(lag), counts(age))
    assert np.all(np.diff(found.cumulative) >= -1e-12)
    assert found.cumulative[-1] == 1.0
    assert found.cumulative[0] >= 0.0
    tripled = reverse_product_limit(3 * counts(lag), 3 * counts(age), found.tau)
    assert tripled.cumulative == pytest.approx(found.cumulative)
    assert tripled.log_variance == pytest.approx(found.log_variance / 3)


@given(CONVERTERS, st.floats(0.05, 0.95))
def test_a_quantile_has_a_day_on_either_side(pairs: list[tuple[int, int]], share: float) -> None:
    lag, age = np.array(pairs).T
    found = reverse_product_limit(counts(lag), counts(age))
    day, lower, upper = quantile(found, share)
    assert found.cumulative[int(day)] >= share
    assert day == 0 or found.cumulative[int(day) - 1] < share
    assert lower <= max(0, day - 1)
    assert upper >= day + 1
    assert lower >= 0
    wide = quantile(found, share, confidence=0.999)
    assert wide.lower <= lower <= upper <= wide.upper


def test_quantile_interval_by_hand() -> None:
    """G runs 0.3, 0.4, 0.5, 0.6, 1 with a standard error of log-odds of 0.3 on each day."""
    reached = np.array([0.3, 0.4, 0.5, 0.6, 1.0])
    durations = Durations(reached, reached, reached, (0.3 * (1 - reached)) ** 2, 4)
    assert quantile(durations, 0.5) == (2, 0, 4)  # log-odds of 0.3 lie 0.85 away, of 0.4 0.41
    narrow = durations._replace(log_variance=np.zeros(5))
    assert quantile(narrow, 0.5) == (2, 1, 3)
    assert quantile(narrow, 0.1) == (0, 0, 1)
    assert quantile(narrow, 0.99) == (4, 3, 5)


@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.floats(0, 1))
def test_plain_quantile_is_numpys(days: list[int], share: float) -> None:
    assert plain_quantile(counts(days), share) == pytest.approx(np.quantile(days, share), abs=1e-9)


def test_drug_against_placebo_as_published() -> None:
    events = np.stack([counts(DRUG[0], 36), counts(PLACEBO, 36)])
    leaving = events + np.stack([counts(DRUG[1], 36), np.zeros(36, dtype=int)])
    at_risk = np.cumsum(leaving[:, ::-1], axis=1)[:, ::-1]
    found = log_rank(events, at_risk)
    assert found.statistic == pytest.approx(16.7929, abs=5e-5)
    assert (found.df, found.p) == (1, pytest.approx(4.169e-5, abs=5e-9))
    ages = np.stack([counts([35] * 9, 36), counts([35] * 21, 36)])
    open_ages = np.stack([counts(DRUG[1], 36), np.zeros(36, dtype=int)])
    assert share_log_rank(events, open_ages, ages) == pytest.approx(found)


@pytest.mark.filterwarnings("ignore:Starting with pandas version")
def test_log_rank_of_five_groups_equals_lifelines(rng: np.random.Generator) -> None:
    age, group = rng.integers(0, 200, 1_500), rng.integers(0, 5, 1_500)
    lag = rng.geometric(0.004 + 0.002 * group)
    seen = lag <= age
    referee = multivariate_logrank_test(np.minimum(lag, age), group, seen)
    groups = [
        [counts(days[chosen & (group == g)], 200) for g in range(5)]
        for days, chosen in ((lag, seen), (age, ~seen), (age, seen))
    ]
    found = share_log_rank(*(np.stack(histograms) for histograms in groups))
    assert found.statistic == pytest.approx(referee.test_statistic, abs=1e-6)
    assert found.p == pytest.approx(referee.p_value, rel=1e-6)
    assert found.df == 4


def test_log_rank_ignores_order_and_empty_groups_and_adds_up_strata(
    rng: np.random.Generator,
) -> None:
    events = rng.integers(0, 4, (3, 50))
    at_risk = np.cumsum((events + rng.integers(0, 3, (3, 50)))[:, ::-1], axis=1)[:, ::-1]
    found = log_rank(events, at_risk)
    assert log_rank(events[[2, 0, 1]], at_risk[[2, 0, 1]]) == pytest.approx(found)
    nobody = np.zeros((1, 50))
    assert log_rank(np.vstack([nobody, events]), np.vstack([nobody, at_risk])) == pytest.approx(
        found
    )
    twice = log_rank(np.stack([events, events]), np.stack([at_risk, at_risk]))
    assert twice.statistic == pytest.approx(2 * found.statistic)
    assert twice.df == 2
    assert log_rank(events[:1], at_risk[:1]) == (0.0, 0, 1.0)
    assert log_rank([[0, 0], [0, 0]], [[5, 5], [7, 7]]) == (0.0, 0, 1.0)


def test_groups_of_one_speed_differ_in_share_and_not_in_speed() -> None:
    """Rates of 6, 12 and 20 %, one speed: 400 runs, Monte Carlo sd 1.1 points at 5 %."""
    rng, runs, days = np.random.default_rng(6), 400, 1_000
    fast, many = np.empty(runs), np.empty(runs)
    for run in range(runs):
        converted, waiting, ages = np.zeros((3, 3, days))
        for group, rate in enumerate((0.06, 0.12, 0.20)):
            age = np.floor(np.minimum(rng.exponential(100 + 100 * group, 900), 720)).astype(int)
            lag = np.floor(30 * np.exp(rng.standard_normal(900))).astype(int)
            seen = (lag <= age) & (rng.random(900) < rate)
            converted[group] = counts(lag[seen], days)[:days]
            waiting[group], ages[group] = counts(age[~seen], days), counts(age[seen], days)
        fast[run] = speed_log_rank(converted, ages).p
        many[run] = share_log_rank(converted, waiting, ages).p
    assert 0.05 - 0.029 <= np.mean(fast <= 0.05) <= 0.05 + 0.029
    assert np.mean(many <= 0.05) > 0.99


def test_the_median_of_all_is_found_where_the_plain_one_is_far_too_low() -> None:
    """True median 60 days, 900 leads: bias and cover of 300 runs, and the plain median's."""
    rng, runs = np.random.default_rng(60), 300
    found, plain = np.empty((runs, 3)), np.empty(runs)
    for run in range(runs):
        lag, age = growing(rng, 900, 60, 0.3)
        found[run] = quantile(reverse_product_limit(counts(lag), counts(age)), 0.5)
        plain[run] = plain_quantile(counts(lag), 0.5)
    true = 59  # lags are whole days: the day before the 60th is over holds the median
    cover = np.mean((found[:, 1] <= true) & (true <= found[:, 2]))
    assert found[:, 0].mean() == pytest.approx(true, rel=0.05)
    assert cover >= 0.93 - 0.033
    assert plain.mean() < 50


def test_restricted_mean_of_closed_data_is_the_mean_cut_at_the_horizon(
    rng: np.random.Generator,
) -> None:
    lags = rng.integers(0, 60, 400)
    found = restricted_mean(counts(lags), counts([90] * 400), 90)
    assert found.value == pytest.approx(lags.mean())
    half = 1.96 * lags.std() / np.sqrt(400)
    assert (found.lower, found.upper) == pytest.approx(
        (lags.mean() - half, lags.mean() + half), abs=0.15 * half
    )
    shorter = restricted_mean(counts(lags), counts([90] * 400), 30)
    assert shorter.value == pytest.approx(lags[lags <= 30].mean())


def test_restricted_mean_covers_the_truth_while_leads_are_under_way() -> None:
    """Uniform lags of 0 to 59 days, mean 29.5: cover of 300 runs, Monte Carlo sd 1.3 points."""
    rng, runs = np.random.default_rng(59), 300
    found, plain = np.empty((runs, 3)), np.empty(runs)
    for run in range(runs):
        age, lag = rng.integers(0, 90, 500), rng.integers(0, 60, 500)
        seen = lag <= age
        found[run] = restricted_mean(counts(lag[seen]), counts(age[seen]), 60)
        plain[run] = lag[seen].mean()
    cover = np.mean((found[:, 1] <= 29.5) & (found[:, 2] >= 29.5))
    assert found[:, 0].mean() == pytest.approx(29.5, abs=0.5)
    assert 0.93 - 0.033 <= cover <= 0.97 + 0.033
    assert plain.mean() < 26.5


@pytest.mark.parametrize(
    "call",
    [
        lambda: reverse_product_limit(counts([5]), counts([4])),
        lambda: quantile(reverse_product_limit(counts([1]), counts([1])), 0.5),
        lambda: quantile(reverse_product_limit(counts([1] * 9), counts([9] * 9)), 1.0),
        lambda: plain_quantile([0, 0], 0.5),
        lambda: plain_quantile([1], 1.5),
        lambda: restricted_mean([1], [0, 1], 5),
        lambda: restricted_mean([0], [0], 0),
    ],
)
def test_refuses_what_has_no_meaning(call: Callable[[], object]) -> None:
    with pytest.raises(StatisticError):
        call()


@pytest.mark.real_data
def test_days_to_customer_at_olist(
    olist: pd.DataFrame,
    olist_2018: pd.DataFrame,
    histograms: Callable[..., tuple[np.ndarray, ...]],
) -> None:
    converted, _, ages = histograms(olist_2018, "2018-11-14")
    durations = reverse_product_limit(converted, ages)
    assert quantile(durations, 0.5) == (13, 10, 15)
    assert quantile(durations, 0.9).value == 148
    assert plain_quantile(converted, 0.5) == 12
    assert plain_quantile(converted, 0.9) == 111
    assert plain_quantile(histograms(olist, "2018-11-14")[0], 0.5) == 14


@pytest.mark.real_data
def test_channels_of_olist(
    olist_2018: pd.DataFrame, histograms: Callable[..., tuple[np.ndarray, ...]]
) -> None:
    """Seven origins with 10 wins or more, and all others; leads without one take no part."""
    leads = olist_2018.dropna(subset="origin")
    wins = leads.groupby("origin")["won"].count()
    named = leads["origin"].where(leads["origin"].map(wins) >= 10, "all others")
    groups = [histograms(rows, "2018-11-14") for _, rows in leads.groupby(named)]
    days = max(histogram.size for group in groups for histogram in group)
    converted, waiting, ages = np.zeros((3, len(groups), days))
    for i, group in enumerate(groups):
        for whole, histogram in zip((converted, waiting, ages), group, strict=True):
            whole[i, : histogram.size] = histogram
    speed, share = speed_log_rank(converted, ages), share_log_rank(converted, waiting, ages)
    assert speed.statistic == pytest.approx(17.1751, abs=5e-5)
    assert (speed.df, speed.p) == (7, pytest.approx(0.0163, abs=5e-5))
    assert share.statistic == pytest.approx(131.6125, abs=5e-5)
    assert share.p == pytest.approx(2.89e-25, rel=5e-3)
