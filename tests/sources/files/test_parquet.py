"""Parquet: typed values are written as text from which the same value can be read."""

from __future__ import annotations

import gzip
from pathlib import Path

import duckdb
import pytest

from cli.shell import load, refused
from salesaudit.core.errors import SourceError
from salesaudit.sources.files import read_file

VALUES = [
    ("1234567890123456.78::DECIMAL(18, 2)", "1234567890123456.78"),
    ("-0.000000000000000001::DECIMAL(38, 18)", "-0.000000000000000001"),
    ("9223372036854775807::BIGINT", "9223372036854775807"),
    ("42::DOUBLE", "42"),
    ("0.1::DOUBLE", "0.1"),
    ("0.1::FLOAT", "0.1"),
    ("1.5e300::DOUBLE", "1.5e+300"),
    ("TIMESTAMP '2024-03-31 02:30:00.123456'", "2024-03-31 02:30:00.123456"),
    ("TIMESTAMP_NS '2024-03-31 02:30:00.123456789'", "2024-03-31 02:30:00.123456789"),
    ("TIMESTAMPTZ '2024-03-31 02:30:00+07'", "2024-03-30 19:30:00+00:00"),
    ("DATE '2024-02-29'", "2024-02-29"),
    ("TIME '10:11:12'", "10:11:12"),
    ("true", "true"),
    ("['a', 'b']", '["a","b"]'),
    ("{'city': 'Roma', 'no': 1.50::DECIMAL(4, 2)}", '{"city":"Roma","no":1.5}'),
    ("MAP {'a': 1}", '{"a":1}'),
    ("'สมชาย'", "สมชาย"),
    ("encode('Zoë')", "Zoë"),
    ("NULL::VARCHAR", ""),
    ("''", ""),
]


def parquet(place: Path, query: str) -> bytes:
    file = place / "made.parquet"
    with duckdb.connect() as con:
        con.execute(f"COPY ({query}) TO '{file}' (FORMAT parquet)")
    data = file.read_bytes()
    file.unlink()
    return data


@pytest.mark.parametrize("packed", [False, True])
def test_values_are_exact(tmp_path: Path, *, packed: bool) -> None:
    query = ", ".join(f"{value} AS c{i}" for i, (value, _) in enumerate(VALUES))
    data = parquet(tmp_path, f"SELECT {query} FROM range(3)")
    name = "made.parquet.gz" if packed else "made [1]*.parquet"
    (tmp_path / name).write_bytes(gzip.compress(data) if packed else data)
    with duckdb.connect() as con:
        con.execute("SET TimeZone = 'America/New_York'")
        [raw] = read_file(con, tmp_path / name, name=name, scratch=tmp_path)
        rows = con.execute(f"SELECT * FROM {raw.table} ORDER BY _record").fetchall()
    assert rows == [(*(text for _, text in VALUES), i, None) for i in (1, 2, 3)]
    assert (raw.read, raw.refused, raw.notes) == (3, 0, ())


def test_times_without_a_zone_are_local_and_those_with_one_are_not(tmp_path: Path) -> None:
    data = parquet(
        tmp_path,
        """SELECT 'L' || i AS lead_id, TIMESTAMP '2024-01-05 06:30:00' AS created_at
        FROM range(3) t(i)""",
    )
    zoned = parquet(
        tmp_path,
        """SELECT 'D' || i AS deal_id, 'won' AS status,
            TIMESTAMPTZ '2024-02-05 06:30:00+00' AS closed_at FROM range(3) t(i)""",
    )
    _, ask = load(
        tmp_path,
        {
            "leads.parquet": data,
            "deals.parquet": zoned,
            "salesaudit.yaml": "timezone: Asia/Bangkok\n",
        },
    )
    assert ask("SELECT DISTINCT created_at::TEXT FROM w.leads") == [("2024-01-04 23:30:00",)]
    assert ask("SELECT DISTINCT closed_at::TEXT FROM w.deals") == [("2024-02-05 06:30:00",)]


def test_nothing_is_loaded_from_a_damaged_file(tmp_path: Path) -> None:
    data = parquet(tmp_path, "SELECT i AS lead_id, i::TEXT AS name FROM range(9000) t(i)")
    for damaged in (data[:-20], data[:4] + bytes(400) + data[404:]):
        (tmp_path / "leads.parquet").write_bytes(damaged)
        with duckdb.connect() as con, pytest.raises(SourceError) as caught:
            read_file(con, tmp_path / "leads.parquet", name="leads.parquet", scratch=tmp_path)
        assert caught.value.problem.id == "files.damaged"


def test_a_file_without_rows_says_so(tmp_path: Path) -> None:
    data = parquet(tmp_path, "SELECT 'x' AS lead_id, 'y' AS created_at WHERE false")
    assert "No lead and no deal" in refused(tmp_path, {"leads.parquet": data})
