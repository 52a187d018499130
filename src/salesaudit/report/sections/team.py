"""The team: everyone by name with counts first, and who does which step better."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from markupsafe import Markup

from salesaudit.core.locale import NONE
from salesaudit.core.texts import Unit
from salesaudit.core.vocabulary import NAMES_HIDDEN
from salesaudit.report import team_words as t
from salesaudit.report import words as w
from salesaudit.report.charts import person_dots
from salesaudit.report.charts.interval_dots import (
    NARROW,
    Axis,
    Dot,
    Group,
    Layout,
    interval_dots,
)
from salesaudit.report.charts.range_bar import range_bar
from salesaudit.report.charts.svg import Caption
from salesaudit.report.page import Page, Shown
from salesaudit.report.tables import Column, Row, Table, number
from salesaudit.report.view import Chart, chart
from salesaudit.run.result import AnswerPart

QUESTION = "Q12"
MOST = 30  # people who are drawn; the table holds all
WIDE = Layout(width=912, left=270, right=530, row=30, value=582)
BAND = (0.1, 0.9)  # of the people's rates
DECIDED, WON = "decided", "won"
MARK = "●"  # does it better than the team


class Team(NamedTuple):
    """The section."""

    title: str
    tally: str
    hidden: str
    chart: Chart | None
    people: Table | None  # where there is nothing to draw
    skills: Table | None
    notes: list[str]


def build(page: Page) -> Team | None:
    """Rows of people, or of the team's distribution where names are hidden."""
    answer = page.run.answers.get(QUESTION)
    if answer is None or not answer.estimates:
        return None
    tables = answer.tables
    hidden = "reps" not in tables
    rows = tables.get("distribution" if hidden else "reps", [])
    drawn = people = skills = None
    if hidden and rows:
        drawn = _distribution(page, rows)
    elif any(number(row, "adjusted_win_rate") is not None for row in rows):
        drawn = _people(page, rows)
    elif rows:
        people = _people_table(page, rows)
    if tables.get("steps"):
        skills = _skills(page, tables["steps"])
    people_known = answer.estimates.get("reps")
    return Team(
        title=page.words(answer.message),
        tally=page.locale.count(int(people_known.value or 0)) if people_known else "",
        hidden=page.say(NAMES_HIDDEN) if hidden else "",
        chart=drawn,
        people=people,
        skills=skills,
        notes=_notes(page, answer),
    )


def figure(page: Page, answer: AnswerPart) -> Shown | None:
    """What Q12 leads with: from the fewest to the most deals won, of how many people."""
    rows = answer.tables.get("reps", [])
    won = [int(number(row, "won") or 0) for row in rows]
    if won:
        ends: Sequence[float] = (min(won), max(won))
    else:
        whole = _whole(answer, WON)
        if whole is None:
            return None
        won = [0] * int(number(whole, "people") or 0)
        ends = [round(number(whole, key) or 0) for key in ("lower_quarter", "upper_quarter")]
    shown = [page.locale.count(int(end)) for end in dict.fromkeys(ends)]
    return Shown("–".join(shown), "", page.locale.count(len(won)), "observed", "")


def word(answer: AnswerPart) -> Markup:
    """A dot for each person, at the win rate or else at the deals won; hidden: the middle half."""
    rows = answer.tables.get("reps", [])
    if not rows:
        whole = _whole(answer, DECIDED) or _whole(answer, WON)
        if whole is None:
            return Markup()
        low, middle, high = (
            number(whole, key) or 0.0 for key in ("lower_quarter", "middle", "upper_quarter")
        )
        return range_bar(middle, low, high, 1.0 if whole.get("of") == DECIDED else high * 1.25 or 1)
    rates = [rate for row in rows if (rate := number(row, "adjusted_win_rate")) is not None]
    values = rates or [number(row, "won") or 0.0 for row in rows]
    return person_dots.word(values, max(values, default=1) * 1.1)


def step_name(page: Page, step: object) -> str:
    """A step as readers know it; the decision of deals is the win rate."""
    return page.say(t.WIN_RATE) if step == DECIDED else page.label(str(step))


def _whole(answer: AnswerPart, of: str) -> Row | None:
    rows = answer.tables.get("distribution", [])
    return next((row for row in rows if row.get("team") is None and row.get("of") == of), None)


def _name(page: Page, row: Row) -> str:
    name = str(row.get("name") or row.get("rep_id"))
    return page.say(t.LEFT, name=name) if row.get("left") else name


