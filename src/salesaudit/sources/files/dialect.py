"""How a text file is written: separator, quoting, and which line names the columns."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice, takewhile
from typing import NamedTuple

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Text

RESERVED = ("_source", "_record", "_line")  # columns of our own in every raw table

NO_SEPARATOR = "\x1f"  # of lines that are one cell
_SEPARATORS = (",", ";", "\t", "|")
_HEADER_WITHIN = 30  # records
_LOOKED_AT = 50  # records after the header that give the width
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_DATA = re.compile(
    r"[(+\-−\s]*[$€£¥฿]?\s*[\d๐-๙][\d๐-๙.,:/'’\s%)\-]*"
    r"|\d{4}-\d\d-\d\d[T ].*"
    r"|\d{1,2}[-/. ][^\W\d]+\.?[-/. ]\d{2,4}.*"
    r"|[^@\s]+@[^@\s]+\.[a-z]+"
)
_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")

NO_HEADER = Text(
    "files.no-header",
    "{file}: none of the first lines names every column; the first one looks like data: {line}.",
    "{file}: บรรทัดต้นไฟล์ไม่มีบรรทัดใดระบุชื่อครบทุกคอลัมน์ บรรทัดแรกดูเหมือนเป็นข้อมูล: {line}",
)
ADD_HEADER = Text(
    "files.add-header",
    "Export the file with its header, add a first line that names every column, or name them in "
    "salesaudit.yaml:  header: [name, name]  at this source.",
    "ส่งออกไฟล์ใหม่พร้อมหัวตาราง เพิ่มบรรทัดแรกที่ระบุชื่อทุกคอลัมน์ หรือระบุชื่อใน salesaudit.yaml:  "
    "header: [ชื่อ, ชื่อ]  ที่แหล่งข้อมูลนี้",
)
EMPTY = Text("files.empty", "{file} is empty.", "{file} เป็นไฟล์ว่าง")
EXPORT_AGAIN = Text(
    "files.export-again",
    "Export it again, or take it out of the folder.",
    "ส่งออกใหม่อีกครั้ง หรือนำไฟล์นี้ออกจากโฟลเดอร์",
)


class Dialect(NamedTuple):
    """How to read a file, and what its columns are called."""

    separator: str
    columns: tuple[str, ...]  # made unique
    header: tuple[str, ...]  # cells of the header line as they stand
    skip_lines: int  # lines above the header
    header_lines: int  # lines that the header itself takes
    regular: bool  # the header line is quoted as it should be
    preamble: tuple[str, ...]  # the lines above the header that say something


class _Record(NamedTuple):
    cells: list[str]
    first: int  # index of its first line
    lines: int

    @property
    def filled(self) -> list[str]:
        return [cell for cell in self.cells if cell.strip()]


def find_dialect(head: bytes, file: str, *, complete: bool) -> Dialect:
    """Separator and header from the first lines of a file.

    A separator fits when one of the first lines can be a header and the records after it are as
    wide as that; the best fit wins, and one column is taken only where nothing fits.

    Args:
        head: the first bytes as UTF-8, cleaned.
        file: name for messages.
        complete: whether ``head`` is all of the file.

    Raises:
        SourceError: the file is empty, or no line can be a header.
    """
    text = head.decode("utf-8", "replace").removeprefix("\ufeff")
    text = text.rstrip("\n\x1a") + "\n" if complete else text
    lines = _LINE.findall(text)
    if not any(line.strip(" \t\r\n\x1a") for line in lines):
        raise SourceError(EMPTY, EXPORT_AGAIN, file=file)
    start = 0
    separators: tuple[str, ...] = _SEPARATORS
    if (found := _SEP_LINE.fullmatch(lines[0])) is not None:
        start, separators = 1, (str(found[1]),)
    best: tuple[tuple[bool, float, int], Dialect] | None = None
    for separator in separators:
        fit = _fit(lines, start, separator, complete=complete)
        if fit is not None and (best is None or fit[0] > best[0]):
            best = fit
    if best is None:
        raise SourceError(NO_HEADER, ADD_HEADER, file=file, line=lines[start:][0].strip()[:200])
    return best[1]


def headless_dialect(head: bytes, names: Sequence[str], *, complete: bool) -> Dialect:
    """How to read a file whose first line is a record already.

    One name: every line is one cell, however it is written. Several: the separator that gives as
    many cells as there are names.

    Args:
        head: the first bytes as UTF-8, cleaned.
        names: of its columns, as the settings give them.
        complete: whether ``head`` is all of the file.
    """
    lines = _LINE.findall(head.decode("utf-8", "replace").removeprefix("\ufeff"))

    def fitting(separator: str) -> int:
        records = _records(lines, 0, separator)[: None if complete else -1]
        return sum(len(record.cells) == len(names) for record in records)

    separator = max(_SEPARATORS, key=fitting) if len(names) > 1 else NO_SEPARATOR
    columns = unique_names(names)
    return Dialect(separator, columns, columns, 0, 0, False, ())


def _fit(
    lines: list[str], start: int, separator: str, *, complete: bool
) -> tuple[tuple[bool, float, int], Dialect] | None:
    records = _records(lines, start, separator)
    if not complete and len(records) > 1:
        records.pop()  # may be cut
    widest = 0  # filled cells of the records above
    for i, record in enumerate(records[:_HEADER_WITHIN]):
        widths = Counter(len(r.cells) for r in records[i + 1 : i + 1 + _LOOKED_AT] if r.filled)
        cells = _header_cells(record, records[i + 1 : i + 1 + _LOOKED_AT], widths)
        if cells is None or widest >= len(cells) - (len(cells) > 3):
            widest = max(widest, len(record.filled))  # a title is narrower than the table
            continue
        width, count = len(cells), widths.total()
        share = round(widths[width] / count, 1) if count else 1.0
        if width == 1 and any(s in line for s in _SEPARATORS for line in record.cells):
            return None  # one column is never taken where a separator stands in the header
        return (width > 1, share, width), _dialect(lines, record, cells, start, separator)
    return None


def _records(lines: list[str], start: int, separator: str) -> list[_Record]:
    reader = csv.reader(iter(lines[start:]), delimiter=separator)
    found: list[_Record] = []
    before = 0
    try:
        for cells in islice(reader, 200):
            if any(cell for cell in cells) or len(cells) > 1:
                found.append(_Record(cells, start + before, reader.line_num - before))
            before = reader.line_num
    except csv.Error:  # a cell too long for this look; the reader itself takes it
        pass
    return found


def _header_cells(
    record: _Record, following: Sequence[_Record], widths: Counter[int]
) -> list[str] | None:
    """The cells of ``record`` if it can be the header, as many as the records have."""
    cells, filled = record.cells, record.filled
    named = _width_in_use([record, *following])
    if len(filled) * 2 <= named or any(_DATA.fullmatch(cell.strip()) for cell in filled):
        return None
    if len(set(filled)) * 2 < len(filled):
        return None
    most = widths[max(widths, key=lambda width: widths[width])] if widths else 0
    if widths[len(cells)] == most:
        return cells
    if widths[len(cells) + 1] == most and all(
        not r.cells[-1].strip() for r in following if len(r.cells) == len(cells) + 1
    ):
        return [*cells, ""]
    if not cells[-1].strip() and widths[len(cells) - 1] == most:
        return cells[:-1]
    return None


def _width_in_use(records: Sequence[_Record]) -> int:
    """Columns up to the last one that any record fills: separators may trail on every line."""
    return max((len(r.cells) - _empty_at_end(r.cells) for r in records), default=0)


def _empty_at_end(cells: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda cell: not cell.strip(), reversed(cells)))


def _dialect(
    lines: list[str], record: _Record, cells: list[str], start: int, separator: str
) -> Dialect:
    raw = "".join(lines[record.first : record.first + record.lines])
    above = (line.strip().strip(separator).strip() for line in lines[start : record.first])
    return Dialect(
        separator=separator,
        columns=unique_names(cells),
        header=tuple(cells),
        skip_lines=record.first,
        header_lines=record.lines,
        regular=_is_regular(raw, separator) and len(cells) >= len(record.cells),
        preamble=tuple(line for line in above if line),
    )


def _is_regular(raw: str, separator: str) -> bool:
    mark = re.escape(separator)
    cell = rf'(?:"(?:[^"]|"")*"|[^"\n{mark}]*)'
    return re.fullmatch(rf"{cell}(?:{mark}{cell})*\n?", raw) is not None


def unique_names(cells: Sequence[str]) -> tuple[str, ...]:
    """Column names that differ in more than case: ``name``, ``name (2)``, ``column 3``."""
    taken = set(RESERVED)
    names = []
    for number, cell in enumerate(cells, start=1):
        plain = _BLANKS.sub(" ", cell).strip() or f"column {number}"
        name, again = plain, 2
        while name.casefold() in taken:
            name, again = f"{plain} ({again})", again + 1
        taken.add(name.casefold())
        names.append(name)
    return tuple(names)
