"""Q4: how many of those pitched become SQLs."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.process._role_step import COUNTS, INPUTS, SOURCE, role_step
from salesaudit.core.settings import Role, Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs

META = Meta(
    id="pitch-acceptance",
    component=Component.PROCESS,
    owner=Owner.SALES,
    answers="Q4",
    question=Text(
        "Q4.question",
        en="Of those we can pitch, how many become sales-qualified leads (SQL)?",
        th="จากลีดที่ได้เสนอขาย มีกี่รายที่กลายเป็น SQL",
    ),
    why=Text(
        "pitch-acceptance.why",
        en="What a pitch is worth shows in how many take the next step.",
        th="คุณค่าของการเสนอขายวัดได้จากจำนวนรายที่ก้าวต่อไป",
    ),
    counts=COUNTS,
    source=SOURCE,
    inputs=INPUTS,
)


def audit(inputs: Inputs, settings: Settings) -> Outcome:
    """The step from pitched to sql, matured."""
    answer = role_step(
        inputs, settings, question="Q4", start=Role.PITCHED, end=Role.SQL, a_month="sqls_per_month"
    )
    return Outcome(answer)
