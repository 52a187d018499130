"""Definitions behind reported numbers: rounding, fits, chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.definitions import Reported, fitting_definitions, reported


@pytest.mark.parametrize(
    ("printed", "value", "half"),
    [("13.4", 13.4, 0.05), ("1,200", 1200, 0.5), (" 12.30", 12.3, 0.005), ("-2", -2, 0.5)],
)
def test_rounding_is_read_from_the_digits(printed: str, value: float, half: float) -> None:
    assert reported(printed) == pytest.approx((value, half))


@given(st.floats(-1e6, 1e6), st.integers(0, 4))
def test_every_number_fits_its_own_print(value: float, digits: int) -> None:
    fits = fitting_definitions([[value], [value + 10]], [reported(f"{value:.{digits}f}")])
    assert 0 in fits.definitions


def test_three_numbers_single_out_one_of_many() -> None:
    """Of 200 spread definitions one in about 100 fits a number by chance: 200 / 100^3."""
    grid = np.linspace(5, 25, 200)[:, None] + np.array([[0.0, 0.13, 0.27]])
    grid = np.column_stack([grid[:, 0], np.roll(grid[:, 1], 50), np.roll(grid[:, 2], 90)])
    found = fitting_definitions(grid, [reported(f"{value:.1f}") for value in grid[77]])
    assert found.definitions == (77,)
    assert found.believed
    assert found.by_chance <= 200 * (2 / 200) ** 3
    alone = fitting_definitions(grid[:, :1], [reported(f"{grid[77, 0]:.1f}")])
    assert 77 in alone.definitions
    assert not alone.believed


def test_equal_definitions_are_one_answer() -> None:
    rng = np.random.default_rng(1)
    grid = rng.uniform(0, 100, (300, 3))
    grid[8] = grid[4]
    found = fitting_definitions(grid, [reported(f"{value:.1f}") for value in grid[4]])
    assert found.definitions == (4, 8)
    assert found.believed


def test_none_fits_then_the_nearest_is_told() -> None:
    grid = [[10.0, 20.0], [np.nan, 30.0], [11.0, 22.0]]
    found = fitting_definitions(grid, [Reported(11.5, 0.05), Reported(22.5, 0.05)])
    assert (found.definitions, found.believed, found.nearest) == ((), False, 2)
    assert found.miss == pytest.approx((0.5 / 11.5 + 0.5 / 22.5) / 2)


def test_refuses_what_cannot_be_held_together() -> None:
    with pytest.raises(StatisticError):
        fitting_definitions([[1.0, 2.0]], [Reported(1, 0.5)])
    with pytest.raises(StatisticError):
        fitting_definitions([[np.nan]], [Reported(1, 0.5)])
    for printed in ("about 3", "NaN"):
        with pytest.raises(StatisticError):
            reported(printed)
