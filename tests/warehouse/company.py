"""A company of a few hand-written rows, built as a warehouse in memory."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, TypeVar

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends import BaseBackend

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure
from salesaudit.measures.tables import scoped
from salesaudit.warehouse import schema
from salesaudit.warehouse.build import Built, build, rows_of
from salesaudit.warehouse.funnel_stages import FunnelStage, MappedColumn
from salesaudit.warehouse.sql import quoted

R = TypeVar("R", bound=tuple[Any, ...])
Row = dict[str, Any]


def lead(lead_id: str, created_at: str | None = None, **fields: object) -> Row:
    """A row of ``leads``; moments are UTC."""
    return {"lead_id": lead_id, "created_at": created_at, **fields}


def deal(deal_id: str, status: str, lead_id: str | None = None, **fields: object) -> Row:
    """A row of ``deals``."""
    return {"deal_id": deal_id, "status": status, "lead_id": lead_id, **fields}


def event(lead_id: str, stage: str, entered_at: str, actor_id: str | None = None) -> Row:
    """A lead enters a stage."""
    return {"lead_id": lead_id, "stage": stage, "entered_at": entered_at, "actor_id": actor_id}


def deal_event(deal_id: str, stage: str, entered_at: str, actor_id: str | None = None) -> Row:
    """A deal enters a stage."""
    return {"deal_id": deal_id, "stage": stage, "entered_at": entered_at, "actor_id": actor_id}


def funnel(*stages: str, **settings: Any) -> Settings:
    """Settings with these stages; one of the default five has its role, ``name=role`` another."""
    read = [
        dict([part.split("=")]) if "=" in part else part  # Won=customer
        for part in stages
    ]
    return Settings.model_validate({"funnel": read, **settings})


class Company:
    """Rows, the warehouse built of them, and the end of knowledge T that it found."""

    def __init__(
        self,
        *,
        leads: Sequence[Row] = (),
        deals: Sequence[Row] = (),
        events: Sequence[Row] = (),
        reps: Sequence[Row] = (),
        activities: Sequence[Row] = (),
        lead_changes: Sequence[Row] = (),
        deal_changes: Sequence[Row] = (),
        settings: Settings | None = None,
        mapped: Sequence[MappedColumn] = (),
        con: BaseBackend | None = None,
    ) -> None:
        given = settings or Settings()
        self.con = con if con is not None else ibis.duckdb.connect()
        rows = {
            "leads": leads,
            "deals": deals,
            "stage_events": events,
            "reps": reps,
            "activities": activities,
            "lead_changes": lead_changes,
            "deal_changes": deal_changes,
        }
        for table in schema.TABLES.values():
            self.con.raw_sql(schema.create_sql(table))
            insert(self.con, table, rows.get(table.name, ()))
        canonical = {name: self.con.table(name) for name in schema.TABLES}
        self.built: Built = build(self.con, canonical, given, mapped)
        self.settings = given.model_copy(update={"as_of": self.built.until})

    @property
    def journeys(self) -> dict[str, SimpleNamespace]:
        """Rows of ``journeys`` by the lead's id, or the deal's where it has no lead."""
        rows = rows_of(self.con.table("journeys"), self.con)
        return {row["journey_id"].split("/", 1)[1]: SimpleNamespace(**row) for row in rows}

    @property
    def stages(self) -> dict[str, FunnelStage]:
        """What was decided of each stage, by name."""
        return {stage.stage: stage for stage in self.built.stages}

    def run(
        self,
        measure: Measure[R],
        since: date | None = None,
        where: Mapping[str, tuple[str, ...]] | None = None,
    ) -> tuple[R, ...]:
        """Rows of a measure, in the order in which it gives them."""
        scope = Scope(self.built.until, since, tuple((where or {}).items()))
        known = [stage.position for stage in self.built.stages if stage.recorded]
        return run_on(self.con, measure, scope, self.settings, known)


def run_on(
    con: BaseBackend,
    measure: Measure[R],
    scope: Scope,
    settings: Settings,
    recorded: Collection[int] | None = None,
) -> tuple[R, ...]:
    """Rows of a measure on a built warehouse."""

    def count(table: ir.Table) -> int:
        return int(con.to_pyarrow(table.count()).as_py())

    tables = scoped(con.table, scope, count, recorded)
    expression = measure.build(tables, scope, settings)
    return tuple(measure.row(**row) for row in rows_of(expression, con))


def insert(con: BaseBackend, table: schema.Table, rows: Sequence[Row]) -> None:
    """Write rows as they would be loaded; a column that a row does not name is empty."""
    if not rows:
        return
    names = [column.name for column in table.columns]
    for row in rows:
        assert set(row) <= set(names), f"{table.name} has no {set(row) - set(names)}"
    text = {
        name: [None if (v := row.get(name)) is None else str(v) for row in rows] for name in names
    }
    types = pa.schema([(name, pa.string()) for name in names])
    casts = ", ".join(f"CAST({quoted(c.name)} AS {c.kind.sql})" for c in table.columns)
    con.con.register("given_rows", pa.table(text, schema=types))  # type: ignore[attr-defined]
    con.raw_sql(f"INSERT INTO {quoted(table.name)} SELECT {casts} FROM given_rows")
    con.con.unregister("given_rows")  # type: ignore[attr-defined]


def day(text: str) -> date:
    """A day written as in the rows."""
    return date.fromisoformat(text)


def money(text: str) -> Decimal:
    """An amount written as in the rows."""
    return Decimal(text)
