"""Two folders of a warehouse's tables with true names of columns and scrambled values."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cli.shell import load
from real_data import folder as data
from salesaudit import api

pytestmark = pytest.mark.real_data

# HubSpot's deals say when sales accepted them, so Q4 knows how many a month and no share.
STATES = {
    "hubspot": {"Q2": "unanswerable", "Q3": "unanswerable", "Q4": "partial", "Q5": "partial",
                "Q6": "unanswerable"},
    "salesforce": {"Q2": "unanswerable", "Q3": "unanswerable", "Q4": "unanswerable",
                   "Q5": "partial", "Q6": "unanswerable"},
}  # fmt: skip


def copied(name: str, place: Path) -> Path:
    for file in Path(data(name)).glob("*.csv"):
        shutil.copy(file, place)
    return place


def test_hubspots_tables_load_as_they_are(tmp_path: Path) -> None:
    loaded, ask = load(copied("hubspot", tmp_path), {})
    assert len(loaded.recognised) == 21
    assert {one.preset.system for one in loaded.recognised} == {"HubSpot"}
    # The addresses are scrambled, so they are none, and nobody has a hash. Of 22 contacts one says
    # that three of the others were merged into it.
    assert ask("SELECT count(*), count(contact_hash) FROM w.leads") == [(19, 0)]
    # Won 0 and lost 0, and no amount: it is unknown, not nought.
    assert ask(
        "SELECT count(*), count(*) FILTER (status = 'open'), count(amount), count(rep_id) "
        "FROM w.deals"
    ) == [(44, 44, 0, 22)]
    assert ask("SELECT count(*) FROM w.reps") == [(100,)]
    assert ask("SELECT count(*) FROM w.deals d JOIN w.reps r USING (rep_id)") == [(22,)]
    assert ask("SELECT count(*) FROM w.stage_events") == [(14,)]
    assert ask("SELECT count(*) FROM w.stage_events JOIN w.deals USING (deal_id)") == [(0,)]
    assert ask("SELECT count(*) FROM w.deal_changes") == [(0,)]
    # 90 opens of 4 sends in the events: one row for each of the 22 messages, opened once at most.
    assert ask("SELECT count(*), count(opened_at) FROM w.emails") == [(22, 22)]
    assert (
        ask("SELECT count(*), sum(minutes) FROM w.activities WHERE kind = 'meeting'")[0][0] == 100
    )
    assert ask(
        "SELECT count(*), count(solved_at), count(first_reply_at), "
        "count(*) FILTER (solved_at < opened_at) FROM w.tickets"
    ) == [(25, 23, 4, 1)]
    said = {note.id for note in loaded.notes}
    assert {"ingest.none_closed", "ingest.stages_to_name", "ingest.not_recognised"} <= said
    # Ids are scrambled too: what refers to contacts leads nowhere, which is said.
    orphans = [n.params for n in loaded.notes if n.id == "references.orphans"]
    [emails] = [o for o in orphans if "email" in str(o["file"]) and o["column"] == "lead_id"]
    assert (emails["count"], emails["filled"]) == (22, 22)


def test_salesforces_deleted_opportunities_are_no_deals(tmp_path: Path) -> None:
    loaded, ask = load(copied("salesforce", tmp_path), {})
    assert len(loaded.recognised) == 6
    assert ask("SELECT count(*) FROM w.deals") == [(0,)]
    assert ask("SELECT count(*) FROM w.leads") == [(1,)]
    assert ask("SELECT count(*) FROM w.reps") == [(10,)]
    assert ask("SELECT kind, count(*) FROM w.activities GROUP BY 1 ORDER BY 1") == [
        ("call", 6),
        ("meeting", 4),
        ("other", 10),
    ]
    left_out = [n.params for n in loaded.notes if n.id == "ingest.all_left_out"]
    assert [(n["read"], n["table"], n["blank"]) for n in left_out] == [(10, "deals", 10)]


@pytest.mark.parametrize("name", STATES)
def test_a_question_is_answered_no_further_than_its_stages_are_seen(
    name: str, tmp_path: Path
) -> None:
    load(copied(name, tmp_path), {})
    audit = api.audit(tmp_path / "warehouse")
    assert {q: audit.answers[q].status for q in STATES[name]} == STATES[name]
    if name == "hubspot":
        assert set(audit.answers["Q4"].estimates) == {"sqls_per_month"}
        needs = [need.message.params["stage"] for need in audit.answers["Q4"].needs]
        assert [stage.text for stage in needs] == ["role.pitched"]
