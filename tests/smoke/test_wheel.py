"""The built wheel works in an environment without a developer's packages."""

from __future__ import annotations

import json
import subprocess
import sys
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DEVELOPERS_ONLY = ("pytest", "hypothesis", "mypy", "ruff", "pyspark")

pytestmark = pytest.mark.smoke


def run(*command: str | Path, **more: object) -> subprocess.CompletedProcess[str]:
    words = [str(word) for word in command]
    return subprocess.run(words, capture_output=True, text=True, check=False, **more)  # type: ignore[call-overload,no-any-return]


@pytest.fixture(scope="module")
def scripts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of programs of an environment that holds the wheel and what it needs."""
    folder = tmp_path_factory.mktemp("smoke")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
    built = run(*pip, "wheel", "--no-deps", "--wheel-dir", folder, ROOT)
    _or_skip(built, "the wheel cannot be built")
    venv.create(folder / "venv", with_pip=True)
    bin_ = folder / "venv" / ("Scripts" if sys.platform == "win32" else "bin")
    pip[0] = str(bin_ / "python")
    locked = ["--no-compile", "--require-hashes", "-r", ROOT / "requirements" / "run.lock"]
    _or_skip(run(*pip, "install", *locked), "what the wheel needs cannot be installed")
    [wheel] = folder.glob("salesaudit-*.whl")
    installed = run(*pip, "install", "--no-deps", wheel)
    assert installed.returncode == 0, installed.stderr
    return bin_


@pytest.fixture(scope="module")
def demo(scripts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo")
    done = run(scripts / "salesaudit", "demo", "-o", folder / "demo", "--leads", "600")
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "demo"


def test_has_no_package_of_developers(scripts: Path) -> None:
    for package in DEVELOPERS_ONLY:
        done = run(scripts / "python", "-c", f"import {package}")
        assert "ModuleNotFoundError" in done.stderr, package


def test_shows_its_help_and_version(scripts: Path) -> None:
    shown = run(scripts / "salesaudit", "--help")
    assert shown.returncode == 0
    assert "audit" in shown.stdout
    assert run(scripts / "salesaudit", "--version").stdout.split()[-1] == "0.1.0"


def test_makes_and_audits_a_demo_company(demo: Path) -> None:
    [document] = demo.rglob("audit.json")
    answers = json.loads(document.read_text(encoding="utf-8"))["answers"]
    assert answers["Q1"]["status"] == "answered"
    assert list(demo.rglob("audit.html"))


def test_audits_a_folder_of_exports_to_the_same_bytes(scripts: Path, demo: Path) -> None:
    [settings] = demo.rglob("salesaudit.yaml")
    again = demo.parent / "again"
    done = run(scripts / "salesaudit", "audit", settings.parent, "-o", again)
    assert done.returncode == 0, done.stdout + done.stderr
    [first] = demo.rglob("audit.json")
    assert (again / "audit.json").read_bytes() == first.read_bytes()


def test_tells_a_mistake_in_a_sentence(scripts: Path, tmp_path: Path) -> None:
    done = run(scripts / "salesaudit", "audit", tmp_path / "nothing-here")
    assert done.returncode == 2
    assert "nothing-here" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr


def _or_skip(done: subprocess.CompletedProcess[str], what: str) -> None:
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        pytest.skip(f"{what}: {why}")
