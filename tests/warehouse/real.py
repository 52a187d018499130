"""Two public data sets as canonical rows, read by plain SQL and not by the product's readers."""

from __future__ import annotations

from functools import cache

import ibis

from real_data import folder
from salesaudit.core.settings import Settings
from salesaudit.warehouse import schema
from salesaudit.warehouse.build import build
from warehouse.company import Company, funnel

OLIST = funnel("mql", "customer", timezone="America/Sao_Paulo", currency="BRL")
LOANS = (
    "A_SUBMITTED=lead", "A_PREACCEPTED=mql", "A_ACCEPTED=pitched", "O_SENT=sql", "O_SENT_BACK",
    "A_APPROVED=customer",
)  # fmt: skip
LOST = {"A_DECLINED": "declined", "A_CANCELLED": "cancelled"}


class Loaded(Company):
    """A company whose rows are written by SQL."""

    def __init__(self, settings: Settings, **selects: str) -> None:
        self.con = ibis.duckdb.connect()
        for table in schema.TABLES.values():
            self.con.raw_sql(schema.create_sql(table))
        for name, select in selects.items():
            self.con.raw_sql(f"INSERT INTO {name} BY NAME {select}")
        canonical = {name: self.con.table(name) for name in schema.TABLES}
        self.built = build(self.con, canonical, settings, ())
        self.settings = settings.model_copy(update={"as_of": self.built.until})


@cache
def olist() -> Company:
    """Leads, and a won deal for each of the 842 that closed; days and times are Sao Paulo's."""
    at = folder("olist")
    return Loaded(
        OLIST,
        leads=f"""
            SELECT mql_id AS lead_id, origin AS channel, landing_page_id AS source_detail,
                strptime(first_contact_date, '%d-%m-%Y') AT TIME ZONE 'America/Sao_Paulo'
                    AT TIME ZONE 'UTC' AS created_at
            FROM read_csv('{at}/olist_marketing_qualified_leads_dataset.csv', all_varchar=true)""",
        deals=f"""
            SELECT mql_id AS deal_id, mql_id AS lead_id, seller_id AS customer_id, sr_id AS rep_id,
                'won' AS status, business_segment AS product,
                strptime(won_date, '%d-%m-%Y %H:%M') AT TIME ZONE 'America/Sao_Paulo'
                    AT TIME ZONE 'UTC' AS closed_at
            FROM read_csv('{at}/olist_closed_deals_dataset.csv', all_varchar = true)""",
    )


@cache
def loans(by_deals: bool, as_of: str = "2012-01-01") -> Company:
    """Applications with every change of status; outcomes from deals or from losing stages."""
    at = folder("loan_pipeline")
    changes = f"read_csv('{at}/status_changes.csv', all_varchar = true)"
    applications = f"read_csv('{at}/applications.csv', all_varchar = true)"
    utc = "CAST({} AS TIMESTAMPTZ) AT TIME ZONE 'UTC'"
    ends = "('A_APPROVED', 'A_DECLINED', 'A_CANCELLED')"
    selects = {
        "leads": f"""SELECT application AS lead_id, {utc.format("registered_at")} AS created_at
            FROM {applications}""",
        "stage_events": f"""SELECT application AS lead_id, status AS stage, "user" AS actor_id,
            {utc.format('"at"')} AS entered_at FROM {changes}""",
    }
    if by_deals:
        selects["deals"] = f"""
            SELECT application AS deal_id, application AS lead_id, amount_requested AS amount,
                {utc.format("registered_at")} AS created_at,
                {utc.format('ended."at"')} AS closed_at,
                CASE ended.status WHEN 'A_APPROVED' THEN 'won' WHEN 'A_DECLINED' THEN 'lost'
                    WHEN 'A_CANCELLED' THEN 'lost' ELSE 'open' END AS status
            FROM {applications} LEFT JOIN (SELECT application, status, min("at") AS "at"
                FROM {changes} WHERE status IN {ends} GROUP BY ALL) ended USING (application)"""
    settings = funnel(
        *LOANS, timezone="Europe/Amsterdam", currency="EUR", as_of=as_of,
        lost_stages={} if by_deals else LOST, automated_actors=("112",),
    )  # fmt: skip
    return Loaded(settings, **selects)
