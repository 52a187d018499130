"""The guide to made-up companies names all that there is, and its examples run."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from salesaudit.world import company_names
from salesaudit.world.defects import DEFECTS
from salesaudit.world.description import read_company
from salesaudit.world.truth import Company

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "made-up-companies.md"
TEXT = GUIDE.read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def test_every_company_has_its_row() -> None:
    section = TEXT.split("## The companies")[1].split("\n## ")[0]
    assert tuple(re.findall(r"^\| `([^`]+)`", section, re.MULTILINE)) == company_names()


def test_every_defect_has_its_row_with_its_size() -> None:
    section = TEXT.split("## Defects")[1].split("\n## ")[0]
    rows = dict(re.findall(r"^\| `([^`]+)` \| ([^|]+) \|", section, re.MULTILINE))
    assert list(rows) == list(DEFECTS)
    for name, defect in DEFECTS.items():
        if defect.size.startswith(("share", "rows", "pairs")):
            assert rows[name] == defect.size


def test_the_keys_explained_are_keys() -> None:
    section = TEXT.split("## Describe your own")[1].split("\n## ")[0]
    explained = re.findall(r"^\| `([^`]+)`", section, re.MULTILINE)
    assert set(explained) <= {field.name for field in fields(Company)}


def test_the_description_shown_is_one(tmp_path: Path) -> None:
    shown = next(text for kind, text in BLOCKS if kind == "text" and text.startswith("like:"))
    path = tmp_path / "juniper.yaml"
    path.write_text(shown, encoding="utf-8")
    company = read_company(path)
    assert (company.name, company.leads) == ("Juniper Logistics", 8000)
    assert company.capacity.per_week == 6


@pytest.mark.parametrize("code", [text for kind, text in BLOCKS if kind == "python"])
def test_the_python_shown_runs(code: str) -> None:
    exec(compile(code, str(GUIDE), "exec"), {})
