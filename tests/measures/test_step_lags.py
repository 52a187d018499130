"""Step lags, worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

from measures.paths import paths
from salesaudit.measures.step_lags import StepLag, step_lags
from warehouse.company import Company, day, deal, event, lead


def test_every_way_to_move_on() -> None:
    ads_2020, ads_2024 = ("ads", False, day("2020-01-01")), ("ads", False, day("2024-01-01"))
    assert paths().run(step_lags) == (
        # moved, negative, filled, days as stamped
        StepLag("lead_to_customer", *ads_2020, 1096, 1, 0, 0, 1096),
        StepLag("lead_to_customer", *ads_2024, 1, 1, 0, 0, 1),
        StepLag("lead_to_customer", *ads_2024, 30, 1, 0, 0, 30),
        StepLag("lead_to_sql", *ads_2020, 1095, 1, 0, 0, 1095),
        StepLag("lead_to_sql", *ads_2024, 1, 1, 0, 0, 1),
        StepLag("lead_to_sql", *ads_2024, 30, 1, 0, 1, 30),  # to its win: an upper bound
        StepLag("lead_to_sql", None, False, day("2024-02-01"), 0, 1, 1, 0, -3),
        StepLag("sql_to_customer", "ads", False, day("2022-12-01"), 1, 1, 0, 0, 1),
        StepLag("sql_to_customer", "ads", False, day("2024-02-01"), 0, 1, 0, 0, 0),
        StepLag("sql_to_customer", "fair", False, day("2024-03-01"), 0, 1, 0, 0, 0),
    )


def test_lags_behind_1095_days_share_a_bin_and_keep_their_days() -> None:
    first = date(2015, 1, 1)
    company = Company(
        leads=[lead(name, str(first)) for name in "abc"],
        deals=[
            deal(name, "won", name, closed_at=str(first + timedelta(lag)))
            for name, lag in zip("abc", (1095, 1096, 2000), strict=True)
        ],
    )
    found = [row for row in company.run(step_lags) if row.step == "lead_to_customer"]
    assert [(row.lag, row.moved, row.days) for row in found] == [(1095, 1, 1095), (1096, 2, 3096)]


def test_who_skipped_a_stage_moved_on_at_the_earliest_later_stamp() -> None:
    """Not at the stamp of the next position: that of a later one may be earlier."""
    company = Company(
        leads=[lead("a", "2024-01-01"), lead("b", "2024-01-01")],
        events=[
            event("a", "pitched", "2024-01-20"),
            event("a", "sql", "2024-01-10"),
            event("b", "mql", "2024-01-02"),
        ],
    )
    rows = [row for row in company.run(step_lags) if row.step == "lead_to_mql"]
    assert [(row.lag, row.moved, row.filled, row.negative) for row in rows] == [
        (1, 1, 0, 0),
        (9, 1, 1, 0),
    ]


def test_a_day_is_a_day_of_the_calendar_and_not_24_hours() -> None:
    company = Company(
        leads=[lead("a", "2024-01-01 23:59"), lead("b", "2024-01-01 00:01")],
        events=[
            event("a", "mql", "2024-01-02 00:01"),
            event("b", "mql", "2024-01-01 23:59"),
        ],
    )
    rows = [row for row in company.run(step_lags) if row.step == "lead_to_mql"]
    assert [(row.lag, row.moved) for row in rows] == [(0, 1), (1, 1)]


def test_nothing_has_moved() -> None:
    assert Company(leads=[lead("a", "2024-01-01")]).run(step_lags) == ()
