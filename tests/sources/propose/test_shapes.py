"""Files of events and sheets with a column per stage, loaded with what was proposed for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import xlsxwriter

from cli.shell import Rows, folder, load, run
from salesaudit.core.settings import Role, Settings
from salesaudit.core.settings_file import read_settings

Files = dict[str, str | bytes]
STEPS = ("Registered", "Screened", "Visited", "Offer sent", "Order won")


def loaded(place: Path, files: Files) -> tuple[Settings, Callable[[str], Rows]]:
    """A folder loaded with the settings that were proposed for it, as they stand."""
    ended = run("map", folder(place, files))
    assert ended.code == 0, ended.err
    _, ask = load(place, {})
    return read_settings(place / "salesaudit.yaml"), ask


def log(cases: int = 90) -> str:
    """Each case goes as many steps as its number says; those that stop early are given up."""
    lines = []
    for i in range(cases):
        reached = 1 + i % len(STEPS)
        for place, step in enumerate(STEPS[:reached]):
            lines.append(f"C{i},{step},2024-{1 + i % 9:02d}-{1 + 4 * place:02d} 09:00:00,P{i % 4}")
        if reached < len(STEPS) and i % 2:
            lines.append(f"C{i},Cancelled,2024-{1 + i % 9:02d}-28 09:00:00,P{i % 4}")
    return "Case ID,Activity,Timestamp,User\n" + "\n".join(lines) + "\n"


def test_a_log_of_events_gives_leads_stages_and_the_funnel(tmp_path: Path) -> None:
    settings, ask = loaded(tmp_path, {"events.csv": log()})
    assert [stage.name for stage in settings.funnel] == list(STEPS)
    assert settings.lost_stages == {"Cancelled": "cancelled"}
    assert settings.funnel[0].role is Role.LEAD
    assert settings.funnel[-1].role is Role.CUSTOMER
    assert ask("SELECT count(*), min(created_at)::TEXT FROM w.leads") == [
        (90, "2024-01-01 09:00:00")
    ]
    stages = dict(ask("SELECT stage, count(*) FROM w.stage_events GROUP BY 1"))
    assert [stages[step] for step in STEPS] == [90, 72, 54, 36, 18]
    assert ask("SELECT outcome, count(*) FROM w.journeys GROUP BY 1 ORDER BY 1") == [
        ("lost", 36), ("open", 36), ("won", 18),
    ]  # fmt: skip


def test_a_log_beside_its_leads_with_amounts_gives_deals(tmp_path: Path) -> None:
    cases = "Case ID,Registered at,Amount requested\n" + "".join(
        f"C{i},2024-{1 + i % 9:02d}-01,{1000 + i}.50\n" for i in range(90)
    )
    settings, ask = loaded(tmp_path, {"applications.csv": cases, "events.csv": log()})
    assert [source.into for source in settings.sources] == ["leads", "stage_events", "deals"]
    won = sum(1000.5 + i for i in range(90) if i % 5 == 4)
    assert ask("SELECT status, count(*) FROM w.deals GROUP BY 1 ORDER BY 1") == [
        ("lost", 36), ("open", 36), ("won", 18),
    ]  # fmt: skip
    assert ask("SELECT sum(amount)::DOUBLE FROM w.deals WHERE status = 'won'") == [(won,)]


def test_starts_and_ends_of_work_give_minutes(tmp_path: Path) -> None:
    lines = "".join(
        f"C{i % 20},{('Call back', 'Check papers')[i % 2]},{life},2024-03-{1 + i % 27:02d} "
        f"1{hour}:00:{i % 60:02d},P{i % 3}\n"
        for i in range(60)
        for life, hour in (("Start", 0), ("Complete", 1))
    )
    cases = "Case ID,Registered at\n" + "".join(f"C{i},2024-02-01\n" for i in range(20))
    files: Files = {
        "applications.csv": cases,
        "work.csv": "Case ID,Activity,Lifecycle,Time,User\n" + lines,
    }
    settings, ask = loaded(tmp_path, files)
    assert [source.into for source in settings.sources] == ["leads", "activities"]
    assert ask("SELECT kind, count(*), sum(minutes) FROM w.activities GROUP BY 1 ORDER BY 1") == [
        ("call", 30, 1800.0), ("other", 30, 1800.0),
    ]  # fmt: skip


def test_a_log_of_tickets_is_opened_first_and_solved_last(tmp_path: Path) -> None:
    lines = "".join(
        f"T{i},{step},{day}.0{1 + i % 9}.2024 0{hour}:00\n"
        for i in range(50)
        for step, day, hour in (("opened", "03", 8), ("answered", "04", 9), ("closed", "05", 7))
    )
    _, ask = loaded(tmp_path, {"helpdesk.csv": "Ticket,Event,Time\n" + lines})
    assert ask("SELECT count(*), count(solved_at) FROM w.tickets") == [(50, 50)]


def test_a_sheet_with_a_column_per_stage(tmp_path: Path) -> None:
    rows = []
    for i in range(60):
        days = [f"{1 + i % 27:02d}.0{m}.2024" if i % 4 >= m - 1 else "" for m in (1, 2, 3, 4)]
        worth = f"{1000 + i},50 €" if days[3] else ""
        rows.append(f"K{i};Messe;{';'.join(days)};{worth}\n")
    head = "Kunde;Quelle;Erstkontakt;Demo am;Angebot am;Gewonnen am;Auftragswert\n"
    text = head + "".join(rows)
    settings, ask = loaded(tmp_path, {"Vertrieb 2024.csv": text})
    assert [(stage.name, stage.role) for stage in settings.funnel] == [
        ("Erstkontakt", Role.LEAD), ("Demo", Role.PITCHED), ("Angebot", Role.SQL),
        ("Gewonnen", Role.CUSTOMER),
    ]  # fmt: skip
    assert ask("SELECT count(*), min(channel) FROM w.leads") == [(60, "Messe")]
    stages = dict(ask("SELECT stage, count(*) FROM w.stage_events GROUP BY 1"))
    assert stages == {"Erstkontakt": 60, "Demo": 45, "Angebot": 30, "Gewonnen": 15}
    won = "SELECT count(*), sum(won_amount)::DOUBLE FROM w.journeys WHERE outcome = 'won'"
    assert ask(won) == [(15, sum(1000.5 + i for i in range(60) if i % 4 == 3))]
    assert settings.currency == "EUR"


def test_where_nothing_has_a_day_the_last_day_is_asked_for(tmp_path: Path) -> None:
    rows = "".join(f"2024-03-{1 + i % 20:02d},web,{i}.5\n" for i in range(40))
    files: Files = {"spend.csv": "Day,Channel,Cost\n" + rows}
    settings, ask = loaded(tmp_path, files)
    assert str(settings.as_of) == "2024-03-20"
    assert "? Nothing that happens has a day" in (tmp_path / "salesaudit.yaml").read_text()
    assert ask("SELECT count(*) FROM w.spend") == [(20,)]


def test_sheets_of_a_workbook_are_files_like_others(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(str(tmp_path / "book.xlsx"))
    leads, deals = book.add_worksheet("Leads"), book.add_worksheet("Deals")
    leads.write_row(0, 0, ["Lead ID", "Created Date", "Lead Source"])
    deals.write_row(0, 0, ["Deal ID", "Lead ID", "Status", "Amount"])
    for i in range(30):
        leads.write_row(1 + i, 0, [f"L{i}", f"2024-01-{1 + i % 27:02d}", "web"])
        deals.write_row(1 + i, 0, [f"D{i}", f"L{i}", ("Won", "Lost")[i % 2], 100.5 + i])
    book.close()
    settings, ask = loaded(tmp_path, {})
    assert [source.read for source in settings.sources] == ["book.xlsx#Leads", "book.xlsx#Deals"]
    assert ask("SELECT count(*) FROM w.deals SEMI JOIN w.leads USING (lead_id)") == [(30,)]


def test_answers_about_deals_without_ids_keep_to_their_deal(tmp_path: Path) -> None:
    asked = [f"Q{n}" for n in range(8)]
    rows = "".join(
        f"Rep {i % 7},{('Won', 'Lost')[i % 2]},"
        + ",".join(("yes", "no", "maybe")[(i + n) % 3] for n in range(8))
        + "\n"
        for i in range(60)
    )
    files: Files = {"closed deals.csv": f"Seller,Status,{','.join(asked)}\n{rows}"}
    ended = run("map", folder(tmp_path, files))
    assert ended.code == 0, ended.err
    file = tmp_path / "salesaudit.yaml"
    file.write_text("as_of: 2024-12-31\n" + file.read_text())
    _, ask = load(tmp_path, {})
    assert ask("SELECT count(*), count(DISTINCT deal_id) FROM w.deals") == [(60, 60)]
    said = """SELECT status, value, count(*) FROM w.deal_factors JOIN w.deals USING (deal_id)
        WHERE factor = 'Q0' GROUP BY ALL ORDER BY ALL"""
    assert ask(said) == [
        ("lost", "maybe", 10), ("lost", "no", 10), ("lost", "yes", 10),
        ("won", "maybe", 10), ("won", "no", 10), ("won", "yes", 10),
    ]  # fmt: skip


def test_lines_of_fixed_width_without_a_header_are_orders(tmp_path: Path) -> None:
    lines = "".join(
        f" {1 + i % 30:05d} 2024{1 + i % 12:02d}{1 + i % 27:02d}  {i % 3}\t {i}.25\n"
        for i in range(90)
    )
    _, ask = loaded(tmp_path, {"sales.txt": lines})
    assert ask(
        "SELECT count(*), count(DISTINCT customer_id), sum(amount)::DOUBLE FROM w.orders"
    ) == [(90, 30, sum(i + 0.25 for i in range(90)))]
