"""Whole audits of made-up companies: every estimate stands beside its true value."""

from __future__ import annotations

import pytest

from truth.audits import audit_of, compared, estimates_of
from truth.catalog import catalog
from truth.replicate import run_studies
from truth.study import Study

STUDIES = [study for study in catalog() if study.id in ("whole-audits", "findings")]
# Counts of what the files say, tests whose size other studies measure, and how far people differ.
WITHOUT_TRUTH = (
    "deals_", "won_amount", "won_per_rep", "reps", "channels_differ", "differ_at_", "spread_of_",
    "leads_per_year_change",
)  # fmt: skip


@pytest.mark.parametrize("study", STUDIES, ids=lambda study: study.id)
def test_ranges_hold_the_truth_and_planted_defects_are_found(study: Study) -> None:
    [result] = run_studies([study], part=0.1, workers=1)
    assert result.surprises == []


def test_every_estimate_of_an_audit_is_compared_with_its_truth() -> None:
    audited = audit_of("clean", 2_000, 1)
    told = {name for name in estimates_of(audited) if not name.endswith("_observed")}
    exempt = {name for name in told if name.startswith(WITHOUT_TRUTH)}
    assert told - exempt == {one.method for one in compared(audited)} & told
