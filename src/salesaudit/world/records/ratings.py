"""Recommendation scores, 0 to 10, with a known share of promoters, and customers' comments."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import DAY, Floats, Whole
from salesaudit.world.columns import (
    Json,
    Known,
    Table,
    Words,
    numbered,
    ratio,
    repeated,
    rows_of,
    seconds,
    words,
)
from salesaudit.world.records.comments import BAD, FAIR, GOOD
from salesaudit.world.records.customers import customers
from salesaudit.world.records.parameters import Ratings
from salesaudit.world.records.planted_texts import plant_texts, planted_truth
from salesaudit.world.simulate import History
from salesaudit.world.streams import stream

PROMOTER, PASSIVE = 9, 7  # least scores


def ratings(history: History, known: Known, true: Ratings) -> Table:
    """One row per answer up to the last day, in the order of time.

    Who answers, and how, has nothing to do with what the customer buys.
    """
    rng = stream(history.seed, "ratings")
    own = customers(history, known)
    years = own.years(history.end)
    row, _ = repeated(rng.poisson(true.per_year * years))
    rated = own.since[row] + seconds(rng.random(len(row)) * years[row] * 365.25 * DAY)
    kind, where, said, which = rng.random((4, len(row)))
    score = np.select(
        [kind < true.promoters, kind < 1 - true.detractors],
        [PROMOTER + (where * 2), PASSIVE + (where * 2)],
        where**0.5 * PASSIVE,  # most of those who are unhappy are so by a little
    ).astype(np.int64)
    comment = np.where(said < true.commented, _comments(score, which), "").astype(object)
    comment, planted = plant_texts(
        comment, stream(history.seed, "ratings/planted"), true.named, true.hostile
    )
    table: Table = {
        "customer_id": own.customer_id[row],
        "rated_at": rated,
        "score": score,
        "touchpoint": words(true.touchpoints)[rng.integers(0, len(true.touchpoints), len(row))],
        "comment": comment,
        "planted": planted,
    }
    table = rows_of(table, np.argsort(table["rated_at"], kind="stable"))
    return {"rating_id": numbered("R", len(row), 6, before=history.first), **table}


def ratings_truth(history: History, known: Known, true: Ratings) -> Json:  # noqa: ARG001
    """Shares and their difference, as stated and as answered; and what is hidden in comments."""
    table = known["ratings"]
    score, many = table["score"], len(table["score"])
    up, down = int((score >= PROMOTER).sum()), int((score < PASSIVE).sum())
    return {
        "promoters": {"expected": true.promoters, "complete": ratio(up, many)},
        "detractors": {"expected": true.detractors, "complete": ratio(down, many)},
        "nps": {
            "expected": round(true.promoters - true.detractors, 6),
            "complete": ratio(up - down, many),
        },
        "answers": many,
        "raters_buy_more": 1.0,
        "planted_texts": planted_truth(table, "rating_id"),
    }


def _comments(score: Whole, which: Floats) -> Words:
    texts = [words(part) for part in (GOOD, FAIR, BAD)]
    good, fair, bad = (part[(which * len(part)).astype(np.int64)] for part in texts)
    return np.select([score >= PROMOTER, score >= PASSIVE], [good, fair], bad)
