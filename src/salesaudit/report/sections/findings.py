"""What was found: first what the verdict names, then by money; weak signs apart."""

from __future__ import annotations

from typing import NamedTuple

from salesaudit.core.texts import Unit
from salesaudit.report import words as w
from salesaudit.report.page import Page
from salesaudit.report.sections.verdict import money_range
from salesaudit.report.view import DOTS, Evidence, Mark, evidence, owner, strength
from salesaudit.run.result import FindingPart, RangePart

OWNERS = ("sales", "marketing", "both")
OPEN = 5  # cards; the rest are folded to a line


class Card(NamedTuple):
    """A finding."""

    id: str
    title: str
    money: str
    money_range: str
    owner: Mark
    about: str
    strength: str
    dots: str
    size: str
    size_range: str
    n: str
    severity: Mark | None
    detail: str
    caveat: str
    action: str
    counts: str
    evidence: list[Evidence]


class Findings(NamedTuple):
    """The section."""

    title: str
    tally: str
    owners: list[Mark]  # whose findings there are, where there is a choice
    cards: list[Card]
    folded: list[Card]
    weak_title: str
    weak: list[Card]
    none: str


def build(page: Page) -> Findings:
    """Cards of all findings; silence is said too."""
    ordered = _ordered(page)
    strong = [_card(page, finding) for finding in ordered if finding.grade != "C"]
    weak = [_card(page, finding) for finding in ordered if finding.grade == "C"]
    total = len(ordered)
    owned = {finding.owner for finding in ordered}
    return Findings(
        title=_title(page, ordered),
        tally=page.locale.count(total) if total else "",
        owners=[owner(page, name) for name in OWNERS if name in owned] if len(owned) > 1 else [],
        cards=strong[:OPEN],
        folded=strong[OPEN:],
        weak_title=page.say(w.WEAK_SIGNS, n=len(weak)),
        weak=weak,
        none="" if total else page.say(w.NO_FINDING),
    )


def _title(page: Page, findings: list[FindingPart]) -> str:
    tested = sum(finding.q_value is not None for finding in findings)
    if not findings:
        return page.say(w.FINDINGS)
    if len(findings) == 1:
        return page.say(w.FINDING_ONE)
    if not tested:
        return page.say(w.FINDING_N, n=len(findings))
    return page.say(w.FINDING_TESTED, n=len(findings), tested=tested)


def _ordered(page: Page) -> list[FindingPart]:
    first = page.run.verdict.first

    def place(finding: FindingPart) -> tuple[int, float]:
        rank = first.index(finding.id) if finding.id in first else len(first)
        money = finding.money.value if finding.money and finding.money.value else 0.0
        return rank, -money

    return sorted(page.run.findings, key=place)


def _card(page: Page, finding: FindingPart) -> Card:
    value, ends = money_range(page, finding.money or RangePart())
    word = strength(finding.grade, finding.q_value)
    effect = finding.effect
    size = page.locale.figure(
        effect.value, effect.lower, effect.upper, Unit(effect.unit), finding.n
    )
    severity = None
    if finding.severity is not None:
        severity = Mark(finding.severity, page.say(w.SEVERITIES[finding.severity]))
    return Card(
        id=page.id("finding", finding.id),
        title=page.words(finding.message).rstrip("."),
        money=value,
        money_range=ends,
        owner=owner(page, finding.owner),
        about=" · ".join((*(finding.questions or _one(finding.question)), finding.component)),
        strength=page.say(w.term(f"strength.{word}")),
        dots=DOTS[word],
        size=size.value if size.range else "",  # without a range it is what the title says
        size_range=size.range,
        n=page.locale.count(finding.n),
        severity=severity,
        detail=page.words(finding.detail) if finding.detail else "",
        caveat=page.words(finding.caveat) if finding.caveat else "",
        action=page.words(finding.action),
        counts=page.words(finding.counts) if finding.counts else "",
        evidence=evidence(page, finding.evidence, f"finding-{finding.id}"),
    )


def _one(question: str | None) -> list[str]:
    return [question] if question else []
