"""Snapshots: exports of one source at different times, the newest of which says how things are.

What the older ones said otherwise becomes history; what the newest no longer has is gone.
"""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import MappingError
from salesaudit.core.texts import Message, Quantity, Text, Unit, message
from salesaudit.warehouse.schema import Table
from salesaudit.warehouse.sql import literal, quoted

HISTORY = {
    "leads": ("lead_changes", ("owner_id", "score", "status", "channel")),
    "deals": (
        "deal_changes",
        ("stage", "amount", "expected_on", "rep_id", "status", "forecast_category"),
    ),
}
DAYS = {"spend": ("spent_on", "until_on"), "visits": ("visited_on", "visited_on")}
WHOLE = 0.8  # share of the known keys that an export must have to be taken as whole
SHIFTED, AT_LEAST = 0.5, 5  # share and number of records whose first day another export changed

VANISHED = Text(
    "snapshots.vanished",
    en="Missing from this export: {n} of the {known} {table} that earlier exports had. They are "
    "kept and marked as gone; what was open among them counts neither as open nor as won or lost. "
    "If lost deals were deleted, every win rate is too high.",
    th="ไฟล์นี้ไม่มี {n} จาก {known} รายการใน {table} ที่เคยอยู่ในไฟล์ส่งออกก่อนหน้า "
    "รายการเหล่านี้ถูกเก็บไว้และทำเครื่องหมายว่าหายไป รายการที่เคยเปิดอยู่จะไม่นับว่าเปิด ชนะ หรือแพ้ "
    "หากมีการลบดีลที่แพ้ อัตราชนะทุกตัวจะสูงเกินจริง",
)
PARTIAL = Text(
    "snapshots.partial",
    en="This export has {here} of the {known} records of {table} known before, and is taken as a "
    "part: nothing is marked as gone. If it is the whole, write  full: true  at this source.",
    th="ไฟล์นี้มี {here} จาก {known} รายการของ {table} ที่รู้จักก่อนหน้า จึงถือว่าเป็นข้อมูลบางส่วน "
    "และไม่ทำเครื่องหมายว่ารายการใดหายไป หากเป็นข้อมูลทั้งหมด ให้ระบุ  full: true  ที่แหล่งข้อมูลนี้",
)
FILTERED = Text(
    "snapshots.filtered",
    en="The head of this export names a filter, so it is taken as a part of {table}: nothing is "
    "marked as gone. If it is the whole, write  full: true  at this source.",
    th="ส่วนหัวของไฟล์ระบุตัวกรอง จึงถือว่าเป็นเพียงบางส่วนของ {table} และไม่ทำเครื่องหมายว่ารายการใดหายไป "
    "หากเป็นข้อมูลทั้งหมด ให้ระบุ  full: true  ที่แหล่งข้อมูลนี้",
)
OTHER_DATES = Text(
    "snapshots.other_dates",
    en="{file}: {share} of the records that an older export has too now begin on another day: "
    "{key} on {before} there, on {now} here.",
    th="{file}: {share} ของรายการที่มีในไฟล์ส่งออกก่อนหน้าด้วย เริ่มต้นคนละวัน: {key} เดิมวันที่ {before} "
    "แต่ในไฟล์นี้วันที่ {now}",
)
SAY_FORMAT = Text(
    "snapshots.say_format",
    en='Day and month are read in another order: say it, as  format: "%d/%m/%Y",  under '
    "columns.{field}. If it is another system, give the source a  name  of its own.",
    th='ลำดับวันและเดือนถูกอ่านต่างกัน โปรดระบุรูปแบบ เช่น  format: "%d/%m/%Y"  ใต้ columns.{field} '
    "หากเป็นคนละระบบ ให้ตั้ง  name  แยกให้แหล่งข้อมูลนี้",
)


