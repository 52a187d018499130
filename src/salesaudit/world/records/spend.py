"""Monthly spend that brings leads with diminishing return.

Leads come as the channels' demand has them. Spend is drawn beside it so that, in every channel c
and month,

    log(expected leads) = constant + elasticity_c x log(spend) + whatever else moves leads,

where the last part has the stated correlation with log(spend): 0 where the money was laid out
without regard to demand, above 0 where it follows demand. Let u and v be the deviations of
log(spend) and log(expected leads) from their means, and w = v - elasticity x u the rest. Then
cov(u, v) follows from var(v), sd(u) and the correlation of u with w, and u is drawn as so much of v
and noise apart.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from salesaudit.world.base import DAY, Floats, Times
from salesaudit.world.columns import DIGITS, Json, Known, Table, rounded, words
from salesaudit.world.records.expected import expected_leads
from salesaudit.world.records.parameters import Response
from salesaudit.world.simulate import History
from salesaudit.world.streams import stream

MOST = 0.9  # of the months' variation that the spend may bring about: the rest must be something
LEAST, GREATEST = 0.15, 0.95  # of an elasticity: returns diminish


class Bills(NamedTuple):
    """Of the channels that cost something; a row per channel, a column per month."""

    channel: list[int]
    elasticity: Floats
    sd: Floats  # of the log of spend, by channel: the stated one, or as much as demand bears
    amount: Floats
    leads: Floats  # expected
    months: Times


def spend(history: History, known: Known, true: Response) -> Table:  # noqa: ARG001
    """One row per channel and month."""
    company, bill = history.company, bills(history, true)
    months = bill.months.astype("datetime64[M]")
    place, row = (
        grid.ravel() for grid in np.meshgrid(np.arange(len(months)), bill.channel, indexing="ij")
    )
    amount = bill.amount.T.ravel()
    click = np.array([channel.cost_per_click for channel in company.channels])[row]
    clicks = np.divide(amount, click, out=np.full(len(amount), np.nan), where=click > 0)
    return {
        "channel": words([item.spend_name or item.name for item in company.channels])[row],
        "spent_on": months[place].astype("datetime64[s]"),
        "until_on": (months[place] + 1).astype("datetime64[D]").astype("datetime64[s]") - DAY,
        "kind": np.full(len(amount), "media", dtype=object),
        "amount": amount,
        "clicks": np.round(clicks),
    }


def bills(history: History, true: Response) -> Bills:
    """What each channel that costs something spends in each month."""
    company, expected = history.company, expected_leads(history)
    paid = [n for n, channel in enumerate(company.channels) if channel.cost_per_lead]
    elasticity = []
    sds = []
    logs = np.empty((len(paid), len(expected.months)))
    for row, number in enumerate(paid):
        rng = stream(history.seed, f"spend/{company.channels[number].name}")
        own = true.elasticity + true.elasticity_spread * rng.standard_normal()
        own = float(np.clip(own, LEAST, GREATEST))
        level = np.log(expected.leads[number])
        logs[row], sd = _log_spend(level - level.mean(), own, true, rng)
        logs[row] += np.log(company.channels[number].cost_per_lead) + level.mean()
        elasticity.append(own)
        sds.append(sd)
    amount = np.maximum(np.round(np.exp(logs)), 1.0)
    return Bills(
        paid, np.array(elasticity), np.array(sds), amount, expected.leads[paid], expected.months
    )


def spend_truth(history: History, known: Known, true: Response) -> Json:  # noqa: ARG001
    """Elasticities, and what the next unit of money would bring at each channel's usual spend.

    ``marginal_leads`` are per unit of currency at the geometric means of spend and leads.
    """
    bill, company = bills(history, true), history.company
    upto = history.chance.prod(axis=1)
    found = {}
    for row, number in enumerate(bill.channel):
        mine = history.channel == number
        usual = np.exp(np.log(bill.amount[row]).mean())
        leads = np.exp(np.log(bill.leads[row]).mean())
        customers = float(upto[mine].mean()) if mine.any() else 0.0
        weight = upto[mine].sum()
        worth = float((upto * history.amount)[mine].sum() / weight) if weight else 0.0
        marginal = bill.elasticity[row] * leads / usual
        found[company.channels[number].name] = {
            "elasticity": rounded(bill.elasticity[row]),
            "sd_log_spend": rounded(np.log(bill.amount[row]).std()),
            "usual_spend": round(float(usual), 2),
            "leads_at_usual_spend": rounded(leads),
            "average_leads": round(float(leads / usual), DIGITS + 3),
            "marginal_leads": round(float(marginal), DIGITS + 3),
            "marginal_customers": round(float(marginal * customers), DIGITS + 3),
            "marginal_return": rounded(marginal * customers * worth * company.gross_margin),
        }
    return {"elasticity": true.elasticity, "follows": true.follows, "by_channel": found}


def followed_truth(history: History, known: Known) -> Json:  # noqa: ARG001
    """Of bills that are written in step with the leads to be expected, and bring none."""
    return {
        "elasticity": 0.0,
        "why": "each month's bill follows the leads to be expected in it; no lead comes of it",
    }


def _log_spend(
    level: Floats, elasticity: float, true: Response, rng: np.random.Generator
) -> tuple[Floats, float]:
    """Deviations of log(spend) from its mean, and their sd.

    With s = sd(u), e the elasticity and c the correlation of u and w: var(v) = e^2 s^2 +
    2 e c s sd(w) + sd(w)^2 gives sd(w), and cov(u, v) = e s^2 + c s sd(w).
    """
    variance = float(level.var())
    sd = min(true.spread, MOST * np.sqrt(variance) / elasticity)
    shared = elasticity * true.follows * sd
    rest = -shared + np.sqrt(shared**2 + variance - (elasticity * sd) ** 2)
    slope = (elasticity * sd**2 + true.follows * sd * rest) / variance if variance else 0.0
    noise = np.sqrt(max(sd**2 - slope**2 * variance, 0.0))
    return slope * level + noise * rng.standard_normal(len(level)), float(sd)
