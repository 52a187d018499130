"""Bursts: planted ones, quiet series, what is refused."""

from __future__ import annotations

import time

import numpy as np
import pytest

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.bursts import find_bursts, weekly_weights

WEEKDAYS = np.array([1.3, 1.2, 1.1, 1.1, 1.0, 0.7, 0.6])


def level(days: int) -> np.ndarray:
    day = np.arange(days)
    season = 0.2 * np.sin(2 * np.pi * day / 365.25)
    return 10 * np.exp(0.1 * day / 365 + season) * WEEKDAYS[day % 7]


def drawn(rng: np.random.Generator, mean: np.ndarray) -> np.ndarray:
    return rng.poisson(mean * rng.gamma(20, 1 / 20, mean.size))


def test_a_burst_is_found_where_it_is(rng: np.random.Generator) -> None:
    mean = level(365)
    mean[200:214] *= 3
    counts = drawn(rng, mean)
    found = find_bursts(counts, rng)
    (burst,) = found.found
    assert abs(burst.first - 200) <= 1
    assert abs(burst.last - 213) <= 1
    assert burst.p == found.p == 1 / 500
    assert burst.observed == counts[burst.first : burst.last + 1].sum()
    assert burst.expected == pytest.approx(level(365)[200:214].sum(), rel=0.15)
    assert 0 < burst.doubt < 0.1 * burst.expected
    assert np.flatnonzero(found.weights == 0).tolist() == [*range(burst.first, burst.last + 1)]


def test_a_great_burst_does_not_hide_a_smaller_one(rng: np.random.Generator) -> None:
    mean = level(365)
    mean[100:103] *= 60
    mean[300:314] *= 2.5
    found = find_bursts(drawn(rng, mean), rng).found
    assert [round(burst.first, -1) for burst in found] == [100, 300]


@pytest.mark.parametrize("day", [95, 189])
def test_an_import_on_one_day_is_found_and_bends_nothing(
    rng: np.random.Generator, day: int
) -> None:
    counts = drawn(rng, level(190))
    counts[day] = 20_000
    (burst,) = find_bursts(counts, rng).found
    assert (burst.first, burst.last, burst.p) == (day, day, 1 / 500)
    assert burst.expected < 25


def test_a_channel_that_starts_and_stops_has_no_burst_for_that(rng: np.random.Generator) -> None:
    counts = np.zeros(700)
    counts[200:500] = drawn(rng, level(300))
    found = find_bursts(counts, rng)
    assert found.found == ()
    assert not found.usual[:200].any()
    counts[300:310] *= 5
    (burst,) = find_bursts(counts, rng).found
    assert (burst.first, burst.last) == pytest.approx((300, 309), abs=1)
    assert np.flatnonzero(find_bursts(counts, rng).weights == 0)[0] == burst.first


def test_a_burst_longer_than_any_window_leaves_no_ghosts_beside_it(
    rng: np.random.Generator,
) -> None:
    mean = level(500)
    mean[200:240] *= 4
    found = find_bursts(drawn(rng, mean), rng)
    days = np.flatnonzero(found.weights == 0)
    assert (days[0], days[-1]) == pytest.approx((200, 239), abs=2)
    assert days.size >= 36
    assert len(found.found) <= 2


def test_quiet_series_have_bursts_as_often_as_promised(rng: np.random.Generator) -> None:
    runs = 200
    p = [find_bursts(drawn(rng, level(210)), rng, draws=99).p for _ in range(runs)]
    share = np.mean(np.array(p) <= 0.05)
    assert share <= 0.05 + 2.576 * np.sqrt(0.05 * 0.95 / runs)


def test_closed_weekends_are_no_bursts_of_mondays(rng: np.random.Generator) -> None:
    mean = level(280)
    mean[np.arange(280) % 7 >= 5] = 0
    mean[150:164] *= 3
    found = find_bursts(drawn(rng, mean), rng)
    (burst,) = found.found
    assert abs(burst.first - 150) <= 2
    assert found.usual[5] == 0


def test_three_years_take_a_moment(rng: np.random.Generator) -> None:
    counts = drawn(rng, level(1_095))
    begin = time.process_time()
    find_bursts(counts, rng)
    assert time.process_time() - begin < 3


def test_no_search_without_half_a_year_or_without_counts(rng: np.random.Generator) -> None:
    assert find_bursts([5] * 181, rng) is None
    assert find_bursts([0] * 300, rng) is None
    assert find_bursts([0] * 200 + [5] * 100, rng) is None
    assert find_bursts([5] * 182, rng).found == ()
    with pytest.raises(StatisticError):
        find_bursts([1, -1], rng)


def test_a_week_that_a_burst_touches_is_passed_over() -> None:
    days = np.ones(24)
    days[6:8] = 0
    assert weekly_weights(days).tolist() == [0, 0, 1]
