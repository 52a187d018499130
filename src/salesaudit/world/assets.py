"""The tables of assets and of the leads that met them."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import Times
from salesaudit.world.columns import Table, words
from salesaudit.world.simulate import History
from salesaudit.world.staff import working_reps


def contents(history: History) -> Table:
    """One row per asset."""
    items = history.company.contents

    def days(name: str) -> Times:
        found = [getattr(item, name) or history.company.first_day for item in items]
        return np.array(found, dtype="datetime64[s]")

    return {
        "content_id": words([item.content_id for item in items]),
        "title": words([item.title for item in items]),
        "kind": words([item.kind for item in items]),
        "stage_aim": words(
            [history.company.stages[history.company.roles.index(item.role)] for item in items]
        ),
        "published_on": days("published_on"),
        "updated_on": days("updated_on"),
    }


def content_touches(history: History) -> Table:
    """One row per touch, in the order of time, up to the last day."""
    touch, at = history.touch, history.touched_at
    known = np.flatnonzero(at < history.end)
    order = known[np.lexsort((touch.content[known], touch.lead[known], at[known]))]
    lead, at = touch.lead[order], at[order]
    ids = words([item.content_id for item in history.company.contents])
    rep = working_reps(history.company, history.rep[lead], at)
    return {
        "lead_id": history.lead_ids[lead],
        "content_id": ids[touch.content[order]],
        "touched_at": at,
        "shared_by": np.where(touch.shared[order], rep, ""),
        "lead": lead,
    }
