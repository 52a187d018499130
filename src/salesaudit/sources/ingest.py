"""Ingest: from a path to a warehouse, with every record accounted for.

The files are read as text, the engine is shut in, the settings' expressions run, each source is
mapped and all of them merged; only canonical rows enter the new version.
"""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import difflib
import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import MappingError, SourceError
from salesaudit.core.settings import ReadSelect, Settings, SourceSpec
from salesaudit.core.texts import Message, Text, message
from salesaudit.sources import sandbox
from salesaudit.sources.entries import Entry, count, entry, only_selected
from salesaudit.sources.exports import Exports, find_exports, table_name
from salesaudit.sources.files import read_file, stop_if_too_many_refused
from salesaudit.sources.files.account import create_refused
from salesaudit.sources.mapping import RawTable, Staged, stage, unite
from salesaudit.sources.privacy import pseudonyms
from salesaudit.sources.recognise import recognise
from salesaudit.warehouse.build import Built
from salesaudit.warehouse.engine import Ledger, set_memory
from salesaudit.warehouse.load import Offer, Taken, merge
from salesaudit.warehouse.schema import TABLES
from salesaudit.warehouse.sql import quoted
from salesaudit.warehouse.versions import VERSION_FILE, new_version, write_version

NOTHING_RECOGNISED = Text(
    "ingest.nothing_recognised",
    en="Nothing in {path} was recognised. Seen: {seen}.",
    th="ไม่รู้จักไฟล์ใดใน {path} ไฟล์ที่พบ: {seen}",
)
WRITE_SETTINGS = Text(
    "ingest.write_settings",
    en="Say what each file is in a salesaudit.yaml beside it (sources: read, into, columns), or "
    "name its columns as the tables do: lead_id, created_at, channel; deal_id, status, closed_at.",
    th="ระบุใน salesaudit.yaml ข้างไฟล์ว่าแต่ละไฟล์คืออะไร (sources: read, into, columns) "
    "หรือตั้งชื่อคอลัมน์ตามตาราง: lead_id, created_at, channel; deal_id, status, closed_at",
)
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
SAME_NAME = Text(
    "ingest.same_name",
    en="Two files would both be the table {name} of a select: {files}.",
    th="ไฟล์สองไฟล์จะเป็นตาราง {name} ของ select เหมือนกัน: {files}",
)
RENAME = Text(
    "ingest.rename",
    en="Rename one of them.",
    th="เปลี่ยนชื่อไฟล์ใดไฟล์หนึ่ง",
)
NEAREST_STAGE = Text(
    "ingest.nearest_stage",
    en="Name “{seen_one}” as the funnel does (the nearest is “{nearest}”), or list the stages in "
    "their order under  funnel:  in salesaudit.yaml; it is now {funnel}.",
    th="แก้ “{seen_one}” ให้ตรงกับกรวยการขาย (ชื่อที่ใกล้เคียงที่สุดคือ “{nearest}”) หรือระบุขั้นตามลำดับใต้  "
    "funnel:  ใน salesaudit.yaml ซึ่งขณะนี้คือ {funnel}",
)
CANNOT_READ = Text(
    "ingest.cannot_read",
    en="{file} could not be read: {got}.",
    th="อ่าน {file} ไม่ได้: {got}",
)
GIVE_ACCESS = Text(
    "ingest.give_access",
    en="Close it elsewhere, and see to it that you may read it.",
    th="ปิดไฟล์ในโปรแกรมอื่น และตรวจสอบสิทธิ์ในการอ่านไฟล์",
)
NOT_RECOGNISED = Text(
    "ingest.not_recognised",
    en="{file} was not recognised and is not used.",
    th="ไม่รู้จักไฟล์ {file} จึงไม่ได้นำมาใช้",
)


class Loaded(NamedTuple):
    """What a load brought."""

    settings: Settings
    entries: tuple[Entry, ...]
    notes: tuple[Message, ...]
    built: Built


Progress = Callable[[str, int, int], None]  # what, done, of all


