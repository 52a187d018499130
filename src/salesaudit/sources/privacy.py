"""People's data at the door: contacts become keyed hashes, addresses in texts are masked."""

from __future__ import annotations

import hashlib
import os
import re
import secrets
import unicodedata
from pathlib import Path

import duckdb
from duckdb.func import SPECIAL

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Text

KEY_VARIABLE = "SALESAUDIT_HASH_KEY"
KEY_BYTES = 32
SHARED = frozenset(
    {
        "info",
        "sales",
        "contact",
        "admin",
        "office",
        "hello",
        "support",
        "mail",
        "enquiry",
        "noreply",
    }
)  # what stands before the @ of an address that no one person has

BAD_KEY = Text(
    "privacy.bad_key",
    en="{variable} is not a key: 64 hexadecimal digits are expected, {got} characters were seen.",
    th="{variable} ไม่ใช่กุญแจที่ใช้ได้ ต้องเป็นเลขฐานสิบหก 64 หลัก แต่พบ {got} ตัวอักษร",
)
MAKE_KEY = Text(
    "privacy.make_key",
    en="Unset it to use the key in your user folder.",
    th="ยกเลิกตัวแปรนี้เพื่อใช้กุญแจในโฟลเดอร์ผู้ใช้",
)

NO_KEY = Text(
    "privacy.no_key",
    en="The key that hides contacts cannot be kept in {path}: {got}.",
    th="เก็บกุญแจที่ใช้ปกปิดผู้ติดต่อไว้ที่ {path} ไม่ได้: {got}",
)
BROKEN_KEY = Text(
    "privacy.broken_key",
    en="{path} holds no whole key.",
    th="กุญแจใน {path} ไม่ครบ",
)
SET_KEY = Text(
    "privacy.set_key",
    en="Correct the file {path}, or set {variable} to 64 hexadecimal digits.",
    th="แก้ไขไฟล์ {path} หรือกำหนด {variable} เป็นเลขฐานสิบหก 64 หลัก",
)

MAIL = r"[^\s@<>()\[\]\"',;:]+@[^\s@<>()\[\]\"',;:]+\.[^\s@<>()\[\]\"',;:.]+"
ABROAD = r"\+[0-9](?:[\s().\-]{0,2}[0-9]){7,13}"
AT_HOME = r"\(?0[0-9](?:[\s().\-]{0,2}[0-9]){7,9}"
DATED = r"[0-9]{1,2}[-. ][0-9]{1,2}[-. ][0-9]{4}"
SHORTEST = 9  # characters of a telephone number
PHONE = r"\+?\(?\d[\d\s().\-]{7,}\d"


class Pseudonyms:
    """Turns addresses into keyed hashes; without the key a hash leads back to nobody."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    @property
    def fingerprint(self) -> str:
        """Tells keys apart without giving one away."""
        return hashlib.blake2b(b"fingerprint", key=self._key, digest_size=4).hexdigest()

    def of_contact(self, address: str | None) -> str | None:
        """The hash of a person's mail address; none for a shared or broken one."""
        plain = _normal(address or "")
        local, _, domain = plain.rpartition("@")
        if not local or "." not in domain or " " in plain or local in SHARED:
            return None
        return self._hash(f"v1|email|{plain}")

    def of_id(self, value: str) -> str:
        """The hash that stands for an id which is a mail address or a telephone number."""
        plain = _normal(value) if "@" in value else re.sub(r"[^0-9+]", "", value)
        return "id:" + self._hash(f"v1|id|{plain}")

    def register(self, con: duckdb.DuckDBPyConnection) -> None:
        """Make ``contact_hash(text)`` and ``id_hash(text)`` known to the engine."""
        con.create_function(
            "contact_hash", self.of_contact, ["VARCHAR"], "VARCHAR", null_handling=SPECIAL
        )
        con.create_function("id_hash", self.of_id, ["VARCHAR"], "VARCHAR")

    def _hash(self, text: str) -> str:
        return hashlib.blake2b(text.encode(), key=self._key, digest_size=16).hexdigest()


def pseudonyms() -> Pseudonyms:
    """With the key of the environment, else of the user's folder; made at first use.

    Raises:
        SourceError: the environment's key is none.
    """
    given = os.environ.get(KEY_VARIABLE)
    if given is not None:
        try:
            key = bytes.fromhex(given)
        except ValueError:
            key = b""
        if len(key) != KEY_BYTES:
            raise SourceError(BAD_KEY, MAKE_KEY, variable=KEY_VARIABLE, got=len(given))
        return Pseudonyms(key)
    return Pseudonyms(_key_of_user())


def id_expression(text: str) -> str:
    """An id as it is stored: as written, unless it holds a mail address or is a phone number."""
    mail = f"contains({text}, '@') AND regexp_matches({text}, '{_sql(MAIL)}')"
    contact = f"({mail}) OR regexp_full_match({text}, '{_sql(ABROAD)}')"
    return f"CASE WHEN {contact} THEN id_hash({text}) ELSE {text} END"


def masked_expression(text: str, *, phones: bool) -> str:
    """A text without mail addresses and telephone numbers.

    Args:
        text: expression.
        phones: True: any row of nine digits is a telephone number. False: only what is written as
            one, so that dates and numbers of campaigns stay as they are.
    """
    masked = f"regexp_replace({text}, '{_sql(MAIL)}', '[address]', 'g')"
    if phones:
        return f"regexp_replace({masked}, '{_sql(PHONE)}', '[number]', 'g')"
    dialled = f"{_sql(ABROAD)}|{_sql(AT_HOME)}"
    keeps = f"regexp_full_match({text}, '[0-9]*') OR regexp_matches({text}, '{_sql(DATED)}')"
    number = f"regexp_replace({masked}, '(^|[^0-9+])({dialled})', '\\1[number]', 'g')"
    return (
        f"CASE WHEN NOT contains({text}, '@') AND (strlen({text}) < {SHORTEST} OR {keeps}) "
        f"THEN {text} WHEN {keeps} THEN {masked} ELSE {number} END"
    )


def _key_of_user() -> bytes:
    import platformdirs  # noqa: PLC0415  only where a contact is hashed

    path = Path(platformdirs.user_data_path("salesaudit")) / "hash.key"
    try:
        if not path.exists():
            _make_key(path)
        key = path.read_bytes()
    except OSError as error:
        got = error.strerror or str(error)
        raise SourceError(NO_KEY, SET_KEY, path=str(path), got=got, variable=KEY_VARIABLE) from None
    if len(key) != KEY_BYTES:
        raise SourceError(BROKEN_KEY, SET_KEY, path=str(path), variable=KEY_VARIABLE)
    return key


def _make_key(path: Path) -> None:
    """Write a new key, whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
    unfinished.replace(path)


def _normal(address: str) -> str:
    plain = unicodedata.normalize("NFKC", address).strip().lower()
    local, at, domain = plain.rpartition("@")
    try:
        ascii_domain = domain if domain.isascii() else domain.encode("idna").decode()
        return local + at + ascii_domain if at else plain
    except UnicodeError:
        return plain


def _sql(pattern: str) -> str:
    return pattern.replace("'", "''")
