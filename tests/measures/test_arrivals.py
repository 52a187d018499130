"""Arrivals, worked out by hand."""

from __future__ import annotations

from measures.paths import paths
from salesaudit.measures.arrivals import Arrival, arrivals
from warehouse.company import day


def test_leads_by_channel_and_day_and_no_deal_without_a_lead() -> None:
    assert paths().run(arrivals) == (
        Arrival("ads", False, day("2020-01-01"), 1),
        Arrival("ads", False, day("2024-01-31"), 2),
        Arrival("ads", False, day("2024-02-10"), 1),
        Arrival("web", False, day("2024-01-01"), 1),
        Arrival("web", False, day("2024-03-31"), 1),
        Arrival(None, False, day("2024-02-01"), 1),
        Arrival(None, False, None, 1),
    )


def test_a_scope_narrows_it() -> None:
    assert paths().run(arrivals, where={"channel": ("web",)}) == (
        Arrival("web", False, day("2024-01-01"), 1),
        Arrival("web", False, day("2024-03-31"), 1),
    )
