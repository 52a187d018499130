"""What a workbook's XML tells and its reader does not: errors, formulas without value, formats.

Only xlsx files; entities are never expanded, and every part is read to its end and checksum.
"""

from __future__ import annotations

import re
import zipfile
from array import array
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import cache
from pathlib import PurePosixPath
from typing import NamedTuple
from xml.parsers import expat

BLOCK = 1 << 20  # bytes
PERCENT = "%"
FIRST_ROWS = 5_000  # that tell how the columns of a sheet are shown, if nothing else is looked for

_WORKBOOK = "xl/workbook.xml"
_PERCENT_IDS = (9, 10)
_CURRENCY = re.compile(r"\[\$([^\]\-]+)[^\]]*\]|([$€£¥฿])")
_QUOTED = re.compile(r'"[^"]*"|\\.')
_SIGN_OF_FORMULA = re.compile(rb"\st\s*=\s*[\"']e[\"']|<(?:\w+:)?f[\s/>]|<!DOCTYPE")
_ROOT = re.compile(rb"<((?:\w+:)?)worksheet\b")


class Book(NamedTuple):
    """What holds for the whole workbook."""

    parts: Mapping[str, str]  # sheet: its part in the archive
    from_1904: bool
    uncalculated: bool  # the program that wrote it left all calculation to the next one
    signs: Mapping[str, str]  # style: the currency's sign, or %


class Cells(NamedTuple):
    """Cells of a sheet by row and column, from 0."""

    rows: array[int]
    columns: array[int]

    def add(self, row: int, column: int) -> None:
        """Take in a cell."""
        self.rows.append(row)
        self.columns.append(column)


class Findings(NamedTuple):
    """What a sheet's XML tells beyond its values."""

    errors: Cells
    formulas: Cells  # without a value
    signs: dict[int, set[str]]  # column: the signs that its first rows are shown with


class NotPlainXmlError(Exception):
    """A part declares a document type or is no XML."""


def read_book(archive: zipfile.ZipFile) -> Book | None:
    """The workbook's own parts; None where it is none of XML.

    Raises:
        NotPlainXmlError: a part is broken or declares a document type.
    """
    names = set(archive.namelist())
    if _WORKBOOK not in names:
        return None
    sheets: dict[str, str] = {}
    flags = {"from_1904": False, "uncalculated": False}

    def of_workbook(written: str, values: Mapping[str, str]) -> None:
        tag = _plain(written)
        if tag == "sheet":
            link = next((v for k, v in values.items() if _plain(k) == "id"), "")
            sheets[values.get("name", "")] = link
        elif tag == "workbookPr":
            flags["from_1904"] = values.get("date1904") in {"1", "true"}
        elif tag == "calcPr":
            flags["uncalculated"] = values.get("fullCalcOnLoad") in {"1", "true"}

    targets: dict[str, str] = {}

    def of_links(tag: str, values: Mapping[str, str]) -> None:
        if _plain(tag) == "Relationship":
            targets[values.get("Id", "")] = values.get("Target", "")

    _walk(archive, _WORKBOOK, of_workbook)
    if (links := "xl/_rels/workbook.xml.rels") in names:
        _walk(archive, links, of_links)
    parts = {name: _part(targets.get(link, "")) for name, link in sheets.items()}
    signs = _signs(archive) if "xl/styles.xml" in names else {}
    return Book({k: v for k, v in parts.items() if v in names},
                signs=signs, **flags)  # fmt: skip


def look_into(archive: zipfile.ZipFile, book: Book, sheet: str) -> Findings:
    """Find the cells of a sheet that its values do not tell of.

    Raises:
        NotPlainXmlError: the part is broken or declares a document type.
    """
    found = Findings(_none(), _none(), {})
    part = book.parts.get(sheet)
    if part is None:
        return found
    last = None if _holds_formulas(archive, part) else FIRST_ROWS
    if last is None or book.signs:
        with suppress(_Enough):
            _SheetWalk(book, found, last).walk(archive, part)
    return found


def _plain(tag: str) -> str:
    return tag.rpartition(":")[2]


def _none() -> Cells:
    return Cells(array("q"), array("q"))


