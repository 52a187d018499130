"""Final counts without entries: a published triangle, the reverse product limit, limits."""

from __future__ import annotations

import numpy as np
import pytest

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.chain_ladder import chain_ladder, nowcast
from salesaudit.statistics.duration import reverse_product_limit

TAYLOR_ASHE = [  # J. Econom. 23 (1983), 37-61; Mack (1993), table 1; R's ChainLadder::GenIns
    [357848, 1124788, 1735330, 2218270, 2745596, 3319994, 3466336, 3606286, 3833515, 3901463],
    [352118, 1236139, 2170033, 3353322, 3799067, 4120063, 4647867, 4914039, 5339085],
    [290507, 1292306, 2218525, 3235179, 3985995, 4132918, 4628910, 4909315],
    [310608, 1418858, 2195047, 3757447, 4029929, 4381982, 4588268],
    [443160, 1136350, 2128333, 2897821, 3402672, 3873311],
    [396132, 1333217, 2180715, 2985752, 3691712],
    [440832, 1288463, 2419861, 3483130],
    [359480, 1421128, 2864498],
    [376686, 1363294],
    [344014],
]
RESERVES = [0, 94_634, 469_511, 709_638, 984_889, 1_419_459, 2_177_641, 3_920_301, 4_278_972]


def triangle(rows: list[list[int]]) -> np.ndarray:
    return np.array([row + [np.nan] * (len(rows[0]) - len(row)) for row in rows])


def test_taylor_and_ashe_as_published() -> None:
    reserves = chain_ladder(triangle(TAYLOR_ASHE)) - [row[-1] for row in TAYLOR_ASHE]
    assert reserves.sum() == pytest.approx(18_680_856, abs=0.5)
    assert reserves[:9] == pytest.approx(RESERVES, abs=0.5)


def test_it_is_the_product_limit_in_reverse_time(rng: np.random.Generator) -> None:
    """Cohorts of one day each: the same pace, from lags and ages alone."""
    lags = np.minimum(rng.geometric(0.3, (8, 60)) - 1, 7)
    ages = np.arange(7, -1, -1)
    counts = [
        np.bincount(own[own <= age], minlength=8) for own, age in zip(lags, ages, strict=True)
    ]
    rows = [np.cumsum(count)[: age + 1].tolist() for count, age in zip(counts, ages, strict=True)]
    final = chain_ladder(triangle(rows))
    by_age = np.array([count.sum() for count in counts])[::-1]
    pace = reverse_product_limit(np.sum(counts, axis=0), by_age, tau=7)
    assert final == pytest.approx([row[-1] / pace.cumulative[len(row) - 1] for row in rows])


def test_whole_cohorts_are_as_they_are(rng: np.random.Generator) -> None:
    found = nowcast([30, 40, 35], [1, 1, 1], rng)
    assert found == ((30, 30, 30), (40, 40, 40), (35, 35, 35))


def test_a_start_counts_as_much_as_cohorts_differ(rng: np.random.Generator) -> None:
    """Half seen, 10 where 50 would be usual: the ladder says 20, the mean 60."""
    alike = nowcast([100] * 12 + [10], [1.0] * 12 + [0.5], rng)[-1]
    unlike = nowcast([20, 300, 80, 5, 150, 40, 10, 200, 60, 90, 30, 10], [1] * 11 + [0.5], rng)[-1]
    assert 20 < unlike.value < 30 < alike.value < 60
    assert alike.lower <= alike.value <= alike.upper


def test_final_counts_are_covered_as_promised(rng: np.random.Generator) -> None:
    runs, held, seen = 400, 0, np.append(np.ones(12), [0.6, 0.25])
    for _ in range(runs):
        final = rng.poisson(60 * rng.gamma(11, 1 / 11, 14))
        counts = rng.binomial(final, seen)
        newest = nowcast(counts, seen, rng)[-1]
        held += newest.lower <= final[-1] <= newest.upper
    assert 0.90 <= held / runs <= 0.98


def test_refuses_what_is_no_triangle(rng: np.random.Generator) -> None:
    with pytest.raises(StatisticError):
        chain_ladder([[1, np.nan], [2, 3]])
    with pytest.raises(StatisticError):
        chain_ladder([[1, 2, 3], [1, np.nan, 3]])
    with pytest.raises(StatisticError):
        chain_ladder([[0, 2], [1, np.nan]])
    with pytest.raises(StatisticError):
        nowcast([3, 4], [1, 1.2], rng)
    with pytest.raises(StatisticError):
        nowcast([0, 0], [1, 1], rng)
