"""One pass over a file: its fingerprint, its line ends, what is broken in its bytes."""

from __future__ import annotations

import hashlib
import re
from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from salesaudit.sources.files.streams import utf8_blocks
from salesaudit.sources.files.task import Progress

ENOUGH = 10_000  # lines
SAMPLE = 1 << 18  # bytes of lines that are no UTF-8, kept to tell their code page
KEPT_OF_LINE = 4096  # bytes
HEAD = 1 << 20  # bytes that separator and header are looked for in
CTRL_Z = b"\x1a"

_EMPTY_LINE = re.compile(rb"^\r?\n", re.MULTILINE)
_BOM = b"\xef\xbb\xbf"
_ASCII = bytes(range(128))


@dataclass
class Damage:
    """What stands in the way of reading a file in place."""

    nul: int = 0
    lf: int = 0
    crlf: int = 0
    lone_cr: int = 0
    lines: int = 0
    wide_lines: int = 0  # lines that are UTF-8 and not ASCII, counted up to ENOUGH
    bad_lines: int = 0  # lines that are no UTF-8
    bad_sample: bytearray = field(default_factory=bytearray)  # of such lines
    high_bytes: set[int] = field(default_factory=set)  # in such lines
    ends_with_ctrl_z: bool = False

    def feed(self, block: bytes) -> None:
        """Count in the next block of whole lines."""
        lf, cr, crlf = block.count(b"\n"), block.count(b"\r"), block.count(b"\r\n")
        self.nul += block.count(b"\0")
        self.lf += lf
        self.crlf += crlf
        self.lone_cr += cr - crlf
        self.lines += lf + cr - crlf
        self.ends_with_ctrl_z = block[-16:].rstrip(b"\r\n").endswith(CTRL_Z)
        if not block.isascii() and (self.wide_lines < ENOUGH or not _is_utf8(block)):
            self._look_at_letters(block)

    def _look_at_letters(self, block: bytes) -> None:
        for line in block.splitlines():
            if line.isascii():
                continue
            if _is_utf8(line):
                self.wide_lines += 1
                continue
            self.bad_lines += 1
            self.high_bytes.update(line.translate(None, _ASCII))
            if len(self.bad_sample) < SAMPLE:
                self.bad_sample += line[:KEPT_OF_LINE] + b"\n"

    @property
    def bad_example(self) -> bytes:
        """The first line that is no UTF-8."""
        return bytes(self.bad_sample).partition(b"\n")[0]

    @property
    def cr_only(self) -> bool:
        """Lines end with CR alone."""
        return self.lf == 0 and self.lone_cr > 0

    @property
    def mixed_ends(self) -> bool:
        """Some lines end with LF and some with CR LF."""
        return 0 < self.crlf < self.lf

    @property
    def needs_cleaning(self) -> bool:
        """Whether the reader would stumble over the bytes as they are."""
        return bool(self.nul or self.lone_cr or self.mixed_ends or self.ends_with_ctrl_z)


@dataclass
class Layout:
    """The lines of the bytes that the reader is given; a line is an LF."""

    breaks: int = 0
    open_end: bool = False  # the last line has no line end
    quotes: int = 0
    escaped_quotes: int = 0  # a backslash before a quote mark
    empty: array[int] = field(default_factory=lambda: array("q"))  # numbers of empty lines
    empty_outside: array[int] = field(default_factory=lambda: array("q"))  # by counted quotes

    def feed(self, block: bytes) -> None:
        """Count in the next block of whole lines."""
        if block.startswith((b"\n", b"\r\n")) or b"\n\n" in block or b"\n\r\n" in block:
            self._find_empty(block)
        self.quotes += block.count(b'"')
        self.escaped_quotes += block.count(b'\\"')
        self.breaks += block.count(b"\n")
        self.open_end = not block.endswith(b"\n")

    @property
    def lines(self) -> int:
        """Number of lines."""
        return self.breaks + self.open_end

    def _find_empty(self, block: bytes) -> None:
        line, quotes, done = self.breaks, self.quotes, 0
        for found in _EMPTY_LINE.finditer(block):
            start = found.start()
            line += block.count(b"\n", done, start)
            quotes += block.count(b'"', done, start)
            done = start
            self.empty.append(line + 1)
            if quotes % 2 == 0:
                self.empty_outside.append(line + 1)


class Survey(NamedTuple):
    """All that one pass over a file tells."""

    sha256: str
    damage: Damage
    layout: Layout
    head: bytes  # the first lines as UTF-8

    @property
    def is_legacy(self) -> bool:
        """Whether the file is in a code page: most lines that are not ASCII are no UTF-8."""
        bad, wide = self.damage.bad_lines, self.damage.wide_lines
        return bad > wide and wide < ENOUGH and not self.head.startswith(_BOM)


def survey(path: Path, codec: str | None, *, gzip: bool, progress: Progress | None) -> Survey:
    """Read the whole file once.

    Raises:
        SourceError: the file is damaged (see ``streams.utf8_blocks``).
    """
    digest, damage, layout = hashlib.sha256(), Damage(), Layout()
    total, done = path.stat().st_size, 0

    def watch(chunk: bytes) -> None:
        nonlocal done
        digest.update(chunk)
        done += len(chunk)
        if progress is not None:
            progress(done, total)

    head = b""
    for block in utf8_blocks(path, codec, gzip=gzip, watch=watch):
        damage.feed(block)
        layout.feed(block)
        if len(head) < HEAD:
            head += block[: HEAD - len(head)]
    return Survey(digest.hexdigest(), damage, layout, head)


def clean_block(block: bytes, damage: Damage) -> bytes:
    """Without NUL, every line end LF; a lone CR of a file that has LF becomes a blank."""
    clean = block.replace(b"\0", b"") if damage.nul else block
    if damage.crlf:
        clean = clean.replace(b"\r\n", b"\n")
    if damage.lone_cr:
        clean = clean.replace(b"\r", b"\n" if damage.cr_only else b" ")
    return clean


def write_clean(blocks: Iterable[bytes], damage: Damage, *, skip_lines: int, to: Path) -> Layout:
    """Write the file as the reader can take it, from its header line on.

    Args:
        blocks: the file as ``streams.utf8_blocks`` gives it.
        damage: of the same file.
        skip_lines: lines left out at the start.
        to: the file written.

    Returns:
        The layout of the file written.
    """
    layout = Layout()
    with to.open("wb") as file:
        for block in _without_start(blocks, damage, skip_lines):
            file.write(block)
            layout.feed(block)
    return layout


def _without_start(blocks: Iterable[bytes], damage: Damage, skip_lines: int) -> Iterator[bytes]:
    left, first = skip_lines, True
    previous = b""
    for raw in blocks:
        block = clean_block(raw.removeprefix(_BOM) if first else raw, damage)
        first = False
        while left and block:
            block = block[block.find(b"\n") + 1 :] if b"\n" in block else b""
            left -= 1
        if previous:
            yield previous
        previous = block
    if damage.ends_with_ctrl_z:
        previous = previous.rstrip(b"\n" + CTRL_Z)
    if previous:
        yield previous


def _is_utf8(data: bytes) -> bool:
    if data.isascii():
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