def ingest(
    path: Path,
    warehouse: Path,
    *,
    changes: dict[str, object] | None = None,
    memory: str | None = None,
    progress: Progress = lambda *_: None,
    keep: Callable[[Sequence[Entry]], str] = lambda _: "[]",
) -> Loaded:
    """Load the exports that a path names into a warehouse.

    Args:
        path: a folder of exports, a salesaudit.yaml, or one export.
        warehouse: folder of the warehouse; a new version is published in it.
        changes: settings that go before those of the file.
        memory: limit of the engine, such as 4GB.
        progress: told what is being read.
        keep: the account as the ledger is to hold it.

    Raises:
        SalesAuditError: the exports or settings cannot be meant as they are.
        AccountError: records went missing, which is a fault of ours.
    """
    exports = find_exports(path)
    settings = exports.settings.model_copy(update=changes or {})
    with new_version(warehouse) as work:
        file, staged = work / VERSION_FILE, work / "staged.duckdb"
        load = _Load(
            exports, settings, scratch=work, database=staged, memory=memory, progress=progress
        )
        load.read()
        load.map()
        merged = load.merge(path)
        entries = load.entries(merged)
        progress("journeys", 0, 1)
        ledger = Ledger(settings.model_dump_json(by_alias=True), keep(entries), load.fingerprint)
        mapped = [column for part in load.staged for column in part.mapped]
        built = write_version(
            file,
            staged,
            settings,
            tables=list(merged),
            ledger=ledger,
            mapped=mapped,
            memory=memory,
        )
        progress("journeys", 1, 1)
    notes = tuple(note for part in load.staged for note in part.notes)
    return Loaded(settings, entries, (*load.notes, *notes), built)


