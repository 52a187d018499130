"""Cohort shares on tables small enough to be worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from facts.rows import cohort, inputs, staged, together
from salesaudit.facts.cohort_shares import CohortShare, cohort_shares
from salesaudit.measures.stages import stages
from warehouse.company import funnel

STEP = "lead_to_customer"
END = date(2024, 6, 30)
TWO = funnel("lead", "Won=customer", as_of=END)


def shares(*cohorts: object, since: dict[str, date] | None = None) -> tuple[CohortShare, ...]:
    rows = together(*cohorts, {stages: staged(TWO, since=since or {})})
    return inputs(TWO, rows).fact(cohort_shares)


def of(found: tuple[CohortShare, ...], month: date) -> dict[int, tuple[float, bool]]:
    return {s.days: (pytest.approx(s.share), s.expected) for s in found if s.month == month}


def test_an_old_month_is_counted_at_every_age() -> None:
    """Of 20 leads two win on day 5, three on day 40: nearly all have come by day 60."""
    found = shares(cohort(STEP, date(2024, 1, 1), {5: 2, 40: 3}, waiting=15))
    assert of(found, date(2024, 1, 1)) == {
        7: (0.1, False), 14: (0.1, False), 30: (0.1, False), 60: (0.25, False)
    }  # fmt: skip
    assert {s.leads for s in found} == {20}


def test_an_age_that_is_not_over_is_expected_from_the_curve_of_all() -> None:
    """Of 40 old leads ten win on day 10: of 20 leads of age 5 five are to be expected."""
    found = shares(
        cohort(STEP, date(2024, 1, 1), {10: 10}, waiting=30),
        cohort(STEP, END - timedelta(5), {}, waiting=20),
    )
    assert of(found, date(2024, 6, 1)) == {14: (0.25, True)}


def test_a_win_so_far_counts_beside_what_is_expected() -> None:
    """Half of the old leads win on day 10; of ten young ones one has won, nine wait."""
    found = shares(
        cohort(STEP, date(2024, 1, 1), {10: 50}, waiting=50),
        cohort(STEP, END - timedelta(5), {2: 1}, waiting=9),
    )
    share, expected = of(found, date(2024, 6, 1))[14]
    # F(5) = 1/110, F(14) = 1 - (109/110)(50/100)
    before, after = 1 / 110, 1 - (109 / 110) * 0.5
    assert share == pytest.approx((1 + 9 * (after - before) / (1 - before)) / 10)
    assert expected


def test_months_before_wins_were_on_record_are_not_used() -> None:
    found = shares(
        cohort(STEP, date(2024, 1, 1), {}, waiting=400),
        cohort(STEP, date(2024, 3, 1), {3: 40}, waiting=60),
        since={"Won": date(2024, 2, 10)},
    )
    assert {s.month: s.used for s in found} == {date(2024, 1, 1): False, date(2024, 3, 1): True}


def test_ages_at_which_nobody_has_come_are_left_out_and_the_others_spread() -> None:
    lags = {100 + 20 * n: 10 for n in range(30)}  # to day 680
    found = shares(cohort(STEP, date(2022, 1, 1), lags, waiting=100))
    assert [s.days for s in found] == [120, 150, 180, 365, 540, 730]  # one of seven left out
    assert found[-1].share == pytest.approx(300 / 400)


def test_without_a_curve_there_are_none() -> None:
    assert shares() == ()
    assert shares(cohort(STEP, END, {}, waiting=30)) == ()
