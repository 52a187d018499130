"""``salesaudit plan campaign``: its answer, its JSON, and slips of the key."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from rich.cells import cell_len

import salesaudit
from cli.shell import DEALS, LEADS, folder, run
from salesaudit.world import make_company

EXAMPLE = ("plan", "campaign", "--leads", 150, "--reach", 0.5, "--close", 0.25, "--margin", 400,
           "--cost", 3000)  # fmt: skip


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("exports"), {"leads.csv": LEADS, "deals.csv": DEALS})


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_company("sawasdee-software", tmp_path_factory.mktemp("demo"), leads=2000, seed=1)


def test_the_worked_example_is_18_customers_and_17_in_20_futures() -> None:
    ended = run(*EXAMPLE)
    assert (ended.code, ended.err) == (0, "")
    assert "17 in 20 futures reach the floor. 18 customers, 2.4 back per 1 spent." in ended.out
    assert "(18.75 expected)" in ended.out
    assert "The floor is 2 : 1, which takes 15 customers." in ended.out.replace("\xa0", " ")
    assert "Taken as exact" in ended.out
    assert "Capacity is not known, taken as enough" in ended.out


def test_in_thai() -> None:
    ended = run(*EXAMPLE, "--lang", "th")
    assert "17 ใน 20 กรณีถึงเกณฑ์ขั้นต่ำ ลูกค้า 18 ราย จ่าย 1 ได้คืน 2.4" in ended.out
    assert "ค่าคาดหมาย 18.75" in ended.out


@pytest.mark.parametrize("language", ["en", "th"])
def test_no_line_is_wider_than_the_screen(demo: Path, language: str) -> None:
    said = run("plan", "campaign", demo, "--leads", 900, "--cost", 90_000, "--lang", language).out
    assert max(cell_len(line) for line in said.splitlines()) <= 80


def test_a_folders_own_past_stands_where_nothing_was_typed(demo: Path) -> None:
    ended = run("plan", "campaign", demo, "--leads", 150, "--cost", 90_000)
    assert ended.code == 0, ended.err
    said = " ".join(ended.out.split())
    assert "The answer hangs most on" in said
    assert "has the outcome “reached”" in said
    assert "never recorded as reached" in said
    assert "The team has room for about" in said


def test_python_and_json_say_the_same(demo: Path) -> None:
    found = salesaudit.plan(demo, leads=150, cost=90_000, channel="Facebook Ads")
    said = json.loads(
        run("plan", "campaign", demo, "--leads", 150, "--cost", 90_000,
            "--channel", "Facebook Ads", "--format", "json").out
    )  # fmt: skip
    assert (said["schema"], said["plan"], said["currency"]) == (1, "campaign", "THB")
    assert said["chance"] == pytest.approx(found.plan.chance, rel=1e-8)
    assert said["inputs"]["reach"]["x"] == found.plan.campaign.reach.x
    assert said["customers"]["whole"] == found.plan.whole
    assert said["most"]["sure"] == pytest.approx(found.plan.most_sure, rel=1e-8)
    assert len(said["futures"]) == 20
    assert {note["id"] for note in said["notes"]} <= set(said["texts"])


def test_a_warehouse_plans_as_its_exports_do(demo: Path, tmp_path: Path) -> None:
    assert run("ingest", demo, "--into", tmp_path / "w").code == 0
    command = ("plan", "campaign", "--leads", 150, "--cost", 90_000, "--format", "json")
    assert run(*command, demo).out == run(*command, tmp_path / "w").out


def test_a_folder_that_does_not_say_who_was_reached_is_told_so(exports: Path) -> None:
    ended = run("plan", "campaign", exports, "--leads", 150, "--cost", 3000, "--margin", 100)
    assert ended.code == 2
    assert "--reach" in ended.err
    typed = run("plan", "campaign", exports, *EXAMPLE[2:])
    assert typed.code == 0
    assert "Bring the sales team" in " ".join(typed.out.split())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--reach", "50"], "--reach is a share between 0 and 1, and “50” was given."),
        (["--close", "25%"], "--close is a share between 0 and 1, and “25%” was given."),
        (["--reach", "-0.5"], "--reach is a share between 0 and 1"),
        (["--leads", "-1"], "--leads is a whole number from 0 to 100,000, and “-1” was given."),
        (["--leads", "many"], "--leads is a number, and “many” was given."),
        (["--leads", "1.5"], "“1.5” was given"),
        (["--cost", "0"], "--cost is a number above 0, and “0” was given."),
        (["--cost", "3,000"], "--cost is a number, and “3,000” was given."),
        (["--margin", "-4"], "--margin is a number of 0 or more"),
        (["--margin", "inf"], "--margin is a number of 0 or more"),
        (["--floor", "0"], "--floor is a number above 0"),
        (["--capacity", "-3"], "--capacity is a whole number"),
        (["--weeks", "0"], "--weeks is a whole number from 1 to 520"),
        (["--format", "yaml"], "--format takes text, json"),
    ],
)
def test_a_slip_of_the_key_is_one_sentence_in_either_language(words: list[str], said: str) -> None:
    english, thai = run(*EXAMPLE, *words), run(*EXAMPLE, *words, "--lang", "th")
    assert (english.code, english.out, thai.code, thai.out) == (2, "", 2, "")
    assert said in english.err
    assert len(english.err.splitlines()) == len(thai.err.splitlines()) == 1


def test_what_is_missing_is_named() -> None:
    ended = run("plan", "campaign", "--leads", 150, "--cost", 3000, "--reach", 0.5)
    assert ended.code == 2
    assert "Not given: --close, --margin." in ended.err
    assert run("plan", "campaign", "--leads", 150).code == 2


@pytest.mark.parametrize("words", [["--leads", "0"], ["--close", "0"], ["--capacity", "0"]])
def test_nobody_is_an_answer(words: list[str]) -> None:
    ended = run(*EXAMPLE, *words)
    assert ended.code == 0
    assert "Only 0 in 20 futures reach the floor. 0 customers" in ended.out


def test_names_in_the_data_do_not_steer_the_terminal() -> None:
    assert "\x1b" not in run(*EXAMPLE, "--channel", "\x1b[31mred").out


def test_a_verb_of_plan_that_there_is_not() -> None:
    ended = run("plan", "campain")
    assert ended.code == 2
    assert "The nearest is “campaign”" in ended.err
