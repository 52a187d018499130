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
from salesaudit.facts.step_curves import SURELY, StepCurve, step_curves
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
    message: Message  # what is wrong
    so: Message  # what follows for the numbers
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
    en="Entries into {stage} are on record only from {first} on.",
    th="การเข้าสู่ขั้น {stage} มีบันทึกตั้งแต่ {first} เท่านั้น",
)
LATE_SO = Text(
    "trust.late_recording.so",
    en="About {expected} would have come before; estimates of that step rest on those who began on "
    "or after {start}.",
    th="ก่อนหน้านั้นควรมีประมาณ {expected} ราย ค่าประมาณของขั้นนี้จึงอิงเฉพาะรายที่เริ่มตั้งแต่ {start}",
)
ENDS_EARLY = Text(
    "trust.early_recording_end",
    en="{what} are on record only until {last}.",
    th="{what}มีบันทึกถึง {last} เท่านั้น",
)
ENDS_EARLY_SO = Text(
    "trust.early_recording_end.so",
    en="Months after that do not count as quiet ones.",
    th="เดือนหลังจากนั้นไม่นับว่าเป็นเดือนที่เงียบ",
)
NEGATIVE = Text(
    "trust.negative_time",
    en="{k} of {n} have a date of {end} that is earlier than their date of {start}.",
    th="มี {k} จาก {n} รายที่วันที่ของ {end} อยู่ก่อนวันที่ของ {start}",
)
NEGATIVE_SO = Text(
    "trust.negative_time.so",
    en="They count as moving on at once.",
    th="รายเหล่านี้นับเป็นการก้าวต่อในวันเดียวกัน",
)
NO_CHANNEL = Text(
    "trust.missing_channel",
    en="{k} of {n} leads have no channel.",
    th="ลีด {k} จาก {n} รายไม่ได้ระบุช่องทาง",
)
NO_CHANNEL_SO = Text(
    "trust.missing_channel.so",
    en="They take no part where channels are compared.",
    th="ลีดเหล่านี้ไม่นำมาเปรียบเทียบระหว่างช่องทาง",
)
REPEATED = Text(
    "trust.repeated_contact",
    en="{k} of {n} leads share their contact with another lead.",
    th="ลีด {k} จาก {n} รายใช้ข้อมูลติดต่อซ้ำกับลีดอื่น",
)
REPEATED_SO = Text(
    "trust.repeated_contact.so",
    en="Each counts as a lead of its own.",
    th="แต่ละรายยังนับเป็นลีดแยกกัน",
)
FUTURE = Text(
    "trust.future_stamp",
    en="{k} of {n} dates in {column} are much later than all the others.",
    th="ใน {column} มี {k} จาก {n} รายการที่วันที่อยู่หลังรายการอื่นทั้งหมดมาก",
)
FUTURE_SO = Text(
    "trust.future_stamp.so",
    en="The last is {last}; they are set aside.",
    th="รายการสุดท้ายคือ {last} และไม่ใช้วันที่เหล่านี้",
)
LOSSES_MISSING = Text(
    "trust.missing_losses",
    en="{k} deals are won and not one is lost in {months} months.",
    th="มีดีลที่ชนะ {k} ดีล แต่ไม่มีดีลที่แพ้เลยตลอด {months} เดือน",
)
LOSSES_MISSING_SO = Text(
    "trust.missing_losses.so",
    en="Lost deals are not kept, so no share of the decided ones can be told.",
    th="แสดงว่าไม่ได้เก็บดีลที่แพ้ไว้ จึงบอกสัดส่วนของดีลที่ตัดสินแล้วไม่ได้",
)
NO_LEAD_DAY = Text(
    "trust.undated_lead",
    en="{k} of {n} leads have no date of first contact.",
    th="ลีด {k} จาก {n} รายไม่มีวันที่ติดต่อครั้งแรก",
)
NO_WIN_DAY = Text(
    "trust.undated_win",
    en="{k} of {n} won deals have no closing date.",
    th="ดีลที่ชนะ {k} จาก {n} ดีลไม่มีวันที่ปิด",
)
IN_NO_CURVE = Text(
    "trust.in_no_curve",
    en="They count, and stand in no curve.",
    th="รายเหล่านี้นับจำนวนได้ แต่ไม่อยู่ในเส้นเวลา",
)
ORPHAN = Text(
    "trust.orphan",
    en="{k} of {n} references in {column} name something that is not in the data.",
    th="การอ้างอิง {k} จาก {n} รายการใน {column} ชี้ไปยังรายการที่ไม่มีในข้อมูล",
)
ORPHAN_SO = Text(
    "trust.orphan.so",
    en="What they name counts nowhere.",
    th="การอ้างอิงเหล่านี้ไม่นับรวมไว้ที่ใด",
)
UNKNOWN_STAGE = Text(
    "trust.unknown_stage",
    en="{k} events are at stages that the funnel does not have.",
    th="มี {k} เหตุการณ์อยู่ในขั้นที่ไม่มีในกรวยการขาย",
)
UNKNOWN_STAGE_SO = Text(
    "trust.unknown_stage.so",
    en="Most often {stages}. They are kept, and no step uses them.",
    th="ที่พบบ่อยคือ {stages} เก็บไว้แต่ไม่ใช้ในขั้นใด",
)
SKIPPED = Text(
    "trust.skipped_stage",
    en="{k} of {n} that moved on from {start} have no date of {end}.",
    th="มี {k} จาก {n} รายที่ก้าวต่อจาก {start} แต่ไม่มีวันที่ของ {end}",
)
SKIPPED_SO = Text(
    "trust.skipped_stage.so",
    en="The date of a later stage stands in for it.",
    th="ใช้วันที่ของขั้นหลังจากนั้นแทน",
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
        said = message(LATE, stage=stage_name(settings, step.end), first=late.first_on)
        so = message(LATE_SO, expected=count_of(round(late.expected)), start=late.from_on)
        use, note = use_of(step.name), Severity.NOTE
        yield Issue("late-recording", use, note, late.dropped, total, said, so, step_lags)


def _early_end(inputs: Inputs, settings: Settings) -> Iterator[Issue]:
    known: Recording = inputs.fact(recording)
    for span in known.spans:
        what = _WHAT.get((span.table, span.column))
        days = (settings.until - span.last).days
        usual = span.stamps / max((span.last - span.first).days, 1)
        # Where stamps are rare a quiet month is none: chance must hardly ever leave such a gap.
        if what and days > EARLY_END.days and usual * days > SURELY:
            said = message(ENDS_EARLY, what=what, last=span.last)
            yield Issue(
                "early-recording-end", span.table, Severity.NOTE, span.stamps, span.stamps, said,
                message(ENDS_EARLY_SO), recorded_spans, Quantity(days, Unit.DAYS),
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
        severity, so = banded(k, n, 0.005, 0.05), message(NEGATIVE_SO)
        yield Issue("negative-time", use_of(curve.step.name), severity, k, n, said, so, step_lags)


def _future(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    for span in inputs.fact(recording).spans:
        if span.after:
            column = f"{span.table}.{span.column}"
            k, n = span.after, span.stamps
            said = message(FUTURE, k=count_of(k), n=count_of(n), column=column)
            so = message(FUTURE_SO, last=span.newest)
            yield Issue("future-stamp", column, Severity.NOTE, k, n, said, so, recorded_spans)


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
    k, so = wins if missing else 0, message(LOSSES_MISSING_SO)
    yield Issue("missing-losses", LOSSES, severity, k, wins, said, so, outcomes)


def _undated_wins(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    won = [r for r in inputs[outcomes] if r.counted == counted_as(inputs) and r.outcome == "won"]
    k, n = sum(row.cases for row in won if row.month is None), sum(row.cases for row in won)
    said = message(NO_WIN_DAY, k=count_of(k), n=count_of(n))
    severity, so = banded(k, n, 0.005, 0.05), message(IN_NO_CURVE)
    yield Issue("undated-win", WIN_DAY, severity, k, n, said, so, outcomes)


def _channel(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    rows = inputs[arrivals]
    n = sum(row.leads for row in rows)
    k = sum(row.leads for row in rows if row.channel is None and not row.rest)
    if 0 < k < n:
        said = message(NO_CHANNEL, k=count_of(k), n=count_of(n))
        so = message(NO_CHANNEL_SO)
        yield Issue("missing-channel", CHANNEL, Severity.NOTE, k, n, said, so, arrivals)


def _undated_leads(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    rows = inputs[arrivals]
    k, n = sum(row.leads for row in rows if row.day is None), sum(row.leads for row in rows)
    if 0 < k < n:  # a file without any date is another matter: there is no curve to spoil
        said = message(NO_LEAD_DAY, k=count_of(k), n=count_of(n))
        severity, so = banded(k, n, 0.05, 0.5), message(IN_NO_CURVE)
        yield Issue("undated-lead", ENTRY, severity, k, n, said, so, arrivals)


def _repeated(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    for row in inputs[repeated_contacts]:
        k = row.with_contact - row.persons
        said = message(REPEATED, k=count_of(k), n=count_of(row.leads))
        severity, so = banded(k, row.leads, 0.02, 0.15), message(REPEATED_SO)
        yield Issue(
            "repeated-contact", CONTACT, severity, k, row.leads, said, so, repeated_contacts
        )


def _orphans(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    for row in inputs[orphans]:
        said = message(
            ORPHAN, k=count_of(row.missing), n=count_of(row.references), column=row.column
        )
        severity = banded(row.missing, row.references, 0.01, 0.1)
        if row.column == "stage_events.lead_id":  # events of leads that were not exported
            severity = min(severity, Severity.WEAK)
        k, n, so = row.missing, row.references, message(ORPHAN_SO)
        yield Issue("orphan", REFERENCES, severity, k, n, said, so, orphans)


def _unknown_stages(inputs: Inputs, _settings: Settings) -> Iterator[Issue]:
    rows = inputs[unknown_stages]
    if rows:
        k = sum(row.events for row in rows)
        named = ", ".join(row.stage for row in rows[:3])
        said = message(UNKNOWN_STAGE, k=count_of(k))
        so = message(UNKNOWN_STAGE_SO, stages=named)
        yield Issue("unknown-stage", STAGES, Severity.NOTE, k, k, said, so, unknown_stages)


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
        severity, so = banded(k, n, 0.1, 0.4), message(SKIPPED_SO)
        yield Issue("skipped-stage", use_of(curve.step.name), severity, k, n, said, so, step_lags)


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
