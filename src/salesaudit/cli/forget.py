"""``salesaudit forget``: take people out of a warehouse and its kept loads."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from salesaudit.cli import words
from salesaudit.cli.console import progress, voice
from salesaudit.core.errors import WarehouseError
from salesaudit.core.texts import message


def run(
    ids: Sequence[str],
    warehouse: Path,
    *,
    memory: str | None,
    language: str | None,
    quiet: bool,
) -> None:
    """Forget, build the tables anew, and say what is left.

    Raises:
        WarehouseError: the folder is no warehouse, or nobody in it is known by an id.
    """
    from salesaudit.api import forget, is_warehouse

    speaker = voice(language, quiet=quiet)
    if not is_warehouse(warehouse):
        raise WarehouseError(words.NO_WAREHOUSE, words.NAME_WAREHOUSE, path=str(warehouse))
    with progress(speaker) as telling:
        found = forget(ids, warehouse, memory=memory, progress=telling(words.READING))
    speaker.tell(
        message(words.FORGOTTEN, leads=found.leads, deals=found.deals, path=str(warehouse))
    )
