"""Forgetting: a person leaves a warehouse and its kept loads; the counts stay.

Ids become keyed hashes, the contact's hash and texts go. The hashes are remembered in a list, so
that no rebuild and no later load of an old export brings the person back.
"""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import contextlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import WarehouseError
from salesaudit.core.texts import Text
from salesaudit.sources.privacy import KEY_VARIABLE, Pseudonyms, pseudonyms
from salesaudit.warehouse.engine import POINTER
from salesaudit.warehouse.loads import LOADS, REFUSED, KeptLoad, KeptPart, read_loads
from salesaudit.warehouse.schema import TABLES, Kind
from salesaudit.warehouse.sql import literal, quoted
from salesaudit.warehouse.versions import new_version

FORGOTTEN = "forgotten.json"  # in the warehouse: hashes only
# What names a person, by what it is; a deal stays a deal, but its texts are of the person.
NAMES = {
    "lead_id": "lead", "customer_id": "customer", "referred_by": "customer",
    "contact_hash": "contact", "deal_id": "deal",
}  # fmt: skip

NOT_KEPT = Text(
    "forget.not_kept",
    en="{path} holds nobody known as {ids}.",
    th="ไม่พบ {ids} ใน {path}",
)
CHECK_ID = Text(
    "forget.check_id",
    en="Give the id of a lead, a deal or a customer as the CRM writes it, or the contact's mail "
    "address. Nothing was changed.",
    th="ระบุรหัสลีด ดีล หรือลูกค้าตามที่ CRM เขียน หรืออีเมลของผู้ติดต่อ ยังไม่มีข้อมูลใดเปลี่ยนแปลง",
)
OTHER_KEY = Text(
    "forget.other_key",
    en="This warehouse was hashed with another key: {theirs}, and the key at hand is {ours}.",
    th="คลังข้อมูลนี้เข้ารหัสด้วยกุญแจอื่น: {theirs} ส่วนกุญแจที่ใช้อยู่คือ {ours}",
)
USE_KEY = Text(
    "forget.use_key",
    en="Use that key ({variable}): without it the person could not be told from others.",
    th="ใช้กุญแจเดิม ({variable}) หากไม่มีกุญแจนั้นจะแยกบุคคลนี้ออกจากผู้อื่นไม่ได้",
)


class Forgotten(NamedTuple):
    """What was forgotten."""

    leads: int
    deals: int


def read_forgotten(warehouse: Path) -> frozenset[str]:
    """The hashes of those who were forgotten."""
    path = warehouse / FORGOTTEN
    return frozenset(json.loads(path.read_text(encoding="utf-8"))) if path.exists() else frozenset()


def forget_in_loads(ids: Sequence[str], warehouse: Path) -> Forgotten:
    """Take people out of the kept loads of a warehouse; its versions are still as they were.

    Args:
        ids: of leads, deals or customers, or mail addresses.
        warehouse: folder of the warehouse.

    Raises:
        WarehouseError: one of them is nobody's, or the key is another.
    """
    keyed = pseudonyms()
    with new_version(warehouse) as work, duckdb.connect(str(work / "people.duckdb")) as con:
        loads = read_loads(warehouse)
        if loads and loads[-1].key_fingerprint != keyed.fingerprint:
            theirs = loads[-1].key_fingerprint
            raise WarehouseError(
                OTHER_KEY, USE_KEY, theirs=theirs, ours=keyed.fingerprint, variable=KEY_VARIABLE
            )
        before = read_forgotten(warehouse)
        people = [_person(con, warehouse, loads, value, keyed) for value in ids]
        unknown = [
            value
            for value, found in zip(ids, people, strict=True)
            if not any(found.values()) and not _hashes(keyed, _as_given(value, keyed)) & before
        ]
        if unknown:
            raise WarehouseError(NOT_KEPT, CHECK_ID, path=str(warehouse), ids=", ".join(unknown))
        listed = before.union(*(_hashes(keyed, found) for found in people))
        _write(warehouse / FORGOTTEN, json.dumps(sorted(listed), indent=1) + "\n")
        for load in loads:
            cleanse(con, warehouse / LOADS / load.load_id, load, listed, keyed)
    leads = {name for found in people for name in found["lead"]}
    deals = {name for found in people for name in found["deal"]}
    return Forgotten(len(leads), len(deals))


