"""What the verbs say, and with which code they end."""

from __future__ import annotations

import os
from pathlib import Path
from unittest import mock

import pytest
from rich.cells import cell_len

import salesaudit
from cli.shell import DEALS, LEADS, folder, run
from salesaudit import api
from salesaudit.core.errors import AccountError

EVENTS = "lead_id,stage,entered_at\n" + "".join(
    f"L{i},{'mql' if i < 4 else 'Zork'},2024-{1 + i % 12:02d}-{1 + i % 27:02d}\n" for i in range(30)
)

UNDATED = "lead_id,channel\n" + "".join(f"L{i},web\n" for i in range(30))


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return folder(tmp_path_factory.mktemp("exports"), {"leads.csv": LEADS, "deals.csv": DEALS})


@pytest.fixture(scope="module")
def warehouse(exports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("warehouse")
    assert run("ingest", exports, "--into", place).code == 0
    return place


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["frobnicate"], "There is no command “frobnicate”."),
        (["adit", "x"], "The nearest is “audit”"),
        (["audit"], "PATH is missing."),
        (["ingest", "x"], "--into is missing."),
        (["audit", "x", "--bogus"], "There is no option “--bogus”."),
        (["audit", "x", "extra"], "“extra” is more than the command takes."),
        (["demo", "--leads", "many"], "--leads cannot have that value."),
        (["audit", "x", "--as-of"], "cannot be understood"),
        (["audit", "x", "--as-of", "tomorrow"], "--as-of takes a day such as 2018-11-14"),
        (["audit", "x", "--as-of", "2024-02-31"], "“2024-02-31” was given"),
        (["audit", "x", "--format", "pdf"], "--format takes html, json, and “pdf” was given."),
        (["audit", "x", "--format", ""], "--format takes html, json"),
        (["audit", "x", "--names", "maybe"], "--names takes show, hide"),
        (["audit", "x", "--people", "--names", "hide"], "Names are hidden, and a sheet"),
        (["audit", "x", "--fail-on", "low"], "--fail-on takes any, high"),
        (["explain", "nope"], "There is no audit “nope”."),
        (["demo", "--company", "nope"], "There is no demo company called nope."),
        (["demo", "--leads", "5"], "too small to audit"),
    ],
)
def test_a_mistake_in_the_command_is_one_sentence_in_either_language(
    words: list[str], said: str
) -> None:
    english, thai = run(*words), run(*words, "--lang", "th")
    assert (english.code, thai.code) == (2, 2) if words[-1] != "--as-of" else (2,)
    assert said in english.err
    assert (english.err.count("\n"), thai.err.count("\n")) == (1, 1)
    assert english.out == thai.out == ""
    assert words[-1] == "--as-of" or any("ก" <= char <= "๙" for char in thai.err)


@pytest.mark.parametrize("place", ["before", "behind"])
def test_a_language_that_there_is_not_is_told(place: str) -> None:
    words = ["--lang", "xx", "explain"] if place == "before" else ["explain", "--lang", "xx"]
    ended = run(*words)
    assert ended.code == 2
    assert "--lang takes en, th, and “xx” was given." in ended.err


def test_the_version_and_the_help_are_said_on_stdout() -> None:
    assert run("--version") == (0, f"salesaudit {salesaudit.__version__}\n", "")
    shown = run("audit", "--help")
    assert (shown.code, shown.err) == (0, "")
    assert "--fail-on" in shown.out


def test_quiet_says_nothing_of_success_before_or_behind_the_verb(warehouse: Path) -> None:
    assert run("check", warehouse, "-q") == run("-q", "check", warehouse) == (0, "", "")


