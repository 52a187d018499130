"""Currencies: converted by the settings' rates, or asked about; never added up as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import LEADS, READ_DEALS, READ_LEADS, load, refused

SOURCES = f"sources:\n{READ_LEADS}{READ_DEALS}"


def company(
    amounts: list[str], settings: str = "", sources: str = SOURCES
) -> dict[str, str | bytes]:
    rows = "".join(
        f'D{i},L{i},won,2025-01-{1 + i:02d},"{amount}"\n' for i, amount in enumerate(amounts)
    )
    deals = f"deal_id,lead_id,status,closed_at,amount\n{rows}"
    return {"leads.csv": LEADS, "deals.csv": deals, "salesaudit.yaml": settings + sources}


def with_column(codes: list[str], settings: str) -> dict[str, str | bytes]:
    rows = "".join(f"D{i},L{i},won,2025-01-{1 + i:02d},100,{c}\n" for i, c in enumerate(codes))
    sources = SOURCES.replace("amount: amount", "amount: {column: amount, currency: {column: cur}}")
    files = company([], settings, sources)
    return {**files, "deals.csv": f"deal_id,lead_id,status,closed_at,amount,cur\n{rows}"}


def amounts(place: Path, files: dict[str, str | bytes]) -> list[float]:
    _, ask = load(place, files)
    return [row[0] for row in ask("SELECT amount::DOUBLE FROM w.deals ORDER BY deal_id")]


def test_signs_and_thousands_are_read(tmp_path: Path) -> None:
    files = company(["$1,200.50", "(1,200)", "USD 2,000,000.00", "7"], "currency: USD\n")
    assert amounts(tmp_path, files) == [1200.5, -1200, 2_000_000, 7]


def test_one_sign_needs_no_settings(tmp_path: Path) -> None:
    assert amounts(tmp_path, company(["฿1,200.50", "฿3.00"])) == [1200.5, 3]


@pytest.mark.parametrize(
    ("given", "settings"),
    [
        (["$5.00", "฿7.00"], "currency: USD\n"),
        (["$5.00", "฿7.00"], ""),
        (["$5.00", "$7.00"], "currency: THB\n"),
        (["€5.00", "$7.00"], "currency: USD\nexchange_rates: {THB: 0.03}\n"),
    ],
)
def test_amounts_of_unknown_worth_are_asked_about(
    tmp_path: Path, given: list[str], settings: str
) -> None:
    said = refused(tmp_path, company(given, settings))
    assert "do not say what they are worth" in said
    assert "exchange_rates: {" in said


def test_signs_in_the_cells_are_converted(tmp_path: Path) -> None:
    files = company(
        ["$5.00", "฿100.00", "8.00", "9 THB"], "currency: USD\nexchange_rates: {THB: 0.03}\n"
    )
    loaded, ask = load(tmp_path, files)
    found = ask("SELECT amount::DOUBLE FROM w.deals ORDER BY deal_id")
    assert [row[0] for row in found] == [5, 3, 8, 0.27]
    assert [note.id for note in loaded.notes] == ["currency.none_given"]


def test_a_column_of_currencies_is_converted(tmp_path: Path) -> None:
    settings = "currency: USD\nexchange_rates: {EUR: 1.1}\n"
    assert amounts(tmp_path, with_column(["USD", "EUR", "eur"], settings)) == [100, 110, 110]


def test_a_currency_without_a_rate_is_asked_about(tmp_path: Path) -> None:
    assert "exchange_rates: {EUR: ...}" in refused(
        tmp_path, with_column(["USD", "EUR"], "currency: USD\n")
    )


def test_the_rate_is_that_of_the_day(tmp_path: Path) -> None:
    settings = (
        "currency: USD\nexchange_rates: {EUR: [{from: 2025-01-02, rate: 1.1}, "
        "{from: 2025-01-03, rate: 2}]}\n"
    )
    assert amounts(tmp_path, with_column(["EUR"] * 4, settings)) == [110, 110, 200, 200]
