"""Shapes of files that are no table of one row per record: logs of events, a column per stage."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import duckdb

from salesaudit.sources.propose.profile import Profile, cell, one_number
from salesaudit.sources.propose.words import Words, nearest, nearness, vocabulary
from salesaudit.sources.recognise.headers import is_loaders, plain
from salesaudit.warehouse.sql import quoted

NARROW = 10  # columns that a log may have
REPEATED = 1.2  # rows a case of a log has, on average
DIFFERENT = 1.3  # activities a case of a log has, on average
STAGES = 3  # columns of dates that make a wide sheet

_DAY_WORDS = re.compile(
    r"\b(date|day|at|on|entered|became|since|datum|am|fecha|data|le|il|op|den)\b|วันที่|วัน"
)


class Log(NamedTuple):
    """A file of events: something happened to a case at a time."""

    case: str
    activity: str
    time: str
    actor: str | None
    life: str | None  # whether the event starts or ends a piece of work
    form: str = ""  # of its times, where it is not the plain one
    rows: str = ""  # SQL of its rows in a select, where they stand in several files


class Wide(NamedTuple):
    """A file of a row per customer and a column of dates per stage."""

    key: str | None
    stages: tuple[tuple[str, str], ...]  # column and name of the stage, in their order
    roles: Mapping[str, str]  # by name of the stage


def event_log(
    con: duckdb.DuckDBPyConnection, table: str, profiles: Mapping[str, Profile]
) -> Log | None:
    """The columns of a log of events, if the file is one."""
    own = [p for p in profiles.values() if p.filled and not is_loaders(p.column)]
    if not 3 <= len(own) <= NARROW:
        return None
    if any(p.unique and not p.is_date for p in own) or any(_is_money(p) for p in own):
        return None
    words = vocabulary().columns
    times = [p for p in own if p.is_date]
    life = next((p for p in own if _is_life(p)), None)
    cases = [p for p in own if not p.is_date and p is not life and _repeats(p)]
    if not times or not cases:
        return None
    time = max(times, key=lambda p: nearness(p.column, words["at"]))
    case = max(cases, key=lambda p: p.distinct)
    actor = _named(own, words["person"], without=(case, time, life))
    what = [
        (max(nearness(p.column, words["stage"]), nearness(p.column, words["kind"])), p)
        for p in own
        if p not in (case, time, life, actor) and 2 <= p.distinct <= min(100, case.distinct / 5)
    ]
    said, activity = max(what, key=lambda pair: pair[0], default=(0.0, None))
    if activity is None or said < 0.5:
        return None
    pairs = one_number(
        con,
        f"SELECT count(*) FROM (SELECT DISTINCT {cell(case.column)}, {cell(activity.column)} "
        f"FROM {quoted(table)})",
    )
    if life is None and pairs < DIFFERENT * case.distinct:
        return None
    return Log(
        case.column,
        activity.column,
        time.column,
        actor.column if actor else None,
        life.column if life else None,
    )


def wide_sheet(profiles: Mapping[str, Profile]) -> Wide | None:
    """The stages of a sheet that has a column of dates for each of them, if the file is one."""
    words = vocabulary()
    dated = [p for p in profiles.values() if p.is_date]
    named = [(p, nearest(_bare(p.column), words.roles, 0.6)) for p in dated]
    if len({role for _, role in named if role}) < STAGES or len(dated) < STAGES:
        return None
    stages = [(p, role) for p, role in named if role]
    order = list(words.roles)
    stages.sort(key=lambda pair: (order.index(str(pair[1])), -pair[0].filled))
    roles: dict[str, str] = {}
    for profile, role in stages:
        if role and role not in roles.values():
            roles[_name_of(profile.column)] = role
    unique = [p for p in profiles.values() if p.unique and not p.is_date and not p.is_mail]
    key = max(unique, key=lambda p: nearness(p.column, words.columns["lead_id"]), default=None)
    return Wide(
        key.column if key else None,
        tuple((p.column, _name_of(p.column)) for p, _ in stages),
        roles,
    )


def last_activity(con: duckdb.DuckDBPyConnection, table: str, log: Log, time: str) -> str | None:
    """The activity with which nearly every case ends."""
    row = con.execute(
        f"""
        SELECT last, count(*) / sum(count(*)) OVER () AS share FROM (
            SELECT arg_max({cell(log.activity)}, ({time}, _record)) AS last FROM {quoted(table)}
            GROUP BY {cell(log.case)})
        GROUP BY 1 ORDER BY 2 DESC LIMIT 1
        """
    ).fetchone()
    return str(row[0]) if row and row[0] is not None and float(row[1]) >= 0.5 else None


def lives(con: duckdb.DuckDBPyConnection, table: str, column: str) -> tuple[str, str] | None:
    """The words with which a piece of work starts and ends."""
    words = vocabulary()
    rows = con.execute(
        f"SELECT DISTINCT {cell(column)} FROM {quoted(table)} WHERE {cell(column)} IS NOT NULL"
    ).fetchall()
    said = [str(row[0]) for row in rows]
    start = next((s for s in said if nearness(s, words.started) == 1.0), None)
    end = next((s for s in said if nearness(s, words.ended) == 1.0), None)
    return (start, end) if start and end else None


def _is_money(profile: Profile) -> bool:
    said = nearness(profile.column, vocabulary().columns["amount"])
    return profile.is_number and not profile.is_date and said >= 0.7


def _is_life(profile: Profile) -> bool:
    words = vocabulary()
    said = [value for value, _ in profile.values]
    starts = any(nearness(value, words.started) == 1.0 for value in said)
    ends = any(nearness(value, words.ended) == 1.0 for value in said)
    return starts and ends and len(said) <= 8


def _repeats(profile: Profile) -> bool:
    full = profile.filled >= 0.95 * profile.records
    return full and profile.distinct >= 5 and profile.filled >= REPEATED * profile.distinct


def _named(
    profiles: Iterable[Profile],
    words: Words,
    *,
    without: tuple[Profile | None, ...],
) -> Profile | None:
    near = [(nearness(p.column, words), p) for p in profiles if p not in without]
    said, best = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return best if said >= 0.5 else None


def _bare(header: str) -> str:
    return " ".join(_DAY_WORDS.sub(" ", plain(header)).split()) or header


def _name_of(header: str) -> str:
    """The name of a stage after its column: the header without words of dates."""
    text = re.sub(
        r"(?i)[\s_]*\b(date|day|at|on|am|datum)\b[\s_]*|วันที่", " ", header.replace("_", " ")
    )
    return " ".join(text.split()) or header
