"""Audit ``undated-win``: a planted defect is found, sound data passed over."""

from __future__ import annotations

import pytest

from audits.reporting.planted import JANUARY, looks, only
from salesaudit.measures.outcomes import Outcome, outcomes


@pytest.mark.parametrize(("undated", "severity"), [(5, "note"), (6, "weak"), (51, "broken")])
def test_wins_without_a_day_are_found(undated: int, severity: str) -> None:
    rows = [
        Outcome("deals", "won", JANUARY, 1000 - undated, 0, None),
        Outcome("deals", "won", None, undated, 0, None),
    ]
    look = only("undated_win", {outcomes: rows})
    assert (look.severity, look.effect.value) == (severity, undated / 1000)


def test_open_and_lost_deals_need_no_day() -> None:
    rows = [Outcome("deals", outcome, None, 50, 0, None) for outcome in ("open", "lost")]
    assert looks("undated_win", {outcomes: rows}) == ()


def test_stays_silent_over_sound_data() -> None:
    assert looks("undated_win") == ()
