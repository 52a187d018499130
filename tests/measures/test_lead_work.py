"""Lead work, worked out by hand: full weeks of the company's calendar, people only."""

from __future__ import annotations

from decimal import Decimal

from measures.team import team
from salesaudit.measures.lead_work import LeadWork, lead_work
from salesaudit.measures.work import last_weeks
from warehouse.company import day


def test_work_of_the_last_full_weeks() -> None:
    rows = team().run(lead_work)
    assert rows[0] == LeadWork(day("2024-02-12"), 1, 1, Decimal("2.00"))
    assert rows[-1] == LeadWork(day("2024-05-06"), 4, 2, Decimal("9.50"))
    assert [row.week for row in rows] == [
        day("2024-02-12"), day("2024-03-04"), day("2024-04-29"), day("2024-05-06"),
    ]  # fmt: skip


def test_thirteen_weeks_end_with_the_last_sunday_that_is_over() -> None:
    assert last_weeks(day("2024-05-15"))[0] == day("2024-02-12")
    assert last_weeks(day("2024-05-15"))[-1] == day("2024-05-06")
    assert last_weeks(day("2024-05-12"))[-1] == day("2024-05-06")  # a Sunday, and it counts
    assert last_weeks(day("2024-05-11"))[-1] == day("2024-04-29")
    assert len(last_weeks(day("2024-05-15"))) == 13
