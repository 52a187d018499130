"""Words: how near a header, a file's name or a cell comes to what the field calls a thing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ruamel.yaml import YAML

from salesaudit.sources.recognise.headers import plain

FILE = Path(__file__).with_name("words.yaml")
INSIDE = 0.5  # of a word that is a part of a longer header; the longer the part, the nearer

BESIDE = 0.12  # less, where the header goes on: the territory of an owner is no owner
_NEUTRAL = {
    "id",
    "no",
    "nr",
    "number",
    "name",
    "code",
    "date",
    "at",
    "on",
    "type",
    "dataset",
    "data",
}

Words = tuple[str, ...]  # plain, of all languages


class Vocabulary(NamedTuple):
    """What things are called, in all languages."""

    columns: Mapping[str, Words]
    files: Mapping[str, Words]  # by table
    outcomes: Mapping[str, Words]  # won, lost, open
    roles: Mapping[str, Words]
    activities: Mapping[str, Words]  # by kind
    started: Words
    ended: Words


@cache
def vocabulary() -> Vocabulary:
    """The words that ship with the package."""
    tree = YAML(typ="safe", pure=True).load(FILE.read_text(encoding="utf-8"))

    def words(by_language: Mapping[str, Iterable[object]]) -> Words:
        said = (plain(str(word).lower()) for listed in by_language.values() for word in listed)
        return tuple(dict.fromkeys(said))

    groups = {
        name: {thing: words(by) for thing, by in tree[name].items()}
        for name in ("columns", "files", "outcomes", "roles", "activities")
    }
    return Vocabulary(**groups, started=words(tree["started"]), ended=words(tree["ended"]))


@cache
def nearness(text: str, words: Words) -> float:
    """How near a text comes to one of the words: 1 where it is one, 0 where it holds none."""
    said = plain(text)
    if said in words:
        return 1.0
    return max((_near(said, word) for word in words if word in said), default=0.0)


def nearest(text: str, things: Mapping[str, Words], least: float = INSIDE) -> str | None:
    """The thing whose words a text comes nearest to."""
    found = {thing: nearness(text, words) for thing, words in things.items()}
    best = max(found, key=lambda thing: found[thing], default=None)
    return best if best is not None and found[best] >= least else None


def _near(said: str, word: str) -> float:
    if not _holds(said, word):
        return 0.0
    tail = said.partition(word)[2].split()
    aside = BESIDE if any(part not in _NEUTRAL for part in tail) else 0.0
    return INSIDE + (1 - INSIDE - 0.1) * len(word) / len(said) - aside


def _holds(said: str, word: str) -> bool:
    """Whether a text holds a word whole; Thai writes no blanks between words."""
    if any("\u0e00" <= char <= "\u0e7f" for char in word):
        return word in said
    return f" {word} " in f" {said} "
