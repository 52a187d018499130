"""Which steps of the funnel are followed, and when a journey enters and leaves one.

A step leads from a stage to a later one. A journey takes part in it with its own stamp of the first
stage. It has moved on at its own stamp of the second one; without that, at its earliest own stamp
of any stage behind it (an upper bound, counted as ``filled``). A journey that is known to have come
so far but has no stamp there stands in no curve: it is ``undated``.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import pairwise
from typing import NamedTuple

import ibis
import ibis.expr.types as ir

from salesaudit.core.settings import Role, Settings

LAST_LAG = 1095  # days; later ones share the overflow bin behind it


class Step(NamedTuple):
    """From one stage of the funnel to a later one."""

    name: str  # lead_to_mql, mql_to_pitched, ...
    start: int  # positions, from 1
    end: int


NO_STEP = Step("", 1, 2)  # stands in for the steps of a funnel that has none; it gets no rows


def steps(settings: Settings, recorded: Collection[int] | None = None) -> tuple[Step, ...]:
    """Every step that an answer may follow.

    From role to role, straight across stages without one and across those that are not recorded
    (a bridge); and from the first stage, whatever its role, as ``lead_to_...``.

    Args:
        settings: with the funnel.
        recorded: positions of the recorded stages; None: all of them.
    """
    first = first_stage(settings)
    roles = [
        (place, role)
        for place, role in settings.roles()
        if role is not Role.VISITOR and (recorded is None or place in recorded)
    ]
    found: dict[str, Step] = {}
    if recorded is None or first in recorded:
        for place, role in roles:
            if place > first:
                found[f"lead_to_{role}"] = Step(f"lead_to_{role}", first, place)
    for (start, role), (end, later) in pairwise(roles):
        if start > first:
            found[f"{role}_to_{later}"] = Step(f"{role}_to_{later}", start, end)
    return tuple(found.values())


def neighbours(known: Collection[Step]) -> tuple[Step, ...]:
    """The steps that lead to the next stage that is followed, and no farther."""
    return tuple(
        step
        for step in known
        if not any(other.start == step.start and other.end < step.end for other in known)
    )


def first_stage(settings: Settings) -> int:
    """Position of the first stage that a lead enters; visitors in front of it are no persons."""
    return 2 if settings.funnel[0].role is Role.VISITOR else 1


class Followed(NamedTuple):
    """A journey's part in a step, as expressions over ``journeys``."""

    takes_part: ir.BooleanValue
    entered_on: ir.DateValue
    moved_on: ir.DateValue  # null: not yet, or undated
    undated: ir.BooleanValue
    filled: ir.BooleanValue


def followed(journeys: ir.Table, step: Step, settings: Settings) -> Followed:
    """How each journey takes part in ``step``."""
    entered = journeys[f"stage_{step.start}_on"]
    own = journeys[f"stage_{step.end}_on"]
    behind = [journeys[f"stage_{i}_on"] for i in range(step.end + 1, len(settings.funnel) + 1)]
    later = _least(behind) if behind else ibis.null("date")
    moved = ibis.coalesce(own, later)
    return Followed(
        takes_part=entered.notnull(),
        entered_on=entered,
        moved_on=moved,
        undated=moved.isnull() & (journeys.furthest >= step.end),
        filled=own.isnull() & moved.notnull(),
    )


def _least(days: list[ir.DateValue]) -> ir.DateValue:
    if len(days) == 1:
        return days[0]
    far = ibis.date("9999-12-31")
    return ibis.least(*(day.fill_null(far) for day in days)).nullif(far)
