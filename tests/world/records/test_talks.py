"""Win/loss talks: reasons from the stated shares, in sentences of both languages."""

from __future__ import annotations

import re
from itertools import product
from typing import Any

import numpy as np
import pytest
from scipy.stats import chisquare

from salesaudit.world.columns import Table
from salesaudit.world.companies import DEMO
from salesaudit.world.records.interviews import LANGUAGES
from salesaudit.world.records.parameters import Interviews
from salesaudit.world.simulate import History

TRUE = DEMO.records.interviews
assert isinstance(TRUE, Interviews)
THAI = re.compile(r"[ก-๙]")
LEAST_P = 1e-4
MANLY, WOMANLY = ("ครับ", "ผม"), ("ค่ะ", "คะ", "ดิฉัน")


@pytest.mark.parametrize("outcome", ["won", "lost"])
@pytest.mark.parametrize("speaker", ["customer", "rep"])
def test_reasons_have_their_shares(
    tables: dict[str, Table], truth: dict[str, Any], outcome: str, speaker: str
) -> None:
    shares = truth["interviews"]["shares"][f"{outcome}, {speaker}"]
    expected = np.array([row["expected"] for row in shares.values()])
    complete = np.array([row["complete"] for row in shares.values()])
    assert expected.sum() == pytest.approx(1, abs=1e-5)
    assert (complete[expected == 0] == 0).all()
    talks = tables["interviews"]
    n = ((talks["outcome"] == outcome) & (talks["speaker"] == speaker)).sum()
    common = expected > 0
    observed = complete[common] * n
    assert chisquare(observed, expected[common] / expected.sum() * observed.sum()).pvalue > LEAST_P


def test_voices_agree_as_far_as_the_truth_says(
    tables: dict[str, Table], truth: dict[str, Any]
) -> None:
    talks = tables["interviews"]
    for outcome in ("won", "lost"):
        mine = talks["outcome"] == outcome
        said = dict(
            zip(
                talks["deal"][mine & (talks["speaker"] == "customer")].tolist(),
                talks["code"][mine & (talks["speaker"] == "customer")],
                strict=True,
            )
        )
        rep = dict(
            zip(
                talks["deal"][mine & (talks["speaker"] == "rep")].tolist(),
                talks["code"][mine & (talks["speaker"] == "rep")],
                strict=True,
            )
        )
        pairs = [(said[deal], code) for deal, code in rep.items()]
        both = np.mean([a == b for a, b in pairs])
        codes = {code for pair in pairs for code in pair}
        chance = sum(
            np.mean([a == code for a, _ in pairs]) * np.mean([b == code for _, b in pairs])
            for code in codes
        )
        kappa = (both - chance) / (1 - chance)
        se = np.sqrt(both * (1 - both) / len(pairs)) / (1 - chance)
        assert abs(kappa - truth["interviews"]["kappa"][f"rep, {outcome}"]) < 4 * se


def test_the_crm_knows_nothing_of_what_customers_say(
    large: History, tables: dict[str, Table]
) -> None:
    talks, deals = tables["interviews"], tables["deals"]
    lost = (talks["outcome"] == "lost") & (talks["speaker"] == "customer")
    said, noted = talks["code"][lost], deals["lost_reason"][talks["deal"][lost]]
    rows, columns = np.unique(said), np.unique(noted)
    counts = np.array([[((said == a) & (noted == b)).sum() for b in columns] for a in rows])
    expected = counts.sum(axis=1)[:, None] * counts.sum(axis=0) / counts.sum()
    statistic = ((counts - expected) ** 2 / expected).sum()
    df = (len(rows) - 1) * (len(columns) - 1)
    assert statistic < df + 4 * np.sqrt(2 * df)


def test_there_are_sentences_for_every_reason_that_can_be_given() -> None:
    said = {("customer", "won"): "won", ("customer", "lost"): "lost"}
    own = {("rep", "won"): "won_rep", ("rep", "lost"): "lost_rep"}
    for language, (speaker, outcome), item in product(
        LANGUAGES.values(), (*said, *own), TRUE.reasons
    ):
        weight = getattr(item, said.get((speaker, outcome), own.get((speaker, outcome), "")))
        if speaker == "rep":
            weight += getattr(item, outcome)
        if weight:
            assert len(language.reasons[speaker, outcome, item.code]) >= 2


def test_sentences_are_of_their_language_and_said_once() -> None:
    for language, sentences in LANGUAGES.items():
        parts = [
            *sentences.openings.values(), *sentences.reasons.values(), *sentences.closings.values(),
        ]  # fmt: skip
        texts = [text for part in parts for text in part]
        assert len(set(texts)) == len(texts)
        for text in texts:
            assert bool(THAI.search(text)) == (language == "th"), text


def test_texts_are_in_the_language_that_they_say(tables: dict[str, Table]) -> None:
    talks = tables["interviews"]
    sound = talks["planted"] == ""
    for language, text in zip(talks["language"][sound], talks["text"][sound], strict=True):
        assert bool(THAI.search(text)) == (language == "th")
    assert 0.7 < (talks["language"] == "th").mean() < 0.8


def test_nobody_speaks_as_a_man_and_a_woman(tables: dict[str, Table]) -> None:
    for text in tables["interviews"]["text"]:
        man, woman = (any(word in text for word in words) for words in (MANLY, WOMANLY))
        assert not (man and woman), text


def test_english_sentences_begin_with_a_capital(tables: dict[str, Table]) -> None:
    talks = tables["interviews"]
    for text in talks["text"][(talks["language"] == "en") & (talks["planted"] == "")]:
        assert not re.search(r"(^|[.] )[a-z]", text), text


def test_talks_are_held_after_the_close(tables: dict[str, Table]) -> None:
    talks, deals = tables["interviews"], tables["deals"]
    closed = deals["closed_at"][talks["deal"]]
    assert (talks["held_at"] > closed).all()
    won = deals["status"][talks["deal"]] == "Closed Won"
    assert ((talks["outcome"] == "won") == won).all()
