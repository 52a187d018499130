"""What a description of a company may not say, beyond the kinds of its values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import available_timezones

from salesaudit.core.settings import Role
from salesaudit.core.texts import Param, Text
from salesaudit.world.defects import DEFECTS
from salesaudit.world.records.fits import lengths, names, needed
from salesaudit.world.truth import Company

WRONG_NUMBER = Text(
    "world.wrong-number",
    en="{file}, line {line}: “{name}” has {got} {key}, and the company has {steps} steps.",
    th="{file} บรรทัด {line}: “{name}” มี {got} ค่าใน {key} แต่บริษัทมี {steps} ขั้นตอน",
)
ONE_EACH = Text("world.one-each", en="Write one value for each step.", th="เขียนหนึ่งค่าต่อหนึ่งขั้นตอน")
NOT_THERE = Text(
    "world.not-there",
    en="{file}, line {line}: {key} names “{name}”, which the company does not have.",
    th="{file} บรรทัด {line}: {key} ระบุ “{name}” ซึ่งบริษัทนี้ไม่มี",
)
THERE_ARE = Text("world.there-are", en="There are: {known}.", th="ที่มีคือ: {known}")
OUT_OF_RANGE = Text(
    "world.out-of-range",
    en="{file}, line {line}: {key} is {got}, outside its range.",
    th="{file} บรรทัด {line}: {key} มีค่า {got} ซึ่งอยู่นอกช่วง",
)
WRITE_BETWEEN = Text(
    "world.write-between",
    en="Write a number above {above} and below {below}.",
    th="เขียนตัวเลขที่มากกว่า {above} และน้อยกว่า {below}",
)
NOT_ONE_EACH = Text(
    "world.not-one-each",
    en="{file}, line {line}: {key} has {got} values, and the company has {channels} channels.",
    th="{file} บรรทัด {line}: {key} มี {got} ค่า แต่บริษัทมี {channels} ช่องทาง",
)
ONE_A_CHANNEL = Text(
    "world.one-a-channel", en="Write one value for each channel.", th="เขียนหนึ่งค่าต่อหนึ่งช่องทาง"
)
NOTHING_THERE = Text(
    "world.nothing-there",
    en="{file}, line {line}: {key} has nothing to make a table of.",
    th="{file} บรรทัด {line}: {key} ไม่มีข้อมูลให้สร้างตาราง",
)
WRITE_ONE = Text(
    "world.write-one",
    en="Write at least one, or leave the table out.",
    th="ระบุอย่างน้อยหนึ่งรายการ หรือไม่ต้องใส่ตารางนี้",
)
NOBODY = Text(
    "world.nobody",
    en="{file}, line {line}: on {day} nobody of the team “{name}” is there to work its leads.",
    th="{file} บรรทัด {line}: วันที่ {day} ไม่มีใครในทีม “{name}” ดูแลลีด",
)
SOMEBODY = Text(
    "world.somebody",
    en="Let somebody of the team be hired before and not have left.",
    th="กำหนดให้มีคนในทีมที่เข้างานก่อนวันนั้นและยังไม่ลาออก",
)
BACKWARDS = Text(
    "world.backwards",
    en="{file}, line {line}: the last day, {got}, is not after the first.",
    th="{file} บรรทัด {line}: วันสุดท้าย {got} ไม่ได้อยู่หลังวันแรก",
)
LATER = Text("world.later", en="Write a later day.", th="ระบุวันที่หลังจากนั้น")

Where = tuple[str | int, ...]  # keys and places on the way to what is wrong


class Wrong(NamedTuple):
    """What cannot be meant, where, and what to do about it."""

    where: Where
    problem: Text
    fix: Text
    params: Mapping[str, Param]


def wrong_with(company: Company) -> Wrong | None:
    """The first thing that cannot be meant; nothing if all can."""
    return next(_wrongs(company), None)


def _wrongs(company: Company) -> Iterator[Wrong]:
    if company.last_day <= company.first_day:
        got = {"got": company.last_day.isoformat()}
        yield Wrong(("last_day",), BACKWARDS, LATER, got)
    yield from _numbers(company)
    yield from _names(company)
    yield from _staff(company)
    yield from _records(company)


def _records(company: Company) -> Iterator[Wrong]:
    many = len(company.channels)
    for where, got in lengths(company):
        if got != many:
            params: dict[str, Param] = {"key": _dotted(where), "got": got, "channels": many}
            yield Wrong(where, NOT_ONE_EACH, ONE_A_CHANNEL, params)
    for where, there in needed(company):
        if not there:
            yield Wrong(where, NOTHING_THERE, WRITE_ONE, {"key": _dotted(where)})


def _dotted(where: Where) -> str:
    return ".".join(map(str, where))


def _numbers(company: Company) -> Iterator[Wrong]:
    steps = len(company.steps)
    for place, channel in enumerate(company.channels):
        for key, values in (("rates", channel.rates), ("days", channel.days)):
            if len(values) != steps:
                yield _wrong_number(("channels", place, key), channel.name, len(values), steps)
    for place, rep in enumerate(company.reps):
        if isinstance(rep.skill, tuple) and len(rep.skill) != steps:
            yield _wrong_number(("reps", place, "skill"), rep.name, len(rep.skill), steps)
    for where, value, below in _ranges(company):
        if not 0 < value < below:
            yield _out_of_range(where, value, below)


def _ranges(company: Company) -> Iterator[tuple[Where, float, float]]:
    """Numbers that lie between 0 and something."""
    endless = float("inf")
    for place, channel in enumerate(company.channels):
        yield from ((("channels", place, "rates"), rate, 1.0) for rate in channel.rates)
        yield from ((("channels", place, "days"), days, endless) for days in channel.days)
        yield ("channels", place, "share"), channel.share, endless
    for place, step in enumerate(company.steps):
        yield ("steps", place, "spread"), step.spread, endless
    for place, leak in enumerate(company.leaks):
        yield ("leaks", place, "factor"), leak.factor, endless
    for place, burst in enumerate(company.bursts):
        yield ("bursts", place, "rate"), burst.rate, 1.0
    for place, content in enumerate(company.contents):
        yield ("contents", place, "effect"), content.effect, endless


def _wrong_number(where: Where, name: str, got: int, steps: int) -> Wrong:
    params: dict[str, Param] = {
        "name": name, "key": str(where[-1]), "got": got, "steps": steps,
    }  # fmt: skip
    return Wrong(where, WRONG_NUMBER, ONE_EACH, params)


def _out_of_range(where: Where, got: float, below: float) -> Wrong:
    params: dict[str, Param] = {
        "key": str(where[-1]), "got": f"{got:g}", "above": "0",
        "below": "∞" if below == float("inf") else f"{below:g}",
    }  # fmt: skip
    return Wrong(where, OUT_OF_RANGE, WRITE_BETWEEN, params)


def _names(company: Company) -> Iterator[Wrong]:
    roles = [step.role for step in company.steps]
    channels = [channel.name for channel in company.channels]
    teams = sorted({rep.team for rep in company.reps})
    ids = [rep.rep_id for rep in company.reps]
    known_roles = [role.value for role in Role][2:]
    pairs: list[tuple[Where, str, list[str]]] = [
        (("exports",), company.exports, ["canonical"]),
        (("steps", len(roles) - 1, "role"), roles[-1], ["customer"]),
        (("timezone",), company.timezone, sorted(available_timezones())),
        *((("steps", n, "role"), role, known_roles) for n, role in enumerate(roles)),
        *((("sizes", n, "team"), size.team, teams) for n, size in enumerate(company.sizes)),
        *((("reps", n, "successor"), rep.successor, ids) for n, rep in enumerate(company.reps)),
        *((("bursts", n, "channel"), item.channel, channels)
          for n, item in enumerate(company.bursts)),
        *((("contents", n, "role"), item.role, roles[:-1])
          for n, item in enumerate(company.contents)),
        *((("defects", name), name, list(DEFECTS)) for name in company.defects),
        (("recorded_late",), company.recorded_late[0], roles),
    ]  # fmt: skip
    for place, leak in enumerate(company.leaks):
        segments = (
            ("role", leak.role, roles),
            ("channel", leak.channel, channels),
            ("team", leak.team, teams),
            ("product", leak.product, [item.name for item in company.products]),
            ("country", leak.country, list(company.countries)),
            ("size", leak.size, [item.name for item in company.sizes]),
        )
        pairs += [(("leaks", place, key), name, known) for key, name, known in segments]
    pairs += names(company)
    for where, name, known in pairs:
        if name and name not in known:
            shown = ", ".join(known[:30])
            key = str(where[0 if where[0] == "defects" else -1])
            params = {"key": key, "name": name, "known": shown}
            yield Wrong(where, NOT_THERE, THERE_ARE, params)


def _staff(company: Company) -> Iterator[Wrong]:
    """On every day of the window each team must have somebody."""
    for team in sorted({size.team for size in company.sizes}):
        reps = [rep for rep in company.reps if rep.team == team]
        leavers = [rep.left_on + timedelta(days=1) for rep in reps if rep.left_on]
        for day in (company.first_day, *sorted(leavers), company.last_day):
            inside = company.first_day <= day <= company.last_day
            if inside and not any(_present(rep.hired_on, rep.left_on, day) for rep in reps):
                params = {"day": day.isoformat(), "name": team}
                yield Wrong(("reps",), NOBODY, SOMEBODY, params)


def _present(hired_on: date, left_on: date | None, day: date) -> bool:
    return hired_on <= day and (left_on is None or day <= left_on)
