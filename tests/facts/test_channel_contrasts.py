"""Channel contrasts: each channel against the leads of all others."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from facts.rows import cohort, inputs, staged, together
from salesaudit.facts.channel_contrasts import Contrast, channel_contrasts
from salesaudit.measures.stages import stages
from warehouse.company import funnel

TWO = funnel("lead", "Won=customer", as_of=date(2024, 6, 30))
JANUARY = date(2024, 1, 1)


def of(**channels: tuple[int, int]) -> dict[str, Contrast]:
    """Contrasts of channels of (won, leads); a name beginning with _ is no channel."""
    parts: list[Any] = [
        cohort(
            "lead_to_customer", JANUARY, {3: won}, waiting=leads - won,
            channel=None if name.startswith("_") else name, rest=name == "_rest",
        )
        for name, (won, leads) in channels.items()
    ]  # fmt: skip
    rows = together(*parts, {stages: staged(TWO)})
    return {c.channel: c for c in inputs(TWO, rows).fact(channel_contrasts)}


def test_expected_at_the_pace_of_the_others() -> None:
    """100 leads of a against 200 of b and c, of whom 30 won: 15 are expected."""
    found = of(a=(30, 100), b=(20, 100), c=(10, 100))
    assert found["a"].comparison.expected == pytest.approx(15)
    assert found["a"].comparison.observed == 30
    assert found["a"].comparison.ratio == pytest.approx(2)
    assert found["a"].leads == 100
    assert found["b"].comparison.ratio == pytest.approx(1)


def test_leads_without_a_channel_stand_on_neither_side() -> None:
    with_them = of(a=(30, 100), b=(20, 100), _none=(100, 100))
    assert with_them["a"].comparison.expected == pytest.approx(20)
    assert set(with_them) == {"a", "b"}


def test_the_pooled_rest_is_among_the_others_but_no_channel() -> None:
    found = of(a=(30, 100), _rest=(10, 100))
    assert found["a"].comparison.expected == pytest.approx(10)
    assert set(found) == {"a"}


@pytest.mark.parametrize(("leads", "compared"), [(20, True), (19, False)])
def test_under_five_expected_a_channel_is_not_compared(leads: int, compared: bool) -> None:
    assert ("a" in of(a=(0, leads), b=(25, 100))) is compared


def test_a_single_channel_has_nothing_to_be_compared_with() -> None:
    assert of(a=(30, 100)) == {}
    assert of() == {}
