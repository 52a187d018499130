"""How it was computed: definitions, settings, versions, digests, and what it is not made for."""

from __future__ import annotations

from typing import NamedTuple

from salesaudit.report import words as w
from salesaudit.report.page import Page

FONT_NAME = "Noto Sans Thai"
FONT_LICENCE = "SIL Open Font License 1.1"


class Method(NamedTuple):
    """The section."""

    definitions: list[tuple[str, str]]
    settings: list[tuple[str, str]]
    digests: list[tuple[str, str]]
    font: str


def build(page: Page) -> Method:
    """The small print, in the order of the document."""
    run = page.run
    pairs = zip(w.DEFINITIONS, w.MEANINGS, strict=True)
    return Method(
        definitions=[(page.say(name), page.say(says)) for name, says in pairs],
        settings=[("salesaudit", run.version), *run.method.items()],
        digests=[(source.name, source.sha256) for source in run.sources],
        font=page.say(w.FONT, font=FONT_NAME, licence=FONT_LICENCE),
    )
