"""A run in the terminal: the verdict, a row per question, what to do first, what to check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text as Line

from salesaudit.cli.console import WIDE, folded, plain
from salesaudit.cli.recognised import in_brief
from salesaudit.core import vocabulary as v
from salesaudit.core.locale import NONE, Locale
from salesaudit.core.texts import Text, Unit
from salesaudit.report.page import Page, headline, shown
from salesaudit.report.sections import later, team
from salesaudit.run.result import AnswerPart, AuditRun, FindingPart, RangePart

GAP = "   "
NOTICES = 3
NARROWEST = 12  # cells of a label beside its figures
OWNER_MARKS = {"sales": "■", "marketing": "□", "both": "◧"}
FAINT, STRONG, ATTENTION = "dim", "bold", "dark_orange"

FILES = Text(
    "terminal.files",
    en="{files} files, {read} records, {refused} refused",
    th="{files} ไฟล์ {read} ระเบียน รับเข้าไม่ได้ {refused}",
)
ONE_FILE = Text(
    "terminal.one-file",
    en="1 file, {read} records, {refused} refused",
    th="1 ไฟล์ {read} ระเบียน รับเข้าไม่ได้ {refused}",
)
SECONDS = Text("terminal.seconds", en="{n} s", th="{n} วินาที")
AT_STAKE = Text("terminal.at-stake", en="At stake: {money} a year", th="มูลค่าส่วนต่าง: {money} ต่อปี")
QUESTION = Text("terminal.question", en="question", th="คำถาม")
ANSWER = Text("terminal.answer", en="answer", th="คำตอบ")
RANGE = Text("terminal.range", en="range", th="ช่วง")
COUNT = Text("terminal.count", en="n", th="จำนวน")
STATE = Text("terminal.state", en="state", th="สถานะ")
DO_FIRST = Text("terminal.do-first", en="Do first", th="ควรทำก่อน")
LATER = Text(
    "terminal.later",
    en="{n} more are not in this version: {names}",
    th="อีก {n} คำถามยังไม่มีในรุ่นนี้: {names}",
)
MORE = Text("terminal.more", en="{n} more in the report", th="อีก {n} เรื่องอยู่ในรายงาน")


class Row(NamedTuple):
    """A question; without a value its reason stands in place of range, n and state."""

    name: str
    label: str
    value: str
    range: str
    n: str
    state: str
    reason: str = ""


def print_run(
    run: AuditRun, locale: Locale, console: Console, seconds: float, written: Sequence[Path]
) -> None:
    """The run in words that also stand without colour: for a screen, a pipe or a log."""
    page = Page(run, locale)
    width = min(console.width, WIDE)
    console.print(_head(page, seconds, width))
    brief = in_brief(run.sources)
    if brief is not None:
        _print_block(console, page.say(brief.text, **brief.params), width, style=FAINT)
    console.print()
    _print_block(console, page.words(run.verdict.message), width, style=STRONG)
    if run.verdict.money.value is not None:
        stake = page.say(AT_STAKE, money=_money(page, run.verdict.money))
        _print_block(console, stake, width)
    console.print()
    rows = [_row(page, name, answer) for name, answer in run.answers.items()]
    if rows:
        for line in _table(page, rows, width):
            console.print(line, no_wrap=True, overflow="ignore", crop=False)
        names = [each.name for each in later.QUESTIONS if each.name not in run.answers]
        if names:
            said = page.say(LATER, n=len(names), names=", ".join(names))
            _print_block(console, said, width, start=" " * 6, style=FAINT)
        console.print()
    _print_todos(console, page, width)
    _print_notices(console, page, width)
    paths = GAP.join(plain(str(path)) for path in written)
    if paths:
        console.print(Line(paths, style=FAINT), soft_wrap=True)


def _head(page: Page, seconds: float, width: int) -> Line:
    run = page.run
    files, read, refused = page.account()
    account = {"read": read, "refused": refused}
    parts = [
        "salesaudit",
        plain(run.company),
        page.locale.span(*run.window),
        run.currency or "",
        page.say(ONE_FILE, **account) if files == 1 else page.say(FILES, files=files, **account),
        page.say(SECONDS, n=page.locale.number(seconds, digits=1)),
    ]
    lines: list[str] = []
    for part in filter(None, parts):
        if lines and cell_len(lines[-1]) + len(GAP) + cell_len(part) <= width:
            lines[-1] += f"{GAP}{part}"
        else:
            lines.append(part)
    head = Line("\n".join(lines), style=FAINT)
    head.stylize(STRONG, 0, len("salesaudit"))
    return head


def _row(page: Page, name: str, answer: AnswerPart) -> Row:
    found = headline(answer)
    state = page.say(v.term(f"state.{answer.status}")).lower()
    if found is None or found[1].value is None:
        label = page.say(v.term(f"{name}.short"))
        reason = page.needs(answer) or page.words(answer.message)
        return Row(name, plain(label), NONE, "", "", state, plain(reason))
    figure = team.figure(page, answer) or shown(page, found[1])
    value = f"{figure.lead} {figure.value}".strip()
    return Row(name, plain(page.label(found[0])), value, figure.range, figure.n, state)


def _table(page: Page, rows: Sequence[Row], width: int) -> Iterator[Line]:
    titles = (page.say(text) for text in (QUESTION, ANSWER, RANGE, COUNT, STATE))
    head = Row("", *titles)
    counted = [head, *(row for row in rows if not row.reason)]
    label = max(cell_len(row.label) for row in (head, *rows))
    sizes = [max(cell_len(row[at]) for row in counted) for at in (2, 3, 4, 5)]
    room = width - 6 - sum(sizes) - len(GAP) * len(sizes)
    # a label that is too long stands above its figures
    label = min(label, room) if room >= NARROWEST else 0
    if label:
        yield Line(_figures(head, label, sizes), style=FAINT)
    for row in rows:
        if row.reason:
            yield from _reason(row, label, sizes[0], width)
            continue
        shown_row = row
        if cell_len(row.label) > label:
            yield Line(f" {row.name:<5}{row.label}")
            shown_row = row._replace(name="", label="")
        line = Line(_figures(shown_row, label, sizes))
        start = line.plain.find(row.value, 6)
        line.stylize(STRONG, start, start + len(row.value))
        yield line


def _figures(row: Row, label: int, sizes: Sequence[int]) -> str:
    answer, span, count, _ = sizes
    return GAP.join(
        (
            f" {row.name:<5}{_padded(row.label, label)}",
            _padded(row.value, answer, right=True),
            _padded(row.range, span),
            _padded(row.n, count, right=True),
            row.state,
        )
    ).rstrip()


def _reason(row: Row, label: int, answer: int, width: int) -> Iterator[Line]:
    start = f" {row.name:<5}{_padded(row.label, label)}"
    if cell_len(row.label) > label:
        yield Line(start.rstrip())
        start = " " * (6 + label)
    start += GAP + _padded(NONE, answer, right=True) + GAP
    for line in folded(row.reason, width - cell_len(start)):
        yield Line(f"{start}{line}".rstrip(), style=FAINT)
        start = " " * cell_len(start)


def _print_todos(console: Console, page: Page, width: int) -> None:
    findings = {finding.id: finding for finding in page.run.findings}
    first = [findings[name] for name in page.run.verdict.first if name in findings]
    if not first:
        return
    console.print(Line(page.say(DO_FIRST), style=STRONG))
    owners = [_owner(page, finding) for finding in first]
    owner_width = max(cell_len(owner) for owner in owners)
    for index, (finding, owner) in enumerate(zip(first, owners, strict=True), start=1):
        start = f" {index}  {_padded(owner, owner_width)}{GAP}"
        said = page.words(finding.action)
        if finding.money is not None and finding.money.value is not None:
            said = f"{said}  {_money(page, finding.money)}"
        _print_block(console, said, width, start=start)
    console.print()


def _print_notices(console: Console, page: Page, width: int) -> None:
    notices = page.notices()
    if not notices:
        return
    said = notices[:NOTICES]
    if len(notices) > NOTICES:
        said.append(page.say(MORE, n=len(notices) - NOTICES))
    start = f"{page.say(v.CHECK_THIS)}: "
    for notice in said:
        _print_block(console, notice, width, start=start, attention=True)
        start = " " * cell_len(start)
    console.print()


def _owner(page: Page, finding: FindingPart) -> str:
    word = page.say(v.term(f"owner.{finding.owner}")).lower()
    return f"{OWNER_MARKS[finding.owner]} {word}"


def _money(page: Page, money: RangePart) -> str:
    value, ends = page.locale.figure(money.value, money.lower, money.upper, Unit.MONEY)
    return f"{value} ({ends})" if ends else value


def _print_block(
    console: Console,
    words: str,
    width: int,
    *,
    start: str = "",
    style: str = "",
    attention: bool = False,
) -> None:
    """A paragraph that hangs from its start."""
    indent = cell_len(start)
    for line in folded(plain(words), width - indent):
        drawn = Line(f"{start}{line}", style=style)
        if attention and start.strip():
            drawn.stylize(ATTENTION, 0, len(start))
        console.print(drawn, no_wrap=True, overflow="ignore", crop=False)
        start = " " * indent


def _padded(words: str, width: int, *, right: bool = False) -> str:
    room = " " * max(width - cell_len(words), 0)
    return room + words if right else words + room