class OfferedFile(NamedTuple):
    """A file of a source, and when it was exported."""

    name: str
    source: str  # files of one source are exports of one table at different times
    exported: datetime  # UTC
    exported_on: date  # in the company's time zone
    fills: frozenset[str]  # canonical columns that it gives
    full: bool | None = None  # False: a part, by its head or the settings; None: to be found out


class Offer(NamedTuple):
    """Rows that a source offers."""

    rows: str  # relation: canonical columns, then _file, _record, _line, _modified
    files: tuple[OfferedFile, ...]
    part: int  # its number among the refused
    wide: bool = False  # one stamp a stage and record: a later export moves it


Place = tuple[int, int]  # offer, file
Notes = dict[Place, list[Message]]


def several(offers: Sequence[Offer]) -> bool:
    """Whether a source was exported more than once."""
    return any(len(times) > 1 for times in _exports(offers).values())


def source_numbers(offers: Sequence[Offer]) -> dict[str, int]:
    """What stands for each source in the rows."""
    names = dict.fromkeys(file.source for offer in offers for file in offer.files)
    return {name: number for number, name in enumerate(names)}


def newest(
    con: duckdb.DuckDBPyConnection, table: Table, offers: Sequence[Offer], rows: str
) -> tuple[Notes, dict[Place, int]]:
    """Make ``standing``: of each source and key, what its newest version says.

    Beside it ``seen_<table>`` is made of leads and deals, the changes between the versions, and
    ``gone``, the keys that a whole export no longer has.

    Args:
        con: with the rows.
        table: the canonical table.
        offers: their sources.
        rows: one row for each source, export and key.

    Returns:
        Notes on files; for each file, rows that were new or said something else than before.

    Raises:
        MappingError: two exports of a source cannot have been read alike.
    """
    _versions(con, table, rows)
    _same_first_days(con, table, offers)
    changed = con.execute(
        "SELECT _offer, _file, count(*) FROM versions "
        "WHERE _before IS NULL OR _before <> _content GROUP BY ALL"
    ).fetchall()
    if table.name in HISTORY:
        _see_changes(con, table, offers)
    notes = _find_gone(con, table, offers) if table.column("gone_since") else {}
    _stand(con, table, offers)
    con.execute("DROP TABLE versions")
    return notes, {(int(offer), int(file)): int(n) for offer, file, n in changed}


def _exports(offers: Sequence[Offer]) -> dict[str, dict[datetime, list[Place]]]:
    found: dict[str, dict[datetime, list[Place]]] = defaultdict(lambda: defaultdict(list))
    for i, offer in enumerate(offers):
        for j, file in enumerate(offer.files):
            found[file.source][file.exported].append((i, j))
    return found


def _versions(con: duckdb.DuckDBPyConnection, table: Table, rows: str) -> None:
    """The rows in the order in which their source said them, each with the one before."""
    key = ", ".join(quoted(name) for name in table.key)
    packed = ", ".join(f"{quoted(c.name)}: {quoted(c.name)}" for c in table.columns if not c.key)
    content = f"hash({{{packed}}})" if packed else "hash(0)"
    con.execute(
        f"CREATE TEMP TABLE versions AS SELECT *, coalesce(_modified, _exported) AS _said, "
        f"{content} AS _content, lag({content}) OVER said AS _before FROM {rows} "
        f"WINDOW said AS (PARTITION BY _source, {key} "
        "ORDER BY coalesce(_modified, _exported), _exported)"
    )


