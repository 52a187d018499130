"""Dates far behind all others."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.reporting._issue import issues
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs
from salesaudit.facts.trust import trust

META = Meta(
    id="future-stamp",
    component=Component.REPORTING,
    owner=Owner.BOTH,
    answers=None,
    question=Text(
        "future-stamp.question",
        en="Are there dates that cannot be right?",
        th="มีวันที่ที่เป็นไปไม่ได้หรือไม่",
    ),
    why=Text(
        "future-stamp.why",
        en="One date in the far future would make every lead look years old.",
        th="วันที่ในอนาคตเพียงรายการเดียวทำให้ลีดทุกรายดูเก่าไปหลายปี",
    ),
    counts=Text(
        "future-stamp.counts",
        en="Dates behind a gap of more than 31 days that are under one in a hundred of their "
        "column. They do not move the end of what is known.",
        th="วันที่ที่อยู่หลังช่วงว่างเกิน 31 วันและมีไม่ถึงร้อยละหนึ่งของคอลัมน์ ซึ่งไม่เปลี่ยนจุดสิ้นสุดของข้อมูล",
    ),
    source="counted, not estimated",
    inputs=(trust,),
)
MEND = Text(
    "future-stamp.mend",
    en="Correct these dates where they were typed.",
    th="แก้วันที่เหล่านี้ที่ต้นทาง",
)
TEXTS = (MEND,)


def audit(inputs: Inputs, _settings: Settings) -> Outcome:
    """Every place in the data where it was found."""
    return issues(META.id, inputs, MEND)
