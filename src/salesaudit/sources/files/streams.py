"""Files as bytes: what kind they are, unpacked, as UTF-8, in blocks of whole lines."""

from __future__ import annotations

import codecs
import re
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Text

BLOCK = 4 << 20  # bytes read at a time
LONGEST_LINE = 256 << 20  # bytes without any line end: no table
LOST_BYTE = b"\xff"  # stands before every byte that a code page does not know; never UTF-8

Watch = Callable[[bytes], None]

UNREADABLE_KIND = Text(
    "files.unreadable-kind",
    "{file} is {kind}, which is not read yet.",
    "{file} เป็น{kind} ซึ่งยังอ่านไม่ได้",
)
EXPORT_AS_CSV = Text(
    "files.export-as-csv",
    "Export the same data as CSV (UTF-8) and put that file in its place.",
    "ส่งออกข้อมูลชุดเดียวกันเป็น CSV (UTF-8) แล้วนำมาวางแทนไฟล์นี้",
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
WRONG_WIDE = Text(
    "files.wrong-wide",
    "{file} begins like {encoding} but does not hold to it.",
    "{file} ขึ้นต้นเหมือนรหัสอักขระ {encoding} แต่เนื้อหาไม่เป็นไปตามนั้น",
)
UNKNOWN_ENCODING = Text(
    "files.unknown-encoding",
    "{file}: there is no encoding named {encoding}.",
    "{file}: ไม่มีรหัสอักขระชื่อ {encoding}",
)
NAME_ENCODING = Text(
    "files.name-encoding",
    "Write for example  encoding: cp874  (Thai) or  encoding: cp1252  (Western) at this source.",
    "ระบุที่แหล่งข้อมูลนี้ เช่น  encoding: cp874  (ไทย) หรือ  encoding: cp1252  (ยุโรปตะวันตก)",
)
NO_LINES = Text(
    "files.no-lines",
    "{file} has no line ends and is no table of lines.",
    "{file} ไม่มีการขึ้นบรรทัดใหม่ จึงไม่ใช่ตารางแบบบรรทัด",
)

KIND_WORKBOOK = Text("files.kind.workbook", "an Excel workbook", "สมุดงาน Excel")
KIND_OLD_WORKBOOK = Text(
    "files.kind.old-workbook", "an old Office file (such as .xls)", "ไฟล์ Office รุ่นเก่า (เช่น .xls)"
)
KIND_ZIP = Text("files.kind.zip", "a zip archive", "ไฟล์ zip")
KIND_PARQUET = Text("files.kind.parquet", "a Parquet file", "ไฟล์ Parquet")
KIND_PAGE = Text("files.kind.page", "a web page or XML, not a table", "หน้าเว็บหรือ XML ไม่ใช่ตาราง")
KIND_JSON = Text("files.kind.json", "a JSON file", "ไฟล์ JSON")
KIND_PDF = Text("files.kind.pdf", "a PDF", "ไฟล์ PDF")

_GZIP = b"\x1f\x8b"
_SIGNATURES = (
    (b"PAR1", KIND_PARQUET),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", KIND_OLD_WORKBOOK),
    (b"%PDF-", KIND_PDF),
)
_PAGE = re.compile(rb"(?i)\s*<(\?xml|!doctype|html|table|workbook)\b")
_JSON = re.compile(rb'\s*(\{\s*"[^"\n]*"\s*:|\[\s*[\[{])')
_WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOST = {0xDC80 + i: f"\udcff\\x{0x80 + i:02x}" for i in range(128)}


def is_gzip(head: bytes) -> bool:
    """Whether the first bytes of a file are those of gzip."""
    return head.startswith(_GZIP)


def refuse_other_kinds(head: bytes, file: str) -> None:
    """Stop at files that hold no lines of text.

    Raises:
        SourceError: the first bytes are those of a workbook, an archive, Parquet, JSON, a page.
    """
    kind = _kind(head)
    if kind is not None:
        raise SourceError(UNREADABLE_KIND, EXPORT_AS_CSV, file=file, kind=kind)


def _kind(head: bytes) -> Text | None:
    for signature, kind in _SIGNATURES:
        if head.startswith(signature):
            return kind
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return KIND_WORKBOOK if b"[Content_Types].xml" in head else KIND_ZIP
    text = head.removeprefix(codecs.BOM_UTF8)
    if _PAGE.match(text):
        return KIND_PAGE
    return KIND_JSON if _JSON.match(text) else None


def codec_of(head: bytes, wanted: str | None, file: str) -> str | None:
    """The codec that turns the file into text; None where its bytes are UTF-8 already.

    Byte order marks are proof and win; then what the settings say; then zeros in every other
    byte, which only UTF-16 without a mark has.

    Raises:
        SourceError: ``wanted`` names no encoding of text.
    """
    for mark, name in _WIDE_BOMS:
        if head.startswith(mark):
            return name
    if head.startswith(codecs.BOM_UTF8):
        return None
    if wanted is not None:
        return _known(wanted, file)
    return _wide_without_mark(head[:4096])


def _known(wanted: str, file: str) -> str | None:
    name = wanted.strip().lower()
    try:
        "".encode(name)  # refuses codecs that are none of text, such as hex
        name = codecs.lookup(name).name
    except (LookupError, ValueError) as error:
        raise SourceError(UNKNOWN_ENCODING, NAME_ENCODING, file=file, encoding=wanted) from error
    if name in {"utf-8", "utf-8-sig", "ascii"}:
        return None
    return "cp874" if name == "tis-620" else name


def _wide_without_mark(head: bytes) -> str | None:
    even, odd = head[::2].count(0), head[1::2].count(0)
    few, many = sorted((even, odd))
    if many < 4 or many < 0.05 * (len(head) / 2) or few > 0.1 * many:
        return None
    return "utf-16-le" if odd > even else "utf-16-be"


def first_bytes(path: Path, size: int = 1 << 16) -> bytes:
    """The first bytes of a file as they stand on the disk."""
    with path.open("rb") as file:
        return file.read(size)


def is_padded(path: Path) -> bool:
    """Whether zeros follow the last member of a gzip, which the engine does not take."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 9))
        return not file.read().strip(b"\0")


def first_content(path: Path, head: bytes) -> bytes:
    """The first bytes of what a file holds, unpacked where it is gzip."""
    if not is_gzip(head):
        return head
    return next(_inflate(iter((head,)), path.name, whole=False), b"")


def utf8_blocks(
    path: Path, codec: str | None, *, gzip: bool, watch: Watch | None = None
) -> Iterator[bytes]:
    """The file as UTF-8 in blocks that end at a line end (the last one excepted).

    Bytes that are no UTF-8 stay as they are where ``codec`` is None. A byte that the code page
    does not know becomes ``LOST_BYTE`` and its number written out, which no UTF-8 reader takes.

    Args:
        path: the file.
        codec: as ``codec_of`` gives it.
        gzip: whether the file is unpacked; each member is checked against its checksum.
        watch: is given every chunk as it was read from the disk.

    Raises:
        SourceError: the gzip is damaged or cut, the UTF-16 is none, or there are no lines.
    """
    chunks = _chunks(path, watch)
    if gzip:
        chunks = _inflate(chunks, path.name)
    if codec is not None:
        chunks = _recode(chunks, codec, path.name)
    return _whole_lines(chunks, path.name)


def _chunks(path: Path, watch: Watch | None) -> Iterator[bytes]:
    with path.open("rb") as file:
        while chunk := file.read(BLOCK):
            if watch is not None:
                watch(chunk)
            yield chunk


def _inflate(chunks: Iterable[bytes], file: str, *, whole: bool = True) -> Iterator[bytes]:
    member = zlib.decompressobj(31)
    try:
        for chunk in chunks:
            rest = chunk
            while rest:
                if member.eof:
                    rest = rest.lstrip(b"\0") if not rest.startswith(_GZIP) else rest
                    member = zlib.decompressobj(31) if rest else member
                    continue
                yield member.decompress(rest, BLOCK)
                rest = member.unused_data if member.eof else member.unconsumed_tail
    except zlib.error as error:
        raise SourceError(DAMAGED, COPY_AGAIN, file=file) from error
    if whole and not member.eof:
        raise SourceError(DAMAGED, COPY_AGAIN, file=file)


def _recode(chunks: Iterable[bytes], codec: str, file: str) -> Iterator[bytes]:
    wide = codec.startswith(("utf-16", "utf-32"))
    decoder = codecs.getincrementaldecoder(codec)("strict" if wide else "surrogateescape")
    try:
        for chunk in chunks:
            yield _as_utf8(decoder.decode(chunk))
        yield _as_utf8(decoder.decode(b"", final=True))
    except UnicodeError as error:
        raise SourceError(WRONG_WIDE, COPY_AGAIN, file=file, encoding=codec) from error


def _as_utf8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        return text.translate(_LOST).encode("utf-8", "surrogateescape")


def _whole_lines(chunks: Iterable[bytes], file: str) -> Iterator[bytes]:
    kept: list[bytes] = []  # chunks since the last line end
    size = 0
    for chunk in chunks:
        end = chunk.rfind(b"\n") + 1 or chunk.rfind(b"\r", 0, -1) + 1
        if end:
            yield b"".join((*kept, chunk[:end]))
            kept, size = [], 0
        kept.append(chunk[end:])
        size += len(chunk) - end
        if size > LONGEST_LINE:
            raise SourceError(NO_LINES, EXPORT_AS_CSV, file=file)
    if last := b"".join(kept):
        yield last