def _same_first_days(con: duckdb.DuckDBPyConnection, table: Table, offers: Sequence[Offer]) -> None:
    """See to it that where a record begins did not move: then its dates were read otherwise."""
    first = next((quoted(c.name) for c in table.columns if c.entry), None)
    if first is None:
        return
    key = quoted(table.key[0])
    pairs = (
        f"SELECT _offer, _file, {key} AS key, {first} AS now, lag({first}) OVER said AS before "
        f"FROM versions WINDOW said AS (PARTITION BY _source, {key} ORDER BY _said, _exported)"
    )
    moved = con.execute(
        "SELECT _offer, _file, count(*), count(*) FILTER (now::DATE <> before::DATE) AS n, "
        "arg_min({key: key, before: before, now: now}, key) FILTER (now::DATE <> before::DATE) "
        f"FROM ({pairs}) WHERE before IS NOT NULL AND now IS NOT NULL GROUP BY ALL "
        f"HAVING n > count(*) * {SHIFTED} AND n >= {AT_LEAST} ORDER BY ALL LIMIT 1"
    ).fetchone()
    if moved is not None:
        offer, place, both, other, example = moved
        raise MappingError(
            OTHER_DATES,
            SAY_FORMAT,
            file=offers[offer].files[place].name,
            share=Quantity(other / both, Unit.RATE),
            key=str(example["key"]),
            before=example["before"].date(),
            now=example["now"].date(),
            field=next(c.name for c in table.columns if c.entry),
        )


def _see_changes(con: duckdb.DuckDBPyConnection, table: Table, offers: Sequence[Offer]) -> None:
    """``seen_<table>``: changes of the fields that have a history, between two versions."""
    [key] = table.key
    parts = []
    for fields, where in _classes(HISTORY[table.name][1], offers):
        packed = ", ".join(f"{quoted(name)}: {quoted(name)}" for name in fields)
        pairs = (
            f"SELECT {quoted(key)} AS key, _said, _modified, _exported, "
            "lag(_modified) OVER said AS _modified_before, lag(_said) OVER said AS _since, "
            f"{{{packed}}} AS _new, lag({{{packed}}}) OVER said AS _old "
            f"FROM versions WHERE ({where}) "
            f"WINDOW said AS (PARTITION BY _source, {quoted(key)} ORDER BY _said, _exported)"
        )
        # A stamp that stands still cannot tell when what changed beside it did.
        when = "CASE WHEN _modified_before >= _modified THEN _exported ELSE _said END AS changed_at"
        parts += [
            f"SELECT key, {when}, {literal(name)} AS field, _since, "
            f"_old.{quoted(name)}::VARCHAR AS old, _new.{quoted(name)}::VARCHAR AS new "
            f"FROM ({pairs}) WHERE _since IS NOT NULL "
            f"AND _old.{quoted(name)} IS DISTINCT FROM _new.{quoted(name)}"
            for name in fields
        ]
    union = " UNION ALL ".join(parts)
    con.execute(
        f"CREATE OR REPLACE TABLE {quoted(f'seen_{table.name}')} AS SELECT key, changed_at, "
        "field, min(_since) AS _since, arg_min({old: old, new: new}, {old: old, new: new}) AS said "
        f"FROM ({union or _NOTHING}) GROUP BY ALL"
    )


_NOTHING = (
    "SELECT '' AS key, NULL::TIMESTAMP AS changed_at, '' AS field, NULL::TIMESTAMP AS _since, "
    "'' AS old, '' AS new WHERE false"
)


def add_seen_changes(con: duckdb.DuckDBPyConnection, of: str, changes: Table, rows: str) -> int:
    """Add to a table of changes those that were seen between exports of leads or deals.

    One that the history tells itself, between the two exports or on the day of the later one, is
    not told again.

    Args:
        con: with ``seen_<of>``.
        of: leads or deals.
        changes: the canonical table of their changes.
        rows: that table.

    Returns:
        How many there were.
    """
    key = quoted(changes.key[0])
    given = {
        changes.key[0]: "key", "changed_at": "changed_at", "field": "field",
        "old": "said.old", "new": "said.new", "precision": "'snapshot'",
    }  # fmt: skip
    picked = ", ".join(f"{given[c.name]} AS {quoted(c.name)}" for c in changes.columns)
    added = con.execute(
        f"INSERT INTO {quoted(rows)} SELECT {picked} FROM {quoted(f'seen_{of}')} s "
        f"WHERE NOT EXISTS (SELECT 1 FROM {quoted(rows)} h WHERE h.{key} = s.key "
        "AND h.field = s.field AND h.changed_at >= s._since "
        "AND h.changed_at < s.changed_at + INTERVAL 1 DAY)"
    ).fetchone()
    return int(added[0]) if added else 0


