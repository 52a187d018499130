"""Trust: what is wrong with the data, and which numbers it spoils.

Severity belongs to a use, not to a column: each issue names what it spoils, each estimate declares
what it uses. *Note*: said. *Weak*: an estimate with that use is at best in part. *Broken*: it is
withheld. What an estimate has already allowed for is a note for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from enum import IntEnum
from typing import Any, NamedTuple

from salesaudit.core.settings import Role, Settings
from salesaudit.core.texts import Message, Param, Quantity, Text, Unit, message
from salesaudit.core.vocabulary import term
from salesaudit.facts.base import Fact, Inputs
from salesaudit.facts.recording import Recording, recording
from salesaudit.facts.step_curves import StepCurve, step_curves
from salesaudit.measures.arrivals import arrivals
from salesaudit.measures.base import Measure
from salesaudit.measures.orphans import orphans
from salesaudit.measures.outcomes import outcomes
from salesaudit.measures.recorded_spans import recorded_spans
from salesaudit.measures.repeated_contacts import repeated_contacts
from salesaudit.measures.step_lags import step_lags
from salesaudit.measures.unknown_stages import unknown_stages

EARLY_END = timedelta(days=31)
MONTHS_WITHOUT_LOSS = 6
# What estimates rest on, beside "step <name>" for each step.
LOSSES, WIN_DAY, ENTRY, CHANNEL, CONTACT, STAGES, REFERENCES = (
    "losses", "win day", "entry", "channel", "contact", "stages", "references",
)  # fmt: skip


class Severity(IntEnum):
    """How much an issue spoils; ordered."""

    FINE = 0
    NOTE = 1
    WEAK = 2
    BROKEN = 3


class Issue(NamedTuple):
    """A check of the data: ``k`` of ``n`` rows, and what it spoils."""

    check: str
    use: str
    severity: Severity
    k: int
    n: int
    message: Message
    measure: Measure[Any]  # that counted it
    effect: Quantity | None = None  # its size, where that is not the share k of n


class Trust(NamedTuple):
    """Every check that was made, fine or not."""

    issues: tuple[Issue, ...]

    def severity(self, uses: Iterable[str]) -> Severity:
        """The worst of what these uses suffer from."""
        wanted = set(uses)
        return max((i.severity for i in self.issues if i.use in wanted), default=Severity.FINE)

    def of(self, check: str) -> tuple[Issue, ...]:
        """The issues of a check that are worth saying."""
        return tuple(i for i in self.issues if i.check == check and i.severity > Severity.FINE)


LATE = Text(
    "trust.late_recording",
    en="No entry into {stage} is on record before {first}, where about {expected} would have come; "
    "estimates of that step rest on those who began on or after {start}.",
    th="ไม่มีบันทึกการเข้าสู่ขั้น {stage} ก่อน {first} ทั้งที่ควรมีประมาณ {expected} ราย "
    "ค่าประมาณของขั้นนี้จึงอิงเฉพาะรายที่เริ่มตั้งแต่ {start}",
)
ENDS_EARLY = Text(
    "trust.early_recording_end",
    en="{what} are on record only until {last}; months after that do not count as quiet ones.",
    th="{what}มีบันทึกถึง {last} เท่านั้น เดือนหลังจากนั้นไม่นับว่าเป็นเดือนที่เงียบ",
)
NEGATIVE = Text(
    "trust.negative_time",
    en="{k} of {n} that moved on from {start} to {end} did so before they entered; "
    "they count as moving on at once.",
    th="มี {k} จาก {n} รายที่ก้าวจาก {start} ไป {end} ก่อนวันที่เข้าสู่ขั้นแรก จึงนับเป็นวันเดียวกัน",
)
NO_CHANNEL = Text(
    "trust.missing_channel",
    en="{k} of {n} leads have no channel; they take no part where channels are compared.",
    th="ลีด {k} จาก {n} รายไม่ได้ระบุช่องทาง จึงไม่นำมาเปรียบเทียบระหว่างช่องทาง",
)
REPEATED = Text(
    "trust.repeated_contact",
    en="{k} of {n} leads share their contact with another lead; each counts as a lead of its own.",
    th="ลีด {k} จาก {n} รายใช้ข้อมูลติดต่อซ้ำกับลีดอื่น แต่ละรายยังนับเป็นลีดแยกกัน",
)
FUTURE = Text(
    "trust.future_stamp",
    en="{k} of {n} dates in {column} lie far behind all others, the last on {last}; "
    "they are set aside.",
    th="วันที่ {k} จาก {n} รายการใน {column} อยู่ห่างจากวันอื่นทั้งหมด รายการสุดท้ายคือ {last} จึงตัดออก",
)
LOSSES_MISSING = Text(
    "trust.missing_losses",
    en="{k} deals are won and not one is lost in {months} months: lost deals are not kept.",
    th="มีดีลที่ชนะ {k} ดีล แต่ไม่มีดีลที่แพ้เลยตลอด {months} เดือน แสดงว่าไม่ได้เก็บดีลที่แพ้ไว้",
)
NO_LEAD_DAY = Text(
    "trust.undated_lead",
    en="{k} of {n} leads have no date of first contact; they count, and stand in no curve.",
    th="ลีด {k} จาก {n} รายไม่มีวันที่ติดต่อครั้งแรก จึงนับจำนวนได้แต่ไม่อยู่ในเส้นเวลา",
)
NO_WIN_DAY = Text(
    "trust.undated_win",
    en="{k} of {n} won deals have no closing date; they count, and stand in no curve.",
    th="ดีลที่ชนะ {k} จาก {n} ดีลไม่มีวันที่ปิด จึงนับจำนวนได้แต่ไม่อยู่ในเส้นเวลา",
)
ORPHAN = Text(
    "trust.orphan",
    en="{k} of {n} references in {column} name something that is not in the data.",
    th="การอ้างอิง {k} จาก {n} รายการใน {column} ชี้ไปยังรายการที่ไม่มีในข้อมูล",
)
UNKNOWN_STAGE = Text(
    "trust.unknown_stage",
    en="{k} events are at stages that the funnel does not have, most often {stages}.",
    th="มี {k} เหตุการณ์อยู่ในขั้นที่ไม่มีในกรวยการขาย ที่พบบ่อยคือ {stages}",
)
SKIPPED = Text(
    "trust.skipped_stage",
    en="{k} of {n} that moved on from {start} have no date of {end}; "
    "the date of a later stage stands in for it.",
    th="มี {k} จาก {n} รายที่ก้าวต่อจาก {start} แต่ไม่มีวันที่ของ {end} จึงใช้วันที่ของขั้นถัดไปแทน",
)
LEADS = Text("trust.leads", en="Leads", th="ลีด")
DEALS_CREATED = Text("trust.deals_created", en="New deals", th="ดีลใหม่")
DEALS_CLOSED = Text("trust.deals_closed", en="Closed deals", th="ดีลที่ปิดแล้ว")
STAGE_EVENTS = Text("trust.stage_events", en="Stage events", th="การเปลี่ยนขั้น")
ACTIVITIES = Text("trust.activities", en="Activities", th="กิจกรรมการขาย")

_WHAT = {
    ("leads", "created_at"): LEADS,
    ("deals", "created_at"): DEALS_CREATED,
    ("deals", "closed_at"): DEALS_CLOSED,
    ("stage_events", "entered_at"): STAGE_EVENTS,
    ("activities", "done_at"): ACTIVITIES,
}


def count_of(k: int | float) -> Quantity:
    """A count, as a parameter of a message."""
    return Quantity(float(k), Unit.COUNT)


def banded(k: int, n: int, weak: float, broken: float) -> Severity:
    """Severity of a share: any is a note, above ``weak`` and ``broken`` it is more."""
    if k == 0 or n == 0:
        return Severity.FINE
    share = k / n
    return Severity.BROKEN if share > broken else Severity.WEAK if share > weak else Severity.NOTE


def _compute(inputs: Inputs, settings: Settings) -> Trust:
    checks: tuple[Callable[[Inputs, Settings], Iterator[Issue]], ...] = (
        _late, _early_end, _negative, _future, _losses, _undated_wins, _undated_leads, _channel,
        _repeated, _orphans, _unknown_stages, _skipped,
    )  # fmt: skip
    return Trust(tuple(issue for check in checks for issue in check(inputs, settings)))


def _late(inputs: Inputs, settings: Settings) -> Iterator[Issue]:
    """One issue a stage: every step into it leaves the same cohorts out."""
    seen: set[int] = set()
    for curve in inputs.fact(step_curves).values():
        late, step = curve.late, curve.step
        if late is None or step.end in seen:
            continue
        seen.add(step.end)
        total = curve.total.entered + curve.undated + late.dropped
        said = message(
            LATE,
            stage=stage_name(settings, step.end),
            first=late.first_on,
            expected=count_of(round(late.expected)),
            start=late.from_on,
        )
        yield Issue(
            "late-recording", use_of(step.name), Severity.NOTE, late.dropped, total, said, step_lags
        )


def _early_end(inputs: Inputs, settings: Settings) -> Iterator[Issue]:
    known: Recording = inputs.fact(recording)
    for span in known.spans:
        what = _WHAT.get((span.table, span.column))
        if what and settings.until - span.last > EARLY_END:
            days = (settings.until - span.last).days
            said = message(ENDS_EARLY, what=what, last=span.last)
            yield Issue(
                "early-recording-end", span.table, Severity.NOTE, span.stamps, span.stamps, said,
                recorded_spans, Quantity(days, Unit.DAYS),
            )  # fmt: skip


def _negative(inputs: Inputs, settings: Settings) -> Iterator[Issue]:
    rows = inputs[step_lags]
    for curve in _neighbours(inputs, settings):
        own = [row for row in rows if row.step == curve.step.name]
        k, n = sum(row.negative for row in own), sum(row.moved for row in own)
        said = message(
            NEGATIVE,
            k=count_of(k),
            n=count_of(n),
            start=stage_name(settings, curve.step.start),
            end=stage_name(settings, curve.step.end),
        )
        severity = banded(k, n, 0.005, 0.05)
        yield Issue("negative-time", use_of(curve.step.name), severity, k, n, said, step_lags)


def _future(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    for span in inputs.fact(recording).spans:
        if span.after:
            column = f"{span.table}.{span.column}"
            said = message(
                FUTURE,
                k=count_of(span.after),
                n=count_of(span.stamps),
                column=column,
                last=span.newest,
            )
            yield Issue(
                "future-stamp",
                column,
                Severity.NOTE,
                span.after,
                span.stamps,
                said,
                recorded_spans,
            )


def _losses(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    rows = [row for row in inputs[outcomes] if row.counted == counted_as(inputs)]
    won = [row for row in rows if row.outcome == "won"]
    months = {row.month for row in won if row.month}
    lost = sum(row.cases for row in rows if row.outcome == "lost")
    wins = sum(row.cases for row in won)
    length = _months_between(min(months), max(months)) if months else 0
    missing = bool(wins) and not lost and length >= MONTHS_WITHOUT_LOSS
    said = message(LOSSES_MISSING, k=count_of(wins), months=count_of(length))
    severity = Severity.BROKEN if missing else Severity.FINE
    yield Issue("missing-losses", LOSSES, severity, wins if missing else 0, wins, said, outcomes)


def _undated_wins(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    won = [r for r in inputs[outcomes] if r.counted == counted_as(inputs) and r.outcome == "won"]
    k, n = sum(row.cases for row in won if row.month is None), sum(row.cases for row in won)
    said = message(NO_WIN_DAY, k=count_of(k), n=count_of(n))
    yield Issue("undated-win", WIN_DAY, banded(k, n, 0.005, 0.05), k, n, said, outcomes)


def _channel(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    rows = inputs[arrivals]
    n = sum(row.leads for row in rows)
    k = sum(row.leads for row in rows if row.channel is None and not row.rest)
    if 0 < k < n:
        said = message(NO_CHANNEL, k=count_of(k), n=count_of(n))
        yield Issue("missing-channel", CHANNEL, Severity.NOTE, k, n, said, arrivals)


def _undated_leads(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    rows = inputs[arrivals]
    k, n = sum(row.leads for row in rows if row.day is None), sum(row.leads for row in rows)
    if 0 < k < n:  # a file without any date is another matter: there is no curve to spoil
        said = message(NO_LEAD_DAY, k=count_of(k), n=count_of(n))
        yield Issue("undated-lead", ENTRY, banded(k, n, 0.05, 0.5), k, n, said, arrivals)


def _repeated(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    for row in inputs[repeated_contacts]:
        k = row.with_contact - row.persons
        said = message(REPEATED, k=count_of(k), n=count_of(row.leads))
        severity = banded(k, row.leads, 0.02, 0.15)
        yield Issue("repeated-contact", CONTACT, severity, k, row.leads, said, repeated_contacts)


def _orphans(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    for row in inputs[orphans]:
        said = message(
            ORPHAN, k=count_of(row.missing), n=count_of(row.references), column=row.column
        )
        severity = banded(row.missing, row.references, 0.01, 0.1)
        if row.column == "stage_events.lead_id":  # events of leads that were not exported
            severity = min(severity, Severity.WEAK)
        yield Issue("orphan", REFERENCES, severity, row.missing, row.references, said, orphans)


def _unknown_stages(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    rows = inputs[unknown_stages]
    if rows:
        k = sum(row.events for row in rows)
        named = ", ".join(row.stage for row in rows[:3])
        said = message(UNKNOWN_STAGE, k=count_of(k), stages=named)
        yield Issue("unknown-stage", STAGES, Severity.NOTE, k, k, said, unknown_stages)


def _skipped(inputs: Inputs, settings: Settings) -> Iterator[Issue]:
    for curve in _neighbours(inputs, settings):
        k, n = curve.total.filled, curve.total.converted
        said = message(
            SKIPPED,
            k=count_of(k),
            n=count_of(n),
            start=stage_name(settings, curve.step.start),
            end=stage_name(settings, curve.step.end),
        )
        severity = banded(k, n, 0.1, 0.4)
        yield Issue("skipped-stage", use_of(curve.step.name), severity, k, n, said, step_lags)


def counted_as(inputs: Inputs) -> str:
    """What counts as a deal: deals where they are loaded, otherwise journeys."""
    loaded = any(row.counted == "deals" for row in inputs[outcomes])
    return "deals" if loaded else "journeys"


def use_of(step: str) -> str:
    """The use of an estimate that follows a step."""
    return f"step {step}"


def stage_name(settings: Settings, position: int) -> Param:
    """A stage's name for readers: the company's own, in each language that it gave."""
    stage = settings.funnel[position - 1]
    if not stage.labels and stage.role is not None and stage.name == stage.role.value:
        return term(f"role.{stage.name}")
    if not stage.labels:
        return stage.name
    return Text(f"stage.{position}", en=stage.label("en"), th=stage.label("th"))


def _neighbours(inputs: Inputs, settings: Settings) -> list[StepCurve]:
    """The steps between roles that follow each other, and from the first stage to the last."""
    curves = list(inputs.fact(step_curves).values())
    last = settings.position(Role.CUSTOMER)
    return [
        curve
        for curve in curves
        if (curve.step.end == last and curve.step.start == 1)
        or not any(
            other.step.start == curve.step.start and other.step.end < curve.step.end
            for other in curves
        )
    ]


def _months_between(first: date, last: date) -> int:
    return (last.year - first.year) * 12 + last.month - first.month + 1


trust = Fact(
    name="trust",
    inputs=(
        step_curves,
        recording,
        arrivals,
        outcomes,
        repeated_contacts,
        orphans,
        unknown_stages,
        step_lags,
    ),
    compute=_compute,
)
