"""Step curves on tables small enough to be worked out by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from facts.rows import cohort, inputs, staged, together
from salesaudit.facts.step_curves import (
    SURELY,
    Spread,
    StepCurve,
    late_recording,
    step_curves,
)
from salesaudit.measures.stages import stages
from salesaudit.measures.step_ages import step_ages
from salesaudit.measures.step_lags import step_lags
from warehouse.company import funnel

STEP = "lead_to_customer"
END = date(2024, 6, 30)
TWO = funnel("lead", "Won=customer", as_of=END)
JANUARY = date(2024, 1, 1)  # 181 days before the end


def curves(*cohorts: object, settings: object = TWO, since: dict[str, date] | None = None) -> dict:
    rows = together(*cohorts, {stages: staged(settings, since=since or {})})
    return inputs(settings, rows).fact(step_curves)


def only(*cohorts: object, **more: object) -> StepCurve:
    return curves(*cohorts, **more)[STEP]


def test_a_plain_curve() -> None:
    """Ten leads of one day: two win on day 3, two of the other eight on day 5."""
    found = only(cohort(STEP, JANUARY, {3: 2, 5: 2}, waiting=6))
    curve = found.total.curve
    assert (curve.entered, found.total.converted, curve.tau) == (10, 4, 181)
    assert [curve.cumulative[day] for day in (2, 3, 4, 5, 181)] == pytest.approx(
        [0, 0.2, 0.2, 0.4, 0.4]
    )
    assert (found.from_on, found.late, found.undated) == (JANUARY, None, 0)
    assert found.rise is not None
    assert found.rise.value == 0


def test_young_leads_are_followed_as_long_as_they_exist() -> None:
    """20 leads of age 60 (5 won on day 10) and 20 of age 5: F = 5/20, not 5/40."""
    found = only(
        cohort(STEP, END - timedelta(60), {10: 5}, waiting=15),
        cohort(STEP, END - timedelta(5), {}, waiting=20),
    )
    curve = found.total.curve
    assert (curve.entered, curve.tau) == (40, 60)
    assert curve.cumulative[60] == pytest.approx(0.25)
    assert [curve.at_risk[day] for day in (5, 6)] == [40, 20]


def test_tau_needs_ten_leads_that_are_old_enough() -> None:
    old = cohort(STEP, END - timedelta(90), {1: 3}, waiting=6)
    assert only(old, cohort(STEP, END - timedelta(30), {}, waiting=30)).total.curve.tau == 30
    one_more = cohort(STEP, END - timedelta(90), {}, waiting=1)
    found = only(old, one_more, cohort(STEP, END - timedelta(30), {}, waiting=30))
    assert found.total.curve.tau == 90


def test_nine_leads_have_no_curve() -> None:
    assert only(cohort(STEP, JANUARY, {3: 2}, waiting=7)).total.curve.tau == -1


def test_a_conversion_in_the_overflow_bin_is_not_yet_one_at_the_last_lag() -> None:
    """12 leads ten years old, one of them won after more than 1,095 days."""
    found = only(cohort(STEP, date(2014, 1, 1), {10: 2, 1096: 1}, waiting=9))
    curve = found.total.curve
    assert (curve.entered, found.total.converted) == (12, 3)
    assert curve.cumulative[1095] == pytest.approx(2 / 12)
    assert curve.at_risk[1095] == 10


def test_wins_without_a_day_stand_in_no_curve_and_are_counted() -> None:
    found = only(cohort(STEP, JANUARY, {3: 2}, waiting=10, undated=5))
    assert (found.undated, found.total.entered) == (5, 12)


def test_filled_ones_are_counted_beside() -> None:
    found = only(cohort(STEP, JANUARY, {0: 4}, waiting=10, negative=1, filled=2))
    assert found.total.filled == 2


def test_channels_add_up_and_the_rest_is_no_channel() -> None:
    found = only(
        cohort(STEP, JANUARY, {3: 2}, waiting=10, channel="b"),
        cohort(STEP, JANUARY, {4: 1}, waiting=9, channel="a"),
        cohort(STEP, JANUARY, {5: 1}, waiting=8),
        cohort(STEP, JANUARY, {6: 1}, waiting=7, rest=True),
    )
    assert [(g.channel, g.rest, g.entered) for g in found.channels] == [
        ("a", False, 10), ("b", False, 12), (None, False, 9), (None, True, 8),
    ]  # fmt: skip
    assert sum(g.entered for g in found.channels) == found.total.entered == 39


def test_only_steps_between_recorded_stages_are_followed() -> None:
    three = funnel("lead", "sql", "Won=customer", as_of=END)
    steps = ("lead_to_sql", STEP, "sql_to_customer")
    rows = together(*(cohort(step, JANUARY, {3: 2}, waiting=10) for step in steps))

    def names(*unrecorded: str) -> set[str]:
        given = together(rows, {stages: staged(three, *unrecorded)})
        return set(inputs(three, given).fact(step_curves))

    assert names() == set(steps)
    assert names("sql") == {STEP}
    assert names("lead") == {"sql_to_customer"}
    assert names("Won") == {"lead_to_sql"}


def test_a_step_that_nobody_entered_has_no_curve() -> None:
    assert curves() == {}


# Spread between cohorts.

SHARES = (10, 20, 30, 40)


def test_spread_between_months_by_hand() -> None:
    """Four months of 100 leads, all old: 10, 20, 30 and 40 convert at once, 25 % in all.

    Each expects 25 with variance 18.75; the squares are 225, 25, 25, 225: 500 / 18.75 / 3 = 8.89.
    """
    months = [date(2023, m, 1) for m in (1, 2, 3, 4)]
    found = only(
        *(cohort(STEP, m, {0: n}, waiting=100 - n) for m, n in zip(months, SHARES, strict=True))
    )
    assert found.total.spread == Spread(pytest.approx(500 / 18.75 / 3), 4, "months")


def test_three_months_are_too_few_and_weeks_are_taken() -> None:
    """Four Mondays in two months, the same numbers."""
    weeks = [date(2023, 1, 9) + timedelta(7 * i) for i in range(4)]
    found = only(
        *(cohort(STEP, w, {0: n}, waiting=100 - n) for w, n in zip(weeks, SHARES, strict=True))
    )
    assert found.total.spread == Spread(pytest.approx(500 / 18.75 / 3), 4, "weeks")


def test_a_week_begins_on_monday() -> None:
    """A Sunday and the Monday after it are two weeks: 4 cohorts, not 3."""
    days = [date(2023, 1, 1), date(2023, 1, 2), date(2023, 1, 9), date(2023, 1, 16)]
    found = only(*(cohort(STEP, d, {0: 20}, waiting=80) for d in days))
    assert found.total.spread == Spread(1.0, 4, "weeks")


def test_cohorts_that_expect_under_three_say_nothing() -> None:
    months = [date(2023, m, 1) for m in (1, 2, 3, 4)]
    found = only(
        *(cohort(STEP, m, {0: 20}, waiting=80) for m in months[:3]),
        cohort(STEP, months[3], {0: 2}, waiting=8),  # expects 2
    )
    assert found.total.spread.by == "unknown"


def test_a_channel_with_few_cohorts_takes_the_spread_of_all() -> None:
    months = [date(2023, m, 1) for m in (1, 2, 3, 4)]
    found = only(
        *(
            cohort(STEP, m, {0: n}, waiting=100 - n, channel="big")
            for m, n in zip(months, SHARES, strict=True)
        ),
        cohort(STEP, months[0], {0: 5}, waiting=15, channel="small"),
    )
    small = next(g for g in found.channels if g.channel == "small")
    assert small.spread == found.total.spread
    assert small.spread.by == "months"


# Events that were not recorded from the beginning.


def late_company(early: int) -> tuple[dict, dict]:
    """``early`` leads on 1 January 2023, 100 on 1 June 2023 of which 20 win on the next day.

    The first win on record is that of 2 June; by then the early ones, at a fifth, would have won.
    """
    return (
        cohort(STEP, date(2023, 1, 1), {}, waiting=early),
        cohort(STEP, date(2023, 7, 1), {1: 20}, waiting=80),
    )


def test_wins_that_were_not_recorded_are_noticed() -> None:
    first = date(2023, 6, 2)
    found = only(*late_company(35), since={"Won": first})
    assert found.late is not None
    assert found.late.expected == pytest.approx(7.0)  # 35 x 0.2
    assert (found.late.first_on, found.late.from_on, found.late.dropped) == (
        first, date(2023, 7, 1), 35,
    )  # fmt: skip
    assert (found.from_on, found.total.entered) == (date(2023, 7, 1), 100)


def test_the_innocent_twin_with_a_lead_less() -> None:
    """34 leads expect 6.8 wins: none of them comes once in 898 times."""
    found = only(*late_company(34), since={"Won": date(2023, 6, 2)})
    assert found.late is None
    assert (found.from_on, found.total.entered) == (date(2023, 1, 1), 134)


def test_the_limit_is_once_in_a_thousand_times() -> None:
    assert pytest.approx(6.907755) == SURELY


def test_leads_too_young_to_have_won_before_the_first_event_prove_nothing() -> None:
    """A thousand leads on the day before the first win could not have won yet at a lag of 30."""
    first = date(2023, 6, 2)
    found = only(
        cohort(STEP, date(2023, 6, 1), {}, waiting=1000),
        cohort(STEP, date(2023, 7, 1), {30: 20}, waiting=80),
        since={"Won": first},
    )
    assert found.late is None


def test_only_lags_that_end_before_the_first_event_count() -> None:
    """35 leads two days before it could have won at lag 1; on the day before it they could not."""
    first = date(2023, 6, 2)
    later = cohort(STEP, date(2023, 7, 1), {1: 20}, waiting=80)
    two, one = (cohort(STEP, first - timedelta(d), {}, waiting=40) for d in (2, 1))
    assert only(two, later, since={"Won": first}).late is not None
    assert only(one, later, since={"Won": first}).late is None


def test_a_record_that_begins_on_the_first_of_a_month_keeps_that_month() -> None:
    first = date(2023, 7, 1)
    found = only(*late_company(100), since={"Won": first})
    assert found.late is not None
    assert found.late.from_on == first


def test_without_a_cohort_behind_it_nothing_can_be_said() -> None:
    lags, ages = [], cohort(STEP, date(2023, 1, 1), {}, waiting=1000)[step_ages]
    assert late_recording(lags, ages, END, date(2023, 6, 2)) is None
    assert late_recording(lags, ages, END, None) is None


def test_undated_wins_of_early_cohorts_are_dropped_with_them() -> None:
    early = cohort(STEP, date(2023, 1, 1), {}, waiting=50, undated=3)
    found = only(early, late_company(0)[1], since={"Won": date(2023, 6, 2)})
    assert found.late is not None
    assert found.late.dropped == 53
    assert found.undated == 0


def test_the_curve_does_not_depend_on_the_order_of_rows() -> None:
    parts = together(*late_company(35), cohort(STEP, JANUARY, {3: 5, 9: 1}, waiting=30))
    turned = {measure: rows[::-1] for measure, rows in parts.items()}
    left, right = only(parts), only(turned)
    assert left.total.curve.cumulative.tolist() == right.total.curve.cumulative.tolist()
    assert left.rise == right.rise
    assert step_lags in parts
