"""A company made up from known truth, written as the folder of exports that it would hand over."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from tempfile import TemporaryDirectory

from salesaudit.core.errors import SettingsError
from salesaudit.core.texts import Text
from salesaudit.world.canonical import canonical_files, settings_text
from salesaudit.world.columns import Table
from salesaudit.world.companies import COMPANIES, DEMO
from salesaudit.world.defects import plant
from salesaudit.world.description import SUFFIXES, read_company
from salesaudit.world.expected import Truth, truth_of
from salesaudit.world.export import FILES, File, Progress, write_files
from salesaudit.world.records.files import RECORD_FILES
from salesaudit.world.simulate import History, blocks, simulate
from salesaudit.world.spoiling import Spoilt
from salesaudit.world.tables import as_known
from salesaudit.world.totals import Totals
from salesaudit.world.truth import Company

MAPPING, TRUTH = "salesaudit.yaml", "truth.json"
OWN_FILES = (*FILES, *RECORD_FILES)

UNKNOWN = Text(
    "world.unknown",
    en="There is no demo company called {name}.",
    th="ไม่มีบริษัทตัวอย่างชื่อ {name}",
)
CHOOSE = Text(
    "world.choose-or-describe",
    en="Choose one of: {known}; or give the path of a YAML file that describes one.",
    th="เลือกจาก: {known} หรือระบุตำแหน่งไฟล์ YAML ที่อธิบายบริษัท",
)
TOO_FEW = Text(
    "world.too-few",
    en="A demo company of {leads} leads is too small to audit.",
    th="บริษัทตัวอย่างที่มีลีด {leads} ราย เล็กเกินกว่าจะตรวจสอบ",
)
ASK_MORE = Text("world.ask-more", en="Ask for at least {least}.", th="ระบุอย่างน้อย {least} ราย")


@dataclass(frozen=True)
class Made:
    """A made company: what happened, what was known of it, what the exports make of that."""

    history: History
    known: dict[str, Table]
    spoilt: Spoilt

    @cached_property
    def truth(self) -> Truth:
        """The value that each estimate should have."""
        return truth_of(self.history)


def company_names() -> tuple[str, ...]:
    """Names of the companies that ``make_company`` knows."""
    return tuple(COMPANIES)


def made(
    company: str | Company,
    leads: int | None = None,
    seed: int = 1,
    *,
    without: Collection[str] = (),
) -> Made:
    """Make a company in memory, with its truth at hand; ``make_company`` writes the same one.

    Above ``simulate.BLOCK`` leads it is another one: ``make_company`` then makes blocks.

    Raises:
        SettingsError: the name is unknown, its file says what cannot be meant, or the leads are
            too few.
    """
    what = _company(company)
    many = what.leads if leads is None else leads
    _check_size(what, many)
    return _known(simulate(what, many, seed), without)


def make_company(
    name: str | Company,
    folder: Path,
    *,
    leads: int | None = None,
    seed: int = 1,
    progress: Progress | None = None,
    without: Collection[str] = (),
) -> Path:
    """Make a company and write its exports, its ``salesaudit.yaml`` and its ``truth.json``.

    Args:
        name: one of ``company_names()``, the path of a YAML file that describes a company, or
            a company.
        folder: where to write; made where it does not exist, files of the same names replaced.
        leads: number of leads in the whole window, beside those of bursts; the company's own
            number where none is given.
        seed: the same seed gives the same bytes.
        progress: called with what is being made, how much of it is done, and how much it is.
        without: planted defects to leave out, by their names in ``truth.json``.

    Returns:
        The folder.

    Raises:
        SettingsError: the name is unknown, its file says what cannot be meant, or the leads are
            too few.
    """
    company = _company(name)
    many = company.leads if leads is None else leads
    _check_size(company, many)
    folder.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".making-", dir=folder) as unfinished:
        written = _write(company, Path(unfinished), many, seed, (without, progress or _silent))
        for file in written:  # only now, so that nothing looks whole that is not
            (Path(unfinished) / file).replace(folder / file)
    return folder


def _write(
    company: Company,
    folder: Path,
    leads: int,
    seed: int,
    how: tuple[Collection[str], Progress],
) -> list[str]:
    """Write all files, block by block; returns their names."""
    without, tell = how
    totals = Totals(company, leads)
    layout: tuple[File, ...] = ()
    tell("history", 0, leads)
    for history in blocks(company, leads, seed):
        block = _known(history, without)
        tell("history", min(history.first + len(history), leads), leads)
        layout = layout or files_of(block.spoilt)
        accounts = write_files(block.spoilt, folder, tell, layout, append=history.first > 0)
        totals.add(history, block.known, block.spoilt, accounts)
    truth = json.dumps(totals.truth(seed), ensure_ascii=False, indent=1, default=_day)
    (folder / TRUTH).write_bytes(f"{truth}\n".encode())
    (folder / MAPPING).write_bytes(_mapping(company, layout))
    return [*(file.name for file in layout), MAPPING, TRUTH]


def _known(history: History, without: Collection[str]) -> Made:
    """What was known of a history, and what the exports make of that."""
    company, known = history.company, as_known(history)
    numbered = history.of + history.first
    spoilt = plant(company, len(history), known, history.seed, without=without, numbered=numbered)
    return Made(history, known, spoilt)


def _check_size(company: Company, leads: int) -> None:
    if leads < company.fewest:
        raise SettingsError(TOO_FEW, ASK_MORE, leads=leads, least=company.fewest)


def files_of(spoilt: Spoilt) -> tuple[File, ...]:
    """The files of a company: its own exports, or one for each canonical table."""
    if spoilt.company.exports == "own":
        return OWN_FILES
    return canonical_files(spoilt.company, spoilt.tables)


def _company(name: str | Company) -> Company:
    if isinstance(name, Company):
        return name
    if name.lower().endswith(SUFFIXES):
        return read_company(Path(name))
    if name not in COMPANIES:
        raise SettingsError(UNKNOWN, CHOOSE, name=name, known=", ".join(COMPANIES))
    return COMPANIES[name]


def _mapping(company: Company, layout: tuple[File, ...]) -> bytes:
    if company.exports == "own":
        return (files("salesaudit.world") / "mappings" / f"{DEMO.id}.yaml").read_bytes()
    return settings_text(company, layout).encode()


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot be written to the truth: {value!r}")


def _silent(what: str, done: int, of: int) -> None:
    """Tell nobody."""
