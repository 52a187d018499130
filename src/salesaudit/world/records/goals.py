"""Quotas of the reps by quarter, and the company's goals by year."""

from __future__ import annotations

from datetime import date

import numpy as np

from salesaudit.world.base import DAY, Flags, Floats
from salesaudit.world.columns import Json, Known, Table, ratio, words
from salesaudit.world.records.parameters import Goals
from salesaudit.world.records.quarters import first_day, quarter_of
from salesaudit.world.simulate import History
from salesaudit.world.statuses import DEAL_WON
from salesaudit.world.streams import stream

LATER = date(9999, 12, 31)
METRICS = ("revenue", "customers", "leads", "mqls")
QUOTA_UNIT = 10_000.0  # quotas are whole multiples of it


def quotas(history: History, known: Known, true: Goals) -> Table:
    """One row per rep and quarter in which the rep worked from the first day to the last."""
    company, deals = history.company, known["deals"]
    numbers = _quarters(history)
    won = (deals["status"] == DEAL_WON) & ~np.isnat(deals["closed_at"])
    closed = quarter_of(deals["closed_at"][won])
    rng = stream(history.seed, "quotas")
    rows: list[tuple[str, np.datetime64, np.datetime64, float]] = []
    teams = {rep.rep_id: rep.team for rep in company.reps}
    team_of = np.array([teams.get(rep, "") for rep in deals["rep_id"][won].tolist()])
    for quarter in numbers:
        first, last = first_day(quarter), first_day(quarter + 1) - np.timedelta64(1, "D")
        noise = np.exp(true.noise * rng.standard_normal(len(company.reps)))
        there = [
            np.datetime64(rep.hired_on) <= first and np.datetime64(rep.left_on or LATER) >= last
            for rep in company.reps
        ]
        for place, rep in enumerate(company.reps):
            if not there[place]:
                continue
            mates = sum(other.team == rep.team and there[n] for n, other in enumerate(company.reps))
            sold = deals["amount"][won][(closed == quarter) & (team_of == rep.team)].sum()
            amount = np.ceil(true.quota * sold / mates * noise[place] / QUOTA_UNIT) * QUOTA_UNIT
            rows.append((rep.rep_id, first, last, max(float(amount), QUOTA_UNIT)))
    ids, starts, ends, amounts = zip(*rows, strict=True) if rows else ((), (), (), ())
    return {
        "rep_id": words(ids),
        "starts_on": np.array(starts, dtype="datetime64[s]"),
        "ends_on": np.array(ends, dtype="datetime64[s]"),
        "amount": np.array(amounts, dtype=np.float64),
    }


def quotas_truth(history: History, known: Known, true: Goals) -> Json:  # noqa: ARG001
    """What each rep sold in each quarter, against the quota."""
    deals, table = known["deals"], known["quotas"]
    won = (deals["status"] == DEAL_WON) & ~np.isnat(deals["closed_at"])
    rows = []
    for place in range(len(table["rep_id"])):
        first, after = table["starts_on"][place], table["ends_on"][place] + DAY
        inside = won & (deals["closed_at"] >= first) & (deals["closed_at"] < after)
        sold = float(deals["amount"][inside & (deals["rep_id"] == table["rep_id"][place])].sum())
        rows.append(
            {
                "rep_id": table["rep_id"][place],
                "starts_on": str(first.astype("datetime64[D]")),
                "quota": float(table["amount"][place]),
                "sold": sold,
            }
        )
    met = sum(row["sold"] >= row["quota"] for row in rows)
    return {"met": ratio(met, len(rows)), "by_quarter": rows}


def targets(history: History, known: Known, true: Goals) -> Table:
    """One row per metric and calendar year."""
    rng = stream(history.seed, "targets")
    came = _by_year(history, known)
    years = sorted(came)
    grown = true.growth * np.exp(true.noise * rng.standard_normal((len(years), len(METRICS))))
    cells = [(year, metric) for year in years for metric in METRICS]
    amounts = np.array([came[year][metric] for year, metric in cells]) * grown.ravel()
    # Two digits, as goals are set.
    unit = 10.0 ** np.floor(np.log10(np.maximum(amounts, 10.0)) - 1)
    return {
        "metric": words([metric for _, metric in cells]),
        "starts_on": np.array([f"{year}-01-01" for year, _ in cells], dtype="datetime64[s]"),
        "ends_on": np.array([f"{year}-12-31" for year, _ in cells], dtype="datetime64[s]"),
        "amount": np.round(amounts / unit) * unit,
    }


def targets_truth(history: History, known: Known, true: Goals) -> Json:  # noqa: ARG001
    """What came, against each goal."""
    came, table = _by_year(history, known), known["targets"]
    rows = []
    for metric, first, amount in zip(
        table["metric"], table["starts_on"], table["amount"].tolist(), strict=True
    ):
        year = int(str(first)[:4])
        rows.append({"metric": metric, "year": year, "goal": amount, "came": came[year][metric]})
    return {"by_year": rows}


def _quarters(history: History) -> list[int]:
    first, last = (
        int(quarter_of(np.array([day], dtype="datetime64[D]"))[0])
        for day in (history.company.first_day, history.company.last_day)
    )
    return list(range(first, last + 1))


def _by_year(history: History, known: Known) -> dict[int, dict[str, float]]:
    """Of each calendar year that the window holds from its first day to its last."""
    company, deals = history.company, known["deals"]
    won = (deals["status"] == DEAL_WON) & ~np.isnat(deals["closed_at"])
    entered = history.stage_at[history.reached > 1, 1]
    bought = history.stage_at[history.customer, -1]
    found = {}
    for year in range(company.first_day.year, company.last_day.year + 1):
        begin, end = np.datetime64(f"{year}-01-01"), np.datetime64(f"{year + 1}-01-01")
        if np.datetime64(company.first_day) > begin or history.end < end:
            continue
        inside = won & (deals["closed_at"] >= begin) & (deals["closed_at"] < end)
        found[year] = {
            "revenue": _amount(deals["amount"], inside),
            "customers": float(((bought >= begin) & (bought < end)).sum()),
            "leads": float(((history.created_at >= begin) & (history.created_at < end)).sum()),
            "mqls": float(((entered >= begin) & (entered < end)).sum()),
        }
    return found


def _amount(amounts: Floats, rows: Flags) -> float:
    return float(amounts[rows].sum())
