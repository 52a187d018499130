"""Keeping a load: what its sources offered, described so that it can be replayed alone."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import duckdb

from salesaudit.core.settings import ReadSelect, Settings, SourceSpec
from salesaudit.core.texts import Message, Param, Quantity, Text, Unit
from salesaudit.core.version import VERSION
from salesaudit.sources.drift import source_of
from salesaudit.sources.entries import Entry, Reason
from salesaudit.sources.export_times import Dated, dated, is_filtered, of_one_export
from salesaudit.sources.exports import Exports
from salesaudit.sources.files.account import REFUSED_CELLS, REFUSED_TABLE, create_refused
from salesaudit.sources.identity import create_merges
from salesaudit.sources.mapping import Staged
from salesaudit.sources.merging import Told
from salesaudit.sources.parts import Part
from salesaudit.sources.raw import RawTable
from salesaudit.sources.reading import recognises
from salesaudit.sources.recognise.preset import preset_names, read_preset
from salesaudit.sources.recognise.recognition import Recognised
from salesaudit.warehouse import schema
from salesaudit.warehouse.loads import (
    KeptFile,
    KeptLoad,
    KeptPart,
    LoadedFile,
    Standing,
    offer,
    schema_hash,
    standing_parts,
    take_beside,
)

# Settings that decide how cells become values.
READ_BY = {"currency", "timezone", "exchange_rates", "calendar"}
STAYS = {"funnel", "lost_stages"}  # settings that an export may have brought
BLOCK = 1 << 20


class Known:
    """What is kept already, and what this load would read again."""

    def __init__(self, exports: Exports, settings: Settings, loads: Sequence[KeptLoad]) -> None:
        self._exports = exports
        self._settings = settings
        self._paths = {exports.name_of(path): path for path in _paths(exports)}
        self._tokens: dict[str, str] = {}
        self._kept = {token: how for load in loads for token, how in load.read.items()}

    def everything(self) -> bool:
        """Whether there is nothing but files, and each is kept as it would be read now."""
        specs = self._exports.settings.sources
        files = all(
            isinstance(spec.read, ReadSelect) or self._exports.paths_of(spec) for spec in specs
        )
        return files and all(
            self._kept.get(self._token(name)) == self._reading(name) for name in self._paths
        )

    def has(self, raw: RawTable, spec: SourceSpec) -> bool:
        """Whether the rows of a table are kept as they would be read now."""
        return self._kept.get(self.token(raw)) == self.reading(raw, spec)

    def token(self, raw: RawTable) -> str:
        """What a table was read from, by its bytes."""
        return self._token(raw.file) if raw.file in self._paths else f"table {raw.sha256}"

    def reading(self, raw: RawTable, spec: SourceSpec | None = None) -> str:
        """How a table is read."""
        if raw.file in self._paths:
            return self._reading(raw.file)
        return self._digest([spec] if spec else [])

    def newly_read(self, raws: Iterable[RawTable]) -> dict[str, str]:
        """How files are read, of those that were not read so before."""
        found = {self.token(raw): self.reading(raw) for raw in raws}
        return {token: how for token, how in found.items() if self._kept.get(token) != how}

    def changed(self, raw: RawTable) -> float | None:
        """When the file of a table was last changed."""
        return self._paths[raw.file].stat().st_mtime if raw.file in self._paths else None

    def _token(self, name: str) -> str:
        if name not in self._tokens:
            digest = hashlib.sha256()
            with self._paths[name].open("rb") as file:
                while block := file.read(BLOCK):
                    digest.update(block)
            self._tokens[name] = digest.hexdigest()
        return self._tokens[name]

    def _reading(self, name: str) -> str:
        """What the settings say of a file; a query may say something of every file."""
        path, exports = self._paths[name], self._exports
        return self._digest(
            spec
            for spec in exports.settings.sources
            if isinstance(spec.read, ReadSelect) or path in exports.paths_of(spec)
        )

    def _digest(self, specs: Iterable[SourceSpec]) -> str:
        said = [
            spec.model_dump(mode="json", exclude={"accept_refused", "accept_orphans"})
            for spec in specs
        ]
        about = self._settings.model_dump(mode="json", include=READ_BY)
        text = json.dumps([said, about, schema.VERSION, VERSION], sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


def in_force(
    exports: Exports | None, kept: Settings | None, changes: Mapping[str, object]
) -> Settings:
    """The settings of a load: what it does not say of the company is as it was.

    Args:
        exports: what is loaded; None: nothing but what is kept.
        kept: in force until now.
        changes: go before all.
    """
    if exports is None or kept is None:
        given = exports.settings if exports is not None else kept
        return (given or Settings()).model_copy(update=dict(changes))
    given = exports.settings
    silent = not given.model_fields_set - {"sources"}
    names = set(Settings.model_fields) - {"as_of", "sources"} if silent else STAYS
    stays = {
        name: getattr(kept, name)
        for name in names - given.model_fields_set
        if getattr(kept, name) != getattr(Settings(), name)
    }
    return given.model_copy(update=stays | dict(changes))


def _paths(exports: Exports) -> Iterable[Path]:
    specs = exports.settings.sources
    named = [path for spec in specs for path in exports.paths_of(spec)]
    if recognises(specs) or any(isinstance(spec.read, ReadSelect) for spec in specs):
        named += exports.files
    return dict.fromkeys(named)


def describe(
    staged: Sequence[Staged],
    accounts: Sequence[Sequence[Entry]],
    known: Known,
    selected: Mapping[str, Sequence[RawTable]],
    *,
    settings: Settings,
    now: datetime,
) -> list[KeptPart]:
    """The parts of a load.

    Args:
        staged: what its sources offer.
        accounts: of each source and each of its files, before anything is merged.
        known: tells the bytes and the readings of files.
        selected: the files that a select read, by the name of its source.
        settings: of the load.
        now: UTC.
    """
    dates = _dates(staged, known, selected, settings, now)
    return [
        KeptPart(
            table=part.table.name,
            rows=f"{part.batch.number}.parquet",
            number=part.batch.number,
            files=tuple(
                KeptFile(
                    name=raw.name,
                    source=source_of(part.spec, raw),
                    token=known.token(raw),
                    reading=known.reading(raw, part.spec),
                    sha256=raw.sha256,
                    columns=raw.columns,
                    fills=tuple(_fills(part, raw)),
                    exported=dates[raw.name].moment,
                    exported_on=dates[raw.name].day,
                    dated_by=dates[raw.name].by,
                    full=_full(part.spec, raw),
                    account=account_json(entry),
                )
                for raw, entry in zip(part.batch.parts, entries, strict=True)
            ),
            mapped=part.mapped,
            wide=bool(part.spec.stages),
            accept_refused=part.spec.accept_refused,
            accept_orphans=part.spec.accept_orphans,
        )
        for part, entries in zip(staged, accounts, strict=True)
    ]


def _dates(
    staged: Sequence[Staged],
    known: Known,
    selected: Mapping[str, Sequence[RawTable]],
    settings: Settings,
    now: datetime,
) -> dict[str, Dated]:
    """When each table was exported: a select as late as the last of its files."""
    aware = now.replace(tzinfo=UTC)
    raws = {raw.name: raw for part in staged for raw in part.batch.parts}
    own = {
        raw.name: dated(raw, known.changed(raw), settings.zone, aware)
        for raw in (*raws.values(), *(one for used in selected.values() for one in used))
    }
    for name, used in selected.items():
        if used:
            own[name] = max(own[one.name] for one in used)
    names = list(own)
    return dict(zip(names, of_one_export([own[name] for name in names]), strict=True))


def _fills(part: Staged, raw: RawTable) -> Iterable[str]:
    """The canonical columns that a file gives; one without a file's column is always given."""
    for name, given in part.spec.columns.items():
        if given.column is None or given.column in raw.columns:
            yield name
    if part.spec.stages:
        yield from ("stage", "entered_at")


