"""How a text file is written: separator, quoting, and which line names the columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from itertools import islice
from typing import NamedTuple

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Text
from salesaudit.sources.files.header import (
    ADD_HEADER,
    NO_HEADER,
    Record,
    find_header,
    unique_names,
)

NO_SEPARATOR = "\x1f"  # of lines that are one cell
_SEPARATORS = (",", ";", "\t", "|")
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*', re.IGNORECASE)
_LINE = re.compile(r"[^\n]*\n|[^\n]+")

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
    quote: str = '"'  # empty: quote marks mean nothing


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
    quote = '"' if len(names) > 1 else ""
    return Dialect(separator, columns, columns, 0, 0, regular=False, preamble=(), quote=quote)


def _fit(
    lines: list[str], start: int, separator: str, *, complete: bool
) -> tuple[tuple[bool, float, int], Dialect] | None:
    records = _records(lines, start, separator)
    if not complete and len(records) > 1:
        records.pop()  # may be cut
    header = find_header(records)
    if header is None:
        return None
    width = len(header.cells)
    if width == 1 and any(s in cell for s in _SEPARATORS for cell in header.record.cells):
        return None  # one column is never taken where a separator stands in the header
    found = _dialect(lines, header.record, header.cells, start, separator)
    return (width > 1, header.share, width), found


def _records(lines: list[str], start: int, separator: str) -> list[Record]:
    reader = csv.reader(iter(lines[start:]), delimiter=separator)
    found: list[Record] = []
    before = 0
    try:
        for cells in islice(reader, 200):
            if any(cell for cell in cells) or len(cells) > 1:
                found.append(Record(cells, start + before, reader.line_num - before))
            before = reader.line_num
    except csv.Error:  # a cell too long for this look; the reader itself takes it
        pass
    return found


def _dialect(
    lines: list[str], record: Record, cells: list[str], start: int, separator: str
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
