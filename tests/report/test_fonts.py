"""The embedded letters."""

from __future__ import annotations

import base64
import io

from fontTools.ttLib import TTFont

from salesaudit.report.fonts import thai_font, thai_letters


def test_only_thai_letters_are_asked_for() -> None:
    assert thai_letters("ลีด MQL 13 วัน") == frozenset("ลีดวัน")


def test_holds_the_letters_asked_for_in_every_weight_and_is_small() -> None:
    letters = frozenset(map(chr, [*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C)]))
    data = base64.b64decode(thai_font(letters))
    font = TTFont(io.BytesIO(data))
    assert {ord(letter) for letter in letters} <= set(font.getBestCmap())
    (axis,) = font["fvar"].axes
    assert (axis.axisTag, axis.minValue, axis.maxValue) == ("wght", 400, 700)
    assert len(data) <= 28_000
    assert {"mark", "mkmk"} <= {
        each.FeatureTag for each in font["GPOS"].table.FeatureList.FeatureRecord
    }


def test_same_letters_give_same_bytes() -> None:
    first = thai_font(frozenset("กิน"))
    thai_font.cache_clear()
    assert thai_font(frozenset("นิก")) == first
