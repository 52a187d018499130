"""Days to customer, of the winners so far and of all who buy."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from plain_ways.base import LEADS, Compared, Told, step_of
from salesaudit.statistics.duration import quantile, restricted_mean, reverse_product_limit
from salesaudit.world.simulate import simulate
from salesaudit.world.truth import Company


class Days(NamedTuple):
    """Days to customer; the audit tells those of the leads that buy within a horizon."""

    label: str
    median: Compared
    mean: Compared
    horizon: int
    within: float  # the true mean of those who buy within it


def days_of(label: str, company: Company, seed: int, leads: int = LEADS) -> Days:
    """Days of those who buy: in the end, so far, and as the audit tells them."""
    step = step_of(simulate(company, leads, seed))
    so_far, ever = step.lag[step.moved], step.lag[step.ends]
    lags, _, ages = step.histograms()
    durations = reverse_product_limit(lags, ages)
    middle = Told(*quantile(durations, 0.5))
    mean = Told(*restricted_mean(lags, ages, durations.tau))
    return Days(
        label,
        Compared(label, float(np.median(ever)), float(np.median(so_far)), middle),
        Compared(label, float(ever.mean()), float(so_far.mean()), mean),
        durations.tau,
        float(ever[ever <= durations.tau].mean()),
    )


def days_by_quarter(company: Company, seed: int, leads: int = LEADS) -> tuple[Compared, ...]:
    """Mean days of the winners among the leads of each quarter; ours are of all leads together."""
    step = step_of(simulate(company, leads, seed))
    lags, _, ages = step.histograms()
    ours = Told(*restricted_mean(lags, ages, reverse_product_limit(lags, ages).tau))
    year = company.first_day.year
    return tuple(
        Compared(
            f"{year + number // 4} Q{number % 4 + 1}",
            float(step.lag[own & step.ends].mean()),
            float(step.lag[own & step.moved].mean()),
            ours,
        )
        for number in range(int(step.month.max()) // 3 + 1)
        for own in [step.month // 3 == number]
    )
