"""The screen of cells: by hand, a referee's p-values, and a bad cell that taints the others."""

from __future__ import annotations

import numpy as np
import pytest

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.conversion import product_limit
from salesaudit.statistics.discoveries import benjamini_hochberg
from salesaudit.statistics.expectation import against_others
from salesaudit.statistics.leaks import Asked, Cell, Leaves, Step, expected_shares, screen
from salesaudit.statistics.shocks import Cohorts, Shocks


def grown_up(leads: list[int], moved: list[int]) -> Leaves:
    """Leaves whose leads are all 90 days old; who moves on does so on day 5."""
    late = np.zeros((len(leads), 91))
    converted, converted_ages, ages = late.copy(), late.copy(), late.copy()
    converted[:, 5] = converted_ages[:, 90] = moved
    ages[:, 90] = leads
    return Leaves(converted, converted_ages, ages)


def each(leaves: int) -> list[Cell]:
    """Every leaf against all others."""
    return [Cell(own, ~own) for own in np.eye(leaves, dtype=bool)]


def cohorts(leaves: int) -> Cohorts:
    """Every leaf is a cohort of a segment of its own."""
    return Cohorts(np.arange(leaves), np.zeros(leaves, dtype=np.int64))


def asked(
    leads: list[int], moved: list[int], variance: float = 0.0, rounds: int = 4
) -> list[Asked]:
    step = Step(grown_up(leads, moved), each(len(leads)), cohorts(len(leads)), Shocks(variance))
    (found,) = screen([step], rounds=rounds)
    return found


def test_a_cell_is_held_against_the_leads_outside_it() -> None:
    leaves = grown_up([400, 500, 300], [80, 100, 30])
    found = asked([400, 500, 300], [80, 100, 30], rounds=0)
    converted, moved, every = (table[:2].sum(axis=0) for table in leaves)
    others = product_limit(converted, every - moved, moved)
    open_ages = leaves.ages[2] - leaves.converted_ages[2]
    known = against_others(leaves.converted_ages[2], open_ages, others)
    assert found[2].comparison == known
    assert known is not None
    assert found[2].p_worse == pytest.approx(known.p / 2)
    assert found[2].p_better == pytest.approx(1 - known.p / 2)
    p = [one.p_worse for one in found]
    assert [one.q_worse for one in found] == pytest.approx(benjamini_hochberg(p))


def test_a_found_cell_leaves_the_baseline_of_the_others() -> None:
    """A large bad cell makes the healthy ones look better than they are, until it is out."""
    leads, moved = [3000, 1000, 1000, 1000], [300, 200, 200, 200]
    before, after = asked(leads, moved, rounds=0), asked(leads, moved)
    assert [one.leaks for one in after] == [True, False, False, False]
    assert before[1].comparison is not None
    assert before[1].comparison.ratio > 1.4
    assert before[1].q_better < 1e-6
    for healthy in after[1:]:
        assert healthy.comparison is not None
        assert healthy.comparison.ratio == pytest.approx(1.0)
        assert healthy.q_better > 0.3


def test_a_small_leak_behind_a_large_one_is_found_once_that_is_out() -> None:
    leads, moved = [4000, 1000, 1000, 1000], [400, 160, 200, 200]
    assert not asked(leads, moved, rounds=0)[1].leaks
    assert asked(leads, moved)[1].leaks


def test_two_cells_that_are_each_others_baseline_keep_what_was_said() -> None:
    found = asked([1000, 1000], [100, 200])
    assert [one.leaks for one in found] == [True, False]
    assert found[1].comparison is not None
    assert found[1].comparison.ratio == pytest.approx(2.0)


def test_small_cells_and_small_baselines_are_not_asked_and_are_no_looks() -> None:
    found = asked([1000, 1000, 20], [200, 200, 0], rounds=0)
    assert found[2] == Asked(None, 1.0, 1.0, 1.0, 1.0)
    assert [one.q_worse for one in found[:2]] == pytest.approx(
        benjamini_hochberg([one.p_worse for one in found[:2]])
    )
    own = np.array([True, False])
    (few,) = screen([Step(grown_up([500, 25], [100, 5]), [Cell(own, ~own)], cohorts(2))])
    assert few[0].comparison is None


def test_all_steps_are_one_family() -> None:
    """What would pass alone does not pass among many quiet cells."""
    bad = Cell(np.array([False, True]), np.array([True, False]))
    one = Step(grown_up([2000, 700], [400, 115]), [bad], cohorts(2))
    quiet = Step(grown_up([500] * 40, [100] * 40), each(40), cohorts(40))
    assert screen([one])[0][0].leaks
    assert not screen([one, quiet])[0][0].leaks


def test_shocks_take_findings_away() -> None:
    assert asked([2000, 1000], [400, 150])[1].leaks
    assert not asked([2000, 1000], [400, 150], variance=0.05)[1].leaks


def test_shares_expected_at_the_ages_of_leads() -> None:
    curve = product_limit(np.bincount([5] * 40), np.bincount([90] * 60), np.bincount([90] * 40))
    ages = np.zeros((3, 91))
    ages[0, [3, 50]], ages[1, 90] = (30, 10), 7
    assert expected_shares(curve, ages) == pytest.approx([0.1, 0.4, 0.0])
    assert expected_shares(product_limit([0], [5], [0]), ages) == pytest.approx([0, 0, 0])


def test_no_step_and_no_cell() -> None:
    assert screen([]) == []
    assert screen([Step(grown_up([100], [10]), [], cohorts(1))]) == [[]]


@pytest.mark.parametrize(
    "cell",
    [
        Cell(np.array([True, False]), np.array([True, True])),
        Cell(np.ones(3, bool), ~np.ones(3, bool)),
    ],
)
def test_what_cannot_be(cell: Cell) -> None:
    with pytest.raises(StatisticError):
        screen([Step(grown_up([100, 100], [10, 10]), [cell], cohorts(2))])


def test_a_cell_that_shares_its_leads_with_a_found_one_is_asked_about_the_rest() -> None:
    """Leaves: a channel by two teams. The channel leaks; the team that works it does not."""
    leaves = grown_up([1000, 900, 100, 1000], [200, 90, 10, 200])
    channel = Cell(np.array([False, True, True, False]), np.array([True, False, False, True]))
    team = Cell(np.array([True, True, False, False]), np.array([False, False, True, True]))
    step = Step(leaves, [channel, team], cohorts(4))
    (at_first,) = screen([step], rounds=0)
    (found,) = screen([step])
    assert [one.leaks for one in at_first] == [True, True]
    assert [one.leaks for one in found] == [True, False]
    assert found[1].comparison is not None
    assert found[1].comparison.ratio == pytest.approx(1.0)


def test_a_cell_whose_leads_are_all_explained_is_not_found_and_still_a_look() -> None:
    leaves = grown_up([1000, 500, 1000], [200, 50, 200])
    whole = Cell(np.array([False, True, False]), np.array([True, False, True]))
    again = Cell(np.array([False, True, False]), np.array([True, False, False]))
    (found,) = screen([Step(leaves, [whole, again], cohorts(3))])
    assert [one.leaks for one in found] == [True, False]
    assert found[1].comparison is None
    assert found[0].q_worse == pytest.approx(2 * found[0].p_worse)
