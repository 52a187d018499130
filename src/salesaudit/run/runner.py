"""Carries out an audit: counts once, evaluates every unit, and makes the document.

A unit that fails does not stop the run: its answer says so, and everything else stands.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from salesaudit.audits.base import (
    Answer,
    AnswerStatus,
    Component,
    Look,
    Meta,
    Outcome,
)
from salesaudit.audits.catalog import Unit, units
from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Message, Text
from salesaudit.core.version import VERSION
from salesaudit.facts.base import Declared, Inputs, measures_of
from salesaudit.facts.recording import recording
from salesaudit.facts.trust import Severity, Trust, trust
from salesaudit.measures.base import Evidence, Measure, Results
from salesaudit.planning.past import FACTS as PLANS
from salesaudit.run import plans, rank, steps, verdict
from salesaudit.run.discoveries import is_reported, q_values
from salesaudit.run.document import Words, answer_part, evidence_part
from salesaudit.run.histories import with_histories
from salesaudit.run.result import (
    AuditRun,
    ComponentPart,
    EffectPart,
    FindingPart,
    LoadPart,
    PlansPart,
    RangePart,
    TrustCheckPart,
    TrustPart,
    VerdictPart,
    rounded,
)

log = logging.getLogger(__name__)

FAILED = Text(
    "run.failed",
    en="This could not be computed: {cause}. Everything else stands.",
    th="ส่วนนี้คำนวณไม่สำเร็จ: {cause} ส่วนอื่นยังใช้ได้ตามปกติ",
)
TEXTS = (FAILED,)

Count = Callable[[Measure[Any], Scope, Settings], tuple[tuple[Any, ...], str]]
FACTS = (trust, recording)


class Evaluated(NamedTuple):
    """What a unit returned, or its failure."""

    unit: Unit
    outcome: Outcome


class Audited(NamedTuple):
    """The document, and what it was made of: a person's sheet needs more than it may hold."""

    run: AuditRun
    inputs: Inputs
    settings: Settings


