"""Audit ``missing-channel``: a planted defect is found, sound data passed over."""

from __future__ import annotations

from audits.reporting.planted import JANUARY, looks, only
from salesaudit.measures.arrivals import Arrival, arrivals


def test_leads_without_a_channel_are_found() -> None:
    rows = {arrivals: [Arrival("ads", False, JANUARY, 940), Arrival(None, False, JANUARY, 60)]}
    look = only("missing_channel", rows)
    assert (look.severity, look.effect.value, look.effect.n) == ("note", 0.06, 1000)


def test_the_pooled_rest_has_channels() -> None:
    rows = {arrivals: [Arrival("ads", False, JANUARY, 940), Arrival(None, True, JANUARY, 60)]}
    assert looks("missing_channel", rows) == ()


def test_stays_silent_over_sound_data() -> None:
    assert looks("missing_channel") == ()
