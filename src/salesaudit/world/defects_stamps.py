"""Defects of the days on which something is said to have happened."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import DAY, NEVER, Flags
from salesaudit.world.columns import rows_of
from salesaudit.world.spoiling import Planted, Spoilt, choose, in_time, planted

UNKNOWN_STAGE = "Demo rescheduled"
FUTURE = np.datetime64("2031-03-14T10:00:00", "s")


def recording_begins_late(
    spoilt: Spoilt,
    rng: np.random.Generator,  # noqa: ARG001
    size: float,  # noqa: ARG001
) -> Planted:
    """A stage is not stamped before a day; the company says which, and when."""
    events, company = spoilt.tables["stage_events"], spoilt.company
    role, day = company.recorded_late
    place = company.roles.index(role)
    lost = (events["position"] == place) & (events["entered_at"] < np.datetime64(day))
    spoilt.tables["stage_events"] = rows_of(events, ~lost)
    what = f"stamps of {company.stages[place]!r} before {day} were never recorded"
    return planted("stage_events", what, events["lead_id"][lost])


def skipped_stamps(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Stages that a lead went through without a stamp."""
    events = spoilt.tables["stage_events"]
    eligible = _passed(spoilt)
    gone = choose(rng, eligible, round(size * int(eligible.sum())))
    kept = np.ones(len(eligible), dtype=bool)
    kept[gone] = False
    spoilt.tables["stage_events"] = rows_of(events, kept)
    what = "no stamp of a stage that the lead went through, as a later one shows"
    return planted("stage_events", what, events["lead_id"][gone])


