"""Stage entries, worked out by hand."""

from __future__ import annotations

from measures.paths import paths
from salesaudit.measures.stage_entries import StageEntry, stage_entries
from warehouse.company import day


def test_own_stamps_by_stage_and_day() -> None:
    assert paths().run(stage_entries) == tuple(
        StageEntry(position, day(on), entered)
        for position, on, entered in (
            (1, "2020-01-01", 1),
            (1, "2024-01-01", 1),
            (1, "2024-01-31", 2),
            (1, "2024-02-01", 1),
            (1, "2024-02-10", 1),
            (1, "2024-03-31", 1),
            (3, "2022-12-31", 1),
            (3, "2024-01-29", 1),
            (3, "2024-02-01", 1),
            (3, "2024-03-01", 1),
            (3, "2024-03-05", 1),
            (4, "2023-01-01", 1),
            (4, "2024-02-01", 1),
            (4, "2024-03-01", 1),
            (4, "2024-03-05", 1),
        )
    )
