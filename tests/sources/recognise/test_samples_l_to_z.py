"""Exports whose names begin with l to z, against their samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from sources.recognise.as_expected import check_sample
from sources.recognise.samples import sample_names


@pytest.mark.parametrize("name", [name for name in sample_names() if name >= "l"])
def test_a_sample_of_each_export_is_recognised_and_loads(name: str, tmp_path: Path) -> None:
    check_sample(name, tmp_path)
