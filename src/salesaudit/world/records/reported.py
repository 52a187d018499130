"""What the company's own dashboards claim, each number under a definition that the truth names.

A definition counts the clean tables; the number is rounded as the dashboard shows it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

import numpy as np

from salesaudit.world.base import Flags, Times, Whole
from salesaudit.world.columns import DIGITS, Json, Known, Table, words
from salesaudit.world.records.parameters import Claim
from salesaudit.world.simulate import History
from salesaudit.world.statuses import DEAL_LOST, DEAL_WON

MONTHS = {"month": 1, "quarter": 3, "year": 12}


class Period(NamedTuple):
    """From the first day to the last, of all leads and deals or of one channel's."""

    first: np.datetime64
    last: np.datetime64
    channel: str

    def holds(self, at: Times) -> Flags:
        """Whether moments lie in the period."""
        return (at >= self.first) & (at < self.last + np.timedelta64(1, "D"))


class Counted(NamedTuple):
    """The leads and deals that a definition counts, of one channel or of all."""

    history: History
    period: Period
    leads: Flags
    deals: Table
    mine: Flags  # deals

    @property
    def won(self) -> Flags:
        """Deals won."""
        won: Flags = self.deals["status"] == DEAL_WON
        return self.mine & won

    @property
    def lost(self) -> Flags:
        """Deals lost."""
        lost: Flags = self.deals["status"] == DEAL_LOST
        return self.mine & lost

    def in_period(self, rows: Flags, column: str) -> Flags:
        """Those of the deals whose moment lies in the period."""
        return rows & self.period.holds(self.deals[column])


Definition = Callable[[Counted], float]


def _won_over_decided(counted: Counted) -> float:
    won, lost = (counted.in_period(rows, "closed_at") for rows in (counted.won, counted.lost))
    return _ratio(won.sum(), won.sum() + lost.sum())


def _won_over_opened(counted: Counted) -> float:
    opened = counted.in_period(counted.mine, "created_at")
    return _ratio(counted.in_period(counted.won, "closed_at").sum(), opened.sum())


def _won_amount_over_decided(counted: Counted) -> float:
    amount = counted.deals["amount"]
    won, lost = (counted.in_period(rows, "closed_at") for rows in (counted.won, counted.lost))
    return _ratio(amount[won].sum(), amount[won].sum() + amount[lost].sum())


def _won_over_leads(counted: Counted) -> float:
    came = counted.leads & counted.period.holds(counted.history.created_at)
    return _ratio(counted.in_period(counted.won, "closed_at").sum(), came.sum())


def _won_by_cohort(counted: Counted) -> float:
    created = counted.history.created_at[counted.deals["lead"]]
    came = counted.leads & counted.period.holds(counted.history.created_at)
    return _ratio((counted.won & counted.period.holds(created)).sum(), came.sum())


def _mean_days_of_winners(counted: Counted) -> float:
    return float(np.mean(_days(counted))) if len(_days(counted)) else 0.0


def _median_days_of_winners(counted: Counted) -> float:
    return float(np.median(_days(counted))) if len(_days(counted)) else 0.0


def _won_by_close(counted: Counted) -> float:
    return float(counted.deals["amount"][counted.in_period(counted.won, "closed_at")].sum())


def _won_and_open(counted: Counted) -> float:
    """Deals opened in the period, won or still open: the pipeline counted as sold."""
    rows = counted.in_period(counted.mine & ~counted.lost, "created_at")
    return float(counted.deals["amount"][rows].sum())


