"""Conversion under way: published curves, referees, true figures, properties and cover."""

from __future__ import annotations

from collections.abc import Callable

import lifelines
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.conversion import (
    Curve,
    cumulative_incidence,
    day_reached,
    dispersion,
    horizon_day,
    product_limit,
    rate_interval,
    still_rising,
    to_come,
)
from salesaudit.statistics.proportion import jeffreys_interval

REMISSION_ENDED = [6, 6, 6, 7, 10, 13, 16, 22, 23]
STILL_IN_REMISSION = [6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35]

LEADS = st.lists(
    st.tuples(st.integers(0, 60), st.integers(0, 60), st.booleans()), min_size=1, max_size=80
)


def follow(leads: list[tuple[int, int, bool]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Histograms of leads of (age, lag, would convert at last)."""
    age, lag, would = (np.array(column) for column in zip(*leads, strict=True))
    seen = would.astype(bool) & (lag <= age)
    return np.bincount(lag[seen]), np.bincount(age[~seen]), np.bincount(age[seen])


def closed(converted: float, leads: float) -> tuple[float, ...]:
    """The interval of a plain share."""
    return tuple(float(end) for end in jeffreys_interval(converted, leads))


def remission() -> Curve:
    ages = np.bincount([35] * len(REMISSION_ENDED))
    return product_limit(np.bincount(REMISSION_ENDED), np.bincount(STILL_IN_REMISSION), ages)


def test_remission_times_as_published() -> None:
    curve = remission()
    staying = 1 - curve.cumulative[[6, 7, 10, 13, 16, 22, 23]]
    published = [0.8571, 0.8067, 0.7529, 0.6902, 0.6275, 0.5378, 0.4482]
    assert staying == pytest.approx(published, abs=5e-5)
    spread = 1.959964 * np.sqrt(curve.greenwood[10]) / np.log(staying[2])
    log_log = [staying[2] ** np.exp(-spread), staying[2] ** np.exp(spread)]
    assert log_log == pytest.approx([0.5032, 0.8894], abs=5e-5)
    assert curve.at_risk[[6, 7, 23, 35]].tolist() == [21, 17, 6, 1]
    assert curve.entered == 21


def test_equals_lifelines_in_value_and_greenwood(rng: np.random.Generator) -> None:
    age = rng.integers(0, 400, 3_000)
    lag = np.where(rng.random(3_000) < 0.3, rng.integers(0, 200, 3_000), 10_000)
    seen = lag <= age
    curve = product_limit(np.bincount(lag[seen]), np.bincount(age[~seen]), np.bincount(age[seen]))
    referee = lifelines.KaplanMeierFitter().fit(np.minimum(lag, age), seen)
    days = np.arange(curve.tau + 1)
    assert curve.cumulative[days] == pytest.approx(1 - referee.predict(days).to_numpy(), abs=1e-9)
    variance = referee._cumulative_sq_
    at = variance.index[variance.index <= curve.tau].astype(int)
    assert curve.greenwood[at] == pytest.approx(variance[at].to_numpy(), abs=1e-9)


def test_tau_needs_leads_old_enough_and_somebody_left() -> None:
    open_ages = np.bincount(np.repeat([10, 50, 80], [60, 30, 10]))
    assert product_limit([0], open_ages, [0]).tau == 80
    assert product_limit([0], 9 * open_ages, [0]).tau == 80
    open_ages[80] = 9  # one short of ten
    assert product_limit([0], open_ages, [0]).tau == 50
    many = np.bincount(np.repeat([10, 50, 80], [900, 90, 40]))  # 40 of 1,030 are under 5 %
    assert product_limit([0], many, [0]).tau == 50
    assert product_limit([0, 2], np.bincount([3] * 7), np.bincount([3] * 2)).tau == -1


def test_tau_ends_before_the_day_when_everybody_left_converts() -> None:
    one_waits = product_limit([10, 0, 10], [0, 1], np.bincount([90] * 20))
    assert (one_waits.tau, one_waits.cumulative[2]) == (1, 1.0)


def test_where_nobody_is_left_the_curve_ends_at_one() -> None:
    all_of_them = product_limit([10, 0, 10], [0], np.bincount([90] * 20))
    assert (all_of_them.tau, all_of_them.cumulative[2]) == (2, 1.0)
    assert np.all(np.isfinite(all_of_them.greenwood))
    lower, upper = rate_interval(all_of_them, 2)
    assert (lower, upper) == pytest.approx(closed(20, 20))


def test_late_conversions_stay_at_risk_though_no_lag_shows_them() -> None:
    whole = product_limit(np.bincount([1, 2, 9]), np.bincount([5] * 20), np.bincount([12] * 3))
    cut = product_limit(np.bincount([1, 2]), np.bincount([5] * 20), np.bincount([5] * 3))
    assert cut.at_risk == pytest.approx(whole.at_risk[:6])
    assert cut.cumulative == pytest.approx(whole.cumulative[:6])


@given(LEADS)
def test_a_curve_rises_from_0_to_1_and_ignores_scale_and_padding(
    leads: list[tuple[int, int, bool]],
) -> None:
    conv, open_age, conv_age = follow(leads)
    curve = product_limit(conv, open_age, conv_age)
    assert np.all(np.diff(curve.cumulative) >= -1e-12)
    assert 0 <= curve.cumulative[0] <= curve.cumulative[-1] <= 1 + 1e-12
    assert curve.entered == len(leads) == curve.at_risk[0]
    assert np.all(curve.at_risk >= curve.converted)
    doubled = product_limit(2 * conv, 2 * open_age, np.append(2 * conv_age, [0, 0, 0]))
    length = curve.cumulative.size
    assert doubled.cumulative[:length] == pytest.approx(curve.cumulative)
    assert doubled.greenwood[:length] == pytest.approx(curve.greenwood / 2)


@given(LEADS)
def test_where_all_are_old_it_is_the_plain_share(leads: list[tuple[int, int, bool]]) -> None:
    curve = product_limit(*follow([(100, lag, would) for _, lag, would in leads]))
    shares = [sum(would and lag <= day for _, lag, would in leads) for day in range(61)]
    assert curve.cumulative[:61] * len(leads) == pytest.approx(np.array(shares), abs=1e-9)
    if 0 < shares[30] < len(leads):
        assert rate_interval(curve, 30) == pytest.approx(closed(shares[30], len(leads)))


@given(LEADS, st.floats(1.01, 30), st.integers(2, 40))
def test_every_interval_holds_its_rate(
    leads: list[tuple[int, int, bool]], phi: float, cohorts: int
) -> None:
    curve = product_limit(*follow(leads))
    for day in (0, curve.cumulative.size // 2, curve.cumulative.size - 1):
        lower, upper = rate_interval(curve, day)
        assert 0 <= lower <= curve.cumulative[day] + 1e-9
        assert curve.cumulative[day] - 1e-9 <= upper <= 1
        wide = rate_interval(curve, day, phi, cohorts=cohorts)
        assert 0 <= wide[0] <= curve.cumulative[day] + 1e-9
        assert curve.cumulative[day] - 1e-9 <= wide[1] <= 1


def test_nobody_converted_is_none_of_those_at_risk() -> None:
    curve = product_limit([0], np.bincount(np.repeat([8, 40], [25, 100])), [0])
    assert rate_interval(curve, 8) == pytest.approx(closed(0, 125))
    assert rate_interval(curve, 40) == pytest.approx(closed(0, 100))
    assert rate_interval(curve, 40, 2.0, cohorts=6) == pytest.approx(closed(0, 50))


def test_dispersion_by_hand() -> None:
    """Expected 10, 10, 10, 10 of 100 each, seen 10, 16, 4, 10: (36 + 36) / 9 / 3 = 2.667."""
    entered, share = np.full(5, 100), [0.1, 0.1, 0.1, 0.1, 0.029]
    found = dispersion(entered, [10, 16, 4, 10, 90], share)
    assert found.phi == pytest.approx(72 / 9 / 3)
    assert (found.cohorts, found.known) == (4, True)
    assert dispersion([96, 4, 12], [1, 1, 3], [0.5, 0.75, 0.25]).cohorts == 3  # 3 each, just kept
    assert dispersion(entered, [10, 10, 10, 11, 2], share).phi == 1.0
    assert not dispersion(entered[:3], [10, 16, 4], share[:3]).known
    assert dispersion(entered[:1], [50], share[:1]) == (1.0, 1)


def test_a_curve_that_has_levelled_off_is_not_rising(rng: np.random.Generator) -> None:
    early = product_limit(np.bincount([5] * 300), np.bincount([90] * 700), np.bincount([90] * 300))
    assert still_rising(early, 1.0, rng) == (0.0, 0.0, 0.0)
    late = np.bincount(np.repeat([5, 80], [150, 150]))
    rise = still_rising(product_limit(late, np.bincount([90] * 700), [0] * 90 + [300]), 1.0, rng)
    assert rise.value == pytest.approx(0.5)
    assert (rise.lower, rise.upper) == pytest.approx((0.44, 0.56), abs=0.02)
    with pytest.raises(StatisticError, match="curve at 0"):
        still_rising(product_limit([0], [0] * 30 + [50], [0]), 1.0, rng)


def test_to_come_by_hand() -> None:
    """Half convert on day 2; of 40 open leads of age 1 half will, of the older ones nobody."""
    curve = product_limit([0, 0, 50], np.bincount([9] * 50), np.bincount([9] * 50))
    assert curve.tau == 9
    assert to_come(curve, [0, 40]) == pytest.approx(20)
    assert to_come(curve, [0, 40], by=1) == 0
    assert to_come(curve, [0, 40], by=2) == pytest.approx(20)
    assert to_come(curve, [0, 0, 40]) == 0
    assert to_come(curve, [0] * 30 + [40]) == 0
    assert to_come(product_limit([1], [3], [1]), [3]) == 0  # too few for any curve


@given(LEADS)
def test_to_come_is_never_more_than_are_open(leads: list[tuple[int, int, bool]]) -> None:
    conv, open_age, conv_age = follow(leads)
    assert 0 <= to_come(product_limit(conv, open_age, conv_age), open_age) <= open_age.sum() + 1e-9


def test_horizon_is_the_least_by_which_nine_in_ten_convert() -> None:
    speed = np.linspace(0, 1, 101)  # 0.9 on day 90
    old = np.full(200, 50.0)
    assert horizon_day(speed, old) == 90
    assert horizon_day(speed[:15] / speed[14], old) == 14
    assert horizon_day([1.0], old) == 7
    old[70:] = 9
    assert horizon_day(speed, old) == 60
    assert horizon_day(speed, old[:7]) is None
    assert horizon_day(np.linspace(0, 1, 1001), np.full(1001, 50)) == 365


def test_day_reached() -> None:
    curve = remission()
    assert day_reached(curve, 0.10) == 6
    assert day_reached(curve, 0.45) == 22
    assert day_reached(curve, 0.99) is None


def test_incidence_equals_lifelines(rng: np.random.Generator) -> None:
    """One event a day, so that the referee need not break ties."""
    days = rng.permutation(300) + 1
    cause = rng.choice([0, 1, 2], 300, p=[0.4, 0.25, 0.35])
    won, lost, waiting = (np.bincount(days[cause == k], minlength=301) for k in (1, 2, 0))
    curve = cumulative_incidence(won, lost, waiting)
    for event, ours in ((1, curve.won), (2, curve.lost)):
        referee = lifelines.AalenJohansenFitter(calculate_variance=False).fit(
            days, cause, event_of_interest=event
        )
        expected = referee.cumulative_density_.iloc[:, 0]
        assert ours[expected.index.astype(int)] == pytest.approx(expected.to_numpy(), abs=1e-6)


@given(LEADS, LEADS)
def test_won_lost_and_undecided_are_all(
    winners: list[tuple[int, int, bool]], losers: list[tuple[int, int, bool]]
) -> None:
    won, open_age, conv_age = follow(winners)
    lost, other_open, _ = follow(losers)
    waiting = np.zeros(61)
    waiting[: open_age.size] += open_age
    waiting[: other_open.size] += other_open
    curve = cumulative_incidence(won, lost, waiting)
    assert curve.won + curve.lost + curve.undecided == pytest.approx(np.ones(curve.won.size))
    alone = cumulative_incidence(won, [0], open_age)
    plain = product_limit(won, open_age, conv_age).cumulative
    assert alone.won == pytest.approx(plain[: alone.won.size])


@pytest.mark.parametrize(
    "call",
    [
        lambda curve: product_limit([1, -1], [1], [1]),
        lambda curve: product_limit([2], [1], [1]),
        lambda curve: rate_interval(curve, 36),
        lambda curve: rate_interval(curve, -1),
        lambda curve: rate_interval(curve, 10, 0.9),
        lambda curve: rate_interval(curve, 10, 2.0),
        lambda curve: rate_interval(curve, 10, 2.0, cohorts=1),
        lambda curve: dispersion([100], [10], [1.0]),
    ],
)
def test_refuses_what_has_no_meaning(call: Callable[[Curve], object]) -> None:
    with pytest.raises(StatisticError):
        call(remission())


def test_bias_and_cover_with_cohorts_under_way() -> None:
    """1,000 leads over 18 months, 10 % convert, median lag 30 days, log-normal with sigma 1.

    Required are a bias within 2 % and a cover of 93 to 97 %, judged with the 99 % Monte Carlo
    error of 400 runs; the plain share converted so far fails both.
    """
    rng, runs, leads, rate, days = np.random.default_rng(18), 400, 1_000, 0.10, 548
    age = rng.integers(0, days, (runs, leads))
    lag = np.floor(30 * np.exp(rng.standard_normal((runs, leads))))
    lag[rng.random((runs, leads)) >= rate] = 10_000
    seen, lag = lag <= age, lag.astype(int)
    found = np.empty((runs, 6))
    for i in range(runs):
        curve = product_limit(
            np.bincount(lag[i][seen[i]]),
            np.bincount(age[i][~seen[i]]),
            np.bincount(age[i][seen[i]]),
        )
        found[i, :3] = curve.cumulative[curve.tau], *rate_interval(curve, curve.tau)
        found[i, 3:] = seen[i].mean(), *closed(seen[i].sum(), leads)
    bias_error = 2.58 * found[:, 0].std() / rate / np.sqrt(runs)
    cover_error = 2.58 * np.sqrt(0.95 * 0.05 / runs)
    bias, plain_bias = found[:, [0, 3]].mean(axis=0) / rate - 1
    cover, plain_cover = (
        np.mean((found[:, i] <= rate) & (rate <= found[:, i + 1])) for i in (1, 4)
    )
    assert abs(bias) <= 0.02 + bias_error
    assert 0.93 - cover_error <= cover <= 0.97 + cover_error
    assert plain_bias < -0.02 - bias_error
    assert plain_cover < 0.93 - cover_error


def cohorts(leads: pd.DataFrame, until: str, curve: Curve, period: str) -> pd.DataFrame:
    ages = (pd.Timestamp(until) - leads["entry"]).dt.days
    return (
        pd.DataFrame(
            {
                "cohort": leads["entry"].dt.strftime(period),
                "expected": curve.cumulative[np.minimum(ages, curve.tau)],
                "converted": leads["won"] <= until,
            }
        )
        .groupby("cohort")
        .agg(
            entered=("converted", "size"),
            converted=("converted", "sum"),
            expected=("expected", "mean"),
        )
    )


@pytest.mark.real_data
def test_olist_is_at_least_13_6_percent(
    olist_2018: pd.DataFrame, histograms: Callable[..., tuple[np.ndarray, ...]]
) -> None:
    conv, open_age, conv_age = histograms(olist_2018, "2018-11-14")
    curve = product_limit(conv, open_age, conv_age)
    assert (curve.entered, conv.sum(), curve.tau) == (5_998, 781, 309)
    assert curve.cumulative[[30, 90, 180, 309]] == pytest.approx(
        [0.09203, 0.11304, 0.12510, 0.13601], abs=5e-6
    )
    months = cohorts(olist_2018, "2018-11-14", curve, "%Y-%m")
    spread = dispersion(months["entered"], months["converted"], months["expected"])
    assert spread.phi == pytest.approx(2.746, abs=5e-4)
    assert (spread.cohorts, spread.known) == (5, True)
    wide = rate_interval(curve, 309, spread.phi, cohorts=spread.cohorts)
    assert wide == pytest.approx((0.1140, 0.1615), abs=5e-5)
    assert rate_interval(curve, 309) == pytest.approx((0.1262, 0.1463), abs=5e-5)
    rise = still_rising(curve, spread.phi, np.random.default_rng(9))
    assert rise.value == pytest.approx(0.0557, abs=5e-5)
    assert (rise.lower, rise.upper) == pytest.approx((-0.014, 0.116), abs=0.006)
    assert to_come(curve, open_age) == pytest.approx(34.8, abs=0.05)


@pytest.mark.real_data
def test_a_day_earlier_olist_looks_levelled_off(
    olist_2018: pd.DataFrame, histograms: Callable[..., tuple[np.ndarray, ...]]
) -> None:
    curve = product_limit(*histograms(olist_2018, "2018-11-13"))
    assert curve.cumulative[curve.tau] == pytest.approx(0.13379, abs=5e-6)
    rise = still_rising(curve, 1.0, np.random.default_rng(9))
    assert rise.value == pytest.approx(0.042, abs=5e-4)


@pytest.mark.real_data
def test_the_months_of_olist_do_not_share_one_rate(
    olist: pd.DataFrame, histograms: Callable[..., tuple[np.ndarray, ...]]
) -> None:
    curve = product_limit(*histograms(olist, "2018-11-14"))
    assert (curve.entered, curve.converted.sum()) == (8_000, 842)
    kaplan_meier = [0.03550, 0.05350, 0.06938, 0.08088, 0.08650, 0.09692, 0.11346]
    assert curve.cumulative[[7, 14, 30, 60, 90, 180, 365]] == pytest.approx(kaplan_meier, abs=6e-6)
    months = cohorts(olist, "2018-11-14", curve, "%Y-%m")
    found = dispersion(months["entered"], months["converted"], months["expected"])
    assert round(found.phi) == 21


@pytest.mark.real_data
def test_loans_by_weeks(
    loans: pd.DataFrame, histograms: Callable[..., tuple[np.ndarray, ...]]
) -> None:
    curve = product_limit(*histograms(loans, "2012-01-01"))
    assert (curve.entered, curve.converted.sum(), curve.tau) == (7_455, 1_130, 88)
    assert curve.cumulative[88] == pytest.approx(0.17616, abs=5e-6)
    weeks = cohorts(loans, "2012-01-01", curve, "%G-%V")
    spread = dispersion(weeks["entered"], weeks["converted"], weeks["expected"])
    assert spread.phi == pytest.approx(3.633, abs=5e-4)
    assert spread.cohorts == 13
    wide = rate_interval(curve, 88, spread.phi, cohorts=13)
    assert wide == pytest.approx((0.1569, 0.1972), abs=5e-5)
    months = cohorts(loans, "2012-01-01", curve, "%Y-%m")
    by_month = dispersion(months["entered"], months["converted"], months["expected"])
    assert by_month.phi == pytest.approx(13.99, abs=5e-3)
    assert not by_month.known


def test_segments_are_held_to_curves_of_their_own() -> None:
    """Two segments of three cohorts: 4 degrees of freedom, by hand; a lone cohort adds nothing."""
    n = [[100, 100, 100], [50, 50, 50], [0, 80, 0]]
    x = [[30, 10, 20], [30, 20, 25], [0, 9, 0]]
    share = [[0.2] * 3, [0.5] * 3, [0.3] * 3]
    squares = (100 + 100 + 0) / 16 + (25 + 25 + 0) / 12.5
    assert dispersion(n, x, share) == (pytest.approx(squares / 4), 5)
    assert dispersion(n[2], x[2], share[2]) == (1.0, 1)
    assert dispersion(n[2:] * 2, x[2:] * 2, share[2:] * 2) == (1.0, 1)
