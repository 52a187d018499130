"""Workbooks: every visible sheet with a header is a table, its cells as text."""

# ruff: noqa: S608 -- names are quoted, values are parameters or literals of our own
from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import NamedTuple

import pyarrow as pa
from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetMetadata,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Message, Text, message
from salesaudit.sources.files.account import REFUSED_CELLS, REFUSED_TABLE
from salesaudit.sources.files.archive import check_size
from salesaudit.sources.files.dialect import EMPTY, EXPORT_AGAIN
from salesaudit.sources.files.header import (
    ADD_HEADER,
    HEADER_WITHIN,
    LOOKED_AT,
    NO_HEADER,
    Header,
    Record,
    find_header,
    unique_names,
)
from salesaudit.sources.files.kinds import (
    COPY_AGAIN,
    DAMAGED,
    EXPORT_TABLE,
    KIND_OFFICE,
    UNREADABLE_KIND,
    whole_zip,
)
from salesaudit.sources.files.notes import EMPTY_ROWS, shape_notes
from salesaudit.sources.files.rows import sift_rows
from salesaudit.sources.files.task import Task, free_table
from salesaudit.sources.files.workbook_xml import (
    PERCENT,
    Book,
    Cells,
    Findings,
    NotPlainXmlError,
    look_into,
    read_book,
)
from salesaudit.sources.raw import RawTable
from salesaudit.warehouse.sql import literal, quoted

BATCH = 20_000  # rows handed to the engine at a time
NAMES_OF_TABLE = 2  # a sheet with fewer columns is no table
FIRST_SERIAL, LAST_SERIAL = 20_000, 80_000  # days from 1899-12-30: 1954 to 2119
LAST_ROWS = (1_048_576, 65_536)  # a sheet holds no more; that many rows were cut
LOST_DIGITS = 10**15  # a number of 16 digits and more is no longer exact

Value = str | float | int | bool | datetime | date | time | timedelta

PASSWORD = Text(
    "files.password",
    "{file} is protected by a password.",
    "{file} มีรหัสผ่านป้องกัน",
)
TAKE_OFF = Text(
    "files.take-off",
    "Open it, take the password off (File, Info, Protect workbook) and save it.",
    "เปิดไฟล์ ยกเลิกรหัสผ่าน (ไฟล์ > ข้อมูล > ป้องกันสมุดงาน) แล้วบันทึก",
)
SHEETS_HIDDEN = Text(
    "files.sheets-hidden",
    "{file}: hidden sheets are not read: {sheets}.",
    "{file}: ไม่อ่านแผ่นงานที่ซ่อนไว้: {sheets}",
)
SHEETS_WITHOUT_TABLE = Text(
    "files.sheets-without-table",
    "{file}: sheets without a header that names every column are not read: {sheets}.",
    "{file}: ไม่อ่านแผ่นงานที่ไม่มีหัวตารางครบทุกคอลัมน์: {sheets}",
)
DIGITS_LOST = Text(
    "files.digits-lost",
    "{file}: numbers of 16 digits and more in {columns} lost digits when the workbook was saved "
    "(at most 15 are kept); if they are ids, export them as text or as CSV.",
    "{file}: ตัวเลข 16 หลักขึ้นไปในคอลัมน์ {columns} สูญเสียหลักท้ายตั้งแต่ตอนบันทึกสมุดงาน (เก็บได้ไม่เกิน 15 หลัก) "
    "หากเป็นรหัส ให้ส่งออกเป็นข้อความหรือ CSV",
)
PROBABLY_CUT = Text(
    "files.probably-cut",
    "{file} ends at row {rows}, the last that a sheet can hold: the export is probably cut.",
    "{file} สิ้นสุดที่แถว {rows} ซึ่งเป็นแถวสุดท้ายที่แผ่นงานเก็บได้ ไฟล์ส่งออกน่าจะถูกตัด",
)
SHOWN_IN = Text(
    "files.shown-in",
    "{file}: the workbook shows {column} in {signs}.",
    "{file}: สมุดงานแสดงคอลัมน์ {column} เป็นสกุลเงิน {signs}",
)
SHOWN_IN_PERCENT = Text(
    "files.shown-in-percent",
    "{file}: the workbook shows {column} in percent; its cells hold fractions, 0.25 for 25 %.",
    "{file}: สมุดงานแสดงคอลัมน์ {column} เป็นร้อยละ ค่าในเซลล์เป็นเศษส่วน เช่น 0.25 คือ 25 %",
)
SERIALS = Text(
    "files.serials",
    "{file}: {count} numbers among the dates of {column} were read as days counted from {zero}.",
    "{file}: ตัวเลข {count} ค่าที่ปนอยู่กับวันที่ในคอลัมน์ {column} อ่านเป็นจำนวนวันนับจาก {zero}",
)
FROM_1904 = Text(
    "files.from-1904",
    "{file} counts days from 1904: a date in it that has no date format would be read as one of "
    "four years before.",
    "{file} นับวันจากปี 1904 วันที่ที่ไม่ได้จัดรูปแบบเป็นวันที่จะถูกอ่านเร็วไปสี่ปี",
)
ERRORS_UNSEEN = Text(
    "files.errors-unseen",
    "{file}: in this kind of workbook a cell with an error cannot be told from an empty one.",
    "{file}: สมุดงานชนิดนี้แยกเซลล์ที่ผิดพลาดออกจากเซลล์ว่างไม่ได้",
)


