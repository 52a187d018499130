"""Texts that people read: said once, beside the code that says them, in every language."""

from __future__ import annotations

import importlib
import pkgutil
import string
from collections.abc import Iterator, Mapping
from datetime import date
from enum import StrEnum
from types import ModuleType
from typing import NamedTuple

LANGUAGES = ("en", "th")


class Unit(StrEnum):
    """What a number counts; ``core.locale`` decides how each is written."""

    RATE = "rate"  # a fraction, shown in percent
    COUNT = "count"
    DAYS = "days"
    MONEY = "money"  # in the company's currency
    RATIO = "ratio"
    SCORE = "score"  # 0 to 1
    P = "p"


class Text(NamedTuple):
    """One sentence in every language; ``{name}`` marks a parameter, the same in each."""

    id: str
    en: str
    th: str

    def parameters(self) -> frozenset[str]:
        """Names of the parameters, which must agree between the languages."""
        return frozenset(_parameters(self.en))


class Quantity(NamedTuple):
    """A number with its unit; its range, where it has one, decides how many digits are shown."""

    value: float
    unit: Unit
    lower: float | None = None
    upper: float | None = None


Param = str | int | date | Quantity | Text


class Message(NamedTuple):
    """A text with its parameters, to be written out in whatever language is asked for."""

    text: Text
    params: Mapping[str, Param] = {}

    @property
    def id(self) -> str:
        """Id of the text."""
        return self.text.id


def message(text: Text, **params: Param) -> Message:
    """A message of ``text``; keyword arguments are its parameters."""
    return Message(text, params)


def texts_in(package: ModuleType) -> Iterator[Text]:
    """Every text that a module of ``package`` holds, alone, in a tuple or in a mapping.

    Imports the modules.
    """
    for name in _modules(package):
        for value in vars(importlib.import_module(name)).values():
            if isinstance(value, Text):
                yield value
            elif type(value) is tuple:
                yield from (item for item in value if isinstance(item, Text))
            elif type(value) is dict:
                yield from (item for item in value.values() if isinstance(item, Text))


def _modules(package: ModuleType) -> Iterator[str]:
    for info in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        yield info.name


def _parameters(pattern: str) -> list[str]:
    return [name for _, name, _, _ in string.Formatter().parse(pattern) if name]
