"""What a file is, by its first bytes and never by its name."""

from __future__ import annotations

import codecs
import errno
import json
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path, PurePosixPath

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Text

UNREADABLE_KIND = Text(
    "files.unreadable-kind",
    "{file} is {kind}, which holds no table that can be read.",
    "{file} เป็น{kind} ซึ่งไม่มีตารางที่อ่านได้",
)
EXPORT_TABLE = Text(
    "files.export-table",
    "Export the same data as CSV (UTF-8) or as an Excel workbook and put that file in its place.",
    "ส่งออกข้อมูลชุดเดียวกันเป็น CSV (UTF-8) หรือสมุดงาน Excel แล้วนำมาวางแทนไฟล์นี้",
)
DAMAGED = Text(
    "files.damaged",
    "{file} is damaged or incomplete; nothing was loaded from it.",
    "{file} เสียหายหรือไม่ครบ จึงไม่ได้นำเข้าข้อมูลจากไฟล์นี้เลย",
)
COPY_AGAIN = Text(
    "files.copy-again",
    "Export or copy the file again.",
    "ส่งออกหรือคัดลอกไฟล์นี้ใหม่อีกครั้ง",
)

KIND_LINES = Text("files.kind.lines", "a text file of lines", "ไฟล์ข้อความแบบบรรทัด")
KIND_GZIP = Text("files.kind.gzip", "gzip", "ไฟล์ gzip")
KIND_WORKBOOK = Text("files.kind.workbook", "a workbook", "สมุดงาน Excel")
KIND_ZIP = Text("files.kind.zip", "a zip archive", "ไฟล์ zip")
KIND_PARQUET = Text("files.kind.parquet", "a Parquet file", "ไฟล์ Parquet")
KIND_JSON = Text("files.kind.json", "JSON", "ไฟล์ JSON")
KIND_PAGE = Text("files.kind.page", "a web page or XML", "หน้าเว็บหรือ XML")
KIND_PDF = Text("files.kind.pdf", "a PDF", "ไฟล์ PDF")
KIND_OFFICE = Text("files.kind.office", "an Office document", "เอกสาร Office")
KIND_ARCHIVE = Text("files.kind.archive", "an archive other than zip", "ไฟล์บีบอัดที่ไม่ใช่ ZIP")


class Kind(StrEnum):
    """The kinds of files that are read."""

    LINES = "lines"
    JSON_LINES = "json_lines"
    JSON = "json"
    WORKBOOK = "workbook"
    PARQUET = "parquet"
    ZIP = "zip"


NAMES = {
    Kind.LINES: KIND_LINES,
    Kind.JSON_LINES: KIND_JSON,
    Kind.JSON: KIND_JSON,
    Kind.WORKBOOK: KIND_WORKBOOK,
    Kind.PARQUET: KIND_PARQUET,
    Kind.ZIP: KIND_ZIP,
}
ENDINGS = {
    Kind.LINES: (".csv", ".tsv", ".txt"),
    Kind.JSON_LINES: (".json", ".jsonl", ".ndjson"),
    Kind.JSON: (".json", ".jsonl", ".ndjson"),
    Kind.WORKBOOK: (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods"),
    Kind.PARQUET: (".parquet",),
    Kind.ZIP: (".zip",),
}
READ_ENDINGS = tuple(dict.fromkeys(ending for known in ENDINGS.values() for ending in known))
GZIP_ENDINGS = (".gz", ".gzip")

OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # also what a password makes of a workbook
FIRST_BYTES = 1 << 16  # looked at to tell a kind
GZIP = b"\x1f\x8b"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")
_UNREAD = (
    (b"%PDF-", KIND_PDF),
    (b"7z\xbc\xaf\x27\x1c", KIND_ARCHIVE),
    (b"Rar!\x1a\x07", KIND_ARCHIVE),
)
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, ValueError,
    OverflowError, NotImplementedError,
)  # fmt: skip
_PAGE = re.compile(rb"(?i)\s*<(\?xml|!doctype|html|head|body|table|workbook)\b")
_JSON = re.compile(rb'\s*(\{\s*("[^"\n]*"\s*:|\})|\[\s*[\[{])')
_LINES_LOOKED_AT = 20


