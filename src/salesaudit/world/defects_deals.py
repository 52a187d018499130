"""Defects of deals: their amounts, their days, and how they are said to have ended."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from salesaudit.world.base import DAY, NEVER, Flags, Times, Whole
from salesaudit.world.columns import Table
from salesaudit.world.spoiling import Planted, Spoilt, choose, planted
from salesaudit.world.statuses import LOST, OPEN_WORDS, WORKED

WON, GONE = "Closed Won", "Closed Lost"
FACTOR = 100.0  # a comma for a point
HOUR_OF_DEFAULT = 17 * 3600


def impossible_amounts(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Amounts of zero, where none was agreed yet, and below, for a credit note."""
    deals = spoilt.tables["deals"]
    found = _some(spoilt, rng, size)
    amount = deals["amount"].copy()
    amount[found] = np.where(rng.random(len(found)) < 0.7, 0.0, -amount[found])
    return _changed(spoilt, found, "an amount of zero or below", amount=amount)


def amounts_by_factor(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Amounts a hundred times too large."""
    found = _some(spoilt, rng, size)
    amount = spoilt.tables["deals"]["amount"].copy()
    amount[found] *= FACTOR
    return _changed(spoilt, found, f"an amount {FACTOR:.0f} times too large", amount=amount)


def wins_without_day(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Deals that were won on no day."""
    deals = spoilt.tables["deals"]
    won = deals["status"] == WON
    found = choose(rng, won, round(size * int(won.sum())))
    return _changed(spoilt, found, "won, and no day of it", closed_at=_emptied(deals, found))


def default_close_dates(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Deals closed on the last day of their month, because the form proposes it."""
    deals = spoilt.tables["deals"]
    month = deals["closed_at"].astype("datetime64[M]")
    last = (month + 1).astype("datetime64[D]").astype("datetime64[s]") - DAY + HOUR_OF_DEFAULT
    return _moved(spoilt, rng, size, last, "closed on the last day of the month, as proposed")


def closes_when_counted(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Deals closed in the last three days of the quarter, when they are counted."""
    deals = spoilt.tables["deals"]
    quarter = deals["closed_at"].astype("datetime64[M]").astype(np.int64) // 3
    after = ((quarter + 1) * 3).astype("datetime64[M]").astype("datetime64[D]")
    days = rng.integers(1, 4, len(quarter))
    before = (days * DAY - HOUR_OF_DEFAULT).astype("timedelta64[s]")
    at: Times = after.astype("datetime64[s]") - before
    at[np.isnat(deals["closed_at"])] = NEVER
    return _moved(spoilt, rng, size, at, "closed in the last three days of the quarter")


def losses_missing(
    spoilt: Spoilt,
    rng: np.random.Generator,  # noqa: ARG001
    size: float,
) -> Planted:
    """From a day on nobody says any more that a lead or a deal is lost."""
    company, leads = spoilt.company, spoilt.tables["leads"]
    days = (company.last_day - company.first_day).days + 1
    since = np.datetime64(company.last_day, "s") + DAY - round(size * days) * DAY
    silent = (leads["status"] == LOST) & ~(leads["lost_at"] < since)
    lost_at, reason = leads["lost_at"].copy(), leads["lost_reason"].copy()
    status = leads["status"].copy()
    lost_at[silent], reason[silent], status[silent] = NEVER, "", WORKED
    spoilt.tables["leads"] = {
        **leads, "lost_at": lost_at, "lost_reason": reason, "status": status,
    }  # fmt: skip
    deals = spoilt.tables["deals"]
    found = np.flatnonzero((deals["status"] == GONE) & ~(deals["closed_at"] < since))
    what = f"no loss recorded from {since.astype('datetime64[D]')} on"
    done = _left_open(spoilt, found, what)
    ids = (*leads["lead_id"][silent].tolist(), *done.ids)
    return Planted("leads, deals", what, len(ids), ids)


def zombies(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Lost deals of long ago that nobody closes."""
    deals = spoilt.tables["deals"]
    year_ago = np.datetime64(spoilt.company.last_day, "s") - 365 * DAY
    old = (deals["status"] == GONE) & (deals["created_at"] < year_ago)
    found = choose(rng, old, round(size * len(old)))
    return _left_open(spoilt, found, "lost more than a year ago, and still open")


def _some(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Whole:
    many = len(spoilt.tables["deals"]["deal_id"])
    return choose(rng, np.ones(many, dtype=bool), round(size * many))


def _moved(spoilt: Spoilt, rng: np.random.Generator, size: float, to: Times, what: str) -> Planted:
    """Move the close of some deals to later days, none past the company's last."""
    deals = spoilt.tables["deals"]
    end = np.datetime64(spoilt.company.last_day, "s") + DAY
    closed: Flags = ~np.isnat(deals["closed_at"])
    found = choose(rng, closed & (to < end), round(size * int(closed.sum())))
    at = deals["closed_at"].copy()
    at[found] = np.maximum(at[found], to[found])
    return _changed(spoilt, found, what, closed_at=at)


def _left_open(spoilt: Spoilt, found: Whole, what: str) -> Planted:
    deals = spoilt.tables["deals"]
    status, reason = deals["status"].copy(), deals["lost_reason"].copy()
    status[found], reason[found] = OPEN_WORDS[0], ""
    return _changed(
        spoilt, found, what, status=status, lost_reason=reason, closed_at=_emptied(deals, found)
    )


def _emptied(deals: Table, found: Whole) -> Times:
    at: Times = deals["closed_at"].copy()
    at[found] = NEVER
    return at


def _changed(spoilt: Spoilt, found: Whole, what: str, **columns: NDArray[Any]) -> Planted:
    deals = spoilt.tables["deals"]
    spoilt.tables["deals"] = {**deals, **columns}
    return planted("deals", what, deals["deal_id"][found])
