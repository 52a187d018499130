"""Ingest: from a path to a warehouse, with every record accounted for.

The files are read as text, the engine is shut in, the settings' expressions run, each source is
mapped and all of them merged; only canonical rows enter the new version.
"""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import SourceError, WarehouseError
from salesaudit.core.settings import ReadSelect, Settings, SourceSpec
from salesaudit.core.texts import Message, Text, message
from salesaudit.core.version import VERSION
from salesaudit.sources import sandbox
from salesaudit.sources.drift import as_before, newest_files, said_of_times, still_recognised
from salesaudit.sources.entries import Entry, entry, only_selected
from salesaudit.sources.exports import Exports, find_exports
from salesaudit.sources.files.account import create_refused
from salesaudit.sources.forget import cleanse, read_forgotten
from salesaudit.sources.identity import create_merges
from salesaudit.sources.kept import (
    Known,
    account_json,
    describe,
    in_force,
    kept_parts,
    ledger_of,
    read_account,
    widen_refused,
)
from salesaudit.sources.long_spans import long_spans
from salesaudit.sources.mapping import Batch, Staged, stage, unite
from salesaudit.sources.merging import merge_parts
from salesaudit.sources.parts import Part
from salesaudit.sources.privacy import (
    KEY_VARIABLE,
    find_names,
    mask_refused,
    masked_errors,
    masked_messages,
    pseudonyms,
)
from salesaudit.sources.raw import RawTable
from salesaudit.sources.reading import Progress, read_all, recognises, tables_of
from salesaudit.sources.recognise.expand import Group
from salesaudit.sources.recognise.recognition import Recognised, recognise
from salesaudit.sources.recognise.score import share_in
from salesaudit.sources.selects import name_presets, name_tables, run_select
from salesaudit.warehouse import schema
from salesaudit.warehouse.build import Built
from salesaudit.warehouse.engine import Ledger, is_warehouse, set_memory
from salesaudit.warehouse.load import Offer
from salesaudit.warehouse.loads import (
    LOADS,
    MANIFEST,
    REFUSED,
    KeptLoad,
    Standing,
    load_id,
    offered,
    read_loads,
    write_beside,
    write_rows,
)
from salesaudit.warehouse.sql import literal, quoted
from salesaudit.warehouse.versions import (
    VERSION_FILE,
    is_current,
    is_same,
    new_version,
    settings_of,
    write_version,
)

ACCEPTED = {"accept_refused", "accept_orphans"}  # may be said of a file that is recognised
HISTORIES = ("stage_events", "lead_changes", "deal_changes")
STAGED, MERGED = "staged.duckdb", "merged.duckdb"  # databases of a load under way

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
IGNORED = Text(
    "ingest.ignored",
    en="Left beside the exports by a program and not used: {files}.",
    th="ไฟล์ที่โปรแกรมทิ้งไว้ข้างไฟล์ส่งออก ไม่ได้นำมาใช้: {files}",
)
NOT_RECOGNISED = Text(
    "ingest.not_recognised",
    en="Not recognised, and so not used: {files}.",
    th="ไฟล์ที่ไม่รู้จักและไม่ได้นำมาใช้: {files}",
)
ALL_LEFT_OUT = Text(
    "ingest.all_left_out",
    en="{file}: none of its {read} records counts in {table}; {blank} are left out, as deleted, "
    "unfinished or of another kind.",
    th="{file}: ไม่มีรายการใดจาก {read} รายการนับใน {table} โดย {blank} รายการถูกเว้นไว้ "
    "เพราะถูกลบ ยังไม่เสร็จ หรือเป็นข้อมูลชนิดอื่น",
)
NONE_CLOSED = Text(
    "ingest.none_closed",
    en="{file}: none of its {rows} deals is won or lost. Stages seen: {stages}.",
    th="{file}: ดีลทั้ง {rows} รายการยังไม่มีรายการใดชนะหรือแพ้ ขั้นที่พบ: {stages}",
)


OTHER_KEY = Text(
    "ingest.other_key",
    en="This warehouse was hashed with another key: {theirs}, and the key at hand is {ours}.",
    th="คลังข้อมูลนี้เข้ารหัสด้วยกุญแจอื่น: {theirs} ส่วนกุญแจที่ใช้อยู่คือ {ours}",
)
USE_KEY = Text(
    "ingest.use_key",
    en="Use that key ({variable}, or the key file of whoever made the warehouse), or load all "
    "exports into a new folder.",
    th="ใช้กุญแจเดิม ({variable} หรือไฟล์กุญแจของผู้ที่สร้างคลังข้อมูล) หรือนำเข้าไฟล์ส่งออกทั้งหมดลงในโฟลเดอร์ใหม่",
)