def run_audit(
    count: Count,
    settings: Settings,
    scope: Scope,
    load: LoadPart,
    *,
    method: dict[str, str],
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Audited:
    """Audit a warehouse.

    Args:
        count: carries out a measure; its typed rows and its query.
        settings: with ``as_of`` set to the end of knowledge.
        scope: the part of the data to look at.
        load: the account of the load, with the words of its notes.
        method: settings in force and versions, as the document states them.
        progress: told what is being counted, how many are done, and of how many.
    """
    catalog = units()
    needed = measures_of(
        (*(i for u in catalog for i in u.meta.inputs), *FACTS, *steps.INPUTS, *PLANS)
    )
    results, evidence = _count_all(needed, count, scope, settings, progress)
    inputs = Inputs(results, settings)
    evaluated = [Evaluated(unit, _evaluate(unit, inputs, settings)) for unit in catalog]
    words = Words()
    answers = {
        e.outcome.answer.question: answer_part(
            e.outcome.answer, e.unit.meta, _evidence(_own(e.unit.meta), evidence), words
        )
        for e in evaluated
        if e.outcome.answer is not None
    }
    answers = with_histories(answers, load.sources, words)
    trusted = inputs.fact(trust)
    findings = [] if scope.where or scope.since else _findings(evaluated, evidence, trusted, words)
    said = verdict.verdict_message(answers, findings)
    calls = verdict.attention(said)
    run = AuditRun(
        version=VERSION,
        company=settings.company,
        currency=settings.currency,
        as_of=settings.until,
        window=(_first_day(inputs, settings), settings.until),
        scope=_scope(scope),
        sources=load.sources,
        verdict=VerdictPart(
            message=words.message(said),
            attention=words.message(calls) if calls else None,
            money=RangePart(),
            first=verdict.first_things(findings),
            notices=verdict.notices(findings),
        ),
        answers=answers,
        steps=steps.step_parts(inputs, settings),
        components=_components(evaluated, findings),
        findings=findings,
        trust=_trust(trusted, words),
        plans=_plans(inputs),
        method=method,
        texts=dict(sorted({**load.texts, **words.gathered()}.items())),
    )
    return Audited(run, inputs, settings)


def _count_all(
    needed: Sequence[Measure[Any]],
    count: Count,
    scope: Scope,
    settings: Settings,
    progress: Callable[[str, int, int], None],
) -> tuple[Results, dict[str, Evidence]]:
    rows, evidence = {}, {}
    for done, measure in enumerate(needed):
        progress(measure.name, done, len(needed))
        rows[measure], query = count(measure, scope, settings)
        evidence[measure.name] = Evidence(
            measure.name, query, len(rows[measure]), _counted(measure, rows[measure])
        )
    progress("", len(needed), len(needed))
    return Results(rows), evidence


def _counted(measure: Measure[Any], rows: Iterable[tuple[Any, ...]]) -> int:
    """What the rows count: the sum of the first field behind the keys that is a number."""
    total = 0
    for row in rows:
        values = row[len(measure.keys) :]
        total += next((v for v in values if isinstance(v, int) and not isinstance(v, bool)), 0)
    return total


def _evaluate(unit: Unit, inputs: Inputs, settings: Settings) -> Outcome:
    try:
        return unit.audit(Declared(inputs, unit.meta.inputs), settings)
    except Exception as error:  # one unit's fault must not cost the others
        log.exception("audit %s failed", unit.meta.id)
        if unit.meta.answers is None:
            return Outcome()
        said = Message(FAILED, {"cause": f"{type(error).__name__}: {error}"[:200]})
        return Outcome(Answer(unit.meta.answers, AnswerStatus.FAILED, {}, said))


def _plans(inputs: Inputs) -> PlansPart:
    try:
        return plans.plans_part(inputs)
    except Exception:  # a plan's fault must not cost the audit
        log.exception("the inputs of plans failed")
        return PlansPart()


def _own(meta: Meta) -> tuple[Measure[Any], ...]:
    """The measures behind a unit's numbers; the data's trust has findings of its own."""
    return measures_of(tuple(part for part in meta.inputs if part not in FACTS))


def _evidence(
    measures: tuple[Measure[Any], ...], evidence: dict[str, Evidence]
) -> tuple[Evidence, ...]:
    return tuple(evidence[measure.name] for measure in measures)


def _findings(
    evaluated: Sequence[Evaluated], evidence: dict[str, Evidence], trusted: Trust, words: Words
) -> list[FindingPart]:
    families = {e.unit.meta.id: e.outcome.looks for e in evaluated}
    q = q_values(families)
    found = []
    for e in evaluated:
        for look, q_value in zip(e.outcome.looks, q[e.unit.meta.id], strict=True):
            grade = _grade(look, trusted)
            if grade != "D" and is_reported(look, q_value):
                found.append(
                    _finding(
                        e.unit.meta, look, q_value, grade=grade, evidence=evidence, words=words
                    )
                )
    return rank.ranked(found)


def _grade(look: Look, trusted: Trust) -> str:
    """From the data that a finding rests on; one about the data itself is counted: A."""
    if look.p is None and look.local_fdr is None:
        return "A"
    return {Severity.FINE: "A", Severity.NOTE: "B", Severity.WEAK: "C", Severity.BROKEN: "D"}[
        trusted.severity(look.effect.uses)
    ]


def _finding(
    meta: Meta,
    look: Look,
    q_value: float | None,
    *,
    grade: str,
    evidence: dict[str, Evidence],
    words: Words,
) -> FindingPart:
    money = look.money
    return FindingPart.model_validate(
        {
            "id": ":".join((meta.id, *look.subject)),
            "unit": meta.id,
            "question": look.answers[0] if look.answers else meta.answers,
            "questions": look.answers or ([meta.answers] if meta.answers else []),
            "component": meta.component.value,
            "owner": meta.owner.value,
            "grade": grade,
            "severity": look.severity if q_value is None else None,
            "money": RangePart(
                value=rounded(money.value),
                lower=rounded(money.lower),
                upper=rounded(money.upper),
            )
            if money
            else None,
            "effect": EffectPart(
                value=rounded(look.effect.value),
                lower=rounded(look.effect.lower),
                upper=rounded(look.effect.upper),
                unit=look.effect.unit.value,
            ),
            "n": look.effect.n,
            "q_value": rounded(q_value),
            "message": words.message(look.message),
            "detail": words.message(look.detail) if look.detail else None,
            "caveat": words.message(look.caveat) if look.caveat else None,
            "action": words.message(look.action),
            "counts": words.message(Message(meta.counts)),
            "evidence": [
                evidence_part(item) for item in _evidence(look.measures or _own(meta), evidence)
            ],
        }
    )


def _components(
    evaluated: Sequence[Evaluated], findings: Sequence[FindingPart]
) -> dict[str, ComponentPart]:
    """Components with a unit; a score needs checks, and no unit has any yet."""
    present = {e.unit.meta.component for e in evaluated}
    parts = {}
    for component in Component:
        if component in present:
            checks = [
                c for e in evaluated if e.unit.meta.component is component for c in e.outcome.checks
            ]
            parts[component.value] = ComponentPart(
                score=None,
                lower=None,
                upper=None,
                status="not_enough_data",
                checks=len(checks),
                checks_answered=sum(check.points is not None for check in checks),
                findings=[f.id for f in findings if f.component == component.value],
            )
    return parts


def _trust(trusted: Trust, words: Words) -> TrustPart:
    worst = max((issue.severity for issue in trusted.issues), default=Severity.FINE)
    grade = {Severity.BROKEN: "poor", Severity.WEAK: "fair"}.get(worst, "good")
    return TrustPart.model_validate(
        {
            "grade": grade,
            "checks": [
                TrustCheckPart.model_validate(
                    {
                        "check": issue.check,
                        "use": issue.use,
                        "severity": issue.severity.name.lower(),
                        "k": issue.k,
                        "n": issue.n,
                        "message": words.message(issue.message),
                    }
                )
                for issue in trusted.issues
            ],
        }
    )


def _first_day(inputs: Inputs, settings: Settings) -> Any:
    spans = inputs.fact(recording).spans
    return min((span.first for span in spans), default=settings.until)


def _scope(scope: Scope) -> dict[str, list[str] | str]:
    shown: dict[str, list[str] | str] = {name: list(values) for name, values in scope.where}
    if scope.since:
        shown["since"] = scope.since.isoformat()
    return shown
