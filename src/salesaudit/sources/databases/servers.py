"""Sources on servers: each server opened once, and read in one transaction."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
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
from salesaudit.sources.recognise.preset import read_preset

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
NO_DATABASE = Text(
    "databases.no_database",
    en="The preset {preset} is of an export of {system}, not of its database, so it cannot read "
    "{place}.",
    th="preset {preset} ใช้กับไฟล์ส่งออกของ {system} ไม่ใช่ฐานข้อมูล จึงใช้อ่าน {place} ไม่ได้",
)
NOT_ITS_DATABASE = Text(
    "databases.not_its_database",
    en="{place} does not look like a database of {system}: there is no table {table} that this "
    "user may read.",
    th="{place} ไม่ใช่ฐานข้อมูลของ {system}: ไม่มีตาราง {table} ที่ผู้ใช้นี้มีสิทธิ์อ่าน",
)
NAME_TABLE = Text(
    "databases.name_table",
    en="Check the database and the user's rights, or name the tables one by one:  "
    '"postgres://.../db#table"  with into and columns.',
    th="ตรวจสอบฐานข้อมูลและสิทธิ์ของผู้ใช้ หรือระบุทีละตาราง:  "
    '"postgres://.../db#table"  พร้อม into และ columns',
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
            if not address.what:
                server = servers[address.url]
                raws += [
                    raw._replace(file=read)
                    for raw in _by_preset(
                        con, server, spec, address, scratch=scratch, progress=progress
                    )
                ]
                continue
            name = _free_name(spec, address, [raw.name for raw in raws])
            raw = servers[address.url].read(
                con, address, name=name, scratch=scratch, progress=progress
            )
            raws.append(raw._replace(file=read))
    return raws


def _by_preset(
    con: duckdb.DuckDBPyConnection,
    server: Server,
    spec: SourceSpec,
    address: Address,
    *,
    scratch: Path,
    progress: Progress,
) -> Iterator[RawTable]:
    """The tables of a known system's database: only the columns and rows that its preset names."""
    main = read_preset(str(spec.preset))
    if main.table is None:
        raise SourceError(
            NO_DATABASE, NAME_TABLE, preset=main.preset, place=address.place, system=main.system
        )
    for preset in (main, *(read_preset(f"{main.preset}-{name}") for name in main.tables)):
        table = str(preset.table)
        found = preset.found_in(server.columns_of(table))
        if not found:
            if preset is main:
                raise SourceError(
                    NOT_ITS_DATABASE, NAME_TABLE, preset=main.preset, place=address.place,
                    system=main.system, table=table,
                )  # fmt: skip
            continue
        where = spec.where if preset is main else None
        raw = server.read_rows(
            con,
            address.of_table(table),
            columns=list(found.values()),
            rows=[condition for condition in (preset.rows, where) if condition],
            scratch=scratch,
            progress=progress,
        )
        yield raw._replace(preset=preset.preset)


def _free_name(spec: SourceSpec, address: Address, taken: Sequence[str]) -> str:
    """How the account names it: a table by itself, a query by its source's name."""
    what = (spec.name or f"{spec.into} query") if address.is_query else address.what
    name, again = f"{address.place}#{what}", 2
    while name in taken:
        name, again = f"{address.place}#{what} ({again})", again + 1
    return name
