"""Scores of components: by hand, statuses at their limits, and ranges over joint draws."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.scores import Check, ScoreStatus, attained, score

VALUES = st.lists(st.tuples(st.floats(-5, 5), st.floats(0.1, 4)), min_size=1, max_size=8)


def test_between_floor_and_par_it_is_linear_whichever_way_is_better() -> None:
    assert attained([0.0, 0.1, 0.2, 0.3, 0.5], 0.1, 0.3) == pytest.approx([0, 0, 0.5, 1, 1])
    assert attained([10, 4, 1, 0], 7, 1) == pytest.approx([0, 0.5, 1, 1])


def test_by_hand() -> None:
    """Half, all and nothing attained at weights 2, 1, 1; the fourth check is not answered."""
    checks = [Check(0, 1, 2, 0.5), Check(0, 1, 1, 3.0), Check(7, 1, 1, 9.0), Check(0, 1, 4)]
    found = score(checks)
    assert found.range == (50.0, 50.0, 50.0)
    assert found.costs == (25.0, 0.0, 25.0, 0.0)
    assert (found.answered, found.share) == (3, 0.5)
    assert found.status == ScoreStatus.SCORED


def test_under_half_of_the_weight_there_is_no_score() -> None:
    assert score([Check(0, 1, 1, 0.5), Check(0, 1, 1.1)]).status == ScoreStatus.NOT_ENOUGH_DATA
    nothing = score([Check(0, 1)])
    assert (nothing.status, nothing.range) == (ScoreStatus.NOT_ENOUGH_DATA, None)
    assert score([]).status == ScoreStatus.NOT_ENOUGH_DATA


def test_one_check_that_raised_fails_the_component() -> None:
    found = score([Check(0, 1, 1, 0.5), Check(0, 1, 1, failed=True)])
    assert (found.status, found.range) == (ScoreStatus.FAILED, None)


def test_a_range_over_more_than_two_bands_cannot_tell(rng: np.random.Generator) -> None:
    close, far = rng.normal(0.5, 0.05, 2000), rng.normal(0.5, 0.2, 2000)
    assert score([Check(0, 1, 1, 0.5, close)]).status == ScoreStatus.SCORED
    assert score([Check(0, 1, 1, 0.5, far)]).status == ScoreStatus.CANNOT_TELL


def test_the_range_is_that_of_the_joint_draws(rng: np.random.Generator) -> None:
    drawn = rng.normal(0.5, 0.1, 4000)
    together = score([Check(0, 1, 1, 0.5, drawn), Check(0, 1, 1, 0.5, drawn)]).range
    opposed = score([Check(0, 1, 1, 0.5, drawn), Check(1, 0, 1, 0.5, drawn)]).range
    assert together is not None
    assert together[1:] == pytest.approx(100 * np.quantile(drawn, [0.025, 0.975]))
    assert opposed == pytest.approx((50, 50, 50))


@given(VALUES, st.floats(0.1, 10))
def test_costs_are_what_is_missing_and_the_scale_of_weights_does_not_matter(
    given_checks: list[tuple[float, float]], times: float
) -> None:
    checks = [Check(-1, 2, weight, value) for value, weight in given_checks]
    found = score(checks)
    again = score([check._replace(weight=check.weight * times) for check in checks])
    assert found.range is not None
    assert again.range is not None
    assert 0 <= found.range.value <= 100 + 1e-9
    assert found.range.value + sum(found.costs) == pytest.approx(100)
    assert again.range.value == pytest.approx(found.range.value)


def test_what_cannot_be(rng: np.random.Generator) -> None:
    with pytest.raises(StatisticError):
        score([Check(1, 1, 1, 0.5)])
    with pytest.raises(StatisticError):
        score([Check(0, 1, 0, 0.5)])
    with pytest.raises(StatisticError):
        score([Check(0, 1, 1, 0.5, rng.random(3)), Check(0, 1, 1, 0.5, rng.random(4))])
