"""Which customer sent each lead of the channel that lives on referrals."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import Whole
from salesaudit.world.columns import Json, Known, Table, Words, ratio
from salesaudit.world.records.customers import Customers, customers
from salesaudit.world.records.parameters import Referrals
from salesaudit.world.simulate import History
from salesaudit.world.streams import stream

NOBODY = -1


def referrals(history: History, known: Known, true: Referrals) -> Table:
    """One row per lead of whom it is known which customer sent it."""
    own = customers(history, known)
    who = _referrers(history, own, true)
    lead = np.flatnonzero(who != NOBODY)
    return {
        "lead_id": history.lead_ids[lead],
        "referred_by": own.customer_id[who[lead]],
        "lead": lead,
    }


def referrers(history: History, known: Known) -> Words:
    """The column ``referred_by`` of the leads; empty where it is not known."""
    column = np.full(len(history), "", dtype=object)
    column[known["referrals"]["lead"]] = known["referrals"]["referred_by"]
    return column


def referrals_truth(history: History, known: Known, true: Referrals) -> Json:
    """Referrals a customer-year, how unequal they are, and how many of them become customers.

    Whether it was told does not depend on what became of the lead.
    """
    own = customers(history, known)
    who = _referrers(history, own, true)
    sent = who != NOBODY
    upto = history.chance.prod(axis=1)
    each = np.bincount(who[sent], minlength=len(own.lead))
    many, customers_with = np.unique(each, return_counts=True)
    return {
        "told": true.told,
        "referred_leads": int(sent.sum()),
        "per_customer_year": ratio(sent.sum(), own.years(history.end).sum()),
        "customers_by_referrals": {
            str(number): count
            for number, count in zip(many.tolist(), customers_with.tolist(), strict=True)
        },
        "lead_to_customer": {
            "referred": ratio(upto[sent].sum(), sent.sum()),
            "others": ratio(upto[~sent].sum(), (~sent).sum()),
        },
    }


def _referrers(history: History, own: Customers, true: Referrals) -> Whole:
    """Place of the referring customer among those there were when the lead came, or nobody."""
    rng = stream(history.seed, "referrals")
    names = [channel.name for channel in history.company.channels]
    told, drawn = rng.random((2, len(history)))
    weight = stream(history.seed, "referrals/customers").gamma(true.shape, 1.0, len(own.lead))
    upto = np.concatenate([[0.0], np.cumsum(weight)])
    there = np.searchsorted(own.since, history.created_at, side="left")
    sent = (history.channel == names.index(true.channel)) & (told < true.told) & (there > 0)
    chosen = np.searchsorted(upto, drawn * upto[there], side="right") - 1
    return np.where(sent, np.minimum(chosen, there - 1), NOBODY)
