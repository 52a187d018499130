"""A warehouse on disk: versions that are published whole, or not at all."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from cli.shell import DEALS, LEADS, folder, run
from salesaudit.core.errors import SalesAuditError, WarehouseError
from salesaudit.warehouse import versions
from salesaudit.warehouse.engine import POINTER, open_warehouse
from salesaudit.warehouse.versions import LOCK, VERSION_FILE, new_version


def write(work: Path, content: bytes = b"x") -> None:
    (work / VERSION_FILE).write_bytes(content)


def names(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir())


def current(place: Path) -> bytes:
    return (place / json.loads((place / POINTER).read_text())["file"]).read_bytes()


def test_a_version_is_published_when_the_load_ends_well(tmp_path: Path) -> None:
    with new_version(tmp_path) as work:
        write(work, b"first")
        (work / "staged.duckdb").touch()
    assert current(tmp_path) == b"first"
    assert names(tmp_path) == sorted(
        [LOCK, POINTER, json.loads((tmp_path / POINTER).read_text())["file"]]
    )


def test_two_versions_are_kept_for_whoever_still_reads_one(tmp_path: Path) -> None:
    for content in (b"first", b"second", b"third"):
        with new_version(tmp_path) as work:
            write(work, content)
    assert current(tmp_path) == b"third"
    assert sorted(p.read_bytes() for p in tmp_path.glob("*.duckdb")) == [b"second", b"third"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_a_load_that_fails_leaves_the_old_version_and_nothing_else(
    tmp_path: Path, error: type[BaseException]
) -> None:
    with new_version(tmp_path) as work:
        write(work, b"first")
    before = names(tmp_path)
    with pytest.raises(error), new_version(tmp_path) as work:  # noqa: PT012  it is the block
        write(work, b"second")
        raise error
    assert names(tmp_path) == before
    assert current(tmp_path) == b"first"


def test_what_a_killed_load_left_is_removed_by_the_next(tmp_path: Path) -> None:
    left = tmp_path / versions.UNFINISHED
    left.mkdir()
    (left / "staged.duckdb").write_bytes(b"people")
    with new_version(tmp_path) as work:
        assert names(work) == []
        write(work)
    assert not left.exists()


def test_a_second_load_is_refused_while_one_is_under_way(tmp_path: Path) -> None:
    with new_version(tmp_path) as work:
        with pytest.raises(WarehouseError, match="Another load is writing"), new_version(tmp_path):
            pass
        write(work)
    assert current(tmp_path) == b"x"


def test_only_what_the_disk_is_to_blame_for_is_told_as_such(tmp_path: Path) -> None:
    with (
        pytest.raises(WarehouseError, match="could not be written: No space left"),
        new_version(tmp_path),
    ):
        raise OSError(28, "No space left on device")
    with pytest.raises(WarehouseError, match="could not be written"), new_version(tmp_path):
        raise duckdb.IOException("IO Error: no room")
    with pytest.raises(FileNotFoundError), new_version(tmp_path):
        (tmp_path / "never made").read_bytes()
    with pytest.raises(duckdb.BinderException), new_version(tmp_path):
        duckdb.sql("SELECT nothing")


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    exports = folder(tmp_path / "exports", {"leads.csv": LEADS})
    (tmp_path / "file").touch()
    for place in (tmp_path / "file", tmp_path / "file" / "inside"):
        ended = run("ingest", exports, "--into", place)
        assert ended.code == 2
        assert "could not be written" in ended.err


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("warehouse")
    exports = folder(place / "exports", {"leads.csv": LEADS, "deals.csv": DEALS})
    assert run("ingest", exports, "--into", place / "warehouse").code == 0
    return place / "warehouse"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"schema": 0}, "written by another version of salesaudit (tables 0, expected 2)"),
        ({"schema": 99}, "written by another version"),
        ({"file": "gone.duckdb"}, "gone.duckdb, which is not there"),
        ({"file": POINTER}, "is damaged"),
        ({"file": None, "schema": None}, "is damaged: warehouse.json cannot be read"),
        ("{", "is damaged: warehouse.json cannot be read"),
    ],
)
def test_a_warehouse_that_cannot_be_opened_is_told(
    warehouse: Path, change: dict[str, object] | str, said: str
) -> None:
    pointer = warehouse / POINTER
    before = pointer.read_text()
    changed = change if isinstance(change, str) else json.dumps(json.loads(before) | change)
    pointer.write_text(changed)
    try:
        ended = run("audit", warehouse)
        with pytest.raises(SalesAuditError):
            open_warehouse(warehouse)
    finally:
        pointer.write_text(before)
    assert ended.code == 2
    assert said in ended.err
    assert "salesaudit ingest PATH --into" in ended.err


def test_the_pointer_names_the_warehouse_as_its_folder_does(warehouse: Path) -> None:
    assert run("check", warehouse / POINTER).out == run("check", warehouse).out
