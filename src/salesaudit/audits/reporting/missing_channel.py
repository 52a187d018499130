"""Leads without a channel."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.reporting._issue import issues
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs
from salesaudit.facts.trust import trust

META = Meta(
    id="missing-channel",
    component=Component.REPORTING,
    owner=Owner.MARKETING,
    answers=None,
    question=Text(
        "missing-channel.question",
        en="How many leads have no channel?",
        th="มีลีดที่ไม่ได้ระบุช่องทางกี่ราย",
    ),
    why=Text(
        "missing-channel.why",
        en="A lead without a channel cannot be counted for the spend that brought it.",
        th="ลีดที่ไม่มีช่องทางจะไม่ถูกนับให้กับงบที่พาเข้ามา",
    ),
    counts=Text(
        "missing-channel.counts",
        en="Leads whose channel is empty. They take no part where channels are compared; a "
        "channel that is called unknown does.",
        th="นับลีดที่ช่องทางว่าง ซึ่งไม่นำมาเปรียบเทียบระหว่างช่องทาง ส่วนช่องทางที่ชื่อ unknown ยังนับ",
    ),
    source="counted, not estimated",
    inputs=(trust,),
)
MEND = Text(
    "missing-channel.mend",
    en="Make the channel a required field of every form and import.",
    th="กำหนดให้ช่องทางเป็นช่องที่ต้องกรอกในทุกฟอร์มและการนำเข้า",
)
TEXTS = (MEND,)


def audit(inputs: Inputs, _settings: Settings) -> Outcome:
    """Every place in the data where it was found."""
    return issues(META.id, inputs, MEND, "Q6")
