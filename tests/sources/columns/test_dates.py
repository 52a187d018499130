"""Dates as exports write them: one way of reading for a column, or a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import load, refused
from sources.columns.column import asked, read


def closed(place: Path, *cells: str, how: str = "", company: str = "") -> list[str | None]:
    values = read(place, "closed_at", cells, how=how, company=company).values
    return [None if value is None else str(value) for value in values]


def test_one_day_over_twelve_settles_the_whole_column(tmp_path: Path) -> None:
    assert closed(tmp_path, "25-12-2023", "01-02-2023") == [
        "2023-12-25 00:00:00", "2023-02-01 00:00:00"
    ]  # fmt: skip


def test_day_and_month_that_nothing_settles_are_asked_about(tmp_path: Path) -> None:
    said = asked(tmp_path / "open", "closed_at", ["01/02/2023", "03/04/2023"])
    assert "(2 values fit both, e.g. 01/02/2023)" in said
    assert 'format: "%d/%m/%Y"  or  format: "%m/%d/%Y"' in said
    given = closed(tmp_path / "given", "01/02/2023", "03/04/2023", how='format: "%d/%m/%Y"')
    assert given == ["2023-02-01 00:00:00", "2023-04-03 00:00:00"]
    agreed = closed(tmp_path / "agreed", "01/01/2023", "05/05/2023")
    assert agreed == ["2023-01-01 00:00:00", "2023-05-05 00:00:00"]


def test_two_orders_in_one_column_are_refused_with_a_row_of_each(tmp_path: Path) -> None:
    said = asked(tmp_path, "closed_at", ["03/25/2023", "25/03/2023"])
    assert "two orders" in said
    assert "'03/25/2023' (1)" in said
    assert "'25/03/2023' (2)" in said


def test_the_century_of_two_digits_is_told_and_never_lies_far_ahead(tmp_path: Path) -> None:
    column = read(tmp_path / "near", "closed_at", ["25/01/23", "26/01/22"])
    assert [str(v)[:10] for v in column.values] == ["2023-01-25", "2022-01-26"]
    assert column.notes == {"columns.pivoted": 2}
    said = asked(tmp_path / "far", "closed_at", ["25/01/68", "25/01/69"])
    assert "25/01/68 in 2068" in said


def test_years_of_the_buddhist_era(tmp_path: Path) -> None:
    assert closed(tmp_path / "digits", "29/02/2567", "01/01/2566") == [
        "2024-02-29 00:00:00", "2023-01-01 00:00:00"
    ]  # fmt: skip
    assert closed(tmp_path / "words", "๑๒ มี.ค. ๒๕๖๖", "5 มกราคม พ.ศ. 2566") == [
        "2023-03-12 00:00:00", "2023-01-05 00:00:00"
    ]  # fmt: skip
    assert "two eras" in asked(tmp_path / "mixed", "closed_at", ["25/01/2566", "25/01/2023"])
    assert "era: buddhist" in asked(tmp_path / "alone", "closed_at", ["15/01/67"])


def test_another_column_of_the_file_proves_the_era_of_two_digits(tmp_path: Path) -> None:
    text = "id,made,closed\n1,15/01/2567,25/01/67\n2,16/01/2567,26/02/67\n"
    settings = (
        "sources:\n  - {read: d.csv, into: deals, columns: {deal_id: id, status: {value: won}, "
        "created_at: made, closed_at: closed}}\n"
    )
    _, ask = load(tmp_path, {"d.csv": text, "salesaudit.yaml": settings})
    assert ask("SELECT closed_at::DATE::TEXT FROM w.deals ORDER BY deal_id") == [
        ("2024-01-25",), ("2024-02-26",)
    ]  # fmt: skip


def test_months_in_several_languages_and_a_day_without_a_year(tmp_path: Path) -> None:
    cells = ["3 Sept 2020", "Mar 3, 2020 2:05 PM", "3. März 2020", "Tue 3 Mar"]
    column = read(tmp_path, "closed_at", cells)
    assert [str(v) for v in column.values] == [
        "2020-09-03 00:00:00", "2020-03-03 14:05:00", "2020-03-03 00:00:00", "None"
    ]  # fmt: skip
    assert column.reasons == {"no_year": 1}


def test_an_offset_is_what_it_says_and_none_is_the_companys(tmp_path: Path) -> None:
    cells = ["2017-10-20T10:11:12+07:00", "2017-10-20T10:11:12Z", "2017-10-20 10:11:12"]
    assert closed(tmp_path, *cells, company="timezone: Asia/Bangkok") == [
        "2017-10-20 03:11:12", "2017-10-20 10:11:12", "2017-10-20 03:11:12"
    ]  # fmt: skip


def test_hours_that_the_clocks_leave_out_or_repeat_are_counted(tmp_path: Path) -> None:
    cells = ["2024-03-31 02:30", "2024-10-27 02:30"]
    column = read(tmp_path, "closed_at", cells, company="timezone: Europe/Berlin")
    assert [str(v) for v in column.values] == ["2024-03-31 01:30:00", "2024-10-27 01:30:00"]
    assert column.notes == {"columns.no-such-hour": 1, "columns.double-hour": 1}


def test_days_that_are_none_and_days_that_stand_for_none(tmp_path: Path) -> None:
    cells = ["2017-02-30", "2017-02-20", "2017-02-21", "1899-12-30", "0000-00-00"]
    column = read(tmp_path / "iso", "closed_at", cells)
    assert [str(v)[:10] for v in column.values] == ["None", "2017-02-20", "2017-02-21"] + [
        "None"
    ] * 2
    assert (column.reasons, column.notes) == ({"no_such_day": 1}, {"columns.sentinels": 2})
    column = read(tmp_path / "dmy", "closed_at", ["00/00/0000", "31/12/9999", "31/12/2017"])
    assert [str(v)[:10] for v in column.values] == ["None", "None", "2017-12-31"]
    assert (column.reasons, column.notes) == ({}, {"columns.sentinels": 2})


def test_a_day_is_the_same_day_far_west_of_greenwich(tmp_path: Path) -> None:
    text = "id,made,closed\n1,2018-01-05,2018-02-28\n"
    settings = (
        "timezone: Pacific/Honolulu\nsources:\n  - {read: d.csv, into: deals, columns: "
        "{deal_id: id, status: {value: won}, created_at: made, closed_at: closed}}\n"
    )
    _, ask = load(tmp_path, {"d.csv": text, "salesaudit.yaml": settings})
    assert ask("SELECT created_on::TEXT, won_on::TEXT FROM w.journeys") == [
        ("2018-01-05", "2018-02-28")
    ]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("44927.5", "2023-01-01 12:00:00"),
        ("1672531200", "2023-01-01 00:00:00"),
        ("1672531200123", "2023-01-01 00:00:00.123000"),
        ("1672531200123456", "2023-01-01 00:00:00.123456"),
    ],
)
def test_counted_times_are_told_by_their_magnitude(tmp_path: Path, cell: str, value: str) -> None:
    assert closed(tmp_path, cell, cell) == [value] * 2


@pytest.mark.parametrize("period", ["1 Jan 2024 - 31 Jan 2024", "2024-01", "Jan 2024", "Q1 2024"])
def test_a_report_by_period_is_asked_for_by_day(tmp_path: Path, period: str) -> None:
    text = f"Period,Channel,Cost\n{period},ads,120\n{period},mail,30\nTotal,,150\n"
    settings = (
        "as_of: 2024-06-01\nsources:\n  - {read: ads.csv, into: spend, columns: {spent_on: Period, "
        "channel: Channel, amount: Cost}}\n"
    )
    said = refused(tmp_path, {"ads.csv": text, "salesaudit.yaml": settings})
    assert "'Period' holds periods and not days" in said
    assert "Export the report by day" in said
    daily = text.replace(period, "2024-01-15")
    loaded, ask = load(tmp_path / "daily", {"ads.csv": daily, "salesaudit.yaml": settings})
    assert ask("SELECT sum(amount)::INT FROM w.spend") == [(150,)]
    assert [(r.reason, r.records) for r in loaded.entries[0].reasons] == [("totals_row", 1)]
