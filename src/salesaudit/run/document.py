"""From values of the audit to parts of the document."""

from __future__ import annotations

from datetime import date

from salesaudit.audits.base import Answer, Meta, Need
from salesaudit.core.texts import Message, Param, Quantity, Text
from salesaudit.measures.base import Evidence
from salesaudit.run.result import (
    AnswerPart,
    DayPart,
    EstimatePart,
    EvidencePart,
    MessagePart,
    NeedPart,
    ParamPart,
    QuantityPart,
    Scalar,
    TextPart,
    TextWords,
    rounded,
)
from salesaudit.statistics.base import Estimate


class Words:
    """The texts that a document uses, gathered while its messages are written."""

    def __init__(self) -> None:
        self._texts: dict[str, Text] = {}

    def message(self, message: Message) -> MessagePart:
        """A message as it stands in the document."""
        self._texts[message.text.id] = message.text
        params = {name: self._param(value) for name, value in message.params.items()}
        return MessagePart(id=message.text.id, params=params)

    def _param(self, value: Param) -> ParamPart:
        if isinstance(value, Quantity):
            return QuantityPart(
                value=rounded(value.value) or 0.0,
                unit=value.unit.value,
                lower=rounded(value.lower),
                upper=rounded(value.upper),
            )
        if isinstance(value, Text):
            self._texts[value.id] = value
            return TextPart(text=value.id)
        if isinstance(value, date):
            return DayPart(day=value)
        return value

    def gathered(self) -> dict[str, TextWords]:
        """Every text used so far, by id."""
        return {key: TextWords(en=t.en, th=t.th) for key, t in sorted(self._texts.items())}


def estimate_part(estimate: Estimate) -> EstimatePart:
    """An estimate, rounded to the document's digits."""
    return EstimatePart(
        value=rounded(estimate.value),
        lower=rounded(estimate.lower),
        upper=rounded(estimate.upper),
        n=estimate.n,
        unit=estimate.unit.value,
        status=estimate.status.value,
        method=estimate.method,
        from_=estimate.from_on,
        horizon=estimate.horizon,
    )


def evidence_part(evidence: Evidence) -> EvidencePart:
    """How a number was counted."""
    return EvidencePart(**evidence._asdict())


def answer_part(
    answer: Answer, meta: Meta, evidence: tuple[Evidence, ...], words: Words
) -> AnswerPart:
    """An answer with the query of each measure that it rests on."""
    return AnswerPart(
        question=words.message(Message(meta.question)),
        unit=meta.id,
        status=answer.status.value,
        needs=[_need(need, words) for need in answer.needs],
        estimates={name: estimate_part(e) for name, e in answer.estimates.items()},
        tables={
            name: [{key: _cell(value) for key, value in row.items()} for row in rows]
            for name, rows in answer.tables.items()
        },
        message=words.message(answer.message),
        counts=words.message(Message(meta.counts)),
        evidence=[evidence_part(item) for item in evidence],
    )


def _need(need: Need, words: Words) -> NeedPart:
    return NeedPart(
        table=need.table,
        column=need.column,
        amount=need.amount,
        message=words.message(need.message),
    )


def _cell(value: Scalar) -> Scalar:
    return rounded(value) if isinstance(value, float) else value
