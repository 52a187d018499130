"""The company's files as its own systems write them, each with its own headers and habits."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from salesaudit.world.columns import Table
from salesaudit.world.spoiling import Broken, Spoilt
from salesaudit.world.tables import TEST

CHUNK = 50_000  # rows turned into text at a time
Progress = Callable[[str, int, int], None]  # what, done, of all
Write = Callable[[NDArray[Any]], list[str]]  # values as the file has them


class Field(NamedTuple):
    """A column of a file: what it is called there, and how its values are written."""

    header: str
    column: str
    write: Write


class File(NamedTuple):
    """A file, the table that it holds, and how it is laid down."""

    name: str
    table: str
    fields: tuple[Field, ...]
    encoding: str = "utf-8"
    newline: str = "\n"


class Account(NamedTuple):
    """What a careful reader makes of a file: read = refused + merged + blank + rows."""

    read: int
    refused: int
    merged: int
    blank: int
    rows: int


def _text(values: NDArray[Any]) -> list[str]:
    return [str(value) for value in values.tolist()]


def _iso(values: NDArray[Any]) -> list[str]:
    return ["" if text == "NaT" else text.replace("T", " ") for text in _stamps(values)]


def _iso_minute(values: NDArray[Any]) -> list[str]:
    return [text[:16] for text in _iso(values)]


def _iso_day(values: NDArray[Any]) -> list[str]:
    return [text[:10] for text in _iso(values)]


def _thai(values: NDArray[Any]) -> list[str]:
    return [f"{day} {text[11:16]}" if day else "" for day, text in _thai_days(values)]


def _thai_day(values: NDArray[Any]) -> list[str]:
    return [day for day, _ in _thai_days(values)]


def _baht(values: NDArray[Any]) -> list[str]:
    return [f"฿{value:,.2f}" for value in values.tolist()]


def _money(values: NDArray[Any]) -> list[str]:
    return [f"{value:,.2f}" for value in values.tolist()]


def _whole(values: NDArray[Any]) -> list[str]:
    return ["" if value != value else f"{value:.0f}" for value in values.tolist()]  # noqa: PLR0124


def _stamps(values: NDArray[Any]) -> list[str]:
    return np.datetime_as_string(values, unit="s").tolist()  # type: ignore[no-any-return]


def _thai_days(values: NDArray[Any]) -> Iterator[tuple[str, str]]:
    for text in _stamps(values):
        yield ("" if text == "NaT" else f"{text[8:10]}/{text[5:7]}/{text[:4]}"), text


FILES = (
    File(
        "leads.csv",
        "leads",
        (
            Field("Lead No", "lead_id", _text),
            Field("วันที่สร้าง", "created_at", _thai),
            Field("ชื่อผู้ติดต่อ", "contact", _text),
            Field("บริษัท", "firm", _text),
            Field("E-mail", "contact_hash", _text),
            Field("ช่องทาง", "channel", _text),
            Field("Campaign", "campaign", _text),
            Field("ประเทศ", "country", _text),
            Field("ประเภทธุรกิจ", "industry", _text),
            Field("ขนาดบริษัท", "company_size", _text),
            Field("Owner", "owner_id", _text),
            Field("Status", "status", _text),
            Field("Unqualified Date", "lost_at", _thai),
            Field("Unqualified Reason", "lost_reason", _text),
            Field("RecordType", "kind", _text),
            Field("หมายเหตุ", "note", _text),
        ),
        encoding="utf-8-sig",  # saved by a spreadsheet: with a byte order mark, and its newlines
        newline="\r\n",
    ),
    File(
        "stage_history.csv",
        "stage_events",
        (
            Field("Lead No", "lead_id", _text),
            Field("Stage", "stage", _text),
            Field("Entered At", "entered_at", _iso),
            Field("Changed By", "actor_id", _text),
        ),
    ),
    File(
        "deals.csv",
        "deals",
        (
            Field("Deal No", "deal_id", _text),
            Field("Lead No", "lead_id", _text),
            Field("Customer No", "customer_id", _text),
            Field("Sales Rep", "rep_id", _text),
            Field("Product", "product", _text),
            Field("Amount (THB)", "amount", _baht),
            Field("Created", "created_at", _thai),
            Field("Expected Close", "expected_on", _thai_day),
            Field("Closed Date", "closed_at", _thai),
            Field("Status", "status", _text),
            Field("เหตุผลที่ไม่ซื้อ", "lost_reason", _text),
        ),
    ),
    File(
        "reps.csv",
        "reps",
        (
            Field("Employee ID", "rep_id", _text),
            Field("ชื่อ-สกุล", "name", _text),
            Field("Team", "team", _text),
            Field("ตำแหน่ง", "role", _text),
            Field("Manager", "manager_id", _text),
            Field("Start Date", "hired_on", _thai_day),
            Field("Last Day", "left_on", _thai_day),
            Field("Hours/Week", "weekly_hours", _whole),
            Field("Annual Cost", "yearly_cost", _money),
        ),
    ),
    File(
        "activities.csv",
        "activities",
        (
            Field("Date", "done_at", _iso_minute),
            Field("Sales Rep", "rep_id", _text),
            Field("Activity", "kind", _text),
            Field("Lead No", "lead_id", _text),
            Field("Minutes", "minutes", _whole),
            Field("Result", "outcome", _text),
        ),
    ),
    File(
        "marketing_spend.csv",
        "spend",
        (
            Field("Channel", "channel", _text),
            Field("From", "spent_on", _iso_day),
            Field("To", "until_on", _iso_day),
            Field("Amount", "amount", _money),
            Field("Clicks", "clicks", _whole),
        ),
    ),
)


def write_files(
    spoilt: Spoilt,
    folder: Path,
    progress: Progress,
    files: tuple[File, ...] = FILES,
    *,
    append: bool = False,
) -> dict[str, Account]:
    """Write every file into ``folder``.

    Args:
        spoilt: the tables; files of others are left alone.
        folder: where to write.
        progress: told of each file.
        files: how each is laid down.
        append: behind the rows of an earlier block.

    Returns:
        The account of each file by its name.
    """
    accounts = {}
    for file in files:
        if file.table in spoilt.tables:
            broken = [row for row in spoilt.broken if row.table == file.table]
            _write(file, spoilt.tables[file.table], broken, (folder, append), progress)
            accounts[file.name] = _account(spoilt, file.table, len(broken))
    return accounts


def _write(
    file: File, table: Table, broken: list[Broken], to: tuple[Path, bool], progress: Progress
) -> None:
    folder, append = to
    length = _length(table)
    follows = defaultdict(list)
    for row in broken:
        follows[row.after].append(row)
    with (folder / file.name).open(
        "a" if append else "w", encoding=file.encoding, newline=""
    ) as out:
        writer = csv.writer(out, lineterminator=file.newline)
        if not append:
            writer.writerow([field.header for field in file.fields])
        for start in range(0, length, CHUNK):
            end = min(start + CHUNK, length)
            columns = [field.write(table[field.column][start:end]) for field in file.fields]
            rows = list(zip(*columns, strict=True))
            done = start
            for after in sorted(place for place in follows if start <= place < end):
                writer.writerows(rows[done - start : after + 1 - start])
                done = after + 1
                for spoilt in follows[after]:
                    writer.writerow(_spoil(file, rows[after - start], spoilt))
            writer.writerows(rows[done - start :])
            progress(file.name, end, length)


def _spoil(file: File, row: tuple[str, ...], broken: Broken) -> list[str]:
    cells = [broken.new_id, *row[1:]]
    if not broken.column:
        return cells[: len(cells) // 2]
    place = [field.column for field in file.fields].index(broken.column)
    cells[place] = broken.text
    return cells


def _account(spoilt: Spoilt, table: str, refused: int) -> Account:
    rows = spoilt.tables[table]
    read, merged, blank = _length(rows) + refused, 0, 0
    if table == "leads":
        blank = int((rows["kind"] == TEST).sum())
        merged = read - refused - len(set(rows["lead_id"].tolist()))
    if table == "referrals":
        merged = read - refused  # each fills a column of a lead
    return Account(read, refused, merged, blank, read - refused - merged - blank)


def _length(table: Table) -> int:
    return len(next(iter(table.values())))
