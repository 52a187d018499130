"""The report: one self-contained HTML file that holds every language, made of the document alone.

Each language is a page of its own with landmarks and ids; the one asked for opens first. Which one
is seen follows the address, by the style sheet alone, so that the switch works without scripts.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from salesaudit.core.language import Language
from salesaudit.core.locale import Locale
from salesaudit.core.texts import Text
from salesaudit.report import words as w
from salesaudit.report.fonts import thai_font, thai_letters
from salesaudit.report.page import Page
from salesaudit.report.sections import (
    answers,
    channels,
    duration,
    findings,
    funnel,
    method,
    months,
    trust,
    verdict,
)
from salesaudit.run.result import AuditRun

LANGUAGE_NAMES = {Language.EN: ("EN", "English"), Language.TH: ("ไทย", "ภาษาไทย")}


class Section(NamedTuple):
    """A section and how the contents name it."""

    name: str
    label: Text
    build: Callable[[Page], Any]


SECTIONS = (
    Section("verdict", w.VERDICT, verdict.build),
    Section("answers", w.ANSWERS, answers.build),
    Section("funnel", w.FUNNEL, funnel.build),
    Section("channels", w.CHANNELS, channels.build),
    Section("months", w.MONTHS, months.build),
    Section("time", w.TIME, duration.build),
    Section("findings", w.FINDINGS, findings.build),
    Section("trust", w.TRUST, trust.build),
    Section("method", w.METHOD, method.build),
)


def render(run: AuditRun, language: str = Language.EN, calendar: str | None = None) -> str:
    """The report as one HTML file.

    Args:
        run: the document.
        language: opens first; the others are a click away.
        calendar: ``buddhist`` or ``gregorian`` in every language; without one, each its own.
    """
    first = Language(language)
    order = [first, *(other for other in Language if other != first)]
    pages = [
        Page(run, Locale(each, run.currency, calendar), "" if each == first else f"{each.value}-")
        for each in order
    ]
    bodies = Markup().join(_body(page, pages) for page in pages)
    style = _asset("report.css").replace("{{font}}", thai_font(thai_letters(bodies)))
    script = _asset("report.js")
    return (
        _environment()
        .get_template("report.html.j2")
        .render(
            language=first.value,
            title=pages[0].say(w.EYEBROW, company=run.company),
            style=Markup(style),  # noqa: S704 - our own file
            script=Markup(script),  # noqa: S704 - our own file
            style_hash=_digest(style),
            script_hash=_digest(script),
            bodies=bodies,
        )
    )


def _body(page: Page, pages: list[Page]) -> Markup:
    built = {section.name: section.build(page) for section in SECTIONS}
    contents = [
        (page.id(section.name), page.say(section.label))
        for section in SECTIONS
        if built[section.name] is not None
    ]
    switch = [(other, *LANGUAGE_NAMES[other.locale.language]) for other in pages]
    text = (
        _environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            w=w,
            scope=_scope(page),
            contents=contents,
            switch=switch,
            opens=page is pages[0],
            **built,
        )
    )
    return Markup(text)  # noqa: S704 - rendered with autoescape


def _scope(page: Page) -> str:
    """What the document is restricted to, if it is."""
    parts = [
        f"{name}: {value if isinstance(value, str) else ', '.join(value)}"
        for name, value in page.run.scope.items()
    ]
    return page.say(w.SCOPE, scope="; ".join(parts)) if parts else ""


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("salesaudit.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@cache
def _asset(name: str) -> str:
    return (files("salesaudit.report") / "templates" / name).read_text("utf-8")


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