@pytest.mark.parametrize(
    ("asked", "code"), [(None, 0), ("any", 1), ("high", 1)], ids=["without", "any", "high"]
)
def test_findings_end_with_one_where_that_is_asked_for(
    tmp_path: Path, exports: Path, asked: str | None, code: int
) -> None:
    ours = folder(
        tmp_path / "x", {"leads.csv": LEADS, "deals.csv": DEALS, "stage_events.csv": EVENTS}
    )
    words = ["--fail-on", asked] if asked else []
    ended = run("audit", ours, "-o", tmp_path / "out", "--format", "json", *words)
    assert ended.code == code, ended
    assert (tmp_path / "out" / "audit.json").is_file()
    assert not (tmp_path / "out" / "audit.html").exists()


def test_a_fault_of_ours_is_told_with_the_place_of_its_log(tmp_path: Path, exports: Path) -> None:
    state = {"XDG_STATE_HOME": str(tmp_path / "state")}
    with (
        mock.patch.dict(os.environ, state),
        mock.patch("salesaudit.api.load_exports", side_effect=AccountError("two\x1b[2J lost")),
    ):
        ended = run("ingest", exports, "--into", tmp_path / "w")
    assert ended.code == 70
    assert "This is a fault of ours: AccountError: two" in ended.err
    assert "\x1b" not in ended.err
    [log] = (tmp_path / "state").rglob("*.log")
    assert str(log) in ended.err
    assert "Traceback" in log.read_text()
    assert "Traceback" not in ended.err


def test_too_little_memory_is_no_fault_of_ours(warehouse: Path) -> None:
    assert "“lots” was given" in run("audit", warehouse, "--memory", "lots").err
    ended = run("audit", warehouse, "--memory", "1MB")
    assert ended.code == 2
    assert "too small for this data" in ended.err


def test_a_report_that_cannot_be_written_is_told(tmp_path: Path, warehouse: Path) -> None:
    (tmp_path / "file").touch()
    ended = run("audit", warehouse, "-o", tmp_path / "file")
    assert ended.code == 2
    assert "could not be written: " in ended.err
    assert "name another folder with -o" in ended.err


def test_check_is_readable_at_eighty_columns_and_cuts_nothing(tmp_path: Path) -> None:
    name = "leads_of_the_north_region_of_the_year_2024.csv"
    files = {
        name: LEADS + 'L90,soon,web\nL91,2024-01-05,"we\n',
        "deals.csv": DEALS + "D1,L4,won,2024-01-01,2024-02-02,7\nD77,L4,Gewonnen,2024-01-01,,7\n",
        "stage_events.csv": EVENTS,
    }
    exports = folder(tmp_path, files)
    for language, words in (
        ("en", ["Refused", "contradicts another record", "no date", "To know", "Zork"]),
        ("th", ["รายการที่ปฏิเสธ", "ขัดแย้งกับรายการอื่น", "ไม่ใช่วันที่", "ข้อควรทราบ", "Zork"]),
    ):
        ended = run("check", exports, "--lang", language)
        assert ended.code == 0, ended.err
        assert max(cell_len(line) for line in ended.out.splitlines()) <= 80
        assert "…" not in ended.out
        said = " ".join(ended.out.split())
        assert [word for word in words if word not in said] == []


def test_names_in_the_data_steer_neither_terminal_nor_page(tmp_path: Path) -> None:
    name = '\x1b[2J<script>alert(1)</script>\u202e[red]=HYPERLINK("x")'
    cell = '"' + name.replace('"', '""') + '"'
    text = LEADS.replace("web", cell)
    events = EVENTS.replace("Zork", cell)
    files = {
        "leads.csv": text + f"{cell},soon,web\n",
        "deals.csv": DEALS,
        "stage_events.csv": events,
    }
    exports = folder(tmp_path / "x", files)
    checked = run("check", exports)
    audited = run("audit", exports, "-o", tmp_path / "out")
    assert (checked.code, audited.code) == (0, 0), (checked.err, audited.err)
    for told in (checked.out, audited.out):
        assert "\x1b" not in told
        assert "\u202e" not in told
    assert "<script>alert" not in (tmp_path / "out" / "audit.html").read_text()


