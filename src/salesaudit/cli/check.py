"""``salesaudit check``: the data only."""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path
from typing import Any, Literal

from rich import box
from rich.table import Table
from rich.text import Text as Words

from salesaudit.cli import recognised as of_exports
from salesaudit.cli import words
from salesaudit.cli.audit import day_of
from salesaudit.cli.console import WIDE, Voice, folded, plain, progress, voice
from salesaudit.core.texts import Message, Text, message
from salesaudit.core.vocabulary import reason as reason_text
from salesaudit.report.page import Page
from salesaudit.sources.recognise.recognition import Recognised

VALUE = 60  # characters of a refused value
SHOWN = 12  # refused records and cells
ALL = 1000  # of them, where more is asked for


def run(
    path: Path,
    *,
    as_of: str | None,
    memory: str | None,
    language: str | None,
    verbose: bool,
    quiet: bool,
) -> None:
    """Load into a warehouse that is thrown away, and say what was read, refused and missing."""
    from salesaudit.api import audit_warehouse, ingest, is_warehouse, open_warehouse

    speaker = voice(language, quiet=quiet)
    day = day_of(as_of)
    changes: dict[str, object] = {"as_of": day} if day else {}
    with tempfile.TemporaryDirectory(prefix="salesaudit-") as folder:
        notes: tuple[Message, ...] = ()
        recognised: tuple[Recognised, ...] = ()
        timezone = ""
        with progress(speaker) as telling:
            told = telling(words.READING)
            if not is_warehouse(path):
                loaded = ingest(
                    path, folder, changes=changes, memory=memory, progress=told, once=True
                )
                notes = (*(n for e in loaded.entries for n in e.notes), *loaded.notes)
                recognised, timezone = loaded.recognised, loaded.settings.timezone
            place = path if is_warehouse(path) else Path(folder)
            with open_warehouse(place, memory=memory) as warehouse:
                result = audit_warehouse(warehouse, changes=changes, progress=told)
                refused = warehouse.refused(ALL)
        _print_recognised(speaker, recognised)
        _print_sources(speaker, result.sources)
        _print_refused(speaker, refused, ALL if verbose else SHOWN)
        locale = speaker.locale(result.currency)
        stages = ", ".join(
            f"{s.stage} {locale.count(s.reached)}"
            if s.reached is not None
            else f"{s.stage} ({_word(speaker, words.NOT_RECORDED)})"
            for s in result.steps
        )
        speaker.tell("")
        known = speaker.write(message(words.KNOWN_UNTIL, day=result.as_of, stages=stages))
        _print_folded(speaker, known, min(speaker.console().width, WIDE))
        page = Page(result, locale)
        told_notes = list(dict.fromkeys(speaker.write(note) for note in notes))
        _print_list(speaker, words.TO_KNOW, [*page.notices(), *told_notes])
        about = of_exports.sentences(recognised, timezone, speaker, all_columns=verbose)
        _print_list(speaker, words.OF_THE_EXPORTS, about if recognised else [])


def _print_recognised(speaker: Voice, found: Sequence[Recognised]) -> None:
    if not found:
        return
    table = _table(speaker, (words.COLUMNS[0], *words.RECOGNISED), numbers=(2,))
    for row in of_exports.rows(found, speaker):
        table.add_row(*map(_cell, row))
    speaker.console().print(table)
    speaker.tell("")


def _print_sources(speaker: Voice, sources: Iterable[Any]) -> None:
    table = _table(speaker, words.COLUMNS, numbers=range(2, len(words.COLUMNS)))
    locale = speaker.locale()
    for s in sources:
        counts = (s.read, s.loaded, s.refused, s.rows, s.merged, s.blank)
        table.add_row(_cell(s.name), _cell(s.into), *(locale.count(n) for n in counts))
    speaker.console().print(table)


def _print_refused(speaker: Voice, refused: Sequence[tuple[Any, ...]], shown: int) -> None:
    if not refused:
        return
    speaker.tell("")
    speaker.tell(_word(speaker, words.REFUSED_ROWS))
    table = _table(speaker, (words.COLUMNS[0], *words.WHY_REFUSED), numbers=(1,))
    for source, _record, line, column, value, reason, detail, *_rest in refused[:shown]:
        known = reason_text(reason)
        why = _word(speaker, known) if known else reason
        why = f"{why}: {detail}" if detail else why
        cells = (source, str(line or "–"), column or "–", (value or "")[:VALUE], why)
        table.add_row(*map(_cell, cells))
    speaker.console().print(table)
    if len(refused) > shown:
        speaker.tell(message(words.MORE_REFUSED, n=len(refused) - shown))


def _table(speaker: Voice, heads: Sequence[Text], *, numbers: Collection[int]) -> Table:
    """A table that folds what is too long for the screen and cuts nothing."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1, 0, 0), show_edge=False)
    for place, head in enumerate(heads):
        justify: Literal["left", "right"] = "right" if place in numbers else "left"
        fixed = place in numbers
        table.add_column(_word(speaker, head), justify=justify, overflow="fold", no_wrap=fixed)
    return table


def _cell(text: str) -> Words:
    return Words(plain(text))


def _print_list(speaker: Voice, title: Text, lines: Sequence[str]) -> None:
    if not lines:
        return
    speaker.tell("")
    speaker.tell(_word(speaker, title))
    width = min(speaker.console().width, WIDE)
    for line in lines:
        _print_folded(speaker, line, width, start="- ")


def _print_folded(speaker: Voice, line: str, width: int, *, start: str = "") -> None:
    for part in folded(plain(line), width - len(start)):
        speaker.tell(f"{start}{part}")
        start = " " * len(start)


def _word(speaker: Voice, text: Text) -> str:
    return speaker.write(Message(text))
