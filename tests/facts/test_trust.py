"""Trust: each check at and around its limits, and what it spoils."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from facts.rows import cohort, inputs, leads_on, span, staged, together
from salesaudit.core.settings import Settings
from salesaudit.facts.trust import Issue, Severity, Trust, banded, trust
from salesaudit.measures.arrivals import Arrival, arrivals
from salesaudit.measures.orphans import Orphan, orphans
from salesaudit.measures.outcomes import Outcome, outcomes
from salesaudit.measures.recorded_spans import recorded_spans
from salesaudit.measures.repeated_contacts import RepeatedContact, repeated_contacts
from salesaudit.measures.stages import stages
from salesaudit.measures.unknown_stages import UnknownStage, unknown_stages
from warehouse.company import funnel

END = date(2024, 6, 30)
TWO = funnel("lead", "Won=customer", as_of=END)
STEP = "lead_to_customer"
NONE, NOTE, WEAK, BROKEN = Severity


def of(*parts: Any, settings: Settings = TWO, **more: Any) -> Trust:
    rows = together(*parts, {stages: staged(settings, **more)})
    return inputs(settings, rows).fact(trust)


def only(check: str, *parts: Any, **more: Any) -> Issue | None:
    """The one issue of a check, fine or not."""
    found = [issue for issue in of(*parts, **more).issues if issue.check == check]
    assert len(found) <= 1
    return found[0] if found else None


def test_nothing_is_wrong_with_nothing() -> None:
    assert all(issue.severity is NONE for issue in of().issues)


@pytest.mark.parametrize(
    ("k", "n", "severity"),
    [
        (0, 100, NONE), (0, 0, NONE), (1, 1000, NOTE), (5, 1000, NOTE), (6, 1000, WEAK),
        (50, 1000, WEAK), (51, 1000, BROKEN), (1000, 1000, BROKEN),
    ],
)  # fmt: skip
def test_any_is_a_note_and_above_a_limit_it_is_more(k: int, n: int, severity: Severity) -> None:
    assert banded(k, n, 0.005, 0.05) is severity


@pytest.mark.parametrize(
    ("negative", "severity"), [(0, NONE), (1, NOTE), (5, NOTE), (6, WEAK), (50, WEAK), (51, BROKEN)]
)
def test_negative_time(negative: int, severity: Severity) -> None:
    rows = cohort(STEP, date(2024, 1, 1), {0: 1000}, waiting=500, negative=negative)
    issue = only("negative-time", rows)
    assert issue is not None
    assert (issue.severity, issue.k, issue.n) == (severity, negative, 1000)
    assert issue.use == "step lead_to_customer"


@pytest.mark.parametrize(
    ("filled", "severity"), [(0, NONE), (1, NOTE), (10, NOTE), (11, WEAK), (40, WEAK), (41, BROKEN)]
)
def test_skipped_stages(filled: int, severity: Severity) -> None:
    rows = cohort(STEP, date(2024, 1, 1), {0: 100}, waiting=500, filled=filled)
    issue = only("skipped-stage", rows)
    assert issue is not None
    assert (issue.severity, issue.k, issue.n) == (severity, filled, 100)


def test_steps_across_a_recorded_stage_are_not_counted_again() -> None:
    """Of the default funnel the four steps between neighbours, and the whole way."""
    default = Settings(as_of=END)
    names = ["lead_to_mql", "lead_to_pitched", "lead_to_customer", "mql_to_pitched", "mql_to_sql"]
    rows = [cohort(name, date(2024, 1, 1), {1: 10}, waiting=10, negative=1) for name in names]
    issues = of(*rows, settings=default).of("negative-time")
    assert {issue.use for issue in issues} == {
        "step lead_to_mql", "step lead_to_customer", "step mql_to_pitched",
    }  # fmt: skip


def won(*months: date | None, cases: int = 10) -> dict:
    return {outcomes: [Outcome("deals", "won", month, cases, 0, None) for month in months]}


def lost(cases: int) -> dict:
    return {outcomes: [Outcome("deals", "lost", None, cases, 0, None)]}


JANUARY, MAY, JUNE = date(2024, 1, 1), date(2024, 5, 1), date(2024, 6, 1)


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        (won(JANUARY, JUNE), BROKEN),  # six months, the first and the last counted
        (won(JANUARY, MAY), NONE),  # five
        (together(won(JANUARY, JUNE), lost(1)), NONE),
        (won(None, None), NONE),  # wins on no known day: nobody knows over how long
        (lost(5), NONE),
        ({}, NONE),
    ],
)
def test_missing_losses(rows: Any, severity: Severity) -> None:
    issue = only("missing-losses", rows)
    assert issue is not None
    assert (issue.severity, issue.use) == (severity, "losses")


def test_losses_of_journeys_count_where_no_deals_are_loaded() -> None:
    journeys = {
        outcomes: [Outcome("journeys", "won", month, 5, 0, None) for month in (JANUARY, JUNE)]
    }
    assert of(journeys).of("missing-losses")
    deals = {outcomes: [Outcome("deals", "lost", JUNE, 1, 0, None)]}
    assert not of(journeys, deals).of("missing-losses")


@pytest.mark.parametrize(
    ("undated", "severity"), [(0, NONE), (5, NOTE), (6, WEAK), (50, WEAK), (51, BROKEN)]
)
def test_wins_without_a_day(undated: int, severity: Severity) -> None:
    rows = together(won(JANUARY, cases=1000 - undated), won(None, cases=undated))
    issue = only("undated-win", rows)
    assert issue is not None
    assert (issue.severity, issue.k, issue.n, issue.use) == (severity, undated, 1000, "win day")


def test_leads_without_a_channel_are_a_note_where_others_have_one() -> None:
    nameless = {arrivals: [Arrival(None, False, JANUARY, 3)]}
    rest = {arrivals: [Arrival(None, True, JANUARY, 4)]}
    issue = only("missing-channel", leads_on((JANUARY, 7)), nameless, rest)
    assert issue is not None
    assert (issue.severity, issue.k, issue.n) == (NOTE, 3, 14)
    assert only("missing-channel", nameless) is None  # no channel anywhere: not a defect of rows
    assert only("missing-channel", leads_on((JANUARY, 7)), rest) is None


@pytest.mark.parametrize(
    ("persons", "severity"),
    [(1000, NONE), (999, NOTE), (980, NOTE), (979, WEAK), (850, WEAK), (849, BROKEN)],
)
def test_repeated_contacts(persons: int, severity: Severity) -> None:
    rows = {repeated_contacts: [RepeatedContact(1000, 1000, persons)]}
    issue = only("repeated-contact", rows)
    assert issue is not None
    assert (issue.severity, issue.k) == (severity, 1000 - persons)


@pytest.mark.parametrize(
    ("missing", "severity"),
    [(0, NONE), (1, NOTE), (10, NOTE), (11, WEAK), (100, WEAK), (101, BROKEN)],
)
def test_references_that_lead_nowhere(missing: int, severity: Severity) -> None:
    issue = only("orphan", {orphans: [Orphan("deals.lead_id", missing, 1000)]})
    assert issue is not None
    assert (issue.severity, issue.use) == (severity, "references")


def test_unknown_stages_are_named() -> None:
    rows = {unknown_stages: [UnknownStage(name, 5) for name in "ABCD"]}
    issue = only("unknown-stage", rows)
    assert issue is not None
    assert (issue.severity, issue.k) == (NOTE, 20)
    assert issue.so.params["stages"] == "A, B, C"


@pytest.mark.parametrize(("behind", "severity"), [(31, None), (32, NOTE)])
def test_a_table_that_ends_early(behind: int, severity: Severity | None) -> None:
    rows = {recorded_spans: [span("leads.created_at", JANUARY, END - timedelta(behind))]}
    issue = only("early-recording-end", rows)
    assert (issue and issue.severity) == severity


def test_dates_far_behind_all_others() -> None:
    def spans(after: int) -> dict:
        return {recorded_spans: [span("leads.created_at", JANUARY, END, after=after)]}

    assert only("future-stamp", spans(0)) is None
    issue = only("future-stamp", spans(2))
    assert issue is not None
    assert (issue.severity, issue.k, issue.use) == (NOTE, 2, "leads.created_at")


def test_events_that_were_not_recorded_are_one_note_a_stage() -> None:
    default = Settings(as_of=END)
    rows = [
        part
        for name in ("lead_to_customer", "sql_to_customer")
        for part in (
            cohort(name, date(2023, 1, 1), {}, waiting=100),
            cohort(name, date(2023, 7, 1), {1: 20}, waiting=80),
        )
    ]
    found = of(*rows, settings=default, since={"customer": date(2023, 6, 2)}).of("late-recording")
    assert [(i.severity, i.k, i.n) for i in found] == [(NOTE, 100, 200)]


def test_the_worst_of_what_an_estimate_rests_on() -> None:
    found = of(
        cohort(STEP, date(2024, 1, 1), {0: 100}, waiting=50, filled=20),  # weak
        won(JANUARY, JUNE),  # broken
    )
    assert found.severity(("step lead_to_customer",)) is WEAK
    assert found.severity(("losses", "step lead_to_customer")) is BROKEN
    assert found.severity(("channel",)) is NONE
    assert found.severity(()) is NONE
