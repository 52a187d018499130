"""Company days: the day on the company's own clock, on both sides of every change of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import ibis
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesaudit.warehouse.build import rows_of
from salesaudit.warehouse.calendar import CompanyDays, Offset

ZONES = ["America/Sao_Paulo", "Asia/Bangkok", "Asia/Kathmandu", "America/New_York", "UTC"]
FIRST, LAST = date(2017, 1, 1), date(2019, 12, 31)


def as_kept(text: str) -> datetime:
    """A moment as it is kept: UTC, and not saying so."""
    return datetime.fromisoformat(text)


MOMENTS = st.datetimes(as_kept("2017-01-01"), as_kept("2019-12-31"))


def days_of(zone: str, moments: list[datetime]) -> list[date]:
    """The engine's answer, in the order of the moments."""
    rows = [{"place": i, "at": moment} for i, moment in enumerate(moments)]
    table = ibis.memtable(rows, schema=ibis.schema({"place": "int64", "at": "timestamp(6)"}))
    days = CompanyDays(ZoneInfo(zone), FIRST, LAST)
    found = rows_of(table.select("place", day=days.day(table["at"])).order_by("place"))
    return [row["day"] for row in found]


@pytest.mark.parametrize(
    ("zone", "text", "day"),
    [
        # 23:30 at home, and half an hour after midnight
        ("America/Sao_Paulo", "2018-06-01 02:30", "2018-05-31"),
        ("America/Sao_Paulo", "2018-06-01 03:30", "2018-06-01"),
        ("Asia/Bangkok", "2018-06-01 16:30", "2018-06-01"),
        ("Asia/Bangkok", "2018-06-01 17:00", "2018-06-02"),
        ("Asia/Kathmandu", "2018-06-01 18:14:59.999999", "2018-06-01"),
        ("Asia/Kathmandu", "2018-06-01 18:15", "2018-06-02"),
        ("America/New_York", "2018-06-02 03:30", "2018-06-01"),
        ("America/New_York", "2018-12-02 04:30", "2018-12-01"),
        # summer time in New York: 11 March 07:00 UTC to 4 November 06:00 UTC
        ("America/New_York", "2018-03-11 04:59:59", "2018-03-10"),
        ("America/New_York", "2018-03-11 05:00", "2018-03-11"),
        ("America/New_York", "2018-03-12 03:59:59", "2018-03-11"),
        ("America/New_York", "2018-03-12 04:00", "2018-03-12"),
        ("America/New_York", "2018-11-04 03:59:59", "2018-11-03"),
        ("America/New_York", "2018-11-05 04:59:59", "2018-11-04"),
        # in Sao Paulo the clock was put forward at midnight: 4 November 2018 began at 01:00
        ("America/Sao_Paulo", "2018-11-04 02:59:59", "2018-11-03"),
        ("America/Sao_Paulo", "2018-11-04 03:00", "2018-11-04"),
        ("America/Sao_Paulo", "2018-11-05 01:59:59", "2018-11-04"),
        # and back at midnight: 17 February 2018 had 25 hours
        ("America/Sao_Paulo", "2018-02-18 02:59:59", "2018-02-17"),
        ("America/Sao_Paulo", "2018-02-18 03:00", "2018-02-18"),
    ],
)
def test_the_day_at_home(zone: str, text: str, day: str) -> None:
    assert days_of(zone, [as_kept(text)]) == [date.fromisoformat(day)]


@pytest.mark.parametrize("zone", ZONES)
@settings(max_examples=5, deadline=None)
@given(moments=st.lists(MOMENTS, min_size=1, max_size=200))
def test_every_moment_has_the_day_that_python_says(zone: str, moments: list[datetime]) -> None:
    home = ZoneInfo(zone)
    assert days_of(zone, moments) == [
        moment.replace(tzinfo=UTC).astimezone(home).date() for moment in moments
    ]


def test_a_change_of_the_clock_is_found_to_the_second() -> None:
    days = CompanyDays(ZoneInfo("America/New_York"), date(2018, 1, 1), date(2018, 12, 31))
    assert days.offsets == [
        Offset(as_kept("2018-03-11 07:00"), -5 * 3600),
        Offset(as_kept("2018-11-04 06:00"), -4 * 3600),
        Offset(None, -5 * 3600),
    ]


def test_a_zone_without_changes_is_one_offset() -> None:
    assert CompanyDays(ZoneInfo("Asia/Kathmandu"), FIRST, LAST).offsets == [Offset(None, 20_700)]


@pytest.mark.parametrize("zone", ["America/New_York", "America/Sao_Paulo"])
def test_edges_of_every_change(zone: str) -> None:
    home = ZoneInfo(zone)
    changes = [o.until for o in CompanyDays(home, FIRST, LAST).offsets if o.until]
    near = [change + timedelta(seconds=s) for change in changes for s in (-1, 0, 1, 3600)]
    assert len(changes) >= 5
    assert days_of(zone, near) == [m.replace(tzinfo=UTC).astimezone(home).date() for m in near]
