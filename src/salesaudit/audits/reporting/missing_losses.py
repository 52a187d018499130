"""Deals that were lost are not kept."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.reporting._issue import issues
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs
from salesaudit.facts.trust import trust

META = Meta(
    id="missing-losses",
    component=Component.REPORTING,
    owner=Owner.SALES,
    answers=None,
    question=Text(
        "missing-losses.question",
        en="Are lost deals on record?",
        th="มีบันทึกดีลที่แพ้หรือไม่",
    ),
    why=Text(
        "missing-losses.why",
        en="Without the lost ones every win rate is a hundred percent, and nobody learns why "
        "deals are lost.",
        th="หากไม่มีดีลที่แพ้ อัตราชนะจะเป็นร้อยเปอร์เซ็นต์เสมอ และไม่มีใครเรียนรู้ว่าแพ้เพราะเหตุใด",
    ),
    counts=Text(
        "missing-losses.counts",
        en="Wins over six months or more without one loss. The win rate is withheld; rates of "
        "all leads are not touched by it.",
        th="มีชนะตั้งแต่หกเดือนขึ้นไปโดยไม่มีแพ้เลย จึงไม่แสดงอัตราชนะ ส่วนอัตราจากลีดทั้งหมดไม่ได้รับผลกระทบ",
    ),
    source="counted, not estimated",
    inputs=(trust,),
)
MEND = Text(
    "missing-losses.mend",
    en="Keep lost deals in the CRM, with the day and the reason.",
    th="เก็บดีลที่แพ้ไว้ใน CRM พร้อมวันที่และเหตุผล",
)
TEXTS = (MEND,)


def audit(inputs: Inputs, _settings: Settings) -> Outcome:
    """Every place in the data where it was found."""
    return issues(META.id, inputs, MEND, "Q5")
