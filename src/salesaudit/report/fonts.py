"""The Thai letters that a report needs, embedded so that it looks the same everywhere."""

from __future__ import annotations

import base64
import io
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path

import platformdirs

from salesaudit.core.version import VERSION

LETTERS = (*range(0x0E01, 0x0E3B), *range(0x0E3F, 0x0E5C))  # the Thai block, all of it
DOTTED_CIRCLE = 0x25CC  # stands under a mark without a letter
WEIGHTS = (400, 700)  # one variable file from regular to bold
PACKAGE = "fontpkg-noto-sans-thai"


@cache
def thai_font() -> str:
    """Noto Sans Thai: WOFF2 in base64, the same bytes each time.

    Cutting it out of the package's file takes half of the time that a report does, so the result
    is kept in the user's cache.
    """
    kept = (
        platformdirs.user_cache_path("salesaudit") / f"{PACKAGE}-{version(PACKAGE)}-{VERSION}.woff2"
    )
    with suppress(OSError):
        return base64.b64encode(kept.read_bytes()).decode("ascii")
    made = cut_out()
    with suppress(OSError):  # a cache that cannot be written costs time, nothing else
        kept.parent.mkdir(parents=True, exist_ok=True)
        part = kept.with_suffix(".part")
        part.write_bytes(made)
        part.replace(kept)
    return base64.b64encode(made).decode("ascii")


def cut_out() -> bytes:
    """The letters, from regular to bold, cut out of the whole font."""
    import fontpkg_noto_sans_thai as noto  # noqa: PLC0415 - only a first report needs it
    from fontTools.subset import Options, Subsetter  # noqa: PLC0415
    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    (source,) = Path(noto.ROOT, "files").glob("*.ttf")
    font = TTFont(source, recalcTimestamp=False)
    options = Options(layout_features=["*"], hinting=False, name_IDs=[1, 2, 4, 6, 13, 14])
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=[*LETTERS, DOTTED_CIRCLE])
    subsetter.subset(font)
    font = instantiateVariableFont(font, {"wdth": 100, "wght": WEIGHTS})
    font.flavor = "woff2"
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()
