"""Audit ``future-stamp``: a planted defect is found, sound data passed over."""

from __future__ import annotations

from audits.reporting.planted import END, JANUARY, looks, only
from facts.rows import span
from salesaudit.measures.recorded_spans import recorded_spans


def test_dates_far_ahead_are_found() -> None:
    spans = {recorded_spans: [span("leads.created_at", JANUARY, END, stamps=1000, after=2)]}
    look = only("future_stamp", spans)
    assert (look.severity, look.effect.value) == ("note", 0.002)
    assert look.subject == ("leads.created_at",)


def test_stays_silent_over_sound_data() -> None:
    assert looks("future_stamp") == ()
