"""Documents to draw: one with the figures of Olist's public files, one with a longer funnel."""

from __future__ import annotations

import math
from datetime import date
from typing import Any

from salesaudit.audits.catalog import units
from salesaudit.core.texts import Text
from salesaudit.run.result import (
    AnswerPart,
    AuditRun,
    ComponentPart,
    DayPart,
    EffectPart,
    EstimatePart,
    EvidencePart,
    FindingPart,
    MessagePart,
    NeedPart,
    QuantityPart,
    RangePart,
    ReachedPart,
    ReasonPart,
    SourcePart,
    StepPart,
    TrustCheckPart,
    TrustPart,
    VerdictPart,
    words,
)

QUERY = """SELECT
  "t1"."channel",
  COUNT(*) AS "leads",
  COUNT(*) FILTER (WHERE "t1"."furthest" >= 2) AS "won"
FROM "journeys" AS "t1"
WHERE "t1"."created_on" <= DATE '2018-11-14'
GROUP BY 1
ORDER BY 1 ASC"""

TEXTS = (
    *(unit.meta.question for unit in units() if unit.meta.answers),
    Text("Q12.question", en="What are each member's figures?", th="ตัวเลขของสมาชิกแต่ละคนเป็นอย่างไร"),
    Text(
        "verdict.share",
        en="About one lead in {k} becomes a customer. Leads from {channel} do half as well.",
        th="ลีดประมาณ {k} รายกลายเป็นลูกค้า 1 ราย ลีดจาก {channel} ทำได้เพียงครึ่งเดียว",
    ),
    Text(
        "notice.truncated",
        en="No win is on record before {day}, though leads start earlier.",
        th="ไม่มีการชนะก่อน {day} ในข้อมูล ทั้งที่ลีดเริ่มก่อนหน้านั้น",
    ),
    Text(
        "notice.truncated.so",
        en="How many and how fast rest on {n} leads.",
        th="จำนวนและเวลาจึงคำนวณจากลีด {n} ราย",
    ),
    Text(
        "Q1.says",
        en="{full} full months; {low} to {high} leads.",
        th="ข้อมูลครบ {full} เดือน ลีด {low} ถึง {high} ราย",
    ),
    Text("Q2.says", en="Every lead in the file is already an MQL.", th="ลีดทุกรายในไฟล์เป็น MQL อยู่แล้ว"),
    Text("Q3.says", en="No date of a first pitch is on record.", th="ไม่มีวันที่เสนอขายครั้งแรกในข้อมูล"),
    Text(
        "Q4.says",
        en="Of the pitched, {rate} were accepted by sales.",
        th="จากที่เสนอขายแล้ว ฝ่ายขายรับ {rate}",
    ),
    Text(
        "Q5.says",
        en="Counted over all records {won} of {n}. The win rate needs lost deals.",
        th="นับทุกระเบียนได้ {won} จาก {n} ราย อัตราชนะต้องมีดีลที่แพ้",
    ),
    Text(
        "Q6.says",
        en="Half of the buyers by day {half}, nine in ten by day {most}.",
        th="ครึ่งหนึ่งของผู้ซื้อภายในวันที่ {half} และเก้าในสิบภายในวันที่ {most}",
    ),
    Text("need.before", en="the leads before qualification", th="ลีดก่อนการรับรอง"),
    Text(
        "need.pitch", en="the date each lead was first pitched", th="วันที่เสนอขายครั้งแรกของลีดแต่ละราย"
    ),
    Text("need.lost", en="lost deals, with the day they were lost", th="ดีลที่แพ้ พร้อมวันที่แพ้"),
    Text(
        "slow-channel.found",
        en="Of the leads from {channel}, {rate} become customers, of all leads {all}.",
        th="ลีดจาก {channel} เป็นลูกค้า {rate} ขณะที่ลีดทั้งหมดเป็น {all}",
    ),
    Text(
        "slow-channel.do",
        en="Call half of the new leads from {channel} the same day for eight weeks, and compare.",
        th="โทรหาลีดใหม่จาก {channel} ครึ่งหนึ่งภายในวันเดียวกันเป็นเวลา 8 สัปดาห์แล้วเปรียบเทียบ",
    ),
    Text(
        "slow-channel.caveat",
        en="Leads of this channel may differ from the others in ways that are not on record.",
        th="ลีดของช่องทางนี้อาจต่างจากช่องทางอื่นในเรื่องที่ไม่มีในข้อมูล",
    ),
    Text(
        "no-lost.found",
        en="None of {n} deals is lost: lost deals are not kept.",
        th="ไม่มีดีลที่แพ้จาก {n} ดีล เพราะไม่ได้เก็บดีลที่แพ้",
    ),
    Text(
        "no-lost.do",
        en="Keep lost deals in the CRM, with the reason.",
        th="เก็บดีลที่แพ้ไว้ใน CRM พร้อมเหตุผล",
    ),
    Text(
        "early-win.found",
        en="{n} win lies before its lead's first contact.",
        th="มีการชนะ {n} รายการเกิดก่อนการติดต่อครั้งแรก",
    ),
    Text("early-win.do", en="Check the dates of that deal.", th="ตรวจสอบวันที่ของดีลนั้น"),
    Text(
        "blank-channel.found",
        en="{k} of {n} leads name no channel.",
        th="ลีด {k} จาก {n} รายไม่ได้ระบุช่องทาง",
    ),
    Text("blank-channel.do", en="Make the channel a required field.", th="กำหนดให้ต้องระบุช่องทาง"),
    Text("keys.fine", en="Every deal belongs to a known lead.", th="ทุกดีลเป็นของลีดที่มีอยู่"),
    Text("mail", en="e-mail", th="อีเมล"),
)

