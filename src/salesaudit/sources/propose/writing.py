"""Writing a proposal as ``salesaudit.yaml``: valid, with what is open said where it belongs."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Mapping

from salesaudit.core.locale import Locale
from salesaudit.core.texts import Text, message
from salesaudit.sources.propose.drafting import scalar
from salesaudit.sources.propose.matching import SURE
from salesaudit.sources.propose.proposal import Line, Proposal, Question, Source

ROLES = "lead, mql, pitched, sql, customer"
WIDTH = 98
LONG = 88  # characters of a map that still stands on one line

HEAD = Text(
    "propose.head",
    en="Settings proposed by salesaudit map. What is open is marked with  ?  and has the evidence "
    "beside it. When you have gone through it:  salesaudit check .",
    th="การตั้งค่าที่ salesaudit map เสนอ จุดที่ยังต้องตัดสินใจมีเครื่องหมาย  ?  พร้อมหลักฐาน "
    "เมื่อตรวจครบแล้วให้ใช้คำสั่ง  salesaudit check .",
)
COMPANY = Text("propose.company", en="as reports shall name it", th="ชื่อบริษัทตามที่จะแสดงในรายงาน")
NO_EVENTS = Text(
    "propose.no_events",
    en="Nothing that happens has a day here: write the last day that the files know of.",
    th="ไม่มีเหตุการณ์ใดที่ระบุวัน: เขียนวันสุดท้ายที่ข้อมูลครอบคลุม",
)
FUNNEL = Text(
    "propose.funnel",
    en="The stages in their order, and what each stands for: {roles}.",
    th="ขั้นของกรวยการขายตามลำดับ และบทบาทของแต่ละขั้น: {roles}",
)
LOST = Text(
    "propose.lost_stages",
    en="Stages that end a case without a win, and why.",
    th="ขั้นที่จบโดยไม่ได้ขาย พร้อมเหตุผล",
)
NOT_USED = Text("propose.not_used", en="Not used: {columns}", th="ไม่ได้ใช้: {columns}")
FILES_NOT_USED = Text("propose.files_not_used", en="Files that are not used:", th="ไฟล์ที่ไม่ได้ใช้:")
UNSURE = Text("propose.unsure", en="unsure", th="ไม่แน่ใจ")
COULD_BE = Text(
    "propose.could_be",
    en="unsure: also could be {others}",
    th="ไม่แน่ใจ: อาจเป็น {others}",
)
NO_SOURCE = Text(
    "propose.no_source",
    en="Nothing could be proposed: no file looks like leads, deals, spend or anything else that "
    "an audit reads.",
    th="ไม่มีข้อเสนอ: ไม่มีไฟล์ใดดูเหมือนข้อมูลลีด ดีล ค่าใช้จ่าย หรือข้อมูลอื่นที่ใช้ตรวจสอบได้",
)


def written(proposal: Proposal, locale: Locale) -> str:
    """The settings file of a proposal, its comments in a locale's language."""
    lines = [*_comment(locale.message(message(HEAD))), ""]
    lines += _top(proposal, locale)
    if proposal.funnel:
        lines += ["", *_comment(locale.message(message(FUNNEL, roles=ROLES)))]
        lines += _asked(_question(proposal, "roles"), locale)
        lines += ["funnel:", *(f"  - {_stage(*stage)}" for stage in proposal.funnel)]
    if proposal.lost_stages:
        lines += _comment(locale.message(message(LOST)))
        lines += [f"lost_stages: {_flow(dict(proposal.lost_stages))}"]
    lines += ["", "sources:" if proposal.sources else "sources: []"]
    if not proposal.sources:
        lines += _comment(locale.message(message(NO_SOURCE)))
    for place, source in enumerate(proposal.sources):
        lines += [*([""] if place else []), *_source(proposal, place, source, locale)]
    if proposal.unused:
        lines += ["", *_comment(locale.message(message(FILES_NOT_USED)))]
        for file, why, fix in proposal.unused:
            said = " ".join(locale.message(part) for part in (why, fix) if part)
            lines += _comment(said if said.startswith(file) else f"{file}: {said}")
    return "\n".join(lines) + "\n"


