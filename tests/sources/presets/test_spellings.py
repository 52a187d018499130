"""The same export by other names: of an API, an older version, a screen in another language."""

# ruff: noqa: E501 -- exports have long lines

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from cli.shell import load


class Spelled(NamedTuple):
    """A file, the preset it is, and what one of its records says."""

    preset: str
    text: str
    table: str
    key: str
    said: dict[str, str | None]
    settings: str = ""


DEALS_OF_AN_API = """\
id,title,value,currency,stage_id,pipeline_id,status,add_time,won_time,lost_time,close_time,owner_id
1,"Lifts, two",100,THB,3,1,won,2024-01-05 09:00:00,2024-03-01 10:00:00,,2024-03-01 10:00:00,11
2,x,100,THB,3,1,open,2024-01-31 09:00:00,,,,11
"""
DEALS_IN_CZECH = """\
Obchod - ID,Obchod - Název,Obchod - Hodnota,Obchod - Fáze,Obchod - Stav,Obchod - Vlastník,Obchod - Datum výhry
1,Výtah,100,Jednání,Won,Nok Dee,2024-03-01 10:00:00
"""
ZOHO_LEADS_OF_AN_API = """\
id,Owner,Lead_Source,Lead_Status,Company,Email,Created_Time
5361160000000018001,Adam Kane,Chat,New,"Siam, Sons",ann@example.org,2024-01-05T09:00:00+07:00
"""
ZOHO_DEALS_OF_AN_API = """\
id,Deal_Name,Stage,Amount,Closing_Date,Created_Time,Owner,Lead_Source
5361160000000030001,Lifts,Closed Won,100,2024-02-28,2024-01-05T09:00:00+07:00,Adam Kane,Chat
"""
ZOHO_DEALS_OF_A_SCREEN = """\
Deal Owner,Record Id,Amount,Deal Name,Closing Date,Stage,Lead Source,Created Time
Adam Kane,zcrm_5361160000000030001,100,Lifts,28/02/2024,Closed Lost,Chat,05/01/2024 09:00
Adam Kane,zcrm_5361160000000030002,100,Lifts,30/02/2024,Qualification,Chat,25/01/2024 09:00
"""
ODOO_TECHNICAL = """\
id,name,type,active,stage_id,user_id,expected_revenue,probability,create_date,date_closed,source_id
__export__.crm_lead_1,Lifts,opportunity,True,Won,Nok Dee,100.5,100.0,2024-01-05 09:00:00,2024-03-01 10:00:00,Web
__export__.crm_lead_2,Lifts,opportunity,,New,Nok Dee,100.5,0.0,2024-01-05 09:00:00,2024-03-02 10:00:00,Web
"""
ODOO_OLDER = """\
id,active,contact_name,company_id/id,country_id/id,partner_name,email_from,type,probability,user_id/id,name,source_id/id,priority,medium_id/id,date_deadline,planned_revenue,partner_id/id
a.lead_1,True,Ann,base.main_company,base.th,"Siam, Sons",ann@example.org,opportunity,100.0,base.user_admin,Lifts,utm.web,1,,2024-03-01,100.5,base.p1
"""
ODOO_LABELS = """\
ID,Opportunity,Type,Active,Stage,Probability,Salesperson,Expected Revenue,Created on,Closed Date,Lost Reason,Source
7,Lifts,Opportunity,FALSE,New,0,Nok Dee,100.5,2024-01-05 09:00:00,2024-03-01 10:00:00,Too expensive,Web
"""
DYNAMICS_OF_AN_API = """\
opportunityid,name,statecode,statuscode,estimatedvalue,actualvalue,estimatedclosedate,actualclosedate,_ownerid_value,createdon,_originatingleadid_value
B1B2C3D4-0000-4000-8000-000000000001,Lifts,1,3,100,120.5,2024-02-25,2024-03-01,D1B2C3D4-0000-4000-8000-000000000001,2024-01-05T09:00:00Z,A1B2C3D4-0000-4000-8000-000000000001
B1B2C3D4-0000-4000-8000-000000000002,Lifts,2,4,100,,2024-02-25,2024-03-01,D1B2C3D4-0000-4000-8000-000000000001,2024-01-05T09:00:00Z,
"""
MICROS = """\
segments.date,campaign.name,metrics.cost_micros,metrics.impressions,metrics.clicks,customer.currency_code
2024-01-01,"Brand, exact",1234500000,1000,12,THB
2024-01-02,"Brand, exact",0,0,0,THB
"""
EUROS = """\
Day;Campaign name;Reporting starts;Reporting ends;Amount spent (EUR);Impressions;Link clicks
2024-01-01;Leads;2024-01-01;2024-01-31;1.234,50;1000;12
2024-01-02;Leads;2024-01-01;2024-01-31;10,00;1000;12
"""
BY_DEVICE = """\
Day,Campaign,Device,Currency code,Cost,Impr.,Clicks
2024-01-01,Brand,Mobile phones,THB,"1,234.50",900,5
2024-01-01,Brand,Computers,THB,20.00,100,2
2024-01-01,Brand,Tablets,THB,20.00,100,0
2024-01-02,Brand,Computers,THB,7.00,10,1
"""
A_MONTH = """\
Reporting starts,Reporting ends,Campaign name,Amount spent (USD),Impressions
2024-01-01,2024-01-31,Leads,120.50,1000
"""