def _people(page: Page, rows: Sequence[Row]) -> Chart:
    rates = [rate for row in rows if (rate := number(row, "adjusted_win_rate")) is not None]
    low, high = (float(end) for end in np.quantile(rates, BAND))
    axis = Axis(page.locale.rate, page.say(t.HEAD_WIN), page.say(t.HEAD_COMPARED), band=(low, high))

    def draw(caption: Caption, narrow: bool) -> Markup:
        dots = tuple(_dot(page, row, narrow) for row in rows[:MOST])
        return interval_dots([Group("", dots)], axis, caption, NARROW if narrow else WIDE)

    sub = page.say(t.REPS_SUB)
    if len(rows) > MOST:
        sub = f"{sub} {page.say(w.NOT_DRAWN, n=len(rows) - MOST)}"
    decided = sum(int((number(r, "won") or 0) + (number(r, "lost") or 0)) for r in rows)
    return chart(
        page, "team", draw, _people_table(page, rows), title=t.REPS_TITLE, sub=sub,
        source=page.say(t.SOURCE, n=decided),
    )  # fmt: skip


def _dot(page: Page, row: Row, narrow: bool) -> Dot:
    value = number(row, "adjusted_win_rate")
    lower, upper = number(row, "adjusted_lower"), number(row, "adjusted_upper")
    won = page.say(t.WON, n=page.locale.count(int(number(row, "won") or 0)))
    label = f"{_name(page, row)} · {won}"
    if value is None:
        return Dot(label, None, None, None, "", "", page.say(t.FEW))
    shown = page.locale.figure(value, lower, upper, Unit.RATE)
    said = _verdict(page, row)
    if narrow:
        said = MARK if row.get("verdict") == "better" else ""
    return Dot(label, value, lower, upper, shown.value, shown.range, said)


def _verdict(page: Page, row: Row) -> str:
    verdict = row.get("verdict")
    if verdict is None:
        return page.say(t.FEW)
    return page.say(t.BETTER if verdict == "better" else t.SAME)


def _people_table(page: Page, rows: Sequence[Row]) -> Table:
    amounts = any(number(row, "won_amount") is not None for row in rows)
    rated = any(number(row, "adjusted_win_rate") is not None for row in rows)
    teams = any(row.get("team") for row in rows)
    head = [Column(page.say(t.NAME), numeric=False)]
    head += [Column(page.say(t.OF_TEAM), numeric=False)] if teams else []
    head += [Column(page.say(text)) for text in (t.COUNT_WON, t.LOST, t.OPEN)]
    head += [Column(page.say(t.AMOUNT))] if amounts else []
    head += [Column(page.say(text)) for text in (t.PLAIN, t.GIVEN, t.RANGE) if rated]
    head += [Column(page.say(t.SAID), numeric=False)] if rated else []
    cells = []
    for row in rows:
        line = [_name(page, row), *([str(row.get("team") or NONE)] if teams else [])]
        line += [page.locale.count(int(number(row, key) or 0)) for key in ("won", "lost", "open")]
        if amounts:
            amount = number(row, "won_amount")
            line.append(page.locale.figure(amount, None, None, Unit.MONEY).value)
        if rated:
            plain = page.locale.figure(number(row, "win_rate"), None, None, Unit.RATE, hollow=True)
            ends = number(row, "adjusted_lower"), number(row, "adjusted_upper")
            given = page.locale.figure(number(row, "adjusted_win_rate"), *ends, Unit.RATE)
            line += [plain.value, given.value, given.range, _verdict(page, row)]
        cells.append(tuple(line))
    return Table(page.say(t.COUNTS_TITLE), tuple(head), tuple(cells))


def _skills(page: Page, rows: Sequence[Row]) -> Table:
    """People by steps: the rate with its range, marked where it is better than the team's."""
    steps = list(dict.fromkeys(str(row["step"]) for row in rows))
    titles = (page.say(t.NAME), *(step_name(page, step) for step in steps))
    head = tuple(Column(title, numeric=False) for title in titles)
    cells: dict[str, dict[str, str]] = {}
    names: dict[str, str] = {}
    for row in rows:
        key = str(row["rep_id"])
        names[key] = _name(page, row)
        cells.setdefault(key, {})[str(row["step"])] = _cell(page, row)
    lines = tuple(
        (names[key], *(own.get(step, NONE) for step in steps)) for key, own in cells.items()
    )
    return Table(page.say(t.SKILLS_TITLE), head, lines)


