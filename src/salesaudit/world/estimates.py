"""The truth as it is written down: the value that each estimate of ``audit.json`` should have."""

from __future__ import annotations

import numpy as np

from salesaudit.world.arrivals import demand
from salesaudit.world.columns import Json, rounded
from salesaudit.world.expected import LONGEST, WHOLE, Average, Curve, Truth
from salesaudit.world.truth import Company

HORIZONS = (7, 14, 30, 60, 90, 180, 365)  # days
# Days at which a curve is written down: each at first, then each week, then each fourth week.
GRID = (*range(60), *range(60, 365, 7), *range(365, LONGEST + 1, 28))
ARRIVALS = {"lead": "leads", "mql": "mqls", "pitched": "pitched", "sql": "sqls",
            "customer": "customers"}  # fmt: skip


def estimates(truth: Truth) -> Json:
    """True values by the names of ``audit.json``, on average over months that could have been.

    Where months differ by chance, ``as_it_was`` holds the same for the months as they were.
    """
    company = truth.company
    shaken = company.shocks.rate > 0 or company.shocks.channel_rate > 0
    found = _values(truth, "usual")
    if shaken:
        found["as_it_was"] = _values(truth, "as it was")
    channels = [channel.name for channel in company.channels]
    return {
        "redraws": truth.redraws,
        **found,
        "by_channel": {name: _channel(truth, name) for name in channels},
        "per_month": {
            f"{word}_per_month": rounded(truth.per_month(role))
            for role, word in ARRIVALS.items()
            if role in company.roles
        },
        "win_rate": rounded(truth.win_rate),
        "leads_per_year_change": rounded(yearly_growth(company)),
        "differ": differences(company),
    }


def differences(company: Company) -> dict[str, bool]:
    """What truly differs: channels in days and in how many buy, reps at each step.

    Reps differ by their skill; that they came at other times, or were given other leads, is no
    difference between them, and a leak of their team is none of their own.
    """
    first = company.channels[0]
    leaking = {leak.channel for leak in company.leaks} - {""}
    reps = {
        f"reps_at_{step.role}": step.skill != 0 and len(_skills(company, number)) > 1
        for number, step in enumerate(company.steps)
    }
    return {
        "channels_in_days": any(item.days != first.days for item in company.channels),
        "channels_in_share": any(item.rates != first.rates for item in company.channels)
        or bool(leaking)
        or bool(company.bursts),
        **reps,
    }


def _skills(company: Company, step: int) -> set[float]:
    return {rep.skill[step] if isinstance(rep.skill, tuple) else rep.skill for rep in company.reps}


def yearly_growth(company: Company) -> float:
    """Leads of a year against the year before, by the channels' growth, season left aside.

    The slope of a log-linear (Poisson) regression on the expected leads, by iterated weighting.
    """
    days, share = demand(company)
    months = days.astype("datetime64[M]").astype(np.int64)
    months = months - months[0]
    weight = share.sum(axis=1)
    trends = np.array([(1 + channel.growth) ** months for channel in company.channels])
    level = (weight[:, None] * trends / trends.mean(axis=1, keepdims=True)).sum(axis=0)
    design = np.column_stack([np.ones(len(days)), np.arange(len(days)) / 365.25])
    slope = np.array([np.log(level.mean()), 0.0])
    for _ in range(20):
        mean = np.exp(design @ slope)
        slope = slope + np.linalg.solve(design.T @ (mean[:, None] * design),
                                        design.T @ (level - mean))  # fmt: skip
    return float(np.exp(slope[1]))


def _values(truth: Truth, average: Average) -> Json:
    found: Json = {}
    for step in truth.steps:
        curve = truth.curve(step, average=average)
        found[step] = {**_curve(curve), "curve": [rounded(curve.within(day)) for day in GRID]}
    return {**found, "curve_days": list(GRID)}


def _channel(truth: Truth, name: str) -> Json:
    return {step: _curve(truth.curve(step, name)) for step in (WHOLE, *truth.steps[:-1])}


def _curve(curve: Curve) -> Json:
    if not curve.final > 0:
        return {"final": 0.0}
    return {
        "final": rounded(curve.final),
        "within": {str(day): rounded(curve.within(day)) for day in HORIZONS},
        "median_days": curve.quantile(0.5),
        "p90_days": curve.quantile(0.9),
        "mean_days": rounded(curve.mean_days()),
    }
