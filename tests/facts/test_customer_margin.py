"""Customer margin: recorded margins first, then amounts, and neither where most lack it."""

from __future__ import annotations

from decimal import Decimal

from facts.rows import inputs
from salesaudit.core.settings import Settings
from salesaudit.facts.customer_margin import CustomerMargin, MarginSums, customer_margin
from salesaudit.measures.won_values import WonValues, won_values


def row(
    customers: int, margins: int, amounts: int, channel: str | None = "ads", *, rest: bool = False
) -> WonValues:
    """Every margin is 10 and every amount leaves 20."""
    return WonValues(
        channel, rest, customers,
        margins, Decimal(10 * margins) if margins else None, Decimal(100 * margins),
        amounts, Decimal(20 * amounts) if amounts else None, Decimal(400 * amounts),
    )  # fmt: skip


def found(*rows: WonValues) -> CustomerMargin:
    return inputs(Settings(), {won_values: list(rows)}).fact(customer_margin)


def test_margins_of_all_channels_and_of_each() -> None:
    known = found(row(4, 3, 4), row(2, 2, 2, "fair"), row(1, 1, 1, None, rest=True))
    assert known.basis == "margins"
    assert known.total == MarginSums(6, 60.0, 600.0, 7)
    assert known.channels == {"ads": MarginSums(3, 30, 300, 4), "fair": MarginSums(2, 20, 200, 2)}


def test_amounts_stand_in_where_fewer_than_half_have_a_margin() -> None:
    assert found(row(4, 1, 4)).basis == "amounts"
    assert found(row(4, 2, 4)).basis == "margins"


def test_no_margin_where_most_customers_have_neither() -> None:
    assert found(row(4, 1, 1)) == CustomerMargin(None, None, {})
    assert found() == CustomerMargin(None, None, {})
