"""Audit ``mql-pitching``: from mql to pitched, and what it says where a stage is missing."""

from __future__ import annotations

import pytest

from audits.process.role_steps import (
    asks_for_an_unrecorded_stage,
    asks_for_more_leads,
    is_in_part_where_later_stages_fill,
)
from audits.process.sound import MONTHS, answer, sound, values
from salesaudit.audits.base import AnswerStatus
from salesaudit.measures.step_totals import step_totals
from salesaudit.statistics.base import Status
from warehouse.company import funnel

UNIT, STEP = "mql_pitching", "mql_to_pitched"


def test_the_share_that_moves_on_and_how_many_a_month() -> None:
    found = answer(UNIT, sound())
    assert found.status is AnswerStatus.ANSWERED
    assert values(found) == {STEP: 0.4, f"{STEP}_observed": 0.4, "pitched_per_month": 20.0}
    rate = found.estimates[STEP]
    assert (rate.status, rate.n, rate.from_on) == (Status.MATURED, 200, MONTHS[0])
    assert found.needs == ()
    assert [row["days"] for row in found.tables["within"]] == [7, 14, 30, 60, 90, 180, 365]


@pytest.mark.parametrize("stage", ["mql", "pitched"])
def test_a_stage_that_is_not_recorded_is_asked_for(stage: str) -> None:
    asks_for_an_unrecorded_stage(UNIT, STEP, stage, "pitched_per_month")


def test_a_share_filled_by_later_stages_makes_it_an_answer_in_part() -> None:
    is_in_part_where_later_stages_fill(UNIT, STEP)


def test_too_few_leads_ask_for_more() -> None:
    asks_for_more_leads(UNIT, STEP)


def test_where_the_funnel_begins_at_the_mql_the_step_from_there_is_this_one() -> None:
    later = funnel("mql", "pitched", "sql", "customer", as_of="2024-12-31")
    rows = sound(later)
    parts = [row for row in rows[step_totals] if row.step == "lead_to_pitched"]
    found = answer(UNIT, {**rows, step_totals: parts}, later)
    assert found.estimates[STEP].value == pytest.approx(0.2)  # 20 of 100
    assert found.estimates[f"{STEP}_observed"].value == pytest.approx(0.2)
    assert found.needs == ()
