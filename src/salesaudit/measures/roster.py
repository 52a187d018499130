"""Roster: who is in the sales team."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
from ibis import _

from salesaudit.core.scope import Scope
from salesaudit.core.settings import Settings
from salesaudit.measures.base import Measure, Tables

LARGEST = 1_000  # members that are read


class Member(NamedTuple):
    """A member of the team."""

    rep_id: str
    name: str | None
    team: str | None
    left_on: date | None  # None: still there at T
    members: int  # 1


def _build(tables: Tables, scope: Scope, _settings: Settings) -> ir.Table:
    """One row a member; one who leaves after T is still there."""
    left_on = ibis.ifelse(_.left_on <= scope.until, _.left_on, ibis.null("date"))
    return (
        tables.reps.select("rep_id", "name", "team", left_on=left_on, members=ibis.literal(1))
        .order_by("rep_id")
        .limit(LARGEST)
    )


roster = Measure(
    name="roster",
    row=Member,
    keys=("rep_id", "name", "team", "left_on"),
    fields=("reps.rep_id", "reps.name", "reps.team", "reps.left_on"),
    build=_build,
)
