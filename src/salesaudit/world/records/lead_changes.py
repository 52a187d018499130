"""How owner, status and score of each lead came to be what they are."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import DAY, Flags, Floats, Times
from salesaudit.world.columns import (
    Json,
    Known,
    Table,
    Words,
    joined,
    rounded,
    rows_of,
    seconds,
    whole,
)
from salesaudit.world.records.parameters import LeadChanges
from salesaudit.world.simulate import History
from salesaudit.world.statuses import CONVERTED, LOST, NEW, NURTURED, WORKED
from salesaudit.world.streams import stream

BEGINS, KEPT_FOR = 40.0, 20.0  # the score of a lead of average prospects, and days to a new score
LONGEST = 5.0  # days until a lead is handed to another of the team


def lead_changes(history: History, known: Known, true: LeadChanges) -> Table:
    """One row per change up to the last day, in the order of time.

    The last owner and status are those of ``leads``; losses that the CRM has no day for are not in
    its log either.
    """
    parts = [_owners(history, known, true), _statuses(history, known), _scores(history, true)]
    table = joined(parts)
    return rows_of(table, np.lexsort((table["field"], table["lead"], table["changed_at"])))


def scores(history: History, true: LeadChanges) -> tuple[Floats, Floats]:
    """The score of each lead when it came, and the one that it gets days later."""
    upto = history.chance.prod(axis=1)
    odds = np.log(upto / (1 - upto))
    noise = stream(history.seed, "lead_changes/score").standard_normal((2, len(history)))
    mean = BEGINS + true.score_per_log_odds * (odds - odds.mean())
    early, late = (
        np.clip(np.round(mean + true.score_noise * drawn * wide), 0, 100)
        for drawn, wide in zip(noise, (1.5, 1.0), strict=True)
    )
    return early, late


def present_scores(history: History, known: Known) -> Floats:
    """The column ``score`` of the leads: the last that the log has."""
    changed = known["lead_changes"]
    scored = np.flatnonzero(changed["field"] == "score")  # in the order of time
    score = np.full(len(history), np.nan)
    score[changed["lead"][scored]] = changed["new"][scored].astype(np.float64)
    return score


def lead_changes_truth(history: History, known: Known, true: LeadChanges) -> Json:
    """How well the score tells customers from others: the chance that it ranks a pair right."""
    early, late = scores(history, true)
    changed = known["lead_changes"]
    handed = (changed["field"] == "owner_id") & (changed["old"] != "")
    return {
        "score_auc": {
            "first": _auc(early, history),
            "last": _auc(late, history),
            "of_the_chances_themselves": _auc(history.chance.prod(axis=1), history),
        },
        "reassigned": {"share": true.reassigned, "leads": int(handed.sum())},
    }


def _owners(history: History, known: Known, true: LeadChanges) -> Table:
    rng = stream(history.seed, "lead_changes/owner")
    owner = known["leads"]["owner_id"]
    owned = owner != ""
    moved = owned & (rng.random(len(history)) < true.reassigned)
    another = rng.random(len(history))
    qualified = history.stage_at[:, 1]
    later = qualified + seconds(rng.random(len(history)) * LONGEST * DAY + 3600)
    before = owner.copy()
    teams = {rep.rep_id: rep.team for rep in history.company.reps}
    for row in np.flatnonzero(moved).tolist():
        others = [rep for rep, team in teams.items() if team == teams[owner[row]]]
        others.remove(owner[row])
        before[row] = others[int(another[row] * len(others))] if others else owner[row]
    moved &= (before != owner) & (later < history.end)
    before = np.where(moved, before, owner)
    empty = np.full(len(history), "", dtype=object)
    given = _rows(history, owned, qualified, "owner_id", old=empty, new=before)
    return joined([given, _rows(history, moved, later, "owner_id", old=before, new=owner)])


def _statuses(history: History, known: Known) -> Table:
    at, end = history.stage_at, history.end
    last = at.shape[1]
    entered = (np.arange(1, last + 1) <= history.reached[:, None]) & (at < end)
    lost_at = known["leads"]["lost_at"]
    lost = ~np.isnat(lost_at)
    stood = np.select([entered[:, 2], entered[:, 1]], [WORKED, NURTURED], NEW).astype(object)
    steps = (
        (entered[:, 1], at[:, 1], NEW, NURTURED),
        (entered[:, 2], at[:, 2], NURTURED, WORKED),
        (entered[:, -1] & ~lost, at[:, -1], WORKED, CONVERTED),
    )
    parts = [
        _rows(history, rows, when, "status", old=_all(history, old), new=_all(history, new))
        for rows, when, old, new in steps
    ]
    return joined(
        [*parts, _rows(history, lost, lost_at, "status", old=stood, new=_all(history, LOST))]
    )


def _scores(history: History, true: LeadChanges) -> Table:
    early, late = scores(history, true)
    rng = stream(history.seed, "lead_changes/scored")
    after = history.created_at + seconds(rng.exponential(KEPT_FOR, len(history)) * DAY + 60)
    gone = np.where(np.isnat(history.lost_at), history.end, history.lost_at)
    bought = np.where(history.customer, history.stage_at[:, -1], history.end)
    changes = (late != early) & (after < gone) & (after < bought)
    first, second = whole(early), whole(late)
    everyone = np.ones(len(history), dtype=bool)
    empty = _all(history, "")
    given = _rows(history, everyone, history.created_at + 30, "score", old=empty, new=first)
    return joined([given, _rows(history, changes, after, "score", old=first, new=second)])


def _rows(history: History, rows: Flags, at: Times, field: str, *, old: Words, new: Words) -> Table:
    lead = np.flatnonzero(rows & (at < history.end))
    return {
        "lead_id": history.lead_ids[lead],
        "changed_at": at[lead],
        "field": np.full(len(lead), field, dtype=object),
        "old": old[lead],
        "new": new[lead],
        "lead": lead,
    }


def _all(history: History, text: str) -> Words:
    return np.full(len(history), text, dtype=object)


def _auc(score: Floats, history: History) -> float:
    """Share of pairs of a customer and another lead in which the customer's score is higher."""
    order = np.argsort(score, kind="stable")
    _, inverse, counts = np.unique(score[order], return_inverse=True, return_counts=True)
    rank = np.empty(len(score))
    rank[order] = (np.cumsum(counts) - (counts - 1) / 2)[inverse]
    won = history.customer
    many, others = int(won.sum()), int((~won).sum())
    if not many or not others:
        return 0.5
    return rounded((rank[won].sum() - many * (many + 1) / 2) / (many * others))
