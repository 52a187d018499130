"""How numbers, money, dates and messages are written in each language; nothing else writes them.

Babel supplies the names, signs and separators. Our own rules stand above it: the digits of a number
are earned by its interval, digits are Arabic, the minus is a true minus, and a number never parts
from its unit at the end of a line.
"""

from __future__ import annotations

import datetime as dt
import math
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import NamedTuple

import babel

from salesaudit.core.errors import InternalError
from salesaudit.core.language import Language
from salesaudit.core.texts import Message, Param, Quantity, Text, Unit

NONE = "–"
EN_DASH = "–"
MINUS = "−"
NO_BREAK = "\u00a0"
THIN = "\u202f"  # narrow, no break

FEW = 100  # below this many cases a rate is written in whole percents
YEARS_TO_BUDDHIST = 543

ONE_DAY = Text("unit.day", en="{n}\u00a0day", th="{n}\u00a0วัน")
DAYS = Text("unit.days", en="{n}\u00a0days", th="{n}\u00a0วัน")
MILLION = Text("unit.million", en="{n}\u00a0million", th="{n}\u00a0ล้าน")
BILLION = Text("unit.billion", en="{n}\u00a0billion", th="{n}\u00a0พันล้าน")
MONEY_MILLION = Text("unit.money-million", en="{n}\u00a0m", th="{n}\u00a0ล้าน")
MONEY_BILLION = Text("unit.money-billion", en="{n}\u00a0bn", th="{n}\u00a0พันล้าน")
TO_ONE = Text("unit.to-one", en="{n}\u00a0:\u00a01", th="{n}\u00a0ต่อ\u00a01")
UNDER = Text("number.under", en="under\u00a0{n}", th="น้อยกว่า\u00a0{n}")
ZERO_OF = Text("number.zero-of", en="0 of {n} (up to {most})", th="0 จาก {n} (ไม่เกิน {most})")
ZERO_OF_MANY = Text(
    "number.zero-of-many", en="0 of {n} (under {most})", th="0 จาก {n} (น้อยกว่า {most})"
)
CHANCE = Text("chance.about", en="about {x} in 10 ({rate})", th="ประมาณ {x} ใน 10 ({rate})")
CHANCE_SMALL = Text("chance.small", en="less than 1 in 10 ({rate})", th="น้อยกว่า 1 ใน 10 ({rate})")
CHANCE_GREAT = Text("chance.great", en="more than 9 in 10 ({rate})", th="มากกว่า 9 ใน 10 ({rate})")
QUARTER = Text("date.quarter", en="Q{quarter} {year}", th="ไตรมาส {quarter}/{year}")
FISCAL_YEAR = Text("date.fiscal-year", en="FY {year}", th="ปีงบประมาณ {year}")

# What Babel says otherwise than business people do.
SIGNS = {"USD": "US$"}  # English
SHORT_SIGNS = {"THB": "฿"}  # English, beside m and bn
THAI_NAMES = {"BRL": "เรอัล"}

_UNIT = Decimal(1)
_TENTH = Decimal("0.1")
_HUNDREDTH = Decimal("0.01")
_THOUSANDTH = Decimal("0.001")
_FINEST = {
    Unit.RATE: _TENTH,  # in percent
    Unit.COUNT: _UNIT,
    Unit.DAYS: _UNIT,
    Unit.MONEY: _HUNDREDTH,
    Unit.RATIO: _HUNDREDTH,
    Unit.SCORE: Decimal(5),  # of 100
    Unit.P: _THOUSANDTH,
}
_SCALES = (
    (Decimal(10) ** 9, BILLION, MONEY_BILLION),
    (Decimal(10) ** 6, MILLION, MONEY_MILLION),
)

Number = float | Decimal | None


class Figure(NamedTuple):
    """A number as shown, and its range; ``range`` is empty where there is no interval."""

    value: str
    range: str


