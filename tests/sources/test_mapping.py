"""Mapping: every word of the settings' form, and what is asked where it cannot be meant."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import DEALS, LEADS, READ_DEALS, READ_LEADS, load, refused

CLOSED = DEALS.replace("won", "Closed Won").replace("lost", "Closed Lost")
AMBIGUOUS = "id,c\n" + "".join(
    f"{i},{1 + i % 12:02d}/{1 + i * 5 % 12:02d}/2024\n" for i in range(20)
)


def leads(lead_id: str, created_at: str) -> str:
    return (
        "sources:\n  - read: a.csv\n    into: leads\n    columns:\n"
        f"      lead_id: {lead_id}\n      created_at: {created_at}\n"
    )


def deals(status: str, **more: str) -> str:
    columns = {"deal_id": "deal_id", "lead_id": "lead_id", "status": status, **more}
    listed = ", ".join(f"{name}: {given}" for name, given in columns.items())
    return f"sources:\n{READ_LEADS}  - {{read: deals.csv, into: deals, columns: {{{listed}}}}}\n"


def test_a_column_that_is_missing_is_told_with_the_nearest_header(tmp_path: Path) -> None:
    files = {
        "a.csv": "Lead Id,Created\n1,2024-01-01\n",
        "salesaudit.yaml": leads("lead id", "Created"),
    }
    said = refused(tmp_path, files)
    assert "a.csv has no column “lead id” for lead_id" in said
    assert "the nearest is “Lead Id”" in said


def test_a_required_column_that_nothing_fills_is_asked_for(tmp_path: Path) -> None:
    settings = "sources:\n  - {read: a.csv, into: leads, columns: {created_at: c}}\n"
    said = refused(tmp_path, {"a.csv": "id,c\n1,2024-01-01\n", "salesaudit.yaml": settings})
    assert "nothing is mapped to lead_id" in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id,c\n" + "".join(f"{i},soon{i}\n" for i in range(20)), "cannot be read as dates"),
        (AMBIGUOUS, 'Add  format: "%d/%m/%Y"  or  format: "%m/%d/%Y"'),
        (AMBIGUOUS + "x,03/25/2024\n" * 9 + "y,25/03/2024\n" * 9, "day-month or month-day"),
        ("id,c\n" + "a,03/25/2024\n" * 9 + "b,25/03/2024\n" * 9, "two orders"),
    ],
    ids=["unreadable", "ambiguous", "ambiguous and mixed", "mixed"],
)
def test_dates_that_cannot_be_decided_are_asked_about(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(tmp_path, {"a.csv": text, "salesaudit.yaml": leads("id", "c")})


def test_a_format_answers_the_question_of_day_and_month(tmp_path: Path) -> None:
    settings = leads("id", '{column: c, format: "%d/%m/%Y"}')
    _, ask = load(tmp_path, {"a.csv": AMBIGUOUS, "salesaudit.yaml": settings})
    assert ask("SELECT created_at::DATE::TEXT FROM w.leads WHERE lead_id = '1'") == [
        ("2024-06-02",)
    ]


def test_two_digit_years_are_of_this_century(tmp_path: Path) -> None:
    text = "id,c\n" + "".join(f"{i},{i + 1:02d}/03/24\n" for i in range(28))
    _, ask = load(tmp_path, {"a.csv": text, "salesaudit.yaml": leads("id", "c")})
    assert ask("SELECT DISTINCT year(created_at) FROM w.leads") == [(2024,)]


def test_a_map_translates_and_what_it_does_not_name_is_refused(tmp_path: Path) -> None:
    text = CLOSED + "D98,L1,,2024-01-01,2024-02-01,5\nD99,L1,Weird,2024-01-01,2024-02-01,5\n"
    settings = deals("{column: status, map: {Closed Won: won, Closed Lost: lost}}")
    loaded, ask = load(
        tmp_path, {"leads.csv": LEADS, "deals.csv": text, "salesaudit.yaml": settings}
    )
    assert sorted(ask("SELECT status, count(*) FROM w.deals GROUP BY 1")) == [
        ("lost", 20),
        ("won", 10),
    ]
    reasons = {(r.reason, r.records, r.line, r.example) for r in loaded.entries[1].reasons}
    assert reasons == {("missing", 1, 32, ""), ("not_allowed", 1, 33, "Weird")}


def test_an_empty_cell_is_mapped_by_the_empty_key(tmp_path: Path) -> None:
    text = CLOSED + "D98,L1,,2024-01-01,2024-02-01,5\n"
    settings = deals('{column: status, map: {Closed Won: won, Closed Lost: lost, "": open}}')
    _, ask = load(tmp_path, {"leads.csv": LEADS, "deals.csv": text, "salesaudit.yaml": settings})
    assert ask("SELECT deal_id FROM w.deals WHERE status = 'open'") == [("D98",)]


def test_numbers_may_be_the_keys_of_a_map(tmp_path: Path) -> None:
    text = DEALS.replace("won", "1").replace("lost", "0")
    settings = deals("{column: status, map: {1: won, 0: lost}}")
    _, ask = load(tmp_path, {"leads.csv": LEADS, "deals.csv": text, "salesaudit.yaml": settings})
    assert sorted(ask("SELECT status, count(*) FROM w.deals GROUP BY 1")) == [
        ("lost", 20),
        ("won", 10),
    ]


def test_words_of_which_none_is_known_are_asked_about(tmp_path: Path) -> None:
    files = {"leads.csv": LEADS, "deals.csv": CLOSED, "salesaudit.yaml": deals("status")}
    said = refused(tmp_path, files)
    assert "“status” never says open, won, lost" in said
    assert "map: {Closed Lost: ...}" in said


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"status": "{value: winner}"}, "Write one of open, won, lost"),
        ({"status": "{value: won}", "closed_at": "{value: soon}"}, "cannot be read as dates"),
        ({"status": "{value: won}", "amount": "{value: lots}"}, "cannot be read as numbers"),
    ],
)
def test_a_constant_that_cannot_be_meant_is_refused(
    tmp_path: Path, columns: dict[str, str], said: str
) -> None:
    files = {"leads.csv": LEADS, "deals.csv": DEALS, "salesaudit.yaml": deals(**columns)}
    assert said in refused(tmp_path, files)


def test_constants_are_read_as_cells_are(tmp_path: Path) -> None:
    settings = deals(
        "{value: Won}", closed_at="{value: 2024-05-05}", amount="{value: 1.234}",
        rep_id="{value: ann@example.com}", lost_reason="{value: ask ann@example.com}",
    )  # fmt: skip
    _, ask = load(tmp_path, {"leads.csv": LEADS, "deals.csv": DEALS, "salesaudit.yaml": settings})
    [(status, day, amount, rep, reason)] = ask(
        "SELECT DISTINCT status, closed_at::DATE::TEXT, amount::DOUBLE, rep_id, lost_reason "
        "FROM w.deals"
    )
    assert (status, day, amount, reason) == ("won", "2024-05-05", 1.23, "ask [address]")
    assert rep.startswith("id:")


def test_the_number_of_the_record_is_an_id_of_a_file_and_not_of_a_select(tmp_path: Path) -> None:
    files = {"leads.csv": LEADS, "deals.csv": DEALS}
    settings = deals("status", deal_id="{row: true}")
    _, ask = load(tmp_path / "file", {**files, "salesaudit.yaml": settings})
    assert ask("SELECT min(deal_id::INT), max(deal_id::INT) FROM w.deals") == [(1, 30)]
    over_select = settings.replace("read: deals.csv", "read: {select: SELECT * FROM deals}")
    said = refused(tmp_path / "select", {**files, "salesaudit.yaml": over_select})
    assert "a select has no order" in said
    assert "deal_id: {row: [column, column]}" in said


def test_a_select_is_numbered_by_the_columns_that_order_it(tmp_path: Path) -> None:
    settings = deals("status", deal_id="{row: [deal_id]}").replace(
        "read: deals.csv", "read: {select: SELECT d.* FROM deals d JOIN leads l USING (lead_id)}"
    )
    loaded, ask = load(
        tmp_path, {"leads.csv": LEADS, "deals.csv": DEALS, "salesaudit.yaml": settings}
    )
    assert ask("SELECT lead_id FROM w.deals ORDER BY deal_id::INT LIMIT 3") == [
        ("L0",), ("L1",), ("L10",)
    ]  # fmt: skip
    names = [(e.name, e.into, e.read) for e in loaded.entries]
    assert names == [
        ("leads.csv", "leads", 60), ("select-1", "deals", 30),
        ("deals.csv", "(select)", 30), ("leads.csv", "(select)", 60),
    ]  # fmt: skip


def test_a_column_of_times_for_each_stage_becomes_events(tmp_path: Path) -> None:
    rows = [(i, "2024-02-03" if i % 2 else "", "bad" if i == 3 else "") for i in range(40)]
    text = "id,made,qualified,won\n" + "".join(
        f"P{i},2024-01-{1 + i % 27:02d},{q},{w or ('2024-03-04' if i % 4 == 1 else '')}\n"
        for i, q, w in rows
    )
    settings = (
        "sources:\n  - {read: p.csv, into: leads, columns: {lead_id: id, created_at: made}}\n"
        "  - {read: p.csv, into: stage_events, stages: {mql: qualified, customer: won}, "
        "columns: {lead_id: id}}\n"
    )
    loaded, ask = load(tmp_path, {"p.csv": text, "salesaudit.yaml": settings})
    assert sorted(ask("SELECT stage, count(*) FROM w.stage_events GROUP BY 1")) == [
        ("customer", 10), ("mql", 20)
    ]  # fmt: skip
    events = loaded.entries[1]
    assert (events.read, events.loaded, events.blank, events.rows) == (40, 40, 20, 30)
    assert [(r.reason, r.column, r.cells, r.line) for r in events.reasons] == [
        ("not_a_date", "won", 1, 5)
    ]


def test_decimal_answers_what_a_number_leaves_open(tmp_path: Path) -> None:
    text = "deal_id,lead_id,status,closed_at,amount\n" + "".join(
        f"D{i},L{i},won,2025-01-02,1.{i + 100}\n" for i in range(20)
    )
    files = {"leads.csv": LEADS, "deals.csv": text}
    said = refused(
        tmp_path / "open", {**files, "salesaudit.yaml": deals("status", amount="amount")}
    )
    assert 'decimal: "."' in said
    settings = deals("status", amount='{column: amount, decimal: ","}')
    _, ask = load(tmp_path / "said", {**files, "salesaudit.yaml": settings})
    assert ask("SELECT min(amount)::INT FROM w.deals") == [(1100,)]


def test_where_leaves_records_out_as_blank(tmp_path: Path) -> None:
    settings = f"sources:\n{READ_LEADS}".replace("into", "where: \"channel = 'web'\", into")
    loaded, ask = load(tmp_path, {"leads.csv": LEADS, "salesaudit.yaml": settings})
    [entry] = loaded.entries
    assert (entry.read, entry.loaded, entry.rows, entry.blank) == (60, 60, 30, 30)
    assert ask("SELECT DISTINCT channel FROM w.leads") == [("web",)]


def test_deals_are_read_by_a_mapping_of_their_own(tmp_path: Path) -> None:
    settings = f"sources:\n{READ_LEADS}{READ_DEALS}"
    loaded, _ = load(
        tmp_path, {"leads.csv": LEADS, "deals.csv": DEALS, "salesaudit.yaml": settings}
    )
    assert [e.rows for e in loaded.entries] == [60, 30]
