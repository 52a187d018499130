"""The team in the report: by name, counts first, nothing below; nobody where names are hidden."""

from __future__ import annotations

import re
from typing import Any

import pytest

from report.example import estimate, five_stages, say
from report.page_text import Element
from salesaudit.core.locale import Locale
from salesaudit.report.html import render
from salesaudit.report.page import Page
from salesaudit.report.sections import team
from salesaudit.run.result import AnswerPart, AuditRun, TextWords

NAMES = ("anan", "Boon", "<b>Chai</b>")
Row = dict[str, Any]


def rep(name: str, won: int, adjusted: float | None = None, verdict: str | None = None) -> Row:
    given = (adjusted, adjusted - 0.05, adjusted + 0.05) if adjusted else (None, None, None)
    names = ("adjusted_win_rate", "adjusted_lower", "adjusted_upper")
    return {
        "rep_id": f"id of {name}", "name": name, "team": None, "left": False, "won": won,
        "lost": 40, "open": 1, "won_amount": None, "win_rate": 0.4 if adjusted else None,
        **dict(zip(names, given, strict=True)), "verdict": verdict,
    }  # fmt: skip


def step(name: str, n: int, adjusted: float | None, verdict: str | None) -> Row:
    ends = (adjusted - 0.05, adjusted + 0.05) if adjusted else (None, None)
    return {
        "rep_id": f"id of {name}", "name": name, "step": "sql_to_customer", "days": 60, "n": n,
        "moved": 3, "adjusted": adjusted, "lower": ends[0], "upper": ends[1], "verdict": verdict,
    }  # fmt: skip


SHOWN: dict[str, list[Row]] = {
    "reps": [
        rep("anan", 60, 0.40, "cannot_tell"),
        rep("Boon", 4),
        rep("<b>Chai</b>", 110, 0.55, "better"),
    ],
    "steps": [step("anan", 80, 0.4, "cannot_tell"), step("Boon", 7, None, None),
              step("<b>Chai</b>", 90, 0.6, "better")],
    "credited": [{"credit": "reps", "won": 174, "lost": 120, "open": 3},
                 {"credit": "nobody", "won": 5, "lost": 0, "open": 0}],
    "steps_credited": [{"step": "sql_to_customer", "credit": "owner", "told": True},
                       {"step": "lead_to_mql", "credit": "nobody", "told": False}],
}  # fmt: skip
COUNTS = {**SHOWN, "reps": [rep("anan", 60), rep("Boon", 4)], "steps": []}
HIDDEN: dict[str, list[Row]] = {
    "distribution": [
        {"team": None, "of": of, "people": 9, "lower_quarter": low, "middle": mid,
         "upper_quarter": high}
        for of, low, mid, high in (("won", 20, 40.5, 60), ("decided", 0.3, 0.4, 0.5))
    ],
    "credited": SHOWN["credited"],
}  # fmt: skip


def with_team(tables: dict[str, list[Row]] | None = None) -> AuditRun:
    run = five_stages()
    answer = AnswerPart(
        question=say("Q12.question"),
        unit="rep-figures",
        status="answered",
        estimates={
            name: estimate(value, None, None, 3, unit="count", status="observed")
            for name, value in (("won_per_rep", 60.0), ("reps", 3.0))
        },
        tables=SHOWN if tables is None else tables,
        message=say("Q12.says"),
    )
    texts = {
        "Q12.question": TextWords(en="What are their figures?", th="ตัวเลขของทีมเป็นอย่างไร"),
        "Q12.says": TextWords(en="They differ.", th="ต่างกัน"),
    }
    return run.model_copy(
        update={"answers": {**run.answers, "Q12": answer}, "texts": {**run.texts, **texts}}
    )


def page(tables: dict[str, list[Row]] | None = None, language: str = "en") -> Page:
    return Page(with_team(tables), Locale(language, "THB"))


def section(tables: dict[str, list[Row]] | None = None, language: str = "en") -> team.Team:
    found = team.build(page(tables, language))
    assert found is not None
    return found


def test_people_stand_in_the_order_of_the_document_with_counts_first() -> None:
    found = section()
    assert found.chart is not None
    assert [row[0] for row in found.chart.table.rows] == list(NAMES)
    labels = re.findall(r">([^<>]* won)<", str(found.chart.wide))
    assert [label.split(" · ")[1] for label in labels] == ["60 won", "4 won", "110 won"]


def test_few_decided_deals_are_counts_only_and_draw_no_dot() -> None:
    found = section()
    assert found.chart is not None
    assert found.chart.table.rows[1][-1] == "counts only"
    assert str(found.chart.wide).count("<circle") == 2
    assert 'class="band"' in str(found.chart.wide)


def test_who_does_a_step_better_and_nobody_below() -> None:
    found = section()
    assert found.skills is not None
    cells = {row[0]: row[1] for row in found.skills.rows}
    assert cells["<b>Chai</b>"].startswith("● 60")
    assert not cells["anan"].startswith("●")
    assert cells["Boon"] == "3 of 7"
    for language in ("en", "th"):
        text = Element(render(with_team(), language)).text()
        assert not re.search(r"\b(worse|worst|weakest rep)\b|แย่", text)


def test_whose_all_deals_are_and_by_which_rule() -> None:
    credited, owner, untold, purpose = section().notes
    assert credited == "All 302 deals: 297 of reps, 0 of a machine, 5 of nobody named."
    assert "present owner" in owner
    assert "Lead to MQL" in untold
    assert "not made for pay, dismissal or ranking" in purpose


def test_without_any_rate_a_table_of_counts_stands_alone() -> None:
    found = section(COUNTS)
    assert found.chart is None
    assert found.skills is None
    assert found.people is not None
    assert found.people.rows == (("anan", "60", "40", "1"), ("Boon", "4", "40", "1"))


@pytest.mark.parametrize("language", ["en", "th"])
def test_hidden_names_leave_the_distribution_and_say_so(language: str) -> None:
    found = section(HIDDEN, language)
    assert found.hidden == {
        "en": "Names are hidden in this copy.", "th": "ฉบับนี้ไม่แสดงชื่อบุคคล",
    }[language]  # fmt: skip
    assert found.chart is not None
    text = render(with_team(HIDDEN), language)
    assert not any(f"id of {name}" in text for name in ("anan", "Boon"))


def test_names_are_hostile_input() -> None:
    text = render(with_team())
    assert "<b>Chai</b>" not in text
    assert "&lt;b&gt;Chai" in text


def test_the_row_of_the_answer_goes_from_the_fewest_to_the_most() -> None:
    shown = page()
    figure = team.figure(shown, shown.run.answers["Q12"])
    assert figure is not None
    assert (figure.value, figure.n) == ("4–110", "3")
    assert str(team.word(shown.run.answers["Q12"])).count("<circle") == 2
    hidden = page(HIDDEN)
    figure = team.figure(hidden, hidden.run.answers["Q12"])
    assert figure is not None
    assert (figure.value, figure.n) == ("20–60", "9")
    assert str(team.word(hidden.run.answers["Q12"])).count("<circle") == 1


def test_other_answers_lead_with_their_own_figure() -> None:
    shown = page()
    assert all(team.figure(shown, a) is None for q, a in shown.run.answers.items() if q != "Q12")


def test_no_team_without_an_answer() -> None:
    assert team.build(Page(five_stages(), Locale("en", "THB"))) is None