class _Load:
    """The steps of one load, over a database of its own that is thrown away."""

    def __init__(
        self,
        exports: Exports,
        settings: Settings,
        *,
        scratch: Path,
        database: Path,
        memory: str | None,
        progress: Progress,
    ) -> None:
        self.exports = exports
        self.settings = settings
        self.scratch = scratch
        self.database = database
        self.memory = memory
        self.progress = progress
        self.raw: dict[Path, RawTable] = {}
        self.sources: list[tuple[SourceSpec, list[RawTable]]] = []
        self.staged: list[Staged] = []
        self.selected: set[Path] = set()
        self.notes: list[Message] = []
        self.fingerprint = ""

    def read(self) -> None:
        """Read every file that a source names, each once, as text."""
        specs = self.exports.settings.sources
        wanted = [p for spec in specs for p in self.exports.paths_of(spec)]
        if not specs or any(isinstance(spec.read, ReadSelect) for spec in specs):
            wanted += self.exports.files
        encodings = {p: s.encoding for s in specs for p in self.exports.paths_of(s) if s.encoding}
        accepted = {p: s.accept_refused for s in specs for p in self.exports.paths_of(s)}
        with self._open() as con:
            create_refused(con)
            for path in dict.fromkeys(wanted):
                self.raw[path] = self._read_file(
                    con, path, encodings.get(path), accepted.get(path, 0.1)
                )
            self._recognise() if not specs else self._take(specs)

    def _read_file(
        self, con: duckdb.DuckDBPyConnection, path: Path, encoding: str | None, accept: float
    ) -> RawTable:
        def told(done: int, of_all: int) -> None:
            self.progress(self.exports.name_of(path), done, of_all)

        name = self.exports.name_of(path)
        try:
            file = read_file(
                con,
                path,
                name=name,
                encoding=encoding,
                scratch=self.scratch,
                accept_refused=accept,
                progress=told,
            )
        except OSError as error:
            if error.filename is None or Path(error.filename) != path:
                raise
            got = error.strerror or str(error)
            raise SourceError(CANNOT_READ, GIVE_ACCESS, file=name, got=got) from None
        return RawTable(
            name=file.name,
            table=file.table,
            columns=file.columns,
            sha256=file.sha256,
            read=file.read,
            refused=file.refused,
            notes=file.notes,
        )

    def _recognise(self) -> None:
        for raw in self.raw.values():
            spec = recognise(raw.name, raw.columns)
            if spec is None:
                self.notes.append(message(NOT_RECOGNISED, file=raw.name))
            else:
                self.sources.append((spec, [raw]))
        if not self.sources:
            seen = "; ".join(
                f"{raw.name} ({', '.join(raw.columns[:6])}{', …' if len(raw.columns) > 6 else ''})"
                for raw in list(self.raw.values())[:5]
            )
            raise SourceError(
                NOTHING_RECOGNISED, WRITE_SETTINGS, path=str(self.exports.folder), seen=seen
            )

    def _take(self, specs: Sequence[SourceSpec]) -> None:
        for spec in specs:
            self.sources.append((spec, [self.raw[p] for p in self.exports.paths_of(spec)]))

    def map(self) -> None:
        """Shut the engine in, run the selects, map every source."""
        with self._open() as con:
            keyed = pseudonyms()
            keyed.register(con)
            self.fingerprint = keyed.fingerprint
            con.execute('ALTER TABLE refused ADD COLUMN "table" TEXT')
            con.execute("ALTER TABLE refused ADD COLUMN part INTEGER")
            con.execute("CREATE TABLE refused_cells AS FROM refused LIMIT 0")
            selects = sandbox.close(con, self.settings.timezone)
            views = self._name_tables(con)
            for number, (spec, parts) in enumerate(self.sources):
                raw = parts or [self._select(selects, spec, number, views)]
                self.progress(raw[0].name, 0, 1)
                batch = unite(con, raw, number)
                self.staged.append(stage(con, batch, spec, self.settings))
                self.progress(raw[0].name, 1, 1)

    def _name_tables(self, con: duckdb.DuckDBPyConnection) -> dict[str, Path]:
        """Views for selects: each file under its name."""
        views: dict[str, Path] = {}
        if not any(isinstance(spec.read, ReadSelect) for spec, _ in self.sources):
            return views
        for path, raw in self.raw.items():
            name = table_name(raw.name)
            if name in views:
                both = f"{views[name].name}, {path.name}"
                raise MappingError(SAME_NAME, RENAME, name=name, files=both)
            views[name] = path
            columns = ", ".join(quoted(c) for c in raw.columns)
            con.execute(
                f"CREATE VIEW {sandbox.SCHEMA}.{quoted(name)} AS "
                f"SELECT {columns} FROM main.{quoted(raw.table)}"
            )
        return views

    def _select(
        self, con: duckdb.DuckDBPyConnection, spec: SourceSpec, number: int, views: dict[str, Path]
    ) -> RawTable:
        """Run a select; every column of its result is text."""
        query = spec.read.select.strip().rstrip(";") if isinstance(spec.read, ReadSelect) else ""
        selects = [s for s, _ in self.sources if isinstance(s.read, ReadSelect)]
        name = spec.name or f"select-{selects.index(spec) + 1}"
        sandbox.check_query(con, query, name)
        table = f"select_{number}"
        _check_tables(con, query, name, views)
        try:
            used = {table.casefold() for table in con.get_table_names(query)}
            con.execute(f"CREATE TEMP TABLE selected AS {query}")
            columns = tuple(row[0] for row in con.execute("DESCRIBE selected").fetchall())
            texts = ", ".join(f"CAST({quoted(c)} AS VARCHAR) AS {quoted(c)}" for c in columns)
            con.execute(
                f"CREATE TABLE main.{quoted(table)} AS SELECT {texts}, "
                "row_number() OVER () AS _record, NULL::BIGINT AS _line FROM selected"
            )
            con.execute("DROP TABLE selected")
        except duckdb.Error as error:
            con.execute("DROP TABLE IF EXISTS temp.selected")
            raise sandbox.refused(error, name) from None
        # The engine names what lies behind a view: the raw tables.
        paths = [path for path in views.values() if self.raw[path].table.casefold() in used]
        self.selected.update(paths)
        parts = [self.raw[path] for path in paths]
        digest = hashlib.sha256("\n".join([query, *(p.sha256 for p in parts)]).encode())
        read = count(con, f"SELECT count(*) FROM main.{quoted(table)}")
        return RawTable(
            name=name,
            table=table,
            columns=columns,
            sha256=digest.hexdigest(),
            read=read,
            refused=0,
            parts=tuple(f"{part.name} ({part.read})" for part in parts),
            ordered=False,
        )

    def merge(self, path: Path) -> dict[str, list[list[Taken]]]:
        """Merge what all sources offer for each table; an audit needs leads or deals."""
        by_table: dict[str, list[Staged]] = defaultdict(list)
        for part in self.staged:
            by_table[part.table.name].append(part)
        taken = {}
        with self._open() as con:
            for name, parts in by_table.items():
                offers = [
                    Offer(p.rows, tuple(r.name for r in p.batch.parts), p.batch.number)
                    for p in parts
                ]
                taken[name] = merge(con, TABLES[name], offers, name)
            self._check_cases(con, path, list(by_table))
            self._check_stages(con, list(by_table))
            con.execute(
                "UPDATE refused SET value = '' WHERE part IS NULL"
            )  # whole lines hold names
        return taken

    def _check_cases(self, con: duckdb.DuckDBPyConnection, path: Path, tables: list[str]) -> None:
        filled = [
            t for t in ("leads", "deals") if t in tables and count(con, f"SELECT count(*) FROM {t}")
        ]
        if not filled:
            got = ", ".join(
                f"{t}: {count(con, f'SELECT count(*) FROM {quoted(t)}')}" for t in tables
            )
            raise SourceError(NO_LEADS_NO_DEALS, MAP_LEADS, path=str(path), got=got)

    def _check_stages(self, con: duckdb.DuckDBPyConnection, tables: list[str]) -> None:
        if "stage_events" not in tables:
            return
        known = [s.name for s in self.settings.funnel] + list(self.settings.lost_stages)
        seen = con.execute(
            "SELECT stage, count(*) FROM stage_events GROUP BY 1 ORDER BY 2 DESC, 1"
        ).fetchall()
        if not seen or any(stage in known for stage, _ in seen):
            return
        names = [str(stage) for stage, _ in seen]
        near = ((name, difflib.get_close_matches(name.lower(), known, n=1)) for name in names)
        pair = next(((name, found[0]) for name, found in near if found), None)
        shown = {
            "events": sum(count for _, count in seen),
            "seen": ", ".join(names[:5]),
            "funnel": ", ".join(stage.name for stage in self.settings.funnel),
        }
        if pair is None:
            raise MappingError(NO_KNOWN_STAGE, LIST_STAGES, **shown)
        raise MappingError(
            NO_KNOWN_STAGE, NEAREST_STAGE, seen_one=pair[0], nearest=pair[1], **shown
        )

    def entries(self, taken: dict[str, list[list[Taken]]]) -> tuple[Entry, ...]:
        """The account; it closes for every source, or it is our fault."""
        found: list[Entry] = []
        seen: dict[str, int] = defaultdict(int)
        with self._open() as con:
            for part in self.staged:
                mine = taken[part.table.name][seen[part.table.name]]
                seen[part.table.name] += 1
                for place, raw in enumerate(part.batch.parts):
                    found.append(entry(con, part, raw, mine[place], part.blank[place]))
                    refused = {r.reason: r.records for r in found[-1].reasons if r.records}
                    stop_if_too_many_refused(raw.name, raw.read, refused, part.spec.accept_refused)
            found += [only_selected(con, self.raw[path]) for path in sorted(self.selected)]
        return tuple(found)

    def _open(self) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect(str(self.database))
        con.execute(f"SET temp_directory = '{str(self.scratch).replace(chr(39), chr(39) * 2)}'")
        con.execute("SET TimeZone = 'UTC'")
        if self.memory:
            set_memory(con, self.memory)
        return con


def _check_tables(
    con: duckdb.DuckDBPyConnection, query: str, place: str, views: dict[str, Path]
) -> None:
    """Refuse a select over what is no file of the folder.

    Raises:
        MappingError: naming the tables that there are.
    """
    try:
        con.execute(f"EXPLAIN {query}")
    except duckdb.CatalogException as error:
        missing = re.search(r"Table with name (\S+) does not exist", str(error))
        if missing is None:
            raise sandbox.refused(error, place) from None
        known = ", ".join(sorted(views)) or "–"
        raise MappingError(
            sandbox.UNKNOWN_TABLE, sandbox.NAME_TABLE, place=place, got=missing[1], known=known
        ) from None
    except duckdb.Error as error:
        raise sandbox.refused(error, place) from None
