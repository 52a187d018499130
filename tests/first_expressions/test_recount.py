"""The expressions that the benchmark times count what plain loops over the same rows count."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

import ibis.expr.types as ir
import pytest

from benchmarks.first_expressions import exposure, pipeline, readiness, response
from benchmarks.first_expressions.company import (
    Opened,
    build_journeys,
    open_company,
    write_company,
)
from first_expressions import recount

LEADS = 2_000
SPELL = ("content_id", "step", "channel")
Build = Callable[[Opened], ir.Table]


@pytest.fixture(scope="module")
def company(tmp_path_factory: pytest.TempPathFactory) -> recount.Rows:
    file = tmp_path_factory.mktemp("made") / "company.duckdb"
    write_company(file, "typical", LEADS)
    build_journeys(file, "typical")
    return recount.rows(open_company(file, "typical"))


@pytest.fixture(scope="module")
def exposed(company: recount.Rows) -> dict[tuple[Any, ...], list[int]]:
    return recount.exposed(company)


def test_the_company_has_what_is_counted(
    company: recount.Rows, exposed: dict[tuple[Any, ...], list[int]]
) -> None:
    assert len(company.journeys) >= LEADS
    moves = sum(moved for (content, *_), (_, moved) in exposed.items() if content is not None)
    assert moves > 500
    assert sum(map(len, company.changes.values())) > 200


@pytest.mark.parametrize("build", [exposure.by_day, exposure.by_day_and_team])
def test_running_sums_are_the_days_at_risk(
    build: Build, company: recount.Rows, exposed: dict[tuple[Any, ...], list[int]]
) -> None:
    assert at_risk(company, build, 1) == exposed


def test_sums_of_days_are_the_days_at_risk_of_a_week(
    company: recount.Rows, exposed: dict[tuple[Any, ...], list[int]]
) -> None:
    assert at_risk(company, exposure.by_week, 7) == in_weeks(exposed)


def test_columns_of_overlaps_are_the_days_at_risk_of_a_week(
    company: recount.Rows, exposed: dict[tuple[Any, ...], list[int]]
) -> None:
    found = {}
    for row in run(company, exposure.week_columns):
        for week in range(exposure.WEEKS + 1):
            cell = [row[f"days_{week}"], row[f"moves_{week}"]]
            if cell[0]:
                found[*(row[key] for key in SPELL), week] = cell
    assert found == in_weeks(exposed, exposure.WEEKS)


def test_rows_of_weeks_are_the_days_at_risk_of_a_week(
    company: recount.Rows, exposed: dict[tuple[Any, ...], list[int]]
) -> None:
    rows = run(company, exposure.week_by_week)
    found = {(*(row[key] for key in SPELL), row["week"]): [row["days"], row["moves"]]
             for row in rows}  # fmt: skip
    assert found == in_weeks(exposed, exposure.WEEKS)


@pytest.mark.parametrize(
    "build", [readiness.collapsed, readiness.week_by_week, readiness.side_by_side]
)
def test_readiness(build: Build, company: recount.Rows) -> None:
    keys, counts = ("week", "band", "month", "channel"), COUNTS
    expected = recount.ready(company)
    assert sum(handed for _, handed, _, _ in expected.values()) > 100
    assert cells(run(company, build), keys, counts) == expected


def test_readiness_without_month_is_its_sum(company: recount.Rows) -> None:
    expected: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0] * 4)
    for (week, band, _, channel), counts in recount.ready(company).items():
        summed = zip(expected[week, band, channel], counts, strict=True)
        expected[week, band, channel] = [a + b for a, b in summed]
    found = cells(run(company, readiness.without_month), ("week", "band", "channel"), COUNTS)
    assert found == expected


def test_response(company: recount.Rows) -> None:
    found = run(company, response.response)
    expected = recount.answered(company)
    assert len({band for band, _, _ in expected}) == 7
    assert cells(found, ("band", "channel", "hours"), ("leads", "moved", "left")) == expected


@pytest.mark.parametrize(
    ("build", "origins"),
    [
        (pipeline.at_24_origins, 24),
        (pipeline.origin_by_origin, 24),
        (pipeline.at_8_origins, 8),
    ],
)
def test_open_pipeline(build: Build, origins: int, company: recount.Rows) -> None:
    rows = run(company, build)
    found = {(r["origin"], r["month"], r["week"], r["band"]): r["leads"] for r in rows}
    expected = recount.open_then(company, origins)
    assert len({band for *_, band in expected}) == 5
    assert found == dict(expected)


def test_present_amounts_leave_the_number_of_open_leads(company: recount.Rows) -> None:
    both = [
        sum(row["leads"] for row in run(company, build))
        for build in (pipeline.at_24_origins, pipeline.without_changes)
    ]
    assert both[0] == both[1] > 0


COUNTS = ("eligible", "handed", "customers", "handed_customers")


def run(company: recount.Rows, build: Build) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = company.opened.con.to_pyarrow(build(company.opened)).to_pylist()
    return rows


def cells(
    rows: list[dict[str, Any]], keys: tuple[str, ...], counts: tuple[str, ...]
) -> dict[tuple[Any, ...], list[int]]:
    found = {tuple(row[key] for key in keys): [row[name] for name in counts] for row in rows}
    assert len(found) == len(rows)
    return found


def at_risk(company: recount.Rows, build: Build, unit: int) -> dict[tuple[Any, ...], list[int]]:
    """Days at risk and moves by age, from what begins and ends there."""
    marks: dict[tuple[Any, ...], dict[int, list[int]]] = defaultdict(
        lambda: defaultdict(lambda: [0] * 5)
    )
    names = ("begins", "begin_days", "ends", "end_days", "moves")
    for row in run(company, build):
        mark = marks[tuple(row[key] for key in SPELL)][row["age"]]
        mark[:] = [a + row[name] for a, name in zip(mark, names, strict=True)]
    found = {}
    for spell, ages in marks.items():
        at = 0  # spells at risk where an age begins
        for age in range(max(ages) + 1):
            begins, begin_days, ends, end_days, moves = ages[age]
            start = age * unit
            days = at * unit + unit * begins - (begin_days - start * begins)
            days -= unit * ends - (end_days + ends - start * ends)
            at += begins - ends
            if days:
                found[*spell, age] = [days, moves]
        assert at == 0
    return found


def in_weeks(
    exposed: dict[tuple[Any, ...], list[int]], last: int | None = None
) -> dict[tuple[Any, ...], list[int]]:
    found: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    for (*spell, age), (days, moves) in exposed.items():
        week = age // 7 if last is None else min(age // 7, last)
        found[*spell, week][0] += days
        found[*spell, week][1] += moves
    return dict(found)
