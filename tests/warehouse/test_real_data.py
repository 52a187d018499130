"""Journeys, measures and answers of two public data sets, against figures worked out elsewhere."""

from __future__ import annotations

from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from salesaudit.audits.base import Answer, AnswerStatus
from salesaudit.audits.catalog import units
from salesaudit.core.errors import InternalError
from salesaudit.facts.base import Inputs, measures_of
from salesaudit.facts.step_curves import step_curves
from salesaudit.facts.trust import trust
from salesaudit.measures.arrivals import arrivals
from salesaudit.measures.base import Results
from salesaudit.measures.outcomes import outcomes
from salesaudit.measures.step_totals import step_totals
from salesaudit.statistics.base import Status
from warehouse.company import Company
from warehouse.real import loans, olist

pytestmark = pytest.mark.real_data


def inputs_of(company: Company) -> Inputs:
    needed = measures_of(tuple(i for unit in units() for i in unit.meta.inputs))
    rows = {measure: company.run(measure) for measure in needed}
    return Inputs(Results(rows), company.settings)


def answer(company: Company, question: str) -> Answer:
    if not hasattr(company, "inputs"):
        company.inputs = inputs_of(company)  # type: ignore[attr-defined]
    [unit] = [unit for unit in units() if unit.meta.answers == question]
    found = unit.audit(company.inputs, company.settings).answer  # type: ignore[attr-defined]
    if found is None:
        raise InternalError(question)
    return found


# Olist: leads from 14 June 2017 to 31 May 2018, wins from 5 December 2017 to 14 November 2018.


def test_olist_as_loaded() -> None:
    company = olist()
    assert company.built.until == date(2018, 11, 14)
    assert Counter(row.outcome for row in company.journeys.values()) == {"open": 7158, "won": 842}
    assert [(s.stage, s.reached, s.own_stamp) for s in company.built.stages] == [
        ("mql", 8000, 8000),
        ("customer", 842, 842),
    ]
    assert company.stages["customer"].recorded_from == date(2017, 12, 5)
    early = company.journeys["b91cf8812365f50ff4bda4bcd6206b05"]
    assert (early.won_on - early.created_on).days == -2


def test_olist_leads_and_wins_by_channel() -> None:
    totals = {row.channel: (row.entered, row.reached) for row in olist().run(step_totals)}
    assert totals == {
        "organic_search": (2296, 271), "paid_search": (1586, 195), "social": (1350, 75),
        "unknown": (1099, 179), "direct_traffic": (499, 56), "email": (493, 15),
        "referral": (284, 24), "other": (150, 4), "display": (118, 6),
        "other_publicities": (65, 3), None: (60, 14),
    }  # fmt: skip


def test_olist_months() -> None:
    months = Counter[date]()
    for row in olist().run(arrivals):
        assert row.day is not None
        months[row.day.replace(day=1)] += row.leads
    assert [months[month] for month in sorted(months)] == [
        4, 239, 386, 312, 416, 445, 200, 1141, 1028, 1174, 1352, 1303,
    ]  # fmt: skip
    won = {row.month: row.cases for row in olist().run(outcomes) if row.counted == "deals"}
    assert [won[month] for month in sorted(won)] == [
        3, 73, 113, 147, 207, 122, 57, 37, 33, 23, 21, 6,
    ]  # fmt: skip


def test_olist_cohorts_before_the_wins_were_recorded_are_left_out() -> None:
    q5 = answer(olist(), "Q5")
    rate = q5.estimates["lead_to_customer"]
    assert (rate.from_on, rate.horizon, rate.n) == (date(2018, 1, 1), 309, 5998)
    assert (rate.value, rate.lower, rate.upper) == pytest.approx(
        (0.13601, 0.1140, 0.1615), abs=5e-5
    )
    assert rate.status is Status.AT_LEAST
    curve = olist().inputs.fact(step_curves)["lead_to_customer"]  # type: ignore[attr-defined]
    assert curve.total.spread.phi == pytest.approx(2.746, abs=5e-4)
    assert (curve.total.spread.cohorts, curve.total.spread.by) == (5, "months")
    assert curve.rise is not None
    assert curve.rise.value == pytest.approx(0.056, abs=5e-4)
    assert (curve.late.first_on, curve.late.dropped) == (date(2017, 12, 5), 2002)
    twin = q5.estimates["lead_to_customer_observed"]
    assert (twin.value, twin.n) == (pytest.approx(0.10525), 8000)
    assert q5.estimates["customers_per_month"].value == pytest.approx(132.4)


