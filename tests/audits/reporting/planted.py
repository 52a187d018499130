"""A company with sound data, and what each audit of the data says of it with a defect planted."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from facts.rows import cohort, inputs, leads_on, span, staged, together
from salesaudit.audits.base import Look
from salesaudit.measures.base import Measure
from salesaudit.measures.orphans import Orphan, orphans
from salesaudit.measures.outcomes import Outcome, outcomes
from salesaudit.measures.recorded_spans import recorded_spans
from salesaudit.measures.repeated_contacts import RepeatedContact, repeated_contacts
from salesaudit.measures.stages import stages
from warehouse.company import funnel

END = date(2024, 6, 30)
JANUARY, JUNE = date(2024, 1, 1), date(2024, 6, 1)
SETTINGS = funnel("lead", "Won=customer", as_of=END)
STEP = "lead_to_customer"
Rows = Mapping[Measure[Any], Sequence[Any]]


def sound() -> dict[Measure[Any], Sequence[Any]]:
    """Nothing is wrong: 1,000 leads, 100 of them won, 50 lost, all dated and known."""
    return {
        **together(
            cohort(STEP, JANUARY, {3: 50, 9: 50}, waiting=900, channel="ads"),
            leads_on((JANUARY, 1000)),
        ),
        stages: staged(SETTINGS, since={"lead": JANUARY, "Won": date(2024, 1, 4)}),
        recorded_spans: [
            span("leads.created_at", JANUARY, END),
            span("deals.closed_at", JANUARY, END),
        ],
        outcomes: [
            Outcome("deals", "won", JANUARY, 50, 0, None),
            Outcome("deals", "won", JUNE, 50, 0, None),
            Outcome("deals", "lost", JUNE, 50, 0, None),
        ],
        orphans: [Orphan("deals.lead_id", 0, 150)],
        repeated_contacts: [RepeatedContact(1000, 1000, 1000)],
    }


def looks(unit: str, planted: Rows | None = None) -> tuple[Look, ...]:
    """What an audit of the data says where these rows take the place of sound ones."""
    module = importlib.import_module(f"salesaudit.audits.reporting.{unit}")
    outcome = module.audit(inputs(SETTINGS, {**sound(), **(planted or {})}), SETTINGS)
    assert outcome.answer is None
    return tuple(outcome.looks)


def only(unit: str, planted: Rows) -> Look:
    """The one thing found: counted and not tested, with something to do about it."""
    [look] = looks(unit, planted)
    assert (look.p, look.local_fdr) == (None, None)
    assert look.action.text.en
    assert look.effect.lower is None
    return look
