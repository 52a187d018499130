"""Matching: the columns of a file given to the columns of a table, each used once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.optimize import linear_sum_assignment

from salesaudit.sources.exports import table_name
from salesaudit.sources.propose.profile import Profile
from salesaudit.sources.propose.tables import OWN_KEY, REFERENCES, SHAPES
from salesaudit.sources.propose.values import is_outcome
from salesaudit.sources.propose.words import nearness, vocabulary
from salesaudit.sources.recognise.headers import plain
from salesaudit.warehouse.schema import TABLES, Kind

SURE = 0.8  # below it a line says what else it could be
LEAST = 0.45  # below it nothing is proposed
HINT = 2.5  # what a file's name says for a table
ENOUGH = 2.0  # what must be said for a table

UNNAMED_KEY = 0.7  # confidence in a first column that is unique and has no known name
EVERYWHERE = 0.2  # of a header's weight, where it is one that any export may have
MOSTLY_UNIQUE = 0.8  # different values of a key; the others repeat it
_COMMON = {
    "id", "created at", "created", "created date", "create date", "date created", "date", "type",
    "kind", "name", "email", "e mail", "mail", "country", "country code", "score", "at", "time",
    "timestamp", "user", "day", "text", "value", "user id", "list id", "updated at",
    "วันที่", "ชื่อ", "สถานะ", "อีเมล", "datum", "fecha", "data",
}  # fmt: skip

Known = Mapping[tuple[str, str], float]  # (column, table): share found in the key of the table


class Match(NamedTuple):
    """A column of a file for a column of a table."""

    column: str
    confidence: float
    others: tuple[str, ...] = ()  # columns that it could also be


class Fit(NamedTuple):
    """A table that a file may fill."""

    table: str
    score: float
    matches: Mapping[str, Match]


def fits(
    name: str, profiles: Mapping[str, Profile], known: Known, tables: Sequence[str] = ()
) -> list[Fit]:
    """The tables that a file of one row per record may fill, the best first.

    Args:
        name: of the file.
        profiles: of its columns.
        known: how much of a column is found among another file's keys.
        tables: only these.
    """
    hints = {t: nearness(table_name(name), vocabulary().files.get(t, ())) for t in tables or SHAPES}
    hinted = [table for table, hint in hints.items() if hint]
    found = []
    for table in hinted or hints:
        hint = hints[table]
        matches = matches_of(table, profiles, known)
        score = HINT * hint + sum(
            SHAPES[table].wants[field].weight * match.confidence * _tells(field, match.column)
            for field, match in matches.items()
        )
        complete = all(any(f in matches for f in group) for group in SHAPES[table].needs)
        if complete and score >= ENOUGH and (hint or len(matches) > 1):
            found.append(Fit(table, score, matches))
    return sorted(found, key=lambda fit: -fit.score)


def matches_of(table: str, profiles: Mapping[str, Profile], known: Known) -> dict[str, Match]:
    """The columns of a file that fit those of a table, its key among them."""
    return _with_key(table, _matches(table, profiles, known), profiles)


def _with_key(
    table: str, matches: dict[str, Match], profiles: Mapping[str, Profile]
) -> dict[str, Match]:
    """With the first column as the key, where no word says which it is and it is unique."""
    key = SHAPES[table].key
    first = next(iter(profiles.values()), None)
    if not key or key in matches or first is None or not first.unique or first.decimals:
        return matches
    taken = {m.column for m in matches.values() if m.confidence >= SURE}
    if not _is_key(first) or first.column in taken:
        return matches
    rest = {field: m for field, m in matches.items() if m.column != first.column}
    return {**rest, key: Match(first.column, UNNAMED_KEY)}


def _tells(field: str, column: str) -> float:
    """How much a header says of a table: what every export has says little."""
    if field == "status":
        return 2.0  # of deals: its values say won and lost
    return EVERYWHERE if plain(column) in _COMMON else 1.0


def confidence(table: str, field: str, profile: Profile, known: Known) -> float:
    """How sure it is that a column is meant by a field: the name proposes, the values decide."""
    if not profile.filled:
        return 0.0
    want = SHAPES[table].wants[field]
    said = nearness(profile.column, vocabulary().columns[want.concept])
    target = REFERENCES.get(field)
    if target and (table, field) not in OWN_KEY:
        said = 0.0 if plain(profile.column) == "id" else said
        share = known.get((profile.column, target), 0.0)
        return max(share, said * 0.8) if share >= 0.8 else (said * 0.5 if not known else 0.0)
    return _by_values(table, field, profile, said)


def _by_values(table: str, field: str, profile: Profile, said: float) -> float:
    """What the values make of what the name says."""
    if field == "contact_hash":
        return max(said, 0.95) if profile.is_mail else 0.0
    if table == "deals" and field == "status":
        return max(said, 0.9) if is_outcome(profile.values) else 0.0
    if table == "deals" and field == "stage":
        said -= 0.2 * nearness(profile.column, vocabulary().columns["status"])
    return said if _possible(table, field, profile) else 0.0


def _possible(table: str, field: str, profile: Profile) -> bool:
    if field in _LOOKS:
        return _LOOKS[field](profile)
    if field == SHAPES[table].key:
        return _is_key(profile)
    if table == "ratings" and field == "score":
        return profile.is_whole and (profile.low or 0) >= 0 and 5 <= (profile.high or 0) <= 10
    column = TABLES[table].column(field)
    return column is not None and _OF_KIND.get(column.kind, _is_label)(profile)


def _is_key(profile: Profile) -> bool:
    several = profile.distinct >= MOSTLY_UNIQUE * profile.filled
    full = 0 < profile.filled == profile.records
    return several and full and not profile.is_date and not profile.is_mail


def _is_customer(profile: Profile) -> bool:
    return 10 * profile.distinct >= profile.filled and _is_id(profile)


def _is_id(profile: Profile) -> bool:
    return not profile.is_date and not profile.is_mail and not profile.decimals


def _is_day(profile: Profile) -> bool:
    return profile.is_date


def _is_amount(profile: Profile) -> bool:
    return profile.is_number and not profile.is_date


def _is_label(profile: Profile) -> bool:
    return profile.is_category and not (profile.is_number and profile.decimals)


def _is_free_text(profile: Profile) -> bool:
    return profile.length >= 15 and not profile.is_number and not profile.is_date


def _is_anything(profile: Profile) -> bool:
    return not profile.is_date


_LOOKS: dict[str, Callable[[Profile], bool]] = {
    "comment": _is_free_text,
    "customer_id": _is_customer,
    "old": _is_anything,
    "new": _is_anything,
    "name": _is_anything,
}
_OF_KIND: dict[Kind, Callable[[Profile], bool]] = {
    Kind.TIME: _is_day,
    Kind.DAY: _is_day,
    Kind.MONEY: _is_amount,
    Kind.NUMBER: _is_amount,
    Kind.COUNT: _is_amount,
    Kind.ID: _is_id,
}


def _matches(table: str, profiles: Mapping[str, Profile], known: Known) -> dict[str, Match]:
    """The assignment of columns to fields that is the surest in all."""
    fields, columns = list(SHAPES[table].wants), list(profiles)
    sure = np.array([[confidence(table, f, profiles[c], known) for c in columns] for f in fields])
    if not sure.size:
        return {}
    found = {}
    for row, place in zip(*linear_sum_assignment(sure, maximize=True), strict=True):
        value = float(sure[row, place])
        if value >= LEAST:
            near = [
                columns[i]
                for i in np.argsort(-sure[row])
                if i != place and sure[row, i] >= max(LEAST, 0.75 * value)
            ]
            found[fields[row]] = Match(columns[place], value, tuple(near[:3]))
    return found
