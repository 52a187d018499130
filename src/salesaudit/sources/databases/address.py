"""Addresses of databases on a server: what ``read:`` may name, and what it must never hold."""

from __future__ import annotations

import re
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from salesaudit.core.errors import SettingsError
from salesaudit.core.texts import Text

SCHEMES = ("postgres", "postgresql")
SECRETS = ("password", "passwd", "sslpassword", "passfile")

PASSWORD_IN_ADDRESS = Text(
    "databases.password_in_address",
    en="{yaml}, line {line}: a password stands in the address of a database; it was not used.",
    th="{yaml} บรรทัด {line}: มีรหัสผ่านอยู่ในที่อยู่ของฐานข้อมูล จึงไม่ได้นำมาใช้",
)
TAKE_PASSWORD_OUT = Text(
    "databases.take_password_out",
    en="Take it out of the file, change it if others can read the file, and give it by the "
    "environment (PGPASSWORD, PGPASSFILE or ~/.pgpass, a service file), or type it when asked.",
    th="ลบรหัสผ่านออกจากไฟล์ และเปลี่ยนรหัสผ่านหากมีผู้อื่นเปิดไฟล์นี้ได้ แล้วส่งรหัสผ่านทางตัวแปรระบบ (PGPASSWORD, "
    "PGPASSFILE หรือ ~/.pgpass หรือไฟล์ service) หรือพิมพ์เมื่อโปรแกรมถาม",
)
OTHER_SYSTEM = Text(
    "databases.other_system",
    en="{yaml}, line {line}: databases at {scheme}:// are not read.",
    th="{yaml} บรรทัด {line}: ยังอ่านฐานข้อมูลที่ {scheme}:// ไม่ได้",
)
WHAT_IS_READ = Text(
    "databases.what_is_read",
    en="Read today: PostgreSQL (postgres://user@host/db#table), SQLite (crm.sqlite#table) and "
    "DuckDB files (store.duckdb#table). From any other, export its tables as CSV.",
    th="ขณะนี้อ่านได้: PostgreSQL (postgres://user@host/db#table), ไฟล์ SQLite (crm.sqlite#table) "
    "และไฟล์ DuckDB (store.duckdb#table) หากใช้ฐานข้อมูลอื่น ให้ส่งออกตารางเป็น CSV",
)
NO_ADDRESS = Text(
    "databases.no_address",
    en="{yaml}, line {line}: this address of a database cannot be understood.",
    th="{yaml} บรรทัด {line}: ไม่เข้าใจที่อยู่ของฐานข้อมูลนี้",
)
WRITE_ADDRESS = Text(
    "databases.write_address",
    en="Write  postgres://user@host:5432/db#schema.table,  or a query in place of the table:  "
    '"postgres://user@host/db#SELECT ...",  or no table and a preset:  preset: odoo-database.',
    th="เขียนเป็น  postgres://user@host:5432/db#schema.table  หรือใส่คำสั่งแทนชื่อตาราง:  "
    '"postgres://user@host/db#SELECT ..."  หรือไม่ระบุตารางแต่ระบุ  preset: odoo-database',
)

_SCHEME = re.compile(r"(?i)([a-z][a-z0-9+.-]*)://")
_QUERY = re.compile(
    r"(?is)\s*(SELECT|WITH|VALUES|TABLE|INSERT|UPDATE|DELETE|MERGE|TRUNCATE|DROP|ALTER|CREATE|COPY|CALL)\s"
)


class Address(NamedTuple):
    """A table or a query of a database on a server; it never holds a password."""

    url: str  # as the driver takes it
    place: str  # as people see it: without the user
    host: str
    what: str  # the table or the query; empty: the database itself

    @property
    def is_query(self) -> bool:
        """Whether a query is read, and no table by its name."""
        return _QUERY.match(self.what) is not None

    @property
    def name(self) -> str:
        """How the account names it; a query has a name of its own."""
        return f"{self.place}#{self.what}"

    def of_table(self, table: str) -> Address:
        """The address of a table of the same database."""
        return self._replace(what=table)


def is_address(read: str) -> bool:
    """Whether a ``read:`` names something on a server."""
    return _SCHEME.match(read) is not None


def check_address(read: str, yaml: str, line: int, *, by_preset: bool = False) -> None:
    """Refuse an address that cannot be used, and never repeat a word of it.

    Args:
        read: as the settings have it.
        yaml: the settings' file.
        line: of it.
        by_preset: a preset says which tables are read, so none is named.

    Raises:
        SettingsError: it holds a password, is of another system, or is no address.
    """
    found = _SCHEME.match(read)
    scheme = found[1].lower() if found else ""
    try:
        parts = urlsplit(read.partition("#")[0])
        secret = parts.password is not None or any(k in SECRETS for k, _ in parse_qsl(parts.query))
        whole = _is_whole(parts)
    except ValueError:  # such as a password behind the colon of a port
        secret, whole = False, False
    if secret:
        raise SettingsError(PASSWORD_IN_ADDRESS, TAKE_PASSWORD_OUT, yaml=yaml, line=line)
    if scheme not in SCHEMES:
        raise SettingsError(OTHER_SYSTEM, WHAT_IS_READ, yaml=yaml, line=line, scheme=scheme)
    named = read.partition("#")[2].strip()
    if not whole or not (named or by_preset):
        raise SettingsError(NO_ADDRESS, WRITE_ADDRESS, yaml=yaml, line=line)


def address_of(read: str) -> Address:
    """The parts of an address that has been checked."""
    url, _, what = read.partition("#")
    parts = urlsplit(url)
    host = parts.hostname or ""
    port = f":{parts.port}" if parts.port else ""
    service = dict(parse_qsl(parts.query)).get("service", "")
    database = unquote(parts.path.lstrip("/")) or service
    return Address(
        url=url.strip(),
        place=f"postgres://{host}{port}/{database}",
        host=f"{host}{port}" or service,
        what=what.strip().rstrip(";").strip(),
    )


def _is_whole(parts: SplitResult) -> bool:
    """Whether a database is named, by itself or by a service, and nothing is left over."""
    database = parts.path.lstrip("/") or dict(parse_qsl(parts.query)).get("service")
    return bool(database) and "@" not in parts.path and (parts.port is None or parts.port > 0)
