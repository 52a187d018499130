"""The report: one self-contained HTML file that holds every language, made of the document alone.

Each language is a page of its own with landmarks and ids. The one asked for stands, also without
scripts; the others wait packed, where they cost little room and no time until they are opened.
"""

from __future__ import annotations

import base64
import gzip
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
from salesaudit.core.vocabulary import NAMES_HIDDEN
from salesaudit.report import team_words as t
from salesaudit.report import words as w
from salesaudit.report.fonts import thai_font
from salesaudit.report.page import Page
from salesaudit.report.sections import (
    answers,
    channels,
    components,
    duration,
    findings,
    funnel,
    method,
    months,
    plan,
    plan_words,
    team,
    trust,
    verdict,
)
from salesaudit.run.result import AuditRun

LANGUAGE_NAMES = {Language.EN: ("EN", "English"), Language.TH: ("ไทย", "ภาษาไทย")}


class Section(NamedTuple):
    """A section and how the contents name it.

    ``build`` gives what its template shows, or None; its ``tally``, if it has one, stands beside
    the name.
    """

    name: str  # of its template, and its address
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
    Section("components", components.LABEL, components.build),
    Section("team", t.TEAM, team.build),
    Section("plan", plan_words.LABEL, plan.build),
    Section("trust", w.TRUST, trust.build),
    Section("method", w.METHOD, method.build),
)


def render(
    run: AuditRun, language: str = Language.EN, calendar: str | None = None, beside: str = ""
) -> str:
    """The report as one HTML file.

    Args:
        run: the document.
        language: opens first; the others are a click away.
        calendar: ``buddhist`` or ``gregorian`` in every language; without one, each its own.
        beside: name of the document's own file, where it lies beside the report.
    """
    pages = opened(run, language, calendar)
    opens = pages[0]
    bodies = [_body(page, pages, beside) for page in pages]
    title = opens.say(w.EYEBROW, company=run.company)
    return document(opens, title, bodies, assets=("report", "plan"))


def opened(run: AuditRun, language: str, calendar: str | None = None) -> list[Page]:
    """A page for each language, the one asked for first; the others repeat its queries."""
    first = Language(language)
    opens = Page(run, Locale(first, run.currency, calendar))
    others = (each for each in Language if each != first)
    return [
        opens,
        *(
            Page(run, Locale(each, run.currency, calendar), f"{each.value}-", first=opens)
            for each in others
        ),
    ]


def document(
    opens: Page, title: str, bodies: list[Markup], assets: tuple[str, ...] = ("report",)
) -> str:
    """A file that holds a body for each language, with its styles and scripts inside."""
    style = "".join(_asset(f"{name}.css") for name in assets).replace("{{font}}", thai_font())
    scripts = [_asset(f"{name}.js") for name in assets]
    return (
        environment()
        .get_template("report.html.j2")
        .render(
            language=opens.locale.language.value,
            title=title,
            style=Markup(style),  # noqa: S704 - our own file
            scripts=[Markup(script) for script in scripts],  # noqa: S704 - our own files
            style_hash=_digest(style),
            script_hashes=[_digest(script) for script in scripts],
            body=bodies[0],
            waiting=[_packed(body) for body in bodies[1:]],
        )
    )


def _packed(body: Markup) -> str:
    """A page as the script unpacks it: gzip in base64, the same bytes each time."""
    return base64.b64encode(gzip.compress(body.encode(), mtime=0)).decode("ascii")


def _body(page: Page, pages: list[Page], beside: str) -> Markup:
    made = {section: section.build(page) for section in SECTIONS}
    built = {section.name: found for section, found in made.items() if found is not None}
    contents = [
        (page.id(section.name), page.say(section.label), getattr(found, "tally", ""))
        for section, found in made.items()
        if found is not None
    ]
    text = (
        environment()
        .get_template("page.html.j2")
        .render(
            page=page,
            w=w,
            t=t,
            banners=_banners(page),
            contents=contents,
            switch=switch(pages),
            beside=beside,
            sections=list(built),
            texts=plan_words,
            **built,
        )
    )
    return Markup(text)  # noqa: S704 - rendered with autoescape


def switch(pages: list[Page]) -> list[tuple[Page, str, str]]:
    """The pages in the order of the languages, whichever opens first, with what they are called."""
    by_language = {page.locale.language: page for page in pages}
    return [(by_language[each], *LANGUAGE_NAMES[each]) for each in Language]


def _banners(page: Page) -> list[str]:
    """What a reader must know of this copy: filtered, without names, on data of low trust."""
    run, said = page.run, []
    parts = [
        f"{name}: {value if isinstance(value, str) else ', '.join(value)}"
        for name, value in run.scope.items()
    ]
    if parts:
        said.append(page.say(w.SCOPE, scope="; ".join(parts)))
    if run.method.get("names") == "hide":
        said.append(page.say(NAMES_HIDDEN))
    if run.trust.grade == "poor":
        said.append(page.say(w.LOW_TRUST))
    return said


@cache
def environment() -> Environment:
    """Where templates are found; whatever they are handed is escaped."""
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