def read_workbook(task: Task, sha256: str) -> tuple[RawTable, ...]:
    """Load every visible sheet that has a header, as ``book.xlsx#Sheet``.

    Args:
        task: the workbook.
        sha256: of the file.

    Raises:
        SourceError: it is protected, damaged, or no sheet has a header.
    """
    try:
        return _read_sheets(task, sha256)
    except PasswordError as error:
        raise SourceError(PASSWORD, TAKE_OFF, file=task.name) from error
    except NotPlainXmlError as error:
        raise SourceError(DAMAGED, COPY_AGAIN, file=task.name) from error
    except CalamineError as error:
        if zipfile.is_zipfile(task.path):
            raise SourceError(DAMAGED, COPY_AGAIN, file=task.name) from error
        raise SourceError(
            UNREADABLE_KIND, EXPORT_TABLE, file=task.name, kind=KIND_OFFICE
        ) from error


class _Inside(NamedTuple):
    """A workbook that is open."""

    workbook: CalamineWorkbook
    archive: zipfile.ZipFile | None
    book: Book | None  # of an xlsx


def _read_sheets(task: Task, sha256: str) -> tuple[RawTable, ...]:
    archive = zipfile.ZipFile(task.path) if zipfile.is_zipfile(task.path) else None
    try:
        book = None
        if archive is not None:
            for info in archive.infolist():
                check_size(info, task.name)
            with whole_zip(task.name):
                book = read_book(archive)
        with CalamineWorkbook.from_path(str(task.path)) as workbook:
            return _tables(task, _Inside(workbook, archive, book), sha256)
    finally:
        if archive is not None:
            archive.close()


def _tables(task: Task, inside: _Inside, sha256: str) -> tuple[RawTable, ...]:
    sheets = inside.workbook.sheets_metadata
    hidden = [s.name for s in sheets if s.visible is not SheetVisibleEnum.Visible]
    found: list[RawTable] = []
    without: list[str] = []
    first_line = ""
    visible = [s for s in sheets if _is_read(s)]
    for place, sheet in enumerate(visible):
        content = inside.workbook.get_sheet_by_name(sheet.name)
        if content.start is None:
            continue  # an empty sheet
        start = _Start.named(content, task.header) if task.header else _Start.of(content)
        if start.header is None:
            without.append(sheet.name)
            first_line = first_line or start.first_line
            continue
        own = hashlib.sha256(f"{sha256}#{sheet.name}".encode()).hexdigest()
        found.append(_table(task, inside, content, start, own if len(visible) > 1 else sha256))
        if task.progress is not None:
            task.progress(place + 1, len(visible))
    if not found and not without:
        raise SourceError(EMPTY, EXPORT_AGAIN, file=task.name)
    if not found:
        raise SourceError(NO_HEADER, ADD_HEADER, file=task.name, line=first_line[:200])
    notes = _book_notes(task, inside, hidden, without)
    return (found[0]._replace(notes=(*notes, *found[0].notes)), *found[1:])


