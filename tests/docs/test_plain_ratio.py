"""The page on plain ratios states what comes out, and its pictures can be read anywhere."""

from __future__ import annotations

import importlib.util
import re
import xml.etree.ElementTree as ET
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

DOCS = Path(__file__).resolve().parents[2] / "docs"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_plain_ratio", DOCS / "plain_ratio.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def parts(script: ModuleType) -> tuple[Any, ...]:
    return script.parts()


def test_every_table_picture_and_figure_in_the_text_is_as_it_comes_out(
    script: ModuleType, parts: tuple[Any, ...]
) -> None:
    assert script.stale(parts) == [], "run python docs/plain_ratio.py, then mend the text"


def test_a_figure_that_is_not_in_the_text_is_told(
    script: ModuleType, parts: tuple[Any, ...]
) -> None:
    said = parts[0].said[0]
    text = script.PAGE.read_text(encoding="utf-8").replace(said.split()[0], "99")
    assert said in script.missing(parts, text)


def test_a_table_without_its_place_stops_the_script(
    script: ModuleType, parts: tuple[Any, ...]
) -> None:
    with pytest.raises(SystemExit, match="no place for months"):
        script.page(parts, "# An empty page\n")


def test_the_pictures_say_what_they_show_and_fit_dark_pages(parts: tuple[Any, ...]) -> None:
    drawn = [part.picture for part in parts if part.picture]
    assert len(drawn) == 5
    for picture in drawn:
        root = ET.fromstring(picture)
        assert root.findtext(f"{SVG}title")
        assert root.findtext(f"{SVG}desc")
        assert "prefers-color-scheme:dark" in (root.findtext(f"{SVG}style") or "")


def test_the_words_of_the_first_table_hold(parts: tuple[Any, ...]) -> None:
    table = {name: _numbers(text) for part in parts for name, text in part.tables.items()}
    slow = table["months"][0]
    assert (slow[1], round(slow[5] / 100, 1)) == (0, 0.8)  # nothing to four fifths, behind "120"
    wins = [row[4] for row in table["growth"]]
    assert wins[-1] / wins[3] < 0.8
    won = [row[-4] / row[-5] for row in table["win-rate"]]
    assert max(won) == pytest.approx(1.5, abs=0.05)
    assert won[-1] == pytest.approx(0.75, abs=0.05)
    stages = [row[1] / row[0] for row in table["current-stage"]]
    assert min(stages) == pytest.approx(0.75, abs=0.02)
    assert 4 / 3 < max(stages) < 1.4


def _numbers(table: str) -> list[list[float]]:
    """The numbers of each row, in order."""
    rows = table.replace(",", "").splitlines()[2:]
    return [[float(found) for found in re.findall(r"\d+(?:\.\d+)?", row)] for row in rows]
