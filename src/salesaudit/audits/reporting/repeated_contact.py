"""Leads that are one person."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.reporting._issue import issues
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs
from salesaudit.facts.trust import trust

META = Meta(
    id="repeated-contact",
    component=Component.REPORTING,
    owner=Owner.MARKETING,
    answers=None,
    question=Text(
        "repeated-contact.question",
        en="How many leads are the same person again?",
        th="มีลีดที่เป็นบุคคลเดิมกี่ราย",
    ),
    why=Text(
        "repeated-contact.why",
        en="The same person counted twice makes marketing look better and sales worse than "
        "they are.",
        th="การนับคนเดิมซ้ำทำให้การตลาดดูดีเกินจริงและฝ่ายขายดูแย่เกินจริง",
    ),
    counts=Text(
        "repeated-contact.counts",
        en="Leads that share the keyed hash of their contact with another lead. A second "
        "enquiry is a second lead; both counts are shown.",
        th="นับลีดที่มีรหัสข้อมูลติดต่อตรงกับลีดอื่น การติดต่อครั้งใหม่ถือเป็นลีดใหม่และแสดงทั้งสองจำนวน",
    ),
    source="counted, not estimated",
    inputs=(trust,),
)
MEND = Text(
    "repeated-contact.mend",
    en="Merge them in the CRM before the next export.",
    th="รวมรายชื่อซ้ำใน CRM ก่อนส่งออกครั้งต่อไป",
)
TEXTS = (MEND,)


def audit(inputs: Inputs, _settings: Settings) -> Outcome:
    """Every place in the data where it was found."""
    return issues(META.id, inputs, MEND, "Q1", "Q5")
