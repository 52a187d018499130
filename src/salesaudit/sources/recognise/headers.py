"""Headers, compared so that a label, an API name and a warehouse's name of one column meet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

from babel.numbers import list_currencies

# Columns that a loader adds to what it copies.
LOADER_COLUMNS = ("_fivetran_", "_airbyte_", "_dlt_", "_sdc_")
# What a loader or the system itself puts before or behind a column's own name.
BEFORE = ("property ", "properties ", "hs v2 ", "hs ")
BEHIND = (" c",)

_CAMEL = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][^\W\d_A-Z])")
_BETWEEN = re.compile(r"[\s_\-./\u200b]+")
_CURRENCY = re.compile(r" *\(([A-Za-z]{3})\)$")


def plain(header: str) -> str:
    """A header without what spellings differ in: ``CloseDate``, ``close_date``, ``Close Date``."""
    text = unicodedata.normalize("NFC", header)
    return _BETWEEN.sub(" ", _CAMEL.sub(" ", text)).strip().casefold()


def bare(spelling: str) -> str:
    """A plain header without the usual prefixes and the mark of a column of the company's own."""
    for prefix in BEFORE:
        spelling = spelling.removeprefix(prefix)
    for suffix in BEHIND:
        spelling = spelling.removesuffix(suffix)
    return _CURRENCY.sub("", spelling) if currency_of(spelling) else spelling


def currency_of(header: str) -> str | None:
    """The code in ``Amount spent (USD)``, which the cells below it do not repeat."""
    found = _CURRENCY.search(header.rstrip())
    code = found[1].upper() if found else None
    return code if code in _currencies() else None


@cache
def _currencies() -> frozenset[str]:
    return frozenset(list_currencies())


def is_loaders(header: str) -> bool:
    """Whether a warehouse's loader added this column."""
    return header.casefold().startswith(LOADER_COLUMNS)


class Headers:
    """The header of a file, asked for columns by any of their spellings.

    Args:
        columns: as the file names them.
        prefixes: of this export, stripped before comparing.
    """

    def __init__(self, columns: Iterable[str], prefixes: Iterable[str] = ()) -> None:
        self._plain: dict[str, str] = {}
        self._bare: dict[str, str] = {}
        self.prefixed = False  # whether a prefix was seen
        cut = [f"{plain(prefix)} " for prefix in prefixes]
        for column in columns:
            spelling = plain(column)
            self._plain.setdefault(spelling, column)
            for prefix in cut:
                if spelling.startswith(prefix):
                    self.prefixed = True
                    self._plain.setdefault(spelling.removeprefix(prefix), column)
        for spelling, column in self._plain.items():
            self._bare.setdefault(bare(spelling), column)

    def find(self, spellings: Iterable[str]) -> str | None:
        """The file's name of the first of these spellings that it has."""
        wanted = [plain(spelling) for spelling in spellings]
        exact = (self._plain.get(spelling) for spelling in wanted)
        loose = (self._bare.get(bare(spelling)) for spelling in wanted)
        return next((found for found in (*exact, *loose) if found is not None), None)
