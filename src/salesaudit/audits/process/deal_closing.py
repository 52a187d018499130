"""Q5: how many of the sales-qualified close, and what closed."""

from __future__ import annotations

from decimal import Decimal

from salesaudit.audits.answering import (
    answered,
    counted,
    in_whole_cases,
    is_weak,
    matured_rate,
    observed_rate,
    per_month,
    step_needs,
    within_rows,
)
from salesaudit.audits.base import Component, Meta, Need, Outcome, Owner, Row
from salesaudit.core.settings import Role, Settings
from salesaudit.core.texts import Message, Param, Quantity, Text, Unit, message
from salesaudit.facts.base import Inputs
from salesaudit.facts.cohort_shares import cohort_shares
from salesaudit.facts.monthly import monthly
from salesaudit.facts.recording import first_of_month, recording
from salesaudit.facts.step_curves import StepCurve, step_curves
from salesaudit.facts.trust import LOSSES, Trust, count_of, counted_as, stage_name, trust
from salesaudit.measures.arrivals import arrivals
from salesaudit.measures.outcomes import Outcome as Ended
from salesaudit.measures.outcomes import outcomes
from salesaudit.measures.step_ages import step_ages
from salesaudit.measures.step_totals import StepTotal, step_totals
from salesaudit.measures.steps import first_stage
from salesaudit.statistics.base import Estimate, Status
from salesaudit.statistics.proportion import jeffreys_interval

META = Meta(
    id="deal-closing",
    component=Component.PROCESS,
    owner=Owner.SALES,
    answers="Q5",
    question=Text(
        "Q5.question",
        en="Of the sales-qualified opportunities, how many do we close?",
        th="จากโอกาสการขายที่ผ่านการรับรอง (SQL) เราปิดการขายได้กี่ราย",
    ),
    why=Text(
        "deal-closing.why",
        en="This rate turns leads into revenue; every plan of spend hangs on it.",
        th="อัตรานี้เปลี่ยนลีดเป็นรายได้ แผนการใช้จ่ายทุกแผนขึ้นอยู่กับอัตรานี้",
    ),
    counts=Text(
        "deal-closing.counts",
        en="Everyone who entered, at their own age: those still open may yet buy and are not "
        "counted as lost. The win rate is another number: won of those decided.",
        th="นับทุกรายที่เข้าสู่ขั้นนี้ตามระยะเวลาที่ติดตามแต่ละราย "
        "รายที่ยังเปิดอยู่อาจซื้อในภายหลังจึงไม่นับว่าแพ้ อัตราชนะเป็นตัวเลขอีกแบบ "
        "คือสัดส่วนที่ชนะจากดีลที่รู้ผลแล้ว",
    ),
    source="Kaplan and Meier (1958); Dorey and Korn (1987); Brown, Cai and DasGupta (2001)",
    inputs=(
        step_curves,
        step_totals,
        step_ages,
        outcomes,
        arrivals,
        monthly,
        cohort_shares,
        recording,
        trust,
    ),
)
BUYS = Text(
    "deal-closing.buys",
    en="Of {of} at {start}, {reach} become customers.",
    th="จาก {start} {of} ราย กลายเป็นลูกค้า {reach} ราย",
)
BUYS_A_MONTH = Text(
    "deal-closing.buys_a_month",
    en="Of {of} at {start}, {reach} become customers: about {a_month} a month.",
    th="จาก {start} {of} ราย กลายเป็นลูกค้า {reach} ราย หรือประมาณเดือนละ {a_month} ราย",
)
BUYS_AT_LEAST = Text(
    "deal-closing.buys_at_least",
    en="Of {of} at {start}, at least {reach} become customers; some still may.",
    th="จาก {start} {of} ราย กลายเป็นลูกค้าอย่างน้อย {reach} ราย และอาจเพิ่มขึ้นอีก",
)
COUNTED = Text(
    "deal-closing.counted",
    en="{won} won, {lost} lost and {open} open are on record; a rate cannot be followed yet.",
    th="มีบันทึกชนะ {won} แพ้ {lost} และยังเปิดอยู่ {open} แต่ยังติดตามเป็นอัตราไม่ได้",
)
NEED_LOSSES = Text(
    "deal-closing.need_losses",
    en="deals that were lost, with the day and the reason",
    th="ดีลที่แพ้ พร้อมวันที่และเหตุผล",
)
NEED_AMOUNT = Text(
    "deal-closing.need_amount",
    en="the amount of each won deal",
    th="มูลค่าของดีลที่ชนะแต่ละดีล",
)
NEED_DEALS = Text(
    "deal-closing.need_deals",
    en="deals with their outcome, or when each lead became a customer",
    th="ดีลพร้อมผลลัพธ์ หรือวันที่ลีดแต่ละรายกลายเป็นลูกค้า",
)
TEXTS = (BUYS, BUYS_A_MONTH, BUYS_AT_LEAST, COUNTED, NEED_LOSSES, NEED_AMOUNT, NEED_DEALS)
STEPS = ("sql_to_customer", "lead_to_customer")
NEARLY_ALL = 0.95  # of the won deals need an amount for their sum to be whole


