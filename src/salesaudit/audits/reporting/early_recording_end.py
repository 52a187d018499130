"""A table whose record ends long before the others."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.reporting._issue import issues
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs
from salesaudit.facts.trust import trust

META = Meta(
    id="early-recording-end",
    component=Component.REPORTING,
    owner=Owner.BOTH,
    answers=None,
    question=Text(
        "early-recording-end.question",
        en="Until when is each table on record?",
        th="แต่ละตารางมีข้อมูลถึงเมื่อใด",
    ),
    why=Text(
        "early-recording-end.why",
        en="An export that ends early looks like a collapse.",
        th="ไฟล์ที่ข้อมูลจบก่อนจะดูเหมือนยอดตกฮวบ",
    ),
    counts=Text(
        "early-recording-end.counts",
        en="The last day of a table's dates, where it lies more than 31 days before the end of "
        "all that is known, and at the table's own pace chance would hardly leave such a gap.",
        th="วันสุดท้ายของแต่ละตาราง เมื่ออยู่ก่อนจุดสิ้นสุดของข้อมูลทั้งหมดเกิน 31 วัน "
        "และนานเกินกว่าจะเป็นความบังเอิญเมื่อดูจากความถี่ของตารางนั้น",
    ),
    source="counted, not estimated",
    inputs=(trust,),
)
MEND = Text(
    "early-recording-end.mend",
    en="Export what ends early again, up to the same day as the rest.",
    th="ส่งออกส่วนที่จบก่อนใหม่ให้ถึงวันเดียวกับส่วนอื่น",
)
TEXTS = (MEND,)


def audit(inputs: Inputs, _settings: Settings) -> Outcome:
    """Every place in the data where it was found."""
    return issues(META.id, inputs, MEND, "Q1", "Q5")
