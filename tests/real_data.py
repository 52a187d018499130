"""Where the public data sets are that some tests read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "data"


def folder(name: str) -> Path:
    """The folder of one data set; skips the test where it is absent."""
    path = Path(os.environ.get("SALESAUDIT_DATA") or BESIDE) / name
    if not path.is_dir():
        pytest.skip(f"needs the data set {name} in {path.parent}: set SALESAUDIT_DATA")
    return path
