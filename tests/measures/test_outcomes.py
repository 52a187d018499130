"""Outcomes, worked out by hand."""

from __future__ import annotations

from salesaudit.core.settings import Settings
from salesaudit.measures.outcomes import Outcome, outcomes
from warehouse.company import Company, day, deal, event, lead, money


def test_deals_and_journeys_by_outcome_and_month() -> None:
    company = Company(
        settings=Settings(as_of=day("2024-03-31")),
        leads=[lead("a", "2024-01-01"), lead("b", "2024-01-01"), lead("c", "2024-01-01")],
        deals=[
            deal("1", "won", "a", closed_at="2024-02-01 00:00", amount="10.10"),
            deal("2", "won", "a", closed_at="2024-02-29 23:59", amount="0.05"),
            deal("3", "won", None, closed_at="2024-03-31 23:59"),
            deal("4", "won", None, amount=1),
            deal("5", "lost", "b", closed_at="2024-03-31", amount=7),
            deal("6", "won", "c", closed_at="2024-04-01", amount=9),
            deal("7", "open", "c", created_at="2024-03-01"),
            deal("8", "open", None, created_at="2024-04-01"),
        ],
    )
    february, march = day("2024-02-01"), day("2024-03-01")
    assert company.run(outcomes) == (
        Outcome("deals", "lost", march, 1, 1, money("7.00")),
        Outcome("deals", "open", None, 2, 1, money("9.00")),
        Outcome("deals", "won", february, 2, 2, money("10.15")),
        Outcome("deals", "won", march, 1, 0, None),
        Outcome("deals", "won", None, 1, 1, money("1.00")),
        Outcome("journeys", "lost", march, 1, 0, None),
        Outcome("journeys", "open", None, 1, 0, None),
        Outcome("journeys", "won", february, 1, 1, money("10.15")),
        Outcome("journeys", "won", march, 1, 0, None),
        Outcome("journeys", "won", None, 1, 1, money("1.00")),
    )


def test_an_open_deal_has_ended_in_no_month() -> None:
    """Some CRMs write the day on which a close is expected into the same column."""
    company = Company(
        leads=[lead("a", "2024-01-01")],
        deals=[deal("1", "open", "a", created_at="2024-01-02", closed_at="2024-02-15")],
    )
    deals = [row for row in company.run(outcomes) if row.counted == "deals"]
    assert deals == [Outcome("deals", "open", None, 1, 0, None)]


def test_without_deals_journeys_still_end() -> None:
    company = Company(
        leads=[lead("a", "2024-01-01"), lead("b", "2024-01-01", lost_at="2024-02-02")],
        events=[event("a", "customer", "2024-03-05")],
    )
    assert company.run(outcomes) == (
        Outcome("journeys", "lost", day("2024-02-01"), 1, 0, None),
        Outcome("journeys", "won", day("2024-03-01"), 1, 0, None),
    )
