"""Leads without a date of first contact."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.reporting._issue import issues
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs
from salesaudit.facts.trust import trust

META = Meta(
    id="undated-lead",
    component=Component.REPORTING,
    owner=Owner.MARKETING,
    answers=None,
    question=Text(
        "undated-lead.question",
        en="Do all leads have a date of first contact?",
        th="ลีดมีวันที่ติดต่อครั้งแรกครบหรือไม่",
    ),
    why=Text(
        "undated-lead.why",
        en="A lead without a date belongs to no month, and nobody can say how long it took.",
        th="ลีดที่ไม่มีวันที่ไม่อยู่ในเดือนใด และบอกไม่ได้ว่าใช้เวลานานเท่าใด",
    ),
    counts=Text(
        "undated-lead.counts",
        en="Leads whose date of first contact is empty. They stand in the counts and in no curve.",
        th="นับลีดที่ไม่มีวันที่ติดต่อครั้งแรก อยู่ในยอดรวมแต่ไม่อยู่ในเส้นเวลา",
    ),
    source="counted, not estimated",
    inputs=(trust,),
)
MEND = Text(
    "undated-lead.mend",
    en="Let the CRM stamp each lead when it is created.",
    th="ให้ CRM บันทึกวันที่เมื่อสร้างลีดแต่ละราย",
)
TEXTS = (MEND,)


def audit(inputs: Inputs, _settings: Settings) -> Outcome:
    """Every place in the data where it was found."""
    return issues(META.id, inputs, MEND, "Q1", "Q5", "Q6")
