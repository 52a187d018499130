"""The order of findings, and what is done first."""

from __future__ import annotations

from typing import Any

from salesaudit.run.rank import ranked
from salesaudit.run.result import EffectPart, FindingPart, MessagePart, RangePart
from salesaudit.run.verdict import first_things


def finding(name: str, **given: Any) -> FindingPart:
    parts: dict[str, Any] = {
        "id": name,
        "unit": "time-to-customer",
        "question": "Q6",
        "component": "C1",
        "owner": "both",
        "grade": "B",
        "effect": EffectPart(value=0.5, lower=0.4, upper=0.6, unit="ratio"),
        "n": 100,
        "q_value": 0.01,
        "message": MessagePart(id=name, params={"channel": name}),
        "action": MessagePart(id=f"do-{name}"),
    }
    return FindingPart(**(parts | given))


def names(findings: list[FindingPart]) -> list[str]:
    return [f.id for f in ranked(findings)]


def test_money_goes_before_all_else_and_weak_data_halves_it() -> None:
    rich = finding("rich", money=RangePart(value=100.0), grade="C")
    poor = finding("poor", money=RangePart(value=60.0))
    none = finding("none")
    assert names([none, rich, poor]) == ["poor", "rich", "none"]


def test_without_money_what_concerns_more_goes_first_whichever_way_it_differs() -> None:
    half_of_many = finding("half", n=1000)
    double_of_few = finding("double", effect=EffectPart(value=2.0, unit="ratio"), n=100)
    slight_of_many = finding("slight", effect=EffectPart(value=0.95, unit="ratio"), n=1000)
    assert names([slight_of_many, double_of_few, half_of_many]) == ["half", "double", "slight"]


def test_counted_findings_follow_by_severity() -> None:
    note = finding("note", q_value=None, severity="note", n=10_000)
    broken = finding("broken", q_value=None, severity="broken", n=1)
    tested = finding("tested", n=1)
    assert names([note, broken, tested]) == ["tested", "broken", "note"]


def test_three_different_things_are_done_first_and_none_on_weak_data() -> None:
    again = finding("again", action=MessagePart(id="do-a"))  # the same thing to do
    findings = [
        finding("a"),
        again,
        finding("weak", grade="C"),
        finding("better", effect=EffectPart(value=2.0, unit="ratio")),
        finding("b"),
        finding("c"),
        finding("d"),
    ]
    assert first_things(findings) == ["a", "b", "c"]
    assert "weak" not in first_things(findings)
    assert "better" not in first_things(findings)
