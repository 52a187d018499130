"""Recorded stages: enough own stamps, and none that are the stage before over again."""

from __future__ import annotations

from datetime import date

import pytest

from salesaudit.core.settings import Settings
from salesaudit.warehouse.funnel_stages import FunnelStage, MappedColumn, funnel_stages
from warehouse.company import Company, day, deal, event, funnel, lead

THREE = funnel("lead", "demo", "Won=customer")


def decide(
    *,
    reached: int = 100,
    own: int = 100,
    timed: tuple[int, int] = (100, 100),
    same: int = 0,
    mapped: tuple[MappedColumn, ...] = (),
) -> FunnelStage:
    """The decision on the second stage of three."""
    counted = {
        "reached_1": 100, "own_1": 100, "timed_1": timed[0],
        "reached_2": reached, "own_2": own, "timed_2": timed[1], "same_2": same,
        "reached_3": 0, "own_3": 0, "timed_3": 0, "same_3": 0,
    }  # fmt: skip
    return funnel_stages(counted, [(2, date(2024, 1, 5), own)] if own else [], mapped, THREE)[1]


def column(stage: str, name: str, source: str = "people.csv") -> MappedColumn:
    return MappedColumn("stage_events", "entered_at", stage, source, name)


@pytest.mark.parametrize(
    ("own", "reached", "is_recorded"),
    [(5, 100, True), (4, 100, False), (0, 0, False), (1, 20, True), (1, 21, False), (3, 0, True)],
)
def test_one_in_twenty_must_have_an_own_stamp(own: int, reached: int, is_recorded: bool) -> None:
    assert decide(own=own, reached=reached).recorded is is_recorded


@pytest.mark.parametrize(
    ("same", "timed", "is_recorded"),
    [
        (95, (100, 100), True),  # 95 of 100 is not over 95 %
        (96, (100, 100), False),
        (100, (0, 0), True),  # days only: all on one day is no proof
        (100, (0, 100), True),
        (100, (100, 0), True),
        (100, (1, 1), False),
    ],
)
def test_stamps_equal_to_the_stage_before_are_no_stamps(
    same: int, timed: tuple[int, int], is_recorded: bool
) -> None:
    assert decide(same=same, timed=timed).recorded is is_recorded


def test_equal_stamps_count_among_all_own_stamps() -> None:
    """Ten leads that took two stages at once do not hide ten others that skipped the first."""
    assert decide(own=20, same=10).recorded is True
    assert decide(own=20, same=19).recorded is True
    assert decide(own=20, same=20).recorded is False


@pytest.mark.parametrize(
    ("mapped", "is_recorded"),
    [
        ((column("demo", "created"),), True),
        ((column("lead", "created"), column("demo", "qualified")), True),
        ((column("lead", "created"), column("demo", "created")), False),
        ((column("lead", "day"), column("demo", "day", "other.csv")), True),
        ((MappedColumn("leads", "created_at", None, "people.csv", "created"),
          column("demo", "created")), False),
        ((MappedColumn("leads", "created_at", None, "people.csv", "created"),
          column("demo", "created"), column("demo", "second")), True),
        ((MappedColumn("leads", "lost_at", None, "people.csv", "created"),
          column("demo", "created")), True),
    ],
)  # fmt: skip
def test_the_same_column_twice_is_one_stage(
    mapped: tuple[MappedColumn, ...], is_recorded: bool
) -> None:
    assert decide(mapped=mapped).recorded is is_recorded


def test_customer_is_not_recorded_where_it_is_the_column_of_the_stage_before() -> None:
    mapped = [
        column("demo", "closed", "deals.csv"),
        MappedColumn("deals", "closed_at", None, "deals.csv", "closed"),
    ]
    counted = {f"{what}_{i}": 10 for what in ("reached", "own", "timed") for i in (1, 2, 3)}
    counted |= {"same_2": 0, "same_3": 0}
    days = [(3, date(2024, 1, 5), 10)]
    assert [s.recorded for s in funnel_stages(counted, days, mapped, THREE)] == [True, True, False]


def test_a_stage_that_is_not_recorded_says_nothing_of_who_reached_it() -> None:
    found = decide(own=4, mapped=(column("demo", "b"), column("demo", "a")))
    assert (found.reached, found.own_stamp, found.recorded) == (None, 4, False)
    assert found.source_column == "a, b"
    assert (found.position, found.stage, found.role) == (2, "demo", None)


def test_counts_of_a_small_company_by_hand() -> None:
    """Six leads and a deal without a lead; the funnel is lead, demo, sql, Won."""
    company = Company(
        settings=funnel("lead", "demo", "sql", "Won=customer"),
        leads=[
            lead("a", "2024-01-02 08:00"),
            lead("b", "2024-01-03 08:00"),
            lead("c", "2024-01-04 08:00"),
            lead("d", "2024-01-05 08:00"),
            lead("e", "2024-01-06 08:00"),
            lead("no-day"),
        ],
        events=[
            event("a", "demo", "2024-01-02 08:00"),  # same moment as its creation
            event("b", "demo", "2024-01-09 08:00"),
            event("b", "sql", "2024-01-09 08:00"),  # same moment as its demo
            event("c", "sql", "2024-01-10 08:00"),  # skipped the demo
        ],
        deals=[
            deal("d1", "won", "c", closed_at="2024-01-20 08:00"),
            deal("d2", "won", "no-day"),
            deal("d3", "open", None, created_at="2024-01-15 08:00"),
        ],
    )
    # (position, reached, own stamps, equal to the stage before, recorded from)
    found = [
        (s.stage, s.reached, s.own_stamp, s.same_as_before, s.recorded_from)
        for s in company.built.stages
    ]
    assert found == [
        ("lead", 6, 5, 0, day("2024-01-02")),
        ("demo", 4, 2, 1, day("2024-01-02")),  # a, b, c and the win without a day
        ("sql", 4, 3, 1, day("2024-01-09")),  # b, c, no-day, d3; own: b, c, d3
        ("Won", 2, 1, 0, day("2024-01-20")),
    ]
    assert all(stage.recorded for stage in company.built.stages)


def test_times_are_told_from_days_on_the_companys_clock() -> None:
    """A day written in Bangkok is 17:00 UTC of the day before: still no time of day."""
    rows = [f"p{i}" for i in range(3)]

    def build(moment: str) -> FunnelStage:
        company = Company(
            settings=funnel("lead", "demo", "Won=customer", timezone="Asia/Bangkok"),
            leads=[lead(name, moment) for name in rows],
            events=[event(name, "demo", moment) for name in rows],
        )
        return company.stages["demo"]

    assert build("2024-01-01 17:00").recorded is True
    assert build("2024-01-01 17:00:01").recorded is False


def test_the_default_funnel_with_nothing_but_leads_records_the_first_stage_alone() -> None:
    company = Company(settings=Settings(), leads=[lead("a", "2024-01-01"), lead("b")])
    assert [stage.recorded for stage in company.built.stages] == [True, *[False] * 4]
    assert [stage.reached for stage in company.built.stages] == [2, None, None, None, None]


def test_leads_without_any_date_do_not_record_the_first_stage() -> None:
    company = Company(
        leads=[lead("a"), lead("b")],
        events=[event("a", "mql", "2024-01-05")],
    )
    assert [company.stages[name].recorded for name in ("lead", "mql")] == [False, True]
