"""Drift: what changed in the columns of a source since its last export."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime

from salesaudit.core.errors import MappingError
from salesaudit.core.settings import ReadSelect, SourceSpec
from salesaudit.core.texts import Message, Text, message
from salesaudit.sources.export_times import without_dates
from salesaudit.sources.mapping.batch import Batch
from salesaudit.sources.raw import RawTable
from salesaudit.warehouse.loads import KeptFile, KeptLoad, KeptPart, standing_parts
from salesaudit.warehouse.schema import TABLES

ALIKE = 0.6  # of two column names that may be one, by difflib

RENAMED = Text(
    "drift.renamed",
    en="{file} has no column “{column}” any more, which filled {table}.{field}. The nearest of "
    "its columns is “{nearest}”.",
    th="{file} ไม่มีคอลัมน์ “{column}” ซึ่งเคยใช้เติม {table}.{field} แล้ว คอลัมน์ที่ชื่อใกล้เคียงที่สุดคือ “{nearest}”",
)
NAME_IT = Text(
    "drift.name_it",
    en="Write  {field}: {nearest}  under columns of this source in salesaudit.yaml, or export the "
    "column again.",
    th="เขียน  {field}: {nearest}  ใต้ columns ของแหล่งข้อมูลนี้ใน salesaudit.yaml หรือส่งออกคอลัมน์นี้อีกครั้ง",
)
MISSING = Text(
    "drift.missing",
    en="{file} no longer has the column “{column}” for {table}.{field}; what earlier exports said "
    "stays.",
    th="{file} ไม่มีคอลัมน์ “{column}” สำหรับ {table}.{field} แล้ว จึงคงค่าจากไฟล์ส่งออกก่อนหน้าไว้",
)
ADDED = Text(
    "drift.added",
    en="{file} has columns that the export before did not have: {columns}. To use one, name it "
    "under columns of this source.",
    th="{file} มีคอลัมน์ที่ไฟล์ก่อนหน้าไม่มี: {columns} หากต้องการใช้ ให้ระบุใต้ columns ของแหล่งข้อมูลนี้",
)


OLDER = Text(
    "drift.older",
    en="{file} was exported on {day}, before the newest export of its source ({newest}): it is "
    "loaded as history.",
    th="{file} ส่งออกเมื่อวันที่ {day} ก่อนไฟล์ล่าสุดของแหล่งเดียวกัน ({newest}) จึงนำเข้าเป็นข้อมูลย้อนหลัง",
)
DATED = Text(
    "drift.dated",
    en="{file} is taken as exported on {day}, {by}.",
    th="ถือว่า {file} ส่งออกเมื่อวันที่ {day} {by}",
)
DATED_BY = {
    "name": Text("drift.by_name", en="as its name says", th="ตามที่ระบุในชื่อไฟล์"),
    "head": Text("drift.by_head", en="as its head says", th="ตามที่ระบุในส่วนหัวของไฟล์"),
    "file": Text("drift.by_file", en="the time of the file itself", th="ตามเวลาของไฟล์"),
    "reading": Text("drift.by_reading", en="the day it was read", th="ตามวันที่อ่านข้อมูล"),
}


def source_of(spec: SourceSpec, raw: RawTable) -> str:
    """What the exports of one source have in common: its name, else the file's without dates."""
    if spec.name is not None or isinstance(spec.read, ReadSelect):
        return spec.name or raw.name
    return _without_dates(raw.name)


def _without_dates(name: str) -> str:
    plain = re.sub(r"(?i)\.(csv|tsv|txt|gz|xlsx?|xlsb|xlsm|ods|zip|jsonl?|ndjson|parquet)\b", " ",
                   without_dates(name))  # fmt: skip
    plain = re.sub(r"(?i)\bcopy\b|[\W\d_]+", " ", plain)
    return " ".join(plain.lower().split()) or "file"


