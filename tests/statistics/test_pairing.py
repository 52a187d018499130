"""Who could learn from whom."""

from __future__ import annotations

import pytest

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.pairing import pairs


def test_all_together_gain_most() -> None:
    assert pairs([[9.0, 8.0], [7.0, 1.0]], [[False] * 2] * 2, most=1) == [1, 0]


def test_a_teacher_takes_two_learners_at_most() -> None:
    found = pairs([[3.0], [2.0], [1.0]], [[True]] * 3)
    assert found == [0, 0, None]


def test_the_own_team_goes_before_a_greater_gain_elsewhere() -> None:
    assert pairs([[9.0, 2.0]], [[False, True]]) == [1]
    assert pairs([[9.0, 0.0]], [[False, True]]) == [0]


def test_without_gain_there_is_no_pair() -> None:
    assert pairs([[-1.0, 0.0]], [[True, True]]) == [None]
    assert pairs([[], []], [[], []]) == [None, None]
    with pytest.raises(StatisticError):
        pairs([[1.0]], [[True, False]])
