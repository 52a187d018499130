"""Audit ``lead-qualification``: from lead to mql, and what it says where a stage is missing."""

from __future__ import annotations

import pytest

from audits.process.role_steps import (
    asks_for_an_unrecorded_stage,
    asks_for_more_leads,
    is_in_part_where_later_stages_fill,
)
from audits.process.sound import MONTHS, answer, needed, sound, values
from salesaudit.audits.base import AnswerStatus
from salesaudit.statistics.base import Status
from warehouse.company import funnel

UNIT, STEP = "lead_qualification", "lead_to_mql"


def test_the_share_that_moves_on_and_how_many_a_month() -> None:
    found = answer(UNIT, sound())
    assert found.status is AnswerStatus.ANSWERED
    assert values(found) == {STEP: 0.5, f"{STEP}_observed": 0.5, "mqls_per_month": 50.0}
    rate = found.estimates[STEP]
    assert (rate.status, rate.n, rate.from_on) == (Status.MATURED, 400, MONTHS[0])
    assert found.needs == ()
    assert [row["days"] for row in found.tables["within"]] == [7, 14, 30, 60, 90, 180, 365]


@pytest.mark.parametrize("stage", ["lead", "mql"])
def test_a_stage_that_is_not_recorded_is_asked_for(stage: str) -> None:
    asks_for_an_unrecorded_stage(UNIT, STEP, stage, "mqls_per_month")


def test_a_share_filled_by_later_stages_makes_it_an_answer_in_part() -> None:
    is_in_part_where_later_stages_fill(UNIT, STEP)


def test_too_few_leads_ask_for_more() -> None:
    asks_for_more_leads(UNIT, STEP)


def test_where_every_lead_is_an_mql_already_there_is_no_such_step() -> None:
    """A funnel that begins at the MQL, like that of a company whose form qualifies."""
    later = funnel("mql", "customer", as_of="2024-12-31")
    found = answer(UNIT, sound(later), later)
    assert (found.status, values(found)) == (AnswerStatus.UNANSWERABLE, {})
    assert found.message.id == "role-step.first_is_later"
    assert needed(found) == ["need.role.lead"]
