"""Amounts as exports write them: one way of reading for a column, or a question."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from cli.shell import refused
from sources.columns.column import asked, read

STYLES = ["1,234.50", "1.234,50", "1 234,50", "1\u00a0234,50", "1'234.50"]


@pytest.mark.parametrize("cell", STYLES)
def test_thousands_and_decimals_in_every_style(tmp_path: Path, cell: str) -> None:
    assert read(tmp_path, "amount", [cell, "7"]).values == [Decimal("1234.50"), Decimal(7)]


def test_one_value_settles_the_decimal_sign_of_a_column(tmp_path: Path) -> None:
    said = asked(tmp_path / "open", "amount", ["1.234", "5.678"])
    assert "decimal point or decimal comma (2 values fit both, e.g. 1.234)" in said
    assert 'decimal: "."  or  decimal: ","  under columns.amount' in said
    settled = read(tmp_path / "settled", "amount", ["1.234", "1.23"])
    assert settled.values == [Decimal("1.23")] * 2
    assert settled.notes == {"columns.rounded": 1}


def test_the_rest_of_the_file_proposes_a_decimal_sign_and_does_not_decide(tmp_path: Path) -> None:
    said = asked(tmp_path, "amount", ["1.234", "5.678"], separator=";")
    assert "Files separated by semicolons mostly have decimal commas" in said
    cells = ["1.234;5,5", "5.678;6,25"]
    settings = (
        "sources:\n  - {read: d.csv, into: deals, columns: {deal_id: a, status: {value: won}, "
        "closed_at: b, amount: c, margin: d}}\n"
    )
    text = "a|b|c|d\n" + "".join(
        f"{i}|2024-01-02|{cell.replace(';', '|')}\n" for i, cell in enumerate(cells)
    )
    said = refused(tmp_path / "other", {"d.csv": text, "salesaudit.yaml": settings})
    assert "“d” of the same file is written with “,”" in said
    assert "decimal: ','  under columns.amount" in said


def test_two_styles_in_one_column_are_refused_with_a_row_of_each(tmp_path: Path) -> None:
    said = asked(tmp_path, "amount", ["1,234.5", "1.234,5"])
    assert "two number styles: '1,234.5' (1) with a decimal point, '1.234,5' (2)" in said


SIGNED = [
    ("$1,200.00", "USD", 1200),
    ("1.234,56 €", "EUR", Decimal("1234.56")),
    ("฿1,250.0", "THB", 1250),
    ("(1,200.0)", "THB", -1200),
    ("1,200.0-", "THB", -1200),
    ("−5", "THB", -5),
]


@pytest.mark.parametrize(("cell", "currency", "value"), SIGNED)
def test_signs_of_money_and_of_less_than_nothing(
    tmp_path: Path, cell: str, currency: str, value: Decimal
) -> None:
    column = read(tmp_path, "amount", [cell], company=f"currency: {currency}")
    assert (column.values, column.reasons) == ([value], {})


def test_words_for_a_magnitude_multiply_and_are_told(tmp_path: Path) -> None:
    column = read(tmp_path, "amount", ["2.5M", "3 ล้าน", "7"])
    assert column.values == [2_500_000, 3_000_000, 7]
    assert column.notes == {"columns.scaled": 2}


def test_several_currencies_need_rates(tmp_path: Path) -> None:
    said = asked(tmp_path, "amount", ["฿5", "$6"], company="currency: THB")
    assert "exchange_rates:" in said
    rates = "currency: THB\nexchange_rates: {USD: 35}"
    column = read(tmp_path / "rates", "amount", ["THB 5", "USD 6"], company=rates)
    assert column.values == [5, 210]


def test_what_the_engine_would_cast_is_no_number(tmp_path: Path) -> None:
    odd = ["NaN", "inf", "1e5", "0x1F", "1_000"]
    column = read(tmp_path / "odd", "amount", [*odd, "5", "6", "7", "8", "9", "10"])
    assert column.values == [None] * 5 + [5, 6, 7, 8, 9, 10]
    assert column.reasons == {"not_a_number": 5}
    assert read(tmp_path / "all", "amount", ["1e5", "2E3"]).values == [100_000, 2_000]


def test_words_for_nothing_are_empty_where_the_others_are_numbers(tmp_path: Path) -> None:
    column = read(tmp_path / "amounts", "amount", ["N/A", "-", "NULL", "", "5", "n/a"])
    assert column.values == [None, None, None, None, 5, None]
    said = {n.params["marker"]: n.params["count"] for n in column.loaded.notes}
    assert (said, column.reasons) == ({"n/a": 2, "-": 1, "null": 1}, {})
    assert read(tmp_path / "names", "rep_id", ["Null", "Ann"]).values == ["Null", "Ann"]


def test_more_decimals_are_rounded_half_up_and_too_much_is_refused(tmp_path: Path) -> None:
    cells = ["0.005", "1.123456789012", "1" + "0" * 17, "2.5", "3"]
    column = read(tmp_path, "amount", cells)
    assert column.values == [Decimal("0.01"), Decimal("1.12"), None, Decimal("2.50"), 3]
    assert (column.reasons, column.notes) == ({"overflow": 1}, {"columns.rounded": 2})


def test_a_currency_without_decimals_is_rounded_to_none(tmp_path: Path) -> None:
    column = read(tmp_path, "amount", ["5.5", "6"], company="currency: JPY")
    assert (column.values, column.notes) == ([6, 6], {"columns.rounded": 1})


def test_a_serial_day_in_an_amount_is_a_number(tmp_path: Path) -> None:
    assert read(tmp_path, "amount", ["44927.5", "44928"]).values == [Decimal("44927.50"), 44928]


def test_what_a_sheet_would_take_for_a_formula_is_text(tmp_path: Path) -> None:
    cells = ['=HYPERLINK("x")', "@cmd", "+1", "-5"]
    assert read(tmp_path, "product", cells).values == cells