def audit(inputs: Inputs, settings: Settings) -> Outcome:
    """Matured rates into ``customer``, the plain counts beside them, and what is missing."""
    trusted = inputs.fact(trust)
    curves = inputs.fact(step_curves)
    if settings.position(Role.SQL) == first_stage(settings) and "lead_to_customer" in curves:
        curves = {**curves, "sql_to_customer": curves["lead_to_customer"]}  # one and the same
    names = _steps(settings, curves)
    rates = {name: matured_rate(curves.get(name)) for name in names}
    twins = {f"{name}_observed": _observed(inputs[step_totals], name, curves) for name in names}
    ended = [row for row in inputs[outcomes] if row.counted == counted_as(inputs)]
    counts = _counts(ended)
    a_month = _per_month(inputs, settings)
    estimates = {**rates, **twins, **counts, "customers_per_month": a_month}
    expected = [name for name in STEPS if name in rates]
    expected += ["win_rate", "deals_won", "deals_lost", "deals_open", "won_amount"]
    expected += ["customers_per_month"]
    answer = answered(
        "Q5",
        estimates,
        expected,
        _said(rates, curves, counts, a_month, settings),
        trust=trusted,
        weak=[name for name in names if is_weak(curves.get(name))],
        tables={
            "within": [row for name in rates for row in within_rows(curves.get(name))],
            "by_month": _by_month(ended),
            "cohorts": _cohorts(inputs, curves.get("lead_to_customer")),
            "cohort_ages": [
                share._asdict() | {"month": share.month.isoformat()}
                for share in inputs.fact(cohort_shares)
            ],
            "by_channel": _by_channel(inputs, curves.get("lead_to_customer")),
        },
        needs=_needs(inputs, settings, counts, trusted),
    )
    return Outcome(answer=answer)


def _steps(settings: Settings, curves: dict[str, StepCurve]) -> list[str]:
    """The steps into ``customer`` that the funnel allows, and the bridge if one is needed."""
    found: list[str] = []
    sql, customer = settings.position(Role.SQL), settings.position(Role.CUSTOMER)
    if customer is None:
        return found
    if sql is not None:
        found.append("sql_to_customer")
    found.append("lead_to_customer")
    if "sql_to_customer" not in curves:
        bridges = [c for c in curves.values() if c.step.end == customer and c.step.start > 1]
        nearest = max(bridges, key=lambda c: c.step.start, default=None)
        if nearest is not None:
            found.append(nearest.step.name)
    return found


def _observed(
    rows: tuple[StepTotal, ...], name: str, curves: dict[str, StepCurve]
) -> Estimate | None:
    """All records, plain; also without any date, if somebody is known to have become a customer."""
    step = curves[name].step.name if name in curves else name
    own = [row for row in rows if row.step == step]
    reached, entered = sum(row.reached for row in own), sum(row.entered for row in own)
    return observed_rate(reached, entered) if reached or name in curves else None


def _counts(ended: list[Ended]) -> dict[str, Estimate | None]:
    """Deals won, lost and open, the win rate of those decided, and what was won."""
    if not ended:
        return {}
    method = ended[0].counted
    n = sum(row.cases for row in ended)
    of = {o: sum(r.cases for r in ended if r.outcome == o) for o in ("won", "lost", "open")}
    decided = of["won"] + of["lost"]
    win_rate = None
    if decided:
        lower, upper = jeffreys_interval(of["won"], decided)
        win_rate = Estimate(
            of["won"] / decided, float(lower), float(upper), decided, Unit.RATE,
            "won of those decided", Status.OBSERVED, uses=(LOSSES,),
        )  # fmt: skip
    return {
        "win_rate": win_rate,
        "deals_won": counted(of["won"], n, method),
        "deals_lost": counted(of["lost"], n, method, LOSSES),
        "deals_open": counted(of["open"], n, method),
        "won_amount": _won_amount([row for row in ended if row.outcome == "won"]),
    }


def _won_amount(won: list[Ended]) -> Estimate | None:
    with_amount = sum(row.amounts for row in won)
    if not with_amount:
        return None
    total = sum((row.amount or Decimal(0) for row in won), Decimal(0))
    deals = sum(row.cases for row in won)
    method = (
        "sum" if with_amount >= NEARLY_ALL * deals else f"sum of {with_amount} of {deals} deals"
    )
    return counted(float(total), with_amount, method, unit=Unit.MONEY)


