"""Audit ``lead-volume``: leads of full months, and what to bring where there are none."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from audits.process.sound import END, MONTHS, answer, needed, sound, values
from facts.rows import leads_on, span
from salesaudit.audits.base import AnswerStatus
from salesaudit.measures.arrivals import Arrival, arrivals
from salesaudit.measures.recorded_spans import recorded_spans


def test_the_mean_of_full_months() -> None:
    found = answer("lead_volume", sound())
    assert found.status is AnswerStatus.ANSWERED
    assert values(found) == {"leads_per_month": 100.0}
    mean = found.estimates["leads_per_month"]
    assert (mean.n, mean.from_on) == (400, MONTHS[0])
    assert [row["full"] for row in found.tables["by_month"]] == [True] * 4


def test_a_half_month_at_either_end_is_left_out_of_the_mean_and_shown() -> None:
    days = ((date(2023, 12, 20), 7), *((m, 100) for m in MONTHS), (date(2024, 5, 2), 3))
    spans = [span("leads.created_at", date(2023, 12, 20), date(2024, 5, 2))]
    found = answer("lead_volume", {**sound(), **leads_on(*days), recorded_spans: spans})
    assert values(found)["leads_per_month"] == 100.0
    assert [row["leads"] for row in found.tables["by_month"]] == [7, 100, 100, 100, 100, 3]


def test_no_full_month_asks_for_leads() -> None:
    spans = [span("leads.created_at", date(2024, 1, 2), date(2024, 2, 28))]
    found = answer("lead_volume", {**sound(), recorded_spans: spans})
    assert (found.status, values(found)) == (AnswerStatus.UNANSWERABLE, {})
    assert needed(found) == ["lead-volume.need"]
    assert found.needs[0].table == "leads"


def test_deals_alone_are_no_leads() -> None:
    found = answer("lead_volume", {**sound(), arrivals: []})
    assert found.status is AnswerStatus.UNANSWERABLE


def test_a_yearly_change_needs_half_a_year() -> None:
    """A year and a half of weeks, each twice as many as the week a year before."""
    first = date(2023, 1, 2)
    rows = [
        Arrival("ads", False, first + timedelta(7 * week), round(100 * 2 ** (week * 7 / 365.25)))
        for week in range(78)
    ]
    spans = [span("leads.created_at", date(2023, 1, 1), date(2024, 6, 30))]
    found = answer("lead_volume", {**sound(), arrivals: rows, recorded_spans: spans})
    assert found.estimates["leads_per_year_change"].value == pytest.approx(2, abs=0.02)
    assert "leads_per_year_change" not in answer("lead_volume", sound()).estimates
    assert END.year == 2024


def test_leads_without_a_channel_have_a_row_of_their_own() -> None:
    rows = [Arrival(None, False, MONTHS[0], 40), Arrival(None, True, MONTHS[0], 20)]
    found = answer("lead_volume", {**sound(), arrivals: [*sound()[arrivals], *rows]})
    by_channel = [(r["channel"], r["rest"], r["leads"]) for r in found.tables["by_channel"]]
    assert by_channel == [("ads", False, 400), (None, False, 40), (None, True, 20)]
