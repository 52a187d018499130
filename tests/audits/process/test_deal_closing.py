"""Audit ``deal-closing``: rates into customer, deals by outcome, and what is withheld."""

from __future__ import annotations

from typing import Any

import pytest

from audits.process.sound import MONTHS, SETTINGS, answer, needed, sound, values
from facts.rows import staged
from salesaudit.audits.base import AnswerStatus
from salesaudit.measures.outcomes import Outcome, outcomes
from salesaudit.measures.stages import stages
from salesaudit.measures.step_ages import step_ages
from salesaudit.measures.step_lags import step_lags
from salesaudit.measures.step_totals import step_totals
from salesaudit.statistics.base import Status
from warehouse.company import funnel

UNIT = "deal_closing"


def test_rates_counts_and_the_win_rate_of_those_decided() -> None:
    found = answer(UNIT, sound())
    assert found.status is AnswerStatus.ANSWERED
    assert values(found) == {
        "customers_per_month": 5.0,
        "deals_lost": 12,
        "deals_open": 8,
        "deals_won": 20,
        "lead_to_customer": 0.05,
        "lead_to_customer_observed": 0.05,
        "sql_to_customer": 0.5,
        "sql_to_customer_observed": 0.5,
        "win_rate": 0.625,  # 20 of 32
        "won_amount": 2000.0,
    }
    assert found.needs == ()


def test_without_losses_what_rests_on_them_is_withheld_and_the_rest_stands() -> None:
    won = [Outcome("deals", "won", month, 5, 0, None) for month in MONTHS]
    won.append(Outcome("deals", "won", MONTHS[0].replace(month=6), 1, 0, None))
    found = answer(UNIT, {**sound(), outcomes: won})
    assert found.status is AnswerStatus.PARTIAL
    for name in ("win_rate", "deals_lost"):
        assert found.estimates[name].status is Status.WITHHELD
        assert found.estimates[name].value is None
    assert found.estimates["sql_to_customer"].value == pytest.approx(0.5)
    assert found.estimates["deals_won"].value == 21
    assert needed(found) == ["deal-closing.need_losses", "deal-closing.need_amount"]


def test_without_any_deal_journeys_are_counted_and_it_is_said() -> None:
    rows = [
        Outcome("journeys", "won", MONTHS[0], 20, 0, None),
        Outcome("journeys", "lost", MONTHS[0], 30, 0, None),
    ]
    found = answer(UNIT, {**sound(), outcomes: rows})
    assert found.estimates["deals_won"].method == "journeys"
    assert found.estimates["win_rate"].value == 0.4


def test_an_sql_that_is_not_recorded_is_bridged_from_the_stage_before() -> None:
    """From pitched to customer, as the nearest stage that is recorded."""
    rows: dict[Any, Any] = dict(sound(SETTINGS, "sql"))
    for measure in (step_ages, step_lags, step_totals):
        bridge = [r for r in rows[measure] if r.step == "sql_to_customer"]
        rows[measure] = [
            *rows[measure],
            *(r._replace(step="pitched_to_customer") for r in bridge),
        ]
    found = answer(UNIT, rows)
    assert "sql_to_customer" not in found.estimates
    assert found.estimates["pitched_to_customer"].value == pytest.approx(0.5)
    assert found.status is AnswerStatus.PARTIAL
    assert needed(found) == ["need.stage"]


def test_deals_alone_still_answer_in_part() -> None:
    """No step can be followed; what was won and lost is known."""
    rows = {outcomes: sound()[outcomes], stages: staged(SETTINGS, "lead", "mql", "pitched", "sql")}
    found = answer(UNIT, rows)
    assert found.status is AnswerStatus.PARTIAL
    assert found.estimates["win_rate"].value == 0.625
    assert "sql_to_customer" not in found.estimates
    assert found.message.id == "deal-closing.counted"


def test_nothing_at_all_asks_for_deals() -> None:
    rows = {stages: staged(SETTINGS, "lead", "mql", "pitched", "sql", "customer")}
    found = answer(UNIT, rows)
    assert (found.status, values(found)) == (AnswerStatus.UNANSWERABLE, {})
    assert "deal-closing.need_deals" in needed(found)


def test_a_company_of_leads_and_won_deals_alone() -> None:
    """Funnel mql, customer; no lost deal: the rate of all leads is answered in part."""
    two = funnel("mql", "customer", as_of=SETTINGS.until)
    won = [Outcome("deals", "won", m, 5, 0, None) for m in (*MONTHS, MONTHS[0].replace(month=6))]
    rows = {**sound(two), outcomes: won}
    for measure in (step_ages, step_lags, step_totals):
        rows[measure] = [r for r in rows[measure] if r.step == "lead_to_customer"]
    found = answer(UNIT, rows, two)
    assert found.status is AnswerStatus.PARTIAL
    assert found.estimates["lead_to_customer"].value == pytest.approx(0.05)
    assert found.estimates["win_rate"].status is Status.WITHHELD
    assert "sql_to_customer" not in found.estimates
