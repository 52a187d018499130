"""A small team at work: eight leads, who reached them, what was won, and by whom the work was done.

T is Wednesday, 15 May 2024; the last full week begins on Monday, 6 May.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from salesaudit.core.settings import Settings
from warehouse.company import Company, day, deal, event, lead


def work(number: int, done_at: str, **fields: object) -> dict[str, Any]:
    """An activity."""
    row = {"activity_id": f"A{number}", "done_at": done_at, "kind": "call", "rep_id": "ann"}
    return {**row, **fields}


@cache
def team() -> Company:
    """The company, built once."""
    return Company(
        settings=Settings(
            as_of=day("2024-05-15"),
            timezone="Asia/Bangkok",
            automated_actors=("robot",),
            gross_margin={"A": 0.5, "B": 0.25},
        ),
        leads=[
            lead("talks and buys", "2024-01-10", channel="ads"),
            lead("talks twice", "2024-01-31T16:59:59", channel="ads"),
            lead("never talks, buys", "2024-01-31T17:00:00", channel="ads"),  # February there
            lead("by a machine", "2024-02-10", channel="ads"),
            lead("after T", "2024-02-10", channel="ads"),
            lead("through its deal", "2024-03-01"),
            lead("no answer", "2024-03-02"),
            lead("has no date", channel="ads"),
        ],
        events=[
            event("talks and buys", "pitched", "2024-01-12"),
            event("talks twice", "sql", "2024-02-12"),  # behind the pitch
        ],
        deals=[
            deal("1", "won", "talks and buys", closed_at="2024-02-01", amount="100.00", product="A",
                 margin="60.00"),
            deal("2", "won", "never talks, buys", closed_at="2024-03-01", amount="33.33",
                 product="B"),
            deal("3", "open", "through its deal", created_at="2024-03-05"),
            deal("4", "won", None, created_at="2024-03-05", closed_at="2024-03-06", product="C",
                 amount="1000.00", margin="-5.50"),
            deal("5", "lost", "no answer", closed_at="2024-03-09", amount="7.00", margin="7.00"),
        ],
        activities=[
            work(1, "2024-01-11", lead_id="talks and buys", outcome="reached"),
            work(2, "2024-02-01", lead_id="talks twice", outcome="reached"),
            work(3, "2024-02-02", lead_id="talks twice", outcome="reached", rep_id=None),
            work(4, "2024-02-11", lead_id="by a machine", outcome="reached", automated=True),
            work(5, "2024-02-12", lead_id="by a machine", outcome="reached", rep_id="robot"),
            work(6, "2024-05-15T17:00:00", lead_id="after T", outcome="reached"),  # 16 May there
            work(7, "2024-03-06", deal_id="3", outcome="reached", automated=False),
            work(8, "2024-03-06", lead_id="no answer", outcome="no_answer"),
            work(9, "2024-03-06", lead_id="nobody knows", outcome="reached"),
            work(10, "2024-05-05T16:59:59", lead_id="no answer", minutes=7.25),  # Sunday, 5 May
            work(11, "2024-05-05T17:00:00", lead_id="no answer", minutes=8.5),  # Monday, 6 May
            work(12, "2024-05-12T16:59:59", deal_id="3", minutes=1),  # Sunday, 12 May
            work(13, "2024-05-12T17:00:00", deal_id="3", minutes=99),  # a week not over
            work(14, "2024-05-08", lead_id="no answer"),
            work(15, "2024-05-08", minutes=50),  # for nobody: no lead work
            work(16, "2024-05-08", lead_id="no answer", minutes=50, rep_id="robot"),
            work(17, "2024-05-08", lead_id="no answer", minutes=-3),
            work(18, "2024-02-11T17:00:00", lead_id="no answer", minutes=2),  # the first week
            work(19, "2024-02-11T16:59:59", lead_id="no answer", minutes=2),  # before it
        ],
        reps=[
            {"rep_id": "ann", "team": "north", "weekly_hours": 40},
            {"rep_id": "bo", "team": "north", "weekly_hours": 20.5, "hired_on": "2024-05-15"},
            {"rep_id": "cy", "team": "north"},
            {"rep_id": "to come", "team": "north", "weekly_hours": 40, "hired_on": "2024-05-16"},
            {"rep_id": "gone", "team": "south", "weekly_hours": 40, "left_on": "2024-05-15"},
            {"rep_id": "last day to come", "weekly_hours": 30, "left_on": "2024-05-16"},
            {"rep_id": "robot", "weekly_hours": 168},
        ],
    )  # fmt: skip
