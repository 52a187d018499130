"""Amounts in the company's currency: converted by the rates of the settings, never by guess."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from salesaudit.core.errors import MappingError
from salesaudit.core.settings import ExchangeRate, Settings
from salesaudit.core.texts import Text
from salesaudit.sources.sql import literal

SIGNS = {
    "฿": "THB", "บาท": "THB", "€": "EUR", "£": "GBP", "R$": "BRL", "₹": "INR", "₩": "KRW",
    "US$": "USD", "₫": "VND", "₱": "PHP", "zł": "PLN", "A$": "AUD", "S$": "SGD", "HK$": "HKD",
}  # fmt: skip
DOLLARS = frozenset({"USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD"})
YENS = frozenset({"JPY", "CNY"})

SEVERAL = Text(
    "currency.several",
    en="{file}: “{column}” holds amounts in {found}, and the settings do not say what they are worth.",
    th="{file}: “{column}” มีจำนวนเงินหลายสกุล ({found}) แต่การตั้งค่าไม่ได้ระบุอัตราแลกเปลี่ยน",
)
GIVE_RATES = Text(
    "currency.give_rates",
    en="Add  exchange_rates: {{{missing}: ...}}  to salesaudit.yaml, with currency: set to the "
    "company's own.",
    th="เพิ่ม  exchange_rates: {{{missing}: ...}}  ใน salesaudit.yaml และกำหนด currency: เป็นสกุลเงินของบริษัท",
)


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


def check_signs(signs: Sequence[str], settings: Settings, file: str, column: str) -> None:
    """Refuse signs in the cells that are not all the company's currency.

    Raises:
        MappingError: several currencies, or one that is not the company's.
    """
    codes = sorted({code_of(sign, settings.currency) for sign in signs})
    if not codes or codes == [settings.currency] or (len(codes) == 1 and not settings.currency):
        return
    missing = next((code for code in codes if code != settings.currency), codes[0])
    raise MappingError(
        SEVERAL, GIVE_RATES, file=file, column=column, found=", ".join(codes), missing=missing
    )


def converted(
    amount: Amount, codes: Sequence[str], settings: Settings, file: str, column: str
) -> str:
    """The amount in the company's currency, two decimals, half up.

    Args:
        amount: what to convert.
        codes: every currency that the records name, as written.
        settings: ``currency`` and ``exchange_rates``.
        file: for messages.
        column: for messages.

    Raises:
        MappingError: a currency without a rate.
    """
    cases = []
    for written in codes:
        code = code_of(written, settings.currency)
        if code == settings.currency or (settings.currency is None and len(codes) == 1):
            rate = "1"
        elif code in settings.exchange_rates:
            rate = _rate(settings.exchange_rates[code], amount.day)
        else:
            found = ", ".join(codes)
            raise MappingError(
                SEVERAL, GIVE_RATES, file=file, column=column, found=found, missing=code
            )
        cases.append(f"WHEN {literal(written)} THEN {rate}")
    if not cases:
        return amount.value
    rate = f"CASE {amount.currency} {' '.join(cases)} ELSE 1 END"
    return f"round({amount.value} * ({rate}), 2)::DECIMAL(18, 2)"


def _rate(rate: float | tuple[ExchangeRate, ...], day: str | None) -> str:
    if not isinstance(rate, tuple):
        return f"{rate!r}"
    ordered = sorted(rate, key=lambda item: item.from_, reverse=True)
    if day is None:
        return f"{ordered[0].rate!r}"
    cases = " ".join(f"WHEN {day} >= DATE '{r.from_.isoformat()}' THEN {r.rate!r}" for r in ordered)
    return f"CASE {cases} ELSE {ordered[-1].rate!r} END"
