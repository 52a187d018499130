"""The parts that every section is made of, as the templates take them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from markupsafe import Markup, escape

from salesaudit.core.texts import Text
from salesaudit.report import words as w
from salesaudit.report.charts.svg import Caption
from salesaudit.report.page import Page
from salesaudit.report.tables import Table
from salesaudit.run.result import EvidencePart

MAIN_VALUES = 3  # said in the description of a drawing; its table holds all
CLEAR = 0.01  # the greatest share of false ones among findings like it; "likely" up to 0.05
DOTS = {"clear": "●●●", "likely": "●●○", "weak": "●○○", "counted": ""}


class Chart(NamedTuple):
    """A drawing in two widths with everything that must stand around it."""

    id: str
    title: str
    sub: str
    wide: Markup
    narrow: Markup
    table: Table
    source: str
    key: tuple[tuple[str, str], ...] = ()  # look and words


class Evidence(NamedTuple):
    """How a number was counted; a query is printed once and referred to afterwards."""

    measure: str
    counted: str
    query: str  # empty where it is printed elsewhere
    query_id: str
    copy_of: str = ""  # the same query on the page that opens first, which lends its text


class Title(NamedTuple):
    """A heading that is the finding; what calls for attention in it stands last."""

    says: str
    attention: str = ""


class Mark(NamedTuple):
    """A shape and a word: of a state, an owner, a severity."""

    look: str
    word: str


Draw = Callable[[Caption, bool], Markup]


def chart(
    page: Page, name: str, draw: Draw, table: Table, *, title: Text, sub: str, source: str
) -> Chart:
    """A drawing for desk and telephone; its title and main values are told to those who listen."""
    key, said = page.id("chart", name), page.say(title)
    rows = "; ".join(" ".join(row) for row in table.rows[:MAIN_VALUES])

    def drawn(width: str, narrow: bool) -> Markup:
        return draw(Caption(f"{key}-{width}", said, rows or said), narrow)

    return Chart(key, said, sub, drawn("w", False), drawn("n", True), table, source)


def evidence(page: Page, parts: Sequence[EvidencePart], place: str) -> list[Evidence]:
    """Evidence of an answer or a finding."""
    shown = []
    for index, part in enumerate(parts):
        counted = page.say(w.COUNTED_IN, counted=part.counted, rows=part.rows)
        at, copy_of, query = page.queries.get(part.query), "", ""
        if at is None:
            at = page.queries[part.query] = page.id("query", place, str(index + 1))
            copy_of = page.first.queries.get(part.query, "") if page.first else ""
            query = _as_written(part.query)
        shown.append(Evidence(part.measure, counted, query, at, copy_of))
    return shown


def _as_written(query: str) -> Markup:
    """A query as text of the page: its quotes stand as they are, or the file would grow by half."""
    return Markup(str(escape(query)).replace("&#34;", '"').replace("&#39;", "'"))  # noqa: S704


def owner(page: Page, name: str) -> Mark:
    """Whose a finding is, by form and word."""
    return Mark(name, page.say(w.term(f"owner.{name}")))


def strength(grade: str, q_value: float | None) -> str:
    """How far a finding can be trusted; one that was not tested was counted."""
    if grade == "C":
        return "weak"
    if q_value is None:
        return "counted"
    return "clear" if q_value <= CLEAR else "likely"
