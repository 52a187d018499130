"""Tables in scope: the 50 largest channels and the others together, and the scope's conditions."""

from __future__ import annotations

from collections import Counter
from functools import cache

from measures.paths import paths
from salesaudit.measures.arrivals import Arrival, arrivals
from salesaudit.measures.outcomes import outcomes
from salesaudit.measures.step_totals import step_totals
from salesaudit.measures.tables import LARGEST
from warehouse.company import Company, day, lead


@cache
def many_channels() -> Company:
    """52 channels: c00 has three leads, c01 to c48 two, c49 to c51 one; and two leads of none."""
    sizes = {f"c{i:02}": 3 if i == 0 else 2 if i < 49 else 1 for i in range(52)}
    names = [*Counter(sizes).elements(), None, None]
    return Company(
        leads=[lead(f"l{i}", "2024-01-01", channel=name) for i, name in enumerate(names)]
    )


def test_the_largest_channels_stay_and_the_others_are_one_group() -> None:
    rows = many_channels().run(arrivals)
    named = [row.channel for row in rows if row.channel is not None]
    assert len(named) == LARGEST == 50
    assert named == [f"c{i:02}" for i in range(50)]  # c49: the first by name of three equal ones
    day_one = day("2024-01-01")
    assert [row for row in rows if row.channel is None] == [
        Arrival(None, False, day_one, 2),
        Arrival(None, True, day_one, 2),
    ]
    assert sum(row.leads for row in rows) == 3 + 48 * 2 + 3 + 2


def test_fifty_channels_and_leads_without_one_leave_no_rest() -> None:
    names = [f"c{i:02}" for i in range(50)]
    company = Company(
        leads=[lead(f"l{i}", "2024-01-01", channel=n) for i, n in enumerate([*names, None])]
    )
    rows = company.run(arrivals)
    assert [row.channel for row in rows] == [*names, None]
    assert not any(row.rest for row in rows)


def test_a_scope_is_applied_before_the_largest_are_chosen() -> None:
    rows = many_channels().run(arrivals, where={"channel": ("c00", "c51")})
    assert [(row.channel, row.rest, row.leads) for row in rows] == [
        ("c00", False, 3),
        ("c51", False, 1),
    ]


def test_since_keeps_who_began_on_or_after_its_first_day() -> None:
    rows = paths().run(arrivals, since=day("2024-01-31"))
    assert {row.day for row in rows} == {
        day("2024-01-31"), day("2024-02-01"), day("2024-02-10"), day("2024-03-31"),
    }  # fmt: skip
    assert sum(row.leads for row in rows) == 5


def test_deals_follow_their_journeys() -> None:
    fair = paths().run(outcomes, where={"channel": ("fair",)})
    assert [(r.counted, r.outcome, r.cases) for r in fair] == [
        ("deals", "won", 1),
        ("journeys", "won", 1),
    ]
    web = paths().run(outcomes, where={"channel": ("web",)})
    assert [(r.counted, r.outcome, r.cases) for r in web] == [
        ("deals", "lost", 1),
        ("journeys", "lost", 1),
        ("journeys", "open", 1),
    ]


def test_several_conditions_hold_together() -> None:
    none = paths().run(
        step_totals, since=day("2024-03-01"), where={"channel": ("ads",), "outcome": ("won",)}
    )
    assert none == ()
