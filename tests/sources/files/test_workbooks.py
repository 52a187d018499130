"""Workbooks: every visible sheet with a header is a table; no cell is taken for what it is not."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest
import xlsxwriter

from cli.shell import DEALS, LEADS, folder, load, refused
from salesaudit.core.errors import SourceError
from salesaudit.sources.files import read_file
from salesaudit.sources.ingest import Loaded
from salesaudit.sources.raw import RawTable

SETTINGS = """currency: USD
sources:
  - read: book.xlsx
    into: deals
    columns: {deal_id: id, status: {value: won}, closed_at: on, amount: amount}
"""
SHEET = """sources:
  - read: book.xlsx#Deals
    into: deals
    columns: {deal_id: id, status: {value: won}, closed_at: on}
"""


SHEET_PART = "xl/worksheets/sheet1.xml"


def book(fill: Callable[[Any], None], **options: object) -> bytes:
    """A workbook as Excel's format has it."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, options) as workbook:
        fill(workbook)
    return held.getvalue()


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def raws(
    con: duckdb.DuckDBPyConnection, place: Path, data: bytes, name: str = "book.xlsx"
) -> tuple[RawTable, ...]:
    """The tables of text that a file holds."""
    path = folder(place, {name: data}) / name
    found = read_file(con, path, name=name, scratch=place)
    assert [p.name for p in place.iterdir()] == [name]
    for raw in found:
        [(loaded,)] = con.execute(f"SELECT count(*) FROM {raw.table}").fetchall()
        assert raw.read == loaded + raw.refused
    return found


def reasons(loaded: Loaded) -> list[tuple[str, str, int, int]]:
    return [(r.reason, r.column, r.records, r.cells) for e in loaded.entries for r in e.reasons]


def notes(loaded: Loaded) -> dict[str, dict[str, Any]]:
    return {note.id: dict(note.params) for e in loaded.entries for note in e.notes}


def a_report(workbook: Any) -> None:
    sheet = workbook.add_worksheet("Deals")
    day = workbook.add_format({"num_format": "dd/mm/yyyy"})
    percent = workbook.add_format({"num_format": "0.0%"})
    money = workbook.add_format({"num_format": "[$$-409]#,##0.00"})
    sheet.merge_range("A1:E1", "Deals of the north")
    sheet.write_row("A3", ["id", "on", "amount", "p", "note"])
    for i in range(20):
        sheet.write(3 + i, 0, i)
        sheet.write_datetime(3 + i, 1, date(2024, 1, 1 + i), day)
        sheet.write(3 + i, 2, 100.5 + i, money)
        sheet.write(3 + i, 3, 0.25 if i else 1, percent)
    sheet.write_formula("C10", "=C9*2")  # never calculated: the value written is 0
    sheet.write_formula("C11", "=1/0", money, "#DIV/0!")
    sheet.write_formula("C12", "=C5*2", money, 203)
    workbook.add_worksheet("Empty")
    workbook.add_worksheet("Old").hide()
    workbook.add_worksheet("Words").write("A1", "Ask Ann about these")


def test_a_report_of_excel_is_read_as_it_is_meant(tmp_path: Path) -> None:
    loaded, ask = load(tmp_path, {"book.xlsx": book(a_report), "salesaudit.yaml": SETTINGS})
    [entry] = loaded.entries
    assert (entry.name, entry.read, entry.rows) == ("book.xlsx#Deals", 20, 20)
    assert reasons(loaded) == [("error_cell", "amount", 0, 1), ("no_value", "amount", 0, 1)]
    assert [reason.line for reason in entry.reasons] == [11, 10]
    assert ask("SELECT count(amount), sum(amount)::TEXT FROM w.deals") == [(18, "2080.50")]
    assert ask("SELECT amount::TEXT FROM w.deals WHERE deal_id = '8'") == [("203.00",)]
    assert ask("SELECT closed_at::DATE::TEXT FROM w.deals WHERE deal_id = '19'") == [
        ("2024-01-20",)
    ]
    said = notes(loaded)
    assert said["files.sheets-hidden"]["sheets"] == "Old"
    assert said["files.sheets-without-table"]["sheets"] == "Words"
    assert said["files.preamble"]["lines"] == "Deals of the north"
    assert (said["files.shown-in"]["column"], said["files.shown-in"]["signs"]) == ("amount", "$")


