"""Which tables a company keeps, and the truth about each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import numpy as np

from salesaudit.world.columns import Json, Known, Table, rows_of
from salesaudit.world.records.campaigns import campaigns, campaigns_truth
from salesaudit.world.records.deal_changes import deal_changes, deal_changes_truth
from salesaudit.world.records.deal_factors import deal_factors, deal_factors_truth
from salesaudit.world.records.emails import emails
from salesaudit.world.records.emails_truth import emails_truth
from salesaudit.world.records.goals import quotas, quotas_truth, targets, targets_truth
from salesaudit.world.records.interviews import interviews, interviews_truth
from salesaudit.world.records.lead_changes import lead_changes, lead_changes_truth, present_scores
from salesaudit.world.records.orders import orders, orders_truth
from salesaudit.world.records.ratings import ratings, ratings_truth
from salesaudit.world.records.referrals import referrals, referrals_truth, referrers
from salesaudit.world.records.reported import reported, reported_truth
from salesaudit.world.records.spend import followed_truth, spend, spend_truth
from salesaudit.world.records.survey import survey_answers, survey_truth
from salesaudit.world.records.tickets import tickets, tickets_truth
from salesaudit.world.records.tools import tools, tools_truth
from salesaudit.world.records.visits import visits, visits_truth
from salesaudit.world.simulate import History


class Record(NamedTuple):
    """A table, how it is made, and the truth about it."""

    name: str
    parameters: str  # of ``Records``
    make: Callable[[History, Known, Any], Table]
    truth: Callable[[History, Known, Any], Json]


RECORDS = (
    Record("visits", "visits", visits, visits_truth),
    Record("campaigns", "campaigns", campaigns, campaigns_truth),
    Record("spend", "spend", spend, spend_truth),
    Record("emails", "emails", emails, emails_truth),
    Record("lead_changes", "lead_changes", lead_changes, lead_changes_truth),
    Record("deal_changes", "deal_changes", deal_changes, deal_changes_truth),
    Record("deal_factors", "deal_factors", deal_factors, deal_factors_truth),
    Record("orders", "orders", orders, orders_truth),
    Record("referrals", "referrals", referrals, referrals_truth),
    Record("tickets", "tickets", tickets, tickets_truth),
    Record("ratings", "ratings", ratings, ratings_truth),
    Record("interviews", "interviews", interviews, interviews_truth),
    Record("survey_answers", "survey_answers", survey_answers, survey_truth),
    Record("tools", "tools", tools, tools_truth),
    Record("reported", "reported", reported, reported_truth),
    Record("quotas", "goals", quotas, quotas_truth),
    Record("targets", "goals", targets, targets_truth),
)


# Written once for a company that is made in blocks.
OF_THE_COMPANY = frozenset(
    {"campaigns", "spend", "survey_answers", "tools", "reported", "quotas", "targets"}
)
OF_THE_WHOLE = frozenset({"reported", "quotas", "targets"})  # they sum up all leads and deals
NOTHING = np.zeros(0, dtype=np.int64)


def with_records(history: History, known: Known) -> dict[str, Table]:
    """The tables of a history, and those that its company keeps beside them.

    ``leads`` gets the columns that follow from them: the score as it is now, and who referred.
    """
    found = dict(known)
    for record, true in _kept(history):
        found[record.name] = record.make(history, found, true)
    if "lead_changes" in found:
        found["leads"] = {**found["leads"], "score": present_scores(history, found)}
    if len(history) < history.of:  # of a part it is not known what the whole company reports
        found |= {name: rows_of(found[name], NOTHING) for name in OF_THE_WHOLE & found.keys()}
    if "referrals" in found:
        found["leads"] = {**found["leads"], "referred_by": referrers(history, found)}
    return found


def records_truth(history: History, known: Known) -> Json:
    """What is true of each table that the company keeps; of a block, of those that count it."""
    part = len(history) < history.of
    found = {
        record.name: record.truth(history, known, true)
        for record, true in _kept(history)
        if record.name in known and not (part and record.name in OF_THE_WHOLE | {"campaigns"})
    }
    return {"spend": followed_truth(history, known), **found}


def _kept(history: History) -> Iterator[tuple[Record, Any]]:
    for record in RECORDS:
        true = getattr(history.company.records, record.parameters)
        if true:
            yield record, true
