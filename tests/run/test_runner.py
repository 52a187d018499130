"""The runner: one unit's fault costs one answer; what was not declared is not in the document."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from salesaudit.audits.base import Component, Look, Meta, Outcome, Owner
from salesaudit.audits.catalog import Unit, units
from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings, Stage
from salesaudit.core.texts import Text, message
from salesaudit.core.texts import Unit as Of
from salesaudit.facts.base import Inputs
from salesaudit.measures.arrivals import Arrival
from salesaudit.measures.base import Measure
from salesaudit.measures.outcomes import Outcome as Ended
from salesaudit.measures.recorded_spans import RecordedSpan
from salesaudit.measures.repeated_contacts import RepeatedContact
from salesaudit.measures.stage_entries import StageEntry
from salesaudit.measures.stages import StageRow
from salesaudit.measures.step_ages import StepAge
from salesaudit.measures.step_lags import StepLag
from salesaudit.measures.step_totals import StepTotal
from salesaudit.run import runner
from salesaudit.run.result import AuditRun, LoadPart
from salesaudit.statistics.base import Estimate, Status

T = date(2024, 12, 31)
SETTINGS = Settings(funnel=(Stage("lead", "lead"), Stage("customer", "customer")), as_of=T)
STEP = "lead_to_customer"
ENTERED = [date(2024, month, 1) for month in range(1, 11)]


def rows(channels: dict[str, int]) -> dict[str, list[Any]]:
    """Ten cohorts of 100 leads a channel; so many of each buy after ten days."""
    return {
        "arrivals": [Arrival(c, False, day, 100) for c in channels for day in ENTERED],
        "stage_entries": [StageEntry(1, day, 100 * len(channels)) for day in ENTERED],
        "step_lags": [
            StepLag(STEP, c, False, day, 10, n, 0, 0, 10 * n)
            for c, n in channels.items()
            for day in ENTERED
        ],
        "step_ages": [
            StepAge(STEP, c, False, day, n, 100 - n, 0)
            for c, n in channels.items()
            for day in ENTERED
        ],
        "step_totals": [StepTotal(STEP, c, False, 1000, 10 * n) for c, n in channels.items()],
        "outcomes": [
            Ended("journeys", "won", ENTERED[0], 10 * sum(channels.values()), 0, None),
            Ended("journeys", "lost", ENTERED[0], 50, 0, None),
        ],
        "stages": [
            StageRow(1, "lead", "lead", 2000, 2000, 0, None, True, ENTERED[0]),
            StageRow(2, "customer", "customer", 300, 300, 0, None, True, date(2024, 1, 11)),
        ],
        "recorded_spans": [
            RecordedSpan("leads", "created_at", ENTERED[0], T, 2000, 0, 0, ENTERED[0], T)
        ],
        "repeated_contacts": [RepeatedContact(2000, 0, 0)],
    }


def run(channels: dict[str, int], *, scope: Scope | None = None) -> AuditRun:
    found = rows(channels)

    def count(measure: Measure[Any], *_: object) -> tuple[tuple[Any, ...], str]:
        return tuple(found.get(measure.name, ())), f"SELECT {measure.name}"

    return runner.run_audit(count, SETTINGS, scope or Scope(T), LoadPart(), method={}).run


def test_channels_that_differ_are_found_and_reach_the_verdict() -> None:
    result = run({"good": 20, "weak": 5})
    assert {finding.id for finding in result.findings} == {
        "time-to-customer:good",
        "time-to-customer:weak",
    }
    assert result.verdict.message.id == "verdict.one_in_below"
    assert result.verdict.message.params["channel"] == "weak"
    assert result.verdict.first == ["time-to-customer:weak"]
    assert all(f.q_value is not None and f.q_value <= 0.05 for f in result.findings)


def test_channels_that_do_not_differ_are_looked_at_and_nothing_is_said() -> None:
    result = run({"one": 10, "two": 10})
    assert result.findings == []
    assert result.verdict.message.id == "verdict.one_in"


def test_a_filtered_view_has_no_findings() -> None:
    result = run({"good": 20, "weak": 5}, scope=Scope(T, where=(("channel", ("good",)),)))
    assert result.findings == []
    assert result.scope == {"channel": ["good"]}


def test_one_unit_that_fails_costs_one_answer(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(_inputs: Inputs, _settings: Settings) -> Outcome:
        raise ZeroDivisionError("no leads at all")

    catalog = tuple(u._replace(audit=broken) if u.meta.answers == "Q1" else u for u in units())
    monkeypatch.setattr(runner, "units", lambda: catalog)
    result = run({"one": 10, "two": 10})
    assert result.answers["Q1"].status == "failed"
    assert "ZeroDivisionError" in str(result.answers["Q1"].message.params["cause"])
    assert result.answers["Q5"].estimates["lead_to_customer"].value == pytest.approx(0.1)
    assert "lead-volume" in caplog.text


def test_a_unit_reads_only_what_it_declares(monkeypatch: pytest.MonkeyPatch) -> None:
    catalog = tuple(
        u._replace(meta=u.meta._replace(inputs=u.meta.inputs[1:])) if u.meta.answers == "Q1" else u
        for u in units()
    )
    monkeypatch.setattr(runner, "units", lambda: catalog)
    result = run({"one": 10, "two": 10})
    assert result.answers["Q1"].status == "failed"
    assert "arrivals is read and not declared" in str(result.answers["Q1"].message.params["cause"])
    assert {q for q, a in result.answers.items() if a.status == "failed"} == {"Q1"}


def test_a_look_at_broken_data_is_withheld_and_one_at_weak_data_is_graded_c(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Wins before any loss for a year break what rests on losses, and nothing else."""
    said = message(Text("t.said", en="said", th="พูด"))

    def looks(_inputs: Inputs, _settings: Settings) -> Outcome:
        effect = Estimate(2.0, 1.5, 2.5, 100, Of.RATIO, "m", Status.OBSERVED)
        fine = Look(("fine",), effect, said, said, p=1e-9)
        spoilt = Look(("spoilt",), effect._replace(uses=("losses",)), said, said, p=1e-9)
        return Outcome(looks=(fine, spoilt))

    meta = Meta(
        "two-looks", Component.PROCESS, Owner.SALES, None, said.text, said.text, said.text, "-", ()
    )
    monkeypatch.setattr(runner, "units", lambda: (Unit(meta, looks, "m"), *units()))
    found = rows({"one": 10, "two": 10})
    found["outcomes"] = [Ended("journeys", "won", month, 20, 0, None) for month in ENTERED]

    def count(measure: Measure[Any], *_: object) -> tuple[tuple[Any, ...], str]:
        return tuple(found.get(measure.name, ())), "q"

    result = runner.run_audit(count, SETTINGS, Scope(T), LoadPart(), method={}).run
    ids = [finding.id for finding in result.findings]
    assert "two-looks:fine" in ids
    assert "two-looks:spoilt" not in ids
    assert "missing-losses:losses" in ids
    assert result.answers["Q5"].estimates["win_rate"].status == "withheld"


def test_the_same_rows_give_the_same_bytes_and_every_text_is_in_the_document() -> None:
    first, second = run({"good": 20, "weak": 5}), run({"good": 20, "weak": 5})
    assert first.to_json() == second.to_json()
    assert AuditRun.from_json(first.to_json()) == first
    messages = [first.verdict.message, *(a.message for a in first.answers.values())]
    messages += [m for f in first.findings for m in (f.message, f.action)]
    assert {m.id for m in messages} <= set(first.texts)


def test_the_funnel_says_who_is_still_to_come() -> None:
    steps = run({"one": 10, "two": 10}).steps
    assert [step.reached for step in steps] == [2000, 300]
    assert steps[1].to_come == pytest.approx(0.0)
    assert steps[1].from_before is not None
    assert steps[1].from_before.value == pytest.approx(0.1)
