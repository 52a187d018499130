"""The pages that are written by hand: their links lead somewhere, their settings are valid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from salesaudit.core.settings_file import FILE_NAME, read_settings
from salesaudit.sources.recognise import preset

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted(p for p in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")))
LINK = re.compile(r"\]\((?!https?:|mailto:)([^)#\s]*)(?:#([^)\s]+))?\)")
BLOCK = re.compile(r"^```(\w+)[^\n]*\n(.*?)^```", re.MULTILINE | re.DOTALL)
RECORDS = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
RECORD_PARTS = ["Context", "Decision", "What we give up", "How we would notice that it was wrong"]


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def anchors(page: Path) -> set[str]:
    """What a link may point to inside a page."""
    heads = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def blocks(language: str) -> Iterator[tuple[Path, str]]:
    for page in PAGES:
        for found in BLOCK.finditer(page.read_text(encoding="utf-8")):
            if found[1] == language:
                yield page, found[2]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_links_lead_to_a_file_and_a_heading(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), f"{page.name} links to {target}"
        if anchor and path.suffix == ".md":
            assert anchor in anchors(path), f"{page.name} links to {target}#{anchor}"


def test_settings_and_presets_shown_are_valid(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown = list(blocks("yaml"))
    assert shown
    monkeypatch.setattr(preset, "FOLDER", tmp_path)
    for _, text in shown:
        if text.startswith("preset:"):
            (tmp_path / "acme-deals.yaml").write_text(text, encoding="utf-8")
            preset.read_preset("acme-deals")
            continue
        path = tmp_path / FILE_NAME
        path.write_text(text, encoding="utf-8")
        read_settings(path)


def test_decision_records_are_numbered_without_a_gap() -> None:
    numbers = [int(path.name[:4]) for path in RECORDS]
    assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("record", RECORDS, ids=name_of)
def test_a_decision_record_has_its_four_parts_and_fits_a_page(record: Path) -> None:
    text = record.read_text(encoding="utf-8")
    assert re.findall(r"^## (.+)$", text, re.MULTILINE) == RECORD_PARTS
    assert len(text.splitlines()) <= 60
