"""Stages: what the build decided, in the funnel's order and whatever the scope."""

from __future__ import annotations

from measures.paths import paths
from salesaudit.measures.stages import StageRow, stages
from warehouse.company import day


def test_the_stages_as_built() -> None:
    first = day("2020-01-01")
    expected = (
        # position, stage, role, reached, own stamps, same as before, column, recorded, from
        StageRow(1, "lead", "lead", 8, 7, 0, None, True, first),
        StageRow(2, "demo", None, None, 0, 0, None, False, None),
        StageRow(3, "sql", "sql", 7, 5, 0, None, True, day("2022-12-31")),
        StageRow(4, "Won", "customer", 5, 4, 2, None, True, day("2023-01-01")),
    )
    assert paths().run(stages) == expected
    assert paths().run(stages, where={"channel": ("web",)}) == expected
