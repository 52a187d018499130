"""The ways to write a date that are looked for, each as SQL over the text of a cell."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from babel.dates import get_month_names

from salesaudit.warehouse.sql import let, literal

LANGUAGES = ("en", "th", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "pl")
PIVOT = 69  # two-digit years from here on are of the last century
ERA_SHIFT = 543  # years of the Buddhist era before those of ours
BUDDHIST_YEARS = (2400, 2700)

_TIME = (
    r"(?:(?:T|,? +(?:at |เวลา )?)(\d{1,2})[:.](\d{2})(?:[:.](\d{2})(?:[.,](\d{1,9}))?)?"
    r"\s*(am|pm|a\.m\.|p\.m\.|ก่อนเที่ยง|หลังเที่ยง)?(?:\s*น\.?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$"
)
_TIME_PARTS = ("hour", "minute", "second", "fraction", "half", "zone")
_WORD = r"[\pL\pM][\pL\pM.]*"
_ERA = r"(?:(?:พ\.?ศ\.?|ค\.?ศ\.?|B\.?E\.?) *)?"
_SEPARATOR = r" *[-/. ] *"
_YEAR = r"(\d{4}|\d{2})"

_LAST = rf"(?i)^(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}{_ERA}{_YEAR}{_TIME}"
_FIRST = rf"(?i)^(\d{{4}}){_SEPARATOR}(\d{{1,2}}){_SEPARATOR}(\d{{1,2}}){_TIME}"
_PACKED = r"^((?:19|20|25)\d{2})(\d{2})(\d{2})(?:[T ]?(\d{2})(\d{2})(\d{2})?)?$"
_NAMED = (
    rf"(?i)^(?:{_WORD},? *)?(\d{{1,2}})(?:st|nd|rd|th)?\.?[-/ ]*({_WORD}?)\.?,?[-/ ]*"
    rf"{_ERA}{_YEAR}{_TIME}"
)
_NAMED_MONTH_FIRST = (
    rf"(?i)^(?:{_WORD},? +)?({_WORD})[ -]*(\d{{1,2}})(?:st|nd|rd|th)?(?:,? +|-)(\d{{4}}|\d{{2}})\b"
)
_NAMED_YEAR_FIRST = rf"(?i)^(\d{{4}})[-/ ]+({_WORD})[-/ ]+(\d{{1,2}})\b"
_ZEROS = r"^0{1,4}[-/.]0{1,2}[-/.]0{1,4}( 0{1,2}:00(:00)?)?$"

_HOUR = (
    "CASE WHEN p.hour = '' THEN '0' WHEN p.half = '' THEN p.hour "
    "WHEN TRY_CAST(p.hour AS INT) NOT BETWEEN 1 AND 12 THEN NULL "
    "ELSE (TRY_CAST(p.hour AS INT) % 12 "
    "+ CASE WHEN lower(p.half)[1] IN ('p', 'ห') THEN 12 ELSE 0 END)::VARCHAR END"
)
_NO_YEAR = (
    rf"(?i)^(?:{_WORD},? +)?(?:\d{{1,2}}(?:st|nd|rd|th)?\.?[-/ ]*({_WORD}?)\.?"
    rf"|({_WORD}) *\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}} *[-/.] *\d{{1,2}}\.?)$"
)
ZERO_DATE = f"regexp_matches(t, {literal(_ZEROS)})"


class Form(NamedTuple):
    """One way to write dates; its SQL speaks of the text of a cell as ``t``."""

    name: str
    gate: str  # a cheap pattern that every cell written so meets
    local: str | None  # SQL: naive time as written; None where an instant is written
    instant: str | None  # SQL: UTC
    year: str = "NULL::TEXT"  # SQL: the year as written
    zone: str = "''"  # SQL: the offset as written
    clock: str = "false"  # SQL: whether a time of day is written
    outline: str = "false"  # SQL: whether a day is written, be there such a day or not

    @property
    def value(self) -> str:
        """SQL: the time as written, whichever it is; NULL where the form does not fit."""
        return self.local or self.instant or "NULL::TIMESTAMP"

    @property
    def reason(self) -> str:
        """SQL: why a cell that the form cannot read is refused."""
        word = f"regexp_extract(t, {literal(_NO_YEAR)}, ['of', 'at'])"
        month = let("w", f"{_months_sql()}[replace(lower(p.of || p.at), '.', '')]", "w IS NOT NULL")
        named = let("p", word, f"p.of || p.at = '' OR {month}")
        no_year = f"regexp_matches(t, {literal(_NO_YEAR)}) AND {named}"
        return (
            f"CASE WHEN {self.outline} THEN 'no_such_day' WHEN {no_year} THEN 'no_year' "
            "ELSE 'not_a_date' END"
        )


def forms(era: str | None) -> tuple[Form, ...]:
    """Every form; ``era`` is buddhist, gregorian or None where the years decide."""
    last = r"^\d{1,2} *[-/. ] *\d{1,2} *[-/. ]"
    return (
        _calendar("%Y-%m-%d", r"^\d{4} *[-/. ] *\d", _FIRST, ("year", "month", "day"), era=era),
        _calendar("%d/%m/%Y", last, _LAST, ("day", "month", "year"), era=era),
        _calendar("%m/%d/%Y", last, _LAST, ("month", "day", "year"), era=era),
        _named(era),
        _packed(era),
        _epoch("epoch seconds", r"^\d{9,10}([.]\d+)?$", 1_000_000),
        _epoch("epoch milliseconds", r"^\d{12,13}$", 1_000),
        _epoch("epoch microseconds", r"^\d{15,16}$", 1),
        _serial(),
    )


def _calendar(
    name: str, gate: str, pattern: str, order: tuple[str, str, str], *, era: str | None
) -> Form:
    parts = _parts("t", pattern, (*order, *_TIME_PARTS))
    return _form(name, gate, parts, "p.month", era=era)


def _named(era: str | None) -> Form:
    text = (
        rf"regexp_replace(regexp_replace(t, {literal(_NAMED_MONTH_FIRST)}, '\2 \1 \3'), "
        rf"{literal(_NAMED_YEAR_FIRST)}, '\3 \2 \1')"
    )
    parts = _parts(text, _NAMED, ("day", "month", "year", *_TIME_PARTS))
    month = f"{_months_sql()}[replace(lower(p.month), '.', '')]::VARCHAR"
    return _form("%d %B %Y", r"[\pL]", parts, month, era=era)


def _packed(era: str | None) -> Form:
    parts = _parts("t", _PACKED, ("year", "month", "day", "hour", "minute", "second"))
    gate = r"^(19|20|25)\d{6}([T ]?\d{4,6})?$"
    return _form("%Y%m%d", gate, parts, "p.month", era=era, full=False)


def _parts(text: str, pattern: str, names: tuple[str, ...]) -> str:
    listed = ", ".join(literal(name) for name in names)
    return f"regexp_extract({text}, {literal(pattern)}, [{listed}])"


def _form(
    name: str, gate: str, parts: str, month: str, *, era: str | None, full: bool = True
) -> Form:
    fraction = "coalesce('.' || left(nullif(p.fraction, ''), 6), '')" if full else "''"
    hour = _HOUR if full else "coalesce(nullif(p.hour, ''), '0')"
    clock = (
        f"{hour} || ':' || coalesce(nullif(p.minute, ''), '00') || ':' || "
        f"coalesce(nullif(p.second, ''), '00') || {fraction}"
    )
    day = f"{_year(era)} || '-' || {month} || '-' || p.day"
    local = f"CASE WHEN p.year <> '' THEN TRY_CAST({day} || ' ' || {clock} AS TIMESTAMP) END"
    return Form(
        name=name,
        gate=gate,
        local=let("p", parts, local),
        instant=None,
        year=f"{parts}.year",
        zone=f"{parts}.zone" if full else "''",
        clock=f"({parts}.hour <> '')",
        outline=f"({parts}.year <> '')",
    )


def _year(era: str | None) -> str:
    """The year of our era; Buddhist years are shifted before the day is checked."""
    short = f"y + CASE WHEN y >= {PIVOT} THEN 1900 ELSE 2000 END"
    if era == "buddhist":
        short = f"y + {2500 - ERA_SHIFT}"
    low, high = BUDDHIST_YEARS
    shift = f"CASE WHEN y BETWEEN {low} AND {high} THEN {ERA_SHIFT} ELSE 0 END"
    full = "y" if era == "gregorian" else f"y - {shift}"
    number = f"(CASE WHEN length(p.year) = 2 THEN {short} ELSE {full} END)::VARCHAR"
    return let("y", "TRY_CAST(p.year AS INT)", f"lpad({number}, 4, '0')")


def _epoch(name: str, gate: str, unit: int) -> Form:
    micros = f"TRY_CAST(TRY_CAST(t AS DECIMAL(30, 6)) * {unit} AS BIGINT)"
    plausible = f"{micros} BETWEEN 157766400000000 AND 4102444800000000"  # 1975 to 2100
    instant = (
        f"CASE WHEN regexp_matches(t, {literal(gate)}) AND {plausible} "
        f"THEN make_timestamp({micros}) END"
    )
    return Form(name, gate, None, instant, clock="true")


def _serial() -> Form:
    gate = r"^[2-7]\d{4}([.]\d+)?$"
    seconds = "round(TRY_CAST(t AS DOUBLE) * 86400)::BIGINT"
    local = (
        f"CASE WHEN regexp_matches(t, {literal(gate)}) "
        f"THEN TIMESTAMP '1899-12-30' + to_seconds({seconds}) END"
    )
    return Form("Excel serial", gate, local, None, clock="contains(t, '.')")


@cache
def _months_sql() -> str:
    pairs = ", ".join(f"{literal(word)}: {month}" for word, month in sorted(month_words().items()))
    return f"MAP {{{pairs}}}"


@cache
def month_words() -> dict[str, int]:
    """Month names, full and cut, without stops and in small letters."""
    words = {"sept": 9}
    for language in LANGUAGES:
        for width in ("wide", "abbreviated"):
            for context in ("format", "stand-alone"):
                for month, name in get_month_names(width, context, language).items():
                    words[name.lower().replace(".", "")] = int(month)
    return words


def strptime_form(text: str, order: str) -> str:
    """The format of an example as settings write it, such as ``%d-%m-%Y %H:%M``.

    Args:
        text: a cell written with digits only.
        order: the three letters of day, month and year in their order, such as dmY.
    """
    found = re.match(r"(\d+)( *[-/. ] *)(\d+)( *[-/. ] *)(\d+)(.*)$", text)
    if found is None:
        return ""
    letters = [letter if letter != "Y" or len(found[i]) == 4 else "y"
               for letter, i in zip(order, (1, 3, 5), strict=True)]  # fmt: skip
    day = f"%{letters[0]}{found[2]}%{letters[1]}{found[4]}%{letters[2]}"
    return day + _clock_form(found[6])


def _clock_form(rest: str) -> str:
    found = re.match(
        r"(T|,? +)\d{1,2}:\d{2}(:\d{2})?(\.\d+)?( *)([aApP][mM])?( *)(Z|[+-]\d\d:?\d*)?$", rest
    )
    if found is None:
        return ""
    hour = "%I" if found[5] else "%H"
    seconds = ":%S" if found[2] else ""
    fraction = ".%f" if found[3] else ""
    half = f"{found[4]}%p" if found[5] else ""
    zone = f"{found[6]}%z" if found[7] else ""
    return f"{found[1]}{hour}:%M{seconds}{fraction}{half}{zone}"