def _full(spec: SourceSpec, raw: RawTable) -> bool | None:
    if spec.full is not None:
        return spec.full
    return False if is_filtered(raw) else None


def account_json(entry: Entry) -> str:
    """An account, to be kept."""
    taken_for = entry.recognised
    return json.dumps(
        {
            **entry._asdict(),
            "notes": [_written(note) for note in entry.notes],
            "recognised": taken_for and {**taken_for._asdict(), "preset": taken_for.preset.preset},
        },
        ensure_ascii=False,
    )


def read_account(text: str) -> Entry:
    """An account that was kept."""
    kept = json.loads(text)
    taken_for = kept["recognised"]
    return Entry(
        **{
            **kept,
            "reasons": tuple(Reason(*reason) for reason in kept["reasons"]),
            "parts": tuple(kept["parts"]),
            "notes": tuple(_read(note) for note in kept["notes"]),
            "recognised": taken_for and _recognised(taken_for),
        }
    )


def _recognised(kept: Mapping[str, Any]) -> Recognised | None:
    """What a file was taken for; the preset may be another by now, or gone."""
    if kept["preset"] not in preset_names():
        return None
    return Recognised(
        kept["file"],
        read_preset(kept["preset"]),
        kept["score"],
        tuple(kept["decided"]),
        tuple(kept["unused"]),
    )


