"""Orders whose export has a row for each item, and lists of people made from their work."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import DEALS, LEADS, READ_DEALS, READ_LEADS, load

SETTINGS = (
    "sources:\n  - {read: o.csv, into: orders, columns: {order_id: Name, customer_id: Email, "
    "ordered_at: Created at, amount: Total, product: Item}}\n"
)
REPEATED = (
    "Name,Email,Created at,Total,Item\n"
    "1,c1,2024-01-15,120.50,shirt\n1,c1,2024-01-15,120.50,hat\n"
    "2,c2,2024-01-16,30,hat\n3,c3,2024-01-17,,shirt\n"
)


@pytest.mark.parametrize("repeated", [True, False], ids=["on every row", "on the first row"])
def test_an_order_of_several_rows_is_one_order(tmp_path: Path, repeated: bool) -> None:
    text = REPEATED if repeated else REPEATED.replace("1,c1,2024-01-15,120.50,hat", "1,,,,hat")
    loaded, ask = load(tmp_path, {"o.csv": text, "salesaudit.yaml": SETTINGS})
    assert ask("SELECT order_id, amount::DOUBLE, product FROM w.orders ORDER BY 1") == [
        ("1", 120.5, None), ("2", 30.0, "hat")
    ]  # fmt: skip
    [entry] = loaded.entries
    assert (entry.read, entry.rows, entry.merged, entry.refused) == (4, 2, 1, 1)
    assert [(r.reason, r.column, r.line) for r in entry.reasons] == [("missing", "Total", 5)]


def test_amounts_that_differ_between_the_rows_of_an_order_are_refused(tmp_path: Path) -> None:
    text = REPEATED.replace("120.50,hat", "20.50,hat")
    loaded, ask = load(tmp_path, {"o.csv": text, "salesaudit.yaml": SETTINGS})
    assert ask("SELECT order_id FROM w.orders") == [("2",)]
    assert loaded.entries[0].reasons[0].reason == "contradicting_key"


def test_a_list_of_reps_made_from_deals_is_merged_and_does_not_stop_the_load(
    tmp_path: Path,
) -> None:
    text = DEALS.replace("deal_id,", "rep,deal_id,", 1).replace("\nD", "\nr,D")
    rows = [line.replace("r,", f"r{i % 22},", 1) for i, line in enumerate(text.splitlines()[1:])]
    many = [row.replace(",D", f",D{n}_", 1) for n in range(29) for row in rows][:842]
    settings = (
        f"sources:\n{READ_LEADS}{READ_DEALS}"
        "  - {read: deals.csv, into: reps, columns: {rep_id: rep}}\n"
    )
    files: dict[str, str | bytes] = {
        "leads.csv": LEADS,
        "deals.csv": "\n".join([text.splitlines()[0], *many]) + "\n",
        "salesaudit.yaml": settings,
    }
    loaded, _ = load(tmp_path, files)
    reps = loaded.entries[-1]
    assert (reps.read, reps.rows, reps.merged, reps.refused) == (842, 22, 820, 0)


def test_both_files_of_a_select_stand_in_the_account(tmp_path: Path) -> None:
    torn = DEALS + "D98,L1,won\n"
    settings = (
        f"sources:\n{READ_LEADS}"
        "  - read:\n      select: "
        "SELECT d.*, l.channel AS c FROM deals d JOIN leads l USING (lead_id)\n"
        "    into: deals\n"
        "    columns: {deal_id: deal_id, lead_id: lead_id, status: status, channel: c}\n"
    )
    files: dict[str, str | bytes] = {
        "leads.csv": LEADS, "deals.csv": torn, "salesaudit.yaml": settings
    }  # fmt: skip
    loaded, _ = load(tmp_path, files)
    account = {(e.name, e.into): (e.read, e.loaded, e.refused) for e in loaded.entries}
    assert account == {
        ("leads.csv", "leads"): (60, 60, 0),
        ("select-1", "deals"): (30, 30, 0),
        ("deals.csv", "(select)"): (31, 30, 1),
        ("leads.csv", "(select)"): (60, 60, 0),
    }
    reasons = next(e.reasons for e in loaded.entries if e.name == "deals.csv")
    assert [(r.reason, r.line) for r in reasons] == [("fields", 32)]
