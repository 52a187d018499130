"""Q1: how many leads a month."""

from __future__ import annotations

from datetime import date, timedelta

from salesaudit.audits.answering import answered, per_month
from salesaudit.audits.base import Component, Meta, Need, Outcome, Owner, Row
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Quantity, Text, Unit, message
from salesaudit.facts.base import Inputs
from salesaudit.facts.monthly import Months, monthly
from salesaudit.facts.recording import recording
from salesaudit.facts.trust import ENTRY, trust
from salesaudit.measures.arrivals import Arrival, arrivals
from salesaudit.measures.repeated_contacts import repeated_contacts
from salesaudit.statistics.arrivals import trend
from salesaudit.statistics.base import Estimate, Status

META = Meta(
    id="lead-volume",
    component=Component.PROCESS,
    owner=Owner.MARKETING,
    answers="Q1",
    question=Text(
        "Q1.question",
        en="How many leads do we generate, on average, in a month?",
        th="เราสร้างลีดได้เฉลี่ยเดือนละกี่ราย",
    ),
    why=Text(
        "lead-volume.why",
        en="Every plan begins with how many leads there are to work with.",
        th="แผนทุกแผนเริ่มจากจำนวนลีดที่มีให้ทำงาน",
    ),
    counts=Text(
        "lead-volume.counts",
        en="Leads on the day of their first contact, in months that lie wholly inside the record. "
        "Months differ by more than chance and lean on their neighbours; the range allows for "
        "both.",
        th="นับลีดตามวันที่ติดต่อครั้งแรก เฉพาะเดือนที่มีข้อมูลครบทั้งเดือน "
        "ช่วงค่าเผื่อความต่างระหว่างเดือนและความสัมพันธ์ของเดือนที่ติดกันแล้ว",
    ),
    source="Newey and West (1987); Garwood (1936)",
    inputs=(arrivals, monthly, recording, repeated_contacts, trust),
)
SAID = Text(
    "lead-volume.said",
    en="About {mean} leads a month, over {months} full months.",
    th="ได้ลีดประมาณเดือนละ {mean} ราย จากข้อมูลเต็มเดือน {months} เดือน",
)
SAID_TREND = Text(
    "lead-volume.said_trend",
    en="About {mean} leads a month, over {months} full months; each year has "
    "{change} times as many as the year before.",
    th="ได้ลีดประมาณเดือนละ {mean} ราย จากข้อมูลเต็มเดือน {months} เดือน แนวโน้มเป็น {change} เท่าของปีก่อนหน้า",
)
NOTHING = Text(
    "lead-volume.nothing",
    en="No full month of leads is on record.",
    th="ยังไม่มีข้อมูลลีดครบหนึ่งเดือน",
)
NEED_LEADS = Text(
    "lead-volume.need",
    en="the list of leads with the day of their first contact, over at least one full month",
    th="รายชื่อลีดพร้อมวันที่ติดต่อครั้งแรก อย่างน้อยหนึ่งเดือนเต็ม",
)
TEXTS = (SAID, SAID_TREND, NOTHING, NEED_LEADS)
TREND_MONTHS = 18  # with fewer, growth cannot be told from the season


def audit(inputs: Inputs, _settings: Settings) -> Outcome:
    """Mean of the full months, and the yearly change where it can be told from the season."""
    leads = inputs.fact(monthly).leads
    rows = inputs[arrivals]
    total = sum(row.leads for row in rows)
    mean = per_month(leads, ENTRY)
    if mean is None or mean.value is None or not total:
        need = Need("leads", "created_at", message(NEED_LEADS))
        said = message(NOTHING)
        empty = answered(
            "Q1", {}, ("leads_per_month",), said, trust=inputs.fact(trust), needs=(need,)
        )
        return Outcome(answer=empty)
    change = _change(rows, leads)
    said = message(
        SAID_TREND if change else SAID,
        mean=Quantity(mean.value, Unit.COUNT, mean.lower, mean.upper),
        months=len(leads.full),
        **({"change": _ratio(change)} if change else {}),
    )
    estimates = {
        "leads_per_month": mean,
        "leads_per_year_change": change,
    }
    answer = answered(
        "Q1",
        estimates,
        ("leads_per_month",),
        said,
        trust=inputs.fact(trust),
        tables={
            "by_month": _by_month(leads),
            "by_channel": _by_channel(rows, leads),
            "people": [row._asdict() for row in inputs[repeated_contacts] if row.with_contact],
        },
    )
    return Outcome(answer=answer)


def _change(rows: tuple[Arrival, ...], leads: Months) -> Estimate | None:
    """How many times as many leads a year brings, from whole weeks inside the full months."""
    if len(leads.full) < TREND_MONTHS:
        return None
    first, last = leads.full[0], _last_day(leads.full[-1])
    start = first + timedelta(days=-first.weekday() % 7)
    weeks = ((last - start).days + 1) // 7
    counts = [0] * weeks
    for row in rows:
        week = (row.day - start).days // 7 if row.day else -1
        if 0 <= week < weeks:
            counts[week] += row.leads
    found = trend(counts)
    if found is None:
        return None
    return Estimate(
        found.value, found.lower, found.upper, sum(counts), Unit.RATIO,
        "quasi-Poisson regression on weeks", Status.OBSERVED, from_on=start, uses=(ENTRY,),
    )  # fmt: skip


def _ratio(estimate: Estimate) -> Quantity:
    return Quantity(estimate.value or 0.0, estimate.unit, estimate.lower, estimate.upper)


def _last_day(month: date) -> date:
    return (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _by_month(leads: Months) -> list[Row]:
    full = set(leads.full)
    return [
        {"month": month.isoformat(), "leads": count, "full": month in full}
        for month, count in leads.counts.items()
    ]


def _by_channel(rows: tuple[Arrival, ...], leads: Months) -> list[Row]:
    inside = {row: row.day is not None and row.day.replace(day=1) in leads.full for row in rows}
    keys = sorted({(row.rest, row.channel is None, row.channel or "") for row in rows})
    table: list[Row] = []
    for rest, nameless, name in keys:
        own = [
            r
            for r in rows
            if (r.rest, r.channel is None, r.channel or "") == (rest, nameless, name)
        ]
        in_full = sum(row.leads for row in own if inside[row])
        table.append(
            {
                "channel": None if nameless else name,
                "rest": rest,
                "leads": sum(row.leads for row in own),
                "leads_per_month": in_full / len(leads.full),
            }
        )
    return table
