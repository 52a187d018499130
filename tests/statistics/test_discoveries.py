"""False discoveries: the published example, a referee, order and promised rate."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.discoveries import benjamini_hochberg, simes

PUBLISHED = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0),
]
P_VALUES = st.lists(st.floats(0, 1), min_size=1, max_size=30)


def test_four_of_the_fifteen_published_are_reported() -> None:
    q = benjamini_hochberg(PUBLISHED)
    assert np.flatnonzero(q <= 0.05).tolist() == [0, 1, 2, 3]
    assert q[3] == pytest.approx(0.0095 * 15 / 4)
    assert q == pytest.approx(multipletests(PUBLISHED, method="fdr_bh")[1])


@given(P_VALUES)
def test_the_order_of_looks_does_not_matter(p: list[float]) -> None:
    order = np.random.default_rng(len(p)).permutation(len(p))
    q = benjamini_hochberg(p)
    assert benjamini_hochberg(np.array(p)[order]) == pytest.approx(q[order])
    assert np.all(q >= np.array(p) - 1e-15)
    assert np.all(q <= 1)
    assert np.all(np.diff(q[np.argsort(p)]) >= 0)


@given(P_VALUES)
def test_a_family_passes_when_one_of_its_looks_does(p: list[float]) -> None:
    ranked = np.sort(p) * len(p) / np.arange(1, len(p) + 1)
    assert simes(p) == pytest.approx(min(1.0, ranked.min()))


def test_no_looks() -> None:
    assert benjamini_hochberg([]).shape == (0,)
    assert simes([]) == 1.0


def test_one_family_in_twenty_passes_by_chance() -> None:
    """Simes is exact for independent looks: 4,000 families, Monte Carlo sd 0.34 points."""
    drawn = np.random.default_rng(20).random((4_000, 10))
    assert np.mean([simes(p) <= 0.05 for p in drawn]) == pytest.approx(0.05, abs=0.009)


@pytest.mark.parametrize("p", [[0.5, 1.2], [-0.1], [float("nan")], [[0.1]]])
def test_refuses_what_is_no_p_value(p: list[float]) -> None:
    with pytest.raises(StatisticError):
        benjamini_hochberg(p)
