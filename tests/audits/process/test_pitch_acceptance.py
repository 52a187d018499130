"""Audit ``pitch-acceptance``: from pitched to sql, and what it says where a stage is missing."""

from __future__ import annotations

import pytest

from audits.process.role_steps import (
    asks_for_an_unrecorded_stage,
    asks_for_more_leads,
    is_in_part_where_later_stages_fill,
)
from audits.process.sound import MONTHS, answer, sound, values
from salesaudit.audits.base import AnswerStatus
from salesaudit.statistics.base import Status

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
    asks_for_an_unrecorded_stage(UNIT, STEP, stage, "sqls_per_month")


def test_a_share_filled_by_later_stages_makes_it_an_answer_in_part() -> None:
    is_in_part_where_later_stages_fill(UNIT, STEP)


def test_too_few_leads_ask_for_more() -> None:
    asks_for_more_leads(UNIT, STEP)
