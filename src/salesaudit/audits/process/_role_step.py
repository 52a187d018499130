"""What Q2, Q3 and Q4 share: the step from one role to the next, and how many arrive a month."""

from __future__ import annotations

from salesaudit.audits.answering import (
    answered,
    in_whole_cases,
    is_weak,
    matured_rate,
    observed_rate,
    per_month,
    step_needs,
    within_rows,
)
from salesaudit.audits.base import Answer
from salesaudit.core.settings import Role, Settings
from salesaudit.core.texts import Message, Param, Quantity, Text, Unit, message
from salesaudit.facts.base import Inputs
from salesaudit.facts.monthly import monthly
from salesaudit.facts.recording import recording
from salesaudit.facts.step_curves import step_curves
from salesaudit.facts.trust import stage_name, trust
from salesaudit.measures.stage_entries import stage_entries
from salesaudit.measures.step_totals import step_totals
from salesaudit.measures.steps import first_stage
from salesaudit.statistics.base import Estimate, Status

SOURCE = "Kaplan and Meier (1958); Dorey and Korn (1987)"
INPUTS = (step_curves, step_totals, stage_entries, monthly, recording, trust)

MOVES_ON = Text(
    "role-step.moves_on",
    en="Of {of} at {start}, {reach} move on to {end}.",
    th="จาก {start} {of} ราย ไปต่อถึงขั้น {end} {reach} ราย",
)
MOVES_ON_A_MONTH = Text(
    "role-step.moves_on_a_month",
    en="Of {of} at {start}, {reach} move on to {end}: about {a_month} a month.",
    th="จาก {start} {of} ราย ไปต่อถึงขั้น {end} {reach} ราย หรือประมาณเดือนละ {a_month} ราย",
)
MOVES_ON_AT_LEAST = Text(
    "role-step.moves_on_at_least",
    en="Of {of} at {start}, at least {reach} move on to {end}; some still may.",
    th="จาก {start} {of} ราย ไปต่อถึงขั้น {end} อย่างน้อย {reach} ราย และอาจเพิ่มขึ้นอีก",
)
CANNOT_SAY = Text(
    "role-step.cannot_say",
    en="The data does not say how many move on here.",
    th="ข้อมูลยังบอกไม่ได้ว่ามีกี่รายที่ก้าวต่อในขั้นนี้",
)
FIRST_IS_LATER = Text(
    "role-step.first_is_later",
    en="Every lead in the data is already at {stage}.",
    th="ลีดทุกรายในข้อมูลอยู่ที่ขั้น {stage} แล้วตั้งแต่ต้น",
)
COUNTS = Text(
    "role-step.counts",
    en="Everyone who entered the first stage, each followed for as long as they have "
    "been there: those still under way may yet move on and are not counted as "
    "lost. Anyone who skipped the second stage and is at a later one has moved "
    "on.",
    th="นับทุกรายที่เข้าสู่ขั้นแรกตามระยะเวลาที่ติดตามแต่ละราย "
    "รายที่ยังไม่จบอาจก้าวต่อได้จึงไม่นับว่าหลุด "
    "รายที่ข้ามขั้นที่สองไปอยู่ขั้นหลังถือว่าก้าวต่อแล้ว",
)
TEXTS = (MOVES_ON, MOVES_ON_A_MONTH, MOVES_ON_AT_LEAST, CANNOT_SAY, FIRST_IS_LATER)


def role_step(
    inputs: Inputs, settings: Settings, *, question: str, start: Role, end: Role, a_month: str
) -> Answer:
    """The answer to "how many of those at one role reach the next".

    Args:
        inputs: of the unit.
        settings: with the funnel.
        question: that is answered.
        start: the role at which the step begins.
        end: the role at which it ends.
        a_month: name of the estimate of how many arrive a month.
    """
    name = f"{start}_to_{end}"
    places = settings.position(start), settings.position(end)
    followed = f"lead_to_{end}" if places[0] == first_stage(settings) else name
    curve = inputs.fact(step_curves).get(followed)
    if curve is not None and curve.step.start != places[0]:
        curve = None  # the funnel begins elsewhere: its first step is another question
    known = {row.position: row.recorded for row in inputs.fact(recording).stages}
    rate = matured_rate(curve)
    needs = step_needs(settings, (start, end), known, curve)
    monthly_mean = _per_month(places[1], inputs)
    estimates = {
        name: rate,
        f"{name}_observed": _observed(followed, inputs) if not needs or curve else None,
        a_month: monthly_mean,
    }
    return answered(
        question,
        estimates,
        (name, a_month),
        _said(rate, monthly_mean, places, settings),
        trust=inputs.fact(trust),
        weak=(name,) if is_weak(curve) else (),
        tables={"within": within_rows(curve)},
        needs=needs,
    )


def _observed(name: str, inputs: Inputs) -> Estimate | None:
    rows = [row for row in inputs[step_totals] if row.step == name]
    return observed_rate(sum(row.reached for row in rows), sum(row.entered for row in rows))


def _per_month(place: int | None, inputs: Inputs) -> Estimate | None:
    if place is None or place == 1 or not inputs.fact(recording).stage(place).recorded:
        return None
    return per_month(inputs.fact(monthly).stages.get(place), f"stage {place}")


def _said(
    rate: Estimate | None,
    a_month: Estimate | None,
    places: tuple[int | None, int | None],
    settings: Settings,
) -> Message:
    start, end = places
    if rate is None or rate.value is None or start is None or end is None:
        if start is None and end == 1:
            return message(FIRST_IS_LATER, stage=stage_name(settings, 1))
        return message(CANNOT_SAY)
    shown: dict[str, Param] = {
        **in_whole_cases(rate),
        "start": stage_name(settings, start),
        "end": stage_name(settings, end),
    }
    if rate.status is Status.AT_LEAST:
        return message(MOVES_ON_AT_LEAST, **shown)
    if a_month is None or a_month.value is None:
        return message(MOVES_ON, **shown)
    mean = Quantity(a_month.value, Unit.COUNT, a_month.lower, a_month.upper)
    return message(MOVES_ON_A_MONTH, **shown, a_month=mean)
