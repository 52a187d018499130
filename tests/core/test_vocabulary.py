"""The shared words: in both languages, without foreign words and without claims of cause."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import ModuleType

import pytest

from salesaudit.core import locale, vocabulary
from salesaudit.core.errors import InternalError
from salesaudit.core.texts import Text
from salesaudit.core.vocabulary import FORBIDDEN_CAUSAL, KEPT_TERMS, term

PARAMETER = re.compile(r"\{[^}]*\}")
LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
THAI = re.compile(r"[ก-๙]")


def said_by(module: ModuleType) -> Iterator[Text]:
    for value in vars(module).values():
        group = value if type(value) is tuple else (value,)
        yield from (item for item in group if isinstance(item, Text))


TEXTS = [*said_by(vocabulary), *said_by(locale)]
EACH = pytest.mark.parametrize("text", TEXTS, ids=[text.id for text in TEXTS])


def test_ids_are_unique() -> None:
    ids = [text.id for text in TEXTS]
    assert len(ids) == len(set(ids))


@EACH
def test_both_languages_say_it_with_the_same_parameters(text: Text) -> None:
    assert text.en
    assert text.th
    assert sorted(PARAMETER.findall(text.en)) == sorted(PARAMETER.findall(text.th))


@EACH
def test_thai_is_thai(text: Text) -> None:
    words = PARAMETER.sub(" ", text.th)
    assert set(LATIN.findall(words)) <= KEPT_TERMS
    assert THAI.search(words) or text.id in {"role.mql", "role.sql"}
    assert not re.search("[๐-๙]|ครับ|ค่ะ|\\.$", words)


@EACH
def test_nothing_claims_a_cause(text: Text) -> None:
    words = f"{text.en} {text.th}".lower()
    assert [phrase for phrase in FORBIDDEN_CAUSAL if claims(phrase, words)] == []


def claims(phrase: str, words: str) -> bool:
    if THAI.search(phrase):
        return phrase in words
    return re.search(rf"\b{re.escape(phrase)}\b", words) is not None


def test_claims_of_cause_are_told_from_harmless_words() -> None:
    caught = "sales rose because of the webinar; the lift due to it; calls ทำให้เกิดยอดขาย"
    assert {phrase for phrase in FORBIDDEN_CAUSAL if claims(phrase, caught)} == {
        "because of",
        "due to",
        "lift due to",
        "ทำให้เกิด",
    }
    harmless = "it goes with more calls; leads to call today; ลีดโดยเฉพาะจากโซเชียล"
    assert not any(claims(phrase, harmless) for phrase in FORBIDDEN_CAUSAL)


@pytest.mark.parametrize(
    ("text_id", "en", "th"),
    [
        ("state.answered", "Answered", "ตอบได้"),
        ("state.withheld", "Not shown", "ไม่แสดง"),
        ("owner.both", "Both", "ทั้งสองฝ่าย"),
        ("strength.weak", "weak sign", "สัญญาณอ่อน"),
        ("role.mql", "MQL", "MQL"),
        ("component.C6", "Customer service", "การบริการลูกค้า"),
        ("Q5.short", "SQL to customer", "จาก SQL เป็นลูกค้า"),
    ],
)
def test_terms_are_found_by_id(text_id: str, en: str, th: str) -> None:
    assert term(text_id) == Text(text_id, en, th)


def test_every_question_and_component_has_its_words() -> None:
    questions = [f"Q{number}" for number in range(1, 13)] + ["W1"]
    components = [f"C{number}" for number in range(1, 7)] + ["W1"]
    assert [term(f"{question}.short").en for question in questions]
    assert [term(f"component.{component}").en for component in components]


def test_an_unknown_term_is_our_fault() -> None:
    with pytest.raises(InternalError, match=r"state\.fine"):
        term("state.fine")
