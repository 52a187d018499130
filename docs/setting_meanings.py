"""What each key of ``salesaudit.yaml`` means; ``docs/build.py`` fails where one is missing."""

from __future__ import annotations

from pydantic import BaseModel

from salesaudit.core.settings import (
    ColumnSpec,
    CustomerValue,
    ExchangeRate,
    ReadSelect,
    Settings,
    SourceSpec,
    Target,
    WorkingHours,
)

MODELS: dict[type[BaseModel], str] = {
    Settings: "The company",
    SourceSpec: "A source (`sources`)",
    ReadSelect: "A query as a source (`read`)",
    ColumnSpec: "A column (`columns`)",
    Target: "A target (`targets`)",
    WorkingHours: "Working hours (`working_hours`)",
    CustomerValue: "Worth of a customer (`customer_value`)",
    ExchangeRate: "An exchange rate (`exchange_rates`)",
}
LATER = "Checked now, used later."

MEANINGS: dict[str, dict[str, str]] = {
    "Settings": {
        "company": "Name on the report.",
        "currency": "Of all amounts, as ISO 4217 writes it: `THB`, `BRL`.",
        "timezone": "Of days, and of times that do not name one: `Asia/Bangkok`.",
        "fiscal_year_start": f"Month in which the year of plans begins. {LATER}",
        "as_of": "The end of what is known, a day whose events count. Default: the day of the "
        "newest event on record, never today's date.",
        "business_model": f"`one_off`, `repeat` or `recurring`. {LATER}",
        "customer_value": f"What counts as the worth of a new customer. {LATER}",
        "gross_margin": "Fraction of a sale that stays after direct cost, or a map by product; "
        f"used where no margin is given. {LATER}",
        "return_floor": f"What each unit of marketing spend must bring back. {LATER}",
        "exchange_rates": "What one unit of another currency is worth in the company's: "
        "`{USD: 35.2}`, or a list of rates with the day from which each holds.",
        "funnel": "The company's own stages in their order: a name, `name: role`, or "
        "`{stage: ..., role: ..., label: {th: ...}}`. The roles are `visitor`, `lead`, `mql`, "
        "`pitched`, `sql`, `customer`; questions follow roles, never names.",
        "lost_stages": "Stages that end a case, each with its reason.",
        "working_hours": f"When the sales team works. {LATER}",
        "cost_per_hour": f"Full cost of an hour of a rep. {LATER}",
        "share_for_leads": f"Part of a rep's week that goes to leads. {LATER}",
        "hand_over": f"Stage at which sales takes a lead over. {LATER}",
        "automated_actors": "Ids in the stage history that are a machine, not a colleague.",
        "names": "`show` or `hide` the names of the sales team.",
        "quotes": f"Whether customers' words may stand in the report. {LATER}",
        "calendar": "`buddhist` or `gregorian` years in Thai texts.",
        "targets": f"The company's goals. {LATER}",
        "sources": "Which file fills which table. Without it, only what is recognised is read.",
    },
    "SourceSpec": {
        "read": "A file, a pattern such as `leads-*.csv`, a table of a "
        "[database](guide/databases.md) (`postgres://user@host/db#table`, `crm.sqlite#table`), "
        "or `{select: ...}`.",
        "into": "The [canonical table](tables.md) that it fills.",
        "preset": "In place of `into` and `columns`: the kind of export that it is, as `check` "
        "names it; `none` leaves the file out. Where `sources` only names presets, all other files "
        "of the folder are recognised as without it.",
        "name": "Name in the account; by default the file's.",
        "where": "A condition on the file's columns, as in SQL. A record that it leaves out is "
        "counted as blank, not as refused.",
        "columns": "Canonical column: the file's column, or one of the forms below.",
        "stages": "Where a row holds one date column for each stage: stage name: column.",
        "names": "Columns that name people or firms, such as `[First Name, Last Name, Company]`. "
        "They are never kept; the names are [masked](guide/people.md) in every text of the load.",
        "merged_ids": "Column of the ids that were merged into this record, as "
        '`{column: Merged contact IDs, split: ";"}`. What names one of them '
        "[counts](guide/people.md#one-record-one-person) for this record.",
        "merged_into": "Column of the id that this record was merged into; it and what names it "
        "count for that one.",
        "modified": "Column of the time at which the record was last changed, as "
        "`Last Modified Date` or `{column: ..., format: ...}`. Of two records with one id the "
        "later one [counts](guide/refresh.md).",
        "full": "`true`: every export of this source is whole, so what one no longer has is "
        "[gone](guide/refresh.md). `false`: exports are parts. Default: found out.",
        "encoding": "Of the file, where it is not recognised: `utf-8`, `windows-874`, ...",
        "timezone": "Of this source's times, where it differs from the company's.",
        "header": "Names of the columns of a file that does not name them; one name: whole lines.",
        "accept_refused": "Part of the records that may be refused before the load stops and asks.",
        "accept_orphans": "Part of a column's references that may name no record before the load "
        "asks; people of the sales team do not count.",
    },
    "ReadSelect": {
        "select": "A query over the folder's files, each a table named by its file, every column "
        "text. It runs shut in: no other files, no network, no writing.",
    },
    "ColumnSpec": {
        "column": "The file's column. `lead_id: Id` is short for `lead_id: {column: Id}`.",
        "format": "Of a day or time: `%d/%m/%Y %H:%M`.",
        "decimal": "`.` or `,`: the decimal sign of a number, where its cells leave it open.",
        "era": "`buddhist` where years are counted from 543 BC.",
        "timezone": "Of these times, where it differs from the source's.",
        "map": 'File\'s value: canonical value. The key `""` is an empty cell.',
        "value": "A constant.",
        "row": "`true`: the record's number, where the file has no id. Over a query, the columns "
        "to number by: `[application, done]`.",
        "currency": "Of this amount: a code, or the column that holds it.",
        "sql": "An expression over the file's columns; shut in like a query.",
        "split": 'What stands between several ids in one cell: `";"`. The first counts.',
    },
    "Target": {
        "metric": "`revenue`, `customers`, `leads`, `mqls`, `pitched` or `sqls`.",
        "starts_on": "First day.",
        "ends_on": "Last day.",
        "amount": "The goal.",
    },
    "WorkingHours": {
        "days": "Days of the week.",
        "from": "First hour.",
        "to": "Last hour.",
        "holidays": "Days off.",
    },
    "CustomerValue": {
        "basis": "`first_order`, `first_year` or `life`.",
        "months": "Months looked ahead.",
    },
    "ExchangeRate": {
        "from": "First day on which it holds.",
        "rate": "Worth of one unit in the company's currency.",
    },
}
