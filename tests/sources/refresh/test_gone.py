"""Records that a newer export no longer has."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from cli.shell import folder, run
from sources.refresh.kept import Kept, deals, many, said


def gone(kept: Kept) -> list[tuple[str, date]]:
    return kept.ask("SELECT deal_id, gone_since FROM w.deals WHERE gone_since NOTNULL ORDER BY 1")  # type: ignore[return-value]


def test_what_a_whole_export_lacks_is_gone_and_no_longer_open(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    rows = [*many(95), *(f"X{i},open,s1,5" for i in range(4)), "W,won,s1,5"]
    kept.load({"deals_2024-02-01.csv": deals(*rows)})
    loaded = kept.load({"deals_2024-03-01.csv": deals(*many(95))})
    assert gone(kept) == [(name, date(2024, 3, 1)) for name in ("W", "X0", "X1", "X2", "X3")]
    assert kept.ask("SELECT count(*) FROM w.deals") == [(100,)]
    # The day of the newest event is before the day on which they were missed: still open at T.
    assert kept.ask("SELECT outcome, count(*) FROM w.journeys GROUP BY 1 ORDER BY 1") == [
        ("open", 99), ("won", 1)
    ]  # fmt: skip
    [told] = [line for line in said(loaded) if "Missing" in line]
    assert told.startswith("Missing from this export: 5 of the 100 deals")


def test_at_the_day_of_the_export_they_are_neither_open_nor_won_nor_lost(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    later = "as_of: 2024-03-05\n"
    rows = [*many(95), *(f"X{i},open,s1,5" for i in range(4)), "W,won,s1,5"]
    kept.load({"deals_2024-02-01.csv": deals(*rows), "salesaudit.yaml": later})
    kept.load({"deals_2024-03-01.csv": deals(*many(95)), "salesaudit.yaml": later})
    for table, column in (("journeys", "outcome"), ("known_deals", "status")):
        assert kept.ask(f"SELECT {column}, count(*) FROM w.{table} GROUP BY 1 ORDER BY 1") == [
            ("gone", 4), ("open", 95), ("won", 1)
        ]  # fmt: skip


def test_an_audit_counts_them_apart_and_says_so(tmp_path: Path) -> None:
    statuses = ("won", "lost", "open")
    rows = [f"D{i:03},{statuses[i % 3]},s1,{100 + i}" for i in range(60)]
    exports = folder(
        tmp_path / "exports",
        {
            "deals_2024-02-01.csv": deals(*rows),
            "deals_2024-03-01.csv": deals(*rows[:54], *rows[55:56], *rows[57:]),
        },
    )
    out = tmp_path / "out"
    ended = run("audit", exports, "-o", out, "--as-of", "2024-03-05")
    assert ended.code == 0
    assert "failed" not in ended.err
    document = json.loads((out / "audit.json").read_text())
    [answer] = [a for a in document["answers"].values() if "deals_open" in a["estimates"]]
    counted = {name: answer["estimates"][f"deals_{name}"]["value"] for name in statuses}
    assert counted == {"won": 20, "lost": 20, "open": 19}
    assert document["texts"]["snapshots.vanished"]
    assert "Missing from this export: 2 of the 60 deals" in (out / "audit.html").read_text()


def test_an_export_with_far_fewer_records_is_a_part(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load({"deals_2024-02-01.csv": deals(*many(100))})
    loaded = kept.load({"deals_2024-03-01.csv": deals(*many(40))})
    assert gone(kept) == []
    [told] = [line for line in said(loaded) if "part" in line]
    assert told.startswith("This export has 40 of the 100 records of deals known before")
    assert "full: true" in told


def test_the_settings_say_that_an_export_is_whole_or_a_part(tmp_path: Path) -> None:
    for full, expected in (("true", 60), ("false", 0)):
        kept = Kept(tmp_path / full)
        yaml = (
            f"sources:\n  - {{read: 'deals*', into: deals, full: {full}, columns: "
            "{deal_id: deal_id, status: status, created_at: created_at}}\n"
        )
        kept.load({"deals_2024-02-01.csv": deals(*many(100)), "salesaudit.yaml": yaml})
        kept.load({"deals_2024-03-01.csv": deals(*many(40)), "salesaudit.yaml": yaml})
        assert len(gone(kept)) == expected


def test_an_export_whose_head_names_a_filter_is_a_part(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load({"deals_2024-02-01.csv": deals(*many(100))})
    head = "Deals report\nFiltered by: owner equals Ann\n\n"
    loaded = kept.load({"deals_2024-03-01.csv": head + deals(*many(95))})
    assert gone(kept) == []
    assert any("names a filter" in line for line in said(loaded))


def test_what_comes_back_is_not_gone(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load({"deals_2024-02-01.csv": deals(*many(100))})
    kept.load({"deals_2024-03-01.csv": deals(*many(95))})
    assert len(gone(kept)) == 5
    kept.load({"deals_2024-04-01.csv": deals(*many(98))})
    assert gone(kept) == [(f"D{i:03}", date(2024, 3, 1)) for i in (98, 99)]


def test_parts_that_share_no_record_are_no_news(tmp_path: Path) -> None:
    kept = Kept(tmp_path)
    kept.load({"deals_2024-02-01.csv": deals(*many(10))})
    loaded = kept.load({"deals_2024-03-01.csv": deals("Z1,open,s1,1", "Z2,open,s1,1")})
    assert gone(kept) == []
    assert len(said(loaded)) == 1
