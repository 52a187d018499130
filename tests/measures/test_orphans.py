"""Orphans, worked out by hand."""

from __future__ import annotations

from functools import cache

from salesaudit.core.settings import Settings
from salesaudit.measures.orphans import Orphan, orphans
from warehouse.company import Company, day, deal, deal_event, event, lead


@cache
def company() -> Company:
    return Company(
        settings=Settings(as_of=day("2024-03-31")),
        leads=[lead("a", "2024-01-01", channel="ads"), lead("late", "2024-04-01")],
        deals=[
            deal("1", "open", "a", created_at="2024-01-05"),
            deal("2", "open", "nobody", created_at="2024-01-05"),
            deal("3", "open", None, created_at="2024-01-05"),
            deal("late", "open", "late", created_at="2024-04-01"),
        ],
        events=[
            event("a", "mql", "2024-01-02"),
            event("nobody", "mql", "2024-01-02"),
            event("nobody", "sql", "2024-01-03"),
            event("nobody", "customer", "2024-04-01"),  # after T: it does not exist
            deal_event("1", "mql", "2024-01-02"),
            deal_event("no deal", "mql", "2024-01-02"),
            deal_event("late", "sql", "2024-04-02"),
        ],
    )


def test_references_that_lead_nowhere() -> None:
    assert company().run(orphans) == (
        Orphan("deals.lead_id", 1, 2),
        Orphan("stage_events.deal_id", 1, 2),
        Orphan("stage_events.lead_id", 2, 3),
    )


def test_a_scope_makes_no_orphans() -> None:
    """What lies outside the scope is not missing."""
    assert company().run(orphans, where={"channel": ("ads",)}) == (
        Orphan("deals.lead_id", 0, 1),
        Orphan("stage_events.deal_id", 0, 1),
        Orphan("stage_events.lead_id", 0, 1),
    )
