"""Win/loss talks: what customers and reps say of a deal, for reasons of a known distribution."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from salesaudit.world.base import DAY, Flags, Floats, Times, Whole, pick
from salesaudit.world.columns import (
    Json,
    Known,
    Table,
    Words,
    joined,
    known_by,
    numbered,
    ratio,
    rounded,
    rows_of,
    seconds,
    words,
)
from salesaudit.world.records.interviews_english import ENGLISH
from salesaudit.world.records.interviews_thai import THAI, in_one_voice
from salesaudit.world.records.parameters import Interviews
from salesaudit.world.records.planted_texts import plant_texts, planted_truth
from salesaudit.world.records.sentences import LOST, WON, Sentences
from salesaudit.world.simulate import History
from salesaudit.world.statuses import DEAL_LOST, DEAL_WON
from salesaudit.world.streams import stream

CUSTOMER, REP = "customer", "rep"
LATEST = 45  # days from the close to the talk
OPENED, CLOSED = 0.8, 0.6  # share of texts with a sentence before, or behind, the reason
LANGUAGES: dict[str, Sentences] = {"th": THAI, "en": ENGLISH}


class _Talks(NamedTuple):
    """All deals, as if each had been talked about."""

    true: Interviews
    deal_id: Words
    held_at: Times
    won: Flags


def interviews(history: History, known: Known, true: Interviews) -> Table:
    """One row per talk: of the customer, and of some the rep's beside it; in the order of time."""
    deals, rng = known["deals"], stream(history.seed, "interviews")
    many = len(deals["deal_id"])
    chosen, agrees, beside = rng.random((3, many))
    drawn = rng.random((2, many))
    won = deals["status"] == DEAL_WON
    over = won | (deals["status"] == DEAL_LOST)
    closed: Times = deals["closed_at"]
    held = known_by(closed + seconds(rng.integers(3, LATEST, many) * float(DAY)), history.end)
    talked = over & (chosen < np.where(won, true.won, true.lost)) & ~np.isnat(held)
    talks = _Talks(true, deals["deal_id"], held, won)
    said = _codes(true, won, drawn[0], "won", "lost")
    own = _codes(true, won, drawn[1], "won_rep", "lost_rep")
    of_rep = np.where(agrees < true.agree, said, own)
    parts = [
        _voice(history, talks, talked, said, CUSTOMER),
        _voice(history, talks, talked & (beside < true.rep_too), of_rep, REP),
    ]
    table = joined(parts)
    table = rows_of(table, np.lexsort((table["speaker"], table["deal"], table["held_at"])))
    return {"interview_id": numbered("I", len(table["deal"]), 5, before=history.first), **table}


def interviews_truth(history: History, known: Known, true: Interviews) -> Json:  # noqa: ARG001
    """Shares of the reasons by how the deal ended and who speaks; and how far voices agree.

    ``kappa`` is Cohen's, of the customer's reason with another voice on the same deals, exact for
    the stated shares.
    """
    table = known["interviews"]
    codes = [item.code for item in true.reasons]
    voices = {
        ("lost", CUSTOMER): [item.lost for item in true.reasons],
        ("won", CUSTOMER): [item.won for item in true.reasons],
        ("lost", REP): _mixed(true, "lost", "lost_rep"),
        ("won", REP): _mixed(true, "won", "won_rep"),
    }
    shares = {}
    for (outcome, speaker), weights in voices.items():
        mine = (table["outcome"] == outcome) & (table["speaker"] == speaker)
        shares[f"{outcome}, {speaker}"] = {
            code: {
                "expected": rounded(weight / sum(weights)),
                "complete": ratio((mine & (table["code"] == code)).sum(), mine.sum()),
            }
            for code, weight in zip(codes, weights, strict=True)
        }
    return {
        "talks": len(table["deal"]),
        "shares": shares,
        "kappa": {
            "rep, lost": _kappa(true, "lost", "lost_rep"),
            "rep, won": _kappa(true, "won", "won_rep"),
            "crm": 0.0,
        },
        "codes": dict(zip(table["interview_id"].tolist(), table["code"].tolist(), strict=True)),
        "planted_texts": planted_truth(table, "interview_id"),
    }


def _codes(true: Interviews, won: Flags, drawn: Floats, if_won: str, if_lost: str) -> Whole:
    weights = [[getattr(item, name) for item in true.reasons] for name in (if_won, if_lost)]
    return np.where(won, pick(weights[0], drawn), pick(weights[1], drawn))


def _voice(history: History, talks: _Talks, chosen: Flags, said: Whole, speaker: str) -> Table:
    rng, rows, true = (
        stream(history.seed, f"interviews/{speaker}"),
        np.flatnonzero(chosen),
        talks.true,
    )
    drawn = rng.random((4, len(chosen)))[:, rows]
    codes = words([item.code for item in true.reasons])[said[rows]]
    thai = stream(history.seed, "interviews/language").random(len(chosen))[rows] < true.thai
    language = np.where(thai, "th", "en").astype(object)
    outcome = np.where(talks.won[rows], WON, LOST).astype(object)
    texts = _texts(language, speaker, outcome, codes, drawn)
    planted = stream(history.seed, f"interviews/{speaker}/planted")
    texts, hidden = plant_texts(texts, planted, true.named, true.hostile)
    return {
        "deal_id": talks.deal_id[rows],
        "held_at": talks.held_at[rows].astype("datetime64[D]").astype("datetime64[s]"),
        "outcome": outcome,
        "reason": np.where(drawn[3] < true.coded, codes, "").astype(object),
        "speaker": np.full(len(rows), speaker, dtype=object),
        "text": texts,
        "language": language,
        "code": codes,
        "planted": hidden,
        "deal": rows,
    }


def _texts(language: Words, speaker: str, outcome: Words, codes: Words, drawn: Floats) -> Words:
    """Texts of one to three sentences, the reason among them."""
    texts = []
    for row, (tongue, ended, code) in enumerate(zip(language, outcome, codes, strict=True)):
        sentences = LANGUAGES[tongue]
        first = _one(sentences.openings[speaker], drawn[0, row] / OPENED)
        reason = _one(sentences.reasons[speaker, ended, code], drawn[1, row])
        last = _one(sentences.closings[speaker, ended], drawn[2, row] / CLOSED)
        if not first.endswith(","):
            reason = reason[0].upper() + reason[1:]
        text = " ".join(part for part in (first, reason, last) if part)
        texts.append(in_one_voice(text, woman=row % 2 == 0) if tongue == "th" else text)
    return words(texts)


def _one(sentences: tuple[str, ...], drawn: float) -> str:
    return sentences[int(drawn * len(sentences))] if drawn < 1 else ""


def _mixed(true: Interviews, name: str, own: str) -> list[float]:
    """Shares of reasons of reps, some of whom give the customer's."""
    said, mine = _shares(true, name), _shares(true, own)
    return [true.agree * a + (1 - true.agree) * b for a, b in zip(said, mine, strict=True)]


def _kappa(true: Interviews, name: str, own: str) -> float:
    said, mine, mixed = _shares(true, name), _shares(true, own), _mixed(true, name, own)
    both = true.agree + (1 - true.agree) * sum(a * b for a, b in zip(said, mine, strict=True))
    chance = sum(a * b for a, b in zip(said, mixed, strict=True))
    return rounded((both - chance) / (1 - chance))


def _shares(true: Interviews, name: str) -> list[float]:
    weights = [getattr(item, name) for item in true.reasons]
    return [weight / sum(weights) for weight in weights]
