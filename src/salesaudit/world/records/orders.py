"""Purchases of the customers: the first is the won deal, the others follow a BG/NBD process.

While a customer is active, purchases come at a rate of its own, gamma distributed over customers;
after each repeat purchase the customer leaves with a chance of its own, beta distributed (Fader,
Hardie and Lee 2005, "Counting your customers" the easy way). Where slow service keeps customers
from buying, each purchase after a slow case is forgone with a fixed chance.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from salesaudit.world.base import DAY, Flags, Floats, Times, Whole
from salesaudit.world.columns import Json, Known, Table, numbered, rounded, rows_of, seconds
from salesaudit.world.records.customers import Customers, customers
from salesaudit.world.records.parameters import Orders
from salesaudit.world.records.tickets import slow_since
from salesaudit.world.simulate import History
from salesaudit.world.streams import stream

WEEK = 7 * DAY
AHEAD = 365 / 7  # weeks that the truth looks ahead


class Process(NamedTuple):
    """Every customer's rate and chance to leave, and every purchase to come within the horizon."""

    rate: Floats  # a week
    leaves: Floats  # after each repeat purchase
    customer: Whole  # of each purchase
    week: Floats  # of each purchase, since the first
    active: Flags  # on the last day


def orders(history: History, known: Known, true: Orders) -> Table:
    """One row per purchase up to the last day, in the order of time."""
    own = customers(history, known)
    process = purchases(history, own, true)
    customer, at, bought = _dated(history, own, process)
    by_then = bought & (at < history.end)
    amount = _amounts(history, own, customer, true)
    margin = history.company.gross_margin
    first = np.arange(len(own.lead))
    table: Table = {
        "customer": np.concatenate([first, customer[by_then]]),
        "ordered_at": np.concatenate([own.since, at[by_then]]),
        "amount": np.concatenate([own.amount, amount[by_then]]),
        "repeat": np.concatenate([np.zeros(len(first), bool), np.ones(by_then.sum(), bool)]),
    }
    table = rows_of(table, np.lexsort((table["customer"], table["ordered_at"])))
    return {
        "order_id": numbered("O", len(table["customer"]), 6, before=history.first),
        "customer_id": own.customer_id[table["customer"]],
        **table,
        "margin": np.round(table["amount"] * margin, 2),
        "product": own.product[table["customer"]],
    }


def orders_truth(history: History, known: Known, true: Orders) -> Json:
    """Repeat purchases to come in 365 days, as expected on the last day and as they came.

    ``expected`` knows each customer's own rate and whether the customer is still active, and is
    exact; an estimate that sees the purchases alone varies about it.
    """
    own = customers(history, known)
    process = purchases(history, own, true)
    _, at, bought = _dated(history, own, process)
    after = (at >= history.end) & (at < history.end + seconds(np.array(AHEAD * WEEK)))
    slowed = _effect(history)
    slow = ~np.isnat(slow_since(history, own, history.company.records.tickets))
    each = -np.expm1(-process.rate * process.leaves * AHEAD) / process.leaves
    factor = np.where(slow & (slowed < 1), slowed, 1.0)
    table = known["orders"]
    mean = true.p * true.v / (true.q - 1)
    expected = float((each * factor * process.active).sum())
    return {
        "customers": len(own.lead),
        "repeat_purchases": int(table["repeat"].sum()),
        "customers_with_a_repeat": len(np.unique(table["customer"][table["repeat"]])),
        "still_active": rounded(process.active.mean()) if len(own.lead) else None,
        "next_365_days": {
            "expected": rounded(expected),
            "complete": int((bought & after).sum()),
            "expected_margin": round(expected * mean * history.company.gross_margin, 2),
        },
        "mean_repeat_amount": rounded(mean),
        "slow_service": slowed,
    }


def purchases(history: History, own: Customers, true: Orders) -> Process:
    """Draw every customer's purchases until a year after the last day."""
    many = len(own.lead)
    rate = stream(history.seed, "orders/rate").gamma(true.r, 1 / true.alpha, many)
    leaves = stream(history.seed, "orders/leaves").beta(true.a, true.b, many)
    rng = stream(history.seed, "orders")
    age = (history.end - own.since).astype(np.float64) / WEEK
    customer, week = np.arange(many), np.zeros(many)
    parts: list[tuple[Whole, Floats]] = [(customer[:0], week[:0])]
    active = np.ones(many, dtype=bool)
    while len(customer):
        week = week + rng.exponential(1 / rate[customer])
        comes = week < age[customer] + AHEAD
        customer, week = customer[comes], week[comes]
        parts.append((customer, week))
        gone = rng.random(len(customer)) < leaves[customer]
        active[customer[gone & (week < age[customer])]] = False
        customer, week = customer[~gone], week[~gone]
    rows, weeks = (np.concatenate([part[place] for part in parts]) for place in (0, 1))
    return Process(rate, leaves, rows, weeks, active)


def _dated(history: History, own: Customers, process: Process) -> tuple[Whole, Times, Flags]:
    """Customer and moment of each repeat purchase, and whether it is really made."""
    at = own.since[process.customer] + seconds(process.week * WEEK)
    slow = slow_since(history, own, history.company.records.tickets)[process.customer]
    forgone = stream(history.seed, "orders/forgone").random(len(at)) >= _effect(history)
    return process.customer, at, ~(forgone & (at > slow))


def _effect(history: History) -> float:
    tickets = history.company.records.tickets
    return tickets.slow_orders if tickets else 1.0


def _amounts(history: History, own: Customers, customer: Whole, true: Orders) -> Floats:
    """Gamma with a scale of the customer's own; so how much tells nothing of how often."""
    rate = stream(history.seed, "orders/scale").gamma(true.q, 1 / true.v, len(own.lead))
    drawn = stream(history.seed, "orders/amount").gamma(true.p, 1.0, len(customer))
    return np.maximum(np.round(drawn / rate[customer]), 1.0)
