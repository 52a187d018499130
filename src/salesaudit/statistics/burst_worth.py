"""What a burst was worth: the rate at which the leads above the usual number went on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from salesaudit.core.errors import StatisticError
from salesaudit.statistics.base import Range

DRAWS = 2_000


class Worth(NamedTuple):
    """The excess of a burst, and its own rate."""

    excess: Range  # leads more than usual
    rate: Range  # of the excess, in [0, 1]
    p_below: float  # chance that the excess converts at less than the usual rate


def burst_worth(
    leads: float,
    converted: float,
    *,
    usual: float,
    doubt: float,
    phi: float,
    usual_converted: float,
    usual_leads: float,
    rng: np.random.Generator,
) -> Worth:
    """The rate of the leads that came in a burst beyond those that would have come anyway.

    Which of the leads are the usual ones nobody knows: how many they were is drawn, how many of
    them converted follows from the usual rate, and the rest belongs to the excess.

    Args:
        leads: of the burst, all old enough to have converted within the days that are asked for.
        converted: those of them that did so.
        usual: leads to be expected on those days without the burst.
        doubt: standard error of ``usual``.
        phi: dispersion of the counts of days, at least 1.
        usual_converted: conversions within the same days among leads outside bursts; where their
            rate has a dispersion, both numbers are divided by it.
        usual_leads: those leads.
        rng: for 2,000 draws.

    Returns:
        Excess and rate, plain, with the 95 % range of the draws, the rate cut to [0, 1].

    Raises:
        StatisticError: no more leads than usual, conversions that are not among the leads, or
            ``phi`` under 1.
    """
    if not (0 <= converted <= leads and 0 <= usual_converted <= usual_leads and phi >= 1):
        raise StatisticError("conversions are among leads, dispersion at least 1", got=converted)
    if not (0 < usual < leads and usual_leads > 0):
        raise StatisticError("a burst has more leads than usual", got=(leads, usual))
    variance = phi * usual + doubt**2
    came = rng.gamma(usual**2 / variance, variance / usual, DRAWS)
    base = rng.beta(usual_converted + 0.5, usual_leads - usual_converted + 0.5, DRAWS)
    went_on = leads * rng.beta(converted + 0.5, leads - converted + 0.5, DRAWS)
    excess = leads - came
    able = excess > 0
    rates = (went_on - came * base)[able] / excess[able]
    own = (converted - usual * usual_converted / usual_leads) / (leads - usual)
    return Worth(
        excess=Range(leads - usual, *(float(end) for end in np.quantile(excess, [0.025, 0.975]))),
        rate=Range(*(_cut(end) for end in (own, *np.quantile(rates, [0.025, 0.975])))),
        p_below=float(np.mean(rates < base[able])),
    )


def _cut(rate: float) -> float:
    return min(max(float(rate), 0.0), 1.0)
