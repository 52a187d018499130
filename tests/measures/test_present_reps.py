"""Present reps, worked out by hand: on the last day, machines apart."""

from __future__ import annotations

from decimal import Decimal

from measures.team import team
from salesaudit.measures.present_reps import PresentReps, present_reps


def test_people_of_each_team_on_the_last_day_with_their_hours() -> None:
    assert team().run(present_reps) == (
        PresentReps("north", 3, 2, Decimal("60.50")),
        PresentReps(None, 1, 1, Decimal("30.00")),
    )
