"""Ingest: from a path to a warehouse, with every record accounted for.

The files are read as text, the engine is shut in, the settings' expressions run, each source is
mapped and all of them merged; only canonical rows enter the new version.
"""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import difflib
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import MappingError, SourceError
from salesaudit.core.settings import ReadSelect, Settings, SourceSpec
from salesaudit.core.texts import Message, Text, message
from salesaudit.sources import sandbox
from salesaudit.sources.entries import Entry, count, entry, only_selected
from salesaudit.sources.exports import Exports, find_exports
from salesaudit.sources.files import stop_if_too_many_refused
from salesaudit.sources.files.account import REFUSED_CELLS, REFUSED_TABLE, create_refused
from salesaudit.sources.mapping import Staged, stage, unite
from salesaudit.sources.privacy import pseudonyms
from salesaudit.sources.raw import RawTable
from salesaudit.sources.reading import Progress, read_all, recognises, tables_of
from salesaudit.sources.recognise.expand import Group
from salesaudit.sources.recognise.recognition import Recognised, recognise
from salesaudit.sources.recognise.score import share_in
from salesaudit.sources.selects import name_presets, name_tables, run_select
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
    en="Run  salesaudit map {path}  to have a salesaudit.yaml proposed that says what each file "
    "is, or name the columns as the tables do: lead_id, created_at, channel; deal_id, status.",
    th="ใช้คำสั่ง  salesaudit map {path}  เพื่อให้โปรแกรมเสนอ salesaudit.yaml ที่ระบุว่าแต่ละไฟล์คืออะไร "
    "หรือตั้งชื่อคอลัมน์ตามตาราง: lead_id, created_at, channel; deal_id, status",
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
IGNORED = Text(
    "ingest.ignored",
    en="Left beside the exports by a program and not used: {files}.",
    th="ไฟล์ที่โปรแกรมทิ้งไว้ข้างไฟล์ส่งออก ไม่ได้นำมาใช้: {files}",
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
        settings = load.settings
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
        self.raws: list[RawTable] = []
        self.sources: list[tuple[SourceSpec, list[RawTable]]] = []
        self.staged: list[Staged] = []
        self.selected: dict[str, RawTable] = {}  # by name
        self.groups: Mapping[str, Sequence[Group]] = {}  # by preset
        self.recognised: dict[str, Recognised] = {}  # by file
        self.brought: list[SourceSpec] = []  # sources that presets bring
        self.notes: list[Message] = []
        self.fingerprint = ""

    def read(self) -> None:
        """Read every file that a source names, each once, as text."""
        specs = self.exports.settings.sources
        if self.exports.ignored:
            self.notes.append(message(IGNORED, files=", ".join(self.exports.ignored)))
        with self._open() as con:
            create_refused(con)
            self.raws = read_all(con, self.exports, scratch=self.scratch, progress=self.progress)
            given = {}
            for spec in specs:
                found = tables_of(spec, self.exports, self.raws)
                if spec.preset is None:
                    self.sources.append((spec, found))
                else:
                    given.update({raw.name: raw.preset or spec.preset for raw in found})
            if recognises(specs):
                self._recognise(con, self.raws, given)
            elif given:
                self._recognise(con, [raw for raw in self.raws if raw.name in given], given)

    def _recognise(
        self, con: duckdb.DuckDBPyConnection, raws: Sequence[RawTable], given: Mapping[str, str]
    ) -> None:
        found = recognise(raws, share_in(con), given)
        self.groups = found.groups
        self.recognised = {one.file: one for one in found.recognised}
        self.notes += [message(NOT_RECOGNISED, file=raw.name) for raw in found.unknown]
        self.sources += [(spec, list(parts)) for spec, parts in found.canonical + found.sources]
        self.brought = [spec for spec, _ in found.sources]
        brought = {"funnel": found.funnel, "lost_stages": found.lost_stages}
        own = self.settings.model_fields_set
        taken = {name: value for name, value in brought.items() if value and name not in own}
        self.settings = self.settings.model_copy(update=taken)
        if not self.sources:
            seen = "; ".join(
                f"{raw.name} ({', '.join(raw.columns[:6])}{', …' if len(raw.columns) > 6 else ''})"
                for raw in self.raws[:5]
            )
            raise SourceError(
                NOTHING_RECOGNISED, WRITE_SETTINGS, path=str(self.exports.folder), seen=seen
            )

    def map(self) -> None:
        """Shut the engine in, run the selects, map every source."""
        with self._open() as con:
            keyed = pseudonyms()
            keyed.register(con)
            self.fingerprint = keyed.fingerprint
            for kept in (REFUSED_TABLE, REFUSED_CELLS):
                con.execute(f'ALTER TABLE {kept} ADD COLUMN "table" TEXT')
                con.execute(f"ALTER TABLE {kept} ADD COLUMN part INTEGER")
            expressions = sandbox.close(con, self.settings.timezone)
            selects = [s for s, _ in self.sources if isinstance(s.read, ReadSelect)]
            own = any(isinstance(s.read, ReadSelect) for s in self.exports.settings.sources)
            views = name_tables(con, self.raws) if own else {raw.name: raw for raw in self.raws}
            name_presets(con, self.groups)
            for number, (spec, parts) in enumerate(self.sources):
                raws = parts
                if isinstance(spec.read, ReadSelect):
                    name = spec.name or f"select-{selects.index(spec) + 1}"
                    table = f"select_{number}"
                    raw, used = run_select(
                        expressions, spec.read.select, name=name, table=table, views=views
                    )
                    raws = [raw]
                    self.selected.update({one.name: one for one in used})
                self.progress(raws[0].name, 0, 1)
                batch = unite(con, raws, number)
                self.staged.append(stage(con, batch, spec, self.settings))
                self.progress(raws[0].name, 1, 1)

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
        rows = {t: count(con, f"SELECT count(*) FROM {quoted(t)}") for t in tables}
        got = ", ".join(f"{table}: {found}" for table, found in rows.items())
        if not any(rows.values()):
            raise SourceError(NO_LEADS_NO_DEALS, MAP_LEADS, path=str(path), got=got)
        if not any(rows.get(table) for table in ("leads", "deals")):
            self.notes.append(message(NO_CASES, got=got))

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
        made = [part.spec for part in self.staged if part.table.name == "stage_events"]
        if all(spec in self.brought for spec in made):
            self.notes.append(
                message(STAGES_TO_NAME, events=sum(n for _, n in seen), seen=", ".join(names[:5]))
            )
            return
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
                    account = entry(con, part, raw, mine[place], part.blank[place])
                    found.append(account._replace(recognised=self.recognised.get(raw.name)))
                    refused = {r.reason: r.records for r in found[-1].reasons if r.records}
                    stop_if_too_many_refused(raw.name, raw.read, refused, part.spec.accept_refused)
            found += [
                only_selected(con, raw)._replace(recognised=self.recognised.get(name))
                for name, raw in sorted(self.selected.items())
            ]
        return tuple(found)

    def _open(self) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect(str(self.database))
        con.execute(f"SET temp_directory = '{str(self.scratch).replace(chr(39), chr(39) * 2)}'")
        con.execute("SET TimeZone = 'UTC'")
        con.execute("SET force_compression = 'uncompressed'")  # what is thrown away soon
        if self.memory:
            set_memory(con, self.memory)
        return con
