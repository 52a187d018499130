"""Whole audits of made-up companies: what the document says, beside what is true of the company.

The exports are written, read, loaded and audited as a user's would be.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import numpy as np

from salesaudit import api
from salesaudit.world.estimands import estimands
from salesaudit.world.expected import WHOLE, Average, Curve, Truth
from salesaudit.world.make import Made, made, make_company
from salesaudit.world.truth import Company
from truth.study import Estimated, Found

Json = dict[str, Any]

PER_MONTH = {
    "leads_per_month": "lead",
    "mqls_per_month": "mql",
    "pitched_per_month": "pitched",
    "sqls_per_month": "sql",
    "customers_per_month": "customer",
}


class Audited(NamedTuple):
    """A made-up company and the document of its audit."""

    made: Made
    document: Json
    average: Average

    @property
    def truth(self) -> Truth:
        """The true values."""
        return self.made.truth


def audit_of(company: str | Company, leads: int, seed: int, average: Average = "usual") -> Audited:
    """Make a company, write its files, and audit them."""
    with TemporaryDirectory(prefix="salesaudit-truth-") as folder:
        make_company(company, Path(folder), leads=leads, seed=seed)
        document: Json = json.loads(api.audit(folder).to_json())
    return Audited(made(company, leads, seed), document, average)


def estimates_of(audited: Audited) -> dict[str, Json]:
    """All estimates of the document by name."""
    answers = audited.document["answers"].values()
    return {name: one for answer in answers for name, one in answer["estimates"].items()}


def compared(audited: Audited) -> Iterator[Estimated]:
    """Every estimate that has a true value, each by its name."""
    for name, estimate in estimates_of(audited).items():
        true = true_value(audited, name, estimate)
        if true is not None and estimate["value"] is not None:
            ends = estimate["lower"], estimate["upper"]
            yield Estimated(name, estimate["value"], *ends, true)
    for answer in audited.document["answers"].values():
        for row in answer["tables"].get("within", []):
            true = audited.truth.curve(row["step"], average=audited.average).within(row["days"])
            yield Estimated("within", row["value"], row["lower"], row["upper"], true)
    yield from _channels(audited)
    yield from _people(audited)


def true_value(audited: Audited, name: str, estimate: Json) -> float | None:
    """The value that an estimate should have; None where there is none but what is counted."""
    truth, horizon = audited.truth, estimate["horizon"]
    since = date.fromisoformat(estimate["from"]) if estimate["from"] else None
    if name in truth.steps:
        curve = truth.curve(name, since=since, average=audited.average)
        return curve.final if estimate["status"] == "matured" else curve.within(horizon)
    if name in PER_MONTH:
        return truth.per_month(PER_MONTH[name], since=since)
    if name == "win_rate":
        return truth.win_rate
    if name.endswith("_observed"):
        return None
    return _true_days(truth.curve(since=since, average=audited.average), name, horizon)


def _true_days(curve: Curve, name: str, horizon: int) -> float | None:
    if name == "mean_days_to_customer":
        return curve.mean_days(horizon)
    if name in ("median_days_to_customer", "p90_days_to_customer"):
        return float(curve.quantile(0.5 if name.startswith("median") else 0.9, horizon))
    if name.startswith("days_until_"):
        share = int(name.split("_")[2]) / 100
        return float(np.searchsorted(curve.share, share))
    return None


def _channels(audited: Audited) -> Iterator[Estimated]:
    """Median days and matured rate of each channel."""
    for row in audited.document["answers"]["Q6"]["tables"].get("by_channel", []):
        curve = audited.truth.curve(WHOLE, row["channel"], average=audited.average)
        if row.get("median_days") is not None and row["channel"] is not None:
            ends = row["median_lower"], row["median_upper"]
            yield Estimated("median days by channel", row["median_days"], *ends,
                            float(curve.quantile(0.5)))  # fmt: skip
    for row in audited.document["answers"]["Q5"]["tables"].get("by_channel", []):
        if row.get("value") is not None and row["channel"] is not None:
            true = audited.truth.curve(WHOLE, row["channel"], average=audited.average).final
            ends = row["lower"], row["upper"]
            yield Estimated("customers by channel", row["value"], *ends, true)


def _people(audited: Audited) -> Iterator[Estimated]:
    """Adjusted rates of each rep, beside the rates that the rep would have on everybody's leads.

    Where contents are met these are not known.
    """
    if audited.made.history.company.contents:
        return
    true = {
        row["rep_id"]: row["on_common_mix"]
        for row in estimands(audited.made.history, audited.made.known)["reps"]
    }
    tables = audited.document["answers"]["Q12"]["tables"]
    for row in tables.get("reps", []):
        if row.get("adjusted_win_rate") is not None:
            ends = row["adjusted_lower"], row["adjusted_upper"]
            rate = true[row["rep_id"]]["win_rate"]
            yield Estimated("win rate by rep", row["adjusted_win_rate"], *ends, rate)
    for row in tables.get("steps", []):
        if row.get("adjusted") is not None and row["days"] is not None:
            rate = true[row["rep_id"]][row["step"]]["within"][str(row["days"])]
            yield Estimated("steps by rep", row["adjusted"], row["lower"], row["upper"], rate)


def findings(audited: Audited, units: dict[str, bool]) -> Iterator[Found]:
    """Which kinds of finding are reported, by unit, and whether they are there."""
    said = {finding["unit"] for finding in audited.document["findings"]}
    for unit, there in units.items():
        found = unit in said
        yield Found(unit, int(there), int(found and there), int(found and not there))
