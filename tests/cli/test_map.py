"""``salesaudit map``: what it writes, where, and what it asks in a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from unittest import mock

import pytest

from cli.shell import folder, load, run
from salesaudit.core.settings_file import read_settings

LEADS = "Lead No,First contact,How did you hear\n" + "".join(
    f"N{i},2024-{1 + i % 12:02d}-15,{'Fair' if i % 2 else 'Web'}\n" for i in range(40)
)
DEALS = "Deal,Lead No,Price,Outcome,Signed on\n" + "".join(
    f"D{i},N{i},{100 + i}.50,{('Signed', 'Lost to rival', 'Asleep')[i % 3]},"
    f"{'' if i % 3 == 2 else f'2024-12-{1 + i % 27:02d} 16:30'}\n"
    for i in range(30)
)
FILES: dict[str, str | bytes] = {"enquiries.csv": LEADS, "contracts.csv": DEALS}


@pytest.fixture
def terminal() -> Iterator[mock.Mock]:
    """A terminal in which somebody answers."""
    with (
        mock.patch("salesaudit.cli.map.at_terminal", return_value=True),
        mock.patch("builtins.input") as given,
    ):
        yield given


def test_it_writes_settings_that_load(tmp_path: Path) -> None:
    place = folder(tmp_path / "data", FILES)
    ended = run("map", place)
    assert ended.code == 0, ended.err
    assert "Files used: 2, not used: 0" in ended.out
    settings = read_settings(place / "salesaudit.yaml")
    assert [source.into for source in settings.sources] == ["leads", "deals"]
    checked = run("check", place)
    assert checked.code == 0, checked.err
    assert "leads" in checked.out


def test_it_never_writes_over_settings(tmp_path: Path) -> None:
    place = folder(tmp_path, {**FILES, "salesaudit.yaml": "company: Mine\n"})
    ended = run("map", place)
    assert (place / "salesaudit.yaml").read_text() == "company: Mine\n"
    assert "sources:" in (place / "salesaudit.proposed.yaml").read_text()
    assert "is left as it is" in ended.out
    again = run("map", place)
    assert again.code == 2
    assert "exists and is left as it is" in again.err


def test_broken_settings_do_not_keep_it_from_proposing(tmp_path: Path) -> None:
    place = folder(tmp_path, {**FILES, "salesaudit.yaml": "sources: [\n"})
    assert run("map", place).code == 0


def test_it_prints_and_writes_nothing(tmp_path: Path) -> None:
    place = folder(tmp_path, FILES)
    ended = run("map", place, "-o", "-")
    assert "into: leads" in ended.out
    assert sorted(p.name for p in place.iterdir()) == ["contracts.csv", "enquiries.csv"]


def test_it_writes_where_it_is_told(tmp_path: Path) -> None:
    place, target = folder(tmp_path / "data", FILES), tmp_path / "mine.yaml"
    assert run("map", place, "-o", target).code == 0
    assert "into: deals" in target.read_text()
    assert run("map", place, "-o", target).code == 2


def test_open_questions_stand_where_the_answer_belongs_with_what_was_seen(tmp_path: Path) -> None:
    text = run("map", folder(tmp_path, FILES), "-o", "-").out
    lines = text.splitlines()
    status = next(i for i, line in enumerate(lines) if line.strip().startswith("status:"))
    above = " ".join(lines[status - 3 : status])
    assert "? contracts.csv: which values of 'Outcome' mean won" in above
    assert "Asleep (10)" in above
    currency = next(i for i, line in enumerate(lines) if line == "# currency: USD")
    assert "Which currency do you count in? Seen in the files: none." in lines[currency - 1]


def test_comments_are_in_the_language_asked_for(tmp_path: Path) -> None:
    place = folder(tmp_path, FILES)
    text = run("map", place, "-o", "-", "--lang", "th").out
    assert "บริษัทใช้สกุลเงินใด" in text
    assert "Which currency" not in text
    english = run("map", place, "-o", "-").out
    bare = [
        [line for line in one.splitlines() if "#" not in line and line] for one in (text, english)
    ]
    assert bare[0] == bare[1]


def test_in_a_terminal_it_asks_and_takes_the_answers(tmp_path: Path, terminal: mock.Mock) -> None:
    place = folder(tmp_path, FILES)
    terminal.side_effect = ["won=Signed; lost=Lost to rival", "eur", "Asia/Bangkok"]
    ended = run("map", place)
    assert "1 of 3. contracts.csv: which values of 'Outcome' mean won" in ended.out
    settings = read_settings(place / "salesaudit.yaml")
    assert (settings.currency, settings.timezone) == ("EUR", "Asia/Bangkok")
    deals = next(source for source in settings.sources if source.into == "deals")
    assert deals.columns["status"].map == {
        "Asleep": "open", "Lost to rival": "lost", "Signed": "won",
    }  # fmt: skip
    assert "?" not in (place / "salesaudit.yaml").read_text().replace("marked with ?", "")


def test_an_answer_that_cannot_be_meant_is_asked_again(tmp_path: Path, terminal: mock.Mock) -> None:
    place = folder(tmp_path, FILES)
    terminal.side_effect = ["won=Sold", "", "euros", "EUR", "Bangkok", ""]
    ended = run("map", place)
    assert "“won=Sold” is no answer here." in ended.out
    assert "“euros” is no answer here. Write a code such as EUR" in ended.out
    assert "“Bangkok” is no answer here. Write a name such as Asia/Bangkok" in ended.out
    settings = read_settings(place / "salesaudit.yaml")
    assert (settings.currency, settings.timezone) == ("EUR", "UTC")


def test_a_folder_without_exports_is_refused(tmp_path: Path) -> None:
    assert "holds no export" in run("map", tmp_path).err
    assert "There is no" in run("map", tmp_path / "nowhere").err
    file = folder(tmp_path, FILES) / "enquiries.csv"
    assert "is no folder" in run("map", file).err


def test_an_audit_of_what_nothing_recognises_names_the_command(tmp_path: Path) -> None:
    place = folder(tmp_path, {"x.csv": "foo,bar\n1,2\n3,4\n"})
    ended = run("audit", place, "-o", tmp_path / "out")
    assert ended.code == 2
    assert f"salesaudit map {place}" in ended.err


def test_an_answer_on_the_order_of_dates_reaches_all_that_is_made_of_the_file(
    tmp_path: Path, terminal: mock.Mock
) -> None:
    steps = ("Lead", "Demo", "Offer", "Won")
    events = "".join(
        f"C{i},{step},{1 + place * 2:02d}/{1 + i % 9:02d}/2024\n"
        for i in range(60)
        for place, step in enumerate(steps[: 1 + i % 4])
    )
    place = folder(tmp_path, {"events.csv": "Case ID,Activity,Timestamp\n" + events})
    open_still = run("map", place, "-o", "-").out
    assert open_still.count("day-month or month-day?") == 2  # the leads and their stages
    terminal.side_effect = ["%m/%d/%Y", *[""] * 4]
    run("map", place)
    _, ask = load(place, {})
    assert ask("SELECT count(*), min(created_at)::TEXT, max(created_at)::TEXT FROM w.leads") == [
        (60, "2024-01-01 00:00:00", "2024-01-09 00:00:00")
    ]
    assert ask("SELECT max(entered_at)::TEXT FROM w.stage_events") == [("2024-07-09 00:00:00",)]


def test_one_answer_serves_every_column_of_dates_of_a_sheet(
    tmp_path: Path, terminal: mock.Mock
) -> None:
    rows = "".join(
        f"K{i},{1 + i % 9:02d}/{1 + i % 5:02d}/2024,"
        f"{f'{1 + i % 9:02d}/{2 + i % 5:02d}/2024' if i % 2 else ''},"
        f"{f'{1 + i % 9:02d}/{3 + i % 5:02d}/2024' if i % 4 == 1 else ''}\n"
        for i in range(60)
    )
    place = folder(tmp_path, {"sales.csv": "Lead ID,Lead date,Demo date,Won date\n" + rows})
    text = run("map", place, "-o", "-").out
    assert "in 'Lead date', 'Demo date', 'Won date' day-month or month-day?" in (
        " ".join(text.replace("#", " ").split())
    )
    terminal.side_effect = ["%m/%d/%Y", *[""] * 4]
    ended = run("map", place)
    assert ended.out.count("day-month or month-day?") == 1
    _, ask = load(place, {})
    assert ask("SELECT min(created_at)::TEXT, max(created_at)::TEXT FROM w.leads") == [
        ("2024-01-01 00:00:00", "2024-09-05 00:00:00")
    ]
    assert ask("SELECT max(entered_at)::TEXT FROM w.stage_events WHERE stage = 'Won'") == [
        ("2024-09-06 00:00:00",)
    ]


@pytest.mark.parametrize(
    ("time", "asked"),
    [
        ("2024-03-{d:02d}", False),
        ("2024-03-{d:02d} 00:00:00", False),
        ("2024-03-{d:02d}T09:15:00+07:00", False),
        ("2024-03-{d:02d} 09:15", True),
    ],
)
def test_the_time_zone_is_asked_for_where_it_matters(
    time: str, asked: bool, tmp_path: Path
) -> None:
    rows = "".join(f"L{i},{time.format(d=1 + i % 27)},web\n" for i in range(40))
    text = run(
        "map", folder(tmp_path, {"leads.csv": f"Lead No,Created,Channel\n{rows}"}), "-o", "-"
    )
    assert ("In which time zone is the company?" in text.out) == asked


def test_files_are_counted_and_not_what_is_made_of_them(tmp_path: Path) -> None:
    events = "".join(
        f"C{i},{step},2024-0{1 + i % 9}-{1 + place * 4:02d} 09:00:00\n"
        for i in range(40)
        for place, step in enumerate(("Lead", "Demo", "Won"))
    )
    files: dict[str, str | bytes] = {
        "events.csv": "Case ID,Activity,Timestamp\n" + events,
        "foo.csv": "a,b\n1,2\n3,4\n",
    }
    assert "Files used: 1, not used: 1," in run("map", folder(tmp_path, files)).out
