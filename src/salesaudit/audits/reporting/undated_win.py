"""Won deals without a closing date."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.reporting._issue import issues
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs
from salesaudit.facts.trust import trust

META = Meta(
    id="undated-win",
    component=Component.REPORTING,
    owner=Owner.SALES,
    answers=None,
    question=Text(
        "undated-win.question",
        en="Do all won deals have a closing date?",
        th="ดีลที่ชนะมีวันที่ปิดครบหรือไม่",
    ),
    why=Text(
        "undated-win.why",
        en="A win without a day counts, but cannot say when or how fast.",
        th="ดีลที่ชนะแต่ไม่มีวันที่นับจำนวนได้ แต่บอกไม่ได้ว่าเมื่อใดและเร็วเพียงใด",
    ),
    counts=Text(
        "undated-win.counts",
        en="Won deals whose closing date is empty. They stand in the counts and in no curve.",
        th="นับดีลที่ชนะซึ่งไม่มีวันที่ปิด อยู่ในยอดรวมแต่ไม่อยู่ในเส้นเวลา",
    ),
    source="counted, not estimated",
    inputs=(trust,),
)
MEND = Text(
    "undated-win.mend",
    en="Fill in the closing dates.",
    th="กรอกวันที่ปิดให้ครบ",
)
TEXTS = (MEND,)


def audit(inputs: Inputs, _settings: Settings) -> Outcome:
    """Every place in the data where it was found."""
    return issues(META.id, inputs, MEND, "Q5", "Q6")