def _written(note: Message) -> dict[str, Any]:
    return {
        "text": list(note.text),
        "params": {name: _written_param(value) for name, value in note.params.items()},
    }


def _written_param(value: Param) -> Any:
    if isinstance(value, Text):
        return {"text": list(value)}
    if isinstance(value, Quantity):
        return {"quantity": [value.value, value.unit.value, value.lower, value.upper]}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def _read(kept: Mapping[str, Any]) -> Message:
    params = {name: _read_param(value) for name, value in kept["params"].items()}
    return Message(Text(*kept["text"]), params)


def _read_param(kept: Any) -> Param:
    if not isinstance(kept, dict):
        return kept  # type: ignore[no-any-return]
    if "text" in kept:
        return Text(*kept["text"])
    if "day" in kept:
        return date.fromisoformat(kept["day"])
    value, unit, lower, upper = kept["quantity"]
    return Quantity(value, Unit(unit), lower, upper)


def widen_refused(con: duckdb.DuckDBPyConnection) -> None:
    """Give what is refused the table and the part it was refused for."""
    for table in (REFUSED_TABLE, REFUSED_CELLS):
        con.execute(f'ALTER TABLE {table} ADD COLUMN "table" TEXT')
        con.execute(f"ALTER TABLE {table} ADD COLUMN part INTEGER")


def ledger_of(standing: Sequence[Standing], told: Told) -> list[LoadedFile]:
    """The files that the tables are made of.

    Args:
        standing: the kept parts.
        told: what came of each.
    """
    return [
        LoadedFile(
            load_id=one.load.load_id,
            source=file.source,
            file=file.name,
            table=one.part.table,
            sha256=file.sha256,
            schema_hash=schema_hash(file.columns),
            exported=file.exported,
            read=entry.read,
            loaded=entry.loaded,
            refused=entry.refused,
            changed=taken.changed,
            started=one.load.started,
            ended=one.load.ended,
            key_fingerprint=one.load.key_fingerprint,
        )
        for one, (_, entries), of_files in zip(standing, told.accounts, told.taken, strict=True)
        for file, entry, taken in zip(one.files, entries, of_files, strict=True)
    ]


def kept_parts(
    con: duckdb.DuckDBPyConnection,
    loads: Sequence[KeptLoad],
    folder_of: Callable[[KeptLoad], Path],
    new: KeptLoad | None,
) -> tuple[list[Part], list[Entry], list[Standing]]:
    """What all kept loads offer, and what was refused of them.

    Args:
        con: where the tables of what is said beside rows are made.
        loads: all of them.
        folder_of: where a load lies.
        new: the one that is made just now.

    Returns:
        The parts, the accounts of files that only queries read, and where each part lies.
    """
    create_refused(con)
    widen_refused(con)
    create_merges(con)
    standing = standing_parts(loads)
    in_order = list(dict.fromkeys(one.load.load_id for one in standing))
    parts = []
    numbers: dict[str, dict[int, int]] = {name: {} for name in in_order}
    for number, one in enumerate(standing):
        numbers[one.load.load_id][one.part.number] = number
        parts.append(
            Part(
                table=one.part.table,
                offer=offer(con, folder_of(one.load), one, number),
                accounts=tuple(read_account(file.account) for file in one.files),
                load=in_order.index(one.load.load_id) + 1,
                accept_refused=one.part.accept_refused,
                accept_orphans=one.part.accept_orphans,
                new=new is not None and one.load.load_id == new.load_id,
            )
        )
    by_id = {load.load_id: load for load in loads}
    beside: dict[str, Entry] = {}
    for place, name in enumerate(in_order, start=1):
        load = by_id[name]
        take_beside(con, folder_of(load), numbers[name], place)
        for text in load.beside:
            account = read_account(text)
            beside[f"{account.name} {account.sha256}"] = account
    return parts, list(beside.values()), standing
