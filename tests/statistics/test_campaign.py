"""Outcomes of a campaign: figures worked out apart, SciPy's distributions, and draws of our own."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.campaign import (
    Counted,
    Share,
    Takings,
    Worth,
    between_cohorts,
    customers,
    share_of,
    whole_above,
    whole_below,
    worth_interval,
)
from salesaudit.statistics.conversion import dispersion

KNOWN = share_of([0.5, 0.25])
FEW = share_of([Counted(30, 60), Counted(7.5, 30)])
MANY = share_of([Counted(200, 400), Counted(50, 200)])
DRAWS = 400_000


def test_150_leads_half_reached_a_quarter_closed_are_18_whole_customers() -> None:
    found = customers(150, KNOWN)
    assert (found.mean, whole_below(found.mean)) == (pytest.approx(18.75), 18)
    assert found.sd == pytest.approx(4.0505, abs=5e-5)
    assert [found.quantile(p) for p in (0.1, 0.9, 0.025, 0.975)] == [14, 24, 11, 27]
    assert found.at_least(18) == pytest.approx(0.6103, abs=5e-5)
    assert found.at_least(19) == pytest.approx(0.5122, abs=5e-5)


@pytest.mark.parametrize(
    ("share", "spread", "mean", "sd", "middle", "at_18", "returns", "prices"),
    [
        (KNOWN, None, 18.75, 4.05, (11, 27), 0.610, (0.610, 0.970, 0.993), (9375, 7500)),
        (MANY, None, 18.84, 4.75, (10, 29), 0.595, (0.595, 0.948, 0.984), (9422, 7500)),
        (MANY, 0.0, 18.84, 5.00, (10, 29), 0.586, (0.586, 0.940, 0.980), (9422, 7500)),
        (MANY, 0.3, 18.84, 7.6, (7, 36), 0.525, (0.525, 0.839, 0.913), (9422, 6000)),
        (FEW, 0.3, 19.35, 9.8, (5, 43), 0.511, (0.511, 0.782, 0.862), (9677, 5500)),
    ],
    ids=["rates known", "400 past leads", "leads Poisson", "leads vary by 0.3", "60 past leads"],
)
def test_as_worked_out_by_simulation(  # noqa: PLR0917
    share: Share,
    spread: float | None,
    mean: float,
    sd: float,
    middle: tuple[int, int],
    at_18: float,
    returns: tuple[float, ...],
    prices: tuple[float, float],
) -> None:
    """Rows of 400,000 draws each; their own error is 0.0008."""
    found = customers(150, share, spread=spread)
    takings = Takings(found, Worth(1000))
    assert found.mean == pytest.approx(mean, abs=0.01)
    assert found.sd == pytest.approx(sd, abs=0.05)
    assert (found.quantile(0.025), found.quantile(0.975)) == middle
    assert found.at_least(18) == pytest.approx(at_18, abs=0.0015)
    floors = [takings.at_least(2 * price) for price in (9000, 6000, 5000)]
    assert floors == pytest.approx(returns, abs=0.0015)
    assert 150 * share.mean * 1000 / 2 == pytest.approx(prices[0], abs=0.5)
    assert takings.sure_of(0.8) / 2 == prices[1]


def test_exact_rates_give_the_binomial_distribution() -> None:
    assert customers(40, share_of([0.3])).chances == pytest.approx(
        stats.binom.pmf(np.arange(41), 40, 0.3)
    )


def test_one_counted_rate_gives_the_beta_binomial_distribution_of_its_counts() -> None:
    found = customers(40, share_of([Counted(12, 80)])).chances
    assert found == pytest.approx(stats.betabinom.pmf(np.arange(41), 40, 12.5, 68.5))


def test_an_exact_step_narrows_a_counted_one_by_its_own_square() -> None:
    counted, exact = share_of([Counted(12, 80)]), share_of([0.5, Counted(12, 80)])
    assert exact.mean == pytest.approx(counted.mean / 2)
    assert exact.variance == pytest.approx(counted.variance / 4)


@pytest.mark.parametrize("spread", [None, 0.0, 0.3, 1.0])
@pytest.mark.parametrize("share", [KNOWN, MANY, FEW], ids=["known", "many", "few"])
def test_agrees_with_draws_of_our_own(
    share: Share, spread: float | None, rng: np.random.Generator
) -> None:
    found = customers(150, share, spread=spread)
    size = share.mean * (1 - share.mean) / share.variance - 1 if share.variance > 1e-9 else 0
    drawn = rng.beta(share.mean * size, (1 - share.mean) * size, DRAWS) if size else share.mean
    leads = np.full(DRAWS, 150)
    if spread is not None:
        means = rng.gamma(spread**-2, 150 * spread**2, DRAWS) if spread else 150
        leads = rng.poisson(means, DRAWS)
    came = rng.binomial(leads, drawn)
    error = 4 * came.std() / math.sqrt(DRAWS)
    assert found.mean == pytest.approx(came.mean(), abs=error + 0.01)
    assert found.sd == pytest.approx(came.std(), rel=0.01)
    for number in (8, 15, 18, 25, 40):
        assert found.at_least(number) == pytest.approx((came >= number).mean(), abs=0.004)


def test_matched_moments_stand_for_the_product_of_two_betas(rng: np.random.Generator) -> None:
    drawn = rng.beta(30.5, 30.5, DRAWS) * rng.beta(8, 23, DRAWS)
    came = rng.binomial(150, drawn)
    found = customers(150, FEW)
    assert found.sd == pytest.approx(came.std(), rel=0.01)
    for number in (8, 12, 18, 25, 32):
        assert found.at_least(number) == pytest.approx((came >= number).mean(), abs=0.006)


def test_dispersion_widens_as_if_less_had_been_counted() -> None:
    assert share_of([Counted(50, 200, 4)]) == share_of([Counted(12.5, 50)])


def test_what_the_next_cohort_may_differ_widens_the_share_and_keeps_its_mean() -> None:
    same, differs = share_of([Counted(50, 200)]), share_of([Counted(50, 200, 1, 0.02)])
    assert differs.mean == same.mean
    spread = same.mean - same.square  # E p (1 - p)
    assert differs.variance - same.variance == pytest.approx(0.02 * spread)


@pytest.mark.parametrize("rho", [0.0, 0.01, 0.05])
def test_the_correlation_inside_a_cohort_follows_from_its_dispersion(
    rho: float, rng: np.random.Generator
) -> None:
    size, runs = 80, 40_000
    rates = rng.beta(0.3 * (1 / rho - 1), 0.7 * (1 / rho - 1), runs) if rho else np.full(runs, 0.3)
    came = rng.binomial(size, rates)
    phi = float(np.mean((came - 24) ** 2) / (size * 0.3 * 0.7))
    assert between_cohorts(max(phi, 1.0), size) == pytest.approx(rho, abs=0.002)
    assert between_cohorts(3.0, 1) == 0
    assert between_cohorts(300.0, 20) == 1


@pytest.mark.parametrize(("rho", "least"), [(0.0, 0.94), (0.01, 0.92), (0.03, 0.91)])
def test_19_of_20_next_campaigns_lie_in_the_range_where_months_differ(
    rho: float, least: float, rng: np.random.Generator
) -> None:
    """24 months of 40 leads, then a campaign that differs as they do; without rho 0.96 to 0.75."""

    def rates(mean: float, many: int) -> np.ndarray:
        size = 1 / rho - 1 if rho else 0
        return rng.beta(mean * size, (1 - mean) * size, many) if rho else np.full(many, mean)

    held, runs = 0, 600
    for _ in range(runs):
        leads = np.full(24, 40)
        reached = rng.binomial(leads, rates(0.5, 24))
        bought = rng.binomial(reached, rates(0.25, 24))
        steps = []
        for came, of in ((reached, leads), (bought, reached)):
            share = came.sum() / of.sum()
            phi = dispersion(of, came, np.full(24, share)).phi
            steps.append(Counted(came.sum(), of.sum(), phi, between_cohorts(phi, of.mean())))
        found = customers(150, share_of(steps))
        number = rng.binomial(150, rates(0.5, 1)[0] * rates(0.25, 1)[0])
        held += found.quantile(0.025) <= number <= found.quantile(0.975)
    assert held / runs >= least


def test_leads_above_what_can_be_worked_count_nothing() -> None:
    assert customers(150, MANY, most=60).chances == pytest.approx(customers(60, MANY).chances)
    assert customers(150, MANY, spread=0.3, most=60).mean < 60 * MANY.mean
    assert customers(150, MANY, most=0).chances == pytest.approx([1.0])


@pytest.mark.parametrize(
    ("leads", "share", "certain"),
    [(0, MANY, 0), (150, share_of([0.0, 0.5]), 0), (150, share_of([1.0, 1.0]), 150)],
)
def test_nothing_and_everything_are_certain(leads: int, share: Share, certain: int) -> None:
    found = customers(leads, share)
    assert (found.mean, found.sd) == (pytest.approx(certain), pytest.approx(0, abs=1e-6))
    assert found.quantile(0.025) == found.quantile(0.975) == found.sure_of(0.8) == certain


@pytest.mark.parametrize("spread", [0.0, 0.5])
def test_no_leads_bring_no_customers_however_unsure_they_are(spread: float) -> None:
    assert customers(0, MANY, spread=spread).chances.tolist() == [1.0]


@given(st.integers(0, 3000), st.floats(0, 1), st.integers(1, 500), st.floats(0.01, 0.99))
@settings(max_examples=60, deadline=None)
def test_chances_sum_to_one_and_quantiles_keep_their_word(
    leads: int, rate: float, seen: int, chance: float
) -> None:
    found = customers(leads, share_of([rate, Counted(seen // 3, seen, 1.5)]))
    assert found.chances.sum() == pytest.approx(1)
    assert found.at_least(0) == pytest.approx(1)
    assert 1 - found.at_least(found.quantile(chance) + 1) >= chance - 1e-9
    assert found.at_least(found.sure_of(chance)) >= chance - 1e-9
    assert found.at_least(found.sure_of(chance) + 1) < chance + 1e-9


def test_an_unsure_margin_agrees_with_draws(rng: np.random.Generator) -> None:
    """Margins are lognormal with a standard deviation as large as their mean, 80 customers seen."""
    variation, seen, runs = 1.0, 80, 40_000
    found = customers(150, MANY)
    takings = Takings(found, Worth(1000, variation, seen))
    sigma = math.sqrt(math.log1p(variation**2))
    means = np.exp(rng.normal(0, math.sqrt(math.log1p(variation**2 / seen)), runs))
    means *= 1000 / math.exp(math.log1p(variation**2 / seen) / 2)
    came = rng.choice(found.chances.size, runs, p=found.chances / found.chances.sum())
    sums = np.array(
        [
            (np.exp(rng.normal(-(sigma**2) / 2, sigma, k)) * mean).sum()
            for k, mean in zip(came, means, strict=True)
        ]
    )
    for total in (8_000, 12_000, 18_000, 25_000, 32_000):
        assert takings.at_least(total) == pytest.approx((sums >= total).mean(), abs=0.015)
    assert takings.quantile(0.1) == pytest.approx(np.quantile(sums, 0.1), rel=0.03)
    assert takings.sure_of(0.8) == pytest.approx(np.quantile(sums, 0.2), rel=0.03)


def test_a_certain_margin_is_the_limit_of_a_much_seen_one() -> None:
    found = customers(150, MANY)
    close = Takings(found, Worth(1000, 1e-4, 10**9))
    assert close.at_least(17_500) == pytest.approx(Takings(found, Worth(1000)).at_least(17_500))


def test_the_range_of_a_skewed_mean_holds_it_about_as_often_as_it_says(
    rng: np.random.Generator,
) -> None:
    """Lognormal margins of spread 1, 60 customers: 93 to 94 of 100 ranges hold the mean."""
    held, runs = 0, 2_000
    for _ in range(runs):
        seen = np.exp(rng.normal(-0.5 * math.log(2), math.sqrt(math.log(2)), 60))
        interval = worth_interval(Worth(float(seen.mean()), float(seen.std() / seen.mean()), 60))
        assert interval is not None
        held += interval.lower <= 1 <= interval.upper
    assert 0.91 <= held / runs <= 0.96


def test_an_exact_margin_has_no_range() -> None:
    assert worth_interval(Worth(400)) is None
    assert worth_interval(Worth(400, 0.5, 1)) is None


def test_money_that_no_customer_can_leave_is_never_reached() -> None:
    assert Takings(customers(150, MANY), Worth(0)).at_least(1) == 0
    assert Takings(customers(0, MANY), Worth(500, 1, 20)).sure_of(0.8) == 0
    assert Takings(customers(150, MANY), Worth(500)).at_least(0) == 1


@pytest.mark.parametrize(("number", "below"), [(0.29 * 100, 29), (0.1 * 3 * 10, 3), (18.75, 18)])
def test_rounding_alone_costs_no_customer(number: float, below: int) -> None:
    assert whole_below(number) == below


def test_rounding_alone_asks_for_no_further_customer() -> None:
    assert whole_above(1.1 * 300 / 30) == 11
    assert whole_above(14.01) == 15


@pytest.mark.parametrize("step", [-0.1, 1.2, Counted(5, 4), Counted(1, 4, 0.5)])
def test_refuses_what_is_no_rate(step: float | Counted) -> None:
    with pytest.raises(StatisticError):
        share_of([step])


def test_refuses_leads_under_none() -> None:
    with pytest.raises(StatisticError):
        customers(-1, KNOWN)
