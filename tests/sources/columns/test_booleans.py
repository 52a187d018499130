"""Yes and no in the words of one language."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import LEADS, READ_LEADS, load

PAIRS = [
    (["ใช่", "ไม่ใช่"], [True, False]),
    (["ja", "nein"], [True, False]),
    (["x", ""], [True, False]),
    (["1", "0"], [True, False]),
    (["TRUE", "False"], [True, False]),
]
SETTINGS = (
    f"sources:\n{READ_LEADS}  - {{read: a.csv, into: activities, columns: {{activity_id: id, "
    "done_at: at, kind: {value: call}, automated: auto}}\n"
)


def activities(place: Path, cells: list[str]) -> tuple[list[bool | None], dict[str, int], set[str]]:
    text = "id,at,auto\n" + "".join(f"{i},2024-01-02,{cell}\n" for i, cell in enumerate(cells))
    files: dict[str, str | bytes] = {
        "leads.csv": LEADS, "a.csv": text, "salesaudit.yaml": SETTINGS
    }  # fmt: skip
    loaded, ask = load(place, files)
    rows = ask("SELECT automated FROM w.activities ORDER BY activity_id::INT")
    reasons = {r.reason: r.cells for r in loaded.entries[1].reasons}
    return [row[0] for row in rows], reasons, {note.id for note in loaded.notes}


@pytest.mark.parametrize(("cells", "values"), PAIRS)
def test_a_pair_of_words(tmp_path: Path, cells: list[str], values: list[bool]) -> None:
    assert activities(tmp_path, cells) == (values, {}, set())


def test_two_languages_refuse_the_column_and_keep_its_records(tmp_path: Path) -> None:
    values, reasons, notes = activities(tmp_path, ["yes", "oui"])
    assert values == [None, None]
    assert reasons == {"two_languages": 2}
    assert notes == {"columns.two-languages"}