@dataclass(frozen=True)
class Locale:
    """How the reader of one page reads: language, currency of the company, calendar.

    Args:
        language: separators and words follow it, whatever the currency.
        currency: ISO 4217; without one money is a bare number.
        calendar: ``buddhist`` or ``gregorian``; without one the language's own.
    """

    language: Language
    currency: str | None = None
    calendar: str | None = None

    @property
    def buddhist(self) -> bool:
        """Whether years are counted from 543 BC."""
        default = "buddhist" if self.language == Language.TH else "gregorian"
        return (self.calendar or default) == "buddhist"

    @property
    def era(self) -> str:
        """Mark to set beside the first date of a page; empty where none is needed."""
        if not self.buddhist:
            return ""
        return "พ.ศ." if self.language == Language.TH else "BE"

    def figure(
        self,
        value: Number,
        lower: Number,
        upper: Number,
        unit: Unit,
        n: int | None = None,
        *,
        hollow: bool = False,
    ) -> Figure:
        """A number and its range, in the digits that half the range's width has earned.

        The value carries the signs of percent and currency; days, counts and the range are bare.
        A rate of fewer than ``FEW`` cases, or drawn hollow, is in whole percents.
        """
        exact, low, high = (_exact(number, unit) for number in (value, lower, upper))
        if exact is None:
            return Figure(NONE, "")
        whole = hollow or (n is not None and n < FEW)
        place = _place(exact, low, high, unit, whole=whole)
        ends = "" if low is None or high is None else self._range(low, high, place)
        return Figure(self._signed(self._shown(exact, place, unit), unit), ends)

    def quantity(self, quantity: Quantity) -> str:
        """A number with its unit, in the digits that its range has earned."""
        shown = self.figure(quantity.value, quantity.lower, quantity.upper, quantity.unit).value
        return self._in_days(shown) if quantity.unit is Unit.DAYS else shown

    def between(self, lower: Number, upper: Number, unit: Unit) -> str:
        """Two ends of something seen, such as the quickest and the slowest, with the unit once."""
        low, high = _exact(lower, unit), _exact(upper, unit)
        if low is None or high is None:
            return NONE
        place = min(_plain_place(low, unit), _plain_place(high, unit))
        shown = self._signed(self._range(low, high, place), unit)
        return self._in_days(shown) if unit is Unit.DAYS else shown

    def count(self, value: Number, compact: bool = False) -> str:
        """A whole number; ``compact`` writes millions as a word, in three digits."""
        exact = _exact(value, Unit.COUNT)
        if exact is None:
            return NONE
        for size, words, _ in _SCALES if compact else ():
            if abs(exact) >= size:
                return self._say(words, n=self._digits(exact / size, _leading(exact / size, 3)))
        return self._digits(exact, _UNIT)

    def number(self, value: Number, digits: int = 2) -> str:
        """A bare number with at most ``digits`` decimals: the 18.75 in "18 (18.75 expected)"."""
        exact = _exact(value, Unit.COUNT)
        if exact is None:
            return NONE
        exponent = _rounded(exact, _UNIT.scaleb(-digits)).normalize().as_tuple().exponent
        return self._digits(exact, _UNIT.scaleb(min(0, int(exponent))))

    def rate(self, value: Number, digits: int | None = None) -> str:
        """A fraction in percent, with at most one decimal."""
        exact = _exact(value, Unit.RATE)
        if exact is None:
            return NONE
        place = _plain_place(exact, Unit.RATE)
        if digits is not None:
            place = max(_TENTH, _UNIT.scaleb(-digits))
        return self._signed(self._digits(exact, place), Unit.RATE)

    def zero_of(self, n: int, upper: float) -> str:
        """None of ``n``, and the rate that would still be believable: "0 of 41 (up to 9 %)"."""
        most = _exact(upper, Unit.RATE) or Decimal(0)
        place = _place(most, Decimal(0), most, Unit.RATE, whole=n < FEW)
        text, most = (ZERO_OF, most) if _rounded(most, place) else (ZERO_OF_MANY, place)
        shown = self._signed(self._digits(most, place), Unit.RATE)
        return self._say(text, n=self.count(n), most=shown)

    def chance(self, value: Number) -> str:
        """A probability as so many in ten, with its percent."""
        exact = _exact(value, Unit.RATE)
        if exact is None:
            return NONE
        tenths = int(_rounded(exact / 10, _UNIT))
        text = {0: CHANCE_SMALL, 10: CHANCE_GREAT}.get(tenths, CHANCE)
        return self._say(text, x=str(tenths), rate=self.rate(value, digits=0))

    def to_one(self, value: Number) -> str:
        """A return: so much back per one spent."""
        shown = self.figure(value, None, None, Unit.RATIO).value
        return shown if shown == NONE else self._say(TO_ONE, n=shown)

    def money(self, value: Number, compact: bool = False) -> str:
        """Money of the company's currency; ``compact`` writes millions in two digits."""
        exact = _exact(value, Unit.MONEY)
        if exact is None:
            return NONE
        for size, _, words in _SCALES if compact else ():
            if abs(exact) >= size:
                shown = self._digits(exact / size, _leading(exact / size, 2))
                return self._in_currency(self._say(words, n=shown), scaled=True)
        place = _plain_place(exact, Unit.MONEY)
        return self._in_currency(self._digits(exact, place), scaled=compact)

    def days(self, value: Number) -> str:
        """A length in whole days."""
        exact = _exact(value, Unit.DAYS)
        return NONE if exact is None else self._in_days(self._digits(exact, _UNIT))

    def date(self, day: dt.date) -> str:
        """14 Nov 2018."""
        return f"{day.day} {self.month(day)}"

    def month(self, day: dt.date) -> str:
        """Nov 2018."""
        return f"{_months(self.language)[day.month]} {self._year(day.year)}"

    def quarter(self, day: dt.date) -> str:
        """Q2 2018: the quarter of the calendar that holds ``day``."""
        return self._say(QUARTER, quarter=str((day.month + 2) // 3), year=self._year(day.year))

    def fiscal_year(self, first: dt.date) -> str:
        """FY 2018/19: the twelve months from ``first`` on; Thai names them by their first day."""
        year = self._year(first.year)
        if first.month > 1 and self.language == Language.EN:
            year = f"{year}/{self._year(first.year + 1)[-2:]}"
        return self._say(FISCAL_YEAR, year=year)

    def span(self, first: dt.date, last: dt.date) -> str:
        """Two dates, or one where they are the same."""
        if first == last:
            return self.date(first)
        return f"{self.date(first)} {EN_DASH} {self.date(last)}"

    def message(self, message: Message) -> str:
        """A message written out.

        Raises:
            InternalError: the message lacks a parameter, or one is of a kind that cannot be shown.
        """
        shown = {name: self._param(value) for name, value in message.params.items()}
        return self._say(message.text, **shown)

    def _param(self, value: Param) -> str:
        match value:
            case Text():
                return self.message(Message(value))
            case Quantity():
                return self.quantity(value)
            case str():
                return value
            case int():
                return self.count(value)
            case dt.date():
                return self.date(value)
            case _:
                raise InternalError(f"a text cannot show {value!r}; give a number its unit")

    def _say(self, text: Text, **shown: str) -> str:
        pattern = text.th if self.language == Language.TH else text.en
        try:
            return pattern.format(**shown)
        except (KeyError, IndexError) as error:
            raise InternalError(f"text {text.id} was given no {error}") from error

    def _shown(self, value: Decimal, place: Decimal, unit: Unit) -> str:
        if unit is Unit.P and value < _THOUSANDTH:
            return self._say(UNDER, n=self._digits(_THOUSANDTH, _THOUSANDTH))
        return self._digits(value, place)

    def _range(self, lower: Decimal, upper: Decimal, place: Decimal) -> str:
        low, high = self._digits(lower, place), self._digits(upper, place)
        gap = THIN if MINUS in low else ""  # keeps the dash apart from a minus
        return f"{low}{gap}{EN_DASH}{gap}{high}"

    def _signed(self, shown: str, unit: Unit) -> str:
        if unit is Unit.RATE:
            return f"{shown}%" if self.language == Language.TH else f"{shown}{THIN}%"
        return self._in_currency(shown) if unit is Unit.MONEY else shown

    def _in_days(self, shown: str) -> str:
        if shown == NONE:
            return shown
        return self._say(ONE_DAY if shown == "1" else DAYS, n=shown)

    def _in_currency(self, shown: str, scaled: bool = False) -> str:
        if self.currency is None:
            return shown
        if self.language == Language.TH:
            gap = "" if scaled and NO_BREAK in shown else NO_BREAK  # 1.2 ล้านบาท
            return f"{shown}{gap}{_thai_name(self.currency)}"
        sign = _sign(self.currency, short=scaled)
        gap = "" if len(sign) == 1 else NO_BREAK
        minus = MINUS if shown.startswith(MINUS) else ""
        return f"{minus}{sign}{gap}{shown.removeprefix(MINUS)}"

    def _digits(self, value: Decimal, place: Decimal) -> str:
        rounded = _rounded(value, place)
        shown = f"{abs(rounded):,.{max(0, -place.adjusted())}f}"
        minus = MINUS if rounded < 0 else ""
        return minus + shown.translate(_separators(self.language))

    def _year(self, year: int) -> str:
        return str(year + YEARS_TO_BUDDHIST if self.buddhist else year)


def _exact(value: Number, unit: Unit) -> Decimal | None:
    """The number as it is written out in full, in percent where that is how it is shown."""
    if value is None or not math.isfinite(value):
        return None
    exact = Decimal(str(value))
    return exact * 100 if unit in {Unit.RATE, Unit.SCORE} else exact


def _place(
    value: Decimal, lower: Decimal | None, upper: Decimal | None, unit: Unit, *, whole: bool
) -> Decimal:
    """The decimal place at which a number and the ends of its range are rounded."""
    finest = _UNIT if whole and unit is Unit.RATE else _finest(value, unit)
    if lower is None or upper is None or upper <= lower:
        return max(finest, _plain_place(value, unit))
    return max(finest, _earned_place((upper - lower) / 2))


def _earned_place(half: Decimal) -> Decimal:
    """Two digits of half the range's width where they are 10 to 35, one where 36 to 99."""
    leading = half.adjusted()
    first_two = int(half.scaleb(1 - leading))
    return _UNIT.scaleb(leading - 1 if first_two <= 35 else leading)


def _plain_place(value: Decimal, unit: Unit) -> Decimal:
    """The place of a number without a range: as fine as its unit allows, whole if that is exact."""
    finest = _finest(value, unit)
    if unit is Unit.P or finest >= 1:
        return finest
    if unit is Unit.MONEY and abs(value) >= 100:
        return _UNIT
    rounded = _rounded(value, finest)
    return _UNIT if rounded == rounded.to_integral_value() else finest


def _finest(value: Decimal, unit: Unit) -> Decimal:
    return _TENTH if unit is Unit.RATIO and abs(value) >= 1 else _FINEST[unit]


def _leading(value: Decimal, digits: int) -> Decimal:
    return _UNIT.scaleb(min(0, value.adjusted() - digits + 1))


def _rounded(value: Decimal, place: Decimal) -> Decimal:
    """Rounded to the nearest multiple of ``place``, halves away from zero."""
    return (value / place).to_integral_value(ROUND_HALF_UP) * place


@cache
def _names(language: str) -> babel.Locale:
    return babel.Locale.parse(language)


@cache
def _months(language: str) -> dict[int, str]:
    return dict(_names(language).months["format"]["abbreviated"])


@cache
def _separators(language: str) -> dict[int, str]:
    symbols = _names(language).number_symbols["latn"]
    return {ord(","): symbols["group"], ord("."): symbols["decimal"]}


@cache
def _sign(currency: str, *, short: bool) -> str:
    if short and currency in SHORT_SIGNS:
        return SHORT_SIGNS[currency]
    return SIGNS.get(currency) or str(_names("en").currency_symbols.get(currency, currency))


@cache
def _thai_name(currency: str) -> str:
    name = THAI_NAMES.get(currency) or str(_names("th").currencies.get(currency, currency))
    return name.partition(" (")[0]  # without the country, which Babel adds to some