def test_olist_keeps_no_lost_deals_so_no_win_rate_is_shown() -> None:
    q5 = answer(olist(), "Q5")
    assert q5.status is AnswerStatus.PARTIAL
    assert q5.estimates["deals_won"].value == 842
    for name in ("win_rate", "deals_lost"):
        assert (q5.estimates[name].status, q5.estimates[name].value) == (Status.WITHHELD, None)
    assert "deals.lost_reason" in {f"{need.table}.{need.column}" for need in q5.needs}


def test_olist_time_to_customer() -> None:
    q6 = answer(olist(), "Q6")
    median, late = (q6.estimates[f"{n}_days_to_customer"] for n in ("median", "p90"))
    assert (median.value, median.lower, median.upper) == (13, 10, 15)
    assert late.value == 148
    assert q6.estimates["median_days_to_customer_observed"].value == 14
    assert q6.estimates["channels_differ_p"].value == pytest.approx(0.0163, abs=5e-5)
    in_share = q6.estimates["channels_differ_in_share_p"].value
    assert in_share == pytest.approx(2.89e-25, rel=5e-3)
    assert q6.status is AnswerStatus.ANSWERED


def test_olist_has_no_stage_before_the_mql() -> None:
    q1, q2 = answer(olist(), "Q1"), answer(olist(), "Q2")
    assert q1.status is AnswerStatus.ANSWERED
    assert (q2.status, q2.estimates) == (AnswerStatus.UNANSWERABLE, {})


def test_olist_defects() -> None:
    trusted = olist().inputs.fact(trust)  # type: ignore[attr-defined]
    said = {issue.check: (issue.k, issue.n) for issue in trusted.issues if issue.severity > 0}
    assert said["missing-channel"] == (60, 8000)
    assert said["late-recording"] == (2002, 8000)
    assert said["negative-time"] == (1, 842)
    assert set(said) == {
        "late-recording", "early-recording-end", "missing-losses", "missing-channel",
        "negative-time",
    }  # fmt: skip


# The loan pipeline: 7,455 applications of October to December 2011.


@pytest.mark.parametrize("by_deals", [True, False])
def test_loan_steps_and_outcomes_by_deals_and_by_losing_stages(by_deals: bool) -> None:
    company = loans(by_deals)
    assert [(stage.reached, stage.recorded) for stage in company.built.stages] == [
        (7455, True), (4139, True), (2863, True), (2815, True), (1614, True), (1130, True),
    ]  # fmt: skip
    assert Counter(row.outcome for row in company.journeys.values()) == {
        "won": 1130, "lost": 5680, "open": 645,
    }  # fmt: skip
    rows = company.run(outcomes)
    for counted in ("deals", "journeys") if by_deals else ("journeys",):
        cases = Counter[str]()
        for row in rows:
            cases[row.outcome] += row.cases if row.counted == counted else 0
        assert cases == {"won": 1130, "lost": 5680, "open": 645}
        won = {r.month: r.cases for r in rows if (r.counted, r.outcome) == (counted, "won")}
        assert [won[month] for month in sorted(won)] == [227, 497, 406]


def test_loans_won() -> None:
    won = [row for row in loans(True).run(outcomes) if row.outcome == "won"]
    for counted in ("deals", "journeys"):
        amounts = [row.amount for row in won if row.counted == counted]
        assert sum(amount for amount in amounts if amount) == Decimal(16_758_044)


