"""Q12: what each member's figures are, given the leads that were dealt to them."""

from __future__ import annotations

import numpy as np

from salesaudit.audits.answering import answered, counted, uses_of_step
from salesaudit.audits.base import Component, Look, Meta, Need, Outcome, Owner
from salesaudit.audits.team._rep_tables import (
    FEWEST,
    Person,
    credited_table,
    distribution,
    people,
    reps_table,
    steps_credited,
    steps_table,
)
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Message, Param, Quantity, Text, Unit, message
from salesaudit.facts.base import Inputs
from salesaudit.facts.rep_model import LEAST_CASES, SURE, RepStep, rep_model
from salesaudit.facts.step_curves import step_curves
from salesaudit.facts.trust import (
    LOSSES,
    Severity,
    Trust,
    count_of,
    counted_as,
    stage_name,
    trust,
)
from salesaudit.measures.credits import OWNER
from salesaudit.measures.outcomes import outcomes
from salesaudit.measures.rep_cells import DECIDED, rep_cells
from salesaudit.measures.rep_outcomes import rep_outcomes
from salesaudit.measures.roster import roster
from salesaudit.statistics.base import Estimate, Status

META = Meta(
    id="rep-figures",
    component=Component.TEAM,
    owner=Owner.SALES,
    answers="Q12",
    question=Text(
        "Q12.question",
        en="What are each team member's figures, and what can they learn from each other?",
        th="ตัวเลขของสมาชิกแต่ละคนในทีมเป็นอย่างไร และเรียนรู้อะไรจากกันได้บ้าง",
    ),
    why=Text(
        "rep-figures.why",
        en="Counts alone tell who was given what; compared fairly, they tell what the team can "
        "learn from itself.",
        th="จำนวนดีลเพียงอย่างเดียวบอกแค่ว่าใครได้รับงานแบบใด เมื่อเทียบอย่างเป็นธรรมจึงเห็นว่าทีมเรียนรู้อะไรจากกันได้",
    ),
    counts=Text(
        "rep-figures.counts",
        en="A deal counts for its present owner. A step counts for whoever recorded its "
        "first stage, otherwise for the owner at that time, whether or not the lead "
        "moved on. A machine's cases count for nobody. Rates are those that each rep "
        "would have if all had the same leads. Under 10 cases: counts only.",
        th="ดีลนับเป็นของเจ้าของปัจจุบัน ส่วนแต่ละขั้นนับเป็นของผู้บันทึกขั้นแรก หรือเจ้าของในขณะนั้น "
        "ไม่ว่ารายนั้นจะไปต่อหรือไม่ งานของระบบอัตโนมัติไม่นับเป็นของใคร อัตราคือค่าที่แต่ละคนน่าจะทำได้"
        "หากได้ลีดแบบเดียวกันทั้งทีม หากมีไม่ถึง 10 รายจะแสดงเฉพาะจำนวน",
    ),
    source="Chung, Rabe-Hesketh, Dorie, Gelman and Liu (2013); Tierney and Kadane (1986); "
    "Efron and Morris (1975); Birch (1965)",
    inputs=(rep_outcomes, roster, outcomes, rep_model, step_curves, trust),
)
COUNTS = Text(
    "rep-figures.counted",
    en="{n} reps won {least} to {most} deals each; counts alone say nothing of how well.",
    th="พนักงานขาย {n} คนชนะคนละ {least} ถึง {most} ดีล แต่จำนวนอย่างเดียวยังไม่บอกว่าทำได้ดีเพียงใด",
)
ALIKE = Text(
    "rep-figures.alike",
    en="{n} reps won {least} to {most} deals each; given their leads, the team cannot be told "
    "apart.",
    th="พนักงานขาย {n} คนชนะคนละ {least} ถึง {most} ดีล เมื่อคำนึงถึงลีดที่ได้รับ ยังแยกไม่ได้ว่าต่างกัน",
)
DIFFER = Text(
    "rep-figures.differ",
    en="{n} reps won {least} to {most} deals each; given their leads, the team differs most at "
    "{step}.",
    th="พนักงานขาย {n} คนชนะคนละ {least} ถึง {most} ดีล เมื่อคำนึงถึงลีดที่ได้รับ ทีมต่างกันมากที่สุดใน{step}",
)
HIDDEN = Text(
    "rep-figures.hidden",
    en="Half of the {n} reps won between {least} and {most} deals each.",
    th="ครึ่งหนึ่งของพนักงานขาย {n} คนชนะคนละ {least} ถึง {most} ดีล",
)
TOO_FEW_PEOPLE = Text(
    "rep-figures.too_few_people",
    en="The team has {n} reps; under {least}, nothing is shown while names are hidden.",
    th="ทีมมีพนักงานขาย {n} คน เมื่อไม่แสดงชื่อ ทีมที่ต่ำกว่า {least} คนจะไม่แสดงตัวเลข",
)
NOBODY_NAMED = Text(
    "rep-figures.nobody_named",
    en="The data names nobody who worked a deal or a lead.",
    th="ข้อมูลไม่ได้ระบุว่าใครดูแลดีลหรือลีด",
)
STEP = Text("rep-figures.step", en="{start} to {end}", th="ขั้น {start} สู่ {end}")
WINNING = Text("rep-figures.winning", en="winning deals", th="การชนะดีล")
NEED_REP = Text(
    "rep-figures.need_rep",
    en="who works each deal, won or not",
    th="ผู้ดูแลของแต่ละดีล ไม่ว่าจะชนะหรือไม่",
)
NEED_OWNER = Text(
    "rep-figures.need_owner",
    en="who owns each lead, also of those that came to nothing",
    th="ผู้ดูแลของลีดแต่ละราย รวมถึงรายที่ไม่สำเร็จ",
)
NEED_ACTOR = Text(
    "rep-figures.need_actor",
    en="who moved each lead to its stage",
    th="ผู้ที่ย้ายลีดแต่ละรายเข้าสู่แต่ละขั้น",
)
NEED_LOST = Text(
    "rep-figures.need_lost",
    en="deals that were lost, with who worked them",
    th="ดีลที่แพ้ พร้อมชื่อผู้ดูแล",
)
NEED_MORE = Text(
    "rep-figures.need_more",
    en="more decided deals: {n} are on record, and rates need {least}",
    th="ดีลที่รู้ผลเพิ่มขึ้น: ปัจจุบันมี {n} ดีล แต่การคำนวณอัตราต้องมี {least}",
)
FOUND = Text(
    "rep-figures.found",
    en="In {step} the team's reps differ beyond chance.",
    th="ใน{step} พนักงานขายในทีมต่างกันเกินกว่าความบังเอิญ",
)
SPREAD = Text(
    "rep-figures.spread",
    en="Given the same leads, rates typically lie about {spread} above or below the team's, in "
    "percentage points.",
    th="เมื่อได้ลีดแบบเดียวกัน อัตราต่างจากค่าเฉลี่ยของทีมราว {spread} (จุดร้อยละ)",
)
TALK = Text(
    "rep-figures.talk",
    en="Let the team show each other how they go about {step}; try one way on half "
    "of the new leads for eight weeks.",
    th="ให้ทีมแลกเปลี่ยนวิธีทำงานใน{step} แล้วทดลองวิธีหนึ่งกับลีดใหม่ครึ่งหนึ่งเป็นเวลาแปดสัปดาห์",
)
CAVEAT = Text(
    "rep-figures.caveat",
    en="Leads differ in ways that no column holds. Not for pay, dismissal or ranking.",
    th="ลีดยังต่างกันในแง่ที่ไม่มีในข้อมูล ห้ามใช้พิจารณาค่าตอบแทน เลิกจ้าง หรือจัดอันดับ",
)
TEXTS = (
    COUNTS, ALIKE, DIFFER, HIDDEN, TOO_FEW_PEOPLE, NOBODY_NAMED, STEP, WINNING, NEED_REP,
    NEED_OWNER, NEED_ACTOR, NEED_LOST, NEED_MORE, FOUND, SPREAD, TALK, CAVEAT,
)  # fmt: skip
WON_PER_REP, SPREAD_OF_WINS = "won_per_rep", "spread_of_win_rate"
METHOD = "binomial mixed model, common mix"