CHANNELS: tuple[tuple[str | None, bool, int, int, float], ...] = (
    ("organic_search", False, 2296, 271, 14),
    ("paid_search", False, 1586, 195, 15),
    ("social", False, 1350, 75, 30),
    ("unknown", False, 1099, 179, 11),
    ("direct_traffic", False, 499, 56, 10),
    ("email", False, 493, 15, 21),
    ("referral", False, 284, 24, 18.5),
    ("other", False, 150, 4, 9),
    ("display", False, 118, 6, 8.5),
    (None, False, 60, 14, 7.5),
    (None, True, 65, 3, 35),
)
MONTHS = (
    ("2017-06", 4, 0),
    ("2017-07", 239, 2),
    ("2017-08", 386, 9),
    ("2017-09", 312, 7),
    ("2017-10", 416, 14),
    ("2017-11", 445, 18),
    ("2017-12", 200, 11),
    ("2018-01", 1141, 152),
    ("2018-02", 1028, 149),
    ("2018-03", 1174, 167),
    ("2018-04", 1352, 183),
    ("2018-05", 1303, 130),
)
WINS = (3, 73, 113, 147, 207, 122, 57, 37, 33, 23, 21, 6)  # from December 2017 on


def say(text: str, **params: Any) -> MessagePart:
    return MessagePart(id=text, params=params)


def estimate(
    value: float | None,
    lower: float | None = None,
    upper: float | None = None,
    n: int = 5998,
    *,
    unit: str = "rate",
    status: Any = "matured",
    since: date | None = None,
    horizon: int | None = None,
) -> EstimatePart:
    return EstimatePart(
        value=value,
        lower=lower,
        upper=upper,
        n=n,
        unit=unit,
        status=status,
        method="an example",
        from_=since,
        horizon=horizon,
    )


def wilson(k: int, n: int) -> tuple[float, float]:
    z, share = 1.96, k / n
    middle = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    return (middle - spread) / (1 + z * z / n), (middle + spread) / (1 + z * z / n)


def evidence(measure: str = "leads_by_channel") -> list[EvidencePart]:
    return [EvidencePart(measure=measure, query=f"{QUERY} -- {measure}", rows=11, counted=8000)]


def olist(**changes: Any) -> AuditRun:
    """Figures of the public files, as far as they are known; the rest is plausible."""
    fields: dict[str, Any] = {
        "version": "0.1.0",
        "company": "Olist",
        "currency": "BRL",
        "as_of": date(2018, 11, 14),
        "window": (date(2017, 6, 14), date(2018, 11, 14)),
        "sources": _sources(),
        "verdict": VerdictPart(
            message=say("verdict.share", k="seven", channel="social"),
            money=RangePart(),
            first=["slow-channel:social", "no-lost-deals"],
            notices=["truncated-wins"],
        ),
        "answers": _answers(),
        "steps": [
            StepPart(stage="mql", role="mql", recorded=True, reached=8000, own_stamp=8000),
            StepPart(
                stage="customer",
                role="customer",
                recorded=True,
                reached=842,
                own_stamp=842,
                to_come=26.4,
                from_before=_lead_to_customer(),
            ),
        ],
        "components": {},
        "findings": _findings(),
        "trust": _trust(),
        "method": {"settings": "company: Olist", "confidence": "0.95", "duckdb": "1.5.6"},
        "texts": words({text.id: (text.en, text.th) for text in TEXTS}),
    }
    return AuditRun(**{**fields, **changes})