def _part(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else str(PurePosixPath("xl") / target)


def _signs(archive: zipfile.ZipFile) -> dict[str, str]:
    formats: dict[int, str] = {}
    signs: dict[str, str] = {}
    state = {"inside": 0, "style": 0}

    def of_styles(written: str, values: Mapping[str, str]) -> None:
        tag = _plain(written)
        if tag == "numFmt":
            formats[int(values.get("numFmtId", 0))] = values.get("formatCode", "")
        elif tag in {"cellXfs", "cellStyleXfs", "dxfs"}:
            state["inside"] = tag == "cellXfs"
        elif tag == "xf" and state["inside"]:
            kind = int(values.get("numFmtId", 0))
            code = formats.get(kind, "")
            if kind in _PERCENT_IDS or "%" in _QUOTED.sub("", code):
                signs[str(state["style"])] = PERCENT
            elif sign := _CURRENCY.search(code):
                signs[str(state["style"])] = sign[1] or sign[2]
            state["style"] += 1

    _walk(archive, "xl/styles.xml", of_styles)
    return signs


def _holds_formulas(archive: zipfile.ZipFile, part: str) -> bool:
    """Whether a sheet holds errors or formulas at all; reads it to its checksum."""
    found, tail = False, b""
    with archive.open(part) as file:
        while block := file.read(BLOCK):
            found = found or _SIGN_OF_FORMULA.search(tail + block) is not None
            tail = block[-64:]
    return found


class _Enough(Exception):  # noqa: N818 -- nothing went wrong
    """The rows that were asked for have been seen."""


class _SheetWalk:
    """A walk through the cells of a sheet; called for every tag, so it does little."""

    def __init__(self, book: Book, found: Findings, last: int | None) -> None:
        self.book, self.found = book, found
        self.last = last  # row; None: all of them
        self.row, self.column = -1, -1
        self.kind, self.style = "", ""
        self.formula = self.in_value = False
        self.value = ""
        self.tag_c, self.tag_v, self.tag_f, self.tag_row = "c", "v", "f", "row"

    def walk(self, archive: zipfile.ZipFile, part: str) -> None:
        with archive.open(part) as file:
            root = _ROOT.search(file.read(4096))
        prefix = root[1].decode() if root else ""
        self.tag_c, self.tag_v, self.tag_f, self.tag_row = (
            prefix + tag for tag in ("c", "v", "f", "row")
        )
        _walk(archive, part, self.start, self.end, self.text)

    def start(self, tag: str, values: Mapping[str, str]) -> None:
        if tag == self.tag_c:
            self.column = _column(values["r"]) if "r" in values else self.column + 1
            self.kind, self.style = values.get("t", "n"), values.get("s", "")
            self.formula, self.value = False, ""
        elif tag == self.tag_v:
            self.in_value = True
        elif tag == self.tag_f:
            self.formula = True
        elif tag == self.tag_row:
            self.row = int(values["r"]) - 1 if "r" in values else self.row + 1
            self.column = -1
            if self.last is not None and self.row > self.last:
                raise _Enough

    def text(self, data: str) -> None:
        if self.in_value:
            self.value += data

    def end(self, tag: str) -> None:
        if tag == self.tag_v:
            self.in_value = False
        elif tag == self.tag_c:
            self._close()

    def _close(self) -> None:
        if self.kind == "e":
            self.found.errors.add(self.row, self.column)
        elif self.formula and self._never_calculated():
            self.found.formulas.add(self.row, self.column)
        elif self.style in self.book.signs and self.kind == "n" and self.value:
            self.found.signs.setdefault(self.column, set()).add(self.book.signs[self.style])

    def _never_calculated(self) -> bool:
        if self.kind == "str":  # a formula may give an empty text
            return False
        return not self.value or (self.book.uncalculated and self.value == "0")


@cache
def _letters_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _column(reference: str) -> int:
    return _letters_number(reference.rstrip("0123456789"))


def _walk(
    archive: zipfile.ZipFile,
    part: str,
    start: Callable[[str, Mapping[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Call back for every tag, as it is written.

    Raises:
        NotPlainXmlError: the part is broken or declares a document type.
    """
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse_doctype
    try:
        with archive.open(part) as file:
            parser.ParseFile(file)
    except (expat.ExpatError, ValueError) as error:
        raise NotPlainXmlError from error


def _refuse_doctype(*_: object) -> None:
    raise NotPlainXmlError
