"""Step ages, worked out by hand."""

from __future__ import annotations

from measures.paths import paths
from salesaudit.measures.step_ages import StepAge, step_ages
from salesaudit.measures.step_lags import step_lags
from warehouse.company import Company, day, deal, event, lead


def age(step: str, channel: str | None, on: str, *counts: int) -> StepAge:
    return StepAge(step, channel, False, day(on), *counts)


def test_everyone_who_entered_by_day() -> None:
    assert paths().run(step_ages) == (
        # moved, waiting, undated
        age("lead_to_customer", "ads", "2020-01-01", 1, 0, 0),
        age("lead_to_customer", "ads", "2024-01-31", 2, 0, 0),
        age("lead_to_customer", "ads", "2024-02-10", 0, 0, 1),
        age("lead_to_customer", "web", "2024-01-01", 0, 1, 0),  # lost, and still followed
        age("lead_to_customer", "web", "2024-03-31", 0, 1, 0),
        age("lead_to_customer", None, "2024-02-01", 0, 1, 0),
        age("lead_to_sql", "ads", "2020-01-01", 1, 0, 0),
        age("lead_to_sql", "ads", "2024-01-31", 2, 0, 0),
        age("lead_to_sql", "ads", "2024-02-10", 0, 0, 1),
        age("lead_to_sql", "web", "2024-01-01", 0, 1, 0),
        age("lead_to_sql", "web", "2024-03-31", 0, 1, 0),
        age("lead_to_sql", None, "2024-02-01", 1, 0, 0),
        age("sql_to_customer", "ads", "2022-12-31", 1, 0, 0),
        age("sql_to_customer", "ads", "2024-02-01", 1, 0, 0),
        age("sql_to_customer", "fair", "2024-03-05", 1, 0, 0),
        age("sql_to_customer", None, "2024-01-29", 0, 1, 0),
        age("sql_to_customer", None, "2024-03-01", 0, 1, 0),
    )


def test_ages_and_lags_count_the_same_journeys() -> None:
    ages, lags = paths().run(step_ages), paths().run(step_lags)
    for step in {row.step for row in ages}:
        moved = sum(row.moved for row in ages if row.step == step)
        assert moved == sum(row.moved for row in lags if row.step == step)


def test_who_is_lost_stays_among_the_waiting() -> None:
    company = Company(
        leads=[
            lead("a", "2024-01-01", lost_at="2024-01-02"),
            lead("b", "2024-01-01"),
            lead("c", "2024-01-01"),
        ],
        events=[event("b", "mql", "2024-01-03"), event("c", "mql", "2024-01-03")],
        deals=[
            deal("d", "lost", "b", closed_at="2024-02-01"),
            deal("e", "won", "c", closed_at="2024-02-02"),
        ],
    )
    rows = {row.step: row for row in company.run(step_ages)}
    assert (rows["lead_to_mql"].moved, rows["lead_to_mql"].waiting) == (2, 1)
    assert (rows["mql_to_customer"].moved, rows["mql_to_customer"].waiting) == (1, 1)
