"""Histories: what an export that shows only today's state cannot tell, and which one can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from salesaudit.core.texts import Text, message
from salesaudit.run.document import Words
from salesaudit.run.result import AnswerPart, NeedPart, SourcePart

BETWEEN_STAGES = ("Q2", "Q3", "Q4")  # a lost case no longer shows the stage that it died in
WITHOUT = ("current-only", "last-change")
CASES = ("leads", "deals")

HISTORY_NEEDED = Text(
    "need.history",
    en="from {system}: {export}, as {seen} shows only where each case is now",
    th="จาก {system}: {export} เพราะ {seen} แสดงเพียงขั้นปัจจุบันของแต่ละรายการ",
)
A_HISTORY = Text(
    "need.history.any",
    en="the history of stages",
    th="ประวัติการเปลี่ยนขั้น",
)


def with_histories(
    answers: Mapping[str, AnswerPart], sources: Sequence[SourcePart], words: Words
) -> dict[str, AnswerPart]:
    """The answers; those that lack a history name the export that has it.

    Args:
        answers: by question.
        sources: the account of the load.
        words: the document's texts.
    """
    needs = list(_needs(sources, words))
    return {
        name: answer.model_copy(update={"needs": [*answer.needs, *needs]})
        if name in BETWEEN_STAGES and answer.status != "answered"
        else answer
        for name, answer in answers.items()
    }


def _needs(sources: Sequence[SourcePart], words: Words) -> Iterator[NeedPart]:
    has = {s.recognised.system for s in sources if s.recognised and s.recognised.history == "full"}
    told = set()
    for source in sources:
        found = source.recognised
        if found is None or found.history not in WITHOUT or found.system in has:
            continue
        export = found.history_from
        if not set(found.fills) & set(CASES) or (found.system, export) in told:
            continue
        told.add((found.system, export))
        said = message(
            HISTORY_NEEDED, system=found.system, export=export or A_HISTORY, seen=source.name
        )
        yield NeedPart(table="stage_events", message=words.message(said))