def _is_read(sheet: SheetMetadata) -> bool:
    return sheet.visible is SheetVisibleEnum.Visible and sheet.typ is SheetTypeEnum.WorkSheet


def _book_notes(
    task: Task, inside: _Inside, hidden: Sequence[str], without: Sequence[str]
) -> list[Message]:
    notes = []
    if hidden:
        notes.append(message(SHEETS_HIDDEN, file=task.name, sheets=", ".join(hidden)))
    if without:
        notes.append(message(SHEETS_WITHOUT_TABLE, file=task.name, sheets=", ".join(without)))
    if inside.book is None:
        notes.append(message(ERRORS_UNSEEN, file=task.name))
    elif inside.book.from_1904:
        notes.append(message(FROM_1904, file=task.name))
    return notes


class _Start(NamedTuple):
    """The first rows of a sheet, and the header among them."""

    header: Header | None
    first_line: str
    preamble: tuple[str, ...]

    @classmethod
    def named(cls, sheet: CalamineSheet, names: Sequence[str]) -> _Start:
        """A sheet whose first row is a record already."""
        cells = [*names, *([""] * sheet.width)][: sheet.width]
        return cls(Header(Record(cells, -1, 0), cells, 1.0), "", ())

    @classmethod
    def of(cls, sheet: CalamineSheet) -> _Start:
        """Look at the first rows; columns that are empty in all of them do not count."""
        rows = [[_text(v) for v in row] for row in islice(sheet.iter_rows(), _LOOKED_AT)]
        used = [place for place in range(sheet.width) if any(row[place].strip() for row in rows)]
        records = [
            Record([row[place] for place in used], number, 1)
            for number, row in enumerate(rows)
            if any(cell.strip() for cell in row)
        ]
        lines = [", ".join(record.filled) for record in records]
        header = find_header(records)
        if header is not None and len(header.record.filled) < NAMES_OF_TABLE:
            header = None  # a sheet of remarks
        above = [
            line for line, r in zip(lines, records, strict=True)
            if header is not None and r.first < header.record.first
        ]  # fmt: skip
        if header is None:
            return cls(None, lines[0] if lines else "", ())
        cells = [""] * sheet.width
        for place, cell in zip(used, header.cells, strict=False):
            cells[place] = cell
        return cls(header._replace(cells=cells), lines[0], tuple(above))


_LOOKED_AT = HEADER_WITHIN + LOOKED_AT


def _table(
    task: Task, inside: _Inside, sheet: CalamineSheet, start: _Start, sha256: str
) -> RawTable:
    assert start.header is not None  # noqa: S101 -- the caller looked
    assert sheet.start is not None  # noqa: S101 -- the caller looked
    con, name = task.con, f"{task.name}#{sheet.name}"
    con.execute(f"DELETE FROM {REFUSED_TABLE} WHERE source = ?", [name])
    header = start.header.cells
    names = unique_names(header)
    left = sheet.start[1]  # rows are counted from the first of the sheet, columns are not
    table = free_table(con, name)
    poured = _pour(task, sheet, names, table, skip=start.header.record.first + 1)
    notes = _write_serials(task, inside, table, name, poured)
    if inside.archive is not None and inside.book is not None:
        with whole_zip(task.name):
            findings = look_into(inside.archive, inside.book, sheet.name)
        notes += _apply(task, table, name, names, findings, left=left)
    dropped = _drop_nameless(task, table, names, header)
    kept = tuple(column for column in names if column not in dropped)
    cells = [cell for cell, column in zip(header, names, strict=True) if column in set(kept)]
    sifted, _ = sift_rows(con, table, kept, cells, source=name, separator=",")
    notes += shape_notes(names, header, kept, name, preamble=start.preamble, read=poured.rows)
    if poured.empty:
        notes.append(message(EMPTY_ROWS, file=name, count=poured.empty))
    long = [column for column in names if column in poured.long]
    if long:
        notes.append(message(DIGITS_LOST, file=name, columns=", ".join(long)))
    if sheet.end is not None and (last := sheet.end[0] + 1) in LAST_ROWS:
        notes.append(message(PROBABLY_CUT, file=name, rows=last))
    return RawTable(
        name=name, file=task.name, member=sheet.name, sha256=sha256, table=table, columns=kept,
        read=poured.rows, refused=sum(sifted.values()), reasons=sifted, notes=tuple(notes),
        preamble=start.preamble,
    )  # fmt: skip


