"""The pages that are made of the code say what the code says."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from salesaudit.audits.catalog import units
from salesaudit.cli.main import app
from salesaudit.core.settings import Settings
from salesaudit.warehouse.schema import TABLES

DOCS = Path(__file__).resolve().parents[2] / "docs"


@pytest.fixture(scope="module")
def pages(build: ModuleType) -> dict[str, str]:
    return build.pages()


@pytest.fixture(scope="module")
def build() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_build", DOCS / "build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_are_current(build: ModuleType, pages: dict[str, str]) -> None:
    assert build.stale(pages) == [], "run make docs"


def test_a_changed_page_is_stale(build: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "tables.md").write_text("as it was\n", encoding="utf-8")
    assert build.stale({"tables.md": "as it is\n"}, tmp_path) == ["tables.md"]


def test_a_page_of_an_audit_that_is_gone_is_stale(build: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "audits").mkdir()
    (tmp_path / "audits" / "gone.md").write_text("", encoding="utf-8")
    assert build.stale({}, tmp_path) == [str(Path("audits", "gone.md"))]


def test_every_audit_has_a_page_with_its_question(pages: dict[str, str]) -> None:
    for unit in units():
        page = pages[f"audits/{unit.meta.id}.md"]
        assert unit.meta.question.en in page
        assert unit.meta.question.th in page


def test_every_command_has_a_heading_and_its_help(pages: dict[str, str]) -> None:
    page = pages["commands.md"]
    for command in app.registered_commands:
        name = command.name or command.callback.__name__
        assert f"\n## {name}\n" in page
        assert f"Usage: salesaudit {name} " in page


def test_every_table_column_and_setting_is_listed(pages: dict[str, str]) -> None:
    for table in TABLES.values():
        assert f"\n## {table.name}\n" in pages["tables.md"]
        assert all(f"| `{column.name}` |" in pages["tables.md"] for column in table.columns)
    for name in Settings.model_fields:
        assert f"| `{name}` |" in pages["settings.md"]