def negative_lags(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Leads qualified before they were created."""
    events, created = spoilt.tables["stage_events"], spoilt.tables["leads"]["created_at"]
    first = events["position"] == 1
    known_since = created[events["lead"]] - np.datetime64(spoilt.company.first_day, "s")
    eligible = first & (known_since.astype(np.int64) > 10 * DAY)
    moved = choose(rng, eligible, max(2, round(size * int(first.sum()))))
    at = events["entered_at"].copy()
    before = rng.integers(DAY, 5 * DAY, len(moved))
    at[moved] = created[events["lead"][moved]] - before
    spoilt.tables["stage_events"] = in_time({**events, "entered_at": at})
    what = "qualified one to five days before the lead was created"
    return planted("stage_events", what, events["lead_id"][moved])


def unknown_stage(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """A stage that the funnel does not know."""
    events = spoilt.tables["stage_events"]
    end = np.datetime64(spoilt.company.last_day, "s")
    before_end = (end - events["entered_at"]).astype(np.int64) > 15 * DAY
    place = spoilt.company.roles.index("pitched")
    pitched = (events["position"] == place) & before_end
    chosen = choose(rng, pitched, spoilt.rows(size))
    extra = rows_of(events, chosen)
    extra["entered_at"] = extra["entered_at"] + rng.integers(1, 15, len(chosen)) * DAY
    extra["stage"] = np.full(len(chosen), UNKNOWN_STAGE, dtype=object)
    extra["position"] = np.zeros(len(chosen), dtype=np.int64)
    extra["passed"] = np.zeros(len(chosen), dtype=bool)
    both = {name: np.concatenate([events[name], extra[name]]) for name in events}
    spoilt.tables["stage_events"] = in_time(both)
    what = f"a stage that the funnel does not know: {UNKNOWN_STAGE}"
    return planted("stage_events", what, extra["lead_id"])


def future_stamps(
    spoilt: Spoilt,
    rng: np.random.Generator,
    size: float,  # noqa: ARG001
) -> Planted:
    """Two stages and one activity in 2031; the leads have later stamps of their own."""
    ids: list[str] = []
    for table, column, many in (("stage_events", "entered_at", 2), ("activities", "done_at", 1)):
        rows = spoilt.tables[table]
        created = spoilt.tables["leads"]["created_at"][rows["lead"]]
        sound = rows[column] >= created  # not one that another defect has moved
        chosen = choose(rng, sound & _passed(spoilt) if many > 1 else sound, many)
        at = rows[column].copy()
        at[chosen] = FUTURE + np.arange(many) * DAY
        spoilt.tables[table] = in_time({**rows, column: at}, column)
        ids.extend(rows["lead_id"][chosen].tolist())
    what = f"stamps in {FUTURE.astype('datetime64[Y]')}: two in stage_events, one in activities"
    return Planted("stage_events, activities", what, len(ids), tuple(ids))


def reversed_stages(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Two stamps of a lead that follow each other change places."""
    events = spoilt.tables["stage_events"]
    first = np.full((spoilt.leads, len(spoilt.company.stages)), -1)
    first[events["lead"], events["position"]] = np.arange(len(events["lead"]))
    pairs = [
        np.column_stack([first[:, place], first[:, place + 1]])
        for place in range(1, first.shape[1] - 1)
    ]
    both = np.concatenate(pairs)
    both = both[(both >= 0).all(axis=1)]
    _, once = np.unique(events["lead"][both[:, 0]], return_index=True)
    both = both[once]  # a pair of each lead at most
    found = choose(rng, np.ones(len(both), dtype=bool), round(size * len(both)))
    at = events["entered_at"].copy()
    at[both[found, 0]], at[both[found, 1]] = at[both[found, 1]], at[both[found, 0]]
    spoilt.tables["stage_events"] = in_time({**events, "entered_at": at})
    what = "two stages of a lead in the wrong order"
    return planted("stage_events", what, events["lead_id"][both[found, 0]])


def backfilled_stages(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """All stages of a customer are entered within a minute, when the deal is closed."""
    events = spoilt.tables["stage_events"]
    last = len(spoilt.company.stages) - 1
    closed = np.full(spoilt.leads, NEVER, dtype="datetime64[s]")
    won = events["position"] == last
    closed[events["lead"][won]] = events["entered_at"][won]
    found = choose(rng, ~np.isnat(closed), round(size * int(won.sum())))
    chosen = np.isin(events["lead"], found) & (events["position"] > 0)
    at = events["entered_at"].copy()
    at[chosen] = closed[events["lead"][chosen]] - 10 * (last - events["position"][chosen])
    spoilt.tables["stage_events"] = in_time({**events, "entered_at": at})
    what = "all stages of a customer stamped within a minute, when the deal was closed"
    return planted("stage_events", what, spoilt.tables["leads"]["lead_id"][found])


def ancient_stamps(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """The day from which a computer counts, where the day was not known."""
    events = spoilt.tables["stage_events"]
    found = choose(rng, events["position"] > 0, round(size * len(events["lead"])))
    at = events["entered_at"].copy()
    at[found] = np.datetime64("1970-01-01T00:00:00", "s")
    spoilt.tables["stage_events"] = in_time({**events, "entered_at": at})
    return planted("stage_events", "stamps of 1 January 1970", events["lead_id"][found])


def bulk_import(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Leads that came one after the other are all created in the second of the first of them."""
    leads, many = spoilt.tables["leads"], spoilt.rows(size)
    start = int(rng.integers(0, spoilt.leads - many))
    at = leads["created_at"].copy()
    at[start : start + many] = at[start]
    spoilt.tables["leads"] = {**leads, "created_at": at}
    what = "leads created in the very same second, as an import does"
    return planted("leads", what, leads["lead_id"][start : start + many])


def recording_ends_early(
    spoilt: Spoilt,
    rng: np.random.Generator,  # noqa: ARG001
    size: float,
) -> Planted:
    """The export of the activities was made so many days before the others."""
    rows_ = spoilt.tables["activities"]
    day = np.datetime64(spoilt.company.last_day, "s") + DAY - round(size * DAY)
    gone = (rows_["done_at"] >= day) & (rows_["done_at"] < np.datetime64(FUTURE))
    spoilt.tables["activities"] = rows_of(rows_, ~gone)
    what = f"no activity from {day.astype('datetime64[D]')} on"
    return planted("activities", what, rows_["activity_id"][gone])


def _passed(spoilt: Spoilt) -> Flags:
    """Events that a later stamp of the same lead outlives, whatever becomes of them."""
    events = spoilt.tables["stage_events"]
    sure: Flags = events["entered_at"] >= np.datetime64(spoilt.company.recorded_late[1])
    last = np.zeros(spoilt.leads, dtype=np.int64)
    np.maximum.at(last, events["lead"], events["position"])
    return sure & (events["position"] > 0) & (events["position"] < last[events["lead"]])