def _cell(page: Page, row: Row) -> str:
    value = number(row, "adjusted")
    if value is None:
        k, n = (page.locale.count(int(number(row, key) or 0)) for key in ("moved", "n"))
        return page.say(t.OF, k=k, n=n)
    shown = page.locale.figure(
        value, number(row, "lower"), number(row, "upper"), Unit.RATE, int(number(row, "n") or 0)
    )
    mark = f"{MARK} " if row.get("verdict") == "better" else ""
    return f"{mark}{shown.value} ({shown.range})"


def _distribution(page: Page, rows: Sequence[Row]) -> Chart | None:
    rates = [row for row in rows if row.get("of") != WON]
    groups = tuple(
        Group(
            page.say(t.WHOLE_TEAM) if team is None else str(team),
            tuple(_quarters(page, row) for row in rates if row.get("team") == team),
        )
        for team in dict.fromkeys(row.get("team") for row in rates)
    )
    axis = Axis(page.locale.rate, page.say(t.HEAD_MIDDLE), page.say(t.HEAD_PEOPLE))

    def draw(caption: Caption, narrow: bool) -> Markup:
        return interval_dots(groups, axis, caption, NARROW if narrow else WIDE)

    decided = sum(int(number(row, key) or 0) for row in _credited(page) for key in ("won", "lost"))
    return chart(
        page, "team", draw, _quarters_table(page, rows), title=t.HIDDEN_TITLE,
        sub=page.say(t.HIDDEN_SUB), source=page.say(t.SOURCE, n=decided),
    )  # fmt: skip


def _quarters(page: Page, row: Row) -> Dot:
    low, middle, high = (number(row, k) for k in ("lower_quarter", "middle", "upper_quarter"))
    shown = page.locale.figure(middle, low, high, Unit.RATE)
    people = page.locale.count(int(number(row, "people") or 0))
    return Dot(step_name(page, row["of"]), middle, low, high, shown.value, shown.range, people)


def _quarters_table(page: Page, rows: Sequence[Row]) -> Table:
    head = (
        Column(page.say(t.OF_TEAM), numeric=False), Column(page.say(t.OF_WHAT), numeric=False),
        *(Column(page.say(text)) for text in (t.HEAD_PEOPLE, t.LOWER, t.MIDDLE, t.UPPER)),
    )  # fmt: skip
    lines = []
    for row in rows:
        won = row.get("of") == WON
        what = page.say(t.COUNT_WON) if won else step_name(page, row["of"])
        values = [number(row, key) or 0.0 for key in ("lower_quarter", "middle", "upper_quarter")]
        write = page.locale.number if won else page.locale.rate
        lines.append(
            (
                page.say(t.WHOLE_TEAM) if row.get("team") is None else str(row["team"]), what,
                page.locale.count(int(number(row, "people") or 0)), *(write(v) for v in values),
            )
        )  # fmt: skip
    return Table(page.say(t.HIDDEN_TITLE), head, tuple(lines))


def _credited(page: Page) -> list[dict[str, str | int | float | bool | None]]:
    return page.run.answers[QUESTION].tables.get("credited", [])


def _notes(page: Page, answer: AnswerPart) -> list[str]:
    """Whose the deals are, by which rule, and what this is not for."""
    sums = {
        str(row["credit"]): sum(int(number(row, key) or 0) for key in ("won", "lost", "open"))
        for row in _credited(page)
    }
    notes = [
        page.say(
            t.CREDITED,
            n=page.locale.count(sum(sums.values())),
            reps=page.locale.count(sums.get("reps", 0) + sums.get("rest", 0)),
            machine=page.locale.count(sums.get("automated", 0)),
            nobody=page.locale.count(sums.get("nobody", 0)),
        )
    ]
    steps = answer.tables.get("steps_credited", [])
    for text, chosen in (
        (t.PRESENT_OWNER, [r for r in steps if r.get("told") and r.get("credit") == "owner"]),
        (t.NOT_TOLD, [r for r in steps if not r.get("told")]),
    ):
        if chosen:
            named = page.listed([step_name(page, row["step"]) for row in chosen])
            notes.append(page.say(text, steps=named))
    return [*notes, page.say(w.NOT_FOR_PAY)]
