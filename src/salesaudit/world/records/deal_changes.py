"""How stage, amount, expected close and forecast of each deal came to be what they are."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import DAY, Flags, Floats, Times, Whole, pick
from salesaudit.world.columns import (
    Json,
    Known,
    Table,
    Words,
    joined,
    ratio,
    rows_of,
    seconds,
    whole,
    words,
)
from salesaudit.world.records.parameters import DealChanges
from salesaudit.world.records.quarters import quarter_of
from salesaudit.world.simulate import History
from salesaudit.world.statuses import DEAL_LOST, DEAL_WON, OPEN_WORDS
from salesaudit.world.streams import stream

MONTH = 30.4375  # days
MOST_PUSHES = 6
LEAST_ROOM = 7  # days from the opening to the first expected close
FORECAST_AT = 0.7  # of the time from the opening to the close


def deal_changes(history: History, known: Known, true: DealChanges) -> Table:
    """One row per change up to the last day; the last values are those of ``deals``."""
    deals = known["deals"]
    parts = [
        *_stages(history, deals),
        _amounts(history, deals, true),
        *_pushes(history, deals, true),
        *_forecasts(history, deals, true),
    ]
    table = joined(parts)
    return rows_of(table, np.lexsort((table["field"], table["deal"], table["changed_at"])))


def deal_changes_truth(history: History, known: Known, true: DealChanges) -> Json:
    """Pushes in number, days and quarters, and how deals ended by their last forecast."""
    table, deals = known["deal_changes"], known["deals"]
    pushed = (table["field"] == "expected_on") & (table["old"] != "")
    days = [table[name][pushed].astype("datetime64[D]") for name in ("old", "new")]
    crossed = quarter_of(days[1]) > quarter_of(days[0])
    last = forecasts(history, deals, true)
    decided = np.isin(deals["status"], (DEAL_WON, DEAL_LOST))
    won = deals["status"] == DEAL_WON
    by_forecast = {
        word: {
            "decided": int((decided & (last == place)).sum()),
            "won": int((won & (last == place)).sum()),
            "of_all_won": true.if_won[place],
            "of_all_others": true.if_not[place],
        }
        for place, word in enumerate(true.forecast)
    }
    return {
        "pushes": int(pushed.sum()),
        "deals": len(deals["deal_id"]),
        "pushed_days": ratio((days[1] - days[0]).astype(np.int64).sum(), pushed.sum()),
        "across_a_quarter": int(crossed.sum()),
        "by_last_forecast": by_forecast,
    }


def forecasts(history: History, deals: Table, true: DealChanges) -> Whole:
    """Place of each deal's last forecast; it knows something of how the deal will end."""
    drawn = stream(history.seed, "deal_changes/forecast").random(len(deals["deal_id"]))
    wins = history.customer[deals["lead"]]
    return np.where(wins, pick(true.if_won, drawn), pick(true.if_not, drawn))


def _stages(history: History, deals: Table) -> list[Table]:
    rng = stream(history.seed, "deal_changes/stage")
    many, status = len(deals["deal_id"]), deals["status"]
    drawn, when = rng.integers(0, len(OPEN_WORDS), many), rng.random((len(OPEN_WORDS), many))
    last = np.where(status == DEAL_WON, len(OPEN_WORDS) - 1, drawn)
    for place, word in enumerate(OPEN_WORDS):
        last = np.where(status == word, place, last)
    names, everything = words(OPEN_WORDS), np.ones(many, dtype=bool)
    empty = _all(many, "")
    parts = [
        _rows(deals, everything, deals["created_at"], "stage", old=empty, new=_all(many, names[0]))
    ]
    for place in range(1, len(OPEN_WORDS)):
        share = (place - 0.5 * when[place]) / (last + 1)
        at = _between(history, deals, share)
        old, new = (_all(many, names[place + step]) for step in (-1, 0))
        parts.append(_rows(deals, last >= place, at, "stage", old=old, new=new))
    closed = ~np.isnat(deals["closed_at"])
    return [*parts, _rows(deals, closed, deals["closed_at"], "stage", old=names[last], new=status)]