def as_before(
    spec: SourceSpec, batch: Batch, before: Mapping[tuple[str, str], KeptFile]
) -> tuple[SourceSpec, list[Message]]:
    """A source as its new files can be read, and what is to be said of their columns.

    Args:
        spec: the source.
        batch: its new files.
        before: the newest kept file of each source and table.

    Raises:
        MappingError: a required column is gone, or one was renamed.
    """
    notes: list[Message] = []
    columns = dict(spec.columns)
    for raw in batch.parts:
        last = before.get((source_of(spec, raw), spec.into))
        if last is None:
            continue
        new = [name for name in raw.columns if name not in last.columns]
        for field, given in spec.columns.items():
            if not given.column or given.column in raw.columns or given.column not in last.columns:
                continue
            _not_renamed(spec.into, field, given.column, raw, new)
            notes.append(
                message(MISSING, file=raw.name, column=given.column, table=spec.into, field=field)
            )
            if given.column not in batch.columns:
                columns.pop(field, None)
        for field, column in _lost(spec, raw, last):
            _not_renamed(spec.into, field, column, raw, new)
            notes.append(
                message(MISSING, file=raw.name, column=column, table=spec.into, field=field)
            )
        used = {given.column for given in (*spec.columns.values(), *(spec.stages or {}).values())}
        added = [name for name in new if name not in used]
        if added:
            notes.append(message(ADDED, file=raw.name, columns=_listed(added)))
    return spec.model_copy(update={"columns": columns}), notes


def newest_files(loads: Sequence[KeptLoad]) -> dict[tuple[str, str], KeptFile]:
    """The newest kept file of each source and table."""
    found: dict[tuple[str, str], KeptFile] = {}
    for one in standing_parts(loads):
        for file in one.files:
            last = found.get((file.source, one.part.table), file)
            found[file.source, one.part.table] = max(file, last, key=lambda f: f.exported)
    return found


def said_of_times(
    parts: Sequence[KeptPart], before: Mapping[tuple[str, str], KeptFile]
) -> list[Message]:
    """When new exports were made, where their source has others."""
    notes = []
    times: dict[str, set[datetime]] = defaultdict(set)
    for part in parts:
        for file in part.files:
            times[file.source].add(file.exported)
    for part in parts:
        for file in part.files:
            last = before.get((file.source, part.table))
            if last is not None or len(times[file.source]) > 1:
                by = DATED_BY[file.dated_by]
                notes.append(message(DATED, file=file.name, day=file.exported_on, by=by))
            if last is not None and file.exported < last.exported:
                notes.append(
                    message(OLDER, file=file.name, day=file.exported_on, newest=last.exported_on)
                )
    return notes


def still_recognised(raw: RawTable, before: Mapping[tuple[str, str], KeptFile]) -> None:
    """See to it that a file that is not recognised is none of which earlier exports were.

    Raises:
        MappingError: it is; names the column that is missing.
    """
    name = _without_dates(raw.name)
    for (source, table), last in before.items():
        if source != name:
            continue
        new = [column for column in raw.columns if column not in last.columns]
        for column in TABLES[table].columns:
            if column.required and column.name in last.columns and column.name not in raw.columns:
                raise _renamed(table, column.name, column.name, raw, new)


def _lost(spec: SourceSpec, raw: RawTable, last: KeptFile) -> Iterator[tuple[str, str]]:
    """Fields that the last export gave and this mapping does not know: files in our own words."""
    for field in last.fills:
        if field not in spec.columns and field in last.columns and field not in raw.columns:
            yield field, field


def _not_renamed(table: str, field: str, column: str, raw: RawTable, new: Sequence[str]) -> None:
    known = TABLES[table].column(field)
    required = known is not None and (known.required or known.key)
    if required or difflib.get_close_matches(column, new, n=1, cutoff=ALIKE):
        raise _renamed(table, field, column, raw, new)


def _renamed(
    table: str, field: str, column: str, raw: RawTable, new: Collection[str]
) -> MappingError:
    near = difflib.get_close_matches(column, list(new or raw.columns), n=1, cutoff=0.0)
    return MappingError(
        RENAMED,
        NAME_IT,
        file=raw.name,
        column=column,
        table=table,
        field=field,
        nearest=near[0] if near else "–",
    )


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(columns[:8]) + (", …" if len(columns) > 8 else "")
