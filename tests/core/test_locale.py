"""Numbers, money, dates and messages as people read them, in both languages."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from salesaudit.core.errors import InternalError
from salesaudit.core.language import Language, system_language
from salesaudit.core.locale import MINUS, NO_BREAK, THIN, Figure, Locale
from salesaudit.core.texts import Message, Quantity, Text, Unit, message

EN = Locale(Language.EN, "BRL")
TH = Locale(Language.TH, "BRL")
BOTH = pytest.mark.parametrize("locale", [EN, TH], ids=["en", "th"])


def plain(shown: str) -> str:
    """With ordinary spaces, for reading; where the kind of space matters it is tested alone."""
    return shown.replace(NO_BREAK, " ").replace(THIN, " ")


@pytest.mark.parametrize(
    ("estimate", "en", "th", "ends"),
    [
        ((0.10525, 0.0987, 0.1122, Unit.RATE, 8000), "10.5 %", "10.5%", "9.9–11.2"),
        ((0.163, 0.142, 0.186, Unit.RATE, 900), "16.3 %", "16.3%", "14.2–18.6"),
        ((14 / 60, 0.14, 0.35, Unit.RATE, 60), "23 %", "23%", "14–35"),
        ((268e3, 196e3, 324e3, Unit.MONEY), "R$ 270,000", "270,000 เรอัล", "200,000–320,000"),
        ((0.136, 0.114, 0.162, Unit.RATE, 5998), "13.6 %", "13.6%", "11.4–16.2"),
        ((727, 383.0, 1480.0, Unit.COUNT), "700", "700", "400–1,500"),
        ((13, 10.2, 15.1, Unit.DAYS), "13", "13", "10–15"),
        ((1.27, 1.1, 1.5, Unit.RATIO), "1.3", "1.3", "1.1–1.5"),
        ((0.57, 0.41, 0.71, Unit.SCORE), "55", "55", "40–70"),
    ],
)
def test_half_the_width_of_the_range_earns_the_digits(
    estimate: tuple[float, float, float, Unit], en: str, th: str, ends: str
) -> None:
    for locale, wanted in ((EN, en), (TH, th)):
        shown = locale.figure(*estimate)
        assert (plain(shown.value), shown.range) == (wanted, ends)


@pytest.mark.parametrize(
    ("half", "shown"),
    [("100", "1,230"), ("359", "1,230"), ("360", "1,200"), ("999", "1,200"), ("1000", "1,200")],
)
def test_two_digits_are_kept_from_10_to_35_and_one_from_36_to_99(half: str, shown: str) -> None:
    width = Decimal(half)
    assert EN.figure(Decimal(1234), 1234 - width, 1234 + width, Unit.COUNT).value == shown


def test_rates_of_few_cases_and_hollow_rows_are_in_whole_percents() -> None:
    narrow = (0.1052, 0.0987, 0.1122, Unit.RATE)
    assert EN.figure(*narrow, 99) == (f"11{THIN}%", "10–11")
    assert EN.figure(*narrow, 100) == (f"10.5{THIN}%", "9.9–11.2")
    assert EN.figure(*narrow, 8000, hollow=True) == (f"11{THIN}%", "10–11")


def test_percents_have_at_most_one_decimal_however_narrow_the_range() -> None:
    assert EN.figure(0.123456, 0.12345, 0.12347, Unit.RATE).range == "12.3–12.3"
    assert EN.rate(0.123456, digits=3) == f"12.3{THIN}%"
    assert (plain(EN.rate(0.3)), plain(TH.rate(0.3))) == ("30 %", "30%")


def test_halves_are_rounded_away_from_zero_as_written_not_as_stored() -> None:
    assert EN.rate(0.10525, digits=0) == f"11{THIN}%"
    assert plain(EN.rate(0.1005, digits=1)) == "10.1 %"
    assert (EN.count(2.5), EN.count(-2.5), EN.count(-0.4)) == ("3", f"{MINUS}3", "0")


def test_none_of_n_says_how_many_it_could_still_be() -> None:
    assert plain(EN.zero_of(41, 0.086)) == "0 of 41 (up to 9 %)"
    assert plain(TH.zero_of(41, 0.086)) == "0 จาก 41 (ไม่เกิน 9%)"
    assert plain(EN.zero_of(40_000, 0.00009)) == "0 of 40,000 (under 0.1 %)"


@BOTH
@pytest.mark.parametrize("missing", [None, float("nan"), float("inf"), Decimal("NaN")])
def test_what_is_not_known_is_a_dash(locale: Locale, missing: float | None) -> None:
    assert locale.figure(missing, 0.1, 0.2, Unit.RATE) == Figure("–", "")
    shown = (locale.count, locale.rate, locale.money, locale.days, locale.number, locale.chance)
    assert {write(missing) for write in shown} == {"–"}
    assert locale.to_one(missing) == locale.between(missing, 3, Unit.DAYS) == "–"
    if missing is not None:
        assert locale.quantity(Quantity(float(missing), Unit.DAYS)) == "–"


def test_a_number_without_an_interval_has_no_range() -> None:
    assert EN.figure(842, None, None, Unit.COUNT) == Figure("842", "")
    assert EN.figure(0.105, 0.09, None, Unit.RATE).range == ""


def test_counts() -> None:
    assert (EN.count(8000), TH.count(8000)) == ("8,000", "8,000")
    assert EN.count(1_240_000, compact=True) == "1.24\u00a0million"
    assert TH.count(1_240_000, compact=True) == "1.24\u00a0ล้าน"
    assert EN.count(8000, compact=True) == "8,000"
    assert (EN.number(18.75), EN.number(18), EN.number(1200)) == ("18.75", "18", "1,200")


@pytest.mark.parametrize(
    ("currency", "value", "compact", "en", "th"),
    [
        ("THB", 1_234_500, False, "THB 1,234,500", "1,234,500 บาท"),
        ("THB", 1_234_500, True, "฿1.2 m", "1.2 ล้านบาท"),
        ("THB", 2_340_000_000, True, "฿2.3 bn", "2.3 พันล้านบาท"),
        ("BRL", 52_000, False, "R$ 52,000", "52,000 เรอัล"),
        ("BRL", 1_000_000, True, "R$ 1.0 m", "1.0 ล้านเรอัล"),
        ("USD", 9_000, False, "US$ 9,000", "9,000 ดอลลาร์สหรัฐ"),
        ("USD", 9_000, True, "US$ 9,000", "9,000 ดอลลาร์สหรัฐ"),
        ("USD", -9_000, False, "−US$ 9,000", "−9,000 ดอลลาร์สหรัฐ"),
        ("GBP", 3.5, False, "£3.50", "3.50 ปอนด์สเตอร์ลิง"),
        ("XXA", 12, False, "XXA 12", "12 XXA"),
        (None, 52_000, False, "52,000", "52,000"),
        (None, 5_200_000, True, "5.2 m", "5.2 ล้าน"),
    ],
)
def test_money(currency: str | None, value: float, compact: bool, en: str, th: str) -> None:
    assert plain(Locale(Language.EN, currency).money(value, compact)) == en
    assert plain(Locale(Language.TH, currency).money(value, compact)) == th


def test_a_number_never_parts_from_its_unit() -> None:
    shown = [EN.rate(0.3), EN.money(52_000), TH.money(52_000), EN.days(13), TH.days(13)]
    shown += [EN.money(5e6, compact=True), TH.money(5e6, compact=True), EN.to_one(2.4)]
    shown += [EN.between(14, 162, Unit.DAYS), EN.figure(-300, -700, 100, Unit.MONEY).range]
    assert [text for text in shown if " " in text] == []


def test_lengths_returns_and_chances() -> None:
    assert (plain(EN.days(1)), plain(EN.days(13.4)), plain(TH.days(13))) == (
        "1 day",
        "13 days",
        "13 วัน",
    )
    assert (plain(EN.to_one(2.4)), plain(TH.to_one(2.4))) == ("2.4 : 1", "2.4 ต่อ 1")
    assert plain(EN.to_one(2.0)) == "2 : 1"
    assert plain(EN.chance(0.3)) == "about 3 in 10 (30 %)"
    assert plain(TH.chance(0.3)) == "ประมาณ 3 ใน 10 (30%)"
    assert plain(EN.chance(0.02)) == "less than 1 in 10 (2 %)"
    assert plain(EN.chance(0.97)) == "more than 9 in 10 (97 %)"


def test_a_range_names_its_unit_once() -> None:
    assert plain(EN.between(14, 162, Unit.DAYS)) == "14–162 days"
    assert plain(TH.between(14, 162, Unit.DAYS)) == "14–162 วัน"
    assert plain(EN.between(100, 2000, Unit.MONEY)) == "R$ 100–2,000"
    assert plain(EN.figure(-0.05, -0.08, -0.02, Unit.RATE).range) == "−8.0 – −2.0"


def test_dates_are_buddhist_in_thai_unless_asked_otherwise() -> None:
    day = date(2018, 11, 14)
    assert (EN.date(day), TH.date(day)) == ("14 Nov 2018", "14 พ.ย. 2561")
    assert (EN.month(day), TH.month(day)) == ("Nov 2018", "พ.ย. 2561")
    assert Locale(Language.TH, calendar="gregorian").date(day) == "14 พ.ย. 2018"
    assert Locale(Language.EN, calendar="buddhist").date(day) == "14 Nov 2561"
    assert (EN.era, TH.era) == ("", "พ.ศ.")
    assert TH.date(date(2020, 2, 29)) == "29 ก.พ. 2563"


def test_periods() -> None:
    first, last = date(2017, 6, 14), date(2018, 11, 14)
    assert EN.span(first, last) == "14 Jun 2017 – 14 Nov 2018"
    assert TH.span(first, last) == "14 มิ.ย. 2560 – 14 พ.ย. 2561"
    assert EN.span(first, first) == "14 Jun 2017"
    assert EN.quarter(date(2018, 6, 30)) == "Q2 2018"
    assert TH.quarter(date(2018, 6, 30)) == "ไตรมาส 2/2561"
    assert EN.fiscal_year(date(2018, 4, 1)) == "FY 2018/19"
    assert TH.fiscal_year(date(2018, 4, 1)) == "ปีงบประมาณ 2561"
    assert EN.fiscal_year(date(2018, 1, 1)) == "FY 2018"


def test_a_quantity_is_one_string_in_the_digits_of_its_range() -> None:
    quantities = (
        Quantity(0.10525, Unit.RATE, 0.0987, 0.1122),
        Quantity(268_000, Unit.MONEY, 196_000, 324_000),
        Quantity(13, Unit.DAYS),
        Quantity(0.0161, Unit.P),
        Quantity(0.0003, Unit.P),
        Quantity(2.4, Unit.RATIO),
        Quantity(8000, Unit.COUNT),
    )
    assert [plain(EN.quantity(quantity)) for quantity in quantities] == [
        "10.5 %",
        "R$ 270,000",
        "13 days",
        "0.016",
        "under 0.001",
        "2.4",
        "8,000",
    ]
    assert plain(TH.quantity(quantities[2])) == "13 วัน"
    assert plain(TH.quantity(quantities[4])) == "น้อยกว่า 0.001"


STEP = Text(
    "step",
    en="{n} {channel} leads since {day}: {now}, {word}",
    th="ลีดจาก{channel} {n} รายตั้งแต่ {day}: {now} {word}",
)
WORD = Text("word", en="clear", th="ชัดเจน")
NEEDY = Text("needy", en="of {file}", th="ของ {file}")


def test_a_message_is_written_by_the_kind_of_each_parameter() -> None:
    said = message(
        STEP,
        n=8000,
        channel="{paid}",
        day=date(2018, 11, 14),
        now=Quantity(0.49, Unit.RATE),
        word=WORD,
    )
    assert plain(EN.message(said)) == "8,000 {paid} leads since 14 Nov 2018: 49 %, clear"
    assert plain(TH.message(said)) == "ลีดจาก{paid} 8,000 รายตั้งแต่ 14 พ.ย. 2561: 49% ชัดเจน"


@BOTH
def test_a_missing_parameter_is_our_fault_and_no_brace_is_printed(locale: Locale) -> None:
    with pytest.raises(InternalError, match="needy was given no 'file'"):
        locale.message(message(NEEDY))
    with pytest.raises(InternalError, match="needy"):
        locale.message(message(Text("outer", en="{of}", th="{of}"), of=NEEDY))


def test_a_number_in_a_text_needs_a_unit() -> None:
    with pytest.raises(InternalError, match="give a number its unit"):
        EN.message(Message(NEEDY, {"file": 0.5}))  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("environment", "wanted"),
    [
        ({"LANG": "th_TH.UTF-8"}, Language.TH),
        ({"LANG": "pt_BR.UTF-8"}, Language.EN),
        ({"LC_ALL": "C", "LANG": "th_TH"}, Language.EN),
        ({"LC_ALL": "", "LC_MESSAGES": "TH", "LANG": "en_GB"}, Language.TH),
        ({}, Language.EN),
    ],
)
def test_the_terminal_asks_for_its_language(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], wanted: Language
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert system_language() is wanted


def test_importing_it_does_not_load_the_heavy_parts_of_babel() -> None:
    code = "import sys, salesaudit.core.locale; print('babel.numbers' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def number(shown: str) -> Decimal:
    """Read a shown number back."""
    return Decimal(shown.replace(",", "").replace(MINUS, "-").strip(f"{THIN}%"))


@st.composite
def intervals(draw: st.DrawFn, least: float, most: float) -> tuple[float, float, float]:
    """Lower end, value, upper end."""
    ends = [draw(st.floats(least, most, allow_subnormal=False)) for _ in range(3)]
    lower, value, upper = sorted(ends)
    return lower, value, upper


@given(intervals(-1e9, 1e9), st.sampled_from([Unit.COUNT, Unit.DAYS, Unit.MONEY]))
def test_what_is_shown_is_as_near_as_the_range_is_wide(
    interval: tuple[float, float, float], unit: Unit
) -> None:
    lower, value, upper = interval
    shown = Locale(Language.EN).figure(value, lower, upper, unit)
    low, high = (number(end.strip(THIN)) for end in shown.range.split("–"))
    assert low <= number(shown.value) <= high
    half = (Decimal(str(upper)) - Decimal(str(lower))) / 2
    allowed = max(half / Decimal("3.6") / 2, Decimal("0.5"))  # half of one step of the last digit
    for exact, written in ((lower, low), (value, number(shown.value)), (upper, high)):
        assert abs(Decimal(str(exact)) - written) <= allowed


@given(intervals(0, 1), st.integers(1, 1000), st.booleans())
def test_rates_read_the_same_in_both_languages(
    interval: tuple[float, float, float], n: int, hollow: bool
) -> None:
    lower, value, upper = interval
    en, th = (at.figure(value, lower, upper, Unit.RATE, n, hollow=hollow) for at in (EN, TH))
    assert en.value.replace(THIN, "") == th.value
    assert en.range == th.range
    low, high = map(number, en.range.split("–"))
    assert 0 <= low <= number(en.value) <= high <= 100
    if n < 100 or hollow:
        assert "." not in en.value + en.range
