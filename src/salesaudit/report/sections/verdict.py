"""What a director can repeat in a meeting, the proof in three units, and what to do first."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from salesaudit.core.texts import Quantity, Unit
from salesaudit.report import words as w
from salesaudit.report.charts.range_bar import range_bar
from salesaudit.report.charts.svg import Drawing
from salesaudit.report.page import Page, shown
from salesaudit.report.sections.answers import reach
from salesaudit.report.view import Mark, Title, owner
from salesaudit.run.result import EstimatePart, FindingPart, RangePart

TILES = 3
NOTICES = 3  # the rest stand among the findings
TILE_FIGURES = (  # where there is no money to show
    ("Q5", "lead_to_customer"),
    ("Q6", "median_days_to_customer"),
    ("Q1", "leads_per_month"),
)
SAYS_IT_ALREADY = "verdict.plain"  # the verdict that tells how many customers there are so far
BOXES = {"good": 3, "fair": 2, "poor": 1}


class Tile(NamedTuple):
    """One unit of the proof."""

    title: str
    lead: str
    value: str
    beside: str
    drawing: Markup
    below: str


class Todo(NamedTuple):
    """One of the first things to do."""

    action: str
    message: str
    owner: Mark
    money: str
    range: str
    href: str


class Verdict(NamedTuple):
    """The head of the report."""

    title: Title
    lede: str
    tiles: list[Tile]
    notices: list[str]
    more: str
    many: bool
    do_first: str
    todos: list[Todo]


def build(page: Page) -> Verdict:
    """The verdict, as the document words it."""
    run, notices = page.run, page.notices()
    findings = {finding.id: finding for finding in run.findings}
    first = [findings[name] for name in run.verdict.first if name in findings]
    return Verdict(
        title=_title(page),
        lede=_lede(page),
        tiles=_tiles(page),
        notices=notices[:NOTICES],
        more=page.say(w.MORE_NOTICES, n=len(notices) - NOTICES),
        many=len(notices) > NOTICES,
        do_first=page.say(w.DO_FIRST if len(first) > 1 else w.DO_FIRST_ONE),
        todos=[_todo(page, finding) for finding in first],
    )


def _title(page: Page) -> Title:
    verdict = page.run.verdict
    said = page.words(verdict.message)
    calls = page.words(verdict.attention) if verdict.attention else ""
    if not calls or not said.endswith(calls):
        return Title(said)
    return Title(said.removesuffix(calls).rstrip(), calls)


def money_range(page: Page, money: RangePart) -> tuple[str, str]:
    """Money and its range; empty where there is none."""
    if money.value is None:
        return "", ""
    return page.locale.figure(money.value, money.lower, money.upper, Unit.MONEY)


def _lede(page: Page) -> str:
    counted = [step for step in page.run.steps if step.reached is not None]
    if len(counted) < 2 or page.run.verdict.message.id == SAYS_IT_ALREADY:
        return ""
    first, last = counted[0], counted[-1]
    won, everyone = last.reached or 0, first.reached or 0
    if last.role == "customer":
        said = page.say(w.CUSTOMERS_SO_FAR, won=won, all=everyone)
    else:
        said = page.say(w.SO_FAR, won=won, all=everyone, stage=page.stage(last))
    if last.to_come and last.to_come >= 0.5:
        more = Quantity(last.to_come, Unit.COUNT)
        said = f"{said} {page.say(w.MORE_TO_COME, more=more)}"
    days = page.run.answers.get("Q6")
    if days is not None and "median_days_to_customer" in days.estimates:
        said = f"{said} {page.words(days.message)}"
    return said


def _tiles(page: Page) -> list[Tile]:
    money = page.run.verdict.money
    tiles = [_money_tile(page, money)] if money.value is not None else []
    for question, name in TILE_FIGURES:
        answer = page.run.answers.get(question)
        found = answer.estimates.get(name) if answer else None
        if found and found.value is not None and len(tiles) < TILES - 1:
            tiles.append(_estimate_tile(page, name, found))
    return [*tiles, _trust_tile(page)]


def _money_tile(page: Page, money: RangePart) -> Tile:
    value, ends = money_range(page, money)
    high = max(abs(end) for end in (money.value, money.lower, money.upper) if end is not None)
    bar = range_bar(money.value or 0, money.lower, money.upper, high * 1.2 or 1, tone="a")
    return Tile(page.say(w.STAKE), "", value, "", bar, ends)


def _estimate_tile(page: Page, name: str, estimate: EstimatePart) -> Tile:
    figure = shown(page, estimate)
    bar = range_bar(estimate.value or 0, estimate.lower, estimate.upper, reach(estimate))
    below = " · ".join(
        part for part in (figure.range, f"n\u00a0{figure.n}" if figure.n else "") if part
    )
    return Tile(page.label(name), figure.lead, figure.value, "", bar, below)


def _trust_tile(page: Page) -> Tile:
    run = page.run
    account = page.account()
    faults = [check for check in run.trust.checks if check.severity != "fine"]
    worst = next((c for c in faults if c.severity == "broken"), faults[0] if faults else None)
    records = page.say(w.RECORDS, read=account.read, refused=account.refused)
    drawing = Drawing(190, 16)
    for index in range(3):
        look = "d ds" if index < BOXES[run.trust.grade] else "p ds"
        drawing.rect(1 + index * 64, 2, 58, 11, look)
    return Tile(
        page.say(w.TRUST),
        "",
        page.say(w.GRADES[run.trust.grade]),
        "",
        drawing.markup(),
        f"{page.words(worst.message) if worst else page.say(w.ALL_FINE)} {records}",
    )


def _todo(page: Page, finding: FindingPart) -> Todo:
    value, ends = money_range(page, finding.money or RangePart())
    if not value and finding.severity is not None and len(finding.questions) > 1:
        value = page.say(w.ANSWERS_N, n=len(finding.questions))
        ends = page.say(w.REST_ON_IT)
    return Todo(
        action=page.words(finding.action),
        message=page.words(finding.message).rstrip("."),
        owner=owner(page, finding.owner),
        money=value,
        range=ends,
        href=page.id("finding", finding.id),
    )
