"""Values: what the words in the cells of a column mean, and which are almost the same."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted
from collections.abc import Sequence
from typing import NamedTuple

import duckdb

from salesaudit.sources.propose.profile import FEW, Profile, cell
from salesaudit.sources.propose.words import nearest, nearness, vocabulary
from salesaudit.warehouse.sql import quoted

Values = Sequence[tuple[str, int]]

SHORT = 5  # characters; shorter words differ in a letter by right


class Alike(NamedTuple):
    """Two labels that are almost the same."""

    rare: str
    rare_count: int
    common: str
    common_count: int


def outcome(value: str) -> str | None:
    """Won, lost or open, where a word says so."""
    outcomes = vocabulary().outcomes
    exact = next((o for o, words in outcomes.items() if nearness(value, words) == 1.0), None)
    return exact or nearest(value, outcomes)


def is_outcome(values: Values) -> bool:
    """Whether a column says how cases ended: words of winning or losing, in most of its cells."""
    meant = [(outcome(value), count) for value, count in values]
    known = sum(count for said, count in meant if said)
    ends = {said for said, _ in meant if said} & {"won", "lost"}
    plain = {value.casefold() for value, _ in values} <= {"yes", "no", "true", "false"}
    return bool(ends) and not plain and 2 * known >= sum(count for _, count in values) > 0


def meanings(values: Values) -> dict[str, str | None]:
    """What each value says of how a case ended; None where no word is known."""
    return {value: outcome(value) for value, _ in values}


def kind_of_activity(value: str) -> str:
    """What a label of an activity stands for; other where no word is known."""
    return nearest(value, vocabulary().activities) or "other"


def almost_the_same(
    con: duckdb.DuckDBPyConnection, table: str, profile: Profile
) -> tuple[Alike, ...]:
    """Labels that differ in case, blanks and marks, or in one letter; the rarer one first."""
    if not profile.is_category or profile.is_number or not 1 < profile.distinct <= FEW:
        return ()
    rows = con.execute(
        f"""
        WITH labels AS (
            SELECT {cell(profile.column)} AS t, count(*) AS n FROM {quoted(table)}
            WHERE {cell(profile.column)} IS NOT NULL GROUP BY 1),
        folded AS (SELECT *, lower(regexp_replace(t, '[\\s_\\-./]+', '', 'g')) AS f FROM labels)
        SELECT rare.t, rare.n, common.t, common.n FROM folded rare JOIN folded common
            ON (rare.n, rare.t) < (common.n, common.t) AND (rare.f = common.f
                OR (length(rare.f) >= {SHORT} AND NOT regexp_matches(rare.f || common.f, '[0-9]')
                    AND NOT regexp_matches(rare.t, '(^|[\\s_-])\\S$')
                    AND abs(length(rare.f) - length(common.f)) <= 1
                    AND levenshtein(rare.f, common.f) = 1 AND rare.n * 5 <= common.n))
        ORDER BY common.n DESC, rare.n DESC, 1 LIMIT 10
        """
    ).fetchall()
    return tuple(Alike(str(a), int(b), str(c), int(d)) for a, b, c, d in rows)
