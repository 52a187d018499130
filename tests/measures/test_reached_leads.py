"""Reached leads, worked out by hand: by people and by T, each lead once."""

from __future__ import annotations

from measures.paths import paths
from measures.team import team
from salesaudit.measures.reached_leads import ReachedLeads, reached_leads
from warehouse.company import day


def test_leads_by_channel_and_month_with_those_reached_and_those_who_bought() -> None:
    assert team().run(reached_leads) == (
        ReachedLeads("ads", False, day("2024-01-01"), 2, 1, 2, 1, 2, 1),
        ReachedLeads("ads", False, day("2024-02-01"), 3, 1, 0, 0, 1, 1),
        ReachedLeads(None, False, day("2024-03-01"), 2, 0, 1, 0, 0, 0),
    )


def test_without_the_role_pitched_and_without_activities_nobody_was_reached() -> None:
    rows = paths().run(reached_leads)
    assert {(row.reached, row.reached_customers, row.pitched) for row in rows} == {(0, 0, 0)}
    assert (sum(row.leads for row in rows), sum(row.customers for row in rows)) == (7, 4)


def test_a_scope_narrows_it() -> None:
    assert {row.channel for row in team().run(reached_leads, where={"channel": ("ads",)})} == {
        "ads"
    }