SPELLED = (
    Spelled("pipedrive-deals", DEALS_OF_AN_API, "deals", "1",
            {"status": "won", "rep_id": "11", "closed_at": "2024-03-01 10:00:00"}),
    Spelled("pipedrive-deals", DEALS_IN_CZECH, "deals", "1",
            {"status": "won", "stage": "Jednání", "amount": "100.00", "rep_id": "Nok Dee"}),
    Spelled("zoho-leads", ZOHO_LEADS_OF_AN_API, "leads", "5361160000000018001",
            {"created_at": "2024-01-05 02:00:00", "owner_id": "Adam Kane", "channel": "Chat"}),
    Spelled("zoho-deals", ZOHO_DEALS_OF_AN_API, "deals", "5361160000000030001",
            {"status": "won", "closed_at": "2024-02-28 00:00:00"}),
    Spelled("zoho-deals", ZOHO_DEALS_OF_A_SCREEN, "deals", "5361160000000030001",
            {"status": "lost", "closed_at": "2024-02-28 00:00:00"}),
    Spelled("odoo-leads", ODOO_TECHNICAL, "deals", "__export__.crm_lead_1",
            {"status": "won", "lead_id": "__export__.crm_lead_1", "rep_id": "Nok Dee"}),
    Spelled("odoo-leads", ODOO_TECHNICAL, "deals", "__export__.crm_lead_2",
            {"status": "lost", "closed_at": "2024-03-02 10:00:00"}),
    Spelled("odoo-leads", ODOO_OLDER, "deals", "a.lead_1",
            {"status": "won", "rep_id": "base.user_admin", "amount": "100.50", "closed_at": None},
            settings="as_of: 2024-04-01\n"),
    Spelled("odoo-leads", ODOO_LABELS, "deals", "7",
            {"status": "lost", "lost_reason": "Too expensive"}),
    Spelled("dynamics-opportunities", DYNAMICS_OF_AN_API, "deals",
            "b1b2c3d4-0000-4000-8000-000000000001",
            {"status": "won", "amount": "120.50", "lead_id": "a1b2c3d4-0000-4000-8000-000000000001"}),
    Spelled("google-ads-campaigns", MICROS, "spend", "2024-01-01",
            {"amount": "1234.50", "clicks": "12", "until_on": None}, "currency: THB\n"),
    Spelled("meta-ads-campaigns", EUROS, "spend", "2024-01-01",
            {"amount": "1234.50", "until_on": None}, "currency: EUR\n"),
    Spelled("google-ads-campaigns", BY_DEVICE, "spend", "2024-01-01",
            {"amount": "1274.50", "impressions": "1100", "clicks": "7"}, "currency: THB\n"),
    Spelled("meta-ads-campaigns", A_MONTH, "spend", "2024-01-01",
            {"amount": "120.50", "until_on": "2024-01-31"}, "currency: USD\n"),
)  # fmt: skip


@pytest.mark.parametrize("given", SPELLED, ids=lambda g: f"{g.preset}-{g.text[:20]}-{g.key}")
def test_an_export_is_known_by_its_other_names(given: Spelled, tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {"export.csv": given.text}
    if given.table == "spend":
        files["leads.csv"] = "lead_id,created_at\nL1,2024-01-31\n"
    if given.settings:
        files["salesaudit.yaml"] = given.settings
    loaded, ask = load(tmp_path, files, once=True)
    taken = {e.recognised.preset.preset for e in loaded.entries if e.recognised}
    assert given.preset in taken
    columns = ", ".join(f"CAST({name} AS VARCHAR)" for name in given.said)
    key = {"deals": "deal_id", "leads": "lead_id", "spend": "CAST(spent_on AS VARCHAR)"}
    found = ask(f"SELECT {columns} FROM w.{given.table} WHERE {key[given.table]} = '{given.key}'")
    assert found == [tuple(given.said.values())]


def test_totals_of_a_report_are_refused_as_such(tmp_path: Path) -> None:
    totals = "Total: Campaigns, --,,THB,27.00,110,1\nTotal: Account, --,,THB,27.00,110,1\n"
    files = {"report.csv": BY_DEVICE + totals, "leads.csv": "lead_id,created_at\nL1,2024-01-31\n"}
    loaded, ask = load(tmp_path, {**files, "salesaudit.yaml": "currency: THB\n"}, once=True)
    entry = next(e for e in loaded.entries if e.name == "report.csv")
    assert [(r.reason, r.records) for r in entry.reasons] == [("totals_row", 2)]
    assert ask("SELECT count(*), sum(amount)::VARCHAR FROM w.spend") == [(2, "1281.50")]


def test_a_report_over_more_than_a_month_is_asked_for_by_day(tmp_path: Path) -> None:
    leads = "lead_id,created_at\nL1,2024-01-31\n"
    quarter = A_MONTH.replace("2024-01-31,Leads", "2024-03-31,Leads")
    settings = "currency: USD\n"
    loaded, _ = load(
        tmp_path / "quarter",
        {"report.csv": quarter, "leads.csv": leads, "salesaudit.yaml": settings},
    )
    said = [note.params for note in loaded.notes if note.id == "ingest.long_span"]
    assert [(n["file"], n["rows"], str(n["last"])) for n in said] == [
        ("report.csv", 1, "2024-03-31")
    ]
    loaded, _ = load(
        tmp_path / "month", {"report.csv": A_MONTH, "leads.csv": leads, "salesaudit.yaml": settings}
    )
    assert "ingest.long_span" not in {note.id for note in loaded.notes}
