"""The languages that every text is written in, and which of them a terminal asks for."""

from __future__ import annotations

import os
from enum import StrEnum


class Language(StrEnum):
    """A language that every text is written in."""

    EN = "en"
    TH = "th"


def system_language() -> Language:
    """The language that the user's terminal asks for."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        asked = os.environ.get(name, "")
        if asked:
            return Language.TH if asked.lower().startswith("th") else Language.EN
    return Language.EN
