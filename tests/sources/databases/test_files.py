"""SQLite and DuckDB files: their tables are sources as files are."""

from __future__ import annotations

import re
import sqlite3
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from cli.shell import load, refused, run

LEADS = "{read: crm.sqlite#lead, into: leads, columns: {lead_id: id, created_at: born}}"
STORED = "{read: store.duckdb#lead, into: leads, columns: {lead_id: id, created_at: born}}"


def sqlite(path: Path, *statements: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with sqlite3.connect(path) as con:
        for statement in statements:
            con.execute(statement)
    con.close()
    return path


def stored(path: Path, *statements: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(str(path)) as con:
        for statement in statements:
            con.execute(statement)
    return path


def sources(*entries: str) -> dict[str, str | bytes]:
    return {"salesaudit.yaml": "sources:\n" + "".join(f"  - {entry}\n" for entry in entries)}


def test_a_column_of_sqlite_may_hold_values_of_any_type(tmp_path: Path) -> None:
    sqlite(
        tmp_path / "crm.sqlite",
        "CREATE TABLE deal (id INTEGER, state TEXT, worth NUMERIC, born TEXT)",
        "INSERT INTO deal VALUES (1, 'won', 1.5, '2024-01-01'), (2, 'won', 'soon', '2024-01-02'), "
        "(3, 'won', 42, '2024-01-03'), (4, 'lost', NULL, '2024-01-04'), "
        "(5, 'won', '123456789012.34', '2024-01-05'), (6, 'won', x'ff00', '2024-01-06')",
    )
    entry = (
        "{read: crm.sqlite#deal, into: deals, "
        "columns: {deal_id: id, status: state, amount: worth, closed_at: born}}"
    )
    loaded, ask = load(tmp_path, sources(entry))
    [only] = loaded.entries
    assert (only.name, only.read, only.rows) == ("crm.sqlite#deal", 6, 6)
    amounts = ask("SELECT deal_id, amount::VARCHAR FROM w.deals WHERE amount > 0 ORDER BY 1")
    assert amounts == [("1", "1.50"), ("3", "42.00"), ("5", "123456789012.34")]
    assert [(r.column, r.reason, r.cells) for r in only.reasons] == [("worth", "not_a_number", 2)]


def test_a_record_of_sqlite_that_is_no_utf8_is_refused_and_its_neighbours_load(
    tmp_path: Path,
) -> None:
    sqlite(
        tmp_path / "crm.sqlite",
        "CREATE TABLE lead (id TEXT, born TEXT, way TEXT)",
        "INSERT INTO lead VALUES ('a', '2024-01-01', 'เว็บ'), "
        "('b', '2024-01-02', CAST(x'4dfc6e' AS TEXT)), ('c', '2024-01-03', '')",
    )
    entry = LEADS.replace("born}", "born, channel: way}")
    loaded, ask = load(tmp_path, sources(entry))
    [only] = loaded.entries
    assert (only.read, only.loaded, only.refused) == (3, 2, 1)
    assert [(r.reason, r.records) for r in only.reasons] == [("encoding", 1)]
    assert ask("SELECT lead_id, channel FROM w.leads ORDER BY 1") == [("a", "เว็บ"), ("c", None)]


def test_what_stands_only_in_the_log_beside_it_is_read(tmp_path: Path) -> None:
    con = sqlite3.connect(tmp_path / "crm.sqlite")
    con.execute("PRAGMA journal_mode = wal")
    con.execute("CREATE TABLE lead (id INTEGER, born TEXT)")
    con.execute("INSERT INTO lead VALUES (1, '2024-01-01')")
    con.commit()
    con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    con.execute("INSERT INTO lead VALUES (2, '2024-01-02')")
    con.commit()
    con.execute("INSERT INTO lead VALUES (3, '2024-01-02')")  # not committed: not there yet
    before = (tmp_path / "crm.sqlite").read_bytes()
    assert (tmp_path / "crm.sqlite-wal").stat().st_size
    loaded, _ = load(tmp_path, sources(LEADS))
    assert loaded.entries[0].read == 2
    assert (tmp_path / "crm.sqlite").read_bytes() == before
    con.rollback()
    con.close()


def test_a_copy_with_its_log_is_read_and_nothing_is_written_beside_it(tmp_path: Path) -> None:
    con = sqlite3.connect(tmp_path / "live.sqlite")
    con.execute("PRAGMA journal_mode = wal")
    con.execute("CREATE TABLE lead (id INTEGER, born TEXT)")
    con.execute("INSERT INTO lead VALUES (1, '2024-01-01')")
    con.commit()
    kept = tmp_path / "kept"
    kept.mkdir()
    for ending in ("", "-wal"):
        (kept / f"crm.sqlite{ending}").write_bytes((tmp_path / f"live.sqlite{ending}").read_bytes())
    con.close()
    (kept / "salesaudit.yaml").write_text("sources:\n  - " + LEADS + "\n")
    names = sorted(p.name for p in kept.iterdir())
    ended = run("ingest", kept, "--into", tmp_path / "w")
    assert ended.code == 0, ended.err
    assert sorted(p.name for p in kept.iterdir()) == names


def test_tables_of_a_duckdb_file_are_read_exactly(tmp_path: Path) -> None:
    stored(
        tmp_path / "store.duckdb",
        "CREATE SCHEMA crm",
        "CREATE TABLE crm.deal (id HUGEINT, state TEXT, worth DECIMAL(20, 4), closed TIMESTAMPTZ, "
        "tags TEXT[])",
        "INSERT INTO crm.deal VALUES (123456789012345678901234, 'won', 10.5, "
        "'2024-01-01 09:00:00+07', ['a', 'b']), (2, 'won', NULL, NULL, NULL)",
        "CREATE VIEW crm.outside AS FROM read_csv('/etc/passwd')",
    )
    entry = (
        "{read: 'store.duckdb#crm.deal', into: deals, columns: {deal_id: id, status: state, "
        "amount: worth, closed_at: closed, product: tags}}"
    )
    loaded, ask = load(tmp_path, sources(entry))
    assert loaded.entries[0].name == "store.duckdb#crm.deal"
    assert ask(
        "SELECT deal_id, amount::VARCHAR, closed_at::VARCHAR, product FROM w.deals ORDER BY 1"
    ) == [
        ("123456789012345678901234", "10.50", "2024-01-01 02:00:00", "[a, b]"),
        ("2", None, None, None),
    ]
    told = refused(tmp_path / "b", {**sources(entry.replace("crm.deal", "crm.outside")),
                   "store.duckdb": (tmp_path / "store.duckdb").read_bytes()})  # fmt: skip
    assert told == "store.duckdb has no table crm.outside. Its tables are: crm.deal."


def test_a_duckdb_file_that_another_program_holds_is_told(tmp_path: Path) -> None:
    path = stored(tmp_path / "store.duckdb", "CREATE TABLE lead (id INT, born DATE)")
    code = (
        f"import duckdb, sys; con = duckdb.connect({str(path)!r}); print('open', flush=True); "
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        told = refused(tmp_path, sources(STORED))
        other.communicate("")
    assert told.startswith("store.duckdb is held by another program (")
    assert "Close that program" in told


def test_a_duckdb_file_of_a_newer_version_is_told(tmp_path: Path) -> None:
    path = stored(tmp_path / "store.duckdb", "CREATE TABLE lead (id INT, born DATE)")
    whole = bytearray(path.read_bytes())
    whole[12:20] = (999).to_bytes(8, "little")
    path.write_bytes(whole)
    with pytest.raises(duckdb.IOException, match="checksum") as caught:
        duckdb.connect(str(path), read_only=True)
    [right] = re.findall(r"computed checksum (\d+)", str(caught.value))
    whole[:8] = int(right).to_bytes(8, "little")
    path.write_bytes(whole)
    told = refused(tmp_path, sources(STORED))
    assert told.startswith("store.duckdb was written by a newer DuckDB than the one here (")


@pytest.mark.parametrize("name", ["crm.sqlite", "store.duckdb"])
def test_a_damaged_database_is_told(tmp_path: Path, name: str) -> None:
    made = sqlite if name == "crm.sqlite" else stored
    rows = ", ".join(f"({i}, '2024-01-01')" for i in range(20000))
    path = made(
        tmp_path / name,
        "CREATE TABLE lead (id INTEGER, born TEXT)",
        f"INSERT INTO lead VALUES {rows}",
    )
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    told = refused(tmp_path, sources(LEADS if made is sqlite else STORED))
    assert told.startswith(f"{name} cannot be read as ")


def test_kinds_are_told_by_the_first_bytes(tmp_path: Path) -> None:
    sqlite(
        tmp_path / "leads.csv",
        "CREATE TABLE lead (id INTEGER, born TEXT)",
        "INSERT INTO lead VALUES (1, '2024-01-01')",
    )
    loaded, _ = load(tmp_path, sources(LEADS.replace("crm.sqlite", "leads.csv")))
    assert loaded.entries[0].rows == 1
    told = refused(
        tmp_path / "b",
        {
            "crm.sqlite": "id,born\n1,2024-01-01\n",
            **sources(LEADS),
        },
    )
    assert told == "crm.sqlite holds no table lead. It holds: crm.sqlite."


@pytest.mark.parametrize("made", [sqlite, stored])
def test_tables_in_our_own_words_are_recognised_and_the_others_named(
    tmp_path: Path, made: object
) -> None:
    made(  # type: ignore[operator]
        tmp_path / "data.db",
        "CREATE TABLE leads (lead_id INTEGER, created_at TEXT, channel TEXT)",
        "INSERT INTO leads VALUES (1, '2024-01-01', 'web'), (2, '2024-01-05', 'web')",
        "CREATE TABLE settings (name TEXT, value TEXT)",
        "INSERT INTO settings VALUES ('a', 'b')",
    )
    loaded, _ = load(tmp_path, {})
    assert [(e.name, e.into, e.rows) for e in loaded.entries] == [("data.db#leads", "leads", 2)]
    ended = run("check", tmp_path)
    assert ended.code == 0, ended.err
    assert "data.db#settings" in ended.out
    ended = run("check", tmp_path / "data.db", "--lang", "th")
    assert ended.code == 0, ended.err
    assert "data.db#settings" in ended.out


def test_a_select_joins_tables_of_a_database_and_files(tmp_path: Path) -> None:
    sqlite(
        tmp_path / "crm.sqlite",
        "CREATE TABLE lead (id INTEGER, born TEXT, way INTEGER)",
        "INSERT INTO lead VALUES (1, '2024-01-01', 7), (2, '2024-01-02', 8)",
    )
    entry = (
        "{read: {select: 'SELECT l.id, l.born, w.label FROM lead l JOIN ways w ON w.id = l.way'}, "
        "into: leads, columns: {lead_id: id, created_at: born, channel: label}}"
    )
    loaded, ask = load(tmp_path, {**sources(entry), "ways.csv": "id,label\n7,web\n8,mail\n"})
    assert ask("SELECT lead_id, channel FROM w.leads ORDER BY 1") == [("1", "web"), ("2", "mail")]
    assert [(e.name, e.into, e.read) for e in loaded.entries] == [
        ("select-1", "leads", 2), ("crm.sqlite#lead", "(select)", 2), ("ways.csv", "(select)", 2)
    ]  # fmt: skip


def test_only_the_tables_that_are_named_are_read(tmp_path: Path) -> None:
    sqlite(
        tmp_path / "crm.sqlite",
        "CREATE TABLE lead (id INTEGER, born TEXT)",
        "INSERT INTO lead VALUES (1, '2024-01-01')",
        "CREATE VIEW broken AS SELECT nonsense(id) FROM lead",
        "CREATE VIEW fine AS SELECT id + 10 AS id, born FROM lead",
    )
    loaded, _ = load(tmp_path, sources(LEADS))
    assert [e.name for e in loaded.entries] == ["crm.sqlite#lead"]
    loaded, ask = load(tmp_path, sources(LEADS.replace("#lead", "#fine")))
    assert ask("SELECT lead_id FROM w.leads") == [("11",)]
    told = refused(tmp_path / "b", {**sources(LEADS.replace("#lead", "#leed")),
                   "crm.sqlite": (tmp_path / "crm.sqlite").read_bytes()})  # fmt: skip
    assert told == "crm.sqlite has no table leed. Its tables are: lead, broken, fine."
