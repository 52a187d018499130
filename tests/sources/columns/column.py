"""One column of a file, loaded through the public path."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from cli.shell import load, refused
from salesaudit.sources.ingest import Loaded


class Column(NamedTuple):
    """What became of the cells of a column."""

    values: list[Any]  # in the order of the file
    reasons: dict[str, int]  # refused cells by reason
    notes: dict[str, Any]  # counts of what was said, by id of the text
    loaded: Loaded


def write(cells: Sequence[str], separator: str = ",") -> str:
    """A file of deals: an id, the column, and the day on which each was made."""
    text = io.StringIO()
    rows = csv.writer(text, delimiter=separator, lineterminator="\n")
    rows.writerow(["deal", "cell", "made"])
    rows.writerows([f"D{i:04d}", cell, "2024-01-02"] for i, cell in enumerate(cells, 1))
    return text.getvalue()


def mapping(field: str, how: str = "", company: str = "") -> str:
    """Settings that map the column to a field of deals; ``how`` as in ``decimal: ","``."""
    given = f"{{column: cell, {how}}}" if how else "cell"
    status = "" if field == "status" else "status: {value: won}, "
    made = "" if field in ("created_at", "closed_at") else "created_at: made, "
    return (
        f"{company}\nsources:\n  - {{read: deals.csv, into: deals, columns: "
        f"{{deal_id: deal, {made}{status}{field}: {given}}}}}\n"
    )


def read(
    place: Path, field: str, cells: Sequence[str], *, how: str = "", company: str = "",
    separator: str = ",",
) -> Column:  # fmt: skip
    """Load the column as a field of deals."""
    settings = mapping(field, how, company)
    text = write(cells, separator)
    loaded, ask = load(place, {"deals.csv": text, "salesaudit.yaml": settings})
    rows = dict(ask(f"SELECT deal_id, {field} FROM w.deals"))
    [entry] = loaded.entries
    return Column(
        [rows.get(f"D{i:04d}") for i in range(1, len(cells) + 1)],
        {r.reason: r.cells + r.records for r in entry.reasons},
        {note.id: note.params.get("count", True) for note in loaded.notes},
        loaded,
    )


def asked(
    place: Path, field: str, cells: Sequence[str], *, how: str = "", company: str = "",
    separator: str = ",",
) -> str:  # fmt: skip
    """What is asked about the column."""
    text = write(cells, separator)
    return refused(place, {"deals.csv": text, "salesaudit.yaml": mapping(field, how, company)})
