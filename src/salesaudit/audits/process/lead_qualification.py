"""Q2: how many of the leads marketing qualifies."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.process._role_step import COUNTS, INPUTS, SOURCE, role_step
from salesaudit.core.settings import Role, Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs

META = Meta(
    id="lead-qualification",
    component=Component.PROCESS,
    owner=Owner.MARKETING,
    answers="Q2",
    question=Text(
        "Q2.question",
        en="How many of the leads do marketing activities qualify (MQL)?",
        th="กิจกรรมการตลาดทำให้ลีดผ่านการรับรอง (MQL) ได้กี่ราย",
    ),
    why=Text(
        "lead-qualification.why",
        en="Leads that marketing does not qualify cost money and are never sold to.",
        th="ลีดที่ไม่ผ่านการรับรองทางการตลาดมีต้นทุนแต่ไม่เคยได้รับการเสนอขาย",
    ),
    counts=COUNTS,
    source=SOURCE,
    inputs=INPUTS,
)


def audit(inputs: Inputs, settings: Settings) -> Outcome:
    """The step from lead to mql, matured."""
    answer = role_step(
        inputs, settings, question="Q2", start=Role.LEAD, end=Role.MQL, a_month="mqls_per_month"
    )
    return Outcome(answer)