def five_stages(**changes: Any) -> AuditRun:
    """A funnel with a stage nobody stamps, labels of the company's own, and money at stake."""
    steps = [
        StepPart(stage="visit", role="visitor", recorded=False, reached=None, own_stamp=0),
        StepPart(
            stage="lead",
            role="lead",
            recorded=True,
            reached=4200,
            own_stamp=4200,
            by_channel=_reached(1800, 1400),
        ),
        StepPart(
            stage="mql",
            labels={"en": "Qualified by marketing", "th": "ผ่านการรับรองทางการตลาด"},
            role="mql",
            recorded=True,
            reached=2310,
            own_stamp=2300,
            to_come=62.0,
            from_before=estimate(0.56, 0.545, 0.576, 4200),
        ),
        StepPart(
            stage="pitched",
            role="pitched",
            recorded=True,
            reached=1240,
            own_stamp=1180,
            to_come=84.0,
            from_before=estimate(0.54, 0.52, 0.56, 2310),
        ),
        StepPart(
            stage="sql",
            role="sql",
            recorded=True,
            reached=610,
            own_stamp=610,
            to_come=71.0,
            from_before=estimate(0.49, 0.46, 0.52, 1240),
        ),
        StepPart(
            stage="customer",
            role="customer",
            recorded=True,
            reached=204,
            own_stamp=204,
            to_come=38.0,
            from_before=estimate(0.36, 0.32, 0.4, 610, status="at_least"),
            by_channel=_reached(60, 120),
        ),
    ]
    first = olist()
    money = RangePart(value=268000, lower=196000, upper=324000)
    findings = [
        first.findings[0].model_copy(update={"money": money, "q_value": 0.003}),
        *first.findings[1:],
    ]
    base: dict[str, Any] = {
        "components": _components(),
        "company": "Siam Solar",
        "currency": "THB",
        "steps": steps,
        "findings": findings,
        "verdict": first.verdict.model_copy(update={"money": money}),
        "answers": {**first.answers, "Q4": _q4()},
    }
    return olist(**{**base, **changes})


def _reached(*leads: int) -> list[ReachedPart]:
    names = ("social", "paid_search")
    return [
        ReachedPart(channel=name, rest=False, reached=n)
        for name, n in zip(names, leads, strict=True)
    ]


def _components() -> dict[str, ComponentPart]:
    """One of each kind."""
    return {
        "C1": ComponentPart(
            score=57.4, lower=46, upper=69, status="scored", checks=14, checks_answered=12,
            findings=["slow-channel:social"],
        ),
        "C2": ComponentPart(
            score=None, lower=None, upper=None, status="not_enough_data", checks=11,
            checks_answered=3,
        ),
        "C3": ComponentPart(
            score=33.0, lower=25, upper=42, status="scored", checks=9, checks_answered=7
        ),
        "C5": ComponentPart(
            score=60.0, lower=30, upper=85, status="cannot_tell", checks=12, checks_answered=6
        ),
    }  # fmt: skip


def _sources() -> list[SourcePart]:
    reason = ReasonPart(
        reason="not a date", records=2, cells=2, column="won_date", line=17, example="31-02-2018"
    )
    return [
        SourcePart(
            name="olist_marketing_qualified_leads_dataset.csv",
            into="leads",
            sha256="a1" * 32,
            read=8000,
            loaded=8000,
            refused=0,
            rows=8000,
            merged=0,
            blank=0,
        ),
        SourcePart(
            name="olist_closed_deals_dataset.csv",
            into="deals",
            sha256="b2" * 32,
            read=844,
            loaded=842,
            refused=2,
            rows=842,
            merged=0,
            blank=1,
            reasons=[reason],
        ),
    ]


def _lead_to_customer() -> EstimatePart:
    since = date(2018, 1, 1)
    return estimate(0.13601, 0.114, 0.1615, status="at_least", since=since, horizon=309)


def _answers() -> dict[str, AnswerPart]:
    return {"Q1": _q1(), "Q2": _q2(), "Q3": _q3(), "Q5": _q5(), "Q6": _q6()}


def _q1() -> AnswerPart:
    full = [leads for _, leads, _ in MONTHS[1:]]
    return AnswerPart(
        question=say("Q1.question"),
        unit="leads-per-month",
        status="answered",
        estimates={
            "leads_per_month": estimate(726.9, 402, 1180, 7996, unit="count", status="observed"),
            "leads_per_year_change": estimate(None, n=12, unit="rate", status="withheld"),
        },
        tables={
            "by_month": [
                {"month": f"{month}-01", "leads": leads, "full": month != "2017-06"}
                for month, leads, _ in MONTHS
            ],
            "by_channel": [
                {"channel": name, "rest": rest, "leads": leads, "leads_per_month": leads / 11.6}
                for name, rest, leads, _, _ in CHANNELS
            ],
        },
        message=say("Q1.says", full=11, low=min(full), high=max(full)),
        evidence=evidence("leads_by_month"),
    )


