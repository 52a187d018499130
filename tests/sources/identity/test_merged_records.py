"""Merged records: old ids are followed, references written anew, and nothing counts twice."""

from __future__ import annotations

from pathlib import Path

from cli.shell import folder, load
from salesaudit import api

HEAD = "currency: USD\nsources:\n"
LEADS = (
    "  - {read: leads.csv, into: leads, merged_ids: {column: Merged, split: ;}, "
    "columns: {lead_id: Id, created_at: Created, channel: Source}}\n"
)
EVENTS = (
    "  - {read: events.csv, into: stage_events, "
    "columns: {lead_id: Lead, stage: Stage, entered_at: At}}\n"
)
DEALS = (
    "  - {read: deals.csv, into: deals, columns: {deal_id: Deal, lead_id: Lead, "
    "status: Status, closed_at: Closed, amount: Amount}}\n"
)
FILES = {
    # 2 and 3 were merged into 1, 3 by way of 2; 2 is still in the export with other values
    "leads.csv": "Id,Created,Source,Merged\n"
    "1,2024-01-03,web,2\n2,2024-01-05,fair,3\n4,2024-01-09,mail,\n5,2024-01-10,mail,\n",
    "events.csv": "Lead,Stage,At\n1,mql,2024-01-04\n2,mql,2024-01-04\n3,pitched,2024-01-20\n"
    "4,mql,2024-01-12\n",
    "deals.csv": "Deal,Lead,Status,Closed,Amount\n"
    "D1,3,won,2024-02-01,100\nD2,2,lost,2024-02-02,50\nD3,4,open,,70\n",
}


def texts(loaded: object) -> list[str]:
    return [note.id for note in loaded.notes]  # type: ignore[attr-defined]


def test_old_ids_are_followed_to_the_record_that_is_left(tmp_path: Path) -> None:
    files = {**FILES, "salesaudit.yaml": HEAD + LEADS + EVENTS + DEALS}
    loaded, ask = load(tmp_path, files)
    assert ask("SELECT lead_id, channel, created_at::DATE::TEXT FROM w.leads ORDER BY 1") == [
        ("1", "web", "2024-01-03"), ("4", "mail", "2024-01-09"), ("5", "mail", "2024-01-10"),
    ]  # fmt: skip
    assert ask("SELECT deal_id, lead_id FROM w.deals ORDER BY 1") == [
        ("D1", "1"), ("D2", "1"), ("D3", "4"),
    ]  # fmt: skip
    assert ask("SELECT lead_id, stage FROM w.stage_events ORDER BY 1, 2") == [
        ("1", "mql"), ("1", "pitched"), ("4", "mql"),
    ]  # fmt: skip
    leads = next(e for e in loaded.entries if e.into == "leads")
    assert (leads.read, leads.refused, leads.rows, leads.merged) == (4, 0, 3, 1)
    [note] = [note for note in loaded.notes if note.id == "identity.followed"]
    params = {name: getattr(value, "value", value) for name, value in note.params.items()}
    assert params == {"merged": 2, "table": "leads", "rows": 1, "references": 4}


def test_a_case_of_merged_leads_counts_once(tmp_path: Path) -> None:
    files = {**FILES, "salesaudit.yaml": HEAD + LEADS + EVENTS + DEALS}
    _, ask = load(tmp_path, files)
    ends = ask("SELECT outcome, count(*), sum(won_amount) FROM w.journeys GROUP BY 1 ORDER BY 1")
    assert ends == [("open", 2, None), ("won", 1, 100)]


def test_a_record_that_names_the_one_it_was_merged_into(tmp_path: Path) -> None:
    into = (
        "  - {read: leads.csv, into: leads, merged_into: Master, modified: Changed, "
        "columns: {lead_id: Id, created_at: Created, channel: Source}}\n"
    )
    files = {
        "leads.csv": "Id,Created,Source,Master,Changed\n"
        "A,2024-01-03,web,,2024-02-01\nB,2024-01-05,fair,A,2024-03-01\nC,2024-01-06,mail,,2024-01-06\n",
        "events.csv": "Lead,Stage,At\nB,mql,2024-01-04\nC,mql,2024-01-07\n",
        "salesaudit.yaml": HEAD + into + EVENTS,
    }
    _, ask = load(tmp_path, files)
    assert ask("SELECT lead_id, channel FROM w.leads ORDER BY 1") == [("A", "web"), ("C", "mail")]
    assert ask("SELECT lead_id FROM w.stage_events ORDER BY 1") == [("A",), ("C",)]


def test_a_circle_of_merges_is_left_as_it_is_and_said(tmp_path: Path) -> None:
    circle = (
        "Id,Created,Source,Merged\n1,2024-01-03,web,2\n2,2024-01-05,fair,1\n4,2024-01-09,mail,5\n"
    )
    files = {**FILES, "leads.csv": circle, "salesaudit.yaml": HEAD + LEADS + EVENTS}
    loaded, ask = load(tmp_path, files)
    assert ask("SELECT lead_id FROM w.leads ORDER BY 1") == [("1",), ("2",), ("4",)]
    assert {"identity.followed", "identity.not_followed"} <= set(texts(loaded))


def test_a_record_that_is_left_only_by_name_takes_over_what_is_known(tmp_path: Path) -> None:
    """The export has the merged record alone: its values are those of the record that is left."""
    into = (
        "  - {read: leads.csv, into: leads, merged_into: Master, "
        "columns: {lead_id: Id, created_at: Created, channel: Source}}\n"
    )
    files = {
        "leads.csv": "Id,Created,Source,Master\nB,2024-01-05,fair,A\nC,2024-01-06,mail,\n",
        "events.csv": "Lead,Stage,At\nA,mql,2024-01-08\nC,mql,2024-01-07\n",
        "salesaudit.yaml": HEAD + into + EVENTS,
    }
    _, ask = load(tmp_path, files)
    assert ask("SELECT lead_id, channel FROM w.leads ORDER BY 1") == [("A", "fair"), ("C", "mail")]


def test_merges_are_kept_with_the_load(tmp_path: Path) -> None:
    """A later export of deals names a lead that an earlier one of leads has as merged."""

    first = folder(
        tmp_path / "first", {"leads.csv": FILES["leads.csv"], "salesaudit.yaml": HEAD + LEADS}
    )
    second = folder(
        tmp_path / "second", {"deals.csv": FILES["deals.csv"], "salesaudit.yaml": HEAD + DEALS}
    )
    store = tmp_path / "store"
    api.ingest(first, store)
    api.ingest(second, store)
    with api.open_warehouse(store) as warehouse:
        found = warehouse.rows(warehouse.table("deals").select("deal_id", "lead_id"))
    assert {row["deal_id"]: row["lead_id"] for row in found} == {"D1": "1", "D2": "1", "D3": "4"}
