"""The one long list of a JSON object, cut out so that the engine can read it record by record.

Only the beginning and the end of the document are looked at: what stands before the list, and what
stands after it. That the rest is a list is proved by reading it.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

from salesaudit.sources.files.streams import BLOCK

_END_LOOKED_AT = 1 << 16  # bytes
_START_LOOKED_AT = 1 << 20
_BLANK = re.compile(r"\s*")
_LIST_OF_OBJECTS = re.compile(r"\[\s*\{")


class Place(NamedTuple):
    """Where a list stands in a document, in bytes; its brackets are inside."""

    start: int
    end: int


def find_list(path: Path) -> Place | None:
    """The one list of objects of a JSON object; None where it is not seen to be one."""
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.read(_START_LOOKED_AT)
        file.seek(max(0, size - _END_LOOKED_AT))
        tail = file.read()
    start, end = _start_in(head), _end_in(tail)
    if start is None or end is None:
        return None
    return Place(start, size - len(tail) + end)


def cut(path: Path, place: Place, *, to: Path) -> None:
    """Write a part of a file."""
    with path.open("rb") as file, to.open("wb") as copy:
        file.seek(place.start)
        left = place.end - place.start
        while left and (block := file.read(min(BLOCK, left))):
            copy.write(block)
            left -= len(block)


def _start_in(head: bytes) -> int | None:
    """Where the list opens: every value before it is short and no such list."""
    text = head.decode("utf-8", "ignore")
    decoder = json.JSONDecoder()
    at = _skip(text, 1 + text.find("{"))
    try:
        while True:
            _, at = decoder.raw_decode(text, at)  # a key
            at = _skip(text, 1 + text.index(":", at))
            if _LIST_OF_OBJECTS.match(text, at):
                return len(text[:at].encode())
            _, at = decoder.raw_decode(text, at)
            at = _skip(text, 1 + text.index(",", at))
    except ValueError:
        return None


def _skip(text: str, at: int) -> int:
    blank = _BLANK.match(text, at)
    return blank.end() if blank else at


def _end_in(tail: bytes) -> int | None:
    """Where the list closes: what follows ends the object and holds no such list."""
    for found in re.finditer(rb"\]", tail):
        try:
            rest = json.loads(b'{"":[]' + tail[found.end() :])
        except ValueError:
            continue
        lists = [value for value in rest.values() if isinstance(value, list) and value]
        return None if any(isinstance(value[0], dict) for value in lists) else found.end()
    return None
