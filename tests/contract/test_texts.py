"""Every text that people read: in both languages, of one meaning, and without a claim of cause."""

from __future__ import annotations

import re
import string
from collections import Counter
from collections.abc import Iterator
from typing import get_args

import pytest

import salesaudit
from salesaudit.core import vocabulary
from salesaudit.core.settings import Strict
from salesaudit.core.texts import Text, texts_in
from salesaudit.core.vocabulary import FORBIDDEN_CAUSAL, KEPT_TERMS
from salesaudit.warehouse import schema

LATIN = re.compile(r"[A-Za-z][A-Za-z0-9]*")
THAI = re.compile(r"[ก-๙]")
# What is written as the machine takes it: names with a dot, a dash or an underscore, and options.
CODE = re.compile(r"--?[a-z][\w-]*|\b\w+(?:[._]\w+)+\b|%[A-Za-z]")


def texts() -> list[Text]:
    """Every text once, in the order in which it is found."""
    return list(dict.fromkeys(texts_in(salesaudit)))


TEXTS = texts()


# Words of machines and places that a Thai reader types or sees as they are.
MACHINE = frozenset(
    {
        *(
            "en",
            "th",
            "key",
            "label",
            "true",
            "false",
            "THB",
            "USD",
            "any",
            "high",
            "select",
            "SELECT",
            "PATH",
            "Asia",
            "Bangkok",
        ),
        *("csv", "tsv", "txt", "gz", "gzip", "zip", "html", "json", "xls", "Office", "XML"),
        *("decimal", "cp874", "cp1252", "NUL", "CR", "LF", "GB"),
    }
)
# Words of databases: commands, variables and systems as their manuals write them.
DATABASES = frozenset(
    {
        *("PostgreSQL", "PGPASSWORD", "PGPASSFILE", "pgpass", "service", "psql", "GRANT", "TO"),
        *("ON", "FROM", "WHERE", "EXPORT", "DATABASE", "postgres", "wal", "pip", "install"),
        *("user", "host", "db", "table", "schema", "PGOPTIONS", "odoo"),
    }
)
MENUS = {"exports.what_to_export"}  # names of other programs' menus


def named() -> frozenset[str]:
    """Names of the files' own world: tables, columns, settings and the words these may hold."""
    columns = {c.name for table in schema.TABLES.values() for c in table.columns}
    keys = {name for model in Strict.__subclasses__() for name in model.model_fields}
    choices = {
        choice
        for model in Strict.__subclasses__()
        for field in model.model_fields.values()
        for kind in (field.annotation, *get_args(field.annotation))
        for choice in get_args(kind)
        if isinstance(choice, str)
    }
    return frozenset(columns | set(schema.TABLES) | keys | choices)


def parameters(pattern: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in string.Formatter().parse(pattern) if name is not None)


def claims(words: str) -> Iterator[str]:
    for phrase in FORBIDDEN_CAUSAL:
        found = phrase in words if THAI.search(phrase) else re.search(rf"\b{phrase}\b", words)
        if found:
            yield phrase


def wrong(check: object) -> dict[str, object]:
    """Texts that fail a check, by id."""
    return {text.id: found for text in TEXTS if (found := check(text))}  # type: ignore[operator]


def test_there_are_texts() -> None:
    assert len(TEXTS) > 150


def test_every_text_says_something_in_both_languages() -> None:
    assert wrong(lambda text: not text.en.strip() or not text.th.strip()) == {}


def test_both_languages_take_the_same_parameters() -> None:
    assert wrong(lambda t: set(parameters(t.en)) ^ set(parameters(t.th))) == {}


def test_parameters_have_names() -> None:
    assert wrong(lambda t: [n for n in parameters(t.en) + parameters(t.th) if not n]) == {}


def test_ids_are_unique() -> None:
    shared = Counter(text.id for text in TEXTS)
    assert {id_: n for id_, n in shared.items() if n > 1} == {}


def test_no_text_claims_a_cause() -> None:
    assert wrong(lambda text: list(claims(f"{text.en} {text.th}".lower()))) == {}


def test_thai_is_thai() -> None:
    def strangers(text: Text) -> list[str]:
        words = CODE.sub(" ", re.sub(r"\{[^{}]*\}", " ", text.th))
        known = KEPT_TERMS | MACHINE | DATABASES | named()
        if text.id.startswith("traps."):  # other programs' words, as in their screens
            known |= set(LATIN.findall(text.en))
        return [w for w in LATIN.findall(words) if w not in known and text.id not in MENUS]

    assert wrong(strangers) == {}


@pytest.mark.parametrize(
    "words", ["sales rose because of it", "ads drives sales", "เป็นผลมาจากโฆษณา"]
)
def test_a_claim_of_cause_is_found(words: str) -> None:
    assert list(claims(words))


@pytest.mark.parametrize("words", ["it goes with more calls", "hard drives", "ลีดโดยเฉพาะ"])
def test_what_claims_none_is_not(words: str) -> None:
    assert list(claims(words.replace("drives", "discs"))) == []
    assert vocabulary.__name__