class _Poured(NamedTuple):
    rows: int
    empty: int
    long: set[str]  # columns with numbers that are no longer exact
    serials: set[str]  # columns of dates where all numbers can be days


def _pour(
    task: Task, sheet: CalamineSheet, names: Sequence[str], table: str, *, skip: int
) -> _Poured:
    """Pour the rows below the header into a table, in batches."""
    con = task.con
    columns = ", ".join(f"{quoted(name)} VARCHAR" for name in names)
    con.execute(f"CREATE TABLE {quoted(table)} ({columns}, _record BIGINT, _line BIGINT)")
    rows = sheet.iter_rows()
    done, used, empty, long = skip, 0, 0, set[str]()
    dated, serial, other = set[str](), set[str](), set[str]()
    for _ in islice(rows, skip):
        pass
    while batch := list(islice(rows, BATCH)):
        lines = [done + i for i, row in enumerate(batch, start=1) if _is_used(row)]
        kept = [row for row in batch if _is_used(row)]
        done += len(batch)
        empty += len(batch) - len(kept)
        if kept:
            texts = []
            for name, column in zip(names, zip(*kept, strict=True), strict=True):
                texts.append(pa.array(map(_text, column), pa.string()))
                if _lost_digits(column):
                    long.add(name)
                if date in (kinds := set(map(type, column))) or datetime in kinds:
                    dated.add(name)
                if float in kinds:
                    (serial if _are_serials(column) else other).add(name)
            records = pa.array(range(used + 1, used + len(kept) + 1), pa.int64())
            arrow = pa.table(
                [*texts, records, pa.array(lines, pa.int64())],
                names=[*names, "_record", "_line"],
            )
            con.register("_batch", arrow)
            con.execute(f"INSERT INTO {quoted(table)} SELECT * FROM _batch")
            con.unregister("_batch")
            used += len(kept)
        if task.progress is not None:
            task.progress(done, sheet.height)
    return _Poured(used, empty, long, (dated & serial) - other)


def _is_used(row: Sequence[Value]) -> bool:
    return any(value != "" for value in row)


def _lost_digits(column: Sequence[Value]) -> bool:
    return any(
        isinstance(value, float) and abs(value) >= LOST_DIGITS and value.is_integer()
        for value in column
    )


def _are_serials(column: Sequence[Value]) -> bool:
    return all(FIRST_SERIAL <= value <= LAST_SERIAL for value in column if isinstance(value, float))


def _write_serials(
    task: Task, inside: _Inside, table: str, name: str, poured: _Poured
) -> list[Message]:
    """In a column of dates a number that can be a day is one whose format was lost."""
    zero = "1904-01-01" if inside.book is not None and inside.book.from_1904 else "1899-12-30"
    notes = []
    for column in sorted(poured.serials):
        cell = quoted(column)
        moment = (
            f"TIMESTAMP '{zero}' + to_microseconds(round(CAST({cell} AS DOUBLE) * 86400)::BIGINT "
            "* 1000000)"
        )
        row = task.con.execute(
            f"UPDATE {quoted(table)} SET {cell} = replace(CAST({moment} AS VARCHAR), ' 00:00:00', "
            f"'') WHERE regexp_full_match({cell}, '\\d{{5}}(\\.\\d+)?')"
        ).fetchone()
        count = int(row[0]) if row is not None else 0
        notes.append(message(SERIALS, file=name, column=column, count=count, zero=zero))
    return notes


