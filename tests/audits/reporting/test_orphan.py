"""Audit ``orphan``: a planted defect is found, sound data passed over."""

from __future__ import annotations

import pytest

from audits.reporting.planted import looks, only
from salesaudit.measures.orphans import Orphan, orphans


@pytest.mark.parametrize(("missing", "severity"), [(1, "note"), (2, "weak"), (16, "broken")])
def test_references_that_lead_nowhere_are_found(missing: int, severity: str) -> None:
    look = only("orphan", {orphans: [Orphan("deals.lead_id", missing, 150)]})
    assert (look.severity, look.effect.n) == (severity, 150)
    assert look.message.params["column"] == "deals.lead_id"


def test_stays_silent_over_sound_data() -> None:
    assert looks("orphan") == ()
