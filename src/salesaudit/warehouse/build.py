"""From canonical tables to what measures read, as known at the end of knowledge T."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _
from ibis.backends import BaseBackend

from salesaudit.core.errors import WarehouseError
from salesaudit.core.settings import Settings
from salesaudit.core.texts import Text
from salesaudit.warehouse import schema
from salesaudit.warehouse.calendar import CompanyDays
from salesaudit.warehouse.funnel_stages import (
    FunnelStage,
    MappedColumn,
    counts,
    days_of_stages,
    funnel_stages,
)
from salesaudit.warehouse.horizon import Recorded, end_of_knowledge, recorded
from salesaudit.warehouse.journeys import Canonical, Funnel, columns, journeys, known_deals

EARLIEST, LATEST = date(1970, 1, 1), date(2069, 12, 31)  # years whose clock changes are known

NO_STAMP = Text(
    "build.no_stamp",
    en="No date of anything that happened was found in the data.",
    th="ไม่พบวันที่ของเหตุการณ์ใดเลยในข้อมูล",
)
BRING_STAMP = Text(
    "build.bring_stamp",
    en="Map leads.created_at or deals.closed_at, or give --as-of.",
    th="กำหนดคอลัมน์สำหรับ leads.created_at หรือ deals.closed_at หรือระบุ --as-of",
)
TOO_EARLY = Text(
    "build.too_early",
    en="Nothing is on record by {day}: the first date in the data is {first}.",
    th="ไม่มีข้อมูลจนถึงวันที่ {day} วันแรกในข้อมูลคือ {first}",
)
LATER = Text(
    "build.later",
    en="Choose a later --as-of.",
    th="เลือก --as-of ให้เป็นวันที่หลังจากนั้น",
)


class Built(NamedTuple):
    """What was built, and as of when."""

    until: date
    recorded: tuple[Recorded, ...]
    stages: tuple[FunnelStage, ...]


def build(
    con: BaseBackend,
    canonical: Mapping[str, ir.Table],
    settings: Settings,
    mapped: Sequence[MappedColumn],
    progress: Callable[[str], None] = lambda _: None,
) -> Built:
    """Build ``journeys``, ``funnel_stages``, ``known_deals`` and ``recorded``.

    Args:
        con: the engine; the tables are written to its current schema.
        canonical: the canonical tables by name.
        settings: funnel, time zone, ``as_of``.
        mapped: which source column fills what.
        progress: told the name of each part that begins.

    Raises:
        WarehouseError: no stamp is on record, or none by ``as_of``.
    """
    canonical = {**canonical, "deals": _closed_only(canonical["deals"])}
    days = _company_days(con, canonical, settings)
    progress("recorded")
    spans = _recorded(con, canonical, days)
    until = settings.as_of or end_of_knowledge(spans)
    if until is None:
        raise WarehouseError(NO_STAMP, BRING_STAMP)
    if spans and until < min(span.oldest for span in spans):
        first = min(span.oldest for span in spans)
        raise WarehouseError(TOO_EARLY, LATER, day=until, first=first)
    funnel = Funnel.of(settings)
    tables = Canonical(*(canonical[name] for name in Canonical._fields))
    progress("journeys")
    moving = journeys(tables, funnel, days, until)
    con.create_table("journey_moments", moving, temp=con.name != "pyspark")  # Spark has none
    moments = con.table("journey_moments")
    con.create_table("journeys", moments.select(*columns(funnel)))
    stages = _stages(con, moments, days, settings, mapped)
    con.drop_table("journey_moments")
    _write(con, "funnel_stages", stages, _STAGE_SCHEMA)
    _write(con, "recorded", spans, _RECORDED_SCHEMA)
    con.create_table("known_deals", known_deals(tables, days, until))
    return Built(until, tuple(spans), tuple(stages))


def _closed_only(deals: ir.Table) -> ir.Table:
    """Deals without the close date of open ones: it is a plan, whatever column it was given in."""
    closed_at = ibis.ifelse(deals.status == "open", ibis.null("timestamp"), deals.closed_at)
    return deals.mutate(closed_at=closed_at)


def _company_days(
    con: BaseBackend, canonical: Mapping[str, ir.Table], settings: Settings
) -> CompanyDays:
    ends = [
        canonical[table].aggregate(first=_[column].min(), last=_[column].max())
        for table, column in schema.event_stamps()
    ]
    found = [row for row in rows_of(ibis.union(*ends), con) if row["first"] is not None]
    if not found:
        return CompanyDays(settings.zone, EARLIEST, EARLIEST)
    first = min(row["first"].date() for row in found)
    last = max(*(row["last"].date() for row in found), settings.as_of or EARLIEST)
    return CompanyDays(settings.zone, max(first, EARLIEST), min(last, LATEST))


def _recorded(
    con: BaseBackend, canonical: Mapping[str, ir.Table], days: CompanyDays
) -> list[Recorded]:
    parts = []
    for table, column in schema.event_stamps():
        stamps = canonical[table].filter(_[column].notnull())
        daily = stamps.group_by(day=days.day(stamps[column])).aggregate(stamps=_.count())
        parts.append(daily.mutate(origin=ibis.literal(f"{table}.{column}")))
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    for row in rows_of(ibis.union(*parts), con):
        found[row["origin"]].append((row["day"], row["stamps"]))
    spans = (recorded(*origin, found[".".join(origin)]) for origin in schema.event_stamps())
    return [span for span in spans if span is not None]


def _stages(
    con: BaseBackend,
    moments: ir.Table,
    days: CompanyDays,
    settings: Settings,
    mapped: Sequence[MappedColumn],
) -> list[FunnelStage]:
    positions = range(1, len(settings.funnel) + 1)
    [counted] = rows_of(counts(moments, positions, days), con)
    daily = rows_of(days_of_stages(moments, positions), con)
    stamp_days = [(row["position"], row["day"], row["stamps"]) for row in daily]
    return funnel_stages(counted, stamp_days, mapped, settings)


_STAGE_SCHEMA = ibis.schema(
    {
        "position": "int64", "stage": "string", "role": "string", "reached": "int64",
        "own_stamp": "int64", "same_as_before": "int64", "source_column": "string",
        "recorded": "boolean", "recorded_from": "date",
    }
)  # fmt: skip
_RECORDED_SCHEMA = ibis.schema(
    {
        "table": "string", "column": "string", "first": "date", "last": "date", "stamps": "int64",
        "before": "int64", "after": "int64", "oldest": "date", "newest": "date",
    }
)  # fmt: skip


def _write(
    con: BaseBackend, name: str, rows: Sequence[tuple[Any, ...]], table: ibis.Schema
) -> None:
    """Write a small table as an expression: an engine's own way in may turn None into text."""
    if not rows:
        con.create_table(name, schema=table)
        return
    places = ibis.memtable({"place": list(range(len(rows)))})
    columns = {
        column: ibis.cases(
            *((places.place == i, ibis.literal(row[k], kind)) for i, row in enumerate(rows)),
            else_=ibis.null(kind),
        )
        for k, (column, kind) in enumerate(table.items())
    }
    con.create_table(name, places.select(**columns))


def rows_of(table: ir.Table, con: BaseBackend | None = None) -> list[dict[str, Any]]:
    """A small table's rows, by Arrow: exact types on every engine."""
    arrow = con.to_pyarrow(table) if con is not None else table.to_pyarrow()
    rows: list[dict[str, Any]] = arrow.to_pylist()
    return rows
