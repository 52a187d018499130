"""Stages without a date of their own."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.reporting._issue import issues
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs
from salesaudit.facts.trust import trust

META = Meta(
    id="skipped-stage",
    component=Component.REPORTING,
    owner=Owner.SALES,
    answers=None,
    question=Text(
        "skipped-stage.question",
        en="Is every stage that a lead passes stamped?",
        th="ทุกขั้นที่ลีดผ่านมีการบันทึกวันที่หรือไม่",
    ),
    why=Text(
        "skipped-stage.why",
        en="A skipped stamp hides where time is spent.",
        th="การข้ามการบันทึกทำให้ไม่เห็นว่าเวลาหมดไปกับขั้นใด",
    ),
    counts=Text(
        "skipped-stage.counts",
        en="Journeys that moved on to a later stage without a date of the next one; the later "
        "date stands in for it.",
        th="นับรายที่ก้าวไปขั้นหลังโดยไม่มีวันที่ของขั้นถัดไป จึงใช้วันที่ของขั้นหลังแทน",
    ),
    source="counted, not estimated",
    inputs=(trust,),
)
MEND = Text(
    "skipped-stage.mend",
    en="Let the CRM fill the stages in between.",
    th="ให้ CRM บันทึกขั้นระหว่างทางให้ครบ",
)
TEXTS = (MEND,)


def audit(inputs: Inputs, _settings: Settings) -> Outcome:
    """Every place in the data where it was found."""
    return issues(META.id, inputs, MEND, "Q2", "Q3", "Q4")
