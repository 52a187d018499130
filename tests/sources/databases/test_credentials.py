"""Passwords: given by the environment, a file or a prompt; never in the settings, never kept."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from cli.shell import KEY, folder, load, refused, run
from sources.databases.cluster import READER, SECRET, Cluster
from sources.databases.test_postgres import MADE, settings

GRANTED = f"GRANT SELECT ON person, sale TO {READER}"
WORDS = ["PGPASSWORD", "PGPASSFILE", "PGSERVICEFILE", "PGSERVICE"]


@pytest.fixture(autouse=True)
def nothing_given(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for word in WORDS:
        monkeypatch.delenv(word, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))


def as_reader(cluster: Cluster, database: str) -> str:
    return settings(cluster, database).replace("keeper@", f"{READER}@")


@pytest.mark.postgres
def test_a_password_of_the_environment_lets_in_and_is_kept_nowhere(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.make("guarded", MADE, GRANTED)
    monkeypatch.setenv("PGPASSWORD", SECRET)
    exports = folder(tmp_path / "in", {"salesaudit.yaml": as_reader(cluster, "guarded")})
    ended = run("audit", exports, "-o", tmp_path / "out")
    assert ended.code == 0, ended.err
    ended = run("ingest", exports, "--into", tmp_path / "warehouse")
    assert ended.code == 0, ended.err
    written = [p for p in tmp_path.rglob("*") if p.is_file()]
    assert {"audit.json", "audit.html", "warehouse.json"} <= {p.name for p in written}
    for spelling in (
        SECRET.encode(),
        SECRET.encode("utf-16-le"),
        SECRET.replace(" ", "%20").encode(),
    ):
        assert [p for p in written if spelling in p.read_bytes()] == []
    assert SECRET not in ended.out + ended.err


@pytest.mark.postgres
def test_a_password_of_a_file_or_a_service_lets_in(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster.make("filed", MADE, GRANTED)
    kept = tmp_path / "pass"
    kept.write_text(f"127.0.0.1:{cluster.port}:filed:{READER}:{SECRET}\n")
    kept.chmod(0o600)
    monkeypatch.setenv("PGPASSFILE", str(kept))
    loaded, _ = load(tmp_path / "a", {"salesaudit.yaml": as_reader(cluster, "filed")})
    assert [e.rows for e in loaded.entries] == [20, 10]
    monkeypatch.delenv("PGPASSFILE")
    service = tmp_path / "service"
    service.write_text(
        f"[crm]\nhost=127.0.0.1\nport={cluster.port}\ndbname=filed\nuser={READER}\n"
        f"password={SECRET}\n"
    )
    monkeypatch.setenv("PGSERVICEFILE", str(service))
    yaml = settings(cluster, "filed").replace(
        f"postgres://keeper@127.0.0.1:{cluster.port}/filed", "postgres:///?service=crm"
    )
    loaded, _ = load(tmp_path / "b", {"salesaudit.yaml": yaml})
    assert [(e.name.rpartition("#")[2], e.rows) for e in loaded.entries] == [
        ("person", 20), ("sale", 10)
    ]  # fmt: skip


@pytest.mark.postgres
@pytest.mark.parametrize("given", [None, "wrong horse battery"])
def test_no_password_or_a_wrong_one_is_told_without_it(
    tmp_path: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch, given: str | None
) -> None:
    cluster.make("shut", MADE)
    if given:
        monkeypatch.setenv("PGPASSWORD", given)
    told = refused(tmp_path, {"salesaudit.yaml": as_reader(cluster, "shut")})
    assert f"did not let the user {READER} in" in told
    assert "PGPASSWORD" in told
    assert "horse" not in told


@pytest.mark.postgres
@pytest.mark.parametrize("database", ["nowhere"])
def test_a_database_that_is_not_there_is_told(
    tmp_path: Path, cluster: Cluster, database: str
) -> None:
    told = refused(tmp_path, {"salesaudit.yaml": settings(cluster, database)})
    assert 'database "nowhere" does not exist' in told


@pytest.mark.parametrize(
    ("host", "said"),
    [
        ("127.0.0.1:1", "No connection to postgres://127.0.0.1:1/crm: "),
        ("nowhere.invalid", "No connection to postgres://nowhere.invalid/crm: "),
    ],
)
def test_a_server_that_does_not_answer_is_told_in_one_line(
    tmp_path: Path, host: str, said: str
) -> None:
    yaml = f"sources:\n  - {{read: postgres://u@{host}/crm#lead, into: leads, columns: {{}}}}\n"
    told = refused(tmp_path, {"salesaudit.yaml": yaml})
    assert told.startswith(said)
    assert "Check host, port" in told


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("postgres://u:hunter2@h/db#t", "a password stands in the address"),
        ("postgres://u:hun@ter2@h/db#t", "a password stands in the address"),
        ("postgres://u@h/db?password=hunter2#t", "a password stands in the address"),
        ("postgresql://:hunter2@h/db#t", "a password stands in the address"),
        ("mysql://u:hunter2@h/db#t", "a password stands in the address"),
        ("postgres://u:hun/ter2@h/db#t", "cannot be understood"),
        ("postgres://u:1/hunter2@h/db#t", "cannot be understood"),
        ("postgres://u:hun#ter2@h/db#t", "cannot be understood"),
        ("postgres://u@h/db", "cannot be understood"),
        ("postgres://u@h/#t", "cannot be understood"),
        ("mysql://u@h/db#t", "databases at mysql:// are not read. Read today: PostgreSQL"),
        ("mssql+pyodbc://u@h/db#t", "databases at mssql+pyodbc:// are not read"),
        ("bigquery://project/set#t", "databases at bigquery:// are not read"),
        ("snowflake://account/db#t", "databases at snowflake:// are not read"),
    ],
)
def test_an_address_that_cannot_be_used_is_told_and_never_repeated(
    tmp_path: Path, read: str, said: str
) -> None:
    yaml = f'sources:\n  - {{read: "{read}", into: leads, columns: {{lead_id: id}}}}\n'
    told = refused(tmp_path, {"salesaudit.yaml": yaml})
    assert told.startswith("salesaudit.yaml, line 2: ")
    assert said in told
    assert "ter2" not in told
    for verb in ("check", "audit"):
        ended = run(verb, tmp_path, "-v")
        assert ended.code == 2
        assert "ter2" not in ended.out + ended.err


def test_a_password_in_the_wrong_place_is_not_repeated_either(tmp_path: Path) -> None:
    yaml = 'sources:\n  - {read: ["postgres://u:hunter2@h/db#t"], into: leads, columns: {}}\n'
    told = refused(tmp_path, {"salesaudit.yaml": yaml})
    assert "“read” cannot be ['postgres://...@h/db#t']" in told


def test_without_the_driver_the_command_to_install_it_is_told(tmp_path: Path) -> None:
    """In an interpreter that has no psycopg, as after a plain installation."""
    yaml = "sources:\n  - {read: postgres://u@h/db#t, into: leads, columns: {lead_id: id}}\n"
    folder(tmp_path, {"salesaudit.yaml": yaml})
    code = (
        "import importlib.util as u, sys\n"
        "found = u.find_spec\n"
        "u.find_spec = lambda name, *a: None if name == 'psycopg' else found(name, *a)\n"
        "sys.modules['psycopg'] = None\n"
        "from salesaudit.cli.main import main\n"
        f"sys.argv = ['salesaudit', 'check', {str(tmp_path)!r}]\n"
        "main()\n"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 2, ended.stderr
    assert 'pip install "salesaudit[postgres]"' in ended.stderr


@pytest.mark.postgres
def test_a_terminal_is_asked_for_the_password_which_is_not_shown(
    tmp_path: Path, cluster: Cluster
) -> None:
    cluster.make("asked", MADE, GRANTED)
    folder(tmp_path, {"salesaudit.yaml": as_reader(cluster, "asked")})
    child, screen = pty.fork()
    if child == 0:  # the program at a terminal of its own
        os.environ["SALESAUDIT_HASH_KEY"] = KEY
        os.execv(
            sys.executable, [sys.executable, "-m", "salesaudit.cli.main", "check", str(tmp_path)]
        )
    seen = b""
    while b"password" not in seen:
        seen += os.read(screen, 4096)
    os.write(screen, f"{SECRET}\n".encode())
    while True:
        try:
            more = os.read(screen, 4096)
        except OSError:  # the other end is closed
            break
        if not more:
            break
        seen += more
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0, seen.decode()
    assert b"person" in seen
    assert SECRET.encode() not in seen
