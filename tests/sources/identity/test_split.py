"""Cells that hold several ids."""

from __future__ import annotations

from pathlib import Path

from cli.shell import LEADS, READ_LEADS, load


def test_the_first_of_several_ids_counts_and_names_are_never_cut(tmp_path: Path) -> None:
    settings = (
        f"sources:\n{READ_LEADS}"
        "  - {read: deals.csv, into: deals, columns: {deal_id: id, status: is, closed_at: on, "
        'lead_id: {column: contacts, split: ";"}, product: what, amount: sum}}\n'
    )
    deals = (
        "id,is,on,contacts,what,sum\n1,won,2024-05-05,L1;L2;L3,Smith; Sons,5\n"
        "2,lost,2024-05-06, ; L4 ,Oak,6\n3,lost,2024-05-07,,Oak,7\n"
    )
    files = {"leads.csv": LEADS, "deals.csv": deals, "salesaudit.yaml": settings}
    _, ask = load(tmp_path, dict(files))
    assert ask("SELECT deal_id, lead_id, product FROM w.deals ORDER BY 1") == [
        ("1", "L1", "Smith; Sons"), ("2", "L4", "Oak"), ("3", None, "Oak"),
    ]  # fmt: skip
    assert ask("SELECT sum(amount)::INT FROM w.deals") == [(18,)]