def _q2() -> AnswerPart:
    need = NeedPart(table="leads", column="mql_on", message=say("need.before"))
    return AnswerPart(
        question=say("Q2.question"),
        unit="qualified-leads",
        status="unanswerable",
        needs=[need],
        message=say("Q2.says"),
    )


def _q3() -> AnswerPart:
    need = NeedPart(table="stage_events", column="pitched", message=say("need.pitch"))
    return AnswerPart(
        question=say("Q3.question"),
        unit="pitched-leads",
        status="unanswerable",
        needs=[need],
        message=say("Q3.says"),
    )


def _q4() -> AnswerPart:
    return AnswerPart(
        question=say("Q4.question"),
        unit="accepted-leads",
        status="answered",
        estimates={
            "pitched_to_sql": estimate(0.49, 0.46, 0.52, 1240),
            "sqls_per_month": estimate(51.3, 44, 60, 610, unit="count", status="observed"),
        },
        message=say("Q4.says", rate=QuantityPart(value=0.49, unit="rate", lower=0.46, upper=0.52)),
        evidence=evidence("stage_pairs"),
    )


def _q5() -> AnswerPart:
    since = date(2018, 1, 1)
    within = [(7, 0.046), (30, 0.092), (90, 0.113), (180, 0.1251)]
    return AnswerPart(
        question=say("Q5.question"),
        unit="closed-leads",
        status="partial",
        needs=[NeedPart(table="deals", column="lost_on", message=say("need.lost"))],
        estimates={
            "lead_to_customer": _lead_to_customer(),
            "lead_to_customer_observed": estimate(
                0.10525, 0.09871, 0.11217, 8000, status="observed"
            ),
            "deals_won": estimate(842, n=842, unit="count", status="observed"),
            "won_amount": estimate(61784006, n=842, unit="money", status="observed"),
            "customers_per_month": estimate(
                132.4, 97, 171, 662, unit="count", status="observed", since=since
            ),
            "something_new": estimate(0.4, 0.2, 0.6, 41),
        },
        tables={
            "within": [
                {
                    "step": "lead_to_customer",
                    "days": days,
                    "value": value,
                    "lower": value * 0.93,
                    "upper": value * 1.08,
                    "n": 5998,
                }
                for days, value in within
            ],
            "by_month": [
                {
                    "month": f"{2017 + (index + 11) // 12}-{(index + 11) % 12 + 1:02d}-01",
                    "won": won,
                }
                for index, won in enumerate(WINS)
            ],
            "cohorts": [
                {
                    "month": f"{month}-01",
                    "leads": leads,
                    "won": won,
                    "observed": won / leads,
                    "used": month >= "2018",
                }
                for month, leads, won in MONTHS
            ],
            "cohort_ages": [
                {
                    "month": f"{month}-01",
                    "leads": leads,
                    "days": days,
                    "share": won / leads * min(1.0, 0.4 + days / 300),
                    "expected": month >= "2018-05" and days > 150,
                    "used": month >= "2018",
                }
                for month, leads, won in MONTHS
                for days in (30, 60, 90, 120, 150, 180)
            ],
            "by_channel": [_channel(*channel) for channel in CHANNELS],
        },
        message=say("Q5.says", won=842, n=8000),
        evidence=evidence(),
    )


def _channel(name: str | None, rest: bool, leads: int, won: int, _: float) -> dict[str, Any]:
    lower, upper = wilson(won, leads)
    few = won < 10
    return {
        "channel": name,
        "rest": rest,
        "leads": leads,
        "won": won,
        "observed": won / leads,
        "observed_lower": lower,
        "observed_upper": upper,
        "value": None if few else won / leads * 1.29,
        "lower": None if few else lower * 1.2,
        "upper": None if few else upper * 1.35,
        "status": "withheld" if few else "at_least",
    }


