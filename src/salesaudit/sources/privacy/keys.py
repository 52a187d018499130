"""The key of the hashes: made on this machine at first use, kept for its owner alone."""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Text

KEY_VARIABLE = "SALESAUDIT_HASH_KEY"
KEY_BYTES = 32

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


def user_key() -> bytes:
    """The key of the environment, else of the user's folder; made at first use.

    Raises:
        SourceError: it is none, or cannot be kept.
    """
    given = os.environ.get(KEY_VARIABLE)
    if given is None:
        return _key_of_user()
    try:
        key = bytes.fromhex(given)
    except ValueError:
        key = b""
    if len(key) != KEY_BYTES:
        raise SourceError(BAD_KEY, MAKE_KEY, variable=KEY_VARIABLE, got=len(given))
    return key


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
    """Write a new key, whole or not at all; of several processes at once the first one's stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(KEY_BYTES))
        file.flush()
        os.fsync(file.fileno())
    try:
        with contextlib.suppress(FileExistsError):
            os.link(unfinished, path)
    except OSError:  # a disk without links
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
