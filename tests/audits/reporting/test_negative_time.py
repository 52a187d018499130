"""Audit ``negative-time``: a planted defect is found, sound data passed over."""

from __future__ import annotations

import pytest

from audits.reporting.planted import JANUARY, STEP, looks, only
from facts.rows import cohort


@pytest.mark.parametrize(("negative", "severity"), [(5, "note"), (6, "weak"), (51, "broken")])
def test_wins_before_the_lead_are_found(negative: int, severity: str) -> None:
    rows = cohort(STEP, JANUARY, {0: 1000}, waiting=900, negative=negative, channel="ads")
    look = only("negative_time", rows)
    assert (look.severity, look.effect.value) == (severity, negative / 1000)
    assert look.subject == ("lead_to_customer",)


def test_stays_silent_over_sound_data() -> None:
    assert looks("negative_time") == ()
