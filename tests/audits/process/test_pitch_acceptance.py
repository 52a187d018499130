"""Audit ``pitch-acceptance``: from pitched to sql, and what it says where a stage is missing."""

from __future__ import annotations

import pytest

from audits.process.sound import MONTHS, answer, needed, sound, values
from salesaudit.audits.base import AnswerStatus
from salesaudit.measures.step_ages import step_ages
from salesaudit.measures.step_lags import step_lags
from salesaudit.statistics.base import Status
from warehouse.company import funnel

UNIT, STEP = "pitch_acceptance", "pitched_to_sql"


def test_the_share_that_moves_on_and_how_many_a_month() -> None:
    found = answer(UNIT, sound())
    assert found.status is AnswerStatus.ANSWERED
    assert values(found) == {STEP: 0.5, f"{STEP}_observed": 0.5, "sqls_per_month": 10.0}
    rate = found.estimates[STEP]
    assert (rate.status, rate.n, rate.from_on) == (Status.MATURED, 80, MONTHS[0])
    assert found.needs == ()
    assert [row["days"] for row in found.tables["within"]] == [7, 14, 30, 60, 90, 180]


@pytest.mark.parametrize("stage", ["pitched", "sql"])
def test_a_stage_that_is_not_recorded_is_asked_for(stage: str) -> None:
    found = answer(UNIT, sound(funnel("lead", "mql", "pitched", "sql", "customer"), stage))
    assert needed(found) == ["need.stage"]
    assert STEP not in found.estimates
    arrivals = "sqls_per_month" in found.estimates
    assert arrivals is (stage == "pitched")
    assert found.status is (AnswerStatus.PARTIAL if arrivals else AnswerStatus.UNANSWERABLE)


def test_a_share_filled_by_later_stages_makes_it_an_answer_in_part() -> None:
    rows = sound()
    lags = [row._replace(filled=row.moved) if row.step == STEP else row for row in rows[step_lags]]
    found = answer(UNIT, {**rows, step_lags: lags})
    assert found.estimates[STEP].status is Status.WITHHELD  # over 40 %
    some = [row._replace(filled=row.filled // 4) for row in lags]
    assert answer(UNIT, {**rows, step_lags: some}).status is AnswerStatus.PARTIAL


def test_too_few_leads_ask_for_more() -> None:
    rows = sound()
    few = [row._replace(moved=0, waiting=2) if row.step == STEP else row for row in rows[step_ages]]
    lags = [row for row in rows[step_lags] if row.step != STEP]
    found = answer(UNIT, {**rows, step_ages: few, step_lags: lags})
    assert needed(found) == ["need.more"]
    assert STEP not in found.estimates
