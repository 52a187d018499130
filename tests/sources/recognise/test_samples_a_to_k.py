"""Exports whose names begin with a to k, against their samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from salesaudit.sources.recognise.preset import export_names
from sources.recognise.as_expected import check_sample
from sources.recognise.samples import sample_names


@pytest.mark.parametrize("name", [name for name in sample_names() if name < "l"])
def test_a_sample_of_each_export_is_recognised_and_loads(name: str, tmp_path: Path) -> None:
    check_sample(name, tmp_path)


# A database is no file: tests/sources/databases makes one of each.
def test_every_preset_of_a_file_has_a_sample() -> None:
    assert sample_names() == export_names()
