"""Audit ``repeated-contact``: a planted defect is found, sound data passed over."""

from __future__ import annotations

import pytest

from audits.reporting.planted import looks, only
from salesaudit.measures.repeated_contacts import RepeatedContact, repeated_contacts


@pytest.mark.parametrize(("persons", "severity"), [(999, "note"), (970, "weak"), (800, "broken")])
def test_leads_that_are_one_person_are_found(persons: int, severity: str) -> None:
    rows = {repeated_contacts: [RepeatedContact(1000, 1000, persons)]}
    look = only("repeated_contact", rows)
    assert (look.severity, look.effect.value) == (severity, (1000 - persons) / 1000)


def test_leads_without_a_contact_are_nobody_twice() -> None:
    assert looks("repeated_contact", {repeated_contacts: [RepeatedContact(1000, 10, 10)]}) == ()


def test_stays_silent_over_sound_data() -> None:
    assert looks("repeated_contact") == ()
