"""Won values, worked out by hand: margins as recorded, and amounts times the product's share."""

from __future__ import annotations

from decimal import Decimal

from measures.paths import paths
from measures.team import team
from salesaudit.measures.won_values import WonValues, won_values


def test_sums_and_squares_by_channel() -> None:
    ads, none = team().run(won_values)
    assert ads == WonValues(
        channel="ads", rest=False, customers=2,
        margins=1, margin=Decimal("60.00"), margin_squares=Decimal("3600.0000"),
        amounts=2, earned=Decimal("58.33"), earned_squares=Decimal("2569.3889"),  # 50 and 8.33
    )  # fmt: skip
    assert none == WonValues(
        None, False, 1, 1, Decimal("-5.50"), Decimal("30.2500"), 0, None, None
    )  # product C has no gross margin


def test_without_a_gross_margin_an_amount_says_nothing() -> None:
    rows = paths().run(won_values)
    assert {(row.margins, row.amounts, row.earned) for row in rows} == {(0, 0, None)}
    assert sum(row.customers for row in rows) == 5
