"""Q3: how many of the MQLs can be pitched."""

from __future__ import annotations

from salesaudit.audits.base import Component, Meta, Outcome, Owner
from salesaudit.audits.process._role_step import COUNTS, INPUTS, SOURCE, role_step
from salesaudit.core.settings import Role, Settings
from salesaudit.core.texts import Text
from salesaudit.facts.base import Inputs

META = Meta(
    id="mql-pitching",
    component=Component.PROCESS,
    owner=Owner.BOTH,
    answers="Q3",
    question=Text(
        "Q3.question",
        en="How many of the marketing-qualified leads can we pitch?",
        th="เราเสนอขายให้ MQL ได้กี่ราย",
    ),
    why=Text(
        "mql-pitching.why",
        en="An MQL that nobody pitches is work of marketing that sales never used.",
        th="MQL ที่ไม่มีใครเสนอขายคืองานการตลาดที่ฝ่ายขายไม่ได้ใช้",
    ),
    counts=COUNTS,
    source=SOURCE,
    inputs=INPUTS,
)


def audit(inputs: Inputs, settings: Settings) -> Outcome:
    """The step from mql to pitched, matured."""
    answer = role_step(
        inputs,
        settings,
        question="Q3",
        start=Role.MQL,
        end=Role.PITCHED,
        a_month="pitched_per_month",
    )
    return Outcome(answer)
