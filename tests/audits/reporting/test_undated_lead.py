"""Audit ``undated-lead``: a planted defect is found, sound data passed over."""

from __future__ import annotations

import pytest

from audits.reporting.planted import JANUARY, looks, only
from salesaudit.measures.arrivals import Arrival, arrivals


@pytest.mark.parametrize(("undated", "severity"), [(50, "note"), (51, "weak"), (501, "broken")])
def test_leads_without_a_day_are_found(undated: int, severity: str) -> None:
    rows = [
        Arrival("web", False, JANUARY, 1000 - undated),
        Arrival("web", False, None, undated),
    ]
    look = only("undated_lead", {arrivals: rows})
    assert (look.severity, look.effect.value) == (severity, undated / 1000)


def test_a_file_without_any_date_is_another_matter() -> None:
    assert looks("undated_lead", {arrivals: [Arrival("web", False, None, 100)]}) == ()


def test_stays_silent_over_sound_data() -> None:
    assert looks("undated_lead") == ()