def _per_month(inputs: Inputs, settings: Settings) -> Estimate | None:
    place = settings.position(Role.CUSTOMER)
    return per_month(inputs.fact(monthly).stages.get(place)) if place else None


def _needs(
    inputs: Inputs, settings: Settings, counts: dict[str, Estimate | None], trusted: Trust
) -> tuple[Need, ...]:
    known = {row.position: row.recorded for row in inputs.fact(recording).stages}
    curves = inputs.fact(step_curves)
    needs: list[Need] = []
    if settings.position(Role.SQL) is not None:
        roles = (Role.SQL, Role.CUSTOMER)
        needs += step_needs(settings, roles, known, curves.get("sql_to_customer"))
    if not counts:
        needs.append(Need("deals", "status", message(NEED_DEALS)))
    if trusted.of("missing-losses") or (counts and counts.get("win_rate") is None):
        needs.append(Need("deals", "lost_reason", message(NEED_LOSSES)))
    won = counts.get("deals_won")
    if counts and counts.get("won_amount") is None and won and won.value:
        needs.append(Need("deals", "amount", message(NEED_AMOUNT)))
    return tuple(needs)


def _said(
    rates: dict[str, Estimate | None],
    curves: dict[str, StepCurve],
    counts: dict[str, Estimate | None],
    a_month: Estimate | None,
    settings: Settings,
) -> Message:
    for name, rate in rates.items():
        if rate is not None and rate.value is not None:
            start = stage_name(settings, curves[name].step.start)
            return _rate_said(rate, a_month, start)
    shown = {
        name: count_of((e.value or 0) if (e := counts.get(f"deals_{name}")) else 0)
        for name in ("won", "lost", "open")
    }
    return message(COUNTED, **shown)


def _rate_said(rate: Estimate, a_month: Estimate | None, start: Param) -> Message:
    shown: dict[str, Param] = {**in_whole_cases(rate), "start": start}
    if rate.status is Status.AT_LEAST:
        return message(BUYS_AT_LEAST, **shown)
    if a_month is None or a_month.value is None:
        return message(BUYS, **shown)
    mean = Quantity(a_month.value, Unit.COUNT, a_month.lower, a_month.upper)
    return message(BUYS_A_MONTH, **shown, a_month=mean)


def _by_month(ended: list[Ended]) -> list[Row]:
    won: dict[str, int] = {}
    for row in ended:
        if row.outcome == "won" and row.month is not None:
            won[row.month.isoformat()] = won.get(row.month.isoformat(), 0) + row.cases
    return [{"month": month, "won": won[month]} for month in sorted(won)]


def _cohorts(inputs: Inputs, curve: StepCurve | None) -> list[Row]:
    """Leads of each month and their wins so far; months before the record begins are not used."""
    if curve is None:
        return []
    months: dict[str, list[int]] = {}
    for row in inputs[step_ages]:
        if row.step == "lead_to_customer":
            cell = months.setdefault(first_of_month(row.entered_on).isoformat(), [0, 0])
            cell[0] += row.moved + row.waiting + row.undated
            cell[1] += row.moved + row.undated
    start = first_of_month(curve.from_on).isoformat()
    return [
        {"month": m, "leads": n, "won": won, "observed": won / n, "used": m >= start}
        for m, (n, won) in sorted(months.items())
    ]


def _by_channel(inputs: Inputs, curve: StepCurve | None) -> list[Row]:
    """Each channel: all records plain, and its own matured rate."""
    groups = {(g.channel, g.rest): g for g in curve.channels} if curve else {}
    rows: list[Row] = []
    for row in inputs[step_totals]:
        if row.step != "lead_to_customer":
            continue
        plain = observed_rate(row.reached, row.entered)
        group = groups.get((row.channel, row.rest))
        cells: dict[str, str | int | float | bool | None] = {
            "channel": row.channel, "rest": row.rest, "leads": row.entered, "won": row.reached,
            "observed": plain.value if plain else None,
            "observed_lower": plain.lower if plain else None,
            "observed_upper": plain.upper if plain else None,
        }  # fmt: skip
        if group is not None and group.curve.tau >= 0 and curve is not None:
            day = min(group.curve.tau, curve.total.curve.tau)
            lower, upper = group.interval(day)
            cells |= {"value": float(group.curve.cumulative[day]), "lower": lower, "upper": upper}
            cells |= {"n": group.entered, "horizon": day}
        rows.append(cells)
    return rows
