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


def test_few_deals_that_happen_to_pause_for_months_do_not_end_early() -> None:
    last = END - timedelta(120)
    first = JANUARY - timedelta(900)
    few = span("deals.created_at", first, last, stamps=9)
    many = span("deals.created_at", first, last, stamps=90)
    assert looks("early_recording_end", {recorded_spans: [few]}) == ()
    assert len(looks("early_recording_end", {recorded_spans: [many]})) == 1


def test_stays_silent_over_sound_data() -> None:
    assert looks("early_recording_end") == ()
