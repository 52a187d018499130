"""Leads of one contact are one person, and stay leads."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import KEY, folder
from salesaudit import api

LEADS = "Id,Created,Mail\n" + "".join(
    f"L{n},2024-{1 + n % 6:02d}-{1 + n % 27:02d},{f'p{n % 40}@example.com' if n % 9 else ''}\n"
    for n in range(120)
)
SETTINGS = (
    "sources:\n  - {read: leads.csv, into: leads, "
    "columns: {lead_id: Id, created_at: Created, contact_hash: Mail}}\n"
)


def test_q1_holds_leads_and_persons(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SALESAUDIT_HASH_KEY", KEY)
    run = api.audit(folder(tmp_path, {"leads.csv": LEADS, "salesaudit.yaml": SETTINGS}))
    given = [n % 40 for n in range(120) if n % 9]
    [row] = run.answers["Q1"].tables["people"]
    assert row == {"leads": 120, "with_contact": len(given), "persons": len(set(given))}
