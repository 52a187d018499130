"""The company's day of a moment, the same on every engine."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir


class Offset(NamedTuple):
    """A zone's distance from UTC up to a moment."""

    until: datetime | None  # naive UTC; None: for good
    seconds: int


class CompanyDays:
    """Turns UTC moments into days of the company's time zone.

    The zone is walked once, in Python, over the years of the data; the engine sees a ``CASE`` over
    its offsets and needs neither an extension nor a time zone database of its own.
    """

    def __init__(self, zone: ZoneInfo, first: date, last: date) -> None:
        self.zone = zone
        self.offsets = _offsets(zone, first - timedelta(days=2), last + timedelta(days=2))

    def local(self, moment: ir.TimestampValue) -> ir.TimestampValue:
        """The company's clock at ``moment`` (naive UTC)."""
        *changes, final = self.offsets
        if not changes:
            return _shift(moment, final.seconds)
        return ibis.cases(
            *((moment < ibis.literal(c.until), _shift(moment, c.seconds)) for c in changes),
            else_=_shift(moment, final.seconds),
        )

    def day(self, moment: ir.TimestampValue) -> ir.DateValue:
        """The company's day of ``moment`` (naive UTC)."""
        return self.local(moment).date()


def end_of_day(zone: ZoneInfo, day: date) -> datetime:
    """The first moment (naive UTC) behind a day of the zone."""
    return (
        datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC).replace(tzinfo=None)
    )


def _shift(moment: ir.TimestampValue, seconds: int) -> ir.TimestampValue:
    return moment + ibis.interval(seconds=seconds) if seconds else moment


def _offsets(zone: ZoneInfo, first: date, last: date) -> list[Offset]:
    found: list[Offset] = []
    moment = datetime.combine(first, time(), UTC)
    end = datetime.combine(last, time(), UTC)
    seconds = _offset(zone, moment)
    while moment < end:
        following = moment + timedelta(days=1)
        if _offset(zone, following) != seconds:
            change = _change(zone, moment, following)
            found.append(Offset(change.replace(tzinfo=None), seconds))
            seconds = _offset(zone, following)
        moment = following
    return [*found, Offset(None, seconds)]


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The first second at which the offset differs from ``before``'s."""
    start = _offset(zone, before)
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before) // timedelta(seconds=2))
        if _offset(zone, middle) == start:
            before = middle
        else:
            after = middle
    return after


def _offset(zone: ZoneInfo, moment: datetime) -> int:
    distance = moment.astimezone(zone).utcoffset()
    return int(distance.total_seconds()) if distance else 0
