"""Leaks repaired: the worked funnel, exact sums, and draws through the same code."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.repairs import CAP, Funnel, Leak, repair_credits

STEPS, FRONT = np.array([[0.5, 0.6, 0.4, 0.25]]), 1_000_000.0
RATIOS = np.array([0.8, 0.7, 0.9])
EVERYONE = np.array([True])
CHANCE = np.random.default_rng(0)


def joint(funnel: Funnel, leaks: list[Leak], ratios: np.ndarray) -> float:
    """v(all) - v(none), written out leaf by leaf."""
    gain = 0.0
    for leaf, (leads, margin) in enumerate(zip(funnel.leads, funnel.margins, strict=True)):
        rates = funnel.rates[leaf].copy()
        for leak, ratio in zip(leaks, ratios, strict=True):
            if leak.leaves[leaf]:
                rates[leak.step] /= ratio
        rates = np.minimum(rates, np.maximum(funnel.rates[leaf], CAP))
        gain += leads * margin * (rates.prod() - funnel.rates[leaf].prod())
    return float(gain)


def test_the_worked_funnel() -> None:
    """A million in front of four steps, leaks at the first, third and fourth."""
    funnel = Funnel(np.array([FRONT]), STEPS, np.array([1.0]))
    leaks = [Leak(step, EVERYONE) for step in (0, 2, 3)]
    found = repair_credits(funnel, leaks, RATIOS, CHANCE)
    assert float(found.gain) == pytest.approx(29_524, abs=0.5)
    assert found.of_leaks == pytest.approx([9_643, 15_298, 4_583], abs=0.5)
    alone = [
        float(repair_credits(funnel, [leak], ratio[None], CHANCE).gain)
        for leak, ratio in zip(leaks, RATIOS, strict=True)
    ]
    assert sum(alone) == pytest.approx(23_690, abs=0.5)


def test_log_mean_shares_are_near() -> None:
    """Ang (2004): dV log(p'/p) over its sum: 9,615 + 15,369 + 4,540."""
    funnel = Funnel(np.array([FRONT]), STEPS, np.array([1.0]))
    leaks = [Leak(step, EVERYONE) for step in (0, 2, 3)]
    found = repair_credits(funnel, leaks, RATIOS, CHANCE)
    log_mean = float(found.gain) * np.log(RATIOS) / np.log(RATIOS).sum()
    assert log_mean == pytest.approx([9_615, 15_369, 4_540], abs=0.5)
    assert found.of_leaks == pytest.approx(log_mean, rel=0.02)


@settings(max_examples=60)
@given(st.integers(0, 2**32 - 1), st.integers(0, 13))
def test_credits_sum_to_the_joint_gain(seed: int, many: int) -> None:
    """Any number of leaks, overlapping or not; above 10 in a leaf by random orders."""
    rng = np.random.default_rng(seed)
    leaves = int(rng.integers(1, 6))
    funnel = Funnel(
        rng.integers(0, 5000, leaves).astype(float),
        rng.uniform(0.02, 1.0, (leaves, 4)),
        rng.uniform(-10, 900, leaves),
    )
    leaks = [Leak(int(rng.integers(4)), rng.random(leaves) < 0.7) for _ in range(many)]
    ratios = rng.uniform(0.3, 1.2, many)
    found = repair_credits(funnel, leaks, ratios, rng)
    gain = joint(funnel, leaks, ratios)
    scale = float(np.abs(funnel.leads * funnel.margins).sum()) + 1
    assert found.of_leaks.sum() == pytest.approx(gain, abs=1e-9 * scale)
    assert float(found.gain) == pytest.approx(gain, abs=1e-9 * scale)


def test_eleven_leaks_of_one_leaf_agree_with_their_log_mean_shares(
    rng: np.random.Generator,
) -> None:
    ratios = rng.uniform(0.8, 0.95, 11)
    funnel = Funnel(np.array([FRONT]), np.full((1, 11), 0.4), np.array([1.0]))
    found = repair_credits(funnel, [Leak(s, EVERYONE) for s in range(11)], ratios, rng)
    shares = np.log(ratios) / np.log(ratios).sum()
    assert found.of_leaks / float(found.gain) == pytest.approx(shares, rel=0.1)


def test_draws_go_through_the_same_code(rng: np.random.Generator) -> None:
    rates, margins = rng.uniform(0.2, 0.6, (7, 3, 2)), rng.uniform(50, 90, (7, 3))
    leads, ratios = np.array([10.0, 20.0, 30.0]), rng.uniform(0.5, 1.1, (7, 2))
    leaks = [Leak(0, np.array([True, True, False])), Leak(1, np.array([False, True, True]))]
    drawn = repair_credits(Funnel(leads, rates, margins), leaks, ratios, rng)
    alone = repair_credits(Funnel(leads, rates[4], margins[4]), leaks, ratios[4], rng)
    assert drawn.of_leaks.shape == (7, 2)
    assert drawn.of_leaks[4] == pytest.approx(alone.of_leaks)
    assert drawn.gain[4] == pytest.approx(float(alone.gain))


def test_a_rate_near_one_is_not_repaired_beyond_the_cap() -> None:
    funnel = Funnel(np.array([100.0, 100.0]), np.array([[0.9], [0.99]]), np.array([1.0, 1.0]))
    found = repair_credits(funnel, [Leak(0, np.array([True, True]))], np.array([0.5]), CHANCE)
    assert float(found.gain) == pytest.approx(100 * (CAP - 0.9))


def test_no_leak_no_gain() -> None:
    funnel = Funnel(np.array([100.0]), np.array([[0.9]]), np.array([1.0]))
    found = repair_credits(funnel, [], np.zeros(0), CHANCE)
    assert found.of_leaks.shape == (0,)
    assert float(found.gain) == 0.0


@pytest.mark.parametrize("ratios", [[0.0], [0.5, 0.5], 0.5])
def test_what_cannot_be(ratios: list[float]) -> None:
    funnel = Funnel(np.array([100.0]), np.array([[0.9]]), np.array([1.0]))
    with pytest.raises(StatisticError):
        repair_credits(funnel, [Leak(0, EVERYONE)], np.array(ratios), CHANCE)
