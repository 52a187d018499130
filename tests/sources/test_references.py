"""References: counted where few lead nowhere, asked about where many do; 0 may stand for none."""

from __future__ import annotations

from pathlib import Path

from cli.shell import LEADS, READ_LEADS, load, refused

SETTINGS = (
    f"sources:\n{READ_LEADS}  - {{read: d.csv, into: deals, columns: {{deal_id: id, lead_id: lead, "
    "status: {value: won}, closed_at: at}}\n"
)


def deals(leads: list[str]) -> dict[str, str | bytes]:
    text = "id,lead,at\n" + "".join(f"D{i},{lead},2024-02-03\n" for i, lead in enumerate(leads))
    return {"leads.csv": LEADS, "d.csv": text, "salesaudit.yaml": SETTINGS}


def test_few_orphans_are_kept_and_many_are_asked_about(tmp_path: Path) -> None:
    known = [f"L{i % 60}" for i in range(100)]
    few, ask = load(tmp_path / "few", deals(["gone"] * 3 + known[3:]))
    said = [n.params for n in few.notes if n.id == "references.orphans"]
    assert [(p["count"], p["filled"], p["example"]) for p in said] == [(3, 100, "gone")]
    assert ask("SELECT count(*) FROM w.deals WHERE lead_id = 'gone'") == [(3,)]
    many = deals(["gone"] * 30 + known[30:])
    said = refused(tmp_path / "many", many)
    assert "30 of 100 cells of “lead_id” name no record of leads, such as gone" in said
    assert "accept_orphans: 0.31" in said
    accepted = SETTINGS.replace("into: deals,", "into: deals, accept_orphans: 0.31,")
    loaded, _ = load(tmp_path / "accepted", {**many, "salesaudit.yaml": accepted})
    assert loaded.entries[1].rows == 100


def test_a_frequent_0_that_is_no_id_stands_for_none(tmp_path: Path) -> None:
    known = [f"L{i % 60}" for i in range(60)]
    loaded, ask = load(tmp_path / "none", deals(["0"] * 40 + known))
    assert ask("SELECT count(*) FROM w.deals WHERE lead_id IS NULL") == [(40,)]
    assert [n.params["count"] for n in loaded.notes if n.id == "references.nought_is_none"] == [40]
    files = deals(["0"] * 40 + known)
    files["leads.csv"] = LEADS + "0,2024-01-05,web\n"
    _, ask = load(tmp_path / "an id", files)
    assert ask("SELECT count(*) FROM w.deals WHERE lead_id = '0'") == [(40,)]


def test_a_record_without_its_key_or_with_an_unreadable_date_is_refused(tmp_path: Path) -> None:
    text = LEADS + ",2024-01-05,web\nL98,soon,web\n"
    loaded, _ = load(tmp_path, {"leads.csv": text})
    [entry] = loaded.entries
    reasons = [(r.reason, r.column, r.records, r.example) for r in entry.reasons]
    assert reasons == [("missing", "lead_id", 1, ""), ("not_a_date", "created_at", 1, "soon")]
    assert (entry.read, entry.loaded, entry.refused) == (62, 60, 2)
