"""PostgreSQL as a source, on a real server: values, one moment, credentials, refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import load, refused
from salesaudit import api
from sources.databases.cluster import READER, SECRET, Cluster

pytestmark = pytest.mark.postgres

MADE = (
    "CREATE TABLE person (id bigint, born timestamptz, way text, note text);"
    "INSERT INTO person SELECT i, timestamptz '2024-01-01 09:00+07' + i * interval '1 day', "
    "'web', CASE WHEN i % 2 = 0 THEN '' END FROM generate_series(1, 20) i;"
    "CREATE TABLE sale (id bigint, person_id bigint, state text, opened date, closed timestamp, "
    "worth numeric);"
    "INSERT INTO sale SELECT i, i, CASE WHEN i % 2 = 0 THEN 'won' ELSE 'lost' END, "
    "date '2024-03-01', timestamp '2024-04-01' + i * interval '1 day', i * 100.10 "
    "FROM generate_series(1, 10) i"
)
LEADS = "columns: {lead_id: id, created_at: born, channel: way}"
DEALS = (
    "columns: {deal_id: id, lead_id: person_id, status: state, created_at: opened, "
    "closed_at: closed, amount: worth}"
)


def settings(cluster: Cluster, database: str, leads: str = "person", deals: str = "sale") -> str:
    return (
        f'sources:\n  - {{read: "{cluster.address(database, leads)}", into: leads, {LEADS}}}\n'
        f'  - {{read: "{cluster.address(database, deals)}", into: deals, {DEALS}}}\n'
    )


def test_tables_are_read_as_the_server_writes_them(tmp_path: Path, cluster: Cluster) -> None:
    cluster.make("plain", MADE)
    loaded, ask = load(tmp_path, {"salesaudit.yaml": settings(cluster, "plain")})
    place = f"postgres://127.0.0.1:{cluster.port}/plain"
    assert [(e.name, e.read, e.loaded, e.rows) for e in loaded.entries] == [
        (f"{place}#person", 20, 20, 20), (f"{place}#sale", 10, 10, 10)
    ]  # fmt: skip
    assert ask("SELECT min(created_at)::VARCHAR, count(DISTINCT lead_id) FROM w.leads") == [
        ("2024-01-02 02:00:00", 20)
    ]
    assert ask("SELECT sum(amount)::VARCHAR FROM w.deals WHERE status = 'won'") == [("3003.00",)]


def test_null_and_empty_text_are_empty_cells_and_no_row_of_nulls_is_lost(
    tmp_path: Path, cluster: Cluster
) -> None:
    cluster.make(
        "empties",
        MADE,
        "CREATE TABLE alone (id text)",
        "INSERT INTO alone VALUES ('a'), (NULL), (''), ('  b'), (NULL)",
    )
    more = (
        f'  - {{read: "{cluster.address("empties", "alone")}", into: stage_events, columns: '
        "{lead_id: id, stage: {value: mql}, entered_at: {value: 2024-05-01}}}\n"
    )
    loaded, ask = load(tmp_path, {"salesaudit.yaml": settings(cluster, "empties") + more})
    assert [(e.read, e.rows, e.blank) for e in loaded.entries][2] == (5, 2, 3)
    assert ask("SELECT list(lead_id ORDER BY 1) FROM w.stage_events") == [(["a", "b"],)]


def test_texts_arrive_unchanged(tmp_path: Path, cluster: Cluster) -> None:
    cluster.make(
        "texts",
        MADE,
        "CREATE TABLE hard (id serial, name text)",
        """INSERT INTO hard (name) VALUES ('\\N'), (E'a\\r\\nb'), (E'lone\\rreturn'), ('q"uo"te'),
        ('a,b;c'), ('สมชาย'), (E'tab\\there'), ('total'), ('\\.'), (E'\\x1a'), ('---'), ('{"a": 1}')
        """,
    )
    query = "SELECT id, born, way, name FROM person JOIN hard USING (id)"
    yaml = (
        f"sources:\n  - {{read: '{cluster.address('texts', query)}', into: leads, "
        "columns: {lead_id: id, created_at: born, source_detail: {sql: to_hex(name)}}}\n"
    )
    loaded, ask = load(tmp_path, {"salesaudit.yaml": yaml})
    assert loaded.entries[0].read == loaded.entries[0].rows == 12
    got = [bytes.fromhex(row[0]).decode() for row in ask(
        "SELECT source_detail FROM w.leads ORDER BY lead_id::INT"
    )]  # fmt: skip
    assert got == [
        "\\N", "a\r\nb", "lone\rreturn", 'q"uo"te', "a,b;c", "สมชาย", "tab\there", "total", "\\.",
        "\x1a", "---", '{"a": 1}',
    ]  # fmt: skip


def test_numbers_and_times_that_no_file_can_hold(tmp_path: Path, cluster: Cluster) -> None:
    cluster.make(
        "odd",
        "CREATE TABLE sale (id int, state text, opened timestamptz, closed timestamp, "
        "worth numeric)",
        "INSERT INTO sale SELECT i, 'won', '2024-03-01 10:00+00', '2024-04-01', 100 "
        "FROM generate_series(1, 300) i",
        "UPDATE sale SET worth = 'NaN' WHERE id = 1",
        "UPDATE sale SET closed = 'infinity' WHERE id = 2",
        "UPDATE sale SET worth = 123456789012345678901234567890 WHERE id = 3",
        "UPDATE sale SET worth = 1234567890123456.78 WHERE id = 4",
    )
    yaml = (
        f'sources:\n  - {{read: "{cluster.address("odd", "sale")}", into: deals, columns: '
        "{deal_id: id, status: state, created_at: opened, closed_at: closed, amount: worth}}\n"
    )
    loaded, ask = load(tmp_path, {"salesaudit.yaml": yaml})
    [entry] = loaded.entries
    assert (entry.read, entry.loaded, entry.refused) == (300, 300, 0)
    assert {(r.column, r.reason, r.cells) for r in entry.reasons} == {
        ("worth", "not_a_number", 1), ("worth", "overflow", 1), ("closed", "not_a_date", 1)
    }  # fmt: skip
    assert ask("SELECT deal_id FROM w.deals WHERE amount IS NULL ORDER BY 1") == [("1",), ("3",)]
    assert ask("SELECT deal_id FROM w.deals WHERE closed_at IS NULL") == [("2",)]
    assert ask("SELECT amount::VARCHAR FROM w.deals WHERE deal_id = '4'") == [
        ("1234567890123456.78",)
    ]


def test_deals_and_their_history_are_of_one_moment(tmp_path: Path, cluster: Cluster) -> None:
    """While a table is read, the other is changed: neither shows it."""
    cluster.make(
        "moment",
        MADE,
        # reading this view takes its time, so that there is some to change the tables in
        "CREATE VIEW slow AS SELECT person.* FROM person, (SELECT pg_sleep(0.7)) AS s",
    )
    import threading

    changing = threading.Timer(
        0.3, lambda: cluster.run("moment", "INSERT INTO sale SELECT 99, 99, 'won', '2024-03-01'")
    )
    changing.start()
    loaded, _ = load(tmp_path, {"salesaudit.yaml": settings(cluster, "moment", leads="slow")})
    changing.join()
    assert [e.read for e in loaded.entries] == [20, 10]
    with_more, _ = load(tmp_path / "b", {"salesaudit.yaml": settings(cluster, "moment")})
    assert [e.read for e in with_more.entries] == [20, 11]


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("sales", "has no table sales that the user keeper sees. The nearest is sale; there are: "),
        ("private.sale", "has no table private.sale"),
        ("SELECT * FROM nowhere", "has no table nowhere"),
        ("SELECT add_one()", "would write (cannot execute INSERT in a read-only transaction)"),
        (
            "WITH gone AS (DELETE FROM sale RETURNING *) SELECT * FROM gone",
            "would write",
        ),
        ("DELETE FROM sale RETURNING *", "cannot carry out this query: syntax error"),
        ("SELECT 1; DROP TABLE sale", "cannot carry out this query: syntax error"),
        ("SELECT 1) TO PROGRAM 'touch /tmp/x' --", "cannot carry out this query: "),
        ("SELECT id / 0 FROM sale", "cannot carry out this query: division by zero"),
        ("SELECT note::int FROM secret", "cannot carry out this query: invalid input syntax"),
        ("SELECT pg_sleep(3)", "was stopped: canceling statement due to statement timeout"),
    ],
)
def test_what_cannot_be_read_is_told_and_changes_nothing(
    tmp_path: Path, cluster: Cluster, what: str, said: str
) -> None:
    cluster.make(
        "kept",
        MADE,
        "CREATE TABLE secret (note text)",
        "INSERT INTO secret VALUES ('somchai@example.com')",
        "CREATE FUNCTION add_one() RETURNS int LANGUAGE sql AS "
        "'INSERT INTO sale (id) VALUES (1000) RETURNING 1'",
    )
    yaml = settings(cluster, "kept", deals=what.replace('"', '\\"'))
    yaml = yaml.replace("/kept#", "/kept?options=-c%20statement_timeout%3D1s#")
    told = refused(tmp_path, {"salesaudit.yaml": yaml})
    assert said in told
    assert f"postgres://127.0.0.1:{cluster.port}/kept" in told
    assert "somchai" not in told
    cluster.run("kept", "DO $$ BEGIN ASSERT (SELECT count(*) FROM sale) = 10; END $$")


def test_a_table_without_the_right_to_read_is_told(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.make("rights", MADE, f"GRANT SELECT ON person TO {READER}")
    monkeypatch.setenv("PGPASSWORD", SECRET)
    yaml = settings(cluster, "rights").replace("keeper@", f"{READER}@")
    told = refused(tmp_path, {"salesaudit.yaml": yaml})
    assert "permission denied for table sale" in told
    assert f"GRANT SELECT ON sale TO {READER}" in told


def test_what_is_large_is_told_before_it_is_read(tmp_path: Path, cluster: Cluster) -> None:
    cluster.make(
        "large",
        MADE,
        "CREATE FUNCTION many() RETURNS SETOF person ROWS 30000000 LANGUAGE plpgsql AS "
        "'BEGIN RETURN QUERY SELECT * FROM person; END'",
    )
    told: list[str] = []
    yaml = settings(cluster, "large", leads="SELECT * FROM many()")
    (tmp_path / "salesaudit.yaml").write_text(yaml)
    loaded = api.ingest(
        tmp_path, tmp_path / "w", progress=lambda what, done, of_all: told.append(what)
    )
    [note] = [n for n in loaded.entries[0].notes if n.id == "postgres.much_read"]
    size = str(note.params["size"])
    assert float(size) > 1
    assert any(f"({size} GB)" in what for what in told)
    assert loaded.entries[1].notes == ()


def test_a_disk_without_room_is_told_before_anything_is_read(
    tmp_path: Path, cluster: Cluster
) -> None:
    cluster.make(
        "huge",
        MADE,
        "CREATE FUNCTION many() RETURNS SETOF person ROWS 4000000000000 LANGUAGE plpgsql AS "
        "'BEGIN RETURN QUERY SELECT * FROM person; END'",
    )
    told = refused(
        tmp_path, {"salesaudit.yaml": settings(cluster, "huge", leads="SELECT * FROM many()")}
    )
    assert "GB are free for it here" in told


def test_names_are_taken_as_they_are_written(tmp_path: Path, cluster: Cluster) -> None:
    cluster.make(
        "names",
        'CREATE SCHEMA "My CRM"',
        'CREATE TABLE "My CRM"."Sales ""Leads""" ("Id" int, "Born at" timestamp, "born at" text)',
        'INSERT INTO "My CRM"."Sales ""Leads""" VALUES (1, \'2024-01-01\', \'x\')',
    )
    read = cluster.address("names", 'My CRM.Sales "Leads"')
    yaml = (
        f"sources:\n  - {{read: '{read}', into: leads, columns: "
        "{lead_id: Id, created_at: Born at, source_detail: born at (2)}}\n"
    )
    _, ask = load(tmp_path, {"salesaudit.yaml": yaml})
    assert ask("SELECT lead_id, source_detail FROM w.leads") == [("1", "x")]


