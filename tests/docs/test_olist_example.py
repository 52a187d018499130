"""The worked example: every figure of its page comes out of the public files."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from real_data import folder
from salesaudit import api
from salesaudit.run.result import AuditRun

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "examples" / "olist"
PAGE = " ".join((EXAMPLE / "README.md").read_text("utf-8").split())

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> AuditRun:
    place = tmp_path_factory.mktemp("olist")
    for source in folder("olist").glob("*.csv"):
        shutil.copy(source, place)
    shutil.copy(EXAMPLE / "salesaudit.yaml", place)
    return api.audit(place)


def percent(value: float | None) -> str:
    assert value is not None
    return f"{100 * value:.1f}"


def test_how_many_become_customers(run: AuditRun) -> None:
    rate = run.answers["Q5"].estimates["lead_to_customer"]
    told = f"**at least {percent(rate.value)} %** ({percent(rate.lower)}–{percent(rate.upper)})"
    assert f"{told}, of the {rate.n:,} leads from January 2018 on" in PAGE
    assert rate.status == "at_least"
    plain = run.answers["Q5"].estimates["lead_to_customer_observed"]
    assert f"842 of {plain.n:,} is {percent(plain.value)} %" in PAGE
    assert round(run.steps[-1].to_come or 0) == 35
    assert "about 35 more are to be expected" in PAGE


def test_what_was_not_recorded(run: AuditRun) -> None:
    late = next(f for f in run.findings if f.id == "late-recording:lead_to_customer")
    assert str(late.message.params["first"]) == "day=datetime.date(2017, 12, 5)"
    assert late.detail is not None
    assert "value=184.0" in str(late.detail.params["expected"])
    assert "5 December 2017" in PAGE
    assert "about 184 wins would have come before it" in PAGE
    cohorts = run.answers["Q5"].tables["cohorts"]
    for year, told in (("2017", "3.0 %"), ("2018", "13.0 %")):
        rows = [row for row in cohorts if str(row["month"]).startswith(year)]
        won, leads = (sum(int(row[name] or 0) for row in rows) for name in ("won", "leads"))
        assert f"{percent(won / leads)} %" == told
        assert told in PAGE


def test_how_long_it_takes(run: AuditRun) -> None:
    days = run.answers["Q6"].estimates
    half, most = days["median_days_to_customer"], days["p90_days_to_customer"]
    assert f"**{half.value:.0f} days** ({half.lower:.0f}–{half.upper:.0f})" in PAGE
    assert f"nine in ten have bought by day {most.value:.0f}" in PAGE
    assert f"(p = {days['channels_differ_p'].value:.3f})" in PAGE
    assert f"all wins is {days['median_days_to_customer_observed'].value:.0f}:" in PAGE
    rows = [r for r in run.answers["Q6"].tables["by_channel"] if r.get("median_days") is not None]
    assert max(rows, key=lambda row: float(row["median_days"] or 0))["channel"] == "social"


def test_social_and_the_leads_without_a_channel(run: AuditRun) -> None:
    social = next(f for f in run.findings if f.id == "time-to-customer:social")
    effect = social.effect
    assert f"{effect.value:.2f} times" in PAGE
    assert f"({effect.lower:.2f}–{effect.upper:.2f})" in PAGE
    observed, expected = (str(social.message.params[name]) for name in ("observed", "expected"))
    assert "value=66.0" in observed
    assert "value=150.0" in expected
    assert "66 since January, where 150 would be expected" in PAGE
    assert (social.q_value or 1) <= 0.01
    rows = run.answers["Q5"].tables["by_channel"]
    best = max(rows, key=lambda row: float(row["observed"] or 0))
    assert (best["channel"], best["leads"]) == (None, 60)


def test_what_cannot_be_said(run: AuditRun) -> None:
    states = {name: answer.status for name, answer in run.answers.items()}
    assert [states[name] for name in ("Q2", "Q3", "Q4")] == ["unanswerable"] * 3
    assert run.answers["Q5"].estimates["win_rate"].status == "withheld"
    assert "missing-losses:losses" in run.verdict.first
    assert [f.id for f in run.findings if f.unit == "negative-time"]


def test_the_page_shows_the_command_and_names_the_settings_beside_it() -> None:
    assert re.search(r"\$ salesaudit audit \.", PAGE)
    assert (EXAMPLE / "salesaudit.yaml").is_file()
    assert not list(EXAMPLE.glob("*.csv"))