def _find_gone(con: duckdb.DuckDBPyConnection, table: Table, offers: Sequence[Offer]) -> Notes:
    """``gone``: keys that a whole export of every source that had them no longer has."""
    key = quoted(table.key[0])
    con.execute(
        "CREATE TEMP TABLE alive (source INTEGER, key VARCHAR);"
        "CREATE TEMP TABLE missed (source INTEGER, key VARCHAR, since DATE)"
    )
    notes: Notes = {}
    numbers = source_numbers(offers)
    for source, exports in _exports(offers).items():
        number = numbers[source]
        for moment, files in sorted(exports.items()):
            here = (
                f"SELECT DISTINCT {key} AS key FROM versions WHERE _source = {number} "
                f"AND _exported = TIMESTAMP {literal(str(moment))}"
            )
            known, seen = _counts(
                con,
                f"SELECT count(*), count(h.key) FROM alive a LEFT JOIN ({here}) h USING (key) "
                f"WHERE a.source = {number}",
            )
            told = [offers[i].files[j].full for i, j in files]
            last = files[-1]
            day = offers[last[0]].files[last[1]].exported_on
            whole = all(full is not False for full in told) and (
                True in told or seen >= known * WHOLE
            )
            if known and whole and seen < known:
                con.execute(
                    f"INSERT INTO missed SELECT source, key, ? FROM alive a "
                    f"ANTI JOIN ({here}) h USING (key) WHERE a.source = {number}",
                    [day],
                )
                con.execute(f"DELETE FROM alive WHERE source = {number} AND key NOT IN ({here})")
                notes[last] = [message(VANISHED, n=known - seen, known=known, table=table.name)]
            elif known and 0 < seen < known:
                said = message(FILTERED, table=table.name)
                if False not in told:
                    said = message(PARTIAL, here=seen, known=known, table=table.name)
                notes[last] = [said]
            con.execute(
                f"DELETE FROM missed WHERE source = {number} AND key IN ({here});"
                f"INSERT INTO alive SELECT {number}, key FROM ({here}) h "
                f"WHERE key NOT IN (SELECT key FROM alive WHERE source = {number})"
            )
    con.execute(
        "CREATE OR REPLACE TEMP TABLE gone AS SELECT key, max(since) AS since FROM missed "
        "WHERE key NOT IN (SELECT key FROM alive) GROUP BY 1;"
        "DROP TABLE alive; DROP TABLE missed"
    )
    return notes


def mark_gone(con: duckdb.DuckDBPyConnection, table: Table, rows: str) -> None:
    """Say of the rows that are gone since when."""
    if table.column("gone_since"):
        con.execute(
            f"UPDATE {quoted(rows)} SET gone_since = coalesce(gone_since, g.since) FROM gone g "
            f"WHERE {quoted(table.key[0])} = g.key; DROP TABLE gone"
        )


def _stand(con: duckdb.DuckDBPyConnection, table: Table, offers: Sequence[Offer]) -> None:
    if table.name in DAYS:
        _replace_days(con, *DAYS[table.name])
    if table.column("entered_at"):
        _move_stages(con, table)
    key = ", ".join(quoted(name) for name in table.key)
    order = "{said: _said, exported: _exported}"
    others = [column.name for column in table.columns if not column.key]
    beside = ("_offer", "_file", "_record", "_line", "_modified", "_exported", "_wide")
    newest = _packed(beside)
    picked = {name: f"_newest.{quoted(name)}" for name in beside}
    groups = [f"arg_max({newest}, {order}) AS _newest"]
    for number, (fields, where) in enumerate(_classes(others, offers)):
        chosen = f"FILTER ({where})" if where != "true" else ""
        groups.append(f"arg_max({_packed(fields)}, {order}) {chosen} AS _class_{number}")
        picked |= {name: f"_class_{number}.{quoted(name)}" for name in fields}
    picked |= {name: quoted(name) for name in (*table.key, "_source")}
    names = [*(c.name for c in table.columns), *("_offer", "_file", "_record", "_line")]
    names += ["_modified", "_source", "_exported", "_wide"]
    columns = ", ".join(
        f"{picked[n]} AS {quoted(n)}" if n in picked else f"NULL::{_type(table, n)} AS {quoted(n)}"
        for n in names
    )
    con.execute(
        f"CREATE TEMP TABLE standing AS SELECT {columns} FROM (SELECT _source, {key}, "
        f"{', '.join(groups)} FROM versions GROUP BY _source, {key})"
    )


