"""Nine journeys that between them take every turn that the measures of steps can count.

The funnel is lead, demo, sql, Won; nobody is stamped at the demo. T is 31 March 2024.
"""

from __future__ import annotations

from functools import cache

from warehouse.company import Company, day, deal, event, funnel, lead


@cache
def paths() -> Company:
    """The company, built once."""
    return Company(
        settings=funnel("lead", "demo", "sql", "Won=customer", as_of=day("2024-03-31")),
        leads=[
            lead("quick", "2024-01-31", channel="ads"),
            lead("skips sql", "2024-01-31", channel="ads"),
            lead("sql before lead", "2024-02-01"),
            lead("years", "2020-01-01", channel="ads"),
            lead("won on no day", "2024-02-10", channel="ads"),
            lead("of the last day", "2024-03-31", channel="web"),
            lead("has no date"),
            lead("lost", "2024-01-01", channel="web"),
        ],
        events=[
            event("quick", "sql", "2024-02-01"),
            event("sql before lead", "sql", "2024-01-29"),
            event("years", "sql", "2022-12-31"),  # 1,095 days
            event("has no date", "sql", "2024-03-01"),
        ],
        deals=[
            deal("1", "won", "quick", closed_at="2024-02-01"),
            deal("2", "won", "skips sql", closed_at="2024-03-01"),
            deal("3", "won", "years", closed_at="2023-01-01"),  # 1,096 days
            deal("4", "won", "won on no day"),
            deal("5", "lost", "lost", closed_at="2024-01-05"),
            deal("6", "won", None, created_at="2024-03-05", closed_at="2024-03-05", channel="fair"),
        ],
    )
