"""The tables are a function of the set of exports: of no order, and of no number of times."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from functools import cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cli.shell import KEY, PROGRAM, Rows, folder, run
from salesaudit.warehouse.versions import UNFINISHED
from sources.refresh.kept import Kept, deals, many

LEADS = "lead_id,created_at,channel,owner_id,status\n"
SPEND = "spent_on,channel,campaign,kind,amount\n"
UNTIL = {"salesaudit.yaml": "as_of: 2024-03-05\n"}
FILES = {
    "leads_2024-02-01.csv": LEADS
    + "".join(f"L{i},2024-01-{1 + i:02d},web,ann,new\n" for i in range(20)),
    "leads_2024-03-01.csv": LEADS
    + "".join(
        f"L{i},2024-01-{1 + i:02d},web,{'bob' if i % 3 else 'ann'},open\n" for i in range(2, 20)
    )
    + "L99,2024-02-20,ads,ann,new\n",
    "deals_2024-02-01.csv": deals(*many(20)),
    "deals_2024-02-15.csv": deals("D000,won,s1,130", *many(19)[1:], "D050,open,s2,1"),
    "deals_2024-03-01.csv": deals("D000,won,s2,130", *many(20)[2:], "D050,lost,s2,2"),
    "spend_2024-02-01.csv": SPEND + "2024-01-30,ads,a,media,5\n2024-01-31,ads,a,media,6\n",
    "spend_2024-03-01.csv": SPEND + "2024-01-31,ads,b,media,7\n2024-02-28,ads,a,media,8\n",
    "deal_changes.csv": "deal_id,changed_at,field,old,new\nD000,2024-02-10,status,open,won\n",
}


@cache
def in_one_load() -> dict[str, Rows]:
    """The tables of all files, loaded at once."""
    return loaded_in([sorted(FILES)])


def loaded_in(loads: list[list[str]]) -> dict[str, Rows]:
    """The tables of a warehouse that was loaded in these steps."""
    with TemporaryDirectory() as place:
        kept = Kept(Path(place))
        for names in loads:
            kept.load({**UNTIL, **{name: FILES[name] for name in names}})
        return kept.tables()


@settings(
    max_examples=3,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
    database=None,
)
@given(
    st.permutations(sorted(FILES)),
    st.sets(st.integers(1, len(FILES) - 1), min_size=1, max_size=3),
    st.lists(st.sampled_from(sorted(FILES)), min_size=1, max_size=1),
)
def test_files_in_any_order_any_number_of_times_give_the_same_tables(
    order: list[str], cuts: set[int], again: list[str]
) -> None:
    loads = [order[start:end] for start, end in pairwise([0, *sorted(cuts), len(order)])]
    assert loaded_in([*loads, *([name] for name in again)]) == in_one_load()


def test_the_files_give_every_kind_of_change() -> None:
    tables = in_one_load()
    assert {row[-1] for row in tables["deal_changes"]} == {"exact", "snapshot"}
    assert tables["lead_changes"]
    assert [row[0] for row in tables["deals"] if row[-1] is not None] == ["D001"]
    assert len(tables["spend"]) == 3


def test_the_same_folder_twice_is_nothing_to_do(tmp_path: Path) -> None:
    exports = folder(tmp_path / "exports", {**FILES, "notes.txt": "a,b\n1,2\n"})
    into = tmp_path / "warehouse"
    assert "Nothing to do" not in run("ingest", exports, "--into", into).out
    before = sorted(path.name for path in into.rglob("*"))
    again = run("ingest", exports, "--into", into)
    assert again.code == 0
    assert again.out.startswith("Nothing to do: the warehouse")
    assert sorted(path.name for path in into.rglob("*")) == before
    assert "ไม่มีสิ่งที่ต้องทำ" in run("ingest", exports, "--into", into, "--lang", "th").out


def test_the_ledger_says_what_each_file_brought(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load({"deals_2024-02-01.csv": deals(*many(20))})
    kept.load({"deals_2024-03-01.csv": deals("D000,won,s2,1", *many(20)[1:], "D99,open,s1,1")})
    assert kept.ask(
        'SELECT source, file, "table", exported::DATE::VARCHAR, read, loaded, refused, changed, '
        "started <= ended FROM w.loads ORDER BY file"
    ) == [
        ("deals", "deals_2024-02-01.csv", "deals", "2024-02-01", 20, 20, 0, 20, True),
        ("deals", "deals_2024-03-01.csv", "deals", "2024-03-01", 21, 21, 0, 2, True),
    ]
    assert kept.ask("SELECT count(DISTINCT load_id), count(DISTINCT sha256) FROM w.loads") == [
        (2, 2)
    ]


def test_new_settings_build_the_tables_anew_from_the_same_files(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    files = {"deals.csv": deals(*many(3), "W,won,s1,1")}
    exports = folder(tmp_path / "exports", files)
    kept.ingest(exports)
    (exports / "salesaudit.yaml").write_text("as_of: 2024-01-10\n")
    loaded = kept.ingest(exports)
    assert loaded.entries == ()
    assert loaded.built is not None
    assert kept.ask("SELECT count(*) FROM w.journeys WHERE outcome = 'won'") == [(0,)]


def test_a_file_that_is_mapped_anew_is_read_anew(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    exports = folder(tmp_path / "exports", {"deals.csv": deals(*many(3), "W,won,s1,1")})
    kept.ingest(exports)
    (exports / "salesaudit.yaml").write_text(
        "sources:\n  - {read: deals.csv, into: deals, "
        "columns: {deal_id: deal_id, status: status, product: stage, created_at: created_at}}\n"
    )
    [entry] = kept.ingest(exports).entries
    assert (entry.read, entry.rows, entry.merged) == (4, 4, 0)
    assert kept.ask("SELECT DISTINCT stage, product, amount FROM w.deals") == [(None, "s1", None)]
    assert kept.ask("SELECT count(*) FROM w.deal_changes") == [(0,)]


def test_a_version_that_is_lost_or_of_other_tables_is_built_anew_from_the_loads(
    tmp_path: Path,
) -> None:
    kept = Kept(tmp_path)
    for names in (sorted(FILES)[:4], sorted(FILES)[4:]):
        kept.load({**UNTIL, **{name: FILES[name] for name in names}})
    pointer = kept.warehouse / "warehouse.json"
    pointed = pointer.read_text()
    for broken in ("{", pointed.replace('"schema": ', '"schema": 1'), None):
        if broken is None:
            kept.file.write_bytes(b"no database")
        else:
            pointer.write_text(broken)
        ended = run("check", kept.warehouse)
        assert ended.code == 2
        assert f"salesaudit ingest {kept.warehouse} --into {kept.warehouse}" in ended.err
        assert kept.ingest(kept.warehouse).entries == ()
        assert kept.tables() == in_one_load()


def test_a_kept_load_of_other_columns_is_replayed(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load({"deals.csv": deals(*many(3))})
    [rows] = kept.warehouse.glob("loads/*/0.parquet")
    with duckdb.connect() as con:
        con.execute(f"CREATE TABLE old AS SELECT * EXCLUDE (gone_since), 1 AS x FROM '{rows}'")
        con.execute(f"COPY old TO '{rows}' (FORMAT parquet)")
    before = kept.tables()
    kept.ingest(kept.warehouse, rebuild=True)
    assert kept.tables() == before


def test_a_load_that_was_killed_between_two_moves_is_found_again(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load({"deals_2024-02-01.csv": FILES["deals_2024-02-01.csv"]})
    pointer = (kept.warehouse / "warehouse.json").read_text()
    before = kept.tables()
    newer = {"deals_2024-03-01.csv": FILES["deals_2024-03-01.csv"]}
    kept.load(newer)
    after = kept.tables()
    (kept.warehouse / "warehouse.json").write_text(pointer)
    assert kept.tables() == before
    kept.load(newer)
    assert kept.tables() == after != before


@pytest.mark.parametrize("after", [0.8, 1.6, 2.4])
def test_a_killed_load_leaves_the_old_tables(
    after: float, killed: tuple[Path, Path, dict[str, Rows]]
) -> None:
    first, second, both = killed
    kept = Kept(Path(mkdtemp()))
    kept.ingest(first)
    before = kept.tables()
    process = subprocess.Popen(
        [PROGRAM, "ingest", second, "--into", kept.warehouse],
        env={**os.environ, "SALESAUDIT_HASH_KEY": KEY},
        stdout=subprocess.DEVNULL,
    )
    time.sleep(after)
    process.kill()
    ended = process.wait() == 0
    assert kept.tables() == (both if ended else before)
    kept.ingest(second)
    assert kept.tables() == both
    assert not (kept.warehouse / UNFINISHED).exists()
    shutil.rmtree(kept.place)


@pytest.fixture(scope="module")
def killed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, dict[str, Rows]]:
    """Two folders of exports, and the tables of both."""
    place = tmp_path_factory.mktemp("killed")
    first = folder(place / "first", {"deals_2024-02-01.csv": deals(*many(900))})
    rows = [row.replace("s1", "s2") for row in many(900)]
    second = folder(place / "second", {"deals_2024-03-01.csv": deals(*rows)})
    kept = Kept(place)
    kept.ingest(first)
    kept.ingest(second)
    return first, second, kept.tables()


def test_another_key_is_refused_with_both_fingerprints(tmp_path: Path) -> None:
    exports = folder(tmp_path / "exports", {"deals.csv": deals(*many(3))})
    kept = Kept(tmp_path)
    kept.ingest(exports)
    [load] = kept.warehouse.glob("loads/*/load.json")
    described = json.loads(load.read_text())
    ours = described["key_fingerprint"]
    load.write_text(json.dumps({**described, "key_fingerprint": "a1b2c3d4"}))
    ended = run("ingest", exports, "--into", kept.warehouse)
    assert ended.code == 2
    assert f"hashed with another key: a1b2c3d4, and the key at hand is {ours}" in ended.err


def test_a_damaged_load_is_told_with_its_place(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load({"deals.csv": deals(*many(3))})
    [rows] = kept.warehouse.glob("loads/*/0.parquet")
    rows.write_bytes(b"PAR1")
    ended = run("ingest", kept.warehouse, "--into", kept.warehouse, "--rebuild")
    assert ended.code == 2
    assert str(rows) in ended.err
    (rows.parent / "load.json").write_text("{")
    ended = run("ingest", kept.warehouse, "--into", kept.warehouse)
    assert ended.code == 2
    assert "it is no account of a load" in ended.err
