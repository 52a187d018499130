"""Zip archives: what they hold is read, and nothing is written where they say."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
import xlsxwriter

from cli.shell import DEALS, LEADS, folder, load, refused

MAC = b"\x00\x05\x16\x07lead_id,created_at\n"


def packed(files: dict[str, str | bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return held.getvalue()


def renamed(data: bytes, name: str, written: bytes) -> bytes:
    """The archive with the bytes of a name as an old program wrote them, and no mark of UTF-8."""
    place = b"x" * len(written)
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for info in old.infolist():
            new.writestr(place.decode() if info.filename == name else info.filename, old.read(info))
    return held.getvalue().replace(place, written)


def a_book() -> bytes:
    held = io.BytesIO()
    with xlsxwriter.Workbook(held) as workbook:
        sheet = workbook.add_worksheet("ดีล")
        for row, line in enumerate(DEALS.splitlines()):
            for column, cell in enumerate(line.split(",")):
                sheet.write_string(row, column, cell)
    return held.getvalue()


MORE = "lead_id,created_at,channel\nM1,2024-05-05,web\n"


def test_files_inside_are_sources(tmp_path: Path) -> None:
    data = packed(
        {
            "leads.csv": LEADS, "2024/more leads.csv": MORE, "ข้อมูลดีล.xlsx": a_book(),
            "__MACOSX/._leads.csv": MAC, "~$book.xlsx": b"x", ".DS_Store": b"x", "empty.csv": "",
            "read me.pdf": b"%PDF-1.7",
        }
    )  # fmt: skip
    loaded, ask = load(tmp_path, {"export.zip": data})
    assert [(e.name, e.into, e.rows) for e in loaded.entries] == [
        ("export.zip/leads.csv", "leads", 60),
        ("export.zip/2024/more leads.csv", "leads", 1),
        ("export.zip/ข้อมูลดีล.xlsx#ดีล", "deals", 30),
    ]
    assert ask("SELECT count(*) FROM w.leads") == [(61,)]
    [note] = [n for e in loaded.entries for n in e.notes if n.id == "files.members-ignored"]
    assert note.params["count"] == 5
    assert "__MACOSX/._leads.csv" in str(note.params["members"])


def test_settings_name_a_file_inside(tmp_path: Path) -> None:
    data = packed({"a/leads.csv": LEADS, "b/leads.csv": MORE, "book.xlsx": a_book()})
    settings = """sources:
  - read: {}
    into: {}
    columns: {}
"""
    columns = "{lead_id: lead_id, created_at: created_at}"
    for read, rows in (("export.zip/a/leads.csv", 60), ("export.zip/*.csv", 61)):
        files = {"export.zip": data, "salesaudit.yaml": settings.format(read, "leads", columns)}
        loaded, _ = load(tmp_path / str(rows), files)
        assert sum(e.rows for e in loaded.entries) == rows
    columns = "{deal_id: deal_id, status: status, closed_at: closed_at}"
    for number, read in enumerate(("export.zip/book.xlsx", "export.zip/book.xlsx#ดีล")):
        files = {"export.zip": data, "salesaudit.yaml": settings.format(read, "deals", columns)}
        loaded, _ = load(tmp_path / f"book{number}", files)
        assert [e.rows for e in loaded.entries] == [30]


def test_nothing_is_written_where_a_name_points(tmp_path: Path) -> None:
    inner = tmp_path / "exports"
    loaded, _ = load(inner, {"export.zip": packed({"../x.csv": LEADS, "/tmp/y.csv": MORE})})
    assert sum(e.rows for e in loaded.entries) == 61
    assert not (tmp_path / "x.csv").exists()
    assert not Path("/tmp/y.csv").exists()
    assert {p.name for p in inner.iterdir()} == {"export.zip", "warehouse"}


@pytest.mark.parametrize("encoding", ["utf-8", "cp874"])
def test_names_are_read_in_the_letters_they_were_written_in(tmp_path: Path, encoding: str) -> None:
    data = renamed(packed({"leads.csv": LEADS}), "leads.csv", "ลีด.csv".encode(encoding))
    loaded, _ = load(tmp_path, {"export.zip": data})
    assert [e.name for e in loaded.entries] == ["export.zip/ลีด.csv"]


def protected() -> bytes:
    data = bytearray(packed({"leads.csv": LEADS}))
    data[6] |= 1  # the flag of a file with a password, in its own head and in the list
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def flipped() -> bytes:
    data = bytearray(packed({"leads.csv": LEADS}, zipfile.ZIP_STORED))
    data[data.index(b"L30,")] ^= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (
            packed({"leads.csv": LEADS, "old.zip": packed({"a.csv": LEADS})}),
            "another archive: old.zip",
        ),
        (packed({"leads.csv": packed({"a.csv": LEADS})}), "holds another archive"),
        (protected(), "is protected by a password: leads.csv"),
        (packed({"big.csv": b"0" * (64 << 20)}, zipfile.ZIP_LZMA), "more than 200 times its size"),
        (packed({"leads.csv": LEADS})[:-40], "damaged or incomplete"),
        (flipped(), "damaged or incomplete"),
        (packed({"read me.pdf": b"%PDF"}), "holds no export; it holds read me.pdf"),
        (packed({}), "holds no export"),
    ],
    ids=["nested", "nested by bytes", "password", "swells", "cut", "flipped", "none", "empty"],
)
def test_an_archive_that_cannot_be_trusted_is_refused(
    tmp_path: Path, data: bytes, said: str
) -> None:
    assert said in refused(tmp_path, {"export.zip": data})


def test_an_archive_may_have_another_name(tmp_path: Path) -> None:
    loaded, _ = load(tmp_path, {"leads.csv": packed({"leads.csv": LEADS})})
    [entry] = loaded.entries
    assert (entry.name, entry.rows) == ("leads.csv/leads.csv", 60)
    assert "files.is-kind" in {note.id for note in entry.notes}


def test_what_programs_leave_beside_exports_is_told_and_not_read(tmp_path: Path) -> None:
    files = {"leads.csv": LEADS, "~$leads.xlsx": b"x", "._leads.csv": MAC, ".DS_Store": b"x"}
    loaded, _ = load(folder(tmp_path, {}), files)
    assert [e.name for e in loaded.entries] == ["leads.csv"]
    [note] = [note for note in loaded.notes if note.id == "ingest.ignored"]
    assert note.params["files"] == "._leads.csv, ~$leads.xlsx"
