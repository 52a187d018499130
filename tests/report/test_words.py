"""The report's own words: in both languages, with the same parameters, without claims of cause."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from salesaudit.cli import terminal
from salesaudit.core.texts import Text
from salesaudit.core.vocabulary import FORBIDDEN_CAUSAL, KEPT_TERMS
from salesaudit.report import words

LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
THAI = re.compile(r"[ก-๙]")


def said() -> Iterator[Text]:
    for module in (words, terminal):
        for value in vars(module).values():
            group = value if type(value) is tuple else (value,)
            yield from (item for item in group if isinstance(item, Text))


TEXTS = {text.id: text for text in said()}
EACH = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())


def test_ids_are_unique() -> None:
    assert len({id(text) for text in said()}) == len(TEXTS)


@EACH
def test_both_languages_say_it_with_the_same_parameters(text: Text) -> None:
    assert text.en
    assert text.parameters() == Text(text.id, text.th, text.en).parameters()


@EACH
def test_thai_is_thai(text: Text) -> None:
    plain = re.sub(r"\{[^}]*\}", " ", text.th)
    assert set(LATIN.findall(plain)) <= KEPT_TERMS
    assert THAI.search(plain)
    assert not re.search(r"[๐-๙]|ครับ|ค่ะ|\.$", plain)


@EACH
def test_nothing_claims_a_cause(text: Text) -> None:
    both = f"{text.en} {text.th}".lower()
    assert not any(re.search(rf"(?<![a-z]){phrase}(?![a-z])", both) for phrase in FORBIDDEN_CAUSAL)
