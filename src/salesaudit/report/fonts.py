"""The Thai letters that a report needs, embedded so that it looks the same everywhere."""

from __future__ import annotations

import base64
import io
from functools import cache
from pathlib import Path

THAI = range(0x0E00, 0x0E80)
WEIGHTS = (400, 700)  # one variable file from regular to bold
DOTTED_CIRCLE = 0x25CC  # stands under a mark without a letter


def thai_letters(text: str) -> frozenset[str]:
    """Letters and marks of the Thai block in ``text``."""
    return frozenset(letter for letter in text if ord(letter) in THAI)


@cache
def thai_font(letters: frozenset[str]) -> str:
    """Noto Sans Thai for these letters: WOFF2 in base64, the same bytes each time."""
    import fontpkg_noto_sans_thai as noto  # noqa: PLC0415 - only a report needs it
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    (source,) = Path(noto.ROOT, "files").glob("*.ttf")
    font = TTFont(source, recalcTimestamp=False)
    options = Options(layout_features=["*"], hinting=False, name_IDs=[1, 2, 4, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*map(ord, sorted(letters)), DOTTED_CIRCLE])
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wdth": 100, "wght": WEIGHTS})
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return base64.b64encode(written.getvalue()).decode("ascii")
