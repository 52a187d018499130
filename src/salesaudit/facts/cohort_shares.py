"""Cohort shares: of the leads of each month, how many were won by each age.

Where some leads of a month are younger than the age, the share is what is to be expected: those won
so far, and of the open ones as many as the curve of all leads says will follow by then.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

import numpy as np

from salesaudit.core.settings import Settings
from salesaudit.facts.base import Fact, Inputs
from salesaudit.facts.recording import first_of_month
from salesaudit.facts.step_curves import StepCurve, step_curves
from salesaudit.measures.step_ages import StepAge, step_ages
from salesaudit.measures.step_lags import StepLag, step_lags
from salesaudit.statistics.conversion import to_come

STEP = "lead_to_customer"
AGES = (7, 14, 30, 60, 90, 120, 150, 180, 270, 365, 540, 730)  # days
SHOWN = 6  # of them, at most
SOME = 0.05  # part of the final rate: before that a cohort has nothing to show
NEARLY = 0.95  # part of the final rate: by then a cohort has little more to show


class CohortShare(NamedTuple):
    """Leads of a month by an age."""

    month: date
    leads: int
    days: int
    share: float
    expected: bool  # not all of them are that old yet
    used: bool  # wins of this month's leads were on record from their first day


def _compute(inputs: Inputs, settings: Settings) -> tuple[CohortShare, ...]:
    curve = inputs.fact(step_curves).get(STEP)
    if curve is None or curve.total.curve.tau < AGES[0]:
        return ()
    ages: dict[date, list[StepAge]] = defaultdict(list)
    lags: dict[date, list[StepLag]] = defaultdict(list)
    for row in inputs[step_ages]:
        if row.step == STEP:
            ages[first_of_month(row.entered_on)].append(row)
    for lag in inputs[step_lags]:
        if lag.step == STEP:
            lags[lag.month].append(lag)
    return tuple(
        CohortShare(month, leads, days, *_share(days, cohort, curve, settings.until), used)
        for month in sorted(ages)
        for cohort in [_Cohort(ages[month], lags[month])]
        for leads in [sum(row.moved + row.waiting for row in cohort.ages)]
        for used in [month >= first_of_month(curve.from_on)]
        for days in ages_shown(curve)
        if leads
    )


class _Cohort(NamedTuple):
    ages: list[StepAge]
    lags: list[StepLag]


def ages_shown(curve: StepCurve) -> tuple[int, ...]:
    """Ages from the first by which some have come to the one by which nearly all have."""
    total = curve.total.curve
    final = total.cumulative[total.tau]
    nearly = int(np.searchsorted(total.cumulative, NEARLY * final))
    last = next((day for day in AGES if day >= nearly), AGES[-1])
    within = [day for day in AGES if day <= min(last, total.tau)]
    ages = [day for day in within if total.cumulative[day] >= SOME * final] or within[-1:]
    spread = np.linspace(0, len(ages) - 1, min(SHOWN, len(ages))).round().astype(int)
    return tuple(ages[place] for place in spread)


def _share(days: int, cohort: _Cohort, curve: StepCurve, until: date) -> tuple[float, bool]:
    """The share won by an age, and whether part of it is only expected."""
    leads = sum(row.moved + row.waiting for row in cohort.ages)
    won = float(sum(row.moved for row in cohort.lags if row.lag <= days))
    youngest = (until - max(row.entered_on for row in cohort.ages)).days
    if youngest < days:
        waiting = np.zeros(days)
        for row in cohort.ages:
            age = (until - row.entered_on).days
            if age < days:
                waiting[age] += row.waiting
        won += to_come(curve.total.curve, waiting, by=days)
    return min(won / leads, 1.0), youngest < days


cohort_shares = Fact(
    name="cohort_shares", inputs=(step_curves, step_ages, step_lags), compute=_compute
)