def audit(inputs: Inputs, settings: Settings) -> Outcome:
    """Counts of everyone, rates on the common mix, and where reps differ beyond chance."""
    trusted, team = inputs.fact(trust), people(inputs)
    every = inputs.fact(rep_model)
    model = tuple(step for step in every if can_be_told(step, trusted))
    decided = next((step for step in model if step.step == DECIDED), None)
    hidden = settings.names == "hide"
    shown = not hidden or len(team) >= FEWEST
    estimates = _estimates(team, model, counted_as(inputs)) if shown else {}
    if hidden:
        tables = {"distribution": distribution(team, model)}
    else:
        tables = {"reps": reps_table(team, decided), "steps": steps_table(team, model)}
    tables["credited"] = credited_table(inputs) if team else []
    tables["steps_credited"] = steps_credited(every)
    answer = answered(
        "Q12",
        estimates,
        (WON_PER_REP, SPREAD_OF_WINS),
        _said(team, model, inputs, settings),
        trust=trusted,
        weak=(WON_PER_REP,) if _mostly_nobodys(inputs) else (),
        tables=tables,
        needs=_needs(inputs, team, decided, trusted),
    )
    looks = [_look(step, inputs, settings) for step in model if step.drawn is not None]
    return Outcome(answer=answer, looks=tuple(looks) if shown else ())


def can_be_told(step: RepStep, trusted: Trust) -> bool:
    """Whether a step's rates are worth telling: losses kept, credit the same for all."""
    missing = step.step == DECIDED and trusted.severity((LOSSES,)) is Severity.BROKEN
    return not missing and not step.uneven


