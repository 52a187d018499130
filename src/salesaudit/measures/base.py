"""What a measure is: an expression that runs inside the engine and returns a small typed table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, TypeVar, cast

import ibis.expr.types as ir

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings

R = TypeVar("R", bound=tuple[Any, ...])


class Tables(NamedTuple):
    """The warehouse as measures see it: every table already in scope.

    ``journeys`` keeps the 50 largest channels; the others are one group, ``channel`` null with
    ``rest`` true. ``journeys`` and ``deals`` end at T; the others are as loaded
    (``measures.tables.by_end`` leaves out what came later).
    """

    journeys: ir.Table
    funnel_stages: ir.Table
    leads: ir.Table
    deals: ir.Table
    stage_events: ir.Table
    lead_changes: ir.Table
    deal_changes: ir.Table
    activities: ir.Table
    reps: ir.Table  # all of them, whatever the scope
    recorded: ir.Table
    recorded_positions: frozenset[int] | None = None  # of the recorded stages; None: all


@dataclass(frozen=True)
class Measure(Generic[R]):
    """A question put to the engine.

    Attributes:
        name: noun, the module's name.
        row: the row's class: keys first, then counts and sums.
        keys: names of the key fields.
        fields: canonical columns that it rests on, as ``leads.channel``.
        build: the expression; its columns are the row's fields, ordered by the keys.
    """

    name: str
    row: type[R]
    keys: tuple[str, ...]
    fields: tuple[str, ...]
    build: Callable[[Tables, Scope, Settings], ir.Table]

    def __hash__(self) -> int:
        return hash(self.name)


class Evidence(NamedTuple):
    """How a number was counted: the measure, its query, the rows it gave and what they count."""

    measure: str
    query: str
    rows: int
    counted: int


class Results:
    """Rows of measures, by measure."""

    def __init__(self, rows: Mapping[Measure[Any], tuple[Any, ...]]) -> None:
        self._rows = dict(rows)

    def __getitem__(self, measure: Measure[R]) -> tuple[R, ...]:
        return cast("tuple[R, ...]", self._rows[measure])
