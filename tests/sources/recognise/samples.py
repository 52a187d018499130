"""Samples of exports, one beside each preset: a few rows as a company would bring them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

FOLDER = Path(__file__).parents[1] / "presets"

Files = dict[str, str | bytes]


def sample_names() -> list[str]:
    """The presets that have a sample."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def sample(name: str) -> dict[str, Any]:
    """A sample, as written."""
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    return YAML(typ="safe", pure=True).load(text)


def files_of(given: dict[str, Any]) -> Files:
    """The folder that a sample stands for."""
    return folder_of({given["file"]: given["text"], **given.get("beside", {})}, given)


def folder_of(files: Files, *given: dict[str, Any]) -> Files:
    """These files, with the settings of the samples that they are from."""
    settings = {k: v for one in given for k, v in (one.get("settings") or {}).items()}
    if not settings:
        return files
    return {**files, "salesaudit.yaml": "".join(f"{k}: {v}\n" for k, v in settings.items())}
