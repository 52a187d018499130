"""Campaign rates: of past leads, how many were reached, and how many of those became customers.

Only cohorts count whose leads have had the time by which nearly all who buy have bought, so that
what is counted is closed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import numpy as np

from salesaudit.core.settings import Role, Settings
from salesaudit.facts.base import Fact, Inputs
from salesaudit.facts.recording import Recording, first_of_month, next_month, recording
from salesaudit.facts.step_curves import StepCurve, step_curves
from salesaudit.measures.reached_leads import ReachedLeads, reached_leads
from salesaudit.statistics.campaign import between_cohorts
from salesaudit.statistics.conversion import day_reached, dispersion

STEP, PITCHED = "lead_to_customer", "lead_to_pitched"
BOUGHT = 0.95  # of those who buy in the end: the age at which a cohort is old enough
MOSTLY = 0.5  # of the customers, without whom a way of being reached is not what is recorded


class Passed(NamedTuple):
    """So many of so many, and how much more months differ than chance."""

    x: int
    n: int
    phi: float
    rho: float = 0.0  # of two leads of one month: how much the next month may differ


class Rates(NamedTuple):
    """Rates of a channel, or of all."""

    reach: Passed  # of the leads
    close: Passed  # of those reached
    unreached: int  # customers who are nowhere recorded as reached


class CampaignRates(NamedTuple):
    """What the past says of the next leads."""

    basis: str | None  # activities, stage; None: nothing says who was reached
    total: Rates | None
    channels: Mapping[str, Rates]
    leads: int  # of the cohorts that are old enough
    customers: int  # of those
    from_on: date | None
    until: date | None  # first day of the last month
    days: int | None  # by which nearly all who buy have bought
    rising: bool  # some of the leads may buy later still


NOTHING = CampaignRates(None, None, {}, 0, 0, None, None, None, False)


def _compute(inputs: Inputs, settings: Settings) -> CampaignRates:
    curves = inputs.fact(step_curves)
    curve = curves.get(STEP)
    days = _days(curve)
    if curve is None or days is None:
        return NOTHING
    last = settings.until - timedelta(days=days)
    old = [
        row
        for row in inputs[reached_leads]
        if row.month >= first_of_month(curve.from_on)
        and next_month(row.month) - timedelta(days=1) <= last
    ]
    basis, rows = _basis(old, inputs.fact(recording), curves, settings)
    months = sorted({row.month for row in rows})
    found = NOTHING._replace(
        leads=sum(row.leads for row in rows),
        customers=sum(row.customers for row in rows),
        from_on=months[0] if months else None,
        until=months[-1] if months else None,
        days=days,
        rising=not curve.final,
    )
    if basis is None or not rows:
        return found
    total = _rates(rows, basis, curve.total.spread.phi)
    names = sorted({row.channel for row in rows if row.channel is not None})
    channels = {
        name: _rates(
            [row for row in rows if row.channel == name],
            basis,
            total.close.phi,
            total,
        )
        for name in names
    }
    return found._replace(basis=basis, total=total, channels=channels)


def _days(curve: StepCurve | None) -> int | None:
    """The lag by which nearly all eventual conversions have come."""
    if curve is None or curve.total.curve.tau < 0:
        return None
    found = curve.total.curve
    final = float(found.cumulative[found.tau])
    return day_reached(found, BOUGHT * final) if final > 0 else None


def _basis(
    rows: Sequence[ReachedLeads],
    known: Recording,
    curves: Mapping[str, StepCurve],
    settings: Settings,
) -> tuple[str | None, list[ReachedLeads]]:
    """What "reached" is here, and the months in which it is on record."""
    active = _since_reached(rows, known)
    pitched = settings.position(Role.PITCHED)
    staged = pitched is not None and known.stage(pitched).recorded
    mostly = sum(r.reached_customers for r in active) >= MOSTLY * sum(r.customers for r in active)
    if any(row.reached for row in active) and (mostly or not staged):
        return "activities", active
    if staged:
        step = curves.get(PITCHED)
        since = first_of_month(step.from_on) if step else date.min
        return "stage", [row for row in rows if row.month >= since]
    return None, list(rows)


def _since_reached(rows: Sequence[ReachedLeads], known: Recording) -> list[ReachedLeads]:
    """Months from the first one in which activities were recorded all along."""
    span = known.span("activities", "done_at")
    if span is None:
        return []
    full = span.first if span.first.day == 1 else next_month(span.first)
    months = [row.month for row in rows if row.reached and row.month >= full]
    return [row for row in rows if months and row.month >= min(months)]


def _rates(
    rows: Iterable[ReachedLeads], basis: str, phi: float, whole: Rates | None = None
) -> Rates:
    """Sums over the rows; ``phi``, or the whole's, stands in where months are too few."""
    months: dict[date, list[int]] = {}
    for row in rows:
        came = (
            (row.reached, row.reached_customers)
            if basis == "activities"
            else (row.pitched, row.pitched_customers)
        )
        cell = months.setdefault(row.month, [0, 0, 0, 0])
        for place, count in enumerate((row.leads, *came, row.customers)):
            cell[place] += count
    leads, reached, bought, customers = np.array(list(months.values())).T
    return Rates(
        reach=_passed(reached, leads, phi, whole.reach if whole else None),
        close=_passed(bought, reached, phi, whole.close if whole else None),
        unreached=int(customers.sum() - bought.sum()),
    )


def _passed(came: np.ndarray, of: np.ndarray, phi: float, whole: Passed | None) -> Passed:
    x, n = int(came.sum()), int(of.sum())
    if not 0 < x < n:
        return Passed(x, n, 1.0)
    found = dispersion(of, came, np.full(of.size, x / n))
    if not found.known and whole is not None:
        return Passed(x, n, whole.phi, whole.rho)
    known = found.phi if found.known else max(phi, 1.0)
    return Passed(x, n, known, between_cohorts(known, float(of.mean())))


campaign_rates = Fact(
    name="campaign_rates", inputs=(reached_leads, step_curves, recording), compute=_compute
)
