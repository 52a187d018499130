"""Scores: how well a file's header and values fit a preset, and why."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from typing import NamedTuple

import duckdb

from salesaudit.sources.raw import RawTable
from salesaudit.sources.recognise.headers import Headers
from salesaudit.sources.recognise.preset import Preset
from salesaudit.warehouse.sql import quoted

FOUND = 0.6  # all that a preset must see is there
OF_SHOULD = 0.4
OF_NAME = 0.05
OF_VALUES = 0.1
ACCEPTED = 0.75
AHEAD = 0.15  # of the next best

Share = Callable[[RawTable, str, str], float]  # of a column's filled cells, those like a pattern


def share_in(con: duckdb.DuckDBPyConnection) -> Share:
    """Shares counted in an engine that holds the files."""

    def share(raw: RawTable, column: str, like: str) -> float:
        cell = quoted(column)
        row = con.execute(
            f"SELECT avg(CAST(regexp_matches({cell}, ?) AS INTEGER)) FROM {quoted(raw.table)} "
            f"WHERE {cell} <> ''",
            [like],
        ).fetchone()
        return float(row[0]) if row and row[0] is not None else 0.0

    return share


class Fit(NamedTuple):
    """How well a file fits a preset."""

    preset: Preset
    score: float
    found: Mapping[str, str]  # our short names: the file's columns
    decided: tuple[str, ...]  # the file's columns that decided


def fit(preset: Preset, raw: RawTable, share: Share) -> Fit | None:
    """How well a file fits a preset; None where something that it must have is not there.

    Args:
        preset: of an export.
        raw: the file.
        share: of the filled cells of a column of the file, those that match a pattern.
    """
    signature = preset.recognise
    headers = Headers(raw.columns, signature.prefix)
    if any(headers.find(preset.spellings(name)) is not None for name in signature.never):
        return None
    found = preset.found_in(raw.columns)
    decided = []
    for group in signature.must:
        names = (group,) if isinstance(group, str) else group
        seen = next((found[name] for name in names if name in found), None)
        if seen is None:
            return None
        decided.append(seen)
    hints = [name in found for name in signature.should]
    hints += [headers.prefixed] if signature.prefix else []
    score = FOUND + OF_SHOULD * (sum(hints) / len(hints) if hints else 1.0)
    if signature.files and fnmatchcase(raw.name.casefold(), signature.files.casefold()):
        score += OF_NAME
    tested = [(found[name], like) for name, like in signature.values.items() if name in found]
    if tested:
        shares = [share(raw, column, like) for column, like in tested]
        score += OF_VALUES * sum(shares) / len(signature.values)
    decided += [found[name] for name in signature.should if name in found]
    return Fit(preset, score, found, tuple(dict.fromkeys(decided)))
