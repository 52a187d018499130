"""Stages: the funnel that a log of events tells, and the stages with which a case is lost."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import duckdb

from salesaudit.sources.propose.profile import cell
from salesaudit.sources.propose.shapes import Log
from salesaudit.sources.propose.values import outcome
from salesaudit.sources.propose.words import nearest, nearness, vocabulary
from salesaudit.warehouse.sql import literal, quoted

ON_THE_WAY = 0.95  # share of the won cases that went through a stage of the funnel
SAME = 0.99  # of the cases, that two stages share: they are one step
ROLES = ("mql", "pitched", "sql")  # between the first stage and the win


class Seen(NamedTuple):
    """A stage as the log has it."""

    name: str
    cases: int
    rank: float  # its place among the stages of a case, on average


class Funnel(NamedTuple):
    """A funnel that is proposed, and what else was seen."""

    stages: tuple[tuple[str, str | None], ...]  # with their roles
    lost: Mapping[str, str]
    seen: tuple[Seen, ...]
    certain: bool  # words tell every role
    won: str | None = None


def funnel_of(con: duckdb.DuckDBPyConnection, table: str, log: Log, time: str) -> Funnel:
    """The stages that nearly every won case went through, in their order.

    Args:
        con: with the raw table.
        table: the raw table.
        log: its columns.
        time: the time of an event, in SQL.
    """
    con.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE firsts AS SELECT *, row_number() OVER (
            PARTITION BY c ORDER BY entered, record) AS place
        FROM (SELECT {cell(log.case)} AS c, {cell(log.activity)} AS a, min({time}) AS entered,
            min(_record) AS record FROM {quoted(table)} GROUP BY ALL) WHERE a IS NOT NULL
        """
    )
    rows = con.execute(
        "SELECT a, count(*), avg(place) FROM firsts GROUP BY 1 ORDER BY 3, 2 DESC"
    ).fetchall()
    seen = tuple(Seen(str(a), int(n), float(rank)) for a, n, rank in rows)
    won = _win(seen)
    lost = _losses(con, seen, won)
    names = _way_to(con, won) if won else [s.name for s in seen if s.name not in lost]
    con.execute("DROP TABLE firsts")
    roles, certain = _roles(names, won)
    return Funnel(
        tuple(zip(names, roles, strict=True)), lost, seen, certain and won is not None, won
    )


def _win(seen: Sequence[Seen]) -> str | None:
    words = vocabulary()
    near = [
        (nearness(s.name, words.outcomes["won"] + words.roles["customer"]), s)
        for s in seen
        if outcome(s.name) != "lost"
    ]
    said, best = max(near, key=lambda pair: (pair[0], pair[1].rank), default=(0.0, None))
    return best.name if best is not None and said >= 0.5 else None


def _way_to(con: duckdb.DuckDBPyConnection, won: str) -> list[str]:
    """Stages before the win; of those that the same cases reached, one: the last, or the lead's."""
    rows = con.execute(
        f"""
        WITH won AS (SELECT c, entered, record FROM firsts WHERE a = {literal(won)}),
        way AS (
            SELECT f.a, count(*) / (SELECT count(*) FROM won) AS share, avg(f.place) AS place
            FROM firsts f JOIN won
                ON f.c = won.c AND (f.entered, f.record) <= (won.entered, won.record)
            GROUP BY 1 HAVING share >= {ON_THE_WAY})
        SELECT way.a, (SELECT count(*) FROM firsts f WHERE f.a = way.a) AS cases
        FROM way ORDER BY place
        """
    ).fetchall()
    steps: list[list[tuple[str, int]]] = []
    for name, cases in rows:
        if steps and cases >= SAME * steps[-1][-1][1]:
            steps[-1].append((str(name), int(cases)))
        else:
            steps.append([(str(name), int(cases))])
    names = [step[0 if place == 0 else -1][0] for place, step in enumerate(steps)]
    if won not in names:
        same = next((i for i, step in enumerate(steps) if won in [n for n, _ in step]), None)
        names = [*names[:same], won] if same else [*names, won]
    return names


def _losses(
    con: duckdb.DuckDBPyConnection, seen: Sequence[Seen], won: str | None
) -> dict[str, str]:
    """Stages of losing words that no won case went through and no other of them includes."""
    said = [s for s in sorted(seen, key=lambda s: -s.cases) if outcome(s.name) == "lost"]
    kept: list[Seen] = []
    for stage in said:
        among = ", ".join(literal(name) for name in (won or "", *(k.name for k in kept)))
        row = con.execute(
            f"""
            SELECT count(*) FROM firsts WHERE a = {literal(stage.name)} AND c IN (
                SELECT c FROM firsts WHERE a IN ({among}))
            """
        ).fetchone()
        if row and int(row[0]) < 0.95 * stage.cases and not _often_won(con, stage, won):
            kept.append(stage)
    return {stage.name: _reason(stage.name) for stage in kept}


def _often_won(con: duckdb.DuckDBPyConnection, stage: Seen, won: str | None) -> bool:
    row = con.execute(
        f"SELECT count(*) FROM firsts WHERE a = {literal(stage.name)} AND c IN "
        f"(SELECT c FROM firsts WHERE a = {literal(won or '')})"
    ).fetchone()
    return row is not None and int(row[0]) > 0.01 * stage.cases


def _reason(name: str) -> str:
    """The losing word in a stage's name."""
    words = vocabulary().outcomes["lost"]
    said = [word for word in words if nearness(name, (word,))]
    return max(said, key=len, default="lost")


def _roles(names: Sequence[str], won: str | None) -> tuple[list[str | None], bool]:
    """The roles of stages: by words where they tell all in order, else by place."""
    order = list(vocabulary().roles)
    said = [nearest(name, vocabulary().roles, 0.6) for name in names]
    places = [order.index(role) for role in said if role]
    if all(said) and places == sorted(set(places)):
        return list(said), True
    roles: list[str | None] = [None] * len(names)
    if names:
        roles[0] = "lead"
    if won and len(names) > 1:
        roles[-1] = "customer"
    between = range(1, len(names) - (1 if won else 0))
    if len(between) >= len(ROLES):
        for place, role in zip(between, ROLES, strict=False):
            roles[place] = role
    return roles, len(names) <= 2 and won is not None
