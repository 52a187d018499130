"""Service cases of the customers: how long they waited, and what they thought of it."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import DAY, HOUR, NEVER, Flags, Times, pick
from salesaudit.world.columns import (
    Json,
    Known,
    Table,
    known_by,
    numbered,
    ratio,
    repeated,
    rows_of,
    seconds,
    words,
)
from salesaudit.world.records.customers import Customers, customers
from salesaudit.world.records.parameters import Tickets
from salesaudit.world.simulate import History
from salesaudit.world.streams import stream


def tickets(history: History, known: Known, true: Tickets) -> Table:
    """One row per case opened by the last day, in the order of time."""
    own = customers(history, known)
    table = service_cases(history, own, true)
    rng = stream(history.seed, "tickets/satisfaction")
    mean = np.where(table["slow"], true.satisfied_if_slow, true.satisfied)
    asked = rng.random(len(mean)) < 0.5
    happy = np.clip(np.round(mean + rng.standard_normal(len(mean))), 1, 5)
    order = np.argsort(table["opened_at"], kind="stable")
    table["satisfaction"] = np.where(asked, happy, np.nan)
    table = rows_of(table, order)
    solved = known_by(table["solved_at"], history.end)
    table["satisfaction"] = np.where(np.isnat(solved), np.nan, table["satisfaction"])
    return {
        "ticket_id": numbered("T", len(order), 6, before=history.first),
        **table,
        "first_reply_at": known_by(table["first_reply_at"], history.end),
        "solved_at": solved,
    }


def service_cases(history: History, own: Customers, true: Tickets) -> Table:
    """Every case with its whole course, also after the last day; customer by customer."""
    rng = stream(history.seed, "tickets")
    years = own.years(history.end)
    row, _ = repeated(rng.poisson(true.per_year * years))
    opened = own.since[row] + seconds(rng.random(len(row)) * years[row] * 365.25 * DAY)
    waits = true.reply_hours * rng.lognormal(0.0, true.reply_spread, len(row))
    replied = opened + seconds(waits * HOUR + 60)
    works = true.solve_days * rng.lognormal(0.0, true.solve_spread, len(row))
    solved = replied + seconds(works * DAY + 60)
    kinds = words([name for name, _ in true.kinds])
    slow: Flags = (solved - opened).astype(np.float64) > true.slow_days * DAY
    return {
        "customer_id": own.customer_id[row],
        "opened_at": opened,
        "first_reply_at": replied,
        "solved_at": solved,
        "kind": kinds[pick([share for _, share in true.kinds], rng.random(len(row)))],
        "slow": slow,
        "customer": row,
    }


def tickets_truth(history: History, known: Known, true: Tickets) -> Json:
    """Cases a year and customer, waits, and what slow service does to repeat purchase."""
    own = customers(history, known)
    whole = service_cases(history, own, true)
    hours = (whole["first_reply_at"] - whole["opened_at"]).astype(np.float64) / HOUR
    days = (whole["solved_at"] - whole["opened_at"]).astype(np.float64) / DAY
    return {
        "per_customer_year": {
            "expected": true.per_year,
            "complete": ratio(len(hours), own.years(history.end).sum()),
        },
        "median_reply_hours": {
            "expected": true.reply_hours,
            "complete": round(float(np.median(hours)), 3) if len(hours) else None,
        },
        "median_solve_days": round(float(np.median(days)), 3) if len(days) else None,
        "slow_days": true.slow_days,
        "slow": ratio(whole["slow"].sum(), len(hours)),
        "slow_service_on_repeat_rate": true.slow_orders,
        "unsolved": int(np.isnat(known["tickets"]["solved_at"]).sum()),
    }


def slow_since(history: History, own: Customers, true: Tickets | None) -> Times:
    """When each customer's first slow case became slow; never for most."""
    first = np.full(len(own.lead), np.datetime64("9999-12-31", "s"))
    if true is not None:
        cases = service_cases(history, own, true)
        at = cases["opened_at"] + seconds(np.full(len(cases["slow"]), true.slow_days * DAY))
        np.minimum.at(first, cases["customer"][cases["slow"]], at[cases["slow"]])
    return np.where(first < np.datetime64("9999-01-01"), first, NEVER)
