"""The installed program: signals, terminals, other processes, and no network."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cli.shell import DEALS, KEY, LEADS, PROGRAM, folder, program

EVERYTHING = {"leads.csv": LEADS, "deals.csv": DEALS}
ROWS = 300_000


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("large")
    with (place / "leads.csv").open("w") as file:
        file.write("lead_id,created_at,channel\n")
        for i in range(ROWS):
            file.write(f"L{i},2024-{1 + i % 12:02d}-{1 + i % 27:02d} {i % 24:02d}:00:00,c{i % 7}\n")
    return place


def started(exports: Path, warehouse: Path) -> subprocess.Popen[str]:
    """A load of which the first bytes stand on the disk."""
    process = subprocess.Popen(
        [PROGRAM, "ingest", str(exports), "--into", str(warehouse)],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "SALESAUDIT_HASH_KEY": KEY, "LANG": "C"},
    )  # fmt: skip
    end = time.monotonic() + 30
    while not (warehouse / ".unfinished" / "staged.duckdb").exists():
        assert process.poll() is None
        assert time.monotonic() < end
        time.sleep(0.01)
    return process


def test_a_load_that_is_stopped_or_killed_leaves_the_old_warehouse(
    tmp_path: Path, large: Path
) -> None:
    small, warehouse = folder(tmp_path / "small", EVERYTHING), tmp_path / "warehouse"
    assert program("ingest", small, "--into", warehouse).returncode == 0
    before = sorted(path.name for path in warehouse.iterdir())

    stopped = started(large, warehouse)
    stopped.send_signal(signal.SIGINT)
    assert stopped.communicate(timeout=60) == ("", "Stopped. What was there before is unchanged.\n")
    assert stopped.returncode == 130
    assert sorted(path.name for path in warehouse.iterdir()) == before

    killed = started(large, warehouse)
    killed.kill()
    killed.communicate(timeout=60)
    assert (warehouse / ".unfinished").exists()
    out = tmp_path / "out"
    assert program("audit", warehouse, "-o", out, "--format", "json").returncode == 0

    again = program("ingest", small, "--into", warehouse)
    assert again.returncode == 0, again.stderr
    assert not (warehouse / ".unfinished").exists()


OFFLINE = """
import socket, sys
def refuse(*_, **__): raise AssertionError("the network was asked for")
socket.socket = socket.create_connection = socket.getaddrinfo = refuse
from salesaudit.cli.main import main
main()
"""


def test_other_processes_places_and_hash_seeds_give_the_same_bytes_without_a_network(
    tmp_path: Path,
) -> None:
    for seed, place in (("0", tmp_path / "a"), ("7", tmp_path / "b" / "deeper")):
        folder(place, EVERYTHING)
        done = subprocess.run(
            [sys.executable, "-c", OFFLINE, "audit", str(place), "-o", str(place / "out")],
            capture_output=True, text=True, check=False,
            env={**os.environ, "SALESAUDIT_HASH_KEY": KEY, "PYTHONHASHSEED": seed},
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""  # no progress where stderr is no terminal
    for name in ("audit.json", "audit.html"):
        first = (tmp_path / "a" / "out" / name).read_bytes()
        assert first == (tmp_path / "b" / "deeper" / "out" / name).read_bytes()
        assert str(tmp_path).encode() not in first


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of POSIX")
def test_a_terminal_is_shown_a_bar_for_long_work(tmp_path: Path, large: Path) -> None:
    import pty

    keeper, terminal = pty.openpty()
    process = subprocess.Popen(
        [PROGRAM, "ingest", str(large), "--into", str(tmp_path / "w")],
        stdout=subprocess.DEVNULL, stderr=terminal,
        env={**os.environ, "SALESAUDIT_HASH_KEY": KEY, "LANG": "C", "TERM": "xterm"},
    )  # fmt: skip
    os.close(terminal)
    seen = b""
    try:
        while part := os.read(keeper, 4096):
            seen += part
    except OSError:  # the terminal is closed with its last user
        pass
    finally:
        os.close(keeper)
    assert process.wait() == 0
    assert b"Reading leads.csv" in seen
    assert b"%" in seen


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are of POSIX")
def test_a_full_disk_is_told_and_leaves_what_was_there(tmp_path: Path, large: Path) -> None:
    import resource

    small, warehouse = folder(tmp_path / "small", EVERYTHING), tmp_path / "warehouse"
    assert program("ingest", small, "--into", warehouse).returncode == 0
    before = sorted(path.name for path in warehouse.iterdir())
    done = subprocess.run(
        [PROGRAM, "ingest", str(large), "--into", str(warehouse)],
        capture_output=True, text=True, check=False,
        env={**os.environ, "SALESAUDIT_HASH_KEY": KEY, "LANG": "C"},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2**20, 2**20)),
    )  # fmt: skip
    assert done.returncode == 2, done.stderr
    assert f"{warehouse} could not be written: " in done.stderr
    assert done.stderr.count("\n") == 1
    assert sorted(path.name for path in warehouse.iterdir()) == before
