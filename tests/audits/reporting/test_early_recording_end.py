"""Audit ``early-recording-end``: a planted defect is found, sound data passed over."""

from __future__ import annotations

from datetime import date, timedelta

from audits.reporting.planted import END, JANUARY, looks, only
from facts.rows import span
from salesaudit.measures.recorded_spans import recorded_spans


def ending(day: date) -> dict:
    spans = [span("leads.created_at", JANUARY, day), span("deals.closed_at", JANUARY, END)]
    return {recorded_spans: spans}


def test_leads_that_end_early_are_found() -> None:
    look = only("early_recording_end", ending(END - timedelta(32)))
    assert (look.severity, look.subject) == ("note", ("leads",))
    assert look.message.params["last"] == END - timedelta(32)


def test_a_month_without_leads_is_no_finding() -> None:
    assert looks("early_recording_end", ending(END - timedelta(31))) == ()


def test_stays_silent_over_sound_data() -> None:
    assert looks("early_recording_end") == ()