def _top(proposal: Proposal, locale: Locale) -> Iterator[str]:
    yield f"company: {scalar(proposal.company)}  # {locale.message(message(COMPANY))}"
    yield from _asked(_question(proposal, "currency"), locale)
    if proposal.currency:
        yield f"currency: {proposal.currency}"
    elif _question(proposal, "currency"):
        yield "# currency: USD"
    yield from _asked(_question(proposal, "timezone"), locale)
    yield f"timezone: {proposal.timezone or 'UTC'}"
    if not proposal.dated and proposal.sources:
        yield from _comment(f"? {locale.message(message(NO_EVENTS))}")
        yield f"as_of: {proposal.as_of}" if proposal.as_of else "# as_of: 2024-12-31"


def _question(proposal: Proposal, kind: str) -> Question | None:
    return next((q for q in proposal.questions if q.kind == kind), None)


def _asked(question: Question | None, locale: Locale, indent: str = "") -> list[str]:
    if question is None:
        return []
    return _comment(f"? {locale.message(question.said)}", indent)


def _stage(name: str, role: str | None) -> str:
    if role is None or role == name:
        return scalar(name)
    return f"{scalar(name)}: {role}"


def _source(proposal: Proposal, place: int, source: Source, locale: Locale) -> Iterator[str]:
    yield from _read(source, locale)
    if source.preset:
        yield f"    preset: {source.preset}"
        return
    asked = _asked_in(source, place, proposal)
    if source.header:
        yield f"    header: [{', '.join(map(scalar, source.header))}]"
    if source.name:
        yield f"    name: {scalar(source.name)}"
    yield f"    into: {source.into}"
    if source.where:
        yield f"    where: {json.dumps(source.where, ensure_ascii=False)}"
    if source.stages:
        yield "    stages:"
    for stage, spec in source.stages:
        yield from _asked(asked.get(stage), locale, "      ")
        yield f"      {scalar(stage)}: {_value(spec)}"
    yield "    columns:"
    for line in source.lines:
        yield from _line(line, asked.get(line.field), locale, aside=source.doubtful(line))
    if source.unused:
        said = message(NOT_USED, columns=", ".join(source.unused))
        yield from _comment(locale.message(said), "    ")


def _read(source: Source, locale: Locale) -> Iterator[str]:
    for note in source.notes:
        yield from _comment(locale.message(note), "  ")
    if source.read:
        yield f"  - read: {scalar(source.read)}"
        return
    yield "  - read:"
    yield "      select: |"
    yield from (f"        {line}" for line in source.select.splitlines())


def _asked_in(source: Source, place: int, proposal: Proposal) -> dict[str, Question]:
    """The questions by the field or stage above which they stand: the first that they decide."""
    about = ((question.about(place, source), question) for question in proposal.questions)
    return {fields[0]: question for fields, question in about if fields}


def _line(line: Line, question: Question | None, locale: Locale, *, aside: bool) -> Iterator[str]:
    for note in line.notes:
        yield from _comment(locale.message(note), "      ")
    yield from _asked(question, locale, "      ")
    doubt = ""
    if line.confidence < SURE and not question:
        said = message(COULD_BE, others=", ".join(line.others)) if line.others else message(UNSURE)
        doubt = f"  # {locale.message(said)}"
    for text in _entry(line, doubt):
        yield f"      # {text}" if aside else f"      {text}"


def _entry(line: Line, doubt: str) -> Iterator[str]:
    text = f"{line.field}: {_value(line.spec)}"
    if len(text) <= LONG or isinstance(line.spec, str):
        yield text + doubt
        return
    yield f"{line.field}:{doubt}"
    for key, value in line.spec.items():
        if isinstance(value, Mapping):
            yield f"  {key}:"
            yield from (f"    {scalar(str(k))}: {_value(v)}" for k, v in value.items())
        else:
            yield f"  {key}: {_value(value)}"


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return _flow(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(_in_flow(str(item)) for item in value)}]"
    if isinstance(value, bool):
        return str(value).lower()
    return scalar(str(value))


def _flow(given: Mapping[str, object]) -> str:
    pairs = (
        f"{_in_flow(str(key))}: {_in_flow(value) if isinstance(value, str) else _value(value)}"
        for key, value in given.items()
    )
    return "{" + ", ".join(pairs) + "}"


def _in_flow(text: str) -> str:
    return scalar(text)


def _comment(text: str, indent: str = "") -> list[str]:
    """A comment in lines that fit; Thai is cut at its blanks only."""
    width = WIDTH - len(indent) - 2
    return [f"{indent}# {part}" for part in _folded(text, width)]


def _folded(text: str, width: int) -> Iterable[str]:
    return textwrap.wrap(
        " ".join(text.split()), width, break_long_words=False, break_on_hyphens=False
    ) or [""]