def remove_old_versions(warehouse: Path) -> None:
    """Remove every version but the newest."""
    newest = json.loads((warehouse / POINTER).read_text(encoding="utf-8"))["file"]
    for old in warehouse.glob("*.duckdb"):
        if old.name != newest:
            old.unlink()


def cleanse(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    load: KeptLoad,
    listed: frozenset[str],
    keyed: Pseudonyms,
) -> None:
    """Take the listed people out of the files of a load.

    Args:
        con: any.
        folder: of the load.
        load: what it holds.
        listed: hashes of who is forgotten.
        keyed: makes the hashes.
    """
    records: list[tuple[int, str, int]] = []  # part, file, record
    names: set[str] = set()
    for part in load.parts:
        known = _listed_in(con, folder / part.rows, part, listed, keyed)
        if known:
            names |= {old for kind, old in known if kind != "deal"}
            records += _rewrite(con, folder / part.rows, part, known)
    if records or names:
        for table in REFUSED:
            _blank_refused(con, folder / f"{table}.parquet", records, names)


def _as_given(value: str, keyed: Pseudonyms) -> dict[str, set[str]]:
    """What a value may be: an id as written, an id that is kept as its hash, an address."""
    ids = {value, keyed.of_id(value)} if "@" in value else {value}
    contact = keyed.of_contact(value) if "@" in value else None
    return {
        "lead": set(ids),
        "deal": set(ids),
        "customer": set(ids),
        "contact": {contact} if contact else set(),
    }


def _person(
    con: duckdb.DuckDBPyConnection,
    warehouse: Path,
    loads: Sequence[KeptLoad],
    value: str,
    keyed: Pseudonyms,
) -> dict[str, set[str]]:
    """All that the kept loads know a person by."""
    given = _as_given(value, keyed)
    leads = _pairs(con, warehouse, loads, "leads", ("lead_id", "customer_id", "contact_hash"))
    deals = _pairs(con, warehouse, loads, "deals", ("deal_id", "lead_id", "customer_id"))
    found: dict[str, set[str]] = {kind: set() for kind in given}
    found["deal"] = {d for d, _, c in deals if d in given["deal"] or c in given["customer"]}
    found["lead"] = {lead for d, lead, _ in deals if d in found["deal"] and lead}
    found["lead"] |= {
        lead
        for lead, customer, contact in leads
        if lead in given["lead"] or customer in given["customer"] or contact in given["contact"]
    }
    found["contact"] = {h for lead, _, h in leads if h and lead in found["lead"]}
    found["lead"] |= {lead for lead, _, h in leads if h in found["contact"]}
    found["deal"] |= {d for d, lead, _ in deals if lead in found["lead"]}
    mine = {c for lead, c, _ in leads if c and lead in found["lead"]}
    mine |= {c for d, _, c in deals if c and d in found["deal"]}
    others = {c for lead, c, _ in leads if c and lead not in found["lead"]}
    others |= {c for d, _, c in deals if c and d not in found["deal"]}
    found["customer"] = {c for c in mine if c not in others or c in given["customer"]}
    for table in ("orders", "ratings", "tickets"):
        bought = {c for (c,) in _pairs(con, warehouse, loads, table, ("customer_id",))}
        found["customer"] |= bought & given["customer"]
    return found


def _pairs(
    con: duckdb.DuckDBPyConnection,
    warehouse: Path,
    loads: Sequence[KeptLoad],
    table: str,
    names: Sequence[str],
) -> list[tuple[str, ...]]:
    """Names that stand in one row, each once; empty where there is none."""
    files = [
        str(warehouse / LOADS / load.load_id / part.rows)
        for load in loads
        for part in load.parts
        if part.table == table
    ]
    if not files:
        return []
    listed = ", ".join(literal(file) for file in files)
    columns = ", ".join(f"coalesce({quoted(name)}, '')" for name in names)
    return con.execute(f"SELECT DISTINCT {columns} FROM read_parquet([{listed}])").fetchall()


def _hashes(keyed: Pseudonyms, people: Mapping[str, Iterable[str]]) -> frozenset[str]:
    return frozenset(_hash(keyed, kind, name) for kind, names in people.items() for name in names)


def _hash(keyed: Pseudonyms, kind: str, name: str) -> str:
    """The keyed hash of a name, which tells apart what differs only in case."""
    return keyed.of_id(f"{name.encode().hex()}@{kind}.forgotten")


