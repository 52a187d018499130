"""How answers are put together: the same rules for every question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from salesaudit.audits.base import Answer, AnswerStatus, Need, Row
from salesaudit.core.settings import Role, Settings
from salesaudit.core.texts import Message, Param, Text, Unit, message
from salesaudit.facts.monthly import Months
from salesaudit.facts.step_curves import StepCurve
from salesaudit.facts.trust import (
    ENTRY,
    REFERENCES,
    WIN_DAY,
    Severity,
    Trust,
    count_of,
    stage_name,
    use_of,
)
from salesaudit.statistics.arrivals import mean_per_period
from salesaudit.statistics.base import Estimate, Status
from salesaudit.statistics.conversion import HORIZONS
from salesaudit.statistics.proportion import jeffreys_interval

FEW_EVENTS = 5  # an interval from fewer answers in part at best
OLD_ENOUGH = 30  # leads; with fewer there is no share within a horizon
OF, FEW_OF = 100, 5  # a rate is told of so many; with fewer among them, of ten times as many
FILLED = 0.1  # share of conversions dated by a later stage; above it the answer is in part

STAGE_NEEDED = Text(
    "need.stage",
    en="when each lead entered {stage}",
    th="วันที่ลีดแต่ละรายเข้าสู่ขั้น {stage}",
)
MORE_NEEDED = Text(
    "need.more",
    en="more leads that are old enough: {n} are too few to follow from {start} to {end}",
    th="ลีดที่มีอายุมากพอเพิ่มขึ้น: ปัจจุบันมี {n} รายซึ่งน้อยเกินกว่าจะติดตามจาก {start} ถึง {end}",
)
ROLE_NEEDED = {  # where the funnel has no stage with the role
    Role.LEAD: Text(
        "need.role.lead",
        en="the leads before marketing qualified them, with the day of first contact",
        th="ลีดก่อนผ่านการรับรองทางการตลาด พร้อมวันที่ติดต่อครั้งแรก",
    ),
    Role.MQL: Text(
        "need.role.mql",
        en="the day marketing qualified each lead (MQL)",
        th="วันที่ลีดแต่ละรายผ่านการรับรองทางการตลาด (MQL)",
    ),
    Role.PITCHED: Text(
        "need.role.pitched",
        en="the day each lead was first pitched",
        th="วันที่เสนอขายครั้งแรกของลีดแต่ละราย",
    ),
    Role.SQL: Text(
        "need.role.sql",
        en="the day sales accepted each lead (SQL)",
        th="วันที่ฝ่ายขายรับรองลีดแต่ละราย (SQL)",
    ),
    Role.CUSTOMER: Text(
        "need.role.customer",
        en="the day each lead became a customer",
        th="วันที่ลีดแต่ละรายเป็นลูกค้า",
    ),
}


def answered(
    question: str,
    estimates: Mapping[str, Estimate | None],
    expected: Sequence[str],
    said: Message,
    *,
    trust: Trust,
    weak: Iterable[str] = (),
    tables: Mapping[str, Sequence[Row]] | None = None,
    needs: Sequence[Need] = (),
) -> Answer:
    """The answer, its status following from its estimates.

    Args:
        question: Q1 ... Q12.
        estimates: by name; None where one cannot be had.
        expected: names that the funnel allows, the leading one first.
        said: the sentence, where there is something to say.
        trust: withholds what rests on broken data and marks what rests on weak data.
        weak: names that rest on too little, whatever the data.
        tables: by name; empty ones are left out.
        needs: what to bring for the missing ones.
    """
    held = {name: _held(e, trust) for name, e in estimates.items() if e is not None}
    doubtful = {name for name, e in held.items() if trust.severity(e.uses) >= Severity.WEAK}
    return Answer(
        question=question,
        status=_status(held, expected, doubtful | set(weak)),
        estimates=held,
        message=said,
        tables={name: tuple(rows) for name, rows in (tables or {}).items() if rows},
        needs=tuple(needs),
    )


def _held(estimate: Estimate, trust: Trust) -> Estimate:
    """The estimate, or its withheld form where its data is broken."""
    if estimate.status is not Status.WITHHELD and trust.severity(estimate.uses) is Severity.BROKEN:
        return estimate._replace(value=None, lower=None, upper=None, status=Status.WITHHELD)
    return estimate


def _status(held: Mapping[str, Estimate], expected: Sequence[str], weak: set[str]) -> AnswerStatus:
    there = [name for name in expected if name in held and held[name].status is not Status.WITHHELD]
    if not there:
        withheld = any(name in held for name in expected)
        return AnswerStatus.WITHHELD if withheld else AnswerStatus.UNANSWERABLE
    if len(there) < len(expected) or expected[0] in weak:
        return AnswerStatus.PARTIAL
    return AnswerStatus.ANSWERED


def matured_rate(curve: StepCurve | None) -> Estimate | None:
    """The share that moves on in the end, or has at least so far."""
    if curve is None or curve.total.curve.tau < 0:
        return None
    total = curve.total
    tau = total.curve.tau
    lower, upper = total.interval(tau)
    return Estimate(
        value=float(total.curve.cumulative[tau]),
        lower=lower,
        upper=upper,
        n=total.entered,
        unit=Unit.RATE,
        method="product-limit",
        status=Status.MATURED if curve.final else Status.AT_LEAST,
        from_on=curve.from_on,
        horizon=tau,
        uses=uses_of_step(curve.step.name),
    )


def uses_of_step(step: str) -> tuple[str, ...]:
    """What an estimate that follows a step rests on."""
    first = (ENTRY,) if step.startswith("lead_") else ()
    last = (WIN_DAY,) if step.endswith("_customer") else ()
    return (use_of(step), REFERENCES, *first, *last)


def is_weak(curve: StepCurve | None) -> bool:
    """Whether a step's rate rests on too little to be more than an answer in part."""
    if curve is None:
        return False
    total = curve.total
    few = total.converted < FEW_EVENTS
    return few or total.spread.by == "unknown" or total.filled > FILLED * max(total.converted, 1)


