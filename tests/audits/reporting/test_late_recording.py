"""Audit ``late-recording``: a planted defect is found, sound data passed over."""

from __future__ import annotations

from datetime import date

from audits.reporting.planted import SETTINGS, STEP, looks, only
from facts.rows import cohort, staged, together
from salesaudit.measures.stages import stages

EARLY = cohort(STEP, date(2023, 1, 1), {}, waiting=100)
LATER = cohort(STEP, date(2023, 7, 1), {1: 20}, waiting=80)


def rows(first: date) -> dict:
    return together(EARLY, LATER, {stages: staged(SETTINGS, since={"Won": first})})


def test_wins_that_were_not_recorded_are_found() -> None:
    look = only("late_recording", rows(date(2023, 6, 2)))
    assert (look.severity, look.effect.value, look.effect.n) == ("note", 0.5, 200)
    assert look.answers == ("Q2", "Q3", "Q4", "Q5", "Q6")


def test_a_record_that_began_with_the_leads_is_no_finding() -> None:
    assert looks("late_recording", rows(date(2023, 1, 2))) == ()


def test_stays_silent_over_sound_data() -> None:
    assert looks("late_recording") == ()