def test_a_percent_is_the_fraction_that_its_cell_holds(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    [raw] = raws(con, tmp_path, book(a_report))
    query = f"SELECT DISTINCT p FROM {raw.table} ORDER BY 1"
    assert con.execute(query).fetchall() == [("0.25",), ("1",)]
    [note] = [note for note in raw.notes if note.id == "files.shown-in-percent"]
    assert note.params["column"] == "p"


def test_values_are_written_as_they_stand_in_the_file(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("Deals")
        forms = ("dd/mm/yyyy hh:mm", "yyyy-mm-dd", "hh:mm", "[h]:mm")
        moment, day, clock, span = (workbook.add_format({"num_format": f}) for f in forms)
        sheet.write_row(0, 0, ["id", "other"])
        cells = [
            (42, None, "42"), ("00042", None, "00042"), (0.1 + 0.2, None, "0.3"),
            (1e-7, None, "0.0000001"), (-5.5, None, "-5.5"), (True, None, "TRUE"),
            (44927.5, moment, "2023-01-01 12:00:00"), (44927, day, "2023-01-01"),
            (0.5, clock, "12:00:00"), (1.75, span, "42:00:00"), (44927, None, "44927"),
            (" x ", None, " x "), ("ก\nข", None, "ก\nข"),
        ]  # fmt: skip
        for row, (value, style, text) in enumerate(cells, start=1):
            sheet.write(row, 0, value, style)
            sheet.write_string(row, 1, text)

    [raw] = raws(con, tmp_path, book(fill))
    assert con.execute(f"SELECT id, other FROM {raw.table} WHERE id <> other").fetchall() == []
    assert raw.read == 13


def test_digits_that_a_workbook_cannot_hold_are_told(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("Deals")
        sheet.write_row("A1", ["id", "text", "amount"])
        sheet.write_row("A2", [42, "00042", 5.5])
        sheet.write_row("A3", [123456789012345678, "123456789012345678", 7])

    [raw] = raws(con, tmp_path, book(fill))
    assert con.execute(f"SELECT id, text FROM {raw.table}").fetchall() == [
        ("42", "00042"), ("123456789012345700", "123456789012345678")
    ]  # fmt: skip
    [note] = [note for note in raw.notes if note.id == "files.digits-lost"]
    assert note.params["columns"] == "id"


def test_a_sheet_filled_to_its_last_row_is_probably_cut(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("Deals")
        sheet.write_row(0, 0, ["id", "amount"])
        for row in (1, 2, 1_048_575):
            sheet.write_row(row, 0, [row, 2.5])

    [raw] = raws(con, tmp_path, book(fill))
    assert [(n.id, n.params.get("rows")) for n in raw.notes if n.id == "files.probably-cut"] == [
        ("files.probably-cut", 1_048_576)
    ]
    lines = con.execute(f"SELECT _record, _line FROM {raw.table} ORDER BY 1").fetchall()
    assert lines == [(1, 2), (2, 3), (3, 1_048_576)]


def test_totals_repeated_headers_and_nameless_columns_are_as_in_text(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("Deals")
        sheet.write_row("B2", ["name", "", "Name", "amount"])
        sheet.write_row("B3", ["Ann", "", "x", 10])
        sheet.write_row("B4", ["name", "", "Name", "amount"])
        sheet.write_row("B6", ["Bob", "", "y", 20])
        sheet.write_row("B7", ["Total", "", "", 30])

    [raw] = raws(con, tmp_path, book(fill))
    assert raw.columns == ("name", "Name (2)", "amount")
    assert raw.reasons == {"repeated_header": 1, "totals_row": 1}
    assert (raw.read, raw.refused) == (4, 2)
    rows = con.execute(f"SELECT name, amount, _record, _line FROM {raw.table}").fetchall()
    assert rows == [("Ann", "10", 1, 3), ("Bob", "20", 3, 6)]
    assert "files.empty-rows" in {note.id for note in raw.notes}


def test_sheets_are_sources_of_their_own(tmp_path: Path) -> None:
    def fill(workbook: Any) -> None:
        for name, columns in (("Leads", LEADS), ("Deals", DEALS)):
            sheet = workbook.add_worksheet(name)
            for row, line in enumerate(columns.splitlines()):
                for column, cell in enumerate(line.split(",")):
                    sheet.write_string(row, column, cell)

    data = book(fill)
    loaded, _ = load(tmp_path / "a", {"crm.xlsx": data})
    assert [(e.name, e.into, e.rows) for e in loaded.entries] == [
        ("crm.xlsx#Leads", "leads", 60), ("crm.xlsx#Deals", "deals", 30)
    ]  # fmt: skip
    assert len({e.sha256 for e in loaded.entries}) == 2
    files = {"book.xlsx": data, "salesaudit.yaml": SHEET.replace("id: id", "id: deal_id").replace(
        "closed_at: on", "closed_at: closed_at")}  # fmt: skip
    loaded, _ = load(tmp_path / "b", files)
    assert [(e.name, e.rows) for e in loaded.entries] == [("book.xlsx#Deals", 30)]
    files["salesaudit.yaml"] = files["salesaudit.yaml"].replace("#Deals", "")
    said = refused(tmp_path / "c", files)
    assert "several tables with different columns: book.xlsx#Leads, book.xlsx#Deals" in said
    files["salesaudit.yaml"] = files["salesaudit.yaml"].replace("book.xlsx", "book.xlsx#Orders")
    said = refused(tmp_path / "d", files)
    assert "holds no table Orders. It holds: book.xlsx#Leads, book.xlsx#Deals." in said


@pytest.mark.parametrize("name", ["book.xlsx", "book.csv"])
def test_a_workbook_is_one_whatever_its_name(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, name: str
) -> None:
    [raw] = raws(con, tmp_path, book(a_report), name)
    assert raw.read == 20
    assert ("files.is-kind" in {note.id for note in raw.notes}) == (name == "book.csv")


def test_days_counted_from_1904_are_the_same_days(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    [raw] = raws(con, tmp_path, book(a_report, date_1904=True))
    assert con.execute(f'SELECT max("on") FROM {raw.table}').fetchone() == ("2024-01-20",)
    assert "files.from-1904" in {note.id for note in raw.notes}


def a_document_type(data: bytes) -> bytes:
    return with_part(
        data, SHEET_PART,
        lambda xml: xml.replace(
            b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "bbbbbbbb">]><worksheet', 1
        ).replace(b"Deals of", b"&a;"),
    )  # fmt: skip


def with_part(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(held, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            kind = zipfile.ZIP_DEFLATED
            new.writestr(info.filename, change(content) if info.filename == part else content, kind)
    return held.getvalue()


@pytest.mark.parametrize(
    ("damage", "problem"),
    [
        (lambda data: data[: len(data) // 2], "files.damaged"),
        (lambda data: with_part(data, SHEET_PART, lambda x: x[:900]), "files.damaged"),
        (a_document_type, "files.damaged"),
        (
            lambda data: with_part(
                data, "xl/sharedStrings.xml", lambda x: x[:-6] + b" " * (80 << 20) + x[-6:]
            ),
            "files.swells",
        ),
        (lambda data: with_part(data, "xl/workbook.xml", lambda x: b""), "files.damaged"),
    ],
    ids=["cut", "sheet cut", "entities", "swells", "no workbook"],
)  # fmt: skip
def test_nothing_is_loaded_from_a_damaged_workbook(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, damage: Callable[[bytes], bytes], problem: str
) -> None:
    with pytest.raises(SourceError) as caught:
        raws(con, tmp_path, damage(book(a_report)))
    assert caught.value.problem.id == problem


@pytest.mark.parametrize(
    ("fill", "problem"),
    [
        (lambda workbook: workbook.add_worksheet("Empty"), "files.empty"),
        (lambda workbook: workbook.add_worksheet("A").write_row(0, 0, [1, 2]), "files.no-header"),
        (lambda workbook: workbook.add_worksheet("A").write_row(0, 0, ["a", 5]), "files.no-header"),
    ],
)
def test_a_workbook_without_a_table_is_asked_about(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, fill: Callable[[Any], None], problem: str
) -> None:
    with pytest.raises(SourceError) as caught:
        raws(con, tmp_path, book(fill))
    assert caught.value.problem.id == problem


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file, which holds old workbooks and those with a password."""
    sector, end, unused = 512, 0xFFFFFFFE, 0xFFFFFFFF
    chains: list[int] = []
    body = b""
    entries = []
    for name, content in streams.items():
        size = max(len(content), 4096)  # shorter streams live elsewhere
        first, count = len(chains) + 2, -(-size // sector)
        chains += [first + i + 1 for i in range(count - 1)] + [end]
        body += content.ljust(count * sector, b"\0")
        entries.append((name, 2, first, size))
    table = struct.pack("<128I", 0xFFFFFFFD, end, *chains, *[unused] * (126 - len(chains)))
    directory = b""
    for i, (name, kind, first, size) in enumerate([("Root Entry", 5, end, 0), *entries]):
        wide = (name + "\0").encode("utf-16-le")
        child = 1 if kind == 5 else unused
        after = i + 1 if kind == 2 and i < len(entries) else unused
        directory += wide.ljust(64, b"\0") + struct.pack(
            "<HBBIII16sIQQIQ", len(wide), kind, 1, unused, after, child, b"", 0, 0, 0, first, size
        )
    directory = directory.ljust(sector, b"\0")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack(
        "<HHHHH6sIIIIIIIII", 62, 3, 0xFFFE, 9, 6, b"", 0, 1, 1, 0, 4096, end, 0, end, 0
    )
    return head + struct.pack("<109I", 0, *[unused] * 108) + table + directory + body


def old_workbook(rows: list[list[str | float]]) -> bytes:
    """A workbook as Excel 97 wrote it."""

    def part(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    def start(kind: int) -> bytes:
        return part(0x0809, struct.pack("<HHHHII", 0x0600, kind, 0, 0, 0, 0))

    cells = b""
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, str):
                text = value.encode("utf-16-le")
                cells += part(0x0204, struct.pack("<HHHHB", r, c, 0, len(value), 1) + text)
            else:
                cells += part(0x0203, struct.pack("<HHHd", r, c, 0, value))
    name = b"\x05\x00Deals"
    at = len(start(5)) + 4 + 6 + len(name) + 4
    book = start(5) + part(0x0085, struct.pack("<IBB", at, 0, 0) + name) + part(0x000A, b"")
    return compound({"Workbook": book + start(0x10) + cells + part(0x000A, b"")})


def test_an_old_workbook_is_read(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    data = old_workbook([["id", "ชื่อ"], [7.0, "สมชาย"], [8.5, "Ann"]])
    [raw] = raws(con, tmp_path, data, "book.xls")
    assert con.execute(f"SELECT * FROM {raw.table}").fetchall() == [
        ("7", "สมชาย", 1, 2), ("8.5", "Ann", 2, 3)
    ]  # fmt: skip
    assert {note.id for note in raw.notes} == {"files.errors-unseen"}


def test_a_workbook_with_a_password_is_named(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    data = compound({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y" * 5000})
    with pytest.raises(SourceError) as caught:
        raws(con, tmp_path, data)
    assert caught.value.problem.id == "files.password"


def test_another_office_document_is_no_table(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    with pytest.raises(SourceError) as caught:
        raws(con, tmp_path, compound({"WordDocument": b"x" * 5000}), "book.xls")
    assert caught.value.problem.id == "files.unreadable-kind"


OPEN_SHEET = """<?xml version="1.0"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>
<table:table table:name="Deals">{}</table:table></office:spreadsheet></office:body>
</office:document-content>"""


def test_an_open_document_is_read(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    def cell(kind: str, value: str, text: str) -> str:
        given = f'office:{"date-value" if kind == "date" else "value"}="{value}"'
        return (
            f'<table:table-cell office:value-type="{kind}" {given if kind != "string" else ""}>'
            f"<text:p>{text}</text:p></table:table-cell>"
        )

    rows = [
        [cell("string", "", "id"), cell("string", "", "on"), cell("string", "", "amount")],
        [
            cell("string", "", "D1"),
            cell("date", "2024-02-29", "29.02.24"),
            cell("float", "12.5", "12,50"),
        ],
    ]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        table = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
        archive.writestr("content.xml", OPEN_SHEET.format(table))
        archive.writestr("META-INF/manifest.xml", MANIFEST)
    [raw] = raws(con, tmp_path, held.getvalue(), "book.ods")
    assert con.execute(f"SELECT * FROM {raw.table}").fetchall() == [
        ("D1", "2024-02-29", "12.5", 1, 2)
    ]


MANIFEST = """<?xml version="1.0"?><manifest:manifest
 xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>"""


def test_dates_texts_and_serials_of_one_column_are_all_dates(tmp_path: Path) -> None:
    def fill(workbook: Any) -> None:
        sheet = workbook.add_worksheet("Deals")
        day = workbook.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_row(0, 0, ["id", "on"])
        sheet.write_row(1, 0, ["D1", 45291])  # a date that lost its format
        sheet.write(2, 0, "D2")
        sheet.write_datetime(2, 1, date(2024, 1, 2), day)
        sheet.write_row(3, 0, ["D3", "2024-01-03"])

    files: dict[str, str | bytes] = {"book.xlsx": book(fill), "salesaudit.yaml": SHEET}
    _, ask = load(tmp_path, files)
    assert ask("SELECT closed_at::DATE FROM w.deals ORDER BY deal_id") == [
        (date(2023, 12, 31),), (date(2024, 1, 2),), (date(2024, 1, 3),)
    ]  # fmt: skip
