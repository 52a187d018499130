"""Zip archives: each file inside is a source of its own, never unpacked to its own path."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

from salesaudit.core.errors import SourceError
from salesaudit.core.texts import Message, Text, message
from salesaudit.sources.files.code_pages import THAI, is_thai
from salesaudit.sources.files.kinds import COPY_AGAIN, ENDINGS, Kind, is_export, is_junk, whole_zip
from salesaudit.sources.files.streams import BLOCK, SWELLS, SWOLLEN, SWOLLEN_FLOOR, UNPACK_IT
from salesaudit.sources.files.task import Task
from salesaudit.sources.raw import RawTable

ENCRYPTED = Text(
    "files.encrypted",
    "{file} is protected by a password: {member}.",
    "{file} มีรหัสผ่านป้องกัน: {member}",
)
UNPROTECT = Text(
    "files.unprotect",
    "Unpack it with its password and put the files in its place, or export without one.",
    "คลายไฟล์ด้วยรหัสผ่านแล้วนำไฟล์ที่ได้มาวางแทน หรือส่งออกใหม่โดยไม่ใส่รหัสผ่าน",
)
NESTED = Text(
    "files.nested",
    "{file} holds another archive: {member}.",
    "{file} มีไฟล์บีบอัดซ้อนอยู่ข้างใน: {member}",
)
HOLDS_NOTHING = Text(
    "files.holds-nothing",
    "{file} holds no export; it holds {members}.",
    "{file} ไม่มีไฟล์ส่งออกอยู่ข้างใน สิ่งที่พบ: {members}",
)
MEMBERS_IGNORED = Text(
    "files.members-ignored",
    "{file}: not used, as they are no exports: {members} ({count} in all).",
    "{file}: ไม่ได้นำไฟล์ข้างในที่ไม่ใช่ไฟล์ส่งออกมาใช้: {members} (รวม {count} ไฟล์)",
)

_ENCRYPTED_FLAG, _UTF8_FLAG = 0x1, 0x800
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")


def read_archive(
    task: Task, read_member: Callable[[Task], tuple[RawTable, ...]]
) -> tuple[RawTable, ...]:
    """Load every export that a zip holds, as ``archive.zip/deals.csv``.

    Args:
        task: the archive.
        read_member: reads one file that was taken out.

    Raises:
        SourceError: it is damaged, protected or nested, or swells beyond what an export does.
    """
    with whole_zip(task.name):
        archive = zipfile.ZipFile(task.path)
    with archive:
        named = [(info, member_name(info)) for info in archive.infolist()]
        files = [(info, name) for info, name in named if not info.is_dir()]
        wanted = [(info, name) for info, name in files if _is_export(info, name)]
        _check(task, wanted, [name for _, name in files])
        found: list[RawTable] = []
        for number, (info, name) in enumerate(wanted):
            path = task.scratch / f"member_{number}"
            one = task._replace(path=path, name=f"{task.name}/{name}")
            found += [
                raw._replace(file=task.name, member=raw.name.removeprefix(f"{task.name}/"))
                for raw in _member(one, archive, info, read_member)
            ]
    ignored = [name for info, name in files if not _is_export(info, name)]
    first = found[0]
    notes = _ignored(task.name, ignored)
    return (first._replace(notes=(*notes, *first.notes)), *found[1:])


def member_name(info: zipfile.ZipInfo) -> str:
    """The name of a file inside, whatever letters the packing program wrote it in."""
    name = info.filename
    if not info.flag_bits & _UTF8_FLAG and not name.isascii():
        written = name.encode("cp437")
        try:
            name = written.decode()
        except UnicodeDecodeError:
            name = written.decode(THAI, "replace") if is_thai(written) else name
    return _CONTROLS.sub("_", name.replace("\\", "/"))


def check_size(info: zipfile.ZipInfo, file: str) -> None:
    """Stop at a file inside that says it swells far beyond what an export does.

    Raises:
        SourceError: more than 200 times.
    """
    if info.file_size > max(SWOLLEN_FLOOR, SWOLLEN * info.compress_size):
        raise SourceError(SWELLS, UNPACK_IT, file=file)


def _is_export(info: zipfile.ZipInfo, name: str) -> bool:
    return is_export(name) and not is_junk(name) and info.file_size > 0


def _check(task: Task, wanted: list[tuple[zipfile.ZipInfo, str]], names: list[str]) -> None:
    if not wanted:
        members = ", ".join(names[:8]) or "–"
        raise SourceError(HOLDS_NOTHING, COPY_AGAIN, file=task.name, members=members)
    for info, name in wanted:
        if info.flag_bits & _ENCRYPTED_FLAG:
            raise SourceError(ENCRYPTED, UNPROTECT, file=task.name, member=name)
        if name.lower().endswith(ENDINGS[Kind.ZIP]):
            raise SourceError(NESTED, UNPACK_IT, file=task.name, member=name)
        check_size(info, f"{task.name}/{name}")


def _member(
    task: Task,
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    read_member: Callable[[Task], tuple[RawTable, ...]],
) -> tuple[RawTable, ...]:
    try:
        with whole_zip(task.name):
            _take_out(archive, info, task.path)
        return read_member(task)
    finally:
        task.path.unlink(missing_ok=True)


def _take_out(archive: zipfile.ZipFile, info: zipfile.ZipInfo, to: Path) -> None:
    """Write a member under a name of our own; its checksum is proved, its size is bounded."""
    with archive.open(info) as member, to.open("wb") as copy:
        while chunk := member.read(BLOCK):
            copy.write(chunk)


def _ignored(file: str, names: list[str]) -> list[Message]:
    if not names:
        return []
    shown = ", ".join(names[:5]) + (", …" if len(names) > 5 else "")
    return [message(MEMBERS_IGNORED, file=file, count=len(names), members=shown)]
