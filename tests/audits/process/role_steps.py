"""What Q2, Q3 and Q4 promise alike, as checks that the test of each calls with its own step."""

from __future__ import annotations

from audits.process.sound import answer, needed, sound
from salesaudit.audits.base import AnswerStatus
from salesaudit.measures.step_ages import step_ages
from salesaudit.measures.step_lags import step_lags
from salesaudit.statistics.base import Status
from warehouse.company import funnel


def asks_for_an_unrecorded_stage(unit: str, step: str, stage: str, a_month: str) -> None:
    """The rate is missing; how many a month is there if only the first stage is not recorded."""
    found = answer(unit, sound(funnel("lead", "mql", "pitched", "sql", "customer"), stage))
    assert needed(found) == ["need.stage"]
    assert step not in found.estimates
    arrivals = a_month in found.estimates
    assert arrivals is step.startswith(f"{stage}_to_")
    assert found.status is (AnswerStatus.PARTIAL if arrivals else AnswerStatus.UNANSWERABLE)


def is_in_part_where_later_stages_fill(unit: str, step: str) -> None:
    """Over 40 % dated by a later stage are withheld, over 10 % make an answer in part."""
    rows = sound()
    lags = [row._replace(filled=row.moved) if row.step == step else row for row in rows[step_lags]]
    found = answer(unit, {**rows, step_lags: lags})
    assert found.estimates[step].status is Status.WITHHELD
    some = [row._replace(filled=row.filled // 4) for row in lags]
    assert answer(unit, {**rows, step_lags: some}).status is AnswerStatus.PARTIAL


def asks_for_more_leads(unit: str, step: str) -> None:
    """Two a month that wait are too few to follow."""
    rows = sound()
    few = [row._replace(moved=0, waiting=2) if row.step == step else row for row in rows[step_ages]]
    lags = [row for row in rows[step_lags] if row.step != step]
    found = answer(unit, {**rows, step_ages: few, step_lags: lags})
    assert needed(found) == ["need.more"]
    assert step not in found.estimates
