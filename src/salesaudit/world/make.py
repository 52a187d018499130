"""A company made up from known truth, written as the folder of exports that it would hand over."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from functools import cached_property
from importlib.resources import files
from math import ceil
from pathlib import Path

from salesaudit.core.errors import SettingsError
from salesaudit.core.texts import Text
from salesaudit.world.canonical import canonical_files, settings_text
from salesaudit.world.companies import COMPANIES, DEMO
from salesaudit.world.defects import plant
from salesaudit.world.description import SUFFIXES, read_company
from salesaudit.world.estimands import Json, as_exported, estimands
from salesaudit.world.estimates import estimates
from salesaudit.world.expected import Truth, truth_of
from salesaudit.world.export import FILES, Account, File, Progress, write_files
from salesaudit.world.simulate import History, simulate
from salesaudit.world.spoiling import Spoilt
from salesaudit.world.tables import Table, as_known
from salesaudit.world.truth import Company

MAPPING, TRUTH = "salesaudit.yaml", "truth.json"
REDRAWN = 100_000  # leads drawn again for the truth that is written down

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

    Raises:
        SettingsError: the name is unknown, its file says what cannot be meant, or the leads are
            too few.
    """
    what = _company(company)
    many = what.leads if leads is None else leads
    if many < what.fewest:
        raise SettingsError(TOO_FEW, ASK_MORE, leads=many, least=what.fewest)
    history = simulate(what, many, seed)
    known = as_known(history)
    return Made(history, known, plant(what, len(history), known, seed, without=without))


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
    tell = progress or _silent
    tell("history", 0, many)
    whole = made(company, many, seed, without=without)
    tell("history", many, many)
    folder.mkdir(parents=True, exist_ok=True)
    layout = files_of(whole.spoilt)
    accounts = write_files(whole.spoilt, folder, tell, layout)
    (folder / MAPPING).write_bytes(_mapping(company, layout))
    text = json.dumps(_truth(whole, accounts), ensure_ascii=False, indent=1, default=_day)
    (folder / TRUTH).write_bytes(f"{text}\n".encode())
    return folder


def files_of(spoilt: Spoilt) -> tuple[File, ...]:
    """The files of a company: its own exports, or one for each canonical table."""
    if spoilt.company.exports == "own":
        return FILES
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


def _truth(whole: Made, accounts: dict[str, Account]) -> Json:
    history, spoilt = whole.history, whole.spoilt
    company = history.company
    truth = truth_of(history, redraws=ceil(REDRAWN / len(history)))
    return {
        "schema": 1,
        "company": company.id,
        "seed": history.seed,
        "leads": len(history),
        "window": [company.first_day, company.last_day],
        "estimates": estimates(truth),
        "estimands": estimands(history, whole.known),
        "as_exported": as_exported(history, spoilt),
        "planted": {name: asdict(planted) for name, planted in spoilt.planted.items()},
        "files": {name: account._asdict() for name, account in accounts.items()},
        "parameters": asdict(company),
    }


def _day(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"cannot be written to the truth: {value!r}")


def _silent(what: str, done: int, of: int) -> None:
    """Tell nobody."""