def observed_rate(reached: int, entered: int) -> Estimate | None:
    """All records, plain: who reached a stage of those who reached the one before."""
    if entered == 0:
        return None
    lower, upper = jeffreys_interval(reached, entered)
    return Estimate(
        value=reached / entered,
        lower=float(lower),
        upper=float(upper),
        n=entered,
        unit=Unit.RATE,
        method="plain ratio",
        status=Status.OBSERVED,
    )


def in_whole_cases(rate: Estimate) -> dict[str, Param]:
    """A rate as so many of a hundred, or of a thousand where it is small: ``of`` and ``reach``."""
    value = rate.value or 0.0
    of = OF if value * OF >= FEW_OF else 10 * OF
    return {"of": count_of(of), "reach": count_of(round(value * of))}


def counted(value: float, n: int, method: str, *uses: str, unit: Unit = Unit.COUNT) -> Estimate:
    """A count or a sum; it has no interval."""
    return Estimate(value, None, None, n, unit, method, Status.OBSERVED, uses=uses)


def per_month(months: Months | None, *uses: str) -> Estimate | None:
    """The mean of the full months; None without one."""
    if months is None or not months.full:
        return None
    counts = months.full_counts()
    mean = mean_per_period(counts)
    return Estimate(
        mean.value, mean.lower, mean.upper, sum(counts), Unit.COUNT, "mean of full months",
        Status.OBSERVED, from_on=months.full[0], uses=uses,
    )  # fmt: skip


def within_rows(curve: StepCurve | None) -> list[Row]:
    """The share that moved on within each horizon that enough leads are old enough for."""
    if curve is None:
        return []
    total = curve.total
    rows: list[Row] = []
    for day in HORIZONS:
        if day > total.curve.tau or total.curve.old_enough[day] < OLD_ENOUGH:
            continue
        lower, upper = total.interval(day)
        rows.append(
            {
                "step": curve.step.name,
                "days": day,
                "value": float(total.curve.cumulative[day]),
                "lower": lower,
                "upper": upper,
                "n": int(total.curve.at_risk[day]),
            }
        )
    return rows


def step_needs(
    settings: Settings, roles: Sequence[Role], recorded: Mapping[int, bool], curve: StepCurve | None
) -> tuple[Need, ...]:
    """What to bring so that the step between two roles can be followed."""
    needs = []
    for role in roles:
        place = settings.position(role)
        if place is None:
            said = message(ROLE_NEEDED[role])
            needs.append(Need("stage_events", "entered_at", said))
        elif not recorded[place]:
            said = message(STAGE_NEEDED, stage=stage_name(settings, place))
            needs.append(Need("stage_events", "entered_at", said))
    if not needs and (curve is None or curve.total.curve.tau < 0):
        needs.append(_too_few(settings, curve, roles))
    return tuple(needs)


def _too_few(settings: Settings, curve: StepCurve | None, roles: Sequence[Role]) -> Need:
    places = [settings.position(role) or 1 for role in roles]
    said = message(
        MORE_NEEDED,
        n=curve.total.entered if curve else 0,
        start=stage_name(settings, min(places)),
        end=stage_name(settings, max(places)),
    )
    return Need("leads", "created_at", said, amount=OLD_ENOUGH)