def _replace_days(con: duckdb.DuckDBPyConnection, first: str, last: str) -> None:
    """A newer export of a source replaces the days it covers, it never adds to them."""
    con.execute(
        "CREATE TEMP TABLE covered AS SELECT _source, day, max(_exported) AS _exported FROM ("
        f"SELECT _source, _exported, unnest(generate_series({quoted(first)}, "
        f"greatest({quoted(first)}, coalesce({quoted(last)}, {quoted(first)})), INTERVAL 1 DAY)) "
        "AS day FROM versions) GROUP BY ALL"
    )
    con.execute(
        "DELETE FROM versions v USING covered c WHERE v._source = c._source "
        "AND v._exported < c._exported "
        f"AND c.day BETWEEN v.{quoted(first)} AND coalesce(v.{quoted(last)}, v.{quoted(first)})"
    )
    con.execute("DROP TABLE covered")


def _move_stages(con: duckdb.DuckDBPyConnection, table: Table) -> None:
    """Where a record holds one stamp a stage, a newer export moves it."""
    key = ", ".join(quoted(name) for name in table.key if name != "entered_at")
    same = " AND ".join(
        f"v.{quoted(n)} IS NOT DISTINCT FROM m.{quoted(n)}"
        for n in ("_source", *table.key)
        if n != "entered_at"
    )
    con.execute(
        f"CREATE TEMP TABLE moved AS SELECT _source, {key}, max(_exported) AS _last FROM versions "
        f"WHERE _wide GROUP BY ALL HAVING count(DISTINCT _exported) > 1"
    )
    con.execute(
        f"DELETE FROM versions v USING moved m WHERE v._wide AND {same} AND v._exported < m._last"
    )
    con.execute("DROP TABLE moved")


def _classes(fields: Sequence[str], offers: Sequence[Offer]) -> list[tuple[list[str], str]]:
    """Fields by the files that give them, each with the condition that a row is of one of these.

    What an export does not give stays as the one before said it.
    """
    places = {
        (i, j): file.fills for i, offer in enumerate(offers) for j, file in enumerate(offer.files)
    }
    classes: dict[frozenset[Place], list[str]] = defaultdict(list)
    for name in fields:
        giving = frozenset(place for place, fills in places.items() if name in fills)
        if giving:
            classes[giving].append(name)
    return [(names, _of(giving, places)) for giving, names in classes.items()]


def _of(giving: frozenset[Place], places: Collection[Place]) -> str:
    if len(giving) == len(places):
        return "true"
    return " OR ".join(f"(_offer = {i} AND _file = {j})" for i, j in sorted(giving))


def _packed(names: Sequence[str]) -> str:
    return "{" + ", ".join(f"{quoted(name)}: {quoted(name)}" for name in names) + "}"


def _type(table: Table, name: str) -> str:
    column = table.column(name)
    assert column is not None, name  # noqa: S101  what is beside the columns is always picked
    return column.kind.sql


def _counts(con: duckdb.DuckDBPyConnection, query: str) -> tuple[int, int]:
    row = con.execute(query).fetchone()
    return (int(row[0]), int(row[1])) if row else (0, 0)
