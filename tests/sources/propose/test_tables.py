"""What files of one row per record are taken for, in every language, and what is left open."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shell import folder, load, run
from salesaudit.core.settings import Settings, SourceSpec
from salesaudit.core.settings_file import read_settings

Files = dict[str, str | bytes]

HEADERS = {
    "en": ("Lead ID", "Created Date", "Lead Source", "Sales rep"),
    "th": ("รหัสลูกค้าเป้าหมาย", "วันที่สร้าง", "แหล่งที่มาของลีด", "พนักงานขาย"),
    "de": ("Lead Nr", "Erstellt am", "Leadquelle", "Verkäufer"),
    "fr": ("ID prospect", "Date de création", "Origine", "Commercial"),
    "es": ("ID prospecto", "Fecha de creación", "Origen", "Vendedor"),
    "pt": ("Código do lead", "Data de criação", "Canal", "Responsável"),
    "it": ("Codice lead", "Data di creazione", "Fonte", "Venditore"),
    "nl": ("Leadnummer", "Aanmaakdatum", "Herkomst", "Verkoper"),
    "sv": ("Kontakt-ID", "Skapad den", "Källa", "Säljare"),
}


def proposed(place: Path, files: Files) -> Settings:
    """The settings that are proposed for a folder."""
    ended = run("map", folder(place, files), "-o", place / "proposed.yaml")
    assert ended.code == 0, ended.err
    return read_settings(place / "proposed.yaml")


def text_for(place: Path, files: Files) -> str:
    return run("map", folder(place, files), "-o", "-").out


def columns(source: SourceSpec) -> dict[str, str | None]:
    return {name: spec.column for name, spec in source.columns.items()}


def leads(rows: int = 40, header: str = "Lead ID,Created Date,Lead Source,Sales rep") -> str:
    lines = (
        f"L{i},2024-{1 + i % 12:02d}-{1 + i % 27:02d},{('web', 'fair')[i % 2]},R{i % 3}\n"
        for i in range(rows)
    )
    return header + "\n" + "".join(lines)


@pytest.mark.parametrize("language", HEADERS)
def test_leads_are_known_by_words_of_many_languages(language: str, tmp_path: Path) -> None:
    header = HEADERS[language]
    files: Files = {"export.csv": leads(header=",".join(header))}
    [source] = proposed(tmp_path, files).sources
    assert source.into == "leads"
    assert columns(source) == dict(
        zip(("lead_id", "created_at", "channel", "owner_id"), header, strict=True)
    )


DEALS = {
    "en": ("Deal ID,Amount,Status,Close Date", "Won", "Lost", "Open"),
    "th": ("เลขที่ใบเสนอราคา,มูลค่า,สถานะ,วันที่ปิด", "ปิดการขาย", "แพ้", "เปิดอยู่"),
    "de": ("Angebotsnummer,Betrag,Ergebnis,Abschlussdatum", "Gewonnen", "Verloren", "Offen"),
    "fr": ("ID affaire,Montant,Statut,Date de clôture", "Gagnée", "Perdue", "En cours"),
    "es": ("ID oportunidad,Importe,Estado,Fecha de cierre", "Ganada", "Perdida", "Abierto"),
    "pt": ("ID oportunidade,Valor,Situação,Data de fechamento", "Ganho", "Perdido", "Aberto"),
    "it": ("ID opportunità,Importo,Esito,Data di chiusura", "Vinta", "Persa", "Aperto"),
    "nl": ("Offertenummer,Bedrag,Uitkomst,Sluitingsdatum", "Gewonnen", "Verloren", "Open"),
    "sv": ("Offertnummer,Belopp,Utfall,Avslutsdatum", "Vunnen", "Förlorad", "Öppen"),
}


@pytest.mark.parametrize("language", DEALS)
def test_won_and_lost_are_known_by_words_of_many_languages(language: str, tmp_path: Path) -> None:
    header, won, lost, still = DEALS[language]
    ends = (won, lost, still)
    rows = "".join(f"D{i},{i + 1}.5,{ends[i % 3]},2024-05-{1 + i % 27:02d}\n" for i in range(30))
    settings = proposed(tmp_path, {"export.csv": f"{header}\n{rows}"})
    [source] = settings.sources
    names = header.split(",")
    assert columns(source) == {
        "deal_id": names[0], "amount": names[1], "status": names[2], "closed_at": names[3],
    }  # fmt: skip
    assert source.columns["status"].map == {won: "won", lost: "lost", still: "open"}


def deals(known: int, of_all: int) -> str:
    rows = "".join(
        f"D{i},{f'L{i}' if i < known else f'X{i}'},{('Won', 'Lost')[i % 2]},{100 + i}.25\n"
        for i in range(of_all)
    )
    return "Deal,Customer ref,Status,Amount\n" + rows


def test_ids_found_in_another_file_are_references(tmp_path: Path) -> None:
    settings = proposed(tmp_path, {"leads.csv": leads(), "deals.csv": deals(30, 30)})
    assert columns(settings.sources[1])["lead_id"] == "Customer ref"


def test_references_that_mostly_hold_are_proposed_with_the_orphans_counted(tmp_path: Path) -> None:
    text = text_for(tmp_path, {"leads.csv": leads(), "deals.csv": deals(27, 30)})
    above, line = text.splitlines()[
        (at := next(i for i, t in enumerate(text.splitlines()) if "lead_id: Customer" in t)) - 1 :
    ][:2]
    assert at
    assert line.strip() == "lead_id: Customer ref"
    assert above.strip() == "# 90 % of these ids are known among the leads; 3 are not."


def test_references_that_hardly_hold_are_none(tmp_path: Path) -> None:
    settings = proposed(tmp_path, {"leads.csv": leads(), "deals.csv": deals(20, 30)})
    assert "lead_id" not in settings.sources[1].columns


def test_labels_that_are_almost_the_same_are_listed_and_stay_apart(tmp_path: Path) -> None:
    rows = "".join(
        f"L{i},2024-03-{1 + i % 27:02d},{('Facebook', 'facebook ', 'Facebok')[min(i % 30, 2)]}\n"
        for i in range(60)
    ).replace("Facebok", "Facebook", 50)
    files: Files = {"leads.csv": f"Lead ID,Created,Channel\n{rows}"}
    text = text_for(tmp_path, files)
    assert "“facebook” (2) is almost “Facebook” (" in text
    assert "“Facebok” (" in text
    assert "map: {Facebok: Facebook}" in text
    run("map", tmp_path)
    _, ask = load(tmp_path, {})
    found = {channel for (channel,) in ask("SELECT DISTINCT channel FROM w.leads")}
    assert found == {"Facebook", "facebook", "Facebok"}


def test_a_name_that_hardly_fits_is_shown_and_not_taken(tmp_path: Path) -> None:
    rows = "".join(f"D{i},L{i},Won,{i}\n" for i in range(30))
    files: Files = {
        "leads.csv": leads(),
        "deals.csv": f"Deal ID,Lead ID,Status,value of the car they drive\n{rows}",
    }
    text = text_for(tmp_path, files)
    assert "# amount: value of the car they drive  # unsure" in text
    assert "amount" not in proposed(tmp_path, files).sources[1].columns


def test_the_order_of_dates_is_asked_and_proposed_after_what_is_proved(tmp_path: Path) -> None:
    proved = "".join(f"D{i},Won,{1 + i:02d}/11/2024\n" for i in range(28))
    doubtful = "".join(f"L{i},{1 + i % 12:02d}/{1 + i % 9:02d}/2024,web\n" for i in range(40))
    files: Files = {
        "a_deals.csv": f"Deal ID,Status,Close Date\n{proved}",
        "b_leads.csv": f"Lead ID,Created Date,Channel\n{doubtful}",
    }
    text = text_for(tmp_path, files)
    assert 'created_at: {column: Created Date, format: "%d/%m/%Y"}' in text
    assert "? b_leads.csv: is “" in text
    assert "day-month or month-day?" in text


def test_thousands_without_decimals_are_asked_about(tmp_path: Path) -> None:
    rows = "".join(f"D{i};Won;{1 + i}.{100 + i}\n" for i in range(30))
    text = text_for(tmp_path, {"deals.csv": f"Deal ID;Status;Amount\n{rows}"})
    assert "? deals.csv: which sign is the decimal one, in “1.100”?" in text
    assert 'amount: {column: Amount, decimal: ","}' in text


def test_spend_said_several_times_a_day_is_summed(tmp_path: Path) -> None:
    rows = "".join(f"2024-01-{1 + i % 20:02d},web,A,{i}.5,10,2\n" for i in range(40))
    files: Files = {
        "leads.csv": leads(),
        "ads.csv": f"Day,Channel,Ad,Cost,Impressions,Clicks\n{rows}",
    }
    run("map", folder(tmp_path, files))
    _, ask = load(tmp_path, {})
    assert ask("SELECT count(*), sum(amount)::DOUBLE, sum(impressions) FROM w.spend") == [
        (20, sum(i + 0.5 for i in range(40)), 400)
    ]


def test_orders_ratings_people_and_changes(tmp_path: Path) -> None:
    def table(header: str, row: str, rows: int = 40) -> str:
        days = (f"2024-{1 + i % 12:02d}-{1 + i % 27:02d}" for i in range(rows))
        return header + "\n" + "".join(row.format(i=i, d=d) + "\n" for i, d in enumerate(days))

    files: Files = {
        "leads.csv": leads(),
        "orders.csv": table("Order No,Customer ID,Order Date,Total", "O{i},C{i},{d},{i}.50"),
        "survey.csv": "Response Date,NPS Score,Comment\n"
        + "".join(
            f"2024-02-{1 + i % 27:02d},{i % 11},the service was slow on day {i}\n"
            for i in range(40)
        ),
        "changes.csv": table(
            "Lead ID,Changed at,Field,Old value,New value", "L{i},{d} 10:00,Lead Score,{i},1{i}"
        ),
    }  # fmt: skip
    settings = proposed(tmp_path, files)
    found = {source.into: source for source in settings.sources}
    assert set(found) == {"leads", "orders", "ratings", "lead_changes"}
    assert columns(found["orders"]) == {
        "order_id": "Order No", "customer_id": "Customer ID", "ordered_at": "Order Date",
        "amount": "Total",
    }  # fmt: skip
    assert columns(found["ratings"])["score"] == "NPS Score"
    assert found["lead_changes"].columns["field"].map == {"Lead Score": "score"}
    (tmp_path / "proposed.yaml").rename(tmp_path / "salesaudit.yaml")
    _, ask = load(tmp_path, {})
    assert ask("SELECT count(*), min(field) FROM w.lead_changes") == [(40, "score")]


def test_a_second_file_of_people_without_ids_is_left_out_and_said(tmp_path: Path) -> None:
    rows = "".join(f"2024-03-{1 + i % 27:02d},web\n" for i in range(40))
    files: Files = {
        "leads.csv": "Created Date,Channel\n" + rows,
        "mqls.csv": "Created Date,Channel\n" + rows[: len(rows) // 2 + 1],
    }
    settings = proposed(tmp_path, files)
    assert [source.read for source in settings.sources] == ["leads.csv"]
    assert "mqls.csv: it has no ids, and leads.csv fills the leads" in text_for(tmp_path, {})


def test_contact_data_is_hashed_and_never_shown(tmp_path: Path) -> None:
    rows = "".join(f"L{i},2024-03-0{1 + i % 9},ann{i}@firm.com,Ann Smith {i}\n" for i in range(40))
    files: Files = {"leads.csv": f"Lead ID,Created,E-mail,Full name\n{rows}"}
    text = text_for(tmp_path, files)
    assert "contact_hash: E-mail" in text
    assert "@firm.com" not in text
    assert "Ann Smith" not in text


def test_files_without_a_header_or_of_no_known_kind_are_listed_with_why(tmp_path: Path) -> None:
    files: Files = {
        "leads.csv": leads(),
        "rows.csv": "".join(f"A{i},{i},x\n" for i in range(30)),
        "foo.csv": "a,b\n1,2\n3,4\n",
    }
    text = text_for(tmp_path, files)
    below = text[text.index("# Files that are not used:") :].replace("\n# ", " ")
    assert "foo.csv: no table of the audit fits its columns: a, b" in below
    assert "rows.csv: none of the first lines names every column" in below
    assert "header: [name, name]" in below


TEAM = "Rep ID,Name,Team\nR0,Ann Lee,East\nR1,Bob Ray,East\nR2,Cat Fox,West\n"
NAMES = ("Ann Lee", "Bob Ray", "Cat Fox")


def by_name(text: str) -> str:
    for place, name in enumerate(NAMES):
        text = text.replace(f",R{place}\n", f",{name}\n")
    return text


def test_the_team_is_joined_by_id(tmp_path: Path) -> None:
    settings = proposed(tmp_path, {"leads.csv": leads(), "team.csv": TEAM})
    team = next(source for source in settings.sources if source.into == "reps")
    assert columns(team) == {"rep_id": "Rep ID", "name": "Name", "team": "Team"}


def test_the_team_is_joined_by_names_only_where_they_differ(tmp_path: Path) -> None:
    files: Files = {"leads.csv": by_name(leads()), "team.csv": TEAM}
    settings = proposed(tmp_path, files)
    team = next(source for source in settings.sources if source.into == "reps")
    assert columns(team)["rep_id"] == "Name"
    twice = {**files, "team.csv": TEAM + "R3,Ann Lee,North\n"}
    assert "team.csv: the other files name its people, and two of them share a name: Ann Lee" in (
        text_for(tmp_path, twice).replace("\n# ", " ")
    )


def test_a_list_of_people_who_work_nothing_is_left_out(tmp_path: Path) -> None:
    users = "User ID,Name,Team\n" + "".join(f"U{i},Person {i},A\n" for i in range(9))
    text = text_for(tmp_path, {"leads.csv": leads(), "users.csv": users})
    assert "users.csv: nobody in it works a lead or a deal" in text
    assert "Person 1" not in text