def _apply(
    task: Task, table: str, name: str, names: Sequence[str], findings: Findings, *, left: int
) -> list[Message]:
    """Refuse the cells without a value; returns what is to be said of how columns are shown."""
    for cells, reason in ((findings.errors, "error_cell"), (findings.formulas, "no_value")):
        _refuse_cells(task, table, names, cells, source=name, reason=reason, left=left)
    return [
        message(SHOWN_IN_PERCENT, file=name, column=names[column - left])
        if PERCENT in signs
        else message(
            SHOWN_IN, file=name, column=names[column - left], signs=", ".join(sorted(signs))
        )
        for column, signs in sorted(findings.signs.items())
        if 0 <= column - left < len(names)
    ]


def _refuse_cells(
    task: Task,
    table: str,
    names: Sequence[str],
    cells: Cells,
    *,
    source: str,
    reason: str,
    left: int,
) -> None:
    for column, lines in _by_column(cells, names, left):
        _mark(task, lines)
        task.con.execute(
            f"""
            INSERT INTO {REFUSED_CELLS} BY NAME
            SELECT {literal(source)} AS source, _record AS record, _line AS line,
                {literal(column)} AS "column", {quoted(column)} AS value,
                {literal(reason)} AS reason
            FROM {quoted(table)} SEMI JOIN _marked USING (_line)
            """
        )
        _set(task, table, f"{quoted(column)} = ''")


def _by_column(cells: Cells, names: Sequence[str], left: int) -> Iterator[tuple[str, list[int]]]:
    lines: dict[int, list[int]] = {}
    for row, column in zip(cells.rows, cells.columns, strict=True):
        lines.setdefault(column - left, []).append(row + 1)
    for place, rows in sorted(lines.items()):
        if 0 <= place < len(names):
            yield names[place], rows


def _mark(task: Task, lines: list[int]) -> None:
    task.con.execute(
        "CREATE OR REPLACE TEMP TABLE _marked AS SELECT unnest($1::BIGINT[]) AS _line", [lines]
    )


def _set(task: Task, table: str, what: str) -> None:
    task.con.execute(
        f"UPDATE {quoted(table)} SET {what} WHERE _line IN (SELECT _line FROM _marked)"
    )
    task.con.execute("DROP TABLE _marked")


def _drop_nameless(task: Task, table: str, names: Sequence[str], header: Sequence[str]) -> set[str]:
    """Leave out columns that have neither a name nor content."""
    dropped: set[str] = set()
    for name, cell in zip(names, header, strict=True):
        if cell.strip() or len(dropped) == len(names) - 1:
            continue
        filled = task.con.execute(
            f"SELECT 1 FROM {quoted(table)} WHERE trim({quoted(name)}) <> '' LIMIT 1"
        ).fetchone()
        if filled is None:
            task.con.execute(f"ALTER TABLE {quoted(table)} DROP COLUMN {quoted(name)}")
            dropped.add(name)
    return dropped


def _text(value: Value) -> str:
    return _WRITERS[type(value)](value)


def _number(value: float) -> str:
    if abs(value) < LOST_DIGITS and value.is_integer():
        return str(int(value))
    text = repr(value).removesuffix(".0")
    return f"{Decimal(text):f}" if "e" in text else text


def _span(value: timedelta) -> str:
    hours, rest = divmod(value.total_seconds(), 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{int(hours)}:{int(minutes):02d}:{int(seconds):02d}"


_WRITERS: dict[type, Callable[[Value], str]] = {
    str: str,
    float: _number,  # type: ignore[dict-item]
    int: str,
    bool: lambda value: "TRUE" if value else "FALSE",
    date: lambda value: value.isoformat(),  # type: ignore[union-attr]
    datetime: lambda value: value.isoformat(" "),  # type: ignore[union-attr,call-arg]
    time: lambda value: value.isoformat(),  # type: ignore[union-attr]
    timedelta: _span,  # type: ignore[dict-item]
}
