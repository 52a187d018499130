"""The embedded letters."""

from __future__ import annotations

import base64
import io
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from salesaudit.report import fonts


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    fonts.thai_font.cache_clear()
    return tmp_path


def test_holds_every_thai_letter_in_every_weight_and_is_small() -> None:
    data = fonts.cut_out()
    font = TTFont(io.BytesIO(data))
    assert set(fonts.LETTERS) <= set(font.getBestCmap())
    (axis,) = font["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 700)
    assert len(data) <= 28_000
    assert {"mark", "mkmk"} <= {
        each.FeatureTag for each in font["GPOS"].table.FeatureList.FeatureRecord
    }


def test_the_cut_letters_are_kept_and_give_the_same_bytes(cache: Path) -> None:
    first = fonts.thai_font()
    (kept,) = cache.rglob("*.woff2")
    assert base64.b64decode(first) == kept.read_bytes() == fonts.cut_out()
    fonts.thai_font.cache_clear()
    assert fonts.thai_font() == first


def test_a_cache_that_cannot_be_written_costs_only_time(cache: Path) -> None:
    (cache / "salesaudit").write_text("no folder")
    assert base64.b64decode(fonts.thai_font()) == fonts.cut_out()
