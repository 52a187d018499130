"""Audit ``missing-losses``: a planted defect is found, sound data passed over."""

from __future__ import annotations

from audits.reporting.planted import JANUARY, JUNE, looks, only
from salesaudit.measures.outcomes import Outcome, outcomes

WON = [Outcome("deals", "won", month, 50, 0, None) for month in (JANUARY, JUNE)]


def test_half_a_year_of_wins_without_a_loss_is_found() -> None:
    look = only("missing_losses", {outcomes: WON})
    assert (look.severity, look.effect.n) == ("broken", 100)
    assert look.answers == ("Q5",)


def test_five_months_prove_nothing() -> None:
    assert looks("missing_losses", {outcomes: WON[:1]}) == ()


def test_stays_silent_over_sound_data() -> None:
    assert looks("missing_losses") == ()
