"""A company made up from known truth, written as the folder of exports that it would hand over."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import asdict
from datetime import date
from importlib.resources import files
from pathlib import Path

from salesaudit.core.errors import SettingsError
from salesaudit.core.texts import Text
from salesaudit.world.companies import COMPANIES
from salesaudit.world.defects import Spoilt, plant
from salesaudit.world.estimands import Json, as_exported, estimands
from salesaudit.world.export import Account, Progress, write_files
from salesaudit.world.simulate import History, simulate
from salesaudit.world.tables import Table, as_known

FEWEST = 200  # leads; below this the planted defects would be most of the company
MAPPING, TRUTH = "salesaudit.yaml", "truth.json"

UNKNOWN = Text(
    "world.unknown",
    en="There is no demo company called {name}.",
    th="ไม่มีบริษัทตัวอย่างชื่อ {name}",
)
CHOOSE = Text("world.choose", en="Choose one of: {known}.", th="เลือกจาก: {known}")
TOO_FEW = Text(
    "world.too-few",
    en="A demo company of {leads} leads is too small to audit.",
    th="บริษัทตัวอย่างที่มีลีด {leads} ราย เล็กเกินกว่าจะตรวจสอบ",
)
ASK_MORE = Text("world.ask-more", en="Ask for at least {least}.", th="ระบุอย่างน้อย {least} ราย")


def company_names() -> tuple[str, ...]:
    """Names of the companies that ``make_company`` knows."""
    return tuple(COMPANIES)


def make_company(
    name: str,
    folder: Path,
    *,
    leads: int = 20_000,
    seed: int = 1,
    progress: Progress | None = None,
    without: Collection[str] = (),
) -> Path:
    """Make a company and write its exports, its ``salesaudit.yaml`` and its ``truth.json``.

    Args:
        name: one of ``company_names()``.
        folder: where to write; made where it does not exist, files of the same names replaced.
        leads: number of leads in the whole window.
        seed: the same seed gives the same bytes.
        progress: called with what is being made, how much of it is done, and how much it is.
        without: planted defects to leave out, by their names in ``truth.json``.

    Returns:
        The folder.

    Raises:
        SettingsError: the name is unknown, or the leads are too few.
    """
    if name not in COMPANIES:
        raise SettingsError(UNKNOWN, CHOOSE, name=name, known=", ".join(COMPANIES))
    if leads < FEWEST:
        raise SettingsError(TOO_FEW, ASK_MORE, leads=leads, least=FEWEST)
    tell = progress or _silent
    tell("history", 0, leads)
    history = simulate(COMPANIES[name], leads, seed)
    known = as_known(history)
    spoilt = plant(history.company, leads, known, seed, without=without)
    tell("history", leads, leads)
    folder.mkdir(parents=True, exist_ok=True)
    accounts = write_files(spoilt, folder, tell)
    mapping = files("salesaudit.world") / "mappings" / f"{name}.yaml"
    (folder / MAPPING).write_bytes(mapping.read_bytes())
    truth = _truth(history, known, spoilt, accounts)
    text = json.dumps(truth, ensure_ascii=False, indent=1, default=_day)
    (folder / TRUTH).write_bytes(f"{text}\n".encode())
    return folder


def _truth(
    history: History, known: dict[str, Table], spoilt: Spoilt, accounts: dict[str, Account]
) -> Json:
    company = history.company
    return {
        "schema": 1,
        "company": company.id,
        "seed": history.seed,
        "leads": len(history),
        "window": [company.first_day, company.last_day],
        "estimands": estimands(history, known),
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
