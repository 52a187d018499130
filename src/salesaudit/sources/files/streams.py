"""Files as bytes: unpacked, as UTF-8, in blocks of whole lines."""

from __future__ import annotations

import codecs
import hashlib
import zlib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Text
from salesaudit.sources.files.kinds import (
    COPY_AGAIN,
    DAMAGED,
    EXPORT_TABLE,
    FIRST_BYTES,
    GZIP,
    is_gzip,
)
from salesaudit.sources.files.task import Progress

BLOCK = 4 << 20  # bytes read at a time
LONGEST_LINE = 256 << 20  # bytes without any line end: no table
LOST_BYTE = b"\xff"  # stands before every byte that a code page does not know; never UTF-8

SWOLLEN = 200  # times its size; above it, and above the floor, no archive is unpacked
SWOLLEN_FLOOR = 32 << 20  # bytes

Watch = Callable[[bytes], None]

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
SWELLS = Text(
    "files.swells",
    "{file} would unpack to more than 200 times its size, as no export does.",
    "{file} เมื่อคลายแล้วจะใหญ่กว่าเดิมเกิน 200 เท่า ซึ่งผิดปกติสำหรับไฟล์ส่งออก",
)
UNPACK_IT = Text(
    "files.unpack-it",
    "If it is right, unpack it yourself and put what it holds in its place.",
    "หากไฟล์ถูกต้อง ให้คลายไฟล์เองแล้วนำไฟล์ที่ได้มาวางแทน",
)
NO_LINES = Text(
    "files.no-lines",
    "{file} has no line ends and is no table of lines.",
    "{file} ไม่มีการขึ้นบรรทัดใหม่ จึงไม่ใช่ตารางแบบบรรทัด",
)

_WIDE_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_LOST = {0xDC80 + i: f"\udcff\\x{0x80 + i:02x}" for i in range(128)}


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


def first_bytes(path: Path, size: int = FIRST_BYTES) -> bytes:
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


def unpack(path: Path, file: str, *, to: Path) -> None:
    """Write what a gzip holds.

    Raises:
        SourceError: it is damaged, or swells far beyond what an export does.
    """
    size, most = 0, max(SWOLLEN_FLOOR, SWOLLEN * path.stat().st_size)
    with to.open("wb") as copy:
        for chunk in _inflate(_chunks(path, None), file):
            size += len(chunk)
            if size > most:
                raise SourceError(SWELLS, UNPACK_IT, file=file)
            copy.write(chunk)


def fingerprint(path: Path, progress: Progress | None) -> str:
    """The sha256 of a file, which is read whole."""
    digest, done, total = hashlib.sha256(), 0, path.stat().st_size
    for chunk in _chunks(path, digest.update):
        done += len(chunk)
        if progress is not None:
            progress(done, total)
    return digest.hexdigest()


def recode(path: Path, codec: str, file: str, *, to: Path) -> None:
    """Write a file as UTF-8.

    Raises:
        SourceError: it is not in ``codec``.
    """
    with to.open("wb") as copy:
        for chunk in _recode(_chunks(path, None), codec, file):
            copy.write(chunk)


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
                    rest = rest.lstrip(b"\0") if not rest.startswith(GZIP) else rest
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
            raise SourceError(NO_LINES, EXPORT_TABLE, file=file)
    if last := b"".join(kept):
        yield last
