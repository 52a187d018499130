"""How likely a lead moves on at a step, and what that hangs on."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from salesaudit.world.base import DAY, Flags, Floats, Times, Whole
from salesaudit.world.months import month_of
from salesaudit.world.truth import Company, Leak

HANDED_OVER = 1  # the step that begins with the work of a rep
HIGHEST = 0.999  # a chance, whatever it is multiplied with
NODES, WEIGHTS = np.polynomial.hermite_e.hermegauss(9)


class Cases(NamedTuple):
    """What the chances hang on, one entry per lead; places are in the company's tuples."""

    channel: Whole
    size: Whole
    country: Whole
    product: Whole
    rep: Whole
    burst: Whole  # 0: none
    heat: Floats  # standard normal
    early: Flags  # handed over before it was ready
    waited: Whole  # seconds before a rep began to work the lead
    untouched: Flags  # no rep ever did


def chance_of(company: Company, step: int, cases: Cases, entered: Times, shocks: Floats) -> Floats:
    """How likely each lead moves on at a step, given that it came so far.

    Args:
        company: its parameters.
        step: number of the step, from 0.
        cases: the leads.
        entered: when each entered the step.
        shocks: (steps, channels, months), log-odds, of the months as they were.
    """
    shaken = shocks[step, cases.channel, month_of(company, entered)]
    odds = _odds(company, step, cases, entered, shaken)
    return np.minimum(odds / (1 + odds) * _factors(company, step, cases, entered), HIGHEST)


def usual_chance_of(company: Company, step: int, cases: Cases, entered: Times) -> Floats:
    """The same, on average over all months that could have been; by Gauss-Hermite quadrature."""
    sd = float(np.hypot(company.shocks.rate, company.shocks.channel_rate))
    found = np.zeros(len(entered))
    for node, weight in zip(NODES.tolist(), WEIGHTS.tolist(), strict=True):
        odds = _odds(company, step, cases, entered, np.full(len(entered), sd * node))
        found += weight / WEIGHTS.sum() * odds / (1 + odds)
    return np.minimum(found * _factors(company, step, cases, entered), HIGHEST)


def _odds(company: Company, step: int, cases: Cases, entered: Times, shaken: Floats) -> Floats:
    what = company.steps[step]
    rate = np.array([channel.rates[step] for channel in company.channels])[cases.channel]
    skill = _skills(company, step)[cases.rep] - _lacking(company, cases.rep, entered)
    fit = np.array([size.log_odds for size in company.sizes])[cases.size]
    log_odds = what.skill * skill + what.size * fit + what.heat * cases.heat + shaken
    if step == HANDED_OVER:
        log_odds = log_odds - company.capacity.decay * cases.waited / DAY
    return rate / (1 - rate) * np.exp(log_odds)  # type: ignore[no-any-return]


def _skills(company: Company, step: int) -> Floats:
    return np.array(
        [rep.skill[step] if isinstance(rep.skill, tuple) else rep.skill for rep in company.reps]
    )


def _lacking(company: Company, rep: Whole, at: Times) -> Floats:
    """Log-odds that a rep still lacks, being new."""
    hired = np.array([np.datetime64(rep.hired_on, "s") for rep in company.reps])[rep]
    months = (at - hired).astype(np.int64) / (DAY * 365.25 / 12)
    left: Floats = np.clip(1 - months / company.ramp.months, 0.0, 1.0)
    return company.ramp.log_odds * left


def _factors(company: Company, step: int, cases: Cases, entered: Times) -> Floats:
    """What a rate is multiplied with: leaks, bursts, early hand-over, leads never touched."""
    factor = np.ones(len(entered))
    for leak in company.leaks:
        if company.steps[step].role == leak.role:
            factor[leaking(company, leak, cases, entered)] *= leak.factor
    if step == 0 and company.bursts:
        usual = np.array([channel.rates[0] for channel in company.channels])[cases.channel]
        of_burst = np.array([np.nan, *(burst.rate for burst in company.bursts)])[cases.burst]
        factor = np.where(cases.burst > 0, of_burst / usual, factor)
    if step == HANDED_OVER:
        factor[cases.early] *= company.early_hand_over.factor
        factor[cases.untouched] = 0.0
    return factor


def leaking(company: Company, leak: Leak, cases: Cases, entered: Times) -> Flags:
    """Whose step the leak is at, among leads that entered it at these times."""
    kinds = (
        (leak.channel, [channel.name for channel in company.channels], cases.channel),
        (leak.team, [rep.team for rep in company.reps], cases.rep),
        (leak.product, [product.name for product in company.products], cases.product),
        (leak.country, list(company.countries), cases.country),
        (leak.size, [size.name for size in company.sizes], cases.size),
    )
    inside = np.ones(len(entered), dtype=bool)
    for wanted, names, place in kinds:
        if wanted:
            inside &= np.array([name == wanted for name in names])[place]
    if leak.since is not None:
        inside &= entered >= np.datetime64(leak.since)
    if leak.until is not None:
        inside &= entered < np.datetime64(leak.until)
    return inside
