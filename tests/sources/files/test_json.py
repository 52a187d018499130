"""JSON: one record to a line or a list of them; what is written is what is loaded."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from cli.shell import folder, load
from salesaudit.core.errors import SourceError
from salesaudit.sources.files import read_file
from salesaudit.sources.raw import RawTable

LONG_ID = 12345678901234567890123
RECORDS = [
    {"id": LONG_ID, "name": "สมชาย", "tags": ["a", "b"], "open": True, "note": None},
    {"id": "x", "amount": 12.5, "at": {"city": "Roma", "zip": "00100"}},
]
ROWS = [
    (str(LONG_ID), "สมชาย", '["a","b"]', "true", "", "", ""),
    ("x", "", "", "", "", "12.5", '{"city":"Roma","zip":"00100"}'),
]
COLUMNS = ("id", "name", "tags", "open", "note", "amount", "at")


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def raws(
    con: duckdb.DuckDBPyConnection, place: Path, data: str | bytes, name: str = "leads.json"
) -> tuple[RawTable, ...]:
    path = folder(place, {name: data}) / name
    found = read_file(con, path, name=name, scratch=place)
    assert [p.name for p in place.iterdir()] == [name]
    for raw in found:
        assert raw.read == len(cells(con, raw)) + raw.refused
    return found


def cells(con: duckdb.DuckDBPyConnection, raw: RawTable) -> list[tuple[str, ...]]:
    return con.execute(
        f"SELECT * EXCLUDE (_record, _line) FROM {raw.table} ORDER BY _record"
    ).fetchall()


LINES = "".join(json.dumps(record, ensure_ascii=False) + "\n" for record in RECORDS)


@pytest.mark.parametrize(
    "data",
    [
        LINES,
        LINES.replace("\n", "\r\n\r\n"),
        LINES.encode("utf-8-sig"),
        LINES.encode("utf-16"),
        gzip.compress(LINES.encode()),
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=2, ensure_ascii=False),
        json.dumps(RECORDS, indent=2).encode("utf-16"),
        gzip.compress(json.dumps(RECORDS).encode()),
        json.dumps({"paging": {"next": 2}, "results": RECORDS, "total": 2}),
        json.dumps({"results": RECORDS}, indent=1),
        "\n".join(json.dumps(record, indent=2) for record in RECORDS),
    ],
    ids=[
        "lines", "empty lines", "byte order mark", "utf-16 lines", "gzip lines", "array",
        "array over lines", "utf-16 array", "gzip array", "envelope", "envelope over lines",
        "objects over lines",
    ],
)  # fmt: skip
def test_every_way_to_write_records_gives_the_same_rows(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, data: str | bytes
) -> None:
    [raw] = raws(con, tmp_path, data)
    assert raw.columns == COLUMNS
    assert cells(con, raw) == ROWS
    assert (raw.read, raw.refused) == (2, 0)


def test_a_broken_line_is_refused_and_the_next_is_loaded(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    data = '{"id": 1}\n{"id": 2, "more": "x"}\n{"id": 3,,}\n{"id": 4}\n[5]\n{"id": 6}\n'
    [raw] = raws(con, tmp_path, data, "leads.jsonl")
    assert raw.columns == ("id", "more")
    rows = con.execute(f"SELECT id, _record, _line FROM {raw.table}").fetchall()
    assert rows == [("1", 1, 1), ("2", 2, 2), ("4", 4, 4), ("6", 6, 6)]
    assert con.execute("SELECT line, value, reason FROM refused ORDER BY 1").fetchall() == [
        (3, '{"id": 3,,}', "json"), (5, "[5]", "json")
    ]  # fmt: skip
    assert raw.reasons == {"json": 2}


def test_keys_that_columns_cannot_be_named_by(
    con: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    record = {"a/b": 1, "x~y": 2, 'q"r': 3, "Id": 4, "id": 5, "_line": 6, "0": 7}
    [raw] = raws(con, tmp_path, json.dumps(record) + "\n" + json.dumps(record))
    assert raw.columns == ("a/b", "x~y", 'q"r', "Id", "id (2)", "_line (2)", "0")
    assert cells(con, raw)[0] == tuple("1234567")


def test_lists_of_an_object_are_tables_of_their_own(tmp_path: Path) -> None:
    leads = [{"lead_id": f"L{i}", "created_at": f"2024-01-{i + 1:02d}"} for i in range(20)]
    deals = [
        {"deal_id": f"D{i}", "lead_id": f"L{i}", "status": "won", "closed_at": "2024-03-05"}
        for i in range(9)
    ]
    data = json.dumps({"leads": leads, "deals": deals, "version": [1, 2]})
    loaded, _ = load(tmp_path, {"crm.json": data})
    assert [(e.name, e.into, e.rows) for e in loaded.entries] == [
        ("crm.json#leads", "leads", 20), ("crm.json#deals", "deals", 9)
    ]  # fmt: skip
    assert len({e.sha256 for e in loaded.entries}) == 2


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (json.dumps(RECORDS)[:-9], "files.broken-json"),
        ('{"results": [{"id": 1}, {"id": 2}', "files.broken-json"),
        ('{\n "error": "not allowed"\n}', "files.no-list"),
        ("[[1, 2], [3, 4]]", "files.no-objects"),
        ('[{"id": 1}, {"id": "\xe9"}]'.encode("latin-1"), "files.broken-json"),
        ("".join(f'{{"k{i}": 1}}\n' for i in range(5_001)), "files.too-many-keys"),
    ],
    ids=["cut array", "cut envelope", "no list", "lists", "latin", "keys"],
)
def test_what_is_no_list_of_records_is_refused(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, data: str | bytes, problem: str
) -> None:
    with pytest.raises(SourceError) as caught:
        raws(con, tmp_path, data)
    assert caught.value.problem.id == problem
    tables = con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
    assert tables == [("refused",), ("refused_cells",)]
    assert con.execute("SELECT * FROM refused").fetchall() == []


@pytest.mark.parametrize(
    ("form", "rows"),
    [
        ('{{"next": [1, {{"a": "]"}}], "results": {}, "total": 2, "errors": []}}', 9_000),
        ('{{"results": {}}}', 9_000),
        ('{{"results": {}\n, "people": [{{"id": "]"}}]}}', 9_001),
        ('{{"people": [{{"id": "["}}], "results": {}}}', 9_001),
    ],
    ids=["between", "alone", "another after", "another before"],
)
def test_a_long_list_inside_an_object_is_read_alike(
    con: duckdb.DuckDBPyConnection, tmp_path: Path, form: str, rows: int
) -> None:
    long = [{"id": i, "text": "[{é]" * 500, "tags": [{"a": []}]} for i in range(9_000)]
    data = form.format(json.dumps(long, ensure_ascii=False))
    assert len(data) > 16 << 20
    found = raws(con, tmp_path, data)
    assert sum(raw.read for raw in found) == rows
    [raw] = [raw for raw in found if raw.read == 9_000]
    query = f"SELECT sum(id::INT), count(DISTINCT text), any_value(tags) FROM {raw.table}"
    assert con.execute(query).fetchall() == [(40_495_500, 1, '[{"a":[]}]')]


def test_a_list_without_records_says_so(con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    [raw] = raws(con, tmp_path, '{"results": []}')
    assert (raw.read, [note.id for note in raw.notes]) == (0, ["files.no-records"])
