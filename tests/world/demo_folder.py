"""A made company's folder, read as somebody would who does not know the code that made it."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any, NamedTuple

from salesaudit.world.make import OWN_FILES

Rows = list[list[str]]


class Folder(NamedTuple):
    path: Path
    truth: dict[str, Any]
    files: dict[str, Rows]  # records after the header, as the csv module reads them

    def column(self, file: str, header: str) -> list[str]:
        """Cells of a column, of the rows that are as long as the header."""
        layout = next(item for item in OWN_FILES if item.name == file)
        headers = [field.header for field in layout.fields]
        place = headers.index(header)
        return [row[place] for row in self.files[file] if len(row) == len(headers)]


def read(path: Path) -> Folder:
    """Read every file of the folder."""
    files = {}
    for file in OWN_FILES:
        encoding = "utf-8-sig" if file.encoding == "utf-8" else file.encoding
        with (path / file.name).open(encoding=encoding, newline="") as text:
            files[file.name] = list(csv.reader(text))[1:]
    return Folder(path, json.loads((path / "truth.json").read_text("utf-8")), files)
