"""A person's sheet: a file of its own, safe whatever the data holds, kind in its words."""

from __future__ import annotations

import re

import pytest

from report.example import five_stages
from report.page_text import Element
from salesaudit.audits.team._rep_tables import Person
from salesaudit.core.texts import Text
from salesaudit.report.people import file_name, is_sheet, render_person
from salesaudit.run.people import Lesson, Sheet, StepSheet
from salesaudit.statistics.base import Range

NAME = Text("a.step", en="Pitched to SQL", th="ขั้นเสนอขาย ไป SQL")
HOSTILE = '<script>alert("x")</script>'


def step(**changes: object) -> StepSheet:
    base = StepSheet(
        "pitched_to_sql", NAME, 30, 80, 20, Range(0.3, 0.2, 0.4), Range(0.5, 0.4, 0.6),
        better=False, could_gain=False, lesson=None,
    )  # fmt: skip
    return base._replace(**changes)  # type: ignore[arg-type]


def sheet(*steps: StepSheet, name: str = "Anan") -> Sheet:
    return Sheet(Person("r1", name, None, False, 12, 30, 4, None, 0), steps)


def text(made: Sheet, language: str = "en") -> str:
    return Element(render_person(five_stages(), made, language)).text()


@pytest.mark.parametrize(
    "rep_id",
    ["r1", "../../etc/passwd", "..", "CON", "a/b\\c", "ก ข", "", "\x00", "x" * 300, "A B", "a-b"],
)
def test_a_file_name_is_safe_whatever_the_id(rep_id: str) -> None:
    name = file_name(rep_id)
    assert re.fullmatch(r"[a-z0-9][a-z0-9-]*-?[0-9a-f]{8}\.html|[0-9a-f]{8}\.html", name)
    assert len(name) < 64
    assert is_sheet(name)


def test_ids_that_differ_in_a_letter_share_no_file() -> None:
    ids = ["A B", "a-b", "a b", "A-B", "a/b", "ก", "ข"]
    assert len({file_name(rep_id) for rep_id in ids}) == len(ids)


def test_only_files_called_as_sheets_are_ever_removed() -> None:
    assert not any(is_sheet(name) for name in ("audit.html", "notes.html", "index.html", "a.txt"))


@pytest.mark.parametrize("language", ["en", "th"])
def test_names_are_hostile_input(language: str) -> None:
    lesson = Lesson(HOSTILE, Range(6.0, 2.0, 10.0))
    made = render_person(
        five_stages(), sheet(step(could_gain=True, lesson=lesson), name=HOSTILE), language
    )
    assert HOSTILE not in made
    assert "&lt;script&gt;" in made


def test_a_sheet_is_one_file_that_asks_for_nothing() -> None:
    made = render_person(five_stages(), sheet(step()))
    assert "default-src 'none'" in made
    assert not re.search(r'(src|href)="(?!#)', made)


@pytest.mark.parametrize("language", ["en", "th"])
def test_every_sheet_says_what_it_is_not_for(language: str) -> None:
    said = {"en": "Not for pay, dismissal or ranking", "th": "ห้ามใช้พิจารณาค่าตอบแทน"}
    assert said[language] in text(sheet(), language)


def test_what_goes_well_and_what_to_gain_stand_under_their_headings() -> None:
    lesson = Lesson("Dao", Range(6.0, 2.0, 10.0))
    found = text(sheet(step(better=True), step(could_gain=True, lesson=lesson)))
    assert "What goes well" in found
    assert "does this step better than the team" in found
    assert "of 80 cases 20 moved on" in found
    assert "Dao could show how it is done" in found
    assert not re.search(r"\b(below|worse|weak|poor|bad|fail)", found)


def test_nothing_beyond_chance_is_said_in_a_sentence() -> None:
    found = text(sheet(step()))
    assert "cannot be told apart" in found or "can these figures be told apart" in found
    assert "Where there is most to gain" not in found


def test_too_few_cases_have_no_rate_and_a_sheet_of_counts_no_drawing() -> None:
    assert "too few cases for a rate" in text(sheet(step(own=None)))
    assert "12 deals won, 30 lost and 4 still open" in text(sheet())
    assert "<figure" not in render_person(five_stages(), sheet())