class Loaded(NamedTuple):
    """What a load brought."""

    settings: Settings
    entries: tuple[Entry, ...]  # of what is new
    notes: tuple[Message, ...]
    built: Built | None  # None: there was nothing to do
    recognised: tuple[Recognised, ...] = ()
    kept: tuple[int, int] = (0, 0)  # loads and files that the warehouse keeps


def ingest(
    path: Path,
    warehouse: Path,
    *,
    changes: dict[str, object] | None = None,
    memory: str | None = None,
    progress: Progress = lambda *_: None,
    keep: Callable[[Sequence[Entry]], str] = lambda _: "[]",
    once: bool = False,
    rebuild: bool = False,
) -> Loaded:
    """Load the exports that a path names into a warehouse.

    Args:
        path: a folder of exports, a salesaudit.yaml, or one export; or the warehouse itself, whose
            tables are then built anew from its kept loads.
        warehouse: folder of the warehouse; a new version is published in it.
        changes: settings that go before those of the file.
        memory: limit of the engine, such as 4GB.
        progress: told what is being read.
        keep: the account as the ledger is to hold it.
        once: the warehouse is for one look, and the load is not kept.
        rebuild: build the tables anew even where nothing is new.

    Raises:
        SalesAuditError: the exports or settings cannot be meant as they are.
        AccountError: records went missing, which is a fault of ours.
    """
    exports = None if is_warehouse(path) and is_same(path, warehouse) else find_exports(path)
    with new_version(warehouse) as work:
        loads = [] if once else read_loads(warehouse)
        kept = settings_of(warehouse, loads) if loads else None
        settings = in_force(exports, kept, changes or {})
        load = None
        if exports is not None:
            load = _Load(exports, settings, loads, scratch=work, memory=memory, progress=progress)
            with masked_errors(work / STAGED):
                load.bring()
            settings = load.settings
        new = load.described() if load is not None and load.staged else None
        if new is None and not rebuild and is_current(warehouse, loads, settings):
            return Loaded(settings, (), tuple(load.notes) if load else (), None)
        if load is not None and new is not None and not once:
            load.write(new, work / LOADS / new.load_id, read_forgotten(warehouse))
        database = work / (STAGED if once else MERGED)
        with _opened(database, work, memory) as con:
            if once and load is not None and new is not None:
                parts, beside, standing = load.parts(con, new)
            else:
                parts, beside, standing = kept_parts(
                    con,
                    [*loads, *([new] if new else [])],
                    lambda one: (work if one is new else warehouse) / LOADS / one.load_id,
                    new,
                )
            own = load is not None and load.own_stages
            told = merge_parts(con, parts, settings, path, own_stages=own)
        progress("journeys", 0, 1)
        accounts = [entry for _, entries in told.accounts for entry in entries]
        ledger = Ledger(
            settings.model_dump_json(by_alias=True),
            keep([*accounts, *beside]),
            new.key_fingerprint if new else loads[-1].key_fingerprint,
        )
        built = write_version(
            work / VERSION_FILE,
            database,
            settings,
            tables=told.tables,
            ledger=ledger,
            mapped=list(dict.fromkeys(column for one in standing for column in one.part.mapped)),
            loads=[] if once else ledger_of(standing, told),
            memory=memory,
        )
        progress("journeys", 1, 1)
    brought = [entry for part, entries in told.accounts if part.new for entry in entries]
    if new is not None:
        brought += [read_account(text) for text in new.beside]
    notes = (*(load.notes if load else ()), *told.notes)
    recognised = tuple(load.recognised.values()) if load else ()
    kept_files = {(one.load.load_id, file.token) for one in standing for file in one.files}
    kept_loads = {one.load.load_id for one in standing}
    sizes = (len(kept_loads), len(kept_files))
    return Loaded(settings, tuple(brought), notes, built, recognised, sizes)


