"""Answers: what people say to the questions of a proposal."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import ValidationError

from salesaudit.core.errors import MappingError
from salesaudit.core.settings import Role, Settings
from salesaudit.core.texts import Text
from salesaudit.sources.propose.proposal import Line, Proposal, Question, Source, Spec
from salesaudit.warehouse.sql import literal, quoted

OUTCOMES = "won=…, …; lost=…"

NOT_AN_ANSWER = Text(
    "propose.not_an_answer", en="“{got}” is no answer here.", th="“{got}” ไม่ใช่คำตอบของข้อนี้"
)
ANSWER_CODE = Text(
    "propose.answer_code", en="Write a code such as EUR or THB.", th="เขียนรหัส เช่น THB หรือ USD"
)
ANSWER_ZONE = Text(
    "propose.answer_zone", en="Write a name such as Asia/Bangkok.", th="เขียนชื่อ เช่น Asia/Bangkok"
)
ANSWER_CHOICE = Text(
    "propose.answer_choice", en="Write one of: {choices}.", th="เขียนข้อใดข้อหนึ่ง: {choices}"
)
ANSWER_ROLES = Text(
    "propose.answer_roles",
    en="Write  role=stage, role=stage  with the roles {roles}, each once and in this order, and "
    "stages of the file: {stages}.",
    th="เขียน  บทบาท=ขั้น, บทบาท=ขั้น  ตามลำดับบทบาท {roles} และใช้ขั้นที่มีในไฟล์: {stages}",
)
ANSWER_OUTCOMES = Text(
    "propose.answer_outcomes",
    en="Write it as  {form}  with values of the file: {values}.",
    th="เขียนในรูป  {form}  โดยใช้ค่าที่มีในไฟล์: {values}",
)


def answered(proposal: Proposal, question: Question, answer: str) -> Proposal:
    """The proposal with a question answered; an empty answer takes the default.

    Raises:
        MappingError: the answer cannot be meant; it says what can.
    """
    said = answer.strip() or question.default
    if not said:
        return proposal
    done = _TAKEN[question.kind](proposal, question, said)
    return done._replace(questions=tuple(q for q in done.questions if q is not question))


def _currency(proposal: Proposal, question: Question, said: str) -> Proposal:
    del question
    if not _is_setting("currency", said.upper()):
        raise MappingError(NOT_AN_ANSWER, ANSWER_CODE, got=said)
    return proposal._replace(currency=said.upper())


def _timezone(proposal: Proposal, question: Question, said: str) -> Proposal:
    del question
    if not _is_setting("timezone", said):
        raise MappingError(NOT_AN_ANSWER, ANSWER_ZONE, got=said)
    return proposal._replace(timezone=said)


def _dates(proposal: Proposal, question: Question, said: str) -> Proposal:
    _check_choice(question, said)
    chosen = question.choices.index(said)
    swap = {forms[0]: forms[chosen] for forms in question.forms.values()}

    def dated(source: Source, spec: Spec) -> Spec:
        if isinstance(spec, str) or not question.dates(source, spec):
            return spec
        return {**spec, "format": swap[str(spec["format"])]}

    sources = []
    for source in proposal.sources:
        lines = tuple(x._replace(spec=dated(source, x.spec)) for x in source.lines)
        stages = tuple((stage, dated(source, spec)) for stage, spec in source.stages)
        select = _with_forms(source, question, swap)
        sources.append(source._replace(lines=lines, stages=stages, select=select))
    return proposal._replace(sources=tuple(sources))


def _with_forms(source: Source, question: Question, swap: Mapping[str, str]) -> str:
    """The select of a source with the times of the file read as the answer says."""
    select = source.select
    for column, forms in question.forms.items() if question.file in source.over else ():
        before = quoted(column) if len(source.over) > 1 else ""
        old, new = (f"{before}, {literal(form)})" for form in (forms[0], swap[forms[0]]))
        select = select.replace(old, new)
    return select


def _decimal(proposal: Proposal, question: Question, said: str) -> Proposal:
    return _chosen(proposal, question, "decimal", said)


def _chosen(proposal: Proposal, question: Question, key: str, said: str) -> Proposal:
    _check_choice(question, said)
    line = _line_of(proposal, question)
    spec = {"column": line.spec} if isinstance(line.spec, str) else line.spec
    return _with_line(proposal, question, line._replace(spec={**spec, key: said}))


def _check_choice(question: Question, said: str) -> None:
    if said not in question.choices:
        raise MappingError(
            NOT_AN_ANSWER, ANSWER_CHOICE, got=said, choices=", ".join(question.choices)
        )


def _outcomes(proposal: Proposal, question: Question, said: str) -> Proposal:
    line = _line_of(proposal, question)
    words = line.spec["map"] if isinstance(line.spec, dict) else None
    known = [str(word) for word in words] if isinstance(words, dict) else []
    named: dict[str, str] = {}
    for part in said.split(";"):
        end, _, values = part.partition("=")
        named |= {v.strip(): end.strip() for v in values.split(",") if v.strip()}
    if not named or not set(named) <= set(known) or not set(named.values()) <= {"won", "lost"}:
        raise MappingError(
            NOT_AN_ANSWER,
            ANSWER_OUTCOMES,
            got=said,
            form=OUTCOMES,
            values=", ".join(word for word in known if word),
        )
    mapped = {word: named.get(word, "open") for word in known}
    spec = {**line.spec, "map": mapped} if isinstance(line.spec, dict) else line.spec
    return _with_line(proposal, question, line._replace(spec=spec, confidence=1.0))


def _roles(proposal: Proposal, question: Question, said: str) -> Proposal:
    pairs = [part.split("=", 1) for part in re.split(r"[,;]", said) if "=" in part]
    roles = {role.strip(): stage.strip() for role, stage in pairs}
    known = [*question.choices, *(name for name, _ in proposal.funnel)]
    order = [role.value for role in Role]
    right = (
        bool(roles)
        and set(roles) <= set(order)
        and set(roles.values()) <= set(known)
        and list(roles) == sorted(roles, key=order.index)
        and len(set(roles.values())) == len(roles)
    )
    names = [name for name, _ in proposal.funnel]
    place = 0
    for stage in roles.values() if right else ():
        if stage in names:
            right = names.index(stage) >= place
            place = names.index(stage)
        else:
            names.insert(place + 1, stage)
            place += 1
    if not right:
        raise MappingError(
            NOT_AN_ANSWER, ANSWER_ROLES, got=said, roles=", ".join(order),
            stages=", ".join(dict.fromkeys(known)),
        )  # fmt: skip
    by_stage = {stage: role for role, stage in roles.items()}
    lost = {stage: why for stage, why in proposal.lost_stages.items() if stage not in names}
    funnel = tuple((name, by_stage.get(name)) for name in names)
    return proposal._replace(funnel=funnel, lost_stages=lost)


_TAKEN = {
    "currency": _currency,
    "timezone": _timezone,
    "dates": _dates,
    "decimal": _decimal,
    "outcomes": _outcomes,
    "roles": _roles,
}


def _is_setting(name: str, value: str) -> bool:
    try:
        Settings.model_validate({name: value})
    except ValidationError:
        return False
    return True


def _line_of(proposal: Proposal, question: Question) -> Line:
    place, field = question.place
    return next(line for line in proposal.sources[place].lines if line.field == field)


def _with_line(proposal: Proposal, question: Question, line: Line) -> Proposal:
    place = question.place[0]
    source = proposal.sources[place]
    lines = tuple(line if other.field == line.field else other for other in source.lines)
    sources = list(proposal.sources)
    sources[place] = source._replace(lines=lines)
    return proposal._replace(sources=tuple(sources))
