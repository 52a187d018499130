"""Records of one key that say different things, in one export and in several."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

from sources.refresh.kept import Kept, deals, many, said

MODIFIED = (
    "sources:\n  - {read: 'deals*.csv', into: deals, modified: changed, columns: {deal_id: deal_id,"
    " status: status, stage: stage, amount: amount, created_at: created_at}}\n"
)
SNAPSHOT = (
    "SELECT deal_id, changed_at::VARCHAR, old, new FROM w.deal_changes "
    "WHERE precision = 'snapshot' ORDER BY ALL"
)


def test_the_same_record_twice_is_one_row(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    loaded = kept.load({"deals.csv": deals("D1,open,s1,100", "D1,open,s1,100", "D2,won,s1,7")})
    [entry] = loaded.entries
    assert (entry.read, entry.rows, entry.merged, entry.refused) == (3, 2, 1, 0)


def test_of_two_records_in_one_export_the_one_changed_later_stands(tmp_path: Path) -> None:
    rows = ("D1,open,s2,150,2024-02-03 10:00", "D1,open,s1,100,2024-02-01 10:00", "D2,won,s1,7,")
    kept = Kept(tmp_path)
    loaded = kept.load({"deals.csv": deals(*rows, columns="changed"), "salesaudit.yaml": MODIFIED})
    [entry] = loaded.entries
    assert (entry.read, entry.rows, entry.merged, entry.refused) == (3, 2, 1, 0)
    assert kept.ask("SELECT stage, amount FROM w.deals WHERE deal_id = 'D1'") == [
        ("s2", Decimal("150.00"))
    ]


def test_records_that_disagree_and_do_not_say_when_they_changed_are_refused(
    tmp_path: Path,
) -> None:
    kept = Kept(tmp_path)
    rows = ("D1,open,s2,150,", "D1,open,s1,100,2024-02-01 10:00", "D2,won,s1,7,")
    loaded = kept.load({"deals.csv": deals(*rows, columns="changed"), "salesaudit.yaml": MODIFIED})
    [entry] = loaded.entries
    assert (entry.read, entry.rows, entry.merged, entry.refused) == (3, 1, 0, 2)
    assert kept.ask("SELECT line, value, reason FROM w.refused ORDER BY line") == [
        (2, "D1", "contradicting_key"), (3, "D1", "contradicting_key")
    ]  # fmt: skip


def test_a_newer_export_stands_and_the_older_becomes_history(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load({"deals_2024-02-01.csv": deals("D1,open,s1,100", "D2,open,s1,7")})
    loaded = kept.load({"deals_2024-03-01.csv": deals("D1,open,s2,150", "D2,open,s1,7")})
    assert said(loaded) == [
        "deals_2024-03-01.csv is taken as exported on 1 Mar 2024, as its name says."
    ]
    assert kept.ask("SELECT stage, amount FROM w.deals WHERE deal_id = 'D1'") == [
        ("s2", Decimal("150.00"))
    ]
    assert kept.ask(SNAPSHOT) == [
        ("D1", "2024-03-01 00:00:00", "100.00", "150.00"),
        ("D1", "2024-03-01 00:00:00", "s1", "s2"),
    ]


def test_an_older_export_after_a_newer_one_is_history(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load({"deals_2024-03-01.csv": deals("D1,open,s2,150", "D2,open,s1,7")})
    loaded = kept.load({"deals_2024-02-01.csv": deals("D1,open,s1,100", "D2,open,s1,7")})
    assert said(loaded)[1] == (
        "deals_2024-02-01.csv was exported on 1 Feb 2024, before the newest export of its source "
        "(1 Mar 2024): it is loaded as history."
    )
    assert kept.ask("SELECT stage, amount FROM w.deals WHERE deal_id = 'D1'") == [
        ("s2", Decimal("150.00"))
    ]
    assert len(kept.ask(SNAPSHOT)) == 2


def test_a_change_is_dated_by_the_record_where_it_says_when(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    for day, row in (
        ("2024-02-01", "s1,100,2024-01-30 09:00"),
        ("2024-03-01", "s2,100,2024-02-20 11:30"),
    ):
        kept.load(
            {
                f"deals_{day}.csv": deals(f"D1,open,{row}", columns="changed"),
                "salesaudit.yaml": MODIFIED,
            }
        )
    assert kept.ask(SNAPSHOT) == [("D1", "2024-02-20 11:30:00", "s1", "s2")]


def test_a_row_that_was_changed_later_stands_though_its_export_is_older(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    for day, row in (("2024-02-01", "s2,100,2024-01-31"), ("2024-03-01", "s1,100,2024-01-15")):
        kept.load(
            {
                f"deals_{day}.csv": deals(f"D1,open,{row}", columns="changed"),
                "salesaudit.yaml": MODIFIED,
            }
        )
    assert kept.ask("SELECT stage FROM w.deals") == [("s2",)]


def test_a_change_that_the_history_tells_is_not_told_again(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    history = (
        "deal_id,changed_at,field,old,new\nD1,2024-02-14 08:00,stage,s1,s2\n"
        "D2,2024-01-10 08:00,stage,s0,s1\n"
    )
    kept.load({"deals_2024-02-01.csv": deals("D1,open,s1,100", "D2,open,s1,7")})
    kept.load(
        {
            "deals_2024-03-01.csv": deals("D1,open,s2,150", "D2,open,s3,7"),
            "deal_changes.csv": history,
        }
    )
    assert kept.ask("SELECT deal_id, field, new, precision FROM w.deal_changes ORDER BY ALL") == [
        ("D1", "amount", "150.00", "snapshot"),
        ("D1", "stage", "s2", "exact"),
        ("D2", "stage", "s1", "exact"),
        ("D2", "stage", "s3", "snapshot"),
    ]


def test_changes_of_leads_are_seen_too(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    head = "lead_id,created_at,owner_id,status,score,channel\n"
    kept.load({"leads_20240201.csv": f"{head}L1,2024-01-05,ann,new,10,web\n"})
    kept.load({"leads_20240301.csv": f"{head}L1,2024-01-05,bob,open,40,ads\n"})
    assert kept.ask("SELECT field, old, new FROM w.lead_changes ORDER BY ALL") == [
        ("channel", "web", "ads"), ("owner_id", "ann", "bob"), ("score", "10.0", "40.0"),
        ("status", "new", "open"),
    ]  # fmt: skip


def test_a_newer_export_of_spend_replaces_its_days(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    head = "spent_on,channel,campaign,kind,amount\n"
    old = "".join(f"2024-02-0{d},ads,{c},media,10\n" for d in (1, 2, 3) for c in ("a", "b"))
    new = "2024-02-02,ads,a,media,11\n2024-02-03,ads,c,media,12\n2024-02-04,ads,a,media,13\n"
    kept.load(
        {"leads.csv": "lead_id,created_at\nL1,2024-01-05\n", "spend_2024-02-04.csv": head + old}
    )
    kept.load({"spend_2024-02-05.csv": head + new})
    spend = kept.ask("SELECT spent_on::VARCHAR, campaign, amount::INT FROM w.spend ORDER BY ALL")
    assert spend == [
        ("2024-02-01", "a", 10), ("2024-02-01", "b", 10), ("2024-02-02", "a", 11),
        ("2024-02-03", "c", 12), ("2024-02-04", "a", 13),
    ]  # fmt: skip


def test_a_column_that_an_export_lacks_keeps_what_was_said(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load({"leads 2024-02-01.csv": "lead_id,created_at,channel\nL1,2024-01-05,web\n"})
    loaded = kept.load({"leads 2024-03-01.csv": "lead_id,created_at,country\nL1,2024-01-05,TH\n"})
    assert kept.ask("SELECT channel, country FROM w.leads") == [("web", "TH")]
    assert any("no longer has the column “channel”" in line for line in said(loaded))
    kept.load({"leads 2024-04-01.csv": "lead_id,created_at,channel\nL1,2024-01-05,\n"})
    assert kept.ask("SELECT channel, country FROM w.leads") == [(None, "TH")]


def test_files_without_a_date_are_told_apart_by_their_own_time(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load({"deals.csv": deals(*many(3))})
    loaded = kept.load({"deals.csv": deals("D000,won,s1,1", *many(3)[1:])})
    assert "the time of the file itself" in said(loaded)[0]
    assert kept.ask("SELECT status, amount::INT FROM w.deals WHERE deal_id = 'D000'") == [
        ("won", 1)
    ]
