"""How long leads wait for their rep, and which are never begun."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import DAY, Flags, Times, Whole
from salesaudit.world.truth import Company

FULL_WEEK = 40.0  # hours


def waits(company: Company, rep: Whole, at: Times, joins: Flags) -> tuple[Whole, Flags]:
    """Let leads queue for their reps, first come, first served.

    Args:
        company: with its capacity.
        rep: whose queue each lead stands in.
        at: when each lead comes to the rep.
        joins: the leads that do come; of the others it is told what they would meet.

    Returns:
        (waited, untouched): seconds until the rep begins, and whether that is past all patience;
        the rep then passes the lead over and loses no time with it.
    """
    waited, untouched = np.zeros(len(rep), dtype=np.int64), np.zeros(len(rep), dtype=bool)
    capacity = company.capacity
    if capacity.per_week is None:
        return waited, untouched
    patience, seconds = capacity.patience * DAY, at.astype(np.int64)
    for place, member in enumerate(company.reps):
        takes = 7 * DAY / capacity.per_week * FULL_WEEK / member.weekly_hours
        mine = np.flatnonzero(rep == place)
        mine = mine[np.argsort(at[mine], kind="stable")]
        free, found = -np.inf, []
        for moment, joined in zip(seconds[mine].tolist(), joins[mine].tolist(), strict=True):
            wait = max(0.0, free - moment)
            found.append(wait)
            if joined and wait <= patience:
                free = moment + wait + takes
        waited[mine] = np.minimum(found, patience)
        untouched[mine] = np.array(found) > patience
    return waited, untouched
