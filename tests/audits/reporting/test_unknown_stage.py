"""Audit ``unknown-stage``: a planted defect is found, sound data passed over."""

from __future__ import annotations

from audits.reporting.planted import looks, only
from salesaudit.measures.unknown_stages import UnknownStage, unknown_stages


def test_stages_outside_the_funnel_are_found_and_named() -> None:
    rows = {unknown_stages: [UnknownStage("Demo held", 30), UnknownStage("ติดต่อแล้ว", 12)]}
    look = only("unknown_stage", rows)
    assert (look.severity, look.effect.n) == ("note", 42)
    assert look.detail.params["stages"] == "Demo held, ติดต่อแล้ว"


def test_stays_silent_over_sound_data() -> None:
    assert looks("unknown_stage") == ()
