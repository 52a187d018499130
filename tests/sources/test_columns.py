"""A column is read in one way for all of its rows, or a question is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salesaudit.core.errors import MappingError
from salesaudit.sources.columns import (
    Reading,
    decide_booleans,
    decide_numbers,
    decide_times,
    text_expression,
)


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def fill(con: duckdb.DuckDBPyConnection, cells: Sequence[str | None]) -> None:
    con.execute("CREATE OR REPLACE TABLE raw (v TEXT, _record BIGINT, _line BIGINT)")
    con.execute(
        "INSERT INTO raw SELECT unnest($1::TEXT[]), unnest(range(1, len($1) + 1)), 0", [list(cells)]
    )


def times(
    con: duckdb.DuckDBPyConnection, cells: Sequence[str | None], zone: str = "Asia/Bangkok",
    **options: object,
) -> Reading:  # fmt: skip
    fill(con, cells)
    return decide_times(
        con, "raw", "v", source="deals.csv", field="closed_at", timezone=zone, **options  # type: ignore[arg-type]
    )  # fmt: skip


def numbers(
    con: duckdb.DuckDBPyConnection, cells: Sequence[str | None], **options: object
) -> Reading:
    fill(con, cells)
    return decide_numbers(con, "raw", "v", source="deals.csv", field="amount", **options)  # type: ignore[arg-type]


def values(con: duckdb.DuckDBPyConnection, reading: Reading) -> list[object]:
    found = con.execute(f"SELECT {reading.sql} FROM raw ORDER BY _record").fetchall()
    return [row[0] for row in found]


def bad(con: duckdb.DuckDBPyConnection, reading: Reading) -> list[str]:
    found = con.execute(f"SELECT v FROM raw WHERE {reading.bad_sql} ORDER BY _record").fetchall()
    assert len(found) == reading.unreadable
    return [row[0] for row in found]


def ids(reading: Reading) -> dict[str, object]:
    return {note.id: note.params.get("count") for note in reading.notes}


DAYS = [
    (["25-12-2023", "01-02-2023"], ["2023-12-25", "2023-02-01"], "%d-%m-%Y"),
    (["12/25/2023", "02/01/2023"], ["2023-12-25", "2023-02-01"], "%m/%d/%Y"),
    (["2023-12-25", "2023/2/1"], ["2023-12-25", "2023-02-01"], "%Y-%m-%d"),
    (["25.12.23", "1.2.23"], ["2023-12-25", "2023-02-01"], "%d.%m.%y"),
    (["01/01/2023", "05/05/2023"], ["2023-01-01", "2023-05-05"], "%d/%m/%Y"),
    (["20231225", "20230201"], ["2023-12-25", "2023-02-01"], "%Y%m%d"),
    (["3 Sept 2020", "4 December 2020"], ["2020-09-03", "2020-12-04"], "%d %B %Y"),
    (["March 3, 2020", "Tue, 3 Mar 2020"], ["2020-03-03", "2020-03-03"], "%d %B %Y"),
    (["3. März 2020", "3-Mar-20", "2020-Mar-03"], ["2020-03-03"] * 3, "%d %B %Y"),
    (["29/02/2567", "01/01/2566"], ["2024-02-29", "2023-01-01"], "%d/%m/%Y"),
    (["๑๒ มี.ค. ๒๕๖๖", "5 มกราคม พ.ศ. 2566"], ["2023-03-12", "2023-01-05"], "%d %B %Y"),
    (["วันจันทร์ที่ 5 มกราคม 2566", "5 มค 2566"], ["2023-01-05"] * 2, "%d %B %Y"),
    (["44927", "44928"], ["2023-01-01", "2023-01-02"], "Excel serial"),
]


@pytest.mark.parametrize(("cells", "expected", "label"), DAYS, ids=[d[0][0] for d in DAYS])
def test_reads_days_in_the_one_form_that_fits_all(
    con: duckdb.DuckDBPyConnection, cells: list[str], expected: list[str], label: str
) -> None:
    reading = times(con, [*cells, "", None], day=True)
    assert values(con, reading) == [*map(date.fromisoformat, expected), None, None]
    assert (reading.label, reading.day_precision) == (label, True)
    assert (reading.filled, reading.unreadable, reading.empty) == (len(cells), 0, 2)


UTC = [
    ("2017-10-20T10:11:12+07:00", "2017-10-20 03:11:12"),
    ("2017-10-20T10:11:12Z", "2017-10-20 10:11:12"),
    ("2017-10-20 10:11:12.123456-0300", "2017-10-20 13:11:12.123456"),
    ("2017-10-20 10:11:12", "2017-10-20 03:11:12"),
    ("Mar 3, 2020 2:05 PM", "2020-03-03 07:05:00"),
    ("13/02/2023 12:00 am", "2023-02-12 17:00:00"),
    ("13/02/2023 12:30 p.m.", "2023-02-13 05:30:00"),
    ("5 ม.ค. 2566 14:30 น.", "2023-01-05 07:30:00"),
    ("44927.5", "2023-01-01 05:00:00"),
    ("1672531200", "2023-01-01 00:00:00"),
    ("1672531200123", "2023-01-01 00:00:00.123"),
    ("1672531200123456", "2023-01-01 00:00:00.123456"),
]


@pytest.mark.parametrize(("cell", "expected"), UTC)
def test_gives_times_in_utc(con: duckdb.DuckDBPyConnection, cell: str, expected: str) -> None:
    assert values(con, times(con, [cell])) == [datetime.fromisoformat(expected)]


def test_puts_a_day_at_local_midnight(con: duckdb.DuckDBPyConnection) -> None:
    reading = times(con, ["2018-01-05"], "America/Los_Angeles")
    assert values(con, reading) == [datetime.fromisoformat("2018-01-05 08:00")]
    assert reading.day_precision
    local = f"timezone('America/Los_Angeles', timezone('UTC', {reading.sql}))::DATE"
    assert con.execute(f"SELECT {local} FROM raw").fetchone() == (date(2018, 1, 5),)
    assert values(con, times(con, ["2017-10-20T23:11:12Z"], day=True)) == [date(2017, 10, 21)]


def test_counts_hours_that_the_clocks_leave_out_or_make_twice(
    con: duckdb.DuckDBPyConnection,
) -> None:
    cells = ["2024-03-31 02:30", "2024-10-27 02:30", "2024-06-01 12:00", "2024-10-27T02:30Z"]
    reading = times(con, cells, "Europe/Berlin")
    assert values(con, reading)[:2] == [
        *map(datetime.fromisoformat, ["2024-03-31 01:30", "2024-10-27 01:30"])
    ]
    assert ids(reading) == {"columns.no-such-hour": 1, "columns.double-hour": 1}


ASKED = [
    (["01/02/2023", "03/04/2023"], {}, "columns.ambiguous-date"),
    (["01/02/2023", "03/04/2023", "soon"], {}, "columns.ambiguous-date"),
    (["03/25/2023", "25/03/2023"], {}, "columns.two-date-forms"),
    (["03/25/2023"] + ["25/03/2023"] * 999, {}, "columns.two-date-forms"),
    (["2020-01-01", "25/12/2020"], {}, "columns.two-date-forms"),
    (["05/01/2566", "25/01/2023"], {}, "columns.two-eras"),
    (["25/01/67"], {}, "columns.short-years"),
    (["25/01/68", "25/01/69"], {}, "columns.short-years"),
    (["25/01/35"], {"newest": date(2020, 1, 1)}, "columns.short-years"),
    (["soon", "later"], {}, "columns.not-readable"),
    (["2020-01-01"], {"format": "%d/%m/%Y"}, "columns.not-readable"),
    (["2020-01-01"], {"format": "%s"}, "columns.bad-format"),
    (["01/02"], {"format": "%d/%m"}, "columns.bad-format"),
    (["2020-01-01"], {"zone": "Nowhere/At_All"}, "columns.unknown-zone"),
]


@pytest.mark.parametrize(("cells", "options", "problem"), ASKED)
def test_asks_rather_than_guesses_dates(
    con: duckdb.DuckDBPyConnection, cells: list[str], options: dict[str, object], problem: str
) -> None:
    with pytest.raises(MappingError) as caught:
        times(con, cells, **options)  # type: ignore[arg-type]
    params = caught.value.problem.params
    assert caught.value.problem.id == problem
    assert params["file"] == "deals.csv"
    assert params["field"] == "closed_at"


def test_names_count_example_and_the_line_to_add_where_day_and_month_are_open(
    con: duckdb.DuckDBPyConnection,
) -> None:
    cells = ["03/04/2023 10:15", "01/01/2023 11:00", "04/05/2023 12:00"]
    with pytest.raises(MappingError) as caught:
        times(con, cells)
    assert str(caught.value) == (
        "deals.csv: 'v' can be read day-month or month-day (2 values fit both, "
        'e.g. 03/04/2023 10:15). Add  format: "%d/%m/%Y %H:%M"  or  format: "%m/%d/%Y %H:%M"  '
        "under columns.closed_at."
    )
    reading = times(con, cells, format="%d/%m/%Y %H:%M")
    assert values(con, reading)[0] == datetime.fromisoformat("2023-04-03 03:15")


def test_reads_nothing_from_an_open_column_that_no_answer_uses(
    con: duckdb.DuckDBPyConnection,
) -> None:
    reading = times(con, ["01/02/2023", "03/04/2023", ""], required=False)
    assert values(con, reading) == [None, None, None]
    assert bad(con, reading) == ["01/02/2023", "03/04/2023"]
    assert list(ids(reading)) == ["columns.ambiguous-date"]


BAD_DATES = [
    (["2017-02-30", "2017-02-28", "2017-03-01"], ["2017-02-30"]),
    (["3 Sept 2020", "Tue 3 Mar"], ["Tue 3 Mar"]),
    (["infinity", "epoch", "now", "2020-01-01", "2020-01-02", "2020-01-03"],
     ["infinity", "epoch", "now"]),
    (["13/02/2023 13:00 pm", "13/02/2023 1:00 pm"], ["13/02/2023 13:00 pm"]),
    (["29/02/2566", "28/02/2566"], ["29/02/2566"]),
]  # fmt: skip


@pytest.mark.parametrize(("cells", "expected"), BAD_DATES)
def test_refuses_cells_that_are_no_date(
    con: duckdb.DuckDBPyConnection, cells: list[str], expected: list[str]
) -> None:
    reading = times(con, cells)
    assert bad(con, reading) == expected


def test_takes_dates_that_stand_for_none_as_empty(con: duckdb.DuckDBPyConnection) -> None:
    reading = times(con, ["00/00/0000", "30/12/1899", "31/12/9999", "13/05/2020", "N/A"], day=True)
    assert values(con, reading) == [None, None, None, date(2020, 5, 13), None]
    assert (reading.empty, bad(con, reading)) == (4, [])
    assert ids(reading) == {"columns.sentinels": 3, "columns.marker": 1}
    assert values(con, times(con, ["1970-01-01", "2020-01-01"], day=True))[0] == date(1970, 1, 1)
    assert values(con, times(con, ["1970-01-01"] * 9 + ["2020-01-01"], day=True))[0] is None


@pytest.mark.parametrize(
    ("cells", "options", "expected"),
    [
        (["25/01/67", "05/01/67"], {"era": "buddhist"}, date(2024, 1, 25)),
        (["2566-01-05"], {"era": "buddhist", "format": "%Y-%m-%d"}, date(2023, 1, 5)),
        (["29/02/2567"], {"era": "buddhist", "format": "%d/%m/%Y"}, date(2024, 2, 29)),
        (["01/02/2023 "], {"format": "%d/%m/%Y"}, date(2023, 2, 1)),
        (["2020-01-01 02:00 +0700"], {"format": "%Y-%m-%d %H:%M %z"}, date(2020, 1, 1)),
        (["25/01/23"], {"newest": date(2022, 6, 1)}, date(2023, 1, 25)),
    ],
)
def test_follows_the_settings(
    con: duckdb.DuckDBPyConnection, cells: list[str], options: dict[str, object], expected: date
) -> None:
    assert values(con, times(con, cells, day=True, **options))[0] == expected


STYLES = [
    "1,234.50",
    "1.234,50",
    "1 234,50",
    "1\u00a0234,50",
    "1\u202f234,50",
    "1'234.50",
    "1234.5",
]


@pytest.mark.parametrize("cell", STYLES)
def test_reads_every_style_of_numbers(con: duckdb.DuckDBPyConnection, cell: str) -> None:
    assert values(con, numbers(con, [cell, "7"])) == [Decimal("1234.50"), Decimal(7)]


def test_reads_signs_currencies_and_short_forms(con: duckdb.DuckDBPyConnection) -> None:
    cells = [
        "$1,200.00",
        "฿1,250",
        "(1,200)",
        "1,200-",
        "−5",
        "-$5",
        "USD 7",
        "2.5M",
        "3 ล้าน",
        "๑๒",
    ]
    reading = numbers(con, cells)
    assert values(con, reading) == [1200, 1250, -1200, -1200, -5, -5, 7, 2_500_000, 3_000_000, 12]
    assert set(reading.currencies) == {"$", "฿", "USD"}
    assert (reading.rounded, ids(reading)) == (2, {"columns.scaled": 2})
    assert values(con, numbers(con, ["1.234,56 €", "7,1 €"])) == [
        Decimal("1234.56"),
        Decimal("7.10"),
    ]


def test_asks_for_the_decimal_sign_where_nothing_settles_it(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(MappingError) as caught:
        numbers(con, ["1.234", "5.678", "5"])
    assert str(caught.value) == (
        "deals.csv: 'v' can be read with decimal point or decimal comma (2 values fit both, "
        'e.g. 1.234). Add  decimal: "."  or  decimal: ","  under columns.amount.'
    )
    assert values(con, numbers(con, ["1.234", "1.23"], digits=3))[0] == Decimal("1.234")
    assert values(con, numbers(con, ["1.234", "5"], decimal=","))[0] == Decimal(1234)


@pytest.mark.parametrize(
    ("cells", "problem"),
    [
        (["1,234.5", "1.234,5"], "columns.two-number-styles"),
        (["Ann", "Bob"], "columns.not-readable"),
    ],
)
def test_asks_rather_than_guesses_numbers(
    con: duckdb.DuckDBPyConnection, cells: list[str], problem: str
) -> None:
    with pytest.raises(MappingError) as caught:
        numbers(con, cells)
    assert caught.value.problem.id == problem


def test_refuses_what_the_engine_would_cast_but_is_no_number(
    con: duckdb.DuckDBPyConnection,
) -> None:
    odd = ["NaN", "inf", "1e5", "0x1F", "1_000"]
    reading = numbers(con, [*odd, "5", "6", "7", "8", "9.5"])
    assert bad(con, reading) == odd
    assert values(con, numbers(con, ["1e5", "2E3"])) == [100_000, 2_000]
    assert bad(con, numbers(con, ["1.6", "2", "3.0"], kind="integer")) == ["1.6"]
    assert bad(con, numbers(con, ["--5", "(5", "5", "6"])) == ["--5", "(5"]


def test_counts_each_word_for_empty(con: duckdb.DuckDBPyConnection) -> None:
    reading = numbers(con, ["N/A", "n/a", "-", "NULL", "", None, "5"])
    assert (reading.filled, reading.empty, reading.unreadable) == (1, 6, 0)
    said = {note.params["marker"]: note.params["count"] for note in reading.notes}
    assert said == {"n/a": 2, "-": 1, "null": 1}


def test_rounds_half_up_counts_it_and_refuses_overflow(con: duckdb.DuckDBPyConnection) -> None:
    reading = numbers(con, ["0.005", "-0.005", "1.123456789012", "1.50000", "1" + "0" * 17])
    cents = [Decimal("0.01"), Decimal("-0.01"), Decimal("1.12"), Decimal("1.50"), None]
    assert values(con, reading) == cents
    assert (reading.rounded, bad(con, reading)) == (3, ["1" + "0" * 17])
    yen = numbers(con, ["5.5", "6"], digits=0)
    assert (values(con, yen), yen.rounded) == ([6, 6], 1)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        (["ใช่", "ไม่ใช่"], [True, False]),
        (["Ja", "nein"], [True, False]),
        (["x", "X", ""], [True, True, False]),
        (["1", "0", ""], [True, False, None]),
        (["TRUE", "False"], [True, False]),
        (["no"], [False]),
        (["won", "lost"], [True, False]),
    ],
)
def test_reads_yes_and_no_of_one_language(
    con: duckdb.DuckDBPyConnection, cells: list[str], expected: list[bool | None]
) -> None:
    fill(con, cells)
    reading = decide_booleans(con, "raw", "v", source="deals.csv", field="won")
    assert values(con, reading) == expected


@pytest.mark.parametrize("cells", [["yes", "oui"], ["yes", "no", "maybe"], ["2", "1"]])
def test_asks_where_yes_and_no_are_of_no_pair(
    con: duckdb.DuckDBPyConnection, cells: list[str]
) -> None:
    fill(con, cells)
    with pytest.raises(MappingError) as caught:
        decide_booleans(con, "raw", "v", source="deals.csv", field="won")
    two = cells == ["yes", "oui"]
    assert caught.value.problem.id == ("columns.two-languages" if two else "columns.not-a-pair")


def test_tidies_text_and_keeps_names_that_look_empty(con: duckdb.DuckDBPyConnection) -> None:
    fill(con, ["Null", " Ann\u00a0\u200b  Lee ", "Jose\u0301", "   ", None, "=1+1"])
    found = con.execute(f"SELECT {text_expression('v')} FROM raw ORDER BY _record").fetchall()
    assert [row[0] for row in found] == ["Null", "Ann Lee", "José", None, None, "=1+1"]


cell = st.one_of(
    st.dates(date(1990, 1, 1), date(2030, 1, 1)).map(lambda day: day.strftime("%d/%m/%Y")),
    st.text(alphabet="0123456789-/.:,() '$kMe+T", max_size=12),
    st.sampled_from(["", "N/A", "31/12/9999", "29/02/2567", "5 มกราคม 2566", "1e5", "infinity"]),
)


@settings(max_examples=25, deadline=None)
@given(cells=st.lists(cell, min_size=1, max_size=8))
def test_every_cell_is_read_empty_or_bad_or_the_column_is_asked_about(cells: list[str]) -> None:
    with duckdb.connect() as con:
        for decide in (times, numbers):
            try:
                reading = decide(con, cells)
            except MappingError:
                continue
            found = values(con, reading)
            refused = bad(con, reading)
            assert len(refused) + sum(v is not None for v in found) == reading.filled
            assert reading.filled + reading.empty == len(cells)
