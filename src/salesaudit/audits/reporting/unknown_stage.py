"""Stages that the funnel does not have."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.reporting._issue import issues
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs
from salesaudit.facts.trust import trust

META = Meta(
    id="unknown-stage",
    component=Component.REPORTING,
    owner=Owner.BOTH,
    answers=None,
    question=Text(
        "unknown-stage.question",
        en="Are all stages in the data part of the funnel?",
        th="ทุกขั้นในข้อมูลอยู่ในกรวยการขายหรือไม่",
    ),
    why=Text(
        "unknown-stage.why",
        en="A stage that is spelled otherwise, or not listed, is work that no rate sees.",
        th="ขั้นที่สะกดต่างหรือไม่ได้ระบุไว้คืองานที่ไม่มีอัตราใดมองเห็น",
    ),
    counts=Text(
        "unknown-stage.counts",
        en="Stage events at a name that neither the funnel nor the lost stages hold. They are "
        "kept and counted.",
        th="นับเหตุการณ์ที่ชื่อขั้นไม่อยู่ในกรวยการขายหรือขั้นที่แพ้ โดยยังเก็บและนับไว้",
    ),
    source="counted, not estimated",
    inputs=(trust,),
)
MEND = Text(
    "unknown-stage.mend",
    en="List them under funnel or lost_stages if they belong there.",
    th="ระบุไว้ใน funnel หรือ lost_stages หากเกี่ยวข้อง",
)
TEXTS = (MEND,)


def audit(inputs: Inputs, _settings: Settings) -> Outcome:
    """Every place in the data where it was found."""
    return issues(META.id, inputs, MEND)
