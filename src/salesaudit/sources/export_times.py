"""When a file was exported: by its name, else its head, else the time of the file itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from salesaudit.sources.raw import RawTable

_YEAR = r"(?P<year>(?:19|20|25)\d\d)"
_TIME = (
    r"(?:[T _-]{1,2}(?:at )?(?P<hour>[01]\d|2[0-3])[-:._h]?(?P<minute>[0-5]\d)"
    r"(?:[-:._m]?(?P<second>[0-5]\d))?(?![-:._]?\d))?(?!\d)"
)
_YEAR_FIRST = re.compile(
    rf"(?<!\d){_YEAR}(?P<sign>[-_.]?)(?P<month>0[1-9]|1[0-2])(?P=sign)"
    rf"(?P<day>0[1-9]|[12]\d|3[01]){_TIME}"
)
_YEAR_LAST = re.compile(
    r"(?<!\d)(?P<day>0?[1-9]|[12]\d|3[01])(?P<sign>[-_./])(?P<month>0?[1-9]|1[0-2])"
    rf"(?P=sign){_YEAR}{_TIME}"
)
_DATES = (_YEAR_FIRST, _YEAR_LAST)
BUDDHIST = 543  # years
FILTER = re.compile(r"\bfilter|\bwhere\b|ตัวกรอง|กรองโดย|\bfiltre|\bfiltro", re.IGNORECASE)


class Dated(NamedTuple):
    """When a file was exported."""

    moment: datetime  # UTC
    day: date  # in the company's time zone
    by: Literal["name", "head", "file", "reading"]


def dated(raw: RawTable, changed: float | None, zone: ZoneInfo, now: datetime) -> Dated:
    """When a table was exported.

    Args:
        raw: the table.
        changed: when its file was last changed, seconds since 1970; None: it is of no file.
        zone: the company's.
        now: UTC; what is of no file is as of now.
    """
    for text in reversed([raw.file, raw.member] if raw.file else [raw.name]):
        found = list(_moments([text]))
        if found:
            return _local(max(found), zone, "name")
    found = list(_moments(raw.preamble))
    if found:
        return _local(max(found), zone, "head")
    moment = now if changed is None else datetime.fromtimestamp(changed, UTC)
    day = moment.astimezone(zone).date()
    return Dated(moment.replace(tzinfo=None), day, "reading" if changed is None else "file")


def of_one_export(files: Iterable[Dated]) -> list[Dated]:
    """Files without a date that were written on one day are one export, of the last one's time.

    Copying or unpacking a folder gives its files times that differ by moments; nothing may depend
    on which of them came first.
    """
    given = list(files)
    last: dict[date, Dated] = {}
    for one in given:
        if one.by == "file":
            last[one.day] = max(one, last.get(one.day, one))
    return [last[one.day] if one.by == "file" else one for one in given]


def is_filtered(raw: RawTable) -> bool:
    """Whether the head of an export names a filter, so that records are missing."""
    return any(FILTER.search(line) for line in raw.preamble)


def _moments(texts: Iterable[str]) -> Iterator[datetime]:
    """The dates in texts; one that can be read in two ways tells nothing."""
    for text in texts:
        for pattern in _DATES:
            for found in pattern.finditer(text):
                day, month, year = (int(found[name]) for name in ("day", "month", "year"))
                either_way = pattern is _YEAR_LAST and day <= 12 and day != month
                if either_way:
                    continue
                try:
                    read = date(year - BUDDHIST if year > 2400 else year, month, day)
                except ValueError:
                    continue
                hour, minute, second = (
                    int(found[name] or 0) for name in ("hour", "minute", "second")
                )
                yield datetime.combine(read, time(hour, minute, second))


def _local(moment: datetime, zone: ZoneInfo, by: Literal["name", "head"]) -> Dated:
    utc = moment.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)
    return Dated(utc, moment.date(), by)


def without_dates(text: str) -> str:
    """A name without the dates in it."""
    for pattern in _DATES:
        text = pattern.sub(" ", text)
    return text
