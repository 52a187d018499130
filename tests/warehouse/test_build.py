"""The build: its end of knowledge, what is on record from when to when, and what it refuses."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from salesaudit.core.errors import WarehouseError
from salesaudit.core.settings import Settings
from salesaudit.warehouse.build import rows_of
from warehouse.company import Company, Row, day, deal, event, funnel, lead

NEW_YEAR = date(2024, 1, 1)


def daily(count: int, first: date = NEW_YEAR) -> list[Row]:
    """A lead a day."""
    return [lead(f"l{i}", f"{first + timedelta(i)} 12:00") for i in range(count)]


def test_the_end_is_the_day_of_the_newest_event_and_never_of_a_plan() -> None:
    company = Company(
        leads=[lead("a", "2024-01-01", lost_at="2024-09-09")],
        deals=[deal("d", "open", "a", created_at="2024-02-03", expected_on="2025-01-01")],
        events=[event("a", "mql", "2024-02-02")],
    )
    assert company.built.until == day("2024-02-03")


def test_the_close_date_of_an_open_deal_is_a_plan() -> None:
    """Some CRMs keep one close date: expected while the deal is open, real once it is closed."""
    company = Company(
        leads=[lead("a", "2024-01-01")],
        deals=[
            deal("d", "open", "a", created_at="2024-02-03", closed_at="2024-12-31"),
            deal("e", "lost", "a", created_at="2024-02-03", closed_at="2024-02-05"),
        ],
    )
    assert company.built.until == day("2024-02-05")
    assert company.journeys["a"].outcome == "open"
    [span] = [s for s in company.built.recorded if s.column == "closed_at"]
    assert (span.stamps, span.last) == (1, day("2024-02-05"))


def test_the_end_is_a_day_of_the_companys_clock() -> None:
    rows = [lead("a", "2024-01-01 17:30")]
    assert Company(leads=rows).built.until == day("2024-01-01")
    in_bangkok = Company(leads=rows, settings=Settings(timezone="Asia/Bangkok"))
    assert in_bangkok.built.until == day("2024-01-02")
    assert in_bangkok.journeys["a"].created_on == day("2024-01-02")


def test_other_tables_may_know_more() -> None:
    company = Company(
        leads=[lead("a", "2024-01-01")],
        activities=[{"activity_id": "x", "done_at": "2024-01-20", "kind": "call"}],
    )
    assert company.built.until == day("2024-01-20")


def test_a_stray_stamp_far_ahead_does_not_move_the_end() -> None:
    company = Company(leads=[*daily(120), lead("typo", "2031-01-01")])
    assert company.built.until == NEW_YEAR + timedelta(119)
    assert "typo" not in company.journeys
    [span] = company.built.recorded
    assert (span.after, span.last, span.newest) == (1, company.built.until, day("2031-01-01"))


def test_one_stamp_in_a_hundred_does() -> None:
    company = Company(leads=[*daily(99), lead("no typo", "2031-01-01")])
    assert company.built.until == day("2031-01-01")
    assert "no typo" in company.journeys


def test_the_settings_may_set_the_end_earlier_and_later() -> None:
    early = Company(leads=daily(40), settings=Settings(as_of=day("2024-01-10")))
    assert early.built.until == day("2024-01-10")
    assert len(early.journeys) == 10
    later = Company(leads=daily(3), settings=Settings(as_of=day("2024-12-31")))
    assert later.built.until == day("2024-12-31")


def test_nothing_on_record_by_the_end_is_told_with_the_first_day() -> None:
    with pytest.raises(WarehouseError, match=r"2023-12-31.*2024-01-01.*later --as-of"):
        Company(leads=daily(2), settings=Settings(as_of=day("2023-12-31")))


def test_data_without_any_date_is_told_what_to_map() -> None:
    with pytest.raises(WarehouseError, match=r"No date.*leads\.created_at"):
        Company(leads=[lead("a")])


def test_data_without_any_date_has_journeys_where_an_end_is_given() -> None:
    company = Company(
        leads=[lead("a")],
        deals=[deal("d", "won", "a")],
        settings=Settings(as_of=day("2024-01-01")),
    )
    assert company.journeys["a"].outcome == "won"
    assert company.built.recorded == ()


def test_from_when_to_when_each_stamp_is_on_record() -> None:
    company = Company(
        leads=daily(10),
        deals=[deal("d", "won", "l0", closed_at="2024-03-05")],
    )
    spans = {(s.table, s.column): (s.first, s.last, s.stamps) for s in company.built.recorded}
    assert spans == {
        ("leads", "created_at"): (NEW_YEAR, day("2024-01-10"), 10),
        ("deals", "closed_at"): (day("2024-03-05"), day("2024-03-05"), 1),
    }
    written = rows_of(company.con.table("recorded"), company.con)
    assert [tuple(row.values()) for row in written] == [tuple(s) for s in company.built.recorded]


def test_deals_as_known_at_the_end() -> None:
    company = Company(
        settings=Settings(as_of=day("2024-03-31"), timezone="America/Sao_Paulo"),
        leads=[lead("a", "2024-01-01 12:00")],
        deals=[
            deal("by T", "won", "a", closed_at="2024-04-01 02:59", amount=5),
            deal("after T", "lost", "a", closed_at="2024-04-01 03:00", amount=5),
            deal("opened after T", "open", "a", created_at="2024-04-01 03:00"),
            deal("no day", "won", "nobody"),
        ],
    )
    known = rows_of(company.con.table("known_deals").order_by("deal_id"), company.con)
    assert [(r["deal_id"], r["journey_id"], r["status"], r["closed_on"]) for r in known] == [
        ("after T", "lead/a", "open", None),
        ("by T", "lead/a", "won", day("2024-03-31")),
        ("no day", "deal/no day", "won", None),
    ]


def test_the_written_tables_hold_what_was_built() -> None:
    company = Company(settings=funnel("lead", "Won=customer"), leads=daily(3))
    written = rows_of(company.con.table("funnel_stages").order_by("position"), company.con)
    assert [tuple(row.values()) for row in written] == [tuple(s) for s in company.built.stages]
    assert "journey_moments" not in company.con.list_tables()
