"""Draws belong to the data: the same numbers and name give the same draws."""

from __future__ import annotations

from salesaudit.statistics.random import generator


def test_the_same_numbers_draw_the_same() -> None:
    assert generator("a", [1, 2], [3.0]).random() == generator("a", [1, 2], [3.0]).random()


def test_another_name_or_another_number_draws_apart() -> None:
    drawn = {
        generator("a", [1, 2]).random(),
        generator("b", [1, 2]).random(),
        generator("a", [1, 3]).random(),
        generator("a", [2, 1]).random(),
    }
    assert len(drawn) == 4
