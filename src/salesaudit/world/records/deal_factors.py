"""What reps note of their deals: questions answered yes or no, some of which tell won from lost."""

from __future__ import annotations

import numpy as np

from salesaudit.world.columns import Json, Known, Table, joined, ratio, rounded, rows_of
from salesaudit.world.records.parameters import DealFactors
from salesaudit.world.simulate import History
from salesaudit.world.streams import stream

YES, NO = "yes", "no"


def deal_factors(history: History, known: Known, true: DealFactors) -> Table:
    """One row per deal of which anything is noted, and question."""
    deals = known["deals"]
    many, wins = len(deals["deal_id"]), history.customer[deals["lead"]]
    noted = stream(history.seed, "deal_factors/asked").random(many) < true.asked
    parts = []
    for item in true.factors:
        drawn = stream(history.seed, f"deal_factors/{item.name}").random(many)
        yes = drawn < np.where(wins, item.if_won, item.if_not)
        parts.append(
            {
                "deal_id": deals["deal_id"][noted],
                "factor": np.full(int(noted.sum()), item.name, dtype=object),
                "value": np.where(yes, YES, NO).astype(object)[noted],
                "deal": np.flatnonzero(noted),
            }
        )
    table = joined(parts)
    return rows_of(table, np.argsort(table["deal"], kind="stable"))


def deal_factors_truth(history: History, known: Known, true: DealFactors) -> Json:
    """By question: the share of yes and the odds ratio, as stated and among deals that are over."""
    table, deals = known["deal_factors"], known["deals"]
    wins = history.customer[deals["lead"]][table["deal"]]
    rows = {}
    for item in true.factors:
        yes, mine = table["value"] == YES, table["factor"] == item.name
        odds = [share / (1 - share) for share in (item.if_won, item.if_not)]
        rows[item.name] = {
            "if_won": item.if_won,
            "if_not": item.if_not,
            "odds_ratio": rounded(odds[0] / odds[1]),
            "complete_if_won": ratio((mine & yes & wins).sum(), (mine & wins).sum()),
            "complete_if_not": ratio((mine & yes & ~wins).sum(), (mine & ~wins).sum()),
        }
    return {"by_factor": rows}
