"""A folder of Parquet files whose folders name columns is one source."""

from __future__ import annotations

from pathlib import Path

import duckdb

from cli.shell import load

LEADS = (
    "{read: 'lake/leads/**/*.parquet', into: leads, columns: {lead_id: id, created_at: born, "
    "country: land, source_detail: year}}"
)


def test_folders_that_name_values_are_columns(tmp_path: Path) -> None:
    lake = tmp_path / "lake"
    lake.mkdir()
    with duckdb.connect() as con:
        con.execute(
            f"""
            COPY (SELECT i AS id, DATE '2023-12-30' + i::INT AS born,
                year(DATE '2023-12-30' + i::INT) AS year,
                CASE i % 3 WHEN 0 THEN 'TH' WHEN 1 THEN 'a b' END AS land
                FROM range(6) t(i))
            TO '{lake / "leads"}' (FORMAT parquet, PARTITION_BY (year, land))
            """
        )
    loaded, ask = load(tmp_path, {"salesaudit.yaml": f"sources:\n  - {LEADS}\n"})
    assert sum(entry.rows for entry in loaded.entries) == 6
    assert len({entry.sha256 for entry in loaded.entries}) == len(loaded.entries)
    assert ask("SELECT lead_id, source_detail, country FROM w.leads ORDER BY 1") == [
        ("0", "2023", "TH"), ("1", "2023", "a b"), ("2", "2024", None),
        ("3", "2024", "TH"), ("4", "2024", "a b"), ("5", "2024", None),
    ]  # fmt: skip
