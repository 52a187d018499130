"""Defects as they sit in real exports, planted after the clean tables exist.

Each draws from a stream of its own, so that leaving one out changes no clean record, and each
says which ids it touched. The company says which are planted, and how large.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from salesaudit.world.base import DAY, Flags, Whole
from salesaudit.world.streams import stream
from salesaudit.world.tables import TEST, Table
from salesaudit.world.truth import Company

USUAL_SIZE = 20_000
UNREADABLE = {"leads": 6, "stage_events": 6, "deals": 4}  # of 20,000 leads, a date that is none
TORN = 9  # of 20,000 leads

UNKNOWN_STAGE = "Demo rescheduled"
FUTURE = np.datetime64("2031-03-14T10:00:00", "s")
NUMBERED = {"leads": "L", "stage_events": "L", "deals": "D"}  # how ids of the first cell begin
NO_DATES = {
    "leads": ("created_at", "เร็ว ๆ นี้"),
    "stage_events": ("entered_at", "2024-02-31 10:00:00"),
    "deals": ("created_at", "soon"),
}


@dataclass(frozen=True)
class Broken:
    """A row that no reader can take: a copy of another row with something wrong in it."""

    table: str
    after: int  # the row that it copies and follows
    new_id: str  # in place of the copied row's, in the first cell
    column: str  # that holds ``text``; empty: the row breaks off half way
    text: str = ""


@dataclass(frozen=True)
class Planted:
    """What one defect did."""

    table: str
    what: str
    count: int  # rows, or pairs of rows
    ids: tuple[str, ...]


@dataclass
class Spoilt:
    """Tables on their way to the exports; a defect replaces tables, never changes their arrays."""

    company: Company
    leads: int
    tables: dict[str, Table]
    broken: list[Broken] = field(default_factory=list)
    planted: dict[str, Planted] = field(default_factory=dict)

    def rows(self, share: float) -> int:
        """A share of the leads, as a number of rows."""
        return max(2, round(share * self.leads))


Defect = Callable[[Spoilt, np.random.Generator, float], Planted]


def plant(
    company: Company,
    leads: int,
    tables: dict[str, Table],
    seed: int,
    *,
    without: Collection[str] = (),
) -> Spoilt:
    """Plant the company's defects in the order of ``DEFECTS``, but those named in ``without``."""
    spoilt = Spoilt(company, leads, dict(tables))
    for name, defect in DEFECTS.items():
        if name in company.defects and name not in without:
            rng = stream(seed, f"defects/{name}")
            spoilt.planted[name] = defect(spoilt, rng, company.defects[name])
    return spoilt


def _recording_begins_late(
    spoilt: Spoilt,
    rng: np.random.Generator,  # noqa: ARG001
    size: float,  # noqa: ARG001
) -> Planted:
    events, company = spoilt.tables["stage_events"], spoilt.company
    role, day = company.recorded_late
    place = company.roles.index(role)
    lost = (events["position"] == place) & (events["entered_at"] < np.datetime64(day))
    spoilt.tables["stage_events"] = _rows(events, ~lost)
    what = f"stamps of {company.stages[place]!r} before {day} were never recorded"
    return _planted("stage_events", what, events["lead_id"][lost])


