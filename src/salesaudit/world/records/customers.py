"""The customers that the company can name: those with a won deal on record."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from salesaudit.world.base import Floats, Times, Whole
from salesaudit.world.columns import Known, Words
from salesaudit.world.simulate import History
from salesaudit.world.statuses import DEAL_WON


class Customers(NamedTuple):
    """One entry per customer, in the order in which they became one."""

    customer_id: Words
    lead: Whole
    since: Times
    amount: Floats  # of the deal
    product: Words

    def years(self, end: np.datetime64) -> Floats:
        """Years as a customer up to the end."""
        return (end - self.since).astype(np.float64) / (365.25 * 24 * 3600)


def customers(history: History, known: Known) -> Customers:  # noqa: ARG001
    """Customers of the won deals whose day is known."""
    deals = known["deals"]
    won = (deals["status"] == DEAL_WON) & (deals["customer_id"] != "")
    rows = np.flatnonzero(won & ~np.isnat(deals["closed_at"]))
    rows = rows[np.argsort(deals["closed_at"][rows], kind="stable")]
    names = ("customer_id", "lead", "closed_at", "amount", "product")
    return Customers(*(deals[name][rows] for name in names))