def _listed_in(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    part: KeptPart,
    listed: frozenset[str],
    keyed: Pseudonyms,
) -> dict[tuple[str, str], str]:
    """The names in a file that are listed, each with the hash that stands for it."""
    found = {}
    for name, kind in NAMES.items():
        if TABLES[part.table].column(name) is None:
            continue
        rows = con.execute(
            f"SELECT DISTINCT {quoted(name)} FROM read_parquet({literal(str(path))}) "
            f"WHERE {quoted(name)} IS NOT NULL"
        ).fetchall()
        for (value,) in rows:
            hashed = _hash(keyed, kind, value)
            if hashed in listed:
                found[kind, value] = hashed
    return found


def _rewrite(
    con: duckdb.DuckDBPyConnection, path: Path, part: KeptPart, known: Mapping[tuple[str, str], str]
) -> list[tuple[int, str, int]]:
    """Write the rows of a part without the people; returns whose records they were."""
    table = TABLES[part.table]
    con.execute("CREATE OR REPLACE TEMP TABLE known (kind TEXT, old TEXT, new TEXT)")
    con.executemany(
        "INSERT INTO known VALUES (?, ?, ?)", [(*name, new) for name, new in known.items()]
    )
    named = {name: kind for name, kind in NAMES.items() if table.column(name)}
    theirs = " OR ".join(
        f"{quoted(name)} IN (SELECT old FROM known WHERE kind = {literal(kind)})"
        for name, kind in named.items()
    )
    con.execute(
        f"CREATE OR REPLACE TEMP TABLE rows AS SELECT *, coalesce({theirs}, false) AS _theirs "
        f"FROM read_parquet({literal(str(path))})"
    )
    records = con.execute("SELECT DISTINCT _file, _record FROM rows WHERE _theirs").fetchall()
    if table.column("contact_hash"):
        con.execute("UPDATE rows SET contact_hash = NULL WHERE _theirs")
    for column in table.columns:
        if column.kind is Kind.TEXT:
            con.execute(f"UPDATE rows SET {quoted(column.name)} = NULL WHERE _theirs")
    for name, kind in named.items():
        if kind in ("lead", "customer"):
            con.execute(
                f"UPDATE rows SET {quoted(name)} = k.new FROM known k "
                f"WHERE k.kind = {literal(kind)} AND rows.{quoted(name)} = k.old"
            )
    _replace(con, "SELECT * EXCLUDE (_theirs) FROM rows", path)
    con.execute("DROP TABLE rows; DROP TABLE known")
    return [(part.number, part.files[int(file)].name, int(record)) for file, record in records]


def _blank_refused(
    con: duckdb.DuckDBPyConnection,
    path: Path,
    records: Sequence[tuple[int, str, int]],
    names: Iterable[str],
) -> None:
    """Blank what was refused of their records, and what names them."""
    con.execute("CREATE OR REPLACE TEMP TABLE theirs (part INTEGER, source TEXT, record BIGINT)")
    if records:
        con.executemany("INSERT INTO theirs VALUES (?, ?, ?)", list(records))
    con.execute(f"CREATE OR REPLACE TEMP TABLE rows AS FROM read_parquet({literal(str(path))})")
    listed = ", ".join(literal(name) for name in names) or "NULL"
    con.execute(
        "UPDATE rows SET value = '' WHERE list_has_any(string_split_regex(value, '\\s+'), "
        f"[{listed}]::VARCHAR[]) OR EXISTS (SELECT 1 FROM theirs t WHERE t.part = rows.part "
        "AND t.source = rows.source AND t.record = rows.record)"
    )
    _replace(con, "FROM rows", path)
    con.execute("DROP TABLE rows; DROP TABLE theirs")


def _replace(con: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    unfinished = path.with_suffix(".unfinished")
    con.execute(f"COPY ({query}) TO {literal(str(unfinished))} (FORMAT parquet, COMPRESSION zstd)")
    unfinished.replace(path)


def _write(path: Path, text: str) -> None:
    unfinished = path.with_suffix(".unfinished")
    with contextlib.suppress(FileNotFoundError):
        unfinished.unlink()
    unfinished.write_text(text, encoding="utf-8")
    unfinished.replace(path)