def _estimates(
    team: list[Person], model: tuple[RepStep, ...], cases: str
) -> dict[str, Estimate | None]:
    if not team:
        return {}
    won = np.array([person.won for person in team])
    found: dict[str, Estimate | None] = {
        WON_PER_REP: counted(float(np.median(won)), len(team), f"{cases}, median of reps"),
        "reps": counted(len(team), len(team), cases),
    }
    for step in model:
        if step.drawn is None:
            continue
        name = _key(step)
        spread = step.drawn.deviation()
        n, uses = int(step.n.sum()), _uses(step)
        found[f"spread_of_{name}"] = Estimate(
            *spread, n, Unit.RATE, METHOD, Status.OBSERVED,
            horizon=step.horizon, uses=uses,
        )  # fmt: skip
        found[f"differ_at_{name}"] = Estimate(
            step.drawn.differ(), None, None, n, Unit.RATE, METHOD, Status.OBSERVED,
            horizon=step.horizon, uses=uses,
        )  # fmt: skip
        found[f"differ_at_{name}_p"] = Estimate(
            step.p, None, None, n, Unit.P, "permutation within kinds of cases", Status.OBSERVED,
            horizon=step.horizon, uses=uses,
        )  # fmt: skip
    return found


def _key(step: RepStep) -> str:
    return "win_rate" if step.step == DECIDED else step.step


def _uses(step: RepStep) -> tuple[str, ...]:
    return (LOSSES,) if step.step == DECIDED else uses_of_step(step.step)


def _said(
    team: list[Person], model: tuple[RepStep, ...], inputs: Inputs, settings: Settings
) -> Message:
    if not team:
        return message(NOBODY_NAMED)
    n, won = count_of(len(team)), [person.won for person in team]
    if settings.names == "hide":
        if len(team) < FEWEST:
            return message(TOO_FEW_PEOPLE, n=n, least=FEWEST)
        least, most = (count_of(round(float(q))) for q in np.quantile(won, [0.25, 0.75]))
        return message(HIDDEN, n=n, least=least, most=most)
    ends: dict[str, Param] = {"n": n, "least": count_of(min(won)), "most": count_of(max(won))}
    drawn = [step for step in model if step.drawn is not None]
    apart = [step for step in drawn if step.differ()]
    if apart:
        widest = max(apart, key=lambda step: step.drawn.rates.std() if step.drawn else 0.0)
        return message(DIFFER, step=named(widest, inputs, settings), **ends)
    return message(ALIKE if drawn else COUNTS, **ends)


def named(step: RepStep, inputs: Inputs, settings: Settings) -> Text:
    """What a step is called, in the company's own words for its stages."""
    if step.step == DECIDED:
        return WINNING
    known = inputs.fact(step_curves)[step.step].step
    words = {}
    for language in ("en", "th"):
        names = (stage_name(settings, place) for place in (known.start, known.end))
        start, end = (
            getattr(name, language) if isinstance(name, Text) else str(name) for name in names
        )
        words[language] = getattr(STEP, language).format(start=start, end=end)
    return Text(f"{STEP.id}.{step.step}", **words)


def _mostly_nobodys(inputs: Inputs) -> bool:
    rows = credited_table(inputs)
    won = sum(int(row["won"] or 0) for row in rows)
    credited = sum(int(row["won"] or 0) for row in rows if row["credit"] == "reps")
    return 2 * credited < won


def _needs(
    inputs: Inputs, team: list[Person], decided: RepStep | None, trusted: Trust
) -> tuple[Need, ...]:
    steps = inputs.fact(rep_model)
    uneven = {step.step for step in steps if step.uneven}
    needs = []
    unnamed = decided is not None and 2 * int(decided.n.sum()) < decided.cases
    if not team or DECIDED in uneven or unnamed:
        needs.append(Need("deals", "rep_id", message(NEED_REP)))
    if trusted.severity((LOSSES,)) is Severity.BROKEN:
        needs.append(Need("deals", "status", message(NEED_LOST)))
    elif decided is not None and decided.drawn is None and not unnamed:
        n = int(decided.n.sum())
        if n < LEAST_CASES:
            said = message(NEED_MORE, n=n, least=LEAST_CASES)
            needs.append(Need("deals", "status", said, amount=LEAST_CASES - n))
    if uneven - {DECIDED}:
        needs.append(Need("leads", "owner_id", message(NEED_OWNER)))
    owned = (step for step in steps if step.step not in (DECIDED, *uneven))
    if not team or any(step.credit == OWNER for step in owned):
        needs.append(Need("stage_events", "actor_id", message(NEED_ACTOR)))
    return tuple(needs)


def _look(step: RepStep, inputs: Inputs, settings: Settings) -> Look:
    """That reps differ at a step: of the team, never of a person."""
    assert step.drawn is not None and step.p is not None  # noqa: S101, PT018
    spread, name = step.drawn.deviation(), named(step, inputs, settings)
    effect = Estimate(
        *spread, int(step.n.sum()), Unit.RATE, METHOD, Status.OBSERVED, uses=_uses(step)
    )
    shown = Quantity(spread.value, Unit.RATE, spread.lower, spread.upper)
    return Look(
        subject=(_key(step),),
        effect=effect,
        message=message(FOUND, step=name),
        detail=message(SPREAD, spread=shown),
        action=message(TALK, step=name),
        p=step.p if step.drawn.differ() > SURE else 1.0,
        caveat=message(CAVEAT),
        answers=("Q12",),
        measures=(rep_cells,),
    )