def _amounts(history: History, deals: Table, true: DealChanges) -> Table:
    rng = stream(history.seed, "deal_changes/amount")
    many, amount = len(deals["deal_id"]), deals["amount"]
    factor = true.discount * rng.lognormal(0.0, true.discount_spread, many)
    before = np.round(amount / factor / 500) * 500
    changed = (rng.random(many) < true.revised) & (before != amount) & (before > 0)
    at = _between(history, deals, 0.05 + 0.9 * rng.random(many))
    return _rows(deals, changed, at, "amount", old=whole(before), new=whole(amount))


def _pushes(history: History, deals: Table, true: DealChanges) -> list[Table]:
    """The first expected close, then its pushes; they end at the day that ``deals`` has."""
    rng = stream(history.seed, "deal_changes/expected_on")
    many, created = len(deals["deal_id"]), deals["created_at"].astype("datetime64[D]")
    open_for = _span(history, deals) / (DAY * MONTH)
    wanted = np.minimum(rng.poisson(true.pushes_per_month * open_for), MOST_PUSHES)
    sizes = rng.choice(true.push_days, (MOST_PUSHES, many))
    when = rng.random((MOST_PUSHES, many))
    room = (deals["expected_on"].astype("datetime64[D]") - created).astype(np.int64) - LEAST_ROOM
    fits = (np.cumsum(sizes, axis=0) <= room).sum(axis=0)
    pushes = np.minimum(wanted, fits)
    days = deals["expected_on"].astype("datetime64[D]")
    parts = []
    for back in range(MOST_PUSHES):  # the last push first
        happened = pushes > back
        before = np.where(happened, days - sizes[back], days)
        share = (pushes - back - 0.5 * when[back]) / (pushes + 1)
        at = _between(history, deals, np.clip(share, 0.0, 1.0))
        parts.append(_rows(deals, happened, at, "expected_on", old=_days(before), new=_days(days)))
        days = before
    everything = np.ones(many, dtype=bool)
    first = _rows(
        deals, everything, deals["created_at"], "expected_on", old=_all(many, ""), new=_days(days)
    )
    return [first, *parts]


def _forecasts(history: History, deals: Table, true: DealChanges) -> list[Table]:
    last, many = forecasts(history, deals, true), len(deals["deal_id"])
    names, field = words(true.forecast), "forecast_category"
    at = _between(history, deals, np.full(many, FORECAST_AT))
    everything, empty, first = np.ones(many, dtype=bool), _all(many, ""), _all(many, names[0])
    begun = _rows(deals, everything, deals["created_at"], field, old=empty, new=first)
    return [begun, _rows(deals, last > 0, at, field, old=first, new=names[last])]


def _between(history: History, deals: Table, share: Floats) -> Times:
    """A moment between the opening of each deal and its close, or the last day."""
    opened: Times = deals["created_at"]
    return opened + seconds(share * _span(history, deals))


def _span(history: History, deals: Table) -> Floats:
    """Seconds from the opening to the close, or to the last day."""
    end = np.where(np.isnat(deals["closed_at"]), history.end, deals["closed_at"])
    span: Floats = (end - deals["created_at"]).astype(np.float64)
    return np.maximum(span - 1, 0.0)


def _rows(deals: Table, rows: Flags, at: Times, field: str, *, old: Words, new: Words) -> Table:
    deal = np.flatnonzero(rows)
    return {
        "deal_id": deals["deal_id"][deal],
        "changed_at": at[deal],
        "field": np.full(len(deal), field, dtype=object),
        "old": old[deal],
        "new": new[deal],
        "deal": deal,
    }


def _all(many: int, text: str) -> Words:
    return np.full(many, text, dtype=object)


def _days(values: Times) -> Words:
    return values.astype("datetime64[D]").astype(str).astype(object)
