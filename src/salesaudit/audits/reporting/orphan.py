"""References that lead nowhere."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.reporting._issue import issues
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs
from salesaudit.facts.trust import trust

META = Meta(
    id="orphan",
    component=Component.REPORTING,
    owner=Owner.BOTH,
    answers=None,
    question=Text(
        "orphan.question",
        en="Do deals and events name leads and deals that exist?",
        th="ดีลและเหตุการณ์อ้างถึงลีดและดีลที่มีอยู่จริงหรือไม่",
    ),
    why=Text(
        "orphan.why",
        en="What belongs to nobody is missing from every journey.",
        th="รายการที่ไม่มีเจ้าของจะหายไปจากทุกเส้นทาง",
    ),
    counts=Text(
        "orphan.counts",
        en="References of deals and stage events to a lead or deal that is not in the data.",
        th="นับการอ้างอิงจากดีลและเหตุการณ์ไปยังลีดหรือดีลที่ไม่มีในข้อมูล",
    ),
    source="counted, not estimated",
    inputs=(trust,),
)
MEND = Text(
    "orphan.mend",
    en="Export leads and deals again without a filter.",
    th="ส่งออกลีดและดีลใหม่โดยไม่ใช้ตัวกรอง",
)
TEXTS = (MEND,)


def audit(inputs: Inputs, _settings: Settings) -> Outcome:
    """Every place in the data where it was found."""
    return issues(META.id, inputs, MEND, "Q5")
