"""What a path names: a folder of exports, a settings file, or a single export."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from salesaudit.core.errors import SourceError
from salesaudit.core.settings import ReadSelect, Settings, SourceSpec
from salesaudit.core.settings_file import FILE_NAME, read_settings
from salesaudit.core.texts import Text

SUFFIXES = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz")
LOADER_SUFFIXES = (".gz", ".csv", ".tsv", ".txt")

NO_PATH = Text(
    "exports.no_path",
    en="There is no {path}.",
    th="ไม่พบ {path}",
)
CHECK_PATH = Text(
    "exports.check_path",
    en="Check the spelling; name a folder of exports, a salesaudit.yaml, one export or a warehouse.",
    th="ตรวจสอบการสะกด แล้วระบุโฟลเดอร์ไฟล์ส่งออก ไฟล์ salesaudit.yaml ไฟล์ส่งออกหนึ่งไฟล์ หรือคลังข้อมูล",
)
NO_EXPORTS = Text(
    "exports.none",
    en="{path} holds no export: no .csv, .tsv or .txt file, plain or .gz, was seen.",
    th="ไม่พบไฟล์ส่งออกใน {path}: ไม่มีไฟล์ .csv .tsv หรือ .txt ทั้งแบบปกติและแบบ .gz",
)
WHAT_TO_EXPORT = Text(
    "exports.what_to_export",
    en="Export leads and deals as CSV. HubSpot: CRM, Contacts and Deals, Export. Salesforce: a "
    "report of leads and one of opportunities, Export, Details only. Pipedrive: Settings, Export "
    "data. Zoho: Setup, Data administration, Export. Odoo: list view, select all, Export. "
    "Dynamics 365: Export to Excel, then save as CSV.",
    th="ส่งออกลีดและดีลเป็น CSV โดย HubSpot: CRM > Contacts และ Deals > Export, Salesforce: รายงาน "
    "leads และ opportunities > Export > Details only, Pipedrive: Settings > Export data, Zoho: Setup "
    "> Data administration > Export, Odoo: มุมมองรายการ เลือกทั้งหมด > Export, Dynamics 365: Export "
    "to Excel แล้วบันทึกเป็น CSV",
)
MISSING_FILE = Text(
    "exports.missing_file",
    en="salesaudit.yaml reads {file}, and there is no such file in {folder}.",
    th="salesaudit.yaml อ้างถึง {file} แต่ไม่มีไฟล์นี้ใน {folder}",
)
FILES_SEEN = Text(
    "exports.files_seen",
    en="Files seen: {files}. Correct the name, or put the file there.",
    th="ไฟล์ที่พบ: {files} แก้ไขชื่อไฟล์ หรือนำไฟล์มาวางในโฟลเดอร์",
)


class Exports(NamedTuple):
    """Files to read and what the company says of them."""

    folder: Path
    settings: Settings
    files: tuple[Path, ...]  # every export in the folder, or the single one

    def paths_of(self, spec: SourceSpec) -> list[Path]:
        """The files that a source reads, in the order of their names.

        Raises:
            SourceError: there is none.
        """
        if isinstance(spec.read, ReadSelect):
            return []
        found = sorted(p for p in self.folder.glob(spec.read) if p.is_file())
        if not found:
            seen = ", ".join(p.name for p in self.files[:8]) or "–"
            raise SourceError(
                MISSING_FILE, FILES_SEEN, file=spec.read, folder=str(self.folder), files=seen
            )
        return found


def find_exports(path: Path) -> Exports:
    """Find the exports that a path names.

    Raises:
        SourceError: there is no such path, or nothing to read in it.
        SettingsError: its salesaudit.yaml cannot be meant.
    """
    if not path.exists():
        raise SourceError(NO_PATH, CHECK_PATH, path=str(path))
    if path.is_file() and path.suffix in (".yaml", ".yml"):
        return _of_folder(path.parent, read_settings(path))
    if path.is_file():
        beside = path.parent / FILE_NAME
        settings = read_settings(beside) if beside.exists() else Settings()
        named = tuple(s for s in settings.sources if _reads(s, path))
        return Exports(path.parent, settings.model_copy(update={"sources": named}), (path,))
    own = path / FILE_NAME
    return _of_folder(path, read_settings(own) if own.exists() else Settings())


def table_name(file: str) -> str:
    """A file's table in a ``select``: its name without .csv, .gz, ..."""
    name = Path(file).name
    while Path(name).suffix.lower() in LOADER_SUFFIXES:
        name = name[: -len(Path(name).suffix)]
    return name


def _of_folder(folder: Path, settings: Settings) -> Exports:
    files = tuple(
        sorted(p for p in folder.iterdir() if p.is_file() and p.name.lower().endswith(SUFFIXES))
    )
    if not files and not settings.sources:
        raise SourceError(NO_EXPORTS, WHAT_TO_EXPORT, path=str(folder))
    return Exports(folder, settings, files)


def _reads(spec: SourceSpec, path: Path) -> bool:
    return isinstance(spec.read, str) and path.match(spec.read)
