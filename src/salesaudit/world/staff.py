"""Who of the sales team works a case at a given time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from salesaudit.world.simulate import Times, Whole
from salesaudit.world.truth import Company


def working_reps(company: Company, rep: Whole, at: Times) -> NDArray[np.object_]:
    """Ids of the reps at work: each case's own rep, or the successor once that one has left."""
    ids = [member.rep_id for member in company.reps]
    heir = np.array([ids.index(member.successor or member.rep_id) for member in company.reps])
    never = np.datetime64("9999-12-31")
    left = np.array(
        [np.datetime64(member.left_on) if member.left_on else never for member in company.reps]
    )
    gone = at.astype("datetime64[D]") > left[rep]
    return np.array(ids, dtype=object)[np.where(gone, heir[rep], rep)]
