"""``salesaudit ingest``: load exports into a warehouse."""

from __future__ import annotations

from pathlib import Path

from salesaudit.cli import words
from salesaudit.cli.audit import day_of
from salesaudit.cli.console import progress, voice
from salesaudit.core.texts import message


def run(
    path: Path,
    into: Path,
    *,
    as_of: str | None,
    memory: str | None,
    language: str | None,
    quiet: bool,
) -> None:
    """Load, and say what the account says."""
    from salesaudit.api import ingest

    speaker = voice(language, quiet=quiet)
    day = day_of(as_of)
    with progress(speaker) as telling:
        loaded = ingest(
            path,
            into,
            changes={"as_of": day} if day else {},
            memory=memory,
            progress=telling(words.READING),
        )
    files = [entry for entry in loaded.entries if not entry.parts]  # a select reads what they hold
    once = {entry.sha256: entry for entry in files}.values()
    speaker.tell(
        message(
            words.LOADED,
            records=sum(entry.read for entry in once),
            loaded=sum(entry.loaded for entry in once),
            refused=sum(entry.refused for entry in once),
            path=str(into),
        )
    )
    for note in loaded.notes:
        speaker.tell(note)
