"""The end of knowledge: the newest stamp that is not a stray one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaudit.warehouse.horizon import Recorded, end_of_knowledge, recorded

START = date(2024, 1, 1)


def span(*days: tuple[int, int]) -> Recorded:
    """The span of (days after New Year, stamps)."""
    found = recorded("leads", "created_at", [(START + timedelta(d), n) for d, n in days])
    assert found is not None
    return found


def test_without_a_stamp_there_is_no_span_and_no_end() -> None:
    assert recorded("leads", "created_at", []) is None
    assert end_of_knowledge([]) is None


def test_a_single_day_is_its_own_span() -> None:
    assert span((0, 1)) == Recorded("leads", "created_at", START, START, 1, 0, 0, START, START)


@pytest.mark.parametrize(
    ("many", "gap", "strays", "aside"),
    [
        (995, 32, 5, 5),  # half of one percent behind more than 31 days
        (995, 31, 5, 0),  # no gap of more than 31 days
        (991, 400, 9, 9),  # 9 of 1,000 are under one percent
        (990, 400, 10, 0),  # 10 of 1,000 are not
        (99, 400, 1, 0),  # 1 of 100 neither
        (100, 400, 1, 1),  # 1 of 101 is
    ],
)
def test_stamps_behind_a_gap_are_set_aside_where_they_are_few(
    many: int, gap: int, strays: int, aside: int
) -> None:
    late = span((0, 1), (10, many - 1), (10 + gap, strays))
    assert (late.after, late.before) == (aside, 0)
    assert late.last == START + timedelta(10 if aside else 10 + gap)
    assert (late.stamps, late.newest) == (many + strays, START + timedelta(10 + gap))


def test_stamps_ahead_of_a_gap_are_set_aside_at_the_other_end() -> None:
    early = span((0, 2), (40, 500), (50, 500))
    assert (early.before, early.after) == (2, 0)
    assert (early.first, early.oldest) == (START + timedelta(40), START)


def test_several_strays_apart_from_each_other_go_together() -> None:
    late = span((0, 997), (1000, 1), (3000, 1), (3010, 1))
    assert (late.after, late.last) == (3, START)


def test_strays_that_are_too_many_together_stay() -> None:
    late = span((0, 985), (1000, 8), (3000, 7))
    assert (late.after, late.last) == (7, START + timedelta(1000))


def test_the_end_is_the_newest_of_all_columns() -> None:
    leads = span((0, 10))
    deals = recorded("deals", "closed_at", [(START + timedelta(80), 1)])
    assert deals is not None
    assert end_of_knowledge([leads, deals]) == START + timedelta(80)


@given(
    st.dictionaries(st.integers(0, 4000), st.integers(1, 300), min_size=1, max_size=20),
    st.randoms(),
)
def test_no_stamp_is_lost_and_order_does_not_matter(days: dict[int, int], chance: object) -> None:
    items = list(days.items())
    found = span(*items)
    chance.shuffle(items)  # type: ignore[attr-defined]
    assert span(*items) == found
    inside = sum(n for d, n in items if found.first <= START + timedelta(d) <= found.last)
    assert inside + found.before + found.after == found.stamps == sum(days.values())
    assert found.oldest <= found.first <= found.last <= found.newest
