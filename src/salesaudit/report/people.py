"""A person's own sheet as one HTML file: for that person and the manager, in every language.

It looks as the report does, and holds no figure of a colleague.
"""

from __future__ import annotations

import hashlib
import re
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.core.language import Language
from salesaudit.core.texts import Quantity, Text, Unit
from salesaudit.core.vocabulary import RANGE95
from salesaudit.report import words as w
from salesaudit.report.charts.interval_dots import NARROW, Axis, Dot, Group, Layout, interval_dots
from salesaudit.report.charts.svg import Caption
from salesaudit.report.html import document, environment, opened, switch
from salesaudit.report.page import Page
from salesaudit.report.tables import Column, Table
from salesaudit.report.view import Chart, chart
from salesaudit.run.people import Sheet, StepSheet
from salesaudit.run.result import AuditRun
from salesaudit.statistics.base import Range

WIDE = Layout(width=912, left=230, right=560, row=34, value=632)
DIGEST = 8
OURS = re.compile(rf"[a-z0-9-]*-?[0-9a-f]{{{DIGEST}}}\.html")

TITLE = Text("sheet.title", en="Figures of {name}", th="ตัวเลขของ {name}")
FOR_WHOM = Text(
    "sheet.for-whom",
    en="For {name} and the manager. Not for pay, dismissal or ranking.",
    th="สำหรับ {name} และผู้จัดการเท่านั้น ห้ามใช้พิจารณาค่าตอบแทน เลิกจ้าง หรือจัดอันดับ",
)
COUNTS = Text(
    "sheet.counts",
    en="{won} deals won, {lost} lost and {open} still open, up to {day}.",
    th="ชนะ {won} ดีล แพ้ {lost} ดีล และยังเปิดอยู่ {open} ดีล นับถึง {day}",
)
STEPS = Text(
    "sheet.steps", en="Step by step, given the leads worked", th="แต่ละขั้นตอน เมื่อคำนึงถึงลีดที่ดูแล"
)
STEPS_SUB = Text(
    "sheet.steps-sub",
    en="Blue: the share that would move on with leads as the whole company has them, with its "
    "95\u202f% range. Grey: the middle of the team, and where four fifths of it lie.",
    th="สีน้ำเงิน: สัดส่วนที่น่าจะไปต่อหากได้ลีดแบบเดียวกับทั้งบริษัท พร้อมช่วงความเชื่อมั่น 95% "
    "สีเทา: ค่ากลางของทีม และช่วงของคนสี่ในห้าของทีม",
)
YOU, THE_TEAM = Text("sheet.own", en="own", th="ของตน"), Text("sheet.team", en="the team", th="ทีม")
HEAD_STEP = Text("sheet.head-step", en="Step", th="ขั้น")
HEAD_SHARE = Text("sheet.head-share", en="share (range)", th="สัดส่วน (ช่วง)")
HEAD_CASES = Text("sheet.head-cases", en="moved on / cases", th="ไปต่อ / จำนวน")
BETTER_TITLE = Text("sheet.better-title", en="What goes well", th="สิ่งที่ทำได้ดี")
BETTER = Text(
    "sheet.better",
    en="{step}: does this step better than the team. Colleagues may like to see how.",
    th="{step}: ทำขั้นตอนนี้ได้ดีกว่าทีม เพื่อนร่วมทีมน่าจะอยากเรียนรู้วิธีทำ",
)
GAIN_TITLE = Text("sheet.gain-title", en="Where there is most to gain", th="จุดที่ยังพัฒนาได้มากที่สุด")
GAIN = Text(
    "sheet.gain",
    en="{step}: of {n} cases {k} moved on; with leads alike, the team gets further here.",
    th="{step}: จาก {n} ราย ไปต่อ {k} ราย เมื่อเทียบลีดแบบเดียวกัน ทีมไปต่อได้มากกว่าในขั้นนี้",
)
LESSON = Text(
    "sheet.lesson",
    en="{teacher} could show how it is done. If half of the gap closed, about {gain} more a year "
    "would move on. That half is an assumption, not a promise.",
    th="{teacher} น่าจะเล่าวิธีทำให้ฟังได้ หากลดส่วนต่างลงครึ่งหนึ่ง จะมีผู้ไปต่อเพิ่มอีกราว {gain} รายต่อปี "
    "ครึ่งหนึ่งนี้เป็นสมมติฐาน ไม่ใช่คำสัญญา",
)
NOTHING = Text(
    "sheet.nothing",
    en="At no step can these figures be told apart from the team's. More cases may change that.",
    th="ยังไม่มีขั้นตอนใดที่แยกตัวเลขนี้จากค่าของทีมได้ เมื่อมีจำนวนมากขึ้นอาจเห็นต่างออกไป",
)
FEW = Text("sheet.few", en="too few cases for a rate", th="จำนวนน้อยเกินกว่าจะคิดเป็นอัตรา")
HOW = Text(
    "sheet.how",
    en="Each rate allows for what the leads were (channel, size of firm, product) "
    "and for the rep's time with the company. It is drawn towards the team's "
    "where cases are few. Leads still differ in ways that no column holds.",
    th="แต่ละอัตราคำนึงถึงลักษณะของลีด (ช่องทาง ขนาดบริษัท สินค้า) "
    "และอายุงานของพนักงานขาย และปรับเข้าใกล้ค่าของทีมเมื่อมีจำนวนรายน้อย "
    "ลีดยังต่างกันในแง่ที่ไม่มีในข้อมูล",
)


