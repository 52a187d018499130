"""What a path names: a folder of exports, a settings file, or a single export."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from salesaudit.core.errors import SettingsError, SourceError
from salesaudit.core.settings import ReadSelect, Settings, SourceSpec
from salesaudit.core.settings_file import FILE_NAME, line_in, read_settings
from salesaudit.core.texts import Param, Text
from salesaudit.sources.databases import check_address, is_address, kind_of
from salesaudit.sources.files.kinds import GZIP_ENDINGS, READ_ENDINGS, is_export, is_junk
from salesaudit.sources.recognise.preset import preset_names
from salesaudit.warehouse.schema import TABLES

NO_PATH = Text(
    "exports.no_path",
    en="There is no {path}.",
    th="ไม่พบ {path}",
)
NO_FILE = Text(
    "exports.no_file",
    en="{path} is neither a folder nor a file.",
    th="{path} ไม่ใช่โฟลเดอร์หรือไฟล์",
)
NO_FOLDER = Text(
    "exports.no_folder",
    en="{path} is no folder.",
    th="{path} ไม่ใช่โฟลเดอร์",
)
NAME_A_FOLDER = Text(
    "exports.name_a_folder",
    en="Name the folder that the exports are in.",
    th="ระบุโฟลเดอร์ที่มีไฟล์ส่งออก",
)
CHECK_PATH = Text(
    "exports.check_path",
    en="Check the spelling; name a folder of exports, a salesaudit.yaml, one export, or a "
    "warehouse.",
    th="ตรวจสอบการสะกด แล้วระบุโฟลเดอร์ไฟล์ส่งออก ไฟล์ salesaudit.yaml ไฟล์ส่งออกหนึ่งไฟล์ หรือคลังข้อมูล",
)
NO_EXPORTS = Text(
    "exports.none",
    en="{path} holds no export: none of its files ends in {endings}, plain or .gz.",
    th="ไม่พบไฟล์ส่งออกใน {path}: ไม่มีไฟล์ที่ลงท้ายด้วย {endings} ทั้งแบบปกติและแบบ .gz",
)
WHAT_TO_EXPORT = Text(
    "exports.what_to_export",
    en="Export leads and deals as CSV or Excel. HubSpot: CRM, Contacts and Deals, Export. "
    "Salesforce: a report of leads and one of opportunities, Export, Details only. Pipedrive: "
    "Settings, Export data. Zoho: Setup, Data administration, Export. Odoo: list view, select all, "
    "Export. Dynamics 365: Export to Excel.",
    th="ส่งออกลีดและดีลเป็น CSV หรือ Excel โดย HubSpot: CRM > Contacts และ Deals > Export, Salesforce: "
    "รายงาน leads และ opportunities > Export > Details only, Pipedrive: Settings > Export data, "
    "Zoho: Setup > Data administration > Export, Odoo: มุมมองรายการ เลือกทั้งหมด > Export, "
    "Dynamics 365: Export to Excel",
)
MISSING_FILE = Text(
    "exports.missing_file",
    en="{yaml}, line {line}: there is no file {file} in {folder}.",
    th="{yaml} บรรทัด {line}: ไม่พบไฟล์ {file} ใน {folder}",
)
FILES_SEEN = Text(
    "exports.files_seen",
    en="Files seen: {files}. Correct the name, or put the file there.",
    th="ไฟล์ที่พบ: {files} แก้ไขชื่อไฟล์ หรือนำไฟล์มาวางในโฟลเดอร์",
)


NO_TABLE = Text(
    "exports.no_table",
    en="{yaml}, line {line}: there is no table “{got}” to read into.",
    th="{yaml} บรรทัด {line}: ไม่มีตาราง “{got}” ให้นำข้อมูลเข้า",
)
NO_PRESET = Text(
    "exports.no_preset",
    en="{yaml}, line {line}: no kind of export is called “{got}”.",
    th="{yaml} บรรทัด {line}: ไม่มีชนิดของไฟล์ส่งออกชื่อ “{got}”",
)
NO_FIELD = Text(
    "exports.no_field",
    en="{yaml}, line {line}: the table {table} has no column “{got}”.",
    th="{yaml} บรรทัด {line}: ตาราง {table} ไม่มีคอลัมน์ “{got}”",
)
KNOWN = Text(
    "exports.known",
    en="The nearest is “{nearest}”; there are: {known}.",
    th="ชื่อที่ใกล้เคียงที่สุดคือ “{nearest}” ชื่อที่มี: {known}",
)
NO_STAGES_HERE = Text(
    "exports.no_stages_here",
    en="{yaml}, line {line}: stages: fills stage_events, and this source goes into {table}.",
    th="{yaml} บรรทัด {line}: stages: ใช้กับ stage_events เท่านั้น แต่แหล่งข้อมูลนี้เข้าตาราง {table}",
)
ANOTHER_SOURCE = Text(
    "exports.another_source",
    en="Write it at a source of its own with  into: stage_events.",
    th="ระบุเป็นแหล่งข้อมูลแยกต่างหากพร้อม  into: stage_events",
)


class Exports(NamedTuple):
    """Files to read and what the company says of them."""

    folder: Path
    settings: Settings
    files: tuple[Path, ...]  # every export in the folder, or the single one
    yaml: Path | None = None  # where the settings stand
    alone: bool = False  # a single export was named: nothing else is read
    ignored: tuple[str, ...] = ()  # files that a program left beside the exports

    def paths_of(self, spec: SourceSpec) -> list[Path]:
        """The files that a source reads, in the order of their names.

        Raises:
            SourceError: there is none.
        """
        if isinstance(spec.read, ReadSelect) or is_address(spec.read):
            return []
        found = self._found(spec.read) or self._found(_split(spec.read)[0])
        if not found and self.yaml is not None:
            place = ("sources", self.settings.sources.index(spec), "read")
            seen = ", ".join(p.name for p in self.files[:8]) or "–"
            raise SourceError(
                MISSING_FILE,
                FILES_SEEN,
                yaml=self.yaml.name,
                line=line_in(self.yaml, place),
                file=spec.read,
                folder=str(self.folder),
                files=seen,
            )
        return found

    def inside_of(self, spec: SourceSpec) -> str:
        """The sheet or member that a source names inside of a file; empty: whatever it holds."""
        if isinstance(spec.read, ReadSelect) or is_address(spec.read) or self._found(spec.read):
            return ""
        return _split(spec.read)[1]

    def _found(self, pattern: str) -> list[Path]:
        return [p for p in _matching(self.folder, pattern) if not self.alone or p in self.files]

    def name_of(self, path: Path) -> str:
        """How the account names a file: from the folder on."""
        return path.relative_to(self.folder).as_posix()


def find_exports(path: Path) -> Exports:
    """Find the exports that a path names.

    Raises:
        SourceError: there is no such path, or nothing to read in it.
        SettingsError: its salesaudit.yaml cannot be meant.
    """
    if not _exists(path):
        raise SourceError(NO_PATH, CHECK_PATH, path=str(path))
    if path.is_file() and path.suffix in (".yaml", ".yml"):
        return _of_folder(path.parent, path)
    if path.is_file():
        beside = path.parent / FILE_NAME
        settings = _settings(beside) if beside.exists() else Settings()
        named = tuple(s for s in settings.sources if _reads(s, path))
        mine = settings.model_copy(update={"sources": named})
        return Exports(path.parent, mine, (path,), alone=True)
    if not path.is_dir():
        raise SourceError(NO_FILE, CHECK_PATH, path=str(path))
    own = path / FILE_NAME
    return _of_folder(path, own if own.exists() else None)


def without_settings(folder: Path) -> Exports:
    """The exports of a folder, whatever its settings say.

    Raises:
        SourceError: it is no folder, or holds no export.
    """
    if not _exists(folder):
        raise SourceError(NO_PATH, CHECK_PATH, path=str(folder))
    if not folder.is_dir():
        raise SourceError(NO_FOLDER, NAME_A_FOLDER, path=str(folder))
    return _of_folder(folder, None)


def table_name(file: str) -> str:
    """The table of a file, sheet or member in a ``select``: its name without .csv, .gz, ..."""
    name = Path(file.partition("#")[2] or file).name
    while Path(name).suffix.lower() in (*READ_ENDINGS, *GZIP_ENDINGS):
        name = name[: -len(Path(name).suffix)]
    return name


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):  # a name that no file can have
        return False


def _of_folder(folder: Path, yaml: Path | None) -> Exports:
    settings = _settings(yaml) if yaml else Settings()
    exports = sorted(p for p in folder.iterdir() if p.is_file() and _is_export(p))
    files = tuple(p for p in exports if not is_junk(p.name))
    if not files and not settings.sources:
        endings = " ".join(READ_ENDINGS)
        raise SourceError(NO_EXPORTS, WHAT_TO_EXPORT, path=str(folder), endings=endings)
    ignored = tuple(p.name for p in exports if is_junk(p.name))
    return Exports(folder, settings, files, yaml, ignored=ignored)


def _is_export(path: Path) -> bool:
    if is_export(path.name):
        return True
    try:
        return kind_of(path) is not None
    except OSError:  # not ours to read
        return False


def _settings(yaml: Path) -> Settings:
    """The settings, with the tables and columns that they name checked before any file is read."""
    settings = read_settings(yaml)
    for number, spec in enumerate(settings.sources):
        if isinstance(spec.read, str) and is_address(spec.read):
            line = line_in(yaml, ("sources", number, "read"))
            check_address(spec.read, yaml.name, line, by_preset=spec.preset is not None)
        if spec.preset is not None:
            names = ["none", *preset_names()]
            if spec.preset not in names:
                raise _unknown(NO_PRESET, yaml, (number, "preset"), spec.preset, names)
            continue
        table = TABLES.get(spec.into)
        if table is None:
            raise _unknown(NO_TABLE, yaml, (number, "into"), spec.into, TABLES)
        columns = [column.name for column in table.columns]
        for name in spec.columns:
            if name not in columns:
                place = (number, "columns", name)
                raise _unknown(NO_FIELD, yaml, place, name, columns, table=table.name)
        if spec.stages and "entered_at" not in columns:
            line = line_in(yaml, ("sources", number, "stages"))
            raise SettingsError(
                NO_STAGES_HERE, ANOTHER_SOURCE, yaml=yaml.name, line=line, table=table.name
            )
    return settings


def _unknown(
    problem: Text,
    yaml: Path,
    place: Sequence[str | int],
    got: str,
    known: Iterable[str],
    **params: Param,
) -> SettingsError:
    names = list(known)
    nearest = difflib.get_close_matches(got, names, n=1, cutoff=0.0)[0]
    line = line_in(yaml, ("sources", *place))
    return SettingsError(
        problem, KNOWN, yaml=yaml.name, line=line, got=got, nearest=nearest,
        known=", ".join(names), **params,
    )  # fmt: skip


def _split(read: str) -> tuple[str, str]:
    """The file and what is named inside of it: ``book.xlsx#Deals``, ``export.zip/deals.csv``."""
    archive = re.match(r"(?i)(.*?\.zip)/(.+)", read)
    if archive:
        return archive[1], archive[2]
    file, _, inside = read.partition("#")
    return file, inside


def _matching(folder: Path, pattern: str) -> list[Path]:
    """Files in a folder, never beside or above it."""
    if not pattern or Path(pattern).is_absolute() or ".." in Path(pattern).parts:
        return []
    return sorted(p for p in folder.glob(pattern) if p.is_file())


def _reads(spec: SourceSpec, path: Path) -> bool:
    return isinstance(spec.read, str) and bool(spec.read) and path.match(spec.read)
