"""Won values: what customers left, as the sums that a mean and its doubt are made of."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables

GREATEST = 10**12  # of one customer; above it the squares would not fit
MONEY, FACTOR = "decimal(15, 2)", "decimal(17, 4)"  # of one type both, as a product needs


class WonValues(NamedTuple):
    """Won journeys of a channel; money in the company's currency."""

    channel: str | None  # None: no channel given, or all others where rest
    rest: bool
    customers: int  # won journeys
    margins: int  # of them, with a margin
    margin: Decimal | None  # sum of the margins
    margin_squares: Decimal | None
    amounts: int  # with an amount and a gross margin for it in the settings
    earned: Decimal | None  # sum of amount times gross margin
    earned_squares: Decimal | None


def _build(tables: Tables, _scope: Scope, settings: Settings) -> ir.Table:
    """Sum over won journeys, each once with all its won deals."""
    won = tables.journeys.filter(_.outcome == "won")
    won = won.mutate(
        own=_fitting(won.won_margin),
        part=(_fitting(won.won_amount).cast(FACTOR) * _gross_margin(won, settings)).cast(MONEY),
    )
    return (
        won.group_by("channel", "rest")
        .aggregate(
            customers=_.count(),
            margins=_.own.count(),
            margin=_.own.sum(),
            margin_squares=_square(_.own).sum(),
            amounts=_.part.count(),
            earned=_.part.sum(),
            earned_squares=_square(_.part).sum(),
        )
        .mutate(
            margin=_.margin.cast("decimal(38, 2)"),
            margin_squares=_.margin_squares.cast("decimal(38, 4)"),
            earned=_.earned.cast("decimal(38, 2)"),
            earned_squares=_.earned_squares.cast("decimal(38, 4)"),
        )
        .order_by("channel", "rest")
    )


def _fitting(money: ir.DecimalValue) -> ir.DecimalValue:
    fits = (money > -GREATEST) & (money < GREATEST)
    return ibis.ifelse(fits, money, ibis.null(money.type())).cast(MONEY)


def _square(money: ir.DecimalValue) -> ir.DecimalValue:
    return (money * money).cast("decimal(30, 4)")


def _gross_margin(won: ir.Table, settings: Settings) -> ir.DecimalValue:
    """The share of an amount that is left, for its product."""
    given = settings.gross_margin
    if isinstance(given, Mapping):
        known = [(won.product == product, _share(share)) for product, share in given.items()]
        return ibis.cases(*known, else_=ibis.null(FACTOR))
    return ibis.null(FACTOR) if given is None else _share(given)


def _share(share: float) -> ir.DecimalValue:
    return ibis.literal(f"{share:.4f}").cast(FACTOR)


won_values = Measure(
    name="won_values",
    row=WonValues,
    keys=("channel", "rest"),
    fields=(
        "deals.status", "deals.margin", "deals.amount", "deals.product", "leads.channel",
    ),
    build=_build,
)  # fmt: skip