def _q6() -> AnswerPart:
    return AnswerPart(
        question=say("Q6.question"),
        unit="time-to-customer",
        status="answered",
        estimates={
            "median_days_to_customer": estimate(13, 10, 15, 781, unit="days", horizon=309),
            "median_days_to_customer_observed": estimate(
                14, 13, 17, 842, unit="days", status="observed"
            ),
            "mean_days_to_customer": estimate(42.1, 38.0, 47.2, 781, unit="days", horizon=309),
            "channels_differ_p": estimate(0.0163, n=5998, unit="p"),
        },
        tables={
            "by_channel": [
                {
                    "channel": name,
                    "rest": rest,
                    "leads": leads,
                    "won": won,
                    "median_days": None if won < 5 else days,
                    "median_lower": None if won < 5 else days * 0.7,
                    "median_upper": None if won < 5 else days * 1.5,
                    "median_days_observed": days,
                }
                for name, rest, leads, won, days in CHANNELS
            ],
            "curve": [
                {
                    "day": day,
                    "share": _won_by(day),
                    "lower": _won_by(day) * 0.93,
                    "upper": _won_by(day) * (1.07 + day / 3000),
                    "at_risk": max(120, 5998 - 18 * day),
                }
                for day in range(310)
            ],
            "channel_curves": [
                {"channel": name, "day": day, "share": _won_by(day) * won / leads / 0.105}
                for name, rest, leads, won, _ in CHANNELS
                if name and not rest and leads > 400
                for day in (0, 5, 10, 20, 60, 120, 240)
            ],
        },
        message=say("Q6.says", half=13, most=148),
        evidence=evidence("durations"),
    )


def _won_by(day: int) -> float:
    return 0.136 * (1 - 0.5 ** ((day + 0.4) / 13.0) * 0.6 - 0.4 * math.exp(-(day + 0.4) / 75))


def _findings() -> list[FindingPart]:
    rate = QuantityPart(value=0.0628, unit="rate", lower=0.049, upper=0.079)
    everyone = QuantityPart(value=0.136, unit="rate", lower=0.114, upper=0.1615)
    return [
        FindingPart(
            id="no-lost-deals",
            unit="no-lost-deals",
            question="Q5",
            component="C4",
            owner="both",
            grade="A",
            severity="weak",
            effect=EffectPart(value=842, unit="count"),
            n=842,
            q_value=None,
            message=say("no-lost.found", n=842),
            action=say("no-lost.do"),
            evidence=evidence("deal_outcomes"),
        ),
        FindingPart(
            id="slow-channel:social",
            unit="slow-channel",
            question="Q5",
            component="C1",
            owner="sales",
            grade="B",
            effect=EffectPart(value=-0.073, lower=-0.095, upper=-0.051, unit="rate"),
            n=1350,
            q_value=0.0021,
            message=say("slow-channel.found", channel="social", rate=rate, all=everyone),
            action=say("slow-channel.do", channel="social"),
            caveat=say("slow-channel.caveat"),
            evidence=evidence(),
        ),
        FindingPart(
            id="blank-channel",
            unit="blank-channel",
            question=None,
            component="C4",
            owner="marketing",
            grade="A",
            severity="note",
            effect=EffectPart(value=0.0075, unit="rate"),
            n=8000,
            q_value=None,
            message=say("blank-channel.found", k=60, n=8000),
            action=say("blank-channel.do"),
            evidence=evidence(),
        ),
        FindingPart(
            id="early-win",
            unit="early-win",
            question="Q6",
            component="C4",
            owner="sales",
            grade="C",
            severity="note",
            effect=EffectPart(value=1, unit="count"),
            n=842,
            q_value=None,
            message=say("early-win.found", n=1),
            action=say("early-win.do"),
        ),
        FindingPart(
            id="truncated-wins",
            unit="truncated-wins",
            question="Q5",
            questions=["Q5", "Q6"],
            component="C4",
            owner="both",
            grade="A",
            severity="note",
            effect=EffectPart(value=0.25, unit="rate"),
            n=8000,
            q_value=None,
            message=say("notice.truncated", day=DayPart(day=date(2017, 12, 5))),
            detail=say("notice.truncated.so", n=5998),
            action=say("early-win.do"),
            counts=say("notice.truncated.so", n=5998),
        ),
    ]


def _trust() -> TrustPart:
    truncated = say("notice.truncated", day=DayPart(day=date(2017, 12, 5)))
    return TrustPart(
        grade="fair",
        checks=[
            TrustCheckPart(
                check="keys", use="identity", severity="fine", k=0, n=842, message=say("keys.fine")
            ),
            TrustCheckPart(
                check="lost-deals",
                use="win_rate",
                severity="broken",
                k=842,
                n=842,
                message=say("no-lost.found", n=842),
            ),
            TrustCheckPart(
                check="truncation",
                use="conversion",
                severity="weak",
                k=2002,
                n=8000,
                message=truncated,
            ),
            TrustCheckPart(
                check="early",
                use="duration",
                severity="note",
                k=1,
                n=842,
                message=say("early-win.found", n=1),
            ),
        ],
    )
