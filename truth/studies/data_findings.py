"""Findings of whole audits: what is reported where it is there, and where it is not."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import numpy as np

from truth.audits import audit_of, findings
from truth.study import Case, Found, Study, any_false, power

ELSEWHERE = "the planted orphans are activities; only deals and stage events are checked so far"
DEFECTS = {
    "early-recording-end": "recording_ends_early",
    "future-stamp": "future_stamps",
    "late-recording": "recording_begins_late",
    "missing-channel": "missing_channels",
    "negative-time": "negative_lags",
    "orphan": "orphans",
    "repeated-contact": "same_contact",
    "skipped-stage": "skipped_stamps",
    "undated-win": "wins_without_day",
    "unknown-stage": "unknown_stage",
}
NEVER = ("missing-losses", "undated-lead")
TESTED = ("time-to-customer", "rep-figures")


def planted(company: str, rng: np.random.Generator) -> Iterable[Found]:
    """Each kind of data finding, by what was planted."""
    audited = audit_of(company, 2_000, int(rng.integers(1, 2**31)))
    there = audited.made.spoilt.planted
    units = {unit: name in there and there[name].count > 0 for unit, name in DEFECTS.items()}
    return findings(audited, units | dict.fromkeys(NEVER, False))


def nothing(company: str, rng: np.random.Generator) -> Iterable[Found]:
    """Tested findings of a company where nothing differs."""
    audited = audit_of(company, 2_000, int(rng.integers(1, 2**31)))
    return findings(audited, dict.fromkeys((*DEFECTS, *NEVER, *TESTED), False))


STUDY = Study(
    id="findings",
    title="Findings of whole audits",
    about="Which findings are reported of companies with planted defects, and of companies where "
    "nothing is wrong and nothing differs.",
    cases=(
        Case(
            "dirty: every kind of defect",
            partial(planted, "dirty"),
            (power(0.95),),
            10,
            every=True,
            missed=ELSEWHERE,
        ),
        Case("null: nothing is there", partial(nothing, "null"), (any_false(),), 12, every=True),
    ),
)
