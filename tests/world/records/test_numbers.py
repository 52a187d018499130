"""Numbers that the company itself tells: dashboards, quotas, goals, its survey and its tools."""

from __future__ import annotations

from datetime import datetime
from math import sqrt
from typing import Any

import numpy as np
import pytest

from salesaudit.world.columns import Table
from salesaudit.world.companies import DEMO
from salesaudit.world.records.reported import DEFINITIONS, RIGHT
from salesaudit.world.simulate import History
from world.demo_folder import Folder


def day(text: str) -> datetime:
    return datetime.strptime(text[:10], "%d/%m/%Y")  # noqa: DTZ007


def test_dashboards_show_what_their_definitions_give_of_the_files(demo: Folder) -> None:
    """Recomputed from the deals and leads as a reader of the folder would."""
    created = zip(
        demo.column("leads.csv", "Lead No"), demo.column("leads.csv", "วันที่สร้าง"), strict=True
    )
    left_out = {
        *demo.truth["planted"]["test_rows"]["ids"], *demo.truth["planted"]["broken_rows"]["ids"],
    }  # fmt: skip
    leads = {lead: day(at) for lead, at in created if lead not in left_out}
    deals = [row for row in demo.files["deals.csv"] if "soon" not in row]
    amount = [float(row[5][1:].replace(",", "")) for row in deals]
    shown = 0
    for report, metric, first, last, segment, value in demo.files["dashboards.csv"]:
        begin, end = (datetime.strptime(text, "%Y-%m-%d") for text in (first, last))  # noqa: DTZ007
        closed = [row[8] != "" and begin <= day(row[8]) <= end for row in deals]
        won = [c and row[9] == "Closed Won" for c, row in zip(closed, deals, strict=True)]
        lost = [c and row[9] == "Closed Lost" for c, row in zip(closed, deals, strict=True)]
        if segment:
            continue
        if (report, metric) == ("แดชบอร์ดผู้บริหาร", "win_rate"):
            money = [sum(a for a, w in zip(amount, rows, strict=True) if w) for rows in (won, lost)]
            found = round(money[0] / sum(money), 3)
        elif metric == "win_rate":
            found = round(sum(won) / (sum(won) + sum(lost)), 3)
        elif metric == "lead_to_customer":
            found = round(sum(won) / sum(begin <= at <= end for at in leads.values()), 3)
        elif metric == "median_days_to_customer":
            days = [
                (day(row[8]) - leads[row[1]]).days for row, w in zip(deals, won, strict=True) if w
            ]
            found = round(sum(days) / len(days), 0)
        else:
            found = round(
                sum(
                    a
                    for a, row in zip(amount, deals, strict=True)
                    if begin <= day(row[6]) <= end and row[9] != "Closed Lost"
                ),
                -4,
            )
        assert float(value) == pytest.approx(found), (report, metric, first)
        shown += 1
    assert shown == 20


def test_claims_say_whether_they_are_wrong_and_by_how_much(truth: dict[str, Any]) -> None:
    claims = truth["reported"]["claims"]
    assert {claim["definition"] for claim in claims} <= set(DEFINITIONS)
    assert sum(not claim["wrong"] for claim in claims) == 1
    for claim in claims:
        assert claim["wrong"] == (claim["definition"] != RIGHT[claim["metric"]])
        assert (claim["exact"] != claim["by_usual_definition"]) == claim["wrong"]
        assert len(claim["exact"]) >= 3  # as many as tell a definition from others


def test_numbers_are_rounded_as_shown(tables: dict[str, Table], truth: dict[str, Any]) -> None:
    exact = [value for claim in truth["reported"]["claims"] for value in claim["exact"]]
    digits = [claim["digits"] for claim in truth["reported"]["claims"] for _ in claim["exact"]]
    for shown, value, places in zip(
        tables["reported"]["value"].tolist(), exact, digits, strict=True
    ):
        assert abs(shown - value) <= 0.5 * 10.0**-places + 1e-6


def test_quotas_are_of_reps_who_were_there(tables: dict[str, Table]) -> None:
    quotas = tables["quotas"]
    reps = {rep.rep_id: rep for rep in DEMO.reps}
    for rep_id, first, last in zip(
        quotas["rep_id"], quotas["starts_on"], quotas["ends_on"], strict=True
    ):
        rep = reps[rep_id]
        assert np.datetime64(rep.hired_on) <= first
        assert rep.left_on is None or np.datetime64(rep.left_on) >= last
    assert (quotas["amount"] % 10_000 == 0).all()


def test_what_reps_sold_adds_up_to_what_was_won(
    tables: dict[str, Table], truth: dict[str, Any]
) -> None:
    deals = tables["deals"]
    sold = sum(row["sold"] for row in truth["quotas"]["by_quarter"])
    won = deals["amount"][deals["status"] == "Closed Won"].sum()
    assert 0.85 * won < sold <= won  # the rest by reps in quarters without a quota


def test_goals_are_set_for_whole_years(large: History, truth: dict[str, Any]) -> None:
    rows = truth["targets"]["by_year"]
    assert {row["year"] for row in rows} == {2023, 2024, 2025}
    leads = {row["year"]: row["came"] for row in rows if row["metric"] == "leads"}
    assert sum(leads.values()) == len(large)


def test_answers_to_the_survey_have_their_means(truth: dict[str, Any]) -> None:
    """Fifteen answers a question; all questions together as their sum."""
    rows = truth["survey_answers"]["by_question"].values()
    gap = np.mean([row["complete"] - row["expected"] for row in rows])
    sd = DEMO.records.survey_answers.spread
    assert abs(gap) < 4 * sd / sqrt(sum(row["answers"] for row in rows))


def test_tools_cost_hours_and_overlap(truth: dict[str, Any]) -> None:
    tools = truth["tools"]
    assert tools["hours_a_year"]["CRM"] == 14 * 240 * 48 / 60
    assert tools["by_hand"] == 9 * 150 * 0.8 + 11 * 180 * 0.8
    assert tools["overlaps"] == ["ติดตามลูกค้า", "ประชุมกับลูกค้า"]