def test_a_warehouse_is_audited_as_its_folder_is(
    tmp_path: Path, exports: Path, warehouse: Path
) -> None:
    for name, path in (("a", exports), ("b", warehouse)):
        assert run("audit", path, "-o", tmp_path / name).code == 0
    for name in ("audit.json", "audit.html"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_rows_in_another_order_give_the_same_estimates(tmp_path: Path) -> None:
    def turned(text: str) -> str:
        header, *rows = text.splitlines(keepends=True)
        return header + "".join(reversed(rows))

    found = []
    for name, change in (("a", str), ("b", turned)):
        path = folder(tmp_path / name, {"leads.csv": change(LEADS), "deals.csv": change(DEALS)})
        with mock.patch.dict(os.environ, {"SALESAUDIT_HASH_KEY": "5a" * 32}):
            run_ = api.audit(path).model_dump(mode="json", exclude={"sources"})
        found.append(run_)
    assert found[0] == found[1]


@pytest.mark.parametrize(
    ("files", "asked"),
    [
        ({"leads.csv": LEADS}, []),
        ({"deals.csv": DEALS}, []),
        ({"leads.csv": UNDATED, "deals.csv": DEALS}, []),
        ({"leads.csv": LEADS, "deals.csv": DEALS.replace("2025-01-07", "")}, []),
        ({"leads.csv": LEADS, "salesaudit.yaml": "funnel: [A, B, C]\n"}, []),
        ({"leads.csv": "lead_id,created_at\nL1,2024-01-05\n"}, []),
        ({"leads.csv": LEADS, "deals.csv": DEALS}, ["--as-of", "2024-01-01"]),
        ({"leads.csv": LEADS, "deals.csv": DEALS}, ["--as-of", "2025-01-27"]),
        ({"leads.csv": LEADS, "deals.csv": DEALS}, ["--as-of", "2099-12-31"]),
    ],
    ids=[
        "only leads", "only deals", "leads without dates", "wins without dates", "no roles",
        "one lead", "first day", "last day", "far ahead",
    ],
)  # fmt: skip
def test_little_data_is_audited_without_a_fault(
    tmp_path: Path, files: dict[str, str | bytes], asked: list[str]
) -> None:
    ended = run("audit", folder(tmp_path / "x", files), "-o", tmp_path / "out", *asked)
    assert ended.code == 0, ended.err
    assert "failed" not in (tmp_path / "out" / "audit.json").read_text().lower()


def test_a_day_before_all_data_is_told(warehouse: Path) -> None:
    ended = run("audit", warehouse, "--as-of", "2020-01-01")
    assert ended.code == 2
    assert (
        "Nothing is on record by 1 Jan 2020: the first date in the data is 1 Jan 2024" in ended.err
    )


def test_people_get_a_sheet_each_beside_the_report(exports: Path, tmp_path: Path) -> None:
    (tmp_path / "people").mkdir()
    (tmp_path / "people" / "of-somebody-else.html").write_text("kept")
    (tmp_path / "people" / "gone-0123abcd.html").write_text("an earlier run")
    plain = run("audit", exports, "-o", tmp_path)
    document = (tmp_path / "audit.json").read_bytes()
    assert "gone-0123abcd.html" in {file.name for file in (tmp_path / "people").iterdir()}
    made = run("audit", exports, "-o", tmp_path, "--people")
    assert (plain.code, made.code) == (0, 0)
    files = {file.name for file in (tmp_path / "people").iterdir()}
    assert "of-somebody-else.html" in files
    assert "gone-0123abcd.html" not in files
    assert (tmp_path / "audit.json").read_bytes() == document


def test_hidden_names_in_the_settings_forbid_sheets_too(exports: Path, tmp_path: Path) -> None:
    own = folder(tmp_path / "own", {"leads.csv": LEADS, "deals.csv": DEALS})
    (own / "salesaudit.yaml").write_text("names: hide\n", encoding="utf-8")
    made = run("audit", own, "-o", tmp_path / "out", "--people")
    assert made.code == 2
    assert "Names are hidden" in made.err
    assert not (tmp_path / "out").exists()
