"""Which record of a table names its columns, and what they are called."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from salesaudit.core.texts import Text

RESERVED = ("_source", "_record", "_line")  # columns of our own in every raw table
HEADER_WITHIN = 30  # records
LOOKED_AT = 50  # records after the header that give the width

_DATA = re.compile(
    r"[(+\-−\s]*[$€£¥฿]?\s*[\d๐-๙][\d๐-๙.,:/'’\s%)\-]*"
    r"|\d{4}-\d\d-\d\d[T ].*"
    r"|\d{1,2}[-/. ][^\W\d]+\.?[-/. ]\d{2,4}.*"
    r"|[^@\s]+@[^@\s]+\.[a-z]+"
)
_BLANKS = re.compile(r"[\s\u00a0\u200b\ufeff]+")

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


class Record(NamedTuple):
    """A record among the first ones of a table."""

    cells: list[str]
    first: int  # index of its first line
    lines: int

    @property
    def filled(self) -> list[str]:
        """The cells that hold something."""
        return [cell for cell in self.cells if cell.strip()]


class Header(NamedTuple):
    """The record that names the columns."""

    record: Record
    cells: list[str]  # as many as the records have
    share: float  # of the records after it that are as wide


def find_header(records: Sequence[Record]) -> Header | None:
    """The first record that can name the columns of those after it."""
    widest = 0  # filled cells of the records above
    for i, record in enumerate(records[:HEADER_WITHIN]):
        following = _above_footer(record, records[i + 1 : i + 1 + LOOKED_AT])
        widths = Counter(len(r.cells) for r in following if r.filled)
        cells = _header_cells(record, following, widths)
        if cells is None or widest >= len(cells) - (len(cells) > 3):
            widest = max(widest, len(record.filled))  # a title is narrower than the table
            continue
        count = widths.total()
        return Header(record, cells, round(widths[len(cells)] / count, 1) if count else 1.0)
    return None


def _above_footer(record: Record, following: Sequence[Record]) -> Sequence[Record]:
    """The records without lines of one cell at the end: a short report may have a longer footer."""
    rows = [place for place, r in enumerate(following) if len(r.cells) > 1]
    return following[: rows[-1] + 1] if rows and len(record.cells) > 1 else following


def _header_cells(
    record: Record, following: Sequence[Record], widths: Counter[int]
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


def _width_in_use(records: Sequence[Record]) -> int:
    """Columns up to the last one that any record fills: separators may trail on every line."""
    return max((len(r.cells) - _empty_at_end(r.cells) for r in records), default=0)


def _empty_at_end(cells: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda cell: not cell.strip(), reversed(cells)))


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
