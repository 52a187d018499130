"""Sources on servers: each server opened once, and read in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from salesaudit.core.errors import SourceError
from salesaudit.core.settings import SourceSpec
from salesaudit.core.texts import Text
from salesaudit.sources.databases.address import Address, address_of, is_address
from salesaudit.sources.raw import RawTable

if TYPE_CHECKING:
    from salesaudit.sources.databases.postgres import Progress, Server

NO_DRIVER = Text(
    "databases.no_driver",
    en="Reading {place} needs the part of salesaudit that speaks with PostgreSQL; it is not "
    "installed.",
    th="การอ่าน {place} ต้องใช้ส่วนเสริมสำหรับ PostgreSQL ซึ่งยังไม่ได้ติดตั้ง",
)
INSTALL_DRIVER = Text(
    "databases.install_driver",
    en='Install it:  pip install "salesaudit[postgres]".',
    th='ติดตั้งด้วยคำสั่ง  pip install "salesaudit[postgres]"',
)


def address_in(spec: SourceSpec) -> Address | None:
    """The address that a source reads; None where it reads files."""
    if not isinstance(spec.read, str) or not is_address(spec.read):
        return None
    return address_of(spec.read)


def read_servers(
    con: duckdb.DuckDBPyConnection,
    specs: Sequence[SourceSpec],
    *,
    scratch: Path,
    progress: Progress,
) -> list[RawTable]:
    """Read what the sources name on servers, each table and query once.

    All of one server is read in one transaction, so that deals and their history agree.

    Raises:
        SourceError: the driver is not installed, or the server refuses.
    """
    addresses = {
        str(spec.read): (spec, found) for spec in specs if (found := address_in(spec)) is not None
    }
    if not addresses:
        return []
    if find_spec("psycopg") is None:
        first = next(iter(addresses.values()))[1]
        raise SourceError(NO_DRIVER, INSTALL_DRIVER, place=first.place)
    from salesaudit.sources.databases.postgres import Server  # noqa: PLC0415  an extra

    raws: list[RawTable] = []
    with ExitStack() as stack:
        servers: dict[str, Server] = {}
        for _, address in addresses.values():
            if address.url not in servers:
                servers[address.url] = Server(address)
                stack.callback(servers[address.url].close)
        for read, (spec, address) in addresses.items():
            name = _free_name(spec, address, [raw.name for raw in raws])
            raw = servers[address.url].read(
                con, address, name=name, scratch=scratch, progress=progress
            )
            raws.append(raw._replace(file=read))
    return raws


def _free_name(spec: SourceSpec, address: Address, taken: Sequence[str]) -> str:
    """How the account names it: a table by itself, a query by its source's name."""
    what = (spec.name or f"{spec.into} query") if address.is_query else address.what
    name, again = f"{address.place}#{what}", 2
    while name in taken:
        name, again = f"{address.place}#{what} ({again})", again + 1
    return name
