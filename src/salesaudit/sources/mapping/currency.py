"""Amounts in the company's currency: converted by the rates of the settings, never by guess."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from babel.numbers import get_currency_precision

from salesaudit.core.errors import MappingError
from salesaudit.core.settings import ExchangeRate, Settings
from salesaudit.core.texts import Message, Text, message
from salesaudit.warehouse.sql import literal

SIGNS = {
    "฿": "THB", "บาท": "THB", "€": "EUR", "£": "GBP", "R$": "BRL", "₹": "INR", "₩": "KRW",
    "US$": "USD", "₫": "VND", "₱": "PHP", "zł": "PLN", "A$": "AUD", "S$": "SGD", "HK$": "HKD",
}  # fmt: skip
KEPT = 2  # decimals of money in the tables
DOLLARS = frozenset({"USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD"})
YENS = frozenset({"JPY", "CNY"})

SEVERAL = Text(
    "currency.several",
    en="{file}: “{column}” holds amounts in {found}, and the settings do not say what they are "
    "worth.",
    th="{file}: “{column}” มีจำนวนเงินหลายสกุล ({found}) แต่การตั้งค่าไม่ได้ระบุอัตราแลกเปลี่ยน",
)
GIVE_RATES = Text(
    "currency.give_rates",
    en="Add  exchange_rates: {{{missing}: ...}}  to salesaudit.yaml, with currency: set to the "
    "company's own.",
    th="เพิ่ม  exchange_rates: {{{missing}: ...}}  ใน salesaudit.yaml "
    "และกำหนด currency: เป็นสกุลเงินของบริษัท",
)


NO_CURRENCY = Text(
    "currency.none_given",
    en="{file}: {count} amounts of “{column}” name no currency and are taken as {currency}.",
    th="{file}: จำนวนเงิน {count} รายการใน “{column}” ไม่ระบุสกุลเงิน จึงถือเป็น {currency}",
)

# Columns that say on which day an amount counts, the first that is filled.
RATE_DAYS = ("closed_at", "ordered_at", "spent_on", "starts_on", "created_at")


def digits_of(currency: str | None) -> int:
    """Decimals that amounts of a currency have; never more than a table keeps."""
    return min(KEPT, get_currency_precision(currency)) if currency else KEPT


class Amount(NamedTuple):
    """An amount to convert."""

    value: str  # expression of the number
    currency: str  # expression of the code as written, of each record
    day: str | None  # expression of the day whose rate counts


def code_of(sign: str, company: str | None) -> str:
    """The ISO code that a sign or code stands for; a bare $ is the company's dollar."""
    plain = sign.strip()
    if plain == "$" and company in DOLLARS:
        return company
    if plain == "¥" and company in YENS:
        return company
    return SIGNS.get(plain, plain.upper())


def converted(
    amount: Amount,
    found: Mapping[str | None, int],
    settings: Settings,
    file: str,
    column: str,
) -> tuple[str, list[Message]]:
    """The amount in the company's currency, two decimals, half up.

    Args:
        amount: what to convert.
        found: every currency that the records name, as written, with their number.
        settings: ``currency`` and ``exchange_rates``.
        file: for messages.
        column: for messages.

    Raises:
        MappingError: a currency without a rate.
    """
    codes = {sign: code_of(sign, settings.currency) for sign in found if sign}
    different = sorted(set(codes.values()))
    if settings.currency is None and len(different) < 2:
        return amount.value, []
    cases = []
    for written, code in sorted(codes.items()):
        if code == settings.currency:
            rate = "1"
        elif code in settings.exchange_rates and settings.currency is not None:
            rate = _rate(settings.exchange_rates[code], amount.day)
        else:
            raise MappingError(
                SEVERAL, GIVE_RATES, file=file, column=column, found=", ".join(different),
                missing=code,
            )  # fmt: skip
        cases.append(f"WHEN {literal(written)} THEN {rate}")
    notes = []
    unnamed = sum(count for sign, count in found.items() if not sign)
    if unnamed and set(different) - {settings.currency}:
        notes.append(
            message(NO_CURRENCY, file=file, column=column, count=unnamed,
                    currency=settings.currency or "–")
        )  # fmt: skip
    if set(different) <= {settings.currency}:
        return amount.value, notes
    rate = f"CASE {amount.currency} {' '.join(cases)} ELSE 1 END"
    return f"round({amount.value} * CAST(({rate}) AS DECIMAL(18, 8)), 2)::DECIMAL(18, 2)", notes


def _rate(rate: float | tuple[ExchangeRate, ...], day: str | None) -> str:
    """The rate on a day: of the newest before it, else the oldest; without a day, the newest."""
    if not isinstance(rate, tuple):
        return f"{rate!r}"
    ordered = sorted(rate, key=lambda item: item.from_, reverse=True)
    newest, oldest = ordered[0].rate, ordered[-1].rate
    if day is None:
        return f"{newest!r}"
    cases = " ".join(f"WHEN {day} >= DATE '{r.from_.isoformat()}' THEN {r.rate!r}" for r in ordered)
    return f"CASE WHEN {day} IS NULL THEN {newest!r} {cases} ELSE {oldest!r} END"
