"""A PostgreSQL of the tests' own: on 127.0.0.1, at a free port, in a folder that is thrown away."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import psycopg
import pytest

BINARIES = Path("/usr/lib/postgresql")
SUPERUSER = "keeper"
SECRET = "nobody guesses th1s"
READER = "reader"


class Cluster(NamedTuple):
    """A running server; it asks for a password unless the user is its keeper."""

    port: int

    def address(self, database: str, what: str = "", *, user: str = SUPERUSER) -> str:
        return f"postgres://{user}@127.0.0.1:{self.port}/{database}" + (f"#{what}" if what else "")

    def make(self, database: str, *statements: str) -> None:
        """A new database, made by these statements."""
        with psycopg.connect(self.address("postgres"), autocommit=True) as con:
            con.execute(f'DROP DATABASE IF EXISTS "{database}"')
            con.execute(f'CREATE DATABASE "{database}"')
        self.run(database, *statements)

    def run(self, database: str, *statements: str) -> None:
        with psycopg.connect(self.address(database), autocommit=True) as con:
            for statement in statements:
                con.execute(statement)


def binaries() -> Path:
    """The newest server that Debian installed; skips the test where there is none."""
    found = sorted(BINARIES.glob("*/bin/initdb"), key=lambda p: int(p.parts[-3]))
    if not found:
        pytest.skip("needs PostgreSQL: apt-get install postgresql")
    return found[-1].parent


@contextlib.contextmanager
def running() -> Iterator[Cluster]:
    """Start a server and stop it again."""
    programs = binaries()
    place = Path(tempfile.mkdtemp(prefix="salesaudit-pg-"))
    try:
        data, port = place / "data", _free_port()
        as_user = _other_user(place)
        given = ["-U", SUPERUSER, "-A", "scram-sha-256", "-E", "UTF8", "--locale=C.UTF-8", "-N"]
        (place / "secret").write_text(SECRET)
        (place / "secret").chmod(0o644)
        _run(programs / "initdb", "-D", data, *given, f"--pwfile={place / 'secret'}", **as_user)
        (data / "pg_hba.conf").write_text(
            f"host all {SUPERUSER} 127.0.0.1/32 trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
        )
        options = (
            f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={place} "
            "-c fsync=off -c full_page_writes=off -c max_connections=20"
        )
        control = programs / "pg_ctl"
        log = place / "log"
        _run(control, "-D", data, "-w", "-l", log, "-o", options, "start", **as_user)
        try:
            cluster = Cluster(port)
            cluster.run("postgres", f"CREATE ROLE {READER} LOGIN PASSWORD '{SECRET}'")
            yield cluster
        finally:
            _run(control, "-D", data, "-m", "immediate", "stop", **as_user)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _other_user(place: Path) -> dict[str, int]:
    """A server does not run as root: another user, who owns the folder."""
    if os.geteuid() != 0:
        return {}
    user = pwd.getpwnam("nobody")
    os.chown(place, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid}


def _run(program: Path, *words: object, **as_user: int) -> None:
    ended = subprocess.run(
        [program, *map(str, words)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL, text=True, check=False, cwd="/", **as_user,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def lines(rows: Sequence[Sequence[object]]) -> str:
    """Rows as the values of an INSERT."""
    return ", ".join(
        "(" + ", ".join("NULL" if v is None else f"'{v}'" for v in row) + ")" for row in rows
    )
