"""Which stages of the funnel are recorded: decided once, from the moments of their stamps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.settings import Settings
from salesaudit.warehouse.calendar import CompanyDays
from salesaudit.warehouse.horizon import recorded

OWN_SHARE = 0.05  # of those who reached a stage: fewer own stamps and it is not recorded
SAME_SHARE = 0.95  # equal to the stage before for more own stamps: it is the same stamp twice


class FunnelStage(NamedTuple):
    """A stage of the funnel and how well it is on record."""

    position: int
    stage: str
    role: str | None
    reached: int | None  # None where the stage is not recorded
    own_stamp: int
    same_as_before: int  # own stamps equal, to the second, to the stage before
    source_column: str | None
    recorded: bool
    recorded_from: date | None


class MappedColumn(NamedTuple):
    """A source's column that fills a canonical column (or a stage's stamps)."""

    table: str
    column: str
    stage: str | None
    source: str
    source_column: str


def counts(journeys: ir.Table, positions: Sequence[int], days: CompanyDays) -> ir.Table:
    """One row: for each stage who reached it, own stamps, and stamps equal to the stage before."""
    found: dict[str, ir.Scalar] = {}
    for i in positions:
        at = journeys[f"stage_{i}_at"]
        found[f"reached_{i}"] = ((_.furthest >= i) & (_.start <= i)).sum()
        found[f"own_{i}"] = at.count()
        found[f"timed_{i}"] = (days.local(at) != days.local(at).truncate("D")).sum()
        if i > 1:
            before = journeys[f"stage_{i - 1}_at"]
            found[f"same_{i}"] = (at == before).sum()
    return journeys.aggregate(**{name: value.fill_null(0) for name, value in found.items()})


def days_of_stages(journeys: ir.Table, positions: Sequence[int]) -> ir.Table:
    """(position, day, stamps) of every stage."""
    per_stage = [
        journeys.filter(_[f"stage_{i}_on"].notnull())
        .group_by(day=_[f"stage_{i}_on"])
        .aggregate(stamps=_.count())
        .select(position=ibis.literal(i, "int64"), day=_.day, stamps=_.stamps)
        for i in positions
    ]
    return ibis.union(*per_stage) if len(per_stage) > 1 else per_stage[0]


def funnel_stages(
    counted: Mapping[str, int],
    stamp_days: Sequence[tuple[int, date, int]],
    mapped: Sequence[MappedColumn],
    settings: Settings,
) -> list[FunnelStage]:
    """Decide stage by stage.

    A stage is recorded if at least 5 % of those who reached it have an own stamp that is neither
    mapped from the same column as the stage before it nor, where both carry times, equal to it for
    over 95 % of those stamps.
    """
    rows: list[FunnelStage] = []
    origins = [_origins(mapped, settings, i) for i in range(1, len(settings.funnel) + 1)]
    for i, stage in enumerate(settings.funnel, start=1):
        reached, own = counted[f"reached_{i}"], counted[f"own_{i}"]
        is_recorded = own > 0 and own >= OWN_SHARE * reached and not _copied(counted, origins, i)
        span = recorded("journeys", stage.name, [(d, n) for p, d, n in stamp_days if p == i])
        rows.append(
            FunnelStage(
                position=i,
                stage=stage.name,
                role=stage.role.value if stage.role else None,
                reached=reached if is_recorded else None,
                own_stamp=own,
                same_as_before=counted.get(f"same_{i}", 0),
                source_column=", ".join(sorted(name for _, name in origins[i - 1])) or None,
                recorded=is_recorded,
                recorded_from=span.first if span else None,
            )
        )
    return rows


def _copied(counted: Mapping[str, int], origins: list[set[tuple[str, str]]], i: int) -> bool:
    """Whether a stage's stamps are those of the stage before it."""
    if i == 1:
        return False
    if origins[i - 1] and origins[i - 1] <= origins[i - 2]:
        return True
    timed = counted[f"timed_{i}"] > 0 and counted[f"timed_{i - 1}"] > 0
    return timed and counted[f"same_{i}"] > SAME_SHARE * counted[f"own_{i}"]


def _origins(mapped: Sequence[MappedColumn], settings: Settings, i: int) -> set[tuple[str, str]]:
    """(source, column) from which a stage's stamps are mapped, where a column holds one stage."""
    stage = settings.funnel[i - 1]
    beside = set()
    if i == 1:
        beside.add(("leads", "created_at"))
    if stage.role is not None and stage.role.value == "customer":
        beside.add(("deals", "closed_at"))
    return {
        (m.source, m.source_column)
        for m in mapped
        if (m.table == "stage_events" and m.stage == stage.name) or (m.table, m.column) in beside
    }
