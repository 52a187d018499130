"""What the sales team did for its leads: calls, e-mails, meetings, demos, proposals."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from salesaudit.world.simulate import HOUR, History, office_time
from salesaudit.world.staff import working_reps
from salesaudit.world.streams import stream


class Kind(NamedTuple):
    """A kind of work, as the CRM names it."""

    name: str
    means: str  # the audit's word for it
    minutes: float  # median
    shares: tuple[float, ...]  # at each stage from the second on


KINDS = (
    Kind("โทรศัพท์", "call", 9.0, (0.62, 0.40, 0.36, 0.40)),
    Kind("อีเมล", "email", 7.0, (0.30, 0.28, 0.26, 0.36)),
    Kind("ประชุม", "meeting", 48.0, (0.04, 0.14, 0.20, 0.20)),
    Kind("สาธิตสินค้า", "demo", 62.0, (0.02, 0.16, 0.05, 0.02)),
    Kind("ใบเสนอราคา", "proposal", 35.0, (0.02, 0.02, 0.13, 0.02)),
)
WORK_PER_STAGE = (2.2, 2.6, 3.4, 0.6)  # mean number at each stage from the second on
ANSWERED, NOT_ANSWERED = "รับสาย", "ไม่รับสาย"
BUSIEST = 100  # activities of a lead, far more than there ever are: numbers of a block begin apart
LONGEST = 45 * 24 * HOUR  # nobody works a silent lead for longer


def activities(history: History) -> dict[str, NDArray[Any]]:
    """The work on each lead while it stood at a stage, up to the last day."""
    rng = stream(history.seed, "activities")
    parts = [_at_stage(history, place, rng) for place in range(1, len(WORK_PER_STAGE) + 1)]
    table = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}
    order = np.lexsort((table["lead"], table["done_at"]))
    first = history.first * BUSIEST
    ids = [f"A{number:07d}" for number in range(first + 1, first + len(order) + 1)]
    rows = {name: column[order] for name, column in table.items()}
    return {"activity_id": np.array(ids, dtype=object), **rows}


def _at_stage(history: History, place: int, rng: np.random.Generator) -> dict[str, NDArray[Any]]:
    last = history.stage_at.shape[1] - 1
    many = rng.poisson(WORK_PER_STAGE[place - 1], len(history))
    begins = history.stage_at[:, place]
    if place == 1:
        begins = begins + history.waited
        many = np.where(history.untouched, 0, many)
    onward = history.stage_at[:, place + 1] if place < last else begins + LONGEST
    ends = np.where(history.reached > place + 1, onward, history.lost_at)
    ends = np.where(np.isnat(ends), begins + LONGEST, ends)
    lead = np.repeat(np.arange(len(history)), np.where(history.reached > place, many, 0))
    spell = np.minimum((ends - begins).astype(np.int64), LONGEST)[lead]
    done_at = begins[lead] + (rng.random(len(lead)) * spell).astype(np.int64)
    done_at = office_time(done_at, rng, history.company.holidays)
    kind = _kinds(place, rng.random(len(lead)))
    minutes = np.array([kind.minutes for kind in KINDS])[kind]
    minutes = np.ceil(minutes * rng.lognormal(0.0, 0.5, len(lead)))
    answered = np.where(rng.random(len(lead)) < 0.55, ANSWERED, NOT_ANSWERED)
    rep = working_reps(history.company, history.rep[lead], done_at)
    known = done_at < history.end
    table: dict[str, NDArray[Any]] = {
        "rep_id": rep,
        "done_at": done_at,
        "kind": np.array([kind.name for kind in KINDS], dtype=object)[kind],
        "lead_id": history.lead_ids[lead],
        "minutes": minutes,
        "outcome": np.where(kind == 0, answered, "").astype(object),
        "lead": lead,
    }
    return {name: column[known] for name, column in table.items()}


def _kinds(place: int, drawn: NDArray[np.float64]) -> NDArray[np.int64]:
    upto = np.cumsum([kind.shares[place - 1] for kind in KINDS])
    return np.minimum(np.searchsorted(upto, drawn, side="right"), len(KINDS) - 1)
