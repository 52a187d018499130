"""The verdict: one sentence that a director can repeat in a meeting."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from salesaudit.core.texts import Message, Quantity, Text, Unit, message
from salesaudit.run.result import AnswerPart, FindingPart

ONE_IN = Text(
    "verdict.one_in",
    en="About one lead in {k} becomes a customer.",
    th="จากลีดประมาณ {k} ราย มี 1 รายกลายเป็นลูกค้า",
)
BELOW = Text(
    "verdict.below",
    en="Leads from {channel} do so {how} as the others.",
    th="ส่วนลีดจาก {channel} กลายเป็นลูกค้าในอัตรา{how}ของช่องทางอื่น",
)
ONE_IN_BELOW = Text(
    "verdict.one_in_below", en=f"{ONE_IN.en} {BELOW.en}", th=f"{ONE_IN.th} {BELOW.th}"
)
UNDER_HALF = Text("verdict.under_half", en="less than half as often", th="ไม่ถึงครึ่ง")
ABOUT_HALF = Text("verdict.about_half", en="about half as often", th="ราวครึ่งหนึ่ง")
TWO_THIRDS = Text("verdict.two_thirds", en="about two thirds as often", th="ราวสองในสาม")
PLAIN = Text(
    "verdict.plain",
    en="So far {reached} of {entered} leads have become customers; "
    "what they will come to cannot be said yet.",
    th="ถึงขณะนี้ลีด {entered} รายกลายเป็นลูกค้าแล้ว {reached} ราย ยังบอกไม่ได้ว่าสุดท้ายจะเป็นเท่าใด",
)
DEALS = Text(
    "verdict.deals",
    en="{won} deals are won, {lost} lost and {open} open.",
    th="ชนะ {won} ดีล แพ้ {lost} ดีล และยังเปิดอยู่ {open} ดีล",
)
BRING = Text(
    "verdict.bring",
    en="The data does not say yet how leads become customers.",
    th="ข้อมูลยังบอกไม่ได้ว่าลีดกลายเป็นลูกค้าอย่างไร",
)
TEXTS = (ONE_IN, BELOW, ONE_IN_BELOW, UNDER_HALF, ABOUT_HALF, TWO_THIRDS, PLAIN, DEALS, BRING)

FIRST = 3  # things to do
CLEARLY_LESS = 0.75  # a channel's ratio that is worth a sentence of the verdict


def verdict_message(answers: Mapping[str, AnswerPart], findings: Sequence[FindingPart]) -> Message:
    """The sentence: how many leads buy, and the channel that does clearly worse."""
    estimates = answers["Q5"].estimates if "Q5" in answers else {}
    rate = estimates.get("lead_to_customer")
    if rate is not None and rate.value:
        k = Quantity(max(1, round(1 / rate.value)), Unit.COUNT)
        worse = _clearly_worse(findings)
        if worse is None:
            return message(ONE_IN, k=k)
        channel, how = worse
        return message(ONE_IN_BELOW, k=k, channel=channel, how=how)
    plain = estimates.get("lead_to_customer_observed")
    if plain is not None and plain.value is not None:
        reached = Quantity(round(plain.value * plain.n), Unit.COUNT)
        return message(PLAIN, reached=reached, entered=Quantity(plain.n, Unit.COUNT))
    counts = {name: estimates.get(f"deals_{name}") for name in ("won", "lost", "open")}
    if any(e is not None and e.value for e in counts.values()):
        shown = {
            name: Quantity((e.value or 0) if e else 0, Unit.COUNT) for name, e in counts.items()
        }
        return message(DEALS, **shown)
    return message(BRING)


def attention(said: Message) -> Message | None:
    """The part of the sentence that calls for attention: its end."""
    return Message(BELOW, said.params) if said.text is ONE_IN_BELOW else None


def first_things(findings: Sequence[FindingPart]) -> list[str]:
    """Ids of the findings to act on first: of grade A or B, one for each action."""
    chosen: dict[str, str] = {}
    for finding in findings:
        if finding.grade in ("A", "B") and _worth_acting(finding):
            chosen.setdefault(finding.action.id, finding.id)
    return list(chosen.values())[:FIRST]


def notices(findings: Sequence[FindingPart]) -> list[str]:
    """Ids of the findings about the data: to be known before the numbers are believed."""
    return [finding.id for finding in findings if finding.component == "C4"]


def _worth_acting(finding: FindingPart) -> bool:
    if finding.q_value is None:
        return True
    return finding.effect.value is not None and finding.effect.value < CLEARLY_LESS


def _clearly_worse(findings: Sequence[FindingPart]) -> tuple[str, Text] | None:
    worse = [
        finding
        for finding in findings
        if finding.unit == "time-to-customer"
        and finding.grade in ("A", "B")
        and finding.effect.value is not None
        and finding.effect.value < CLEARLY_LESS
    ]
    if not worse:
        return None
    finding = worse[0]  # findings come ranked
    ratio = finding.effect.value or 0.0
    how = UNDER_HALF if ratio < 0.4 else ABOUT_HALF if ratio < 0.58 else TWO_THIRDS
    return str(finding.message.params["channel"]), how