class Part(NamedTuple):
    """What a sheet says under a heading."""

    title: str
    says: list[str]


def file_name(rep_id: str) -> str:
    """A safe name for a person's file, whatever the id holds; two ids never share one."""
    digest = hashlib.sha256(rep_id.encode()).hexdigest()[:DIGEST]
    plain = re.sub(r"[^a-z0-9]+", "-", rep_id.lower())[:40].strip("-")
    return f"{plain}-{digest}.html" if plain else f"{digest}.html"


def is_sheet(name: str) -> bool:
    """Whether a file is called as sheets are."""
    return OURS.fullmatch(name) is not None


def render_person(run: AuditRun, sheet: Sheet, language: str = Language.EN) -> str:
    """A person's sheet.

    Args:
        run: the document, for the company's name, its days and its words.
        sheet: what the sheet shows.
        language: opens first; the others are a click away.
    """
    pages = opened(run, language)
    bodies = [_body(page, pages, sheet) for page in pages]
    return document(pages[0], pages[0].say(TITLE, name=sheet.person.name), bodies)


def _body(page: Page, pages: list[Page], sheet: Sheet) -> Markup:
    person = sheet.person
    counts = {key: page.locale.count(getattr(person, key)) for key in ("won", "lost", "open")}
    text = (
        environment()
        .get_template("person.html.j2")
        .render(
            page=page,
            w=w,
            title=page.say(TITLE, name=person.name),
            for_whom=page.say(FOR_WHOM, name=person.name),
            counts=page.say(COUNTS, **counts, day=page.run.as_of),
            chart=_chart(page, sheet.steps) if sheet.steps else None,
            parts_said=_parts(page, sheet.steps),
            how=page.say(HOW),
            switch=switch(pages),
        )
    )
    return Markup(text)  # noqa: S704 - rendered with autoescape


def _parts(page: Page, steps: tuple[StepSheet, ...]) -> list[Part]:
    better = [page.say(BETTER, step=_heading(page.say(step.name))) for step in steps if step.better]
    gain = []
    for step in steps:
        if not step.could_gain:
            continue
        k, n = page.locale.count(step.moved), page.locale.count(step.n)
        said = page.say(GAIN, step=_heading(page.say(step.name)), n=n, k=k)
        if step.lesson is not None:
            more = step.lesson.gain
            shown = Quantity(more.value, Unit.COUNT, more.lower, more.upper)
            said = f"{said} {page.say(LESSON, teacher=step.lesson.teacher, gain=shown)}"
        gain.append(said)
    found = [Part(page.say(BETTER_TITLE), better), Part(page.say(GAIN_TITLE), gain)]
    kept = [part for part in found if part.says]
    return kept or [Part("", [page.say(NOTHING)])]


def _chart(page: Page, steps: tuple[StepSheet, ...]) -> Chart:
    groups = tuple(Group(_heading(page.say(step.name)), tuple(_dots(page, step))) for step in steps)
    axis = Axis(page.locale.rate, page.say(HEAD_SHARE), page.say(HEAD_CASES))

    def draw(caption: Caption, narrow: bool) -> Markup:
        return interval_dots(groups, axis, caption, NARROW if narrow else WIDE)

    head = (
        Column(page.say(HEAD_STEP), numeric=False),
        *(Column(page.say(x)) for x in (HEAD_SHARE, HEAD_CASES)),
    )
    rows = tuple(
        (f"{group.title}, {dot.label}", f"{dot.shown} ({dot.range})" if dot.range else dot.shown,
         dot.cases)
        for group in groups
        for dot in group.dots
    )  # fmt: skip
    table = Table(page.say(STEPS), head, rows)
    sub, source = page.say(STEPS_SUB), page.say(RANGE95)
    return chart(page, "person", draw, table, title=STEPS, sub=sub, source=source)


def _heading(name: str) -> str:
    return name[:1].upper() + name[1:]


def _dots(page: Page, step: StepSheet) -> list[Dot]:
    cases = f"{page.locale.count(step.moved)}\u2009/\u2009{page.locale.count(step.n)}"
    if step.own is None:
        return [Dot(page.say(YOU), None, None, None, page.say(FEW), "", cases)]
    dots = [_dot(page, YOU, step.own, cases)]
    if step.team is not None:
        dots.append(_dot(page, THE_TEAM, step.team, "")._replace(tone="grey"))
    return dots


def _dot(page: Page, label: Text, found: Range, cases: str) -> Dot:
    shown = page.locale.figure(found.value, found.lower, found.upper, Unit.RATE)
    return Dot(page.say(label), *found, shown.value, shown.range, cases)
