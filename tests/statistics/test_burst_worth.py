"""Worth of a burst: by hand, its cover, its limits."""

from __future__ import annotations

import numpy as np
import pytest

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.burst_worth import Worth, burst_worth


def worth(rng: np.random.Generator, leads: float, converted: float, **told: float) -> Worth:
    past = {"usual": 140.0, "doubt": 6.0, "phi": 1.5, "usual_converted": 330, "usual_leads": 3_000}
    return burst_worth(leads, converted, **{**past, **told}, rng=rng)


def test_by_hand(rng: np.random.Generator) -> None:
    """280 leads, 140 usual at 11 % are 15.4 conversions; 18.2 seen, so 2.8 of 140 are left: 2 %."""
    found = worth(rng, 280, 18.2)
    assert found.excess.value == 140
    assert found.rate.value == pytest.approx(0.02)
    assert 0 == found.rate.lower < found.rate.upper < 0.11
    assert found.p_below > 0.95


def test_a_burst_of_usual_leads_is_as_likely_worse_as_better(rng: np.random.Generator) -> None:
    found = worth(rng, 280, 30.8)
    assert found.rate.value == pytest.approx(0.11)
    assert found.p_below == pytest.approx(0.5, abs=0.06)


def test_what_is_known_narrows_the_range(rng: np.random.Generator) -> None:
    loose = worth(rng, 1400, 110)
    tight = worth(rng, 1400, 110, usual=14, doubt=0.1, phi=1)
    assert tight.rate.upper - tight.rate.lower < loose.rate.upper - loose.rate.lower


def test_the_true_rate_is_covered_as_promised(rng: np.random.Generator) -> None:
    runs, held = 400, 0
    for _ in range(runs):
        usual, excess = rng.poisson(140 * rng.gamma(280, 1 / 280)), rng.poisson(140)
        converted = rng.binomial(usual, 0.11) + rng.binomial(excess, 0.06)
        found = worth(rng, usual + excess, converted, doubt=0)
        held += found.rate.lower <= 0.06 <= found.rate.upper
    assert abs(held / runs - 0.95) <= 2.576 * np.sqrt(0.95 * 0.05 / runs) + 0.01


@pytest.mark.parametrize(
    ("leads", "converted", "told"),
    [(100, 5, {}), (280, 300, {}), (280, 5, {"phi": 0.5}), (280, 5, {"usual_leads": 0})],
)
def test_refuses_what_has_no_meaning(
    rng: np.random.Generator, leads: float, converted: float, told: dict[str, float]
) -> None:
    with pytest.raises(StatisticError):
        worth(rng, leads, converted, **told)
