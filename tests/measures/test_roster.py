"""Roster, by hand."""

from __future__ import annotations

from salesaudit.measures.roster import Member, roster
from warehouse.company import Company, day, lead


def test_members_in_the_order_of_their_ids_and_who_has_left_by_the_end() -> None:
    company = Company(
        leads=[lead("a", "2024-03-31")],
        reps=[
            {"rep_id": "r2", "name": "Noi", "team": "SME", "left_on": "2024-03-31"},
            {"rep_id": "r10", "left_on": "2024-04-01"},
        ],
    )
    assert company.run(roster) == (
        Member("r10", None, None, None, 1),
        Member("r2", "Noi", "SME", day("2024-03-31"), 1),
    )
