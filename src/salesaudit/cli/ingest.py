"""``salesaudit ingest``: load exports into a warehouse."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from salesaudit.cli import words
from salesaudit.cli.audit import day_of
from salesaudit.cli.console import Voice, progress, voice
from salesaudit.core.texts import message

if TYPE_CHECKING:
    from salesaudit.sources.ingest import Loaded


def run(
    path: Path,
    into: Path,
    *,
    as_of: str | None,
    memory: str | None,
    rebuild: bool,
    language: str | None,
    quiet: bool,
) -> None:
    """Load what is new, and say what the account says."""
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
            rebuild=rebuild,
        )
    _tell_account(speaker, loaded, into)
    if loaded.built is not None:
        loads, files = loaded.kept
        speaker.tell(message(words.KEPT, loads=loads, files=files))
    notes = (*(note for entry in loaded.entries for note in entry.notes), *loaded.notes)
    for line in dict.fromkeys(speaker.write(note) for note in notes):
        speaker.tell(line)


def _tell_account(speaker: Voice, loaded: Loaded, into: Path) -> None:
    if loaded.built is None:
        speaker.tell(message(words.NOTHING_NEW, path=str(into)))
        return
    if not loaded.entries:
        speaker.tell(message(words.BUILT_ANEW, path=str(into)))
        return
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
