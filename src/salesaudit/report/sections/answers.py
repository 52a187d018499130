"""One row per question, in the order of the document; a row opens to how it was counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from salesaudit.core.texts import Unit
from salesaudit.report import words as w
from salesaudit.report.charts import columns, curve
from salesaudit.report.charts.range_bar import range_bar
from salesaudit.report.page import Page, Shown, headline, shown
from salesaudit.report.sections import duration, later, months, team
from salesaudit.report.tables import Column, Table, table
from salesaudit.report.view import Evidence, Mark, evidence
from salesaudit.run.result import AnswerPart, EstimatePart, NeedPart

DRAWN = {  # tables that a section draws; the row points there instead of printing them twice
    ("Q1", "by_month"): "months",
    ("Q5", "by_month"): "months",
    ("Q5", "cohort_ages"): "time",
    ("Q5", "by_channel"): "channels",
    ("Q6", "by_channel"): "time",
    ("Q6", "curve"): "time",
    ("Q6", "channel_curves"): "time",
    ("Q12", "reps"): "team",
    ("Q12", "steps"): "team",
    ("Q12", "distribution"): "team",
    ("Q12", "credited"): "team",
    ("Q12", "steps_credited"): "team",
}


class Need(NamedTuple):
    """What to bring."""

    message: str
    place: str


class Row(NamedTuple):
    """A question and what there is to say."""

    id: str
    name: str
    question: str
    meaning: str
    state: Mark
    lacks: str = ""
    figure: Shown | None = None
    label: str = ""
    drawing: Markup = Markup()
    needs: Sequence[Need] = ()
    figures: Table | None = None
    tables: Sequence[Table] = ()
    drawn: Sequence[tuple[str, str]] = ()
    counts: str = ""  # what counts, and how
    evidence: Sequence[Evidence] = ()


class Answers(NamedTuple):
    """All rows under the tally."""

    title: str
    tally: str
    rows: list[Row]


def build(page: Page) -> Answers | None:
    """A row for each of the twelve questions, in their order, and for win and loss."""
    answers = page.run.answers
    if not answers:
        return None
    rows = {name: _row(page, name, answer) for name, answer in answers.items()}
    rows |= {each.name: _later(page, each) for each in later.QUESTIONS if each.name not in answers}
    ordered = sorted(rows.values(), key=_place)
    counts = Counter(row.state.look for row in ordered)
    parts = [page.say(text, n=counts[state]) for state, text in w.TALLY.items() if counts[state]]
    title = page.say(w.QUESTIONS, n=len(rows), tally=page.listed(parts))
    return Answers(title, page.locale.count(len(rows)), ordered)


def reach(estimate: EstimatePart) -> float:
    """Where the axis of a word-sized drawing ends: all of them for a rate, else a little beyond."""
    if estimate.unit == Unit.RATE:
        return 1.0
    return max(estimate.upper or 0, estimate.value or 0) * 1.25 or 1.0


def _row(page: Page, name: str, answer: AnswerPart) -> Row:
    found = headline(answer)
    drawn = {
        section: getattr(w, section.upper())
        for (question, key), section in DRAWN.items()
        if question == name and answer.tables.get(key)
    }
    return Row(
        id=page.id(name),
        name=name,
        question=page.words(answer.question),
        meaning=page.words(answer.message),
        lacks="" if found else page.needs(answer),
        figure=_figure(page, answer, found[1]) if found else None,
        label=page.label(found[0]) if found else "",
        drawing=_drawing(page, name, answer, found[1] if found else None),
        state=Mark(answer.status, page.say(w.term(f"state.{answer.status}"))),
        needs=[_need(page, need) for need in answer.needs],
        figures=_figures(page, answer) if answer.estimates else None,
        tables=[
            table(page, key, rows)
            for key, rows in answer.tables.items()
            if rows and (name, key) not in DRAWN
        ],
        drawn=[(page.id(section), page.say(text)) for section, text in drawn.items()],
        counts=page.words(answer.counts) if answer.counts else "",
        evidence=evidence(page, answer.evidence, name),
    )


def _figure(page: Page, answer: AnswerPart, estimate: EstimatePart) -> Shown:
    """The leading figure; of people it is from the fewest to the most."""
    return team.figure(page, answer) or shown(page, estimate)


def _place(row: Row) -> int:
    """The questions by their number, then the reasons for wins and losses."""
    number = row.name.removeprefix("Q")
    return int(number) if number.isdigit() else 100


def _later(page: Page, asked: later.Later) -> Row:
    return Row(
        id=page.id(asked.name),
        name=asked.name,
        question=page.say(asked.question),
        meaning=page.say(later.WILL_NEED, what=asked.needs),
        state=Mark("later", page.say(w.LATER_STATE)),
    )


def _drawing(page: Page, name: str, answer: AnswerPart, estimate: EstimatePart | None) -> Markup:
    if estimate is None or estimate.value is None:
        return Markup()
    if name == "Q1" and answer.tables.get("by_month"):
        return columns.word(months.by_month(page, answer.tables["by_month"], "leads"))
    if name == "Q6" and len(answer.tables.get("curve", ())) > 1:
        return curve.word(duration.points(page, answer.tables["curve"]), duration.half(page))
    if name == team.QUESTION:
        return team.word(answer)
    hollow = estimate.status == "observed"
    ends = estimate.lower, estimate.upper
    return range_bar(estimate.value, *ends, reach(estimate), hollow=hollow)


def _need(page: Page, need: NeedPart) -> Need:
    place = ".".join(part for part in (need.table, need.column) if part)
    return Need(page.words(need.message), place)


def _figures(page: Page, answer: AnswerPart) -> Table:
    head = (
        Column(page.say(w.COLUMNS["estimate"]), numeric=False),
        Column(page.say(w.COLUMNS["number"])),
        Column(page.say(w.COLUMNS["range"])),
        Column(page.say(w.COLUMNS["n"])),
        Column(page.say(w.COLUMNS["status"]), numeric=False),
    )
    rows = tuple(_figure_row(page, *pair) for pair in answer.estimates.items())
    return Table(page.say(w.ALL_FIGURES), head, rows)


def _figure_row(page: Page, name: str, estimate: EstimatePart) -> tuple[str, ...]:
    figure = shown(page, estimate)
    notes = [page.say(w.term(f"status.{estimate.status}"))]
    if estimate.from_ is not None:
        notes.append(page.say(w.FROM_DAY, day=estimate.from_))
    if estimate.horizon is not None:
        notes.append(page.say(w.HORIZON, days=page.locale.days(estimate.horizon)))
    return page.label(name), figure.value, figure.range, figure.n, " · ".join(notes)
