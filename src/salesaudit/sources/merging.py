"""Merging all parts of all loads into canonical tables, with an account that closes."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import difflib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import MappingError, SourceError
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Message, Text, message
from salesaudit.sources.entries import Entry, count, settled
from salesaudit.sources.files import stop_if_too_many_refused
from salesaudit.sources.identity import follow_merges
from salesaudit.sources.parts import Part
from salesaudit.sources.references import settle_references
from salesaudit.warehouse.load import Merged, Taken, merge
from salesaudit.warehouse.schema import TABLES, create_sql
from salesaudit.warehouse.snapshots import HISTORY, add_seen_changes
from salesaudit.warehouse.sql import quoted

NO_LEADS_NO_DEALS = Text(
    "ingest.no_leads_no_deals",
    en="No lead and no deal came out of {path}: {got}.",
    th="ไม่มีลีดหรือดีลจาก {path}: {got}",
)
MAP_LEADS = Text(
    "ingest.map_leads",
    en="An audit needs rows in leads or deals: check the filters of the export and the mapping.",
    th="การตรวจสอบต้องมีข้อมูลใน leads หรือ deals โปรดตรวจตัวกรองของไฟล์ส่งออกและการกำหนดคอลัมน์",
)
NO_CASES = Text(
    "ingest.no_cases",
    en="There are no leads and no deals, only {got}: what rests on them is unanswerable.",
    th="ไม่มีทั้งลีดและดีล มีเพียง {got} คำถามที่อาศัยลีดหรือดีลจึงตอบไม่ได้",
)
NO_KNOWN_STAGE = Text(
    "ingest.no_known_stage",
    en="None of the {events} stage events is at a stage of the funnel. Stages seen: {seen}.",
    th="เหตุการณ์ทั้ง {events} รายการไม่อยู่ในขั้นของกรวยการขายเลย ขั้นที่พบ: {seen}",
)
LIST_STAGES = Text(
    "ingest.list_stages",
    en="List the stages in their order under  funnel:  in salesaudit.yaml; it is now {funnel}.",
    th="ระบุขั้นตามลำดับใต้  funnel:  ใน salesaudit.yaml ขณะนี้กรวยการขายคือ {funnel}",
)
STAGES_TO_NAME = Text(
    "ingest.stages_to_name",
    en="None of the {events} entries into a stage counts, as the funnel does not name their "
    "stages: {seen}. List them in their order under  funnel:  in salesaudit.yaml.",
    th="การเข้าสู่ขั้นทั้ง {events} ครั้งยังไม่ถูกนับ เพราะกรวยการขายไม่มีขั้นเหล่านี้: {seen} "
    "ระบุขั้นตามลำดับใต้  funnel:  ใน salesaudit.yaml",
)
NEAREST_STAGE = Text(
    "ingest.nearest_stage",
    en="Name “{seen_one}” as the funnel does (the nearest is “{nearest}”), or list the stages in "
    "their order under  funnel:  in salesaudit.yaml; it is now {funnel}.",
    th="แก้ “{seen_one}” ให้ตรงกับกรวยการขาย (ชื่อที่ใกล้เคียงที่สุดคือ “{nearest}”) หรือระบุขั้นตามลำดับใต้  "
    "funnel:  ใน salesaudit.yaml ซึ่งขณะนี้คือ {funnel}",
)


class Told(NamedTuple):
    """What a merge has to say."""

    accounts: list[tuple[Part, list[Entry]]]
    taken: list[list[Taken]]  # for each part, of each of its files
    notes: list[Message]
    tables: list[str]


def merge_parts(
    con: duckdb.DuckDBPyConnection,
    parts: Sequence[Part],
    settings: Settings,
    path: Path,
    *,
    own_stages: bool,
) -> Told:
    """Make the canonical tables of all that is offered.

    Args:
        con: with what the parts offer, ``refused`` and ``refused_cells``.
        parts: of all loads, in the order of their exports.
        settings: in force.
        path: that was loaded, for messages.
        own_stages: whether a new source of stages is of the company's own making; one that a
            preset brings may know no stage of the funnel.

    Raises:
        SalesAuditError: nothing came of it, or no stage is known.
        AccountError: records went missing, which is a fault of ours.
    """
    parts, followed = follow_merges(con, parts)
    by_table: dict[str, list[int]] = defaultdict(list)
    for place, part in enumerate(parts):
        by_table[part.table].append(place)
    notes = [*followed, *_check_stages(con, parts, settings, own_stages)]
    merged: dict[str, Merged] = {}
    for name, places in by_table.items():
        offers = [parts[place].offer for place in places]
        merged[name] = merge(con, TABLES[name], offers, name)
    tables = [*by_table, *_with_seen_changes(con, by_table)]
    notes += _cases(con, path, list(by_table))
    notes += settle_references(con, parts)
    accounts, taken = [], []
    for place, part in enumerate(parts):
        at = by_table[part.table].index(place)
        mine = merged[part.table].taken[at]
        taken.append(mine)
        entries = []
        for k, account in enumerate(part.accounts):
            found = settled(con, account, part.offer, part.load, mine[k])
            refused = {r.reason: r.records for r in found.reasons if r.records}
            stop_if_too_many_refused(found.name, found.read, refused, part.accept_refused)
            said = merged[part.table].notes.get((at, k), [])
            entries.append(found._replace(notes=(*found.notes, *said)))
        accounts.append((part, entries))
    return Told(accounts, taken, notes, tables)


def _with_seen_changes(con: duckdb.DuckDBPyConnection, tables: dict[str, list[int]]) -> list[str]:
    """Tables of changes that there are only because two exports differ."""
    made = []
    for of, (name, _) in HISTORY.items():
        seen = f"seen_{of}"
        if not count(con, "SELECT count(*) FROM duckdb_tables() WHERE table_name = ?", [seen]):
            continue
        if name not in tables:
            con.execute(create_sql(TABLES[name]))
            made.append(name)
        add_seen_changes(con, of, TABLES[name], name)
        con.execute(f"DROP TABLE {quoted(seen)}")
    return made


def _cases(con: duckdb.DuckDBPyConnection, path: Path, tables: list[str]) -> list[Message]:
    rows = {t: count(con, f"SELECT count(*) FROM {quoted(t)}") for t in tables}
    got = ", ".join(f"{table}: {found}" for table, found in rows.items())
    if not any(rows.values()):
        raise SourceError(NO_LEADS_NO_DEALS, MAP_LEADS, path=str(path), got=got)
    if not any(rows.get(table) for table in ("leads", "deals")):
        return [message(NO_CASES, got=got)]
    return []


def _check_stages(
    con: duckdb.DuckDBPyConnection, parts: Sequence[Part], settings: Settings, own_stages: bool
) -> list[Message]:
    """See to it that some stage that this load brings is one of the funnel."""
    offered = [p.offer.rows for p in parts if p.table == "stage_events" and p.new]
    if not offered:
        return []
    known = [s.name for s in settings.funnel] + list(settings.lost_stages)
    union = " UNION ALL ".join(f"SELECT stage FROM {rows}" for rows in offered)
    seen = con.execute(
        f"SELECT stage, count(*) FROM ({union}) GROUP BY 1 ORDER BY 2 DESC, 1"
    ).fetchall()
    if not seen or any(stage in known for stage, _ in seen):
        return []
    names = [str(stage) for stage, _ in seen]
    events = sum(n for _, n in seen)
    if not own_stages:
        return [message(STAGES_TO_NAME, events=events, seen=", ".join(names[:5]))]
    near = ((name, difflib.get_close_matches(name.lower(), known, n=1)) for name in names)
    pair = next(((name, found[0]) for name, found in near if found), None)
    shown = {
        "events": events,
        "seen": ", ".join(names[:5]),
        "funnel": ", ".join(stage.name for stage in settings.funnel),
    }
    if pair is None:
        raise MappingError(NO_KNOWN_STAGE, LIST_STAGES, **shown)
    raise MappingError(NO_KNOWN_STAGE, NEAREST_STAGE, seen_one=pair[0], nearest=pair[1], **shown)