def test_loans_rate_by_the_first_of_january() -> None:
    q5 = answer(loans(True), "Q5")
    rate = q5.estimates["lead_to_customer"]
    assert (rate.value, rate.lower, rate.upper) == pytest.approx(
        (0.17616, 0.1569, 0.1972), abs=5e-5
    )
    assert (rate.horizon, rate.n) == (88, 7455)
    curve = loans(True).inputs.fact(step_curves)["lead_to_customer"]  # type: ignore[attr-defined]
    assert (curve.total.spread.phi, curve.total.spread.cohorts, curve.total.spread.by) == (
        pytest.approx(3.633, abs=5e-4), 13, "weeks",
    )  # fmt: skip
    at = curve.total.curve.cumulative
    assert [at[day] for day in (7, 14, 30, 60)] == pytest.approx(
        [0.01295, 0.08737, 0.16080, 0.17556], abs=5e-6
    )
    assert q5.estimates["sql_to_customer"].value == pytest.approx(0.47102, abs=5e-6)
    assert q5.estimates["sql_to_customer_observed"].value == pytest.approx(1130 / 2815)
    assert q5.estimates["win_rate"].value == pytest.approx(0.16593, abs=5e-6)
    assert answer(loans(True), "Q6").estimates["median_days_to_customer"].value == 14


def test_loans_by_the_end_of_the_year() -> None:
    company = loans(True, "2011-12-31")
    assert Counter(row.outcome for row in company.journeys.values())["won"] == 1130
    found = answer(company, "Q5").tables["within"]
    within = {row["days"]: row["value"] for row in found if row["step"] == "lead_to_customer"}
    assert [within[day] for day in (7, 14, 30, 60)] == pytest.approx(
        [0.01302, 0.08803, 0.16225, 0.17730], abs=5e-6
    )
    assert answer(company, "Q6").estimates["median_days_to_customer"].value == 15


def test_loans_without_the_deals_answer_the_same() -> None:
    left, right = (answer(loans(by_deals), "Q5").estimates for by_deals in (True, False))
    for name in ("lead_to_customer", "sql_to_customer", "win_rate", "deals_won", "deals_lost"):
        assert left[name].value == pytest.approx(right[name].value)
    assert right["deals_won"].method == "journeys"
    assert "won_amount" not in right


@pytest.mark.parametrize("by_deals", [True, False])
def test_approvals_by_person(by_deals: bool) -> None:
    found = answer(loans(by_deals), "Q12")
    won = {row["rep_id"]: row["won"] for row in found.tables["reps"]}
    assert won == {
        "10138": 363, "10972": 245, "10809": 175, "10609": 175, "10629": 168, "10779": 2,
    }  # fmt: skip
    credited = {row["credit"]: row for row in found.tables["credited"]}
    assert credited["automated"]["won"] == 2  # user 112
    assert sum(int(row["won"] or 0) for row in found.tables["credited"]) == 1130
    assert all(row["win_rate"] is None for row in found.tables["reps"])  # nobody has a lost one
    sent = [row for row in found.tables["steps"] if row["step"] == "sql_to_customer"]
    assert sum(int(row["n"] or 0) for row in sent) > 2000  # credited to who sent the offer
    assert "lead_to_mql" not in {row["step"] for row in found.tables["steps"]}  # a machine's


def test_wins_by_person_where_only_wins_are_kept() -> None:
    found = answer(olist(), "Q12")
    assert found.status is AnswerStatus.PARTIAL
    won = sorted((int(row["won"] or 0) for row in found.tables["reps"]), reverse=True)
    assert won == [
        133, 82, 74, 64, 63, 59, 59, 53, 51, 36, 32, 27, 26, 24, 24, 10, 9, 7, 6, 1, 1, 1,
    ]  # fmt: skip
    assert all(row["adjusted_win_rate"] is None for row in found.tables["reps"])
    assert "steps" not in found.tables
    assert ("deals", "status") in {(need.table, need.column) for need in found.needs}