def _skipped_stamps(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    events = spoilt.tables["stage_events"]
    eligible = _passed(spoilt)
    gone = _choose(rng, eligible, round(size * int(eligible.sum())))
    kept = np.ones(len(eligible), dtype=bool)
    kept[gone] = False
    spoilt.tables["stage_events"] = _rows(events, kept)
    what = "no stamp of a stage that the lead went through, as a later one shows"
    return _planted("stage_events", what, events["lead_id"][gone])


def _negative_lags(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    events, created = spoilt.tables["stage_events"], spoilt.tables["leads"]["created_at"]
    first = events["position"] == 1
    known_since = created[events["lead"]] - np.datetime64(spoilt.company.first_day, "s")
    eligible = first & (known_since.astype(np.int64) > 10 * DAY)
    moved = _choose(rng, eligible, max(2, round(size * int(first.sum()))))
    at = events["entered_at"].copy()
    before = rng.integers(DAY, 5 * DAY, len(moved))
    at[moved] = created[events["lead"][moved]] - before
    spoilt.tables["stage_events"] = _in_time({**events, "entered_at": at})
    what = "qualified one to five days before the lead was created"
    return _planted("stage_events", what, events["lead_id"][moved])


def _unknown_stage(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    events = spoilt.tables["stage_events"]
    end = np.datetime64(spoilt.company.last_day, "s")
    before_end = (end - events["entered_at"]).astype(np.int64) > 15 * DAY
    place = spoilt.company.roles.index("pitched")
    pitched = (events["position"] == place) & before_end
    chosen = _choose(rng, pitched, spoilt.rows(size))
    extra = _rows(events, chosen)
    extra["entered_at"] = extra["entered_at"] + rng.integers(1, 15, len(chosen)) * DAY
    extra["stage"] = np.full(len(chosen), UNKNOWN_STAGE, dtype=object)
    extra["position"] = np.zeros(len(chosen), dtype=np.int64)
    extra["passed"] = np.zeros(len(chosen), dtype=bool)
    both = {name: np.concatenate([events[name], extra[name]]) for name in events}
    spoilt.tables["stage_events"] = _in_time(both)
    what = f"a stage that the funnel does not know: {UNKNOWN_STAGE}"
    return _planted("stage_events", what, extra["lead_id"])


def _future_stamps(
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
        chosen = _choose(rng, sound & _passed(spoilt) if many > 1 else sound, many)
        at = rows[column].copy()
        at[chosen] = FUTURE + np.arange(many) * DAY
        spoilt.tables[table] = _in_time({**rows, column: at}, column)
        ids.extend(rows["lead_id"][chosen].tolist())
    what = f"stamps in {FUTURE.astype('datetime64[Y]')}: two in stage_events, one in activities"
    return Planted("stage_events, activities", what, len(ids), tuple(ids))


def _missing_channels(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    leads = spoilt.tables["leads"]
    everyone = np.ones(spoilt.leads, dtype=bool)
    chosen = _choose(rng, everyone, round(size * spoilt.leads))
    empty = {}
    for name in ("channel", "campaign"):
        empty[name] = leads[name].copy()
        empty[name][chosen] = ""
    spoilt.tables["leads"] = {**leads, **empty}
    return _planted("leads", "no channel and no campaign", leads["lead_id"][chosen])


def _same_contact(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    leads, pairs = spoilt.tables["leads"], spoilt.rows(size)
    both = rng.permutation(spoilt.leads)[: 2 * pairs].reshape(2, pairs)
    first, second = both.min(axis=0), both.max(axis=0)
    again = {}
    for name in ("contact", "firm", "contact_hash"):
        again[name] = leads[name].copy()
        again[name][second] = leads[name][first]
    spoilt.tables["leads"] = {**leads, **again}
    what = "a second lead with the e-mail address of an earlier one"
    return _planted("leads", what, leads["lead_id"][np.sort(second)])


def _repeated_rows(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    leads, many = spoilt.tables["leads"], spoilt.rows(size)
    start = int(rng.integers(0, spoilt.leads - many))
    order = np.insert(np.arange(spoilt.leads), start + many, np.arange(start, start + many))
    spoilt.tables["leads"] = _rows(leads, order)
    what = "rows that stand in the file twice, as where two pages of an export overlap"
    return _planted("leads", what, leads["lead_id"][start : start + many])


def _test_rows(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    leads, many = spoilt.tables["leads"], spoilt.rows(size)
    length = len(leads["lead_id"])
    after = np.sort(rng.choice(length, many, replace=False))
    tests = _rows(leads, after)
    numbers = range(spoilt.leads + 1, spoilt.leads + many + 1)
    tests["lead_id"] = np.array([f"L{number:06d}" for number in numbers], dtype=object)
    for name, text in (("contact", "ทดสอบระบบ"), ("firm", "TEST"), ("kind", TEST)):
        tests[name] = np.full(many, text, dtype=object)
    tests["contact_hash"] = np.full(many, "test@sawasdee.example", dtype=object)
    order = np.argsort(np.concatenate([np.arange(length), after]), kind="stable")
    both = {name: np.concatenate([leads[name], tests[name]]) for name in leads}
    spoilt.tables["leads"] = _rows(both, order)
    what = "leads that the company's own staff made up; the mapping's where leaves them out"
    return _planted("leads", what, tests["lead_id"])


def _broken_rows(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Rows with ids of their own, leads after the test leads': no clean record is lost."""
    number = spoilt.leads + 2 * spoilt.rows(spoilt.company.defects.get("test_rows", 0.0))
    for table, usual in UNREADABLE.items():
        column, text = NO_DATES[table]
        for after in _places(rng, spoilt, table, spoilt.rows(size * usual / USUAL_SIZE)):
            number += 1
            new_id = f"{NUMBERED[table]}{number:06d}"
            spoilt.broken.append(Broken(table, after, new_id, column, text))
    for after in _places(rng, spoilt, "leads", spoilt.rows(size * TORN / USUAL_SIZE)):
        number += 1
        spoilt.broken.append(Broken("leads", after, f"L{number:06d}", ""))
    what = "rows to be refused: broken off half way, or with a date that is none"
    ids = tuple(broken.new_id for broken in spoilt.broken)
    return Planted("leads, stage_events, deals", what, len(ids), ids)


DEFECTS: dict[str, Defect] = {
    "recording_begins_late": _recording_begins_late,
    "skipped_stamps": _skipped_stamps,
    "negative_lags": _negative_lags,
    "unknown_stage": _unknown_stage,
    "future_stamps": _future_stamps,
    "missing_channels": _missing_channels,
    "same_contact": _same_contact,
    "repeated_rows": _repeated_rows,
    "test_rows": _test_rows,
    "broken_rows": _broken_rows,
}


def _passed(spoilt: Spoilt) -> Flags:
    """Events that a later stamp of the same lead outlives, whatever becomes of them."""
    events = spoilt.tables["stage_events"]
    sure: Flags = events["entered_at"] >= np.datetime64(spoilt.company.recorded_late[1])
    last = np.zeros(spoilt.leads, dtype=np.int64)
    np.maximum.at(last, events["lead"], events["position"])
    return sure & (events["position"] > 0) & (events["position"] < last[events["lead"]])


def _choose(rng: np.random.Generator, eligible: Flags, many: int) -> Whole:
    """Rows chosen by the least of their scores; a row's score does not depend on the others."""
    scores = np.where(eligible, rng.random(len(eligible)), np.inf)
    many = min(many, int(eligible.sum()))
    return np.sort(np.argsort(scores, kind="stable")[:many])


def _places(rng: np.random.Generator, spoilt: Spoilt, table: str, many: int) -> list[int]:
    rows = spoilt.tables[table]
    real = np.flatnonzero(rows["kind"] != TEST) if "kind" in rows else len(rows["lead_id"])
    return sorted(rng.choice(real, many, replace=False).tolist())


def _rows(table: Table, rows: Whole | Flags) -> Table:
    return {name: column[rows] for name, column in table.items()}


def _in_time(table: Table, by: str = "entered_at") -> Table:
    return _rows(table, np.argsort(table[by], kind="stable"))


def _planted(table: str, what: str, ids: NDArray[np.object_]) -> Planted:
    return Planted(table, what, len(ids), tuple(ids.tolist()))