class _Load:
    """The steps of one load, over a database of its own that is thrown away."""

    def __init__(
        self,
        exports: Exports,
        settings: Settings,
        loads: Sequence[KeptLoad],
        *,
        scratch: Path,
        memory: str | None,
        progress: Progress,
    ) -> None:
        self.exports = exports
        self.settings = settings
        self.loads = loads
        self.known = Known(exports, settings, loads)
        self.before = newest_files(loads)
        self.started = datetime.now(UTC).replace(tzinfo=None)
        self.scratch = scratch
        self.memory = memory
        self.progress = progress
        self.raws: list[RawTable] = []
        self.sources: list[tuple[SourceSpec, list[RawTable]]] = []
        self.staged: list[Staged] = []
        self.selected: dict[str, RawTable] = {}  # by name
        self.used: dict[str, Sequence[RawTable]] = {}  # by a select, by its name
        self.groups: Mapping[str, Sequence[Group]] = {}  # by preset
        self.recognised: dict[str, Recognised] = {}  # by file
        self.brought: list[SourceSpec] = []  # sources that presets bring
        self.own_stages = False  # whether a source of stages is of the company's own making
        self.notes: list[Message] = []
        self.fingerprint = ""

    def bring(self) -> None:
        """Read and map what is not kept yet."""
        if self.loads:
            self._same_key()
            if self.known.everything():
                return
        self.read()
        self.map()

    def _same_key(self) -> None:
        theirs, ours = self.loads[-1].key_fingerprint, pseudonyms().fingerprint
        if theirs != ours:
            raise WarehouseError(
                OTHER_KEY, USE_KEY, theirs=theirs, ours=ours, variable=KEY_VARIABLE
            )

    def read(self) -> None:
        """Read every file that a source names, each once, as text."""
        specs = self.exports.settings.sources
        if self.exports.ignored:
            self.notes.append(message(IGNORED, files=", ".join(self.exports.ignored)))
        with self._open() as con:
            create_refused(con)
            self.raws = read_all(con, self.exports, scratch=self.scratch, progress=self.progress)
            given: dict[str, str] = {}
            accepted: dict[str, dict[str, float]] = {}
            for spec in specs:
                found = tables_of(spec, self.exports, self.raws)
                if spec.preset is None:
                    self.sources.append((spec, found))
                else:
                    given.update({raw.name: raw.preset or spec.preset for raw in found})
                    said = spec.model_dump(include=ACCEPTED & spec.model_fields_set)
                    accepted.setdefault(spec.preset, {}).update(said)
            if recognises(specs):
                self._recognise(con, self.raws, given, accepted)
            elif given:
                raws = [raw for raw in self.raws if raw.name in given]
                self._recognise(con, raws, given, accepted)

    def _recognise(
        self,
        con: duckdb.DuckDBPyConnection,
        raws: Sequence[RawTable],
        given: Mapping[str, str],
        accepted: Mapping[str, Mapping[str, float]],
    ) -> None:
        found = recognise(raws, share_in(con), given, accepted)
        self.groups = found.groups
        self.recognised = {one.file: one for one in found.recognised}
        for raw in found.unknown:
            still_recognised(raw, self.before)
        if found.unknown:
            files = ", ".join(raw.name for raw in found.unknown)
            self.notes.append(message(NOT_RECOGNISED, files=files))
        self.sources += [(spec, list(parts)) for spec, parts in found.canonical + found.sources]
        self.brought = [spec for spec, _ in found.sources]
        brought = {"funnel": found.funnel, "lost_stages": found.lost_stages}
        own = self.settings.model_fields_set
        taken = {name: value for name, value in brought.items() if value and name not in own}
        self.settings = self.settings.model_copy(update=taken)
        if not self.sources and not self.loads:
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
            keyed.register(con, self.settings.timezone)
            self.fingerprint = keyed.fingerprint
            widen_refused(con)
            create_merges(con)
            expressions = sandbox.close(con, self.settings.timezone)
            selects = [s for s, _ in self.sources if isinstance(s.read, ReadSelect)]
            own = any(isinstance(s.read, ReadSelect) for s in self.exports.settings.sources)
            views = name_tables(con, self.raws) if own else {raw.name: raw for raw in self.raws}
            name_presets(con, self.groups)
            named: list[tuple[str, list[str]]] = []
            batches: list[tuple[SourceSpec, Batch]] = []
            for number, (spec, parts) in enumerate(self.sources):
                raws = parts
                if isinstance(spec.read, ReadSelect):
                    name = spec.name or f"select-{selects.index(spec) + 1}"
                    table = f"select_{number}"
                    raw, used = run_select(
                        expressions, spec.read.select, name=name, table=table, views=views
                    )
                    raws = [raw]
                    if not self.known.has(raw, spec):
                        self.selected.update({one.name: one for one in used})
                        self.used[raw.name] = used
                named += [
                    (raw.table, [name for name in spec.names if name in raw.columns])
                    for raw in raws
                ]
                raws = [raw for raw in raws if not self.known.has(raw, spec)]
                if raws:
                    batches.append((spec, unite(con, raws, number)))
            find_names(con, named)
            for spec, batch in batches:
                self.progress(batch.parts[0].name, 0, 1)
                self.own_stages |= spec.into == "stage_events" and spec not in self.brought
                adapted, said = as_before(spec, batch, self.before)
                self.staged.append(stage(con, batch, adapted, self.settings))
                self.notes += [*said, *self.staged[-1].notes]
                self.progress(batch.parts[0].name, 1, 1)
            mask_refused(con)

    def _note_left_out(self) -> None:
        """Say which exports bring nothing for their table; of a history, few records concern us."""
        for part in self.staged:
            if part.spec not in self.brought or part.table.name in HISTORIES:
                continue
            for place, raw in enumerate(part.batch.parts):
                if raw.read and part.blank[place] == raw.read:
                    self.notes.append(
                        message(
                            ALL_LEFT_OUT,
                            file=raw.name,
                            read=raw.read,
                            table=part.table.name,
                            blank=raw.read,
                        )
                    )

    def _note_deals(self, con: duckdb.DuckDBPyConnection) -> None:
        """Say which exports of deals hold no end of any: won and lost may be called otherwise."""
        for part in self.staged:
            if part.table.name != "deals" or part.spec not in self.brought:
                continue
            rows = con.execute(
                f"SELECT coalesce(stage, '–'), count(*), count(*) FILTER (status <> 'open') "
                f"FROM {quoted(part.rows)} GROUP BY 1 ORDER BY 2 DESC, 1"
            ).fetchall()
            if rows and not any(closed for _, _, closed in rows):
                self.notes.append(
                    message(
                        NONE_CLOSED,
                        file=part.batch.label,
                        rows=sum(n for _, n, _ in rows),
                        stages=", ".join(str(stage)[:40] for stage, *_ in rows[:5]),
                    )
                )

    def described(self) -> KeptLoad:
        """What this load brings."""
        with self._open() as con:
            entries = [
                [
                    _masked(con, entry(part, raw, part.blank[k], self.recognised.get(raw.name)))
                    for k, raw in enumerate(part.batch.parts)
                ]
                for part in self.staged
            ]
        parts = describe(
            self.staged, entries, self.known, self.used, settings=self.settings, now=self.started
        )
        with self._open() as con:
            self._note_left_out()
            self._note_deals(con)
            self.notes += long_spans(con, self.staged)
            self.notes = [*masked_messages(con, self.notes)]
            beside = [
                _masked(con, only_selected(con, raw))._replace(recognised=self.recognised.get(name))
                for name, raw in sorted(self.selected.items())
            ]
        self.notes += said_of_times(parts, self.before)
        return KeptLoad(
            load_id=load_id(parts),
            schema_version=schema.VERSION,
            package_version=VERSION,
            key_fingerprint=self.fingerprint,
            settings=self.settings.model_dump_json(by_alias=True),
            started=self.started,
            ended=datetime.now(UTC).replace(tzinfo=None),
            parts=tuple(parts),
            read=self.known.newly_read(self.raws)
            | {f.token: f.reading for part in parts for f in part.files},
            beside=tuple(map(account_json, beside)),
        )

    def write(self, new: KeptLoad, folder: Path, forgotten: frozenset[str]) -> None:
        """Write the rows of this load, as they are kept: without those who were forgotten."""
        folder.mkdir(parents=True)
        with self._open() as con:
            for part, kept in zip(self.staged, new.parts, strict=True):
                write_rows(con, part.rows, part.table, folder / kept.rows)
            write_beside(con, [part.number for part in new.parts], folder)
            if forgotten:
                cleanse(con, folder, new, forgotten, pseudonyms())
        (folder / MANIFEST).write_text(new.model_dump_json(indent=1) + "\n", encoding="utf-8")

    def parts(
        self, con: duckdb.DuckDBPyConnection, new: KeptLoad
    ) -> tuple[list[Part], list[Entry], list[Standing]]:
        """What this load offers, as long as it is at hand."""
        for table in REFUSED:
            con.execute(f"UPDATE {table} SET part = -1 WHERE part IS NULL")
        parts = [
            Part(
                table=kept.table,
                offer=Offer(quoted(part.rows), offered(kept.files), kept.number, kept.wide),
                accounts=tuple(read_account(file.account) for file in kept.files),
                load=1,
                accept_refused=kept.accept_refused,
                accept_orphans=kept.accept_orphans,
                new=True,
            )
            for part, kept in zip(self.staged, new.parts, strict=True)
        ]
        standing = [Standing(new, kept, tuple(range(len(kept.files)))) for kept in new.parts]
        return parts, [read_account(text) for text in new.beside], standing

    def _open(self) -> duckdb.DuckDBPyConnection:
        return _opened(self.scratch / STAGED, self.scratch, self.memory)


def _masked(con: duckdb.DuckDBPyConnection, account: Entry) -> Entry:
    return account._replace(notes=masked_messages(con, account.notes))


def _opened(database: Path, scratch: Path, memory: str | None) -> duckdb.DuckDBPyConnection:
    con = duckdb.connect(str(database))
    con.execute(f"SET temp_directory = {literal(str(scratch))}")
    con.execute("SET TimeZone = 'UTC'")
    con.execute("SET force_compression = 'uncompressed'")  # what is thrown away soon
    if memory:
        set_memory(con, memory)
    return con