DEFINITIONS: dict[str, tuple[str, Definition]] = {
    "won_over_decided": ("deals won / (won + lost), by close date", _won_over_decided),
    "won_over_opened": ("deals won / deals opened, both in the period", _won_over_opened),
    "won_amount_over_decided": (
        "amount won / amount won and lost, by close date", _won_amount_over_decided,
    ),
    "won_over_leads": ("deals won / leads created, both in the period", _won_over_leads),
    "won_by_cohort": ("leads created in the period with a won deal so far", _won_by_cohort),
    "mean_days_of_winners": ("mean days of deals won in the period", _mean_days_of_winners),
    "median_days_of_winners": ("median days of deals won in the period", _median_days_of_winners),
    "won_by_close": ("amount of deals won, by close date", _won_by_close),
    "won_and_open": ("amount of deals opened, won or still open", _won_and_open),
}  # fmt: skip
RIGHT = {
    "win_rate": "won_over_decided",
    "lead_to_customer": "won_by_cohort",
    "median_days_to_customer": "median_days_of_winners",
    "won_amount": "won_by_close",
}  # as known on the last day, plain


def reported(history: History, known: Known, true: tuple[Claim, ...]) -> Table:
    """One row per number."""
    found = [
        (claim, period, value)
        for claim in true
        for period, value in _values(history, known, claim, claim.definition)
    ]
    segments = [f"channel={claim.channel}" if claim.channel else "" for claim, _, _ in found]
    return {
        "report": words([claim.report for claim, _, _ in found]),
        "metric": words([claim.metric for claim, _, _ in found]),
        "starts_on": np.array([period.first for _, period, _ in found], dtype="datetime64[s]"),
        "ends_on": np.array([period.last for _, period, _ in found], dtype="datetime64[s]"),
        "segment": words(segments),
        "value": np.array([round(value, claim.digits) for claim, _, value in found]),
    }


def reported_truth(history: History, known: Known, true: tuple[Claim, ...]) -> Json:
    """Each claim's definition, the exact numbers under it, and those of the usual definition."""
    rows = []
    for claim in true:
        said = _values(history, known, claim, claim.definition)
        usual = _values(history, known, claim, RIGHT[claim.metric])
        rows.append(
            {
                "report": claim.report,
                "metric": claim.metric,
                "channel": claim.channel,
                "definition": claim.definition,
                "what": DEFINITIONS[claim.definition][0],
                "wrong": claim.definition != RIGHT[claim.metric],
                "digits": claim.digits,
                "exact": [round(value, DIGITS) for _, value in said],
                "by_usual_definition": [round(value, DIGITS) for _, value in usual],
            }
        )
    return {"claims": rows}


def _values(
    history: History, known: Known, claim: Claim, definition: str
) -> list[tuple[Period, float]]:
    counts = DEFINITIONS[definition][1]
    names = [channel.name for channel in history.company.channels]
    everyone = np.ones(len(history), dtype=bool)
    leads = history.channel == names.index(claim.channel) if claim.channel else everyone
    deals = known["deals"]
    periods = _periods(history.company.first_day, history.company.last_day, claim)
    return [
        (period, counts(Counted(history, period, leads, deals, leads[deals["lead"]])))
        for period in periods
    ]


def _periods(first: date, last: date, claim: Claim) -> list[Period]:
    """The last whole periods of the company's window, the oldest first."""
    step = MONTHS[claim.every]
    after = np.datetime64(last) + np.timedelta64(1, "D")
    month = int(after.astype("datetime64[M]").astype(np.int64)) // step * step
    periods: list[Period] = []
    while len(periods) < claim.periods:
        begin, end = (
            np.datetime64(number, "M").astype("datetime64[D]") for number in (month - step, month)
        )
        if begin < np.datetime64(first):
            break
        periods.insert(0, Period(begin, end - np.timedelta64(1, "D"), claim.channel))
        month -= step
    return periods


def _days(counted: Counted) -> Whole:
    rows = counted.in_period(counted.won, "closed_at")
    created = counted.history.created_at[counted.deals["lead"][rows]].astype("datetime64[D]")
    closed = counted.deals["closed_at"][rows].astype("datetime64[D]")
    days: Whole = (closed - created).astype(np.int64)
    return days


def _ratio(part: float, whole: float) -> float:
    return float(part) / float(whole) if whole else 0.0
