"""Step totals, worked out by hand: with or without a day, and nobody behind the first stage."""

from __future__ import annotations

from measures.paths import paths
from salesaudit.measures.step_totals import StepTotal, step_totals


def test_all_records_plain() -> None:
    assert paths().run(step_totals) == (
        StepTotal("lead_to_customer", "ads", False, 4, 4),
        StepTotal("lead_to_customer", "web", False, 2, 0),
        StepTotal("lead_to_customer", None, False, 2, 0),
        StepTotal("lead_to_sql", "ads", False, 4, 4),
        StepTotal("lead_to_sql", "web", False, 2, 0),
        StepTotal("lead_to_sql", None, False, 2, 2),
        StepTotal("sql_to_customer", "ads", False, 4, 4),  # the one that skipped it, too
        StepTotal("sql_to_customer", "fair", False, 1, 1),
        StepTotal("sql_to_customer", None, False, 2, 0),
    )
