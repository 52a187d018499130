"""Before and after: baseball's averages fall back, and false alarms stay as rare as promised."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.before_after import changes, log_odds

HITS = (18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7)  # of 45 at bats each
LATER = (  # averages of the rest of the season of 1970, Efron and Morris (1975)
    0.346, 0.298, 0.276, 0.222, 0.273, 0.270, 0.263, 0.210, 0.269, 0.230, 0.264, 0.256, 0.303,
    0.264, 0.226, 0.286, 0.316, 0.200,
)  # fmt: skip


def test_log_odds_by_hand() -> None:
    value, variance = log_odds([0, 5], [4, 10])
    assert value == pytest.approx([np.log(0.5 / 4.5), 0.0])
    assert variance == pytest.approx([2 + 1 / 4.5, 2 / 5.5])


def test_baseball_of_1970() -> None:
    """Efron and Morris: held to shrunk values, squared error was 0.29 of that of the raw ones."""
    found = changes((HITS, np.full(18, 45)), (np.round(400 * np.array(LATER)), np.full(18, 400)))
    assert np.sum(found.change**2) / np.sum(found.naive**2) == pytest.approx(0.29, abs=0.05)
    assert found.from_chance[0] < -0.3
    assert found.from_chance[-1] > 0.3
    assert not np.any(found.q_better < 0.05)


def test_parts_sum_to_the_plain_change(rng: np.random.Generator) -> None:
    n = rng.integers(30, 300, (2, 12))
    x = rng.binomial(n, 0.2)
    found = changes((x[0], n[0]), (x[1], n[1]))
    assert found.from_chance + found.change == pytest.approx(found.naive)


def test_the_three_worst_of_twenty_rise_by_themselves(rng: np.random.Generator) -> None:
    """400 runs of 20 groups of 150: the plain change misleads, the other one does not."""
    naive, change, flagged, plain = [], [], 0, 0
    for _ in range(400):
        rate = expit(rng.normal(-1.4, 0.25, 20))
        old, new = rng.binomial(150, rate, (2, 20))
        worst = np.argsort(old)[:3]
        found = changes((old, np.full(20, 150)), (new, np.full(20, 150)), worst)
        naive += found.naive.tolist()
        change += found.change.tolist()
        flagged += int((found.p_better < 0.025).sum())
        both = log_odds(old[worst], np.full(3, 150))[1] + log_odds(new[worst], np.full(3, 150))[1]
        plain += int((found.naive / np.sqrt(both) > 1.96).sum())
    assert np.mean(naive) > 0.15
    assert abs(np.mean(change)) < 0.07
    assert flagged / 1200 <= 0.025 + 2.576 * np.sqrt(0.025 * 0.975 / 1200)
    assert plain / 1200 > 0.05


def test_followed_groups_stand_in_the_order_asked() -> None:
    both = ([20, 30, 40], [100, 100, 100])
    asked, every = changes(both, both, [2, 0]), changes(both, both)
    assert asked.change.tolist() == every.change[[2, 0]].tolist()
    assert asked.naive == pytest.approx([0, 0])


def test_what_cannot_be() -> None:
    with pytest.raises(StatisticError):
        changes(([3], [2]), ([1], [2]))
    with pytest.raises(StatisticError):
        changes(([1, 1], [2, 2]), ([1], [2]))
