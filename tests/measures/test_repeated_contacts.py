"""Repeated contacts, worked out by hand."""

from __future__ import annotations

from salesaudit.core.settings import Settings
from salesaudit.measures.repeated_contacts import RepeatedContact, repeated_contacts
from warehouse.company import Company, day, lead


def test_leads_contacts_and_persons() -> None:
    company = Company(
        settings=Settings(as_of=day("2024-03-31")),
        leads=[
            lead("a", "2024-01-01", contact_hash="x", channel="ads"),
            lead("b", "2024-01-02", contact_hash="x"),
            lead("c", contact_hash="x"),
            lead("d", "2024-01-03", contact_hash="y", channel="ads"),
            lead("e", "2024-01-04"),
            lead("after T", "2024-04-01", contact_hash="y"),
        ],
    )
    assert company.run(repeated_contacts) == (RepeatedContact(5, 4, 2),)
    assert company.run(repeated_contacts, where={"channel": ("ads",)}) == (
        RepeatedContact(2, 2, 2),
    )
