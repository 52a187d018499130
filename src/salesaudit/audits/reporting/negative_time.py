"""Journeys that moved on before they began."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.reporting._issue import issues
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs
from salesaudit.facts.trust import trust

META = Meta(
    id="negative-time",
    component=Component.REPORTING,
    owner=Owner.SALES,
    answers=None,
    question=Text(
        "negative-time.question",
        en="Do dates follow the order of the stages?",
        th="วันที่เรียงตามลำดับขั้นหรือไม่",
    ),
    why=Text(
        "negative-time.why",
        en="A stage dated before the one in front of it shows that dates are typed in afterwards.",
        th="ขั้นที่มีวันที่ก่อนขั้นก่อนหน้าแสดงว่ามีการกรอกวันที่ย้อนหลัง",
    ),
    counts=Text(
        "negative-time.counts",
        en="Journeys whose next stage lies on an earlier day than the stage before it. They "
        "are kept, at no days.",
        th="นับรายที่ขั้นถัดไปมีวันที่ก่อนขั้นก่อนหน้า โดยยังเก็บไว้และนับเป็นศูนย์วัน",
    ),
    source="counted, not estimated",
    inputs=(trust,),
)
MEND = Text(
    "negative-time.mend",
    en="Let the CRM stamp stages by itself.",
    th="ให้ CRM บันทึกวันที่ของแต่ละขั้นเองโดยอัตโนมัติ",
)
TEXTS = (MEND,)


def audit(inputs: Inputs, _settings: Settings) -> Outcome:
    """Every place in the data where it was found."""
    return issues(META.id, inputs, MEND, "Q5", "Q6")
