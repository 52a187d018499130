"""Customer margin: what customers of the past left, as the sums that a mean and its doubt need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import NamedTuple

from salesaudit.core.settings import Settings
from salesaudit.facts.base import Fact, Inputs
from salesaudit.measures.won_values import WonValues, won_values

MOSTLY = 0.5  # of the customers need a margin, or it is not that of customers


class MarginSums(NamedTuple):
    """Margins of customers: how many, their sum, and the sum of their squares."""

    customers: int  # with a margin
    total: float
    squares: float
    of: int  # customers in all


class CustomerMargin(NamedTuple):
    """What a customer left, in all and by channel."""

    basis: str | None  # margins, amounts; None: nothing says what a customer leaves
    total: MarginSums | None
    channels: Mapping[str, MarginSums]


def _compute(inputs: Inputs, _settings: Settings) -> CustomerMargin:
    """Recorded margins go before amounts times the gross margin of the settings."""
    rows = inputs[won_values]
    for basis in ("margins", "amounts"):
        total = _sums(rows, basis)
        if total.customers and total.customers >= MOSTLY * total.of:
            names = sorted({row.channel for row in rows if row.channel is not None})
            channels = {
                name: _sums([row for row in rows if row.channel == name], basis) for name in names
            }
            return CustomerMargin(basis, total, channels)
    return CustomerMargin(None, None, {})


def _sums(rows: Sequence[WonValues], basis: str) -> MarginSums:
    own = basis == "margins"
    return MarginSums(
        customers=sum(row.margins if own else row.amounts for row in rows),
        total=_sum([row.margin if own else row.earned for row in rows]),
        squares=_sum([row.margin_squares if own else row.earned_squares for row in rows]),
        of=sum(row.customers for row in rows),
    )


def _sum(parts: Sequence[Decimal | None]) -> float:
    return float(sum((part for part in parts if part is not None), Decimal(0)))


customer_margin = Fact(name="customer_margin", inputs=(won_values,), compute=_compute)
