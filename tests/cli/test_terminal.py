"""A run in the terminal: as it is drawn, folded, plain, in both languages."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from report.example import five_stages, olist
from salesaudit.cli.terminal import print_run
from salesaudit.core.language import Language
from salesaudit.core.locale import Locale
from salesaudit.run.result import AuditRun

WRITTEN = (Path("audit/audit.html"), Path("audit/audit.json"))


def printed(
    run: AuditRun, width: int = 100, language: Language = Language.EN, *, colour: bool = False
) -> str:
    out = io.StringIO()
    console = Console(
        file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None
    )
    print_run(run, Locale(language, run.currency), console, 3.42, WRITTEN)
    return out.getvalue().replace("\u202f", " ").replace("\u00a0", " ")


def test_says_the_verdict_the_answers_and_what_to_do() -> None:
    lines = printed(five_stages()).splitlines()
    assert lines[0].startswith("salesaudit   Siam Solar   14 Jun 2017 – 14 Nov 2018   THB")
    assert lines[3:8] == [
        "About one lead in seven becomes a customer. Leads from social do half as well.",
        "At stake: THB 270,000 (200,000–320,000) a year",
        "",
        "      question                            answer   range           n   state",
        " Q1   Leads a month                          700   400–1,200   7,996   answered",
    ]
    assert " Q5   Lead to customer           at least 13.6 %   11.4–16.2   5,998   in part" in lines


def test_rows_stand_only_for_questions_of_the_document() -> None:
    text = printed(olist())
    assert " Q5 " in text
    assert " Q4 " not in text


def test_owners_are_marked_and_named() -> None:
    text = printed(olist())
    assert " 1  ■ sales   Call half of the new leads from social" in text
    assert " 2  ◧ both    Keep lost deals in the CRM" in text


@pytest.mark.parametrize("width", [60, 80, 100, 160])
@pytest.mark.parametrize("language", list(Language))
def test_no_line_is_wider_than_the_terminal(width: int, language: Language) -> None:
    for line in printed(five_stages(), width, language).splitlines():
        assert cell_len(line) <= min(width, 100)


def test_columns_stay_aligned_in_thai() -> None:
    rows = [line for line in printed(olist(), 80, Language.TH).splitlines() if "11.4" in line]
    head = next(line for line in printed(olist(), 80, Language.TH).splitlines() if "คำตอบ" in line)
    assert cell_len(rows[0].partition("11.4")[0]) == cell_len(head.partition("ช่วง")[0])


def test_a_pipe_gets_plain_text() -> None:
    assert "\x1b" not in printed(olist())


def test_colour_never_carries_the_meaning_alone() -> None:
    coloured = printed(olist(), colour=True)
    assert "\x1b[" in coloured
    assert "Check this:" in coloured


def test_names_cannot_steer_the_terminal() -> None:
    text = printed(olist(company="Evil\x1b[2J[red]Corp[/red]\n:smile:"))
    assert "\x1b" not in text
    assert "[red]Corp[/red] :smile:" in text


def test_many_notices_are_counted() -> None:
    run = olist()
    verdict = run.verdict.model_copy(update={"notices": run.verdict.notices * 5})
    assert "2 more in the report" in printed(olist(verdict=verdict))


def test_a_document_without_answers_still_prints() -> None:
    text = printed(olist(answers={}, findings=[], sources=[]))
    assert "audit/audit.html   audit/audit.json" in text
