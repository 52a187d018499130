"""Audit ``skipped-stage``: a planted defect is found, sound data passed over."""

from __future__ import annotations

import pytest

from audits.reporting.planted import JANUARY, STEP, looks, only
from facts.rows import cohort


@pytest.mark.parametrize(("filled", "severity"), [(10, "note"), (11, "weak"), (41, "broken")])
def test_stages_without_a_date_of_their_own_are_found(filled: int, severity: str) -> None:
    rows = cohort(STEP, JANUARY, {3: 100}, waiting=900, filled=filled, channel="ads")
    look = only("skipped_stage", rows)
    assert (look.severity, look.effect.value) == (severity, filled / 100)


def test_stays_silent_over_sound_data() -> None:
    assert looks("skipped_stage") == ()