def test_a_row_number_of_a_table_wants_an_order(tmp_path: Path, cluster: Cluster) -> None:
    cluster.make("order", MADE)
    yaml = settings(cluster, "order").replace("deal_id: id", "deal_id: {row: true}")
    assert "has no order" in refused(tmp_path, {"salesaudit.yaml": yaml})
    yaml = settings(cluster, "order").replace("deal_id: id", "deal_id: {row: [opened, id]}")
    _, ask = load(tmp_path / "b", {"salesaudit.yaml": yaml})
    assert ask("SELECT count(DISTINCT deal_id) FROM w.deals") == [(10,)]


def test_two_queries_of_one_table_stand_apart(tmp_path: Path, cluster: Cluster) -> None:
    cluster.make("two", MADE)
    first = settings(cluster, "two", leads="SELECT * FROM person WHERE id <= 5")
    second = settings(cluster, "two", leads="SELECT * FROM person WHERE id > 5")
    yaml = first + second.split("\n")[1] + "\n"
    loaded, _ = load(tmp_path, {"salesaudit.yaml": yaml})
    place = f"postgres://127.0.0.1:{cluster.port}/two"
    assert [(e.name, e.rows) for e in loaded.entries] == [
        (f"{place}#leads query", 5), (f"{place}#sale", 10), (f"{place}#leads query (2)", 15)
    ]  # fmt: skip


