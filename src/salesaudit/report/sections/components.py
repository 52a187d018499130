"""The parts of a company that an audit evaluates, each with its score and its findings."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from salesaudit.core.texts import Text
from salesaudit.core.vocabulary import COMPONENTS
from salesaudit.report import words as w
from salesaudit.report.charts.score_strip import BANDS, heads, score_strip
from salesaudit.report.page import Page
from salesaudit.run.result import ComponentPart

NAMES = ("weak", "fair", "good", "strong")  # of the bands
STEP = 5  # a score is shown to the nearest

LABEL = Text("components.label", en="Components", th="องค์ประกอบ")
WEAKEST = Text(
    "components.weakest",
    en="{weakest} is the weakest part, {strongest} the strongest",
    th="ส่วนที่อ่อนที่สุดคือ{weakest} ส่วนที่แข็งแรงที่สุดคือ{strongest}",
)
PLAIN = Text(
    "components.plain",
    en="What was found, part by part",
    th="สิ่งที่พบในแต่ละส่วน",
)
SUB = Text(
    "components.sub",
    en="The bar is the range that the data allows; a score is shown only where the range is "
    "narrow. There is no total.",
    th="แถบคือช่วงที่ข้อมูลรองรับ แสดงคะแนนเฉพาะเมื่อช่วงแคบพอ และไม่มีคะแนนรวม",
)
SUB_NONE = Text(
    "components.sub_none",
    en="No part is scored: a score rests on checks against a par, and this version has none yet.",
    th="ยังไม่ให้คะแนนส่วนใด เพราะคะแนนต้องมาจากการตรวจเทียบเกณฑ์ ซึ่งรุ่นนี้ยังไม่มี",
)
CHECKED = Text(
    "components.checked",
    en="{answered} of {checks} checks had data",
    th="ตรวจได้ {answered} จาก {checks} รายการ",
)
FOUND = Text("components.found", en="Findings: {n}", th="สิ่งที่พบ {n} เรื่อง")
ABOUT = Text("components.about", en="about {score}", th="ประมาณ {score}")
TEXTS = (LABEL, WEAKEST, PLAIN, SUB, SUB_NONE, CHECKED, FOUND, ABOUT)


class Row(NamedTuple):
    """A part of the company."""

    id: str
    name: str
    title: str
    checked: str
    strip: Markup
    word: str
    about: str
    found: str
    findings: list[tuple[str, str]]  # address, words


class Components(NamedTuple):
    """The section."""

    title: str
    sub: str
    tally: str
    heads: Markup
    rows: list[Row]


def build(page: Page) -> Components | None:
    """All parts in their order; those that no audit looks at yet say so."""
    parts = page.run.components
    if not parts:
        return None
    rows = [_row(page, text) for text in COMPONENTS]
    bands = [page.say(w.term(f"band.{name}")) for name in NAMES]
    scored = any(part.lower is not None for part in parts.values())
    return Components(
        title=_title(page),
        sub=page.say(SUB if scored else SUB_NONE),
        tally=page.locale.count(len(rows)),
        heads=heads((bands[0], bands[1], bands[2], bands[3])) if scored else Markup(),
        rows=rows,
    )


def _title(page: Page) -> str:
    scores = {
        name: part.score
        for name, part in page.run.components.items()
        if part.status == "scored" and part.score is not None
    }
    if len(scores) < 2:
        return page.say(PLAIN)
    weakest, strongest = min(scores, key=scores.__getitem__), max(scores, key=scores.__getitem__)
    return page.say(
        WEAKEST, weakest=w.term(f"component.{weakest}"), strongest=w.term(f"component.{strongest}")
    )


def _row(page: Page, text: Text) -> Row:
    name = text.id.removeprefix("component.")
    part = page.run.components.get(name)
    told = {finding.id: page.words(finding.message) for finding in page.run.findings}
    own = [each for each in part.findings if each in told] if part else []
    checked = ""
    if part and part.checks:
        checked = page.say(CHECKED, answered=part.checks_answered, checks=part.checks)
    tick = part.score if part and part.status == "scored" else None
    strip = Markup()
    if part and part.status in {"scored", "cannot_tell"} and part.lower is not None:
        strip = score_strip(part.lower, part.upper or part.lower, tick)
    return Row(
        id=page.id(name),
        name=name,
        title=page.say(text),
        checked=checked,
        strip=strip,
        word=_word(page, part),
        about=page.say(ABOUT, score=STEP * round(tick / STEP)) if tick is not None else "",
        found=page.say(FOUND, n=len(own)) if own else "",
        findings=[(page.id("finding", each), told[each]) for each in own],
    )


def _word(page: Page, part: ComponentPart | None) -> str:
    if part is None:
        return page.say(w.LATER_STATE)
    if part.status != "scored" or part.score is None:
        return page.say(w.term(f"band.{part.status}"))
    band = next(
        n
        for n, (_, high) in zip(NAMES, BANDS, strict=True)
        if part.score < high or high == BANDS[-1][1]
    )
    return page.say(w.term(f"band.{band}"))
