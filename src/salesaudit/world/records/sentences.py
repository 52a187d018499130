"""What a language's sentences of win/loss talks are kept by."""

from __future__ import annotations

from typing import NamedTuple

WON, LOST = "won", "lost"
Voice = tuple[str, str, str]  # speaker, how the deal ended, code of the reason


class Sentences(NamedTuple):
    """Sentences to choose from."""

    openings: dict[str, tuple[str, ...]]  # by speaker; they give no reason
    reasons: dict[Voice, tuple[str, ...]]
    closings: dict[tuple[str, str], tuple[str, ...]]  # by speaker and how the deal ended