def is_export(name: str) -> bool:
    """Whether a file's name ends as an export's does, packed by gzip or not."""
    return without_gzip(name).endswith(READ_ENDINGS)


def is_junk(name: str) -> bool:
    """Whether a program left a file beside the exports: lock files, notes on a folder."""
    parts = PurePosixPath(name).parts
    last = parts[-1] if parts else ""
    return "__MACOSX" in parts or last.startswith(("~$", "._", ".~lock."))


def without_gzip(name: str) -> str:
    """A file's name in lower case without the ending of gzip."""
    plain = name.lower()
    for ending in GZIP_ENDINGS:
        plain = plain.removesuffix(ending)
    return plain


def is_gzip(head: bytes) -> bool:
    """Whether the first bytes of a file are those of gzip."""
    return head.startswith(GZIP)


def needs_unpacking(head: bytes) -> bool:
    """Whether what a gzip holds is not read line by line."""
    if head.startswith((b"PAR1", OLD_OFFICE, *_ZIPS)):
        return True
    text = _narrow(head)
    return _JSON.match(text) is not None and not _holds_objects_by_line(text)


def kind_of(path: Path, head: bytes, file: str) -> Kind:
    """The kind of a file that is not packed by gzip, or of what gzip packed.

    Args:
        path: the file; the list of contents of a zip stands at its end.
        head: the first bytes.
        file: name for messages.

    Raises:
        SourceError: it holds no table that can be read, or is a damaged zip.
    """
    if head.startswith(b"PAR1"):
        return Kind.PARQUET
    if head.startswith(OLD_OFFICE):
        return Kind.WORKBOOK
    if head.startswith(_ZIPS):
        return _kind_of_zip(path, file)
    text = _narrow(head)
    unread = next((kind for signature, kind in _UNREAD if head.startswith(signature)), None)
    if unread is None and _PAGE.match(text):
        unread = KIND_PAGE
    if unread is not None:
        raise SourceError(UNREADABLE_KIND, EXPORT_TABLE, file=file, kind=unread)
    if _JSON.match(text):
        return Kind.JSON_LINES if _holds_objects_by_line(text) else Kind.JSON
    return Kind.LINES


def _narrow(head: bytes) -> bytes:
    """The first bytes as UTF-8 without a byte order mark, if one says how they are written."""
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if head.startswith(mark):
            return head.decode(codec, "ignore").encode("utf-8", "ignore")
    return head.removeprefix(codecs.BOM_UTF8)


@contextmanager
def whole_zip(file: str) -> Iterator[None]:
    """Call a zip damaged where reading it fails.

    Raises:
        SourceError: it is.
    """
    try:
        yield
    except _DAMAGE as error:
        raise SourceError(DAMAGED, COPY_AGAIN, file=file) from error
    except OSError as error:
        if error.errno != errno.EINVAL:  # a place before the beginning, as a broken list names
            raise
        raise SourceError(DAMAGED, COPY_AGAIN, file=file) from error


def _kind_of_zip(path: Path, file: str) -> Kind:
    with whole_zip(file), zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
    if {"xl/workbook.xml", "xl/workbook.bin"} & names or {"mimetype", "content.xml"} <= names:
        return Kind.WORKBOOK
    if "[Content_Types].xml" in names:
        raise SourceError(UNREADABLE_KIND, EXPORT_TABLE, file=file, kind=KIND_OFFICE)
    return Kind.ZIP


def _holds_objects_by_line(text: bytes) -> bool:
    """Whether most of the first lines are JSON objects by themselves."""
    lines = [line for line in text.splitlines() if line.strip()][:_LINES_LOOKED_AT]
    cut = len(lines) > 1 and len(text) >= FIRST_BYTES and not text.endswith(b"\n")
    whole = lines[:-1] if cut else lines
    good = sum(map(_is_object, whole))
    if len(lines) == 1:
        return good == 1 and not _holds_list_of_objects(lines[0])
    return good * 2 >= len(whole)


def _is_object(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except ValueError:
        return False


def _holds_list_of_objects(line: bytes) -> bool:
    values = json.loads(line).values()
    lists = [value for value in values if isinstance(value, list)]
    return any(v and isinstance(v[0], dict) for v in lists) or lists == list(values) == [[]]
