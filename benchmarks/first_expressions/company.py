"""A made-up company as a warehouse has it, put there block by block and not over files."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from ibis.backends import BaseBackend

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Tables
from salesaudit.measures.tables import scoped
from salesaudit.warehouse import schema
from salesaudit.warehouse.build import build
from salesaudit.warehouse.calendar import CompanyDays
from salesaudit.warehouse.schema import Kind
from salesaudit.warehouse.sql import quoted
from salesaudit.world.activities import KINDS
from salesaudit.world.base import HOUR
from salesaudit.world.canonical import canonical_files
from salesaudit.world.columns import Table
from salesaudit.world.companies import COMPANIES
from salesaudit.world.simulate import blocks
from salesaudit.world.tables import as_known
from salesaudit.world.truth import Company

NEEDED = ("leads", "stage_events", "deals", "reps", "activities", "contents", "content_touches")
CHANGED = 0.6  # of the deals: their amount was changed, up to three times
EARLY = 0.4  # of the leads: somebody, or a machine, tried to reach them soon after entry
SEED = 1


class Opened(NamedTuple):
    """A warehouse, open for the expressions that are timed."""

    con: BaseBackend
    tables: Tables
    content_touches: ir.Table
    scope: Scope
    settings: Settings
    days: CompanyDays


def write_company(file: Path, name: str, leads: int) -> None:
    """Make a company and put its canonical tables into a DuckDB file."""
    company = COMPANIES[name]
    con = duckdb.connect(str(file))
    con.execute("SET preserve_insertion_order = false")
    for table in schema.TABLES.values():
        con.execute(schema.create_sql(table))
    for number, history in enumerate(blocks(company, leads, SEED)):
        known = as_known(history)
        tables = {table: known[table] for table in NEEDED if table in known}
        tables["deal_changes"] = _changes(company, tables["deals"], number)
        tables["activities"] = _with_early(company, tables, number)
        _insert(con, company, tables)
    con.close()


def build_journeys(file: Path, name: str) -> None:
    """Build what the measures read, as a load does."""
    con = ibis.duckdb.connect(str(file))
    con.raw_sql("SET preserve_insertion_order = false")
    build(con, {table: con.table(table) for table in schema.TABLES}, settings_of(name), ())
    con.raw_sql("CHECKPOINT")
    con.disconnect()


def open_company(file: Path, name: str) -> Opened:
    """Open it for reading."""
    company, settings = COMPANIES[name], settings_of(name)
    con = ibis.duckdb.connect(str(file), read_only=True)
    scope = Scope(until=settings.until)
    stages = con.to_pyarrow(con.table("funnel_stages")).to_pylist()
    recorded = [stage["position"] for stage in stages if stage["recorded"]]
    tables = scoped(con.table, scope, lambda t: int(con.to_pyarrow(t.count()).as_py()), recorded)
    days = CompanyDays(settings.zone, company.first_day, company.last_day)
    return Opened(con, tables, con.table("content_touches"), scope, settings, days)


def settings_of(name: str) -> Settings:
    """The settings that its own ``salesaudit.yaml`` would hold."""
    company = COMPANIES[name]
    return Settings.model_validate({
        "timezone": company.timezone,
        "as_of": company.last_day,
        "automated_actors": (company.automated,),
        "funnel": [
            {"stage": stage, "role": role}
            for stage, role in zip(company.stages, company.roles, strict=True)
        ],
    })  # fmt: skip


def _changes(company: Company, deals: Table, number: int) -> Table:
    """Changes of amounts while the deals were open: the made-up companies have none of their own.

    Only ``old`` is read: an amount as known on a day is the old value of the first later change.
    """
    rng = np.random.default_rng((SEED, number))
    many = np.where(rng.random(len(deals["deal_id"])) < CHANGED, rng.integers(1, 4), 0)
    deal = np.repeat(np.arange(len(many)), many)
    end = np.datetime64(company.last_day, "s")
    closed = np.where(np.isnat(deals["closed_at"]), end, deals["closed_at"])
    open_for = np.maximum((closed - deals["created_at"]).astype(np.int64), 2)
    at = deals["created_at"][deal] + (rng.random(len(deal)) * open_for[deal]).astype(np.int64)
    _, first = np.unique(deals["deal_id"][deal].astype(str) + at.astype(str), return_index=True)
    deal, at = deal[first], at[first]
    old = np.round(deals["amount"][deal] * rng.lognormal(0.0, 0.5, len(deal)), 2)
    return {
        "deal_id": deals["deal_id"][deal],
        "changed_at": at,
        "field": np.full(len(deal), "amount", dtype=object),
        "old": old.astype(str).astype(object),
        "new": deals["amount"][deal].astype(str).astype(object),
    }


def _with_early(company: Company, tables: dict[str, Table], number: int) -> Table:
    """Activities, and with them early attempts, where the made-up sales teams wait for an MQL.

    Half of the attempts come within eight hours; one in five is a machine's.
    """
    leads, work = tables["leads"], tables["activities"]
    rng = np.random.default_rng((SEED, number, 1))
    lead = np.flatnonzero(rng.random(len(leads["lead_id"])) < EARLY)
    after = (rng.lognormal(np.log(8 * HOUR), 1.8, len(lead))).astype(np.int64)
    ids = [f"E{number}-{place}" for place in range(len(lead))]
    some = rng.choice([rep.rep_id for rep in company.reps], len(lead)).astype(object)
    early: Table = {
        "activity_id": np.array(ids, dtype=object),
        "rep_id": np.where(rng.random(len(lead)) < 0.2, company.automated, some),
        "done_at": leads["created_at"][lead] + after,
        "kind": np.full(len(lead), KINDS[0].name, dtype=object),
        "lead_id": leads["lead_id"][lead],
        "minutes": np.full(len(lead), 5.0),
        "outcome": np.full(len(lead), "", dtype=object),
        "lead": lead,
    }
    return {name: np.concatenate([column, early[name]]) for name, column in work.items()}


def _insert(con: duckdb.DuckDBPyConnection, company: Company, tables: dict[str, Table]) -> None:
    """Append a block; values take the same way through text as in the exports."""
    for file in canonical_files(company, tables):
        declared, columns = schema.TABLES[file.table], tables[file.table]
        texts: dict[str, Any] = {}
        casts = []
        for field in file.fields:
            column = declared.column(field.header)
            if column is None:
                continue
            texts[column.name] = pa.array(field.write(columns[field.column]), pa.string())
            text = quoted(column.name)
            filled = text if column.key and column.kind is Kind.CATEGORY else f"nullif({text}, '')"
            casts.append(f"CAST({filled} AS {column.kind.sql})")
        con.register("block", pa.table(texts))
        names = ", ".join(quoted(name) for name in texts)
        con.execute(
            f"INSERT INTO {quoted(file.table)} ({names}) SELECT {', '.join(casts)} FROM block"
        )
        con.unregister("block")
