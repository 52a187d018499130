"""How far the data can be trusted: what was read, what was refused, what was checked."""

from __future__ import annotations

from typing import NamedTuple

from salesaudit.core.vocabulary import reason as reason_text
from salesaudit.report import words as w
from salesaudit.report.page import Page
from salesaudit.report.tables import Column, Table
from salesaudit.report.view import Mark
from salesaudit.run.result import ReasonPart, SourcePart, TrustCheckPart

COUNTS = ("read", "loaded", "refused", "rows", "merged", "blank")
ORDER = ("broken", "weak", "note", "fine")


class Check(NamedTuple):
    """One check of the data."""

    severity: Mark
    message: str
    counted: str
    use: str


class Trust(NamedTuple):
    """The section."""

    title: str
    account: Table
    notes: list[str]
    reasons: Table | None
    checks: list[Check]
    fine: list[Check]


def build(page: Page) -> Trust:
    """The account of every source, and every check, the worst first."""
    run = page.run
    checks = sorted(run.trust.checks, key=lambda check: ORDER.index(check.severity))
    shown = [_check(page, check) for check in checks if check.n]  # of none, nothing was checked
    reasons = [(source, reason) for source in run.sources for reason in source.reasons]
    return Trust(
        title=page.say(w.TRUST_TITLE, grade=page.say(w.GRADES[run.trust.grade])),
        account=_account(page, run.sources),
        notes=[page.words(note) for source in run.sources for note in source.notes],
        reasons=_reasons(page, reasons) if reasons else None,
        checks=[check for check in shown if check.severity.look != "fine"],
        fine=[check for check in shown if check.severity.look == "fine"],
    )


def _account(page: Page, sources: list[SourcePart]) -> Table:
    head = tuple(
        Column(page.say(w.ACCOUNT[name]), numeric=name in COUNTS)
        for name in ("name", "into", *COUNTS)
    )
    rows = tuple(
        (
            source.name,
            source.into,
            *(page.locale.count(getattr(source, count)) for count in COUNTS),
        )
        for source in sources
    )
    return Table(page.say(w.SOURCES), head, rows)


def _reasons(page: Page, reasons: list[tuple[SourcePart, ReasonPart]]) -> Table:
    head = tuple(
        Column(page.say(w.REASON[name]), numeric=name in {"records", "cells"})
        for name in ("reason", "where", "records", "cells", "example")
    )
    rows = []
    for source, reason in reasons:
        line = page.say(w.LINE, n=reason.line) if reason.line is not None else ""
        where = ", ".join(part for part in (source.name, reason.column, line) if part)
        counts = page.locale.count(reason.records), page.locale.count(reason.cells)
        rows.append((_reason(page, reason.reason), where, *counts, reason.example))
    return Table(page.say(w.REASONS), head, tuple(rows))


def _reason(page: Page, code: str) -> str:
    """Why something was refused; a code that a later version brought stands as it is."""
    text = reason_text(code)
    return page.say(text) if text else code


def _check(page: Page, check: TrustCheckPart) -> Check:
    counted = page.say(w.CHECKED, k=check.k, n=check.n)
    severity = Mark(check.severity, page.say(w.SEVERITIES[check.severity]))
    return Check(severity, page.words(check.message), counted, _use(page, check.use))


def _use(page: Page, use: str) -> str:
    if use.startswith(w.USE_OF_STEP):
        return page.label(use.removeprefix(w.USE_OF_STEP))
    return page.say(w.USES[use]) if use in w.USES else use