def test_files_and_databases_stand_side_by_side(tmp_path: Path, cluster: Cluster) -> None:
    cluster.make("mixed", MADE)
    yaml = settings(cluster, "mixed") + (
        "  - {read: costs.csv, into: spend, "
        "columns: {spent_on: day, channel: channel, amount: cost}}\n"
    )
    loaded, _ = load(
        tmp_path,
        {"salesaudit.yaml": yaml, "costs.csv": "day,channel,cost\n2024-01-01,web,10\n"},
    )
    assert [e.rows for e in loaded.entries] == [20, 10, 1]


def test_the_same_rows_are_the_same_bytes(tmp_path: Path, cluster: Cluster) -> None:
    cluster.make("same", MADE)
    first, _ = load(tmp_path / "a", {"salesaudit.yaml": settings(cluster, "same")})
    again, _ = load(tmp_path / "b", {"salesaudit.yaml": settings(cluster, "same")})
    assert [e.sha256 for e in first.entries] == [e.sha256 for e in again.entries]
    cluster.run("same", "UPDATE sale SET worth = 1 WHERE id = 1")
    other, _ = load(tmp_path / "c", {"salesaudit.yaml": settings(cluster, "same")})
    assert first.entries[0].sha256 == other.entries[0].sha256
    assert first.entries[1].sha256 != other.entries[1].sha256
