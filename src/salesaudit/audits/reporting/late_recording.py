"""Events on record only from a day on."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.reporting._issue import issues
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs
from salesaudit.facts.trust import trust

META = Meta(
    id="late-recording",
    component=Component.REPORTING,
    owner=Owner.BOTH,
    answers=None,
    question=Text(
        "late-recording.question",
        en="From which day on are entries into each stage on record?",
        th="การเข้าสู่แต่ละขั้นมีบันทึกตั้งแต่วันใด",
    ),
    why=Text(
        "late-recording.why",
        en="Leads from before the record look as if they never moved on, and the months after "
        "it like a sudden success.",
        th="ลีดก่อนเริ่มบันทึกจะดูเหมือนไม่เคยก้าวต่อ และเดือนหลังจากนั้นจะดูเหมือนสำเร็จขึ้นทันที",
    ),
    counts=Text(
        "late-recording.counts",
        en="The entries to be expected before the first one on record, at the pace of "
        "later cohorts. If there are none, and chance would do that less than once in "
        "1,000 times, the cohorts that began before it are left out.",
        th="เทียบกับจำนวนที่คาดว่าจะเกิดก่อนรายการแรก ตามจังหวะของลีดกลุ่มหลัง "
        "หากไม่มีเลยและโอกาสเกิดโดยบังเอิญน้อยกว่า 1 ใน 1,000 "
        "จะไม่ใช้ลีดกลุ่มที่เริ่มก่อนหน้านั้น",
    ),
    source="counted, not estimated",
    inputs=(trust,),
)
MEND = Text(
    "late-recording.mend",
    en="Load the earlier records, or plan on the newer cohorts alone.",
    th="นำเข้าข้อมูลช่วงก่อนหน้า หรือวางแผนจากลีดกลุ่มใหม่เท่านั้น",
)
TEXTS = (MEND,)


def audit(inputs: Inputs, _settings: Settings) -> Outcome:
    """Every place in the data where it was found."""
    return issues(META.id, inputs, MEND, "Q2", "Q3", "Q4", "Q5", "Q6")
