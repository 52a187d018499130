"""``salesaudit explain``: what an audit asks, needs and counts, and how."""

from __future__ import annotations

import difflib

from salesaudit.cli import words
from salesaudit.cli.console import Voice, voice
from salesaudit.core.errors import SalesAuditError
from salesaudit.core.texts import Message, Text


def run(audit_id: str | None, *, language: str | None) -> None:
    """List the audits, or explain one by its id or its question."""
    from salesaudit.audits.catalog import Unit, units

    speaker = voice(language)
    if audit_id is None:
        for unit in units():
            question = speaker.write(Message(unit.meta.question))
            speaker.tell(f"{unit.meta.answers or '–':4}{unit.meta.id:24}{question}")
        return
    known: dict[str, Unit] = {}
    for unit in units():
        known[unit.meta.id] = unit
        if unit.meta.answers:
            known[unit.meta.answers.lower()] = unit
    found = known.get(audit_id.lower())
    if found is None:
        nearest = difflib.get_close_matches(audit_id.lower(), known, n=1, cutoff=0.0)[0]
        raise SalesAuditError(words.NO_AUDIT, words.KNOWN_AUDITS, got=audit_id, nearest=nearest)
    _explain(found.meta, speaker)


def _explain(meta: object, speaker: Voice) -> None:
    from salesaudit.audits.base import Meta
    from salesaudit.facts.base import measures_of

    assert isinstance(meta, Meta)  # noqa: S101  the catalog holds nothing else
    speaker.tell(f"{meta.id} · {meta.component} · {meta.owner} · {meta.stage}")
    speaker.tell("")
    speaker.tell(Message(meta.question))
    for title, text in ((words.WHY, meta.why), (words.COUNTS, meta.counts)):
        speaker.tell("")
        speaker.tell(f"{_word(speaker, title)}: {_word(speaker, text)}")
    speaker.tell("")
    counted = ", ".join(measure.name for measure in measures_of(meta.inputs))
    speaker.tell(f"{_word(speaker, words.MEASURES)}: {counted}")
    speaker.tell(f"{_word(speaker, words.METHOD)}: {meta.source}")


def _word(speaker: Voice, text: Text) -> str:
    return speaker.write(Message(text))
