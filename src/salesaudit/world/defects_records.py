"""Defects of records: their fields, their number, and what they refer to."""

from __future__ import annotations

import numpy as np

from salesaudit.world.base import DAY, NEVER, Whole
from salesaudit.world.columns import rows_of
from salesaudit.world.spoiling import Broken, Planted, Spoilt, choose, lead_ids, planted
from salesaudit.world.statuses import CONVERTED, NEW
from salesaudit.world.tables import TEST

USUAL_SIZE = 20_000
UNREADABLE = {"leads": 6, "stage_events": 6, "deals": 4}  # of 20,000 leads, a date that is none
TORN = 9  # of 20,000 leads
DUPLICATED, ORPHANED = 10_000_000, 20_000_000  # ids that no lead of the company reaches
NUMBERED = {"leads": "L", "stage_events": "L", "deals": "D"}  # how ids of the first cell begin
NO_DATES = {
    "leads": ("created_at", "เร็ว ๆ นี้"),
    "stage_events": ("entered_at", "2024-02-31 10:00:00"),
    "deals": ("created_at", "soon"),
}


def missing_channels(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Leads without a channel, and so without a campaign."""
    leads = spoilt.tables["leads"]
    everyone = np.ones(spoilt.leads, dtype=bool)
    chosen = choose(rng, everyone, round(size * spoilt.leads))
    empty = {}
    for name in ("channel", "campaign"):
        empty[name] = leads[name].copy()
        empty[name][chosen] = ""
    spoilt.tables["leads"] = {**leads, **empty}
    return planted("leads", "no channel and no campaign", leads["lead_id"][chosen])


def same_contact(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Leads with the address of an earlier one."""
    leads, pairs = spoilt.tables["leads"], spoilt.rows(size)
    both = rng.permutation(spoilt.leads)[: 2 * pairs].reshape(2, pairs)
    first, second = both.min(axis=0), both.max(axis=0)
    again = {}
    for name in ("contact", "firm", "contact_hash"):
        again[name] = leads[name].copy()
        again[name][second] = leads[name][first]
    spoilt.tables["leads"] = {**leads, **again}
    what = "a second lead with the e-mail address of an earlier one"
    return planted("leads", what, leads["lead_id"][np.sort(second)])


def repeated_rows(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Rows that overlap, as two pages of an export do."""
    leads, many = spoilt.tables["leads"], spoilt.rows(size)
    start = int(rng.integers(0, spoilt.leads - many))
    order = np.insert(np.arange(spoilt.leads), start + many, np.arange(start, start + many))
    spoilt.tables["leads"] = rows_of(leads, order)
    what = "rows that stand in the file twice, as where two pages of an export overlap"
    return planted("leads", what, leads["lead_id"][start : start + many])


def test_rows(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Leads that the company's own staff made up."""
    leads, many = spoilt.tables["leads"], spoilt.rows(size)
    length = len(leads["lead_id"])
    after = np.sort(rng.choice(length, many, replace=False))
    tests = rows_of(leads, after)
    numbers = range(spoilt.numbered + 1, spoilt.numbered + many + 1)
    tests["lead_id"] = np.array([f"L{number:06d}" for number in numbers], dtype=object)
    for name, text in (("contact", "ทดสอบระบบ"), ("firm", "TEST"), ("kind", TEST)):
        tests[name] = np.full(many, text, dtype=object)
    tests["contact_hash"] = np.full(many, "test@sawasdee.example", dtype=object)
    order = np.argsort(np.concatenate([np.arange(length), after]), kind="stable")
    both = {name: np.concatenate([leads[name], tests[name]]) for name in leads}
    spoilt.tables["leads"] = rows_of(both, order)
    what = "leads that the company's own staff made up; the mapping's where leaves them out"
    return planted("leads", what, tests["lead_id"])


def broken_rows(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Rows with ids of their own, leads after the test leads': no clean record is lost."""
    number = spoilt.numbered + 2 * spoilt.rows(spoilt.company.defects.get("test_rows", 0.0))
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


def duplicate_leads(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """The same person is typed in again within a day; nobody works the second record."""
    leads, many = spoilt.tables["leads"], spoilt.rows(size)
    length = len(leads["lead_id"])
    before = leads["created_at"] < np.datetime64(spoilt.company.last_day)
    found = choose(rng, before & (leads["kind"] != TEST), many)
    again = rows_of(leads, found)
    again["lead_id"] = lead_ids(DUPLICATED + spoilt.numbered + np.arange(len(found)))
    again["created_at"] = again["created_at"] + rng.integers(60, DAY, len(found))
    for name, value in (("owner_id", ""), ("status", NEW), ("lost_reason", "")):
        again[name] = np.full(len(found), value, dtype=object)
    again["lost_at"] = np.full(len(found), NEVER, dtype="datetime64[s]")
    both = {name: np.concatenate([leads[name], again[name]]) for name in leads}
    order = np.argsort(np.concatenate([np.arange(length), found]), kind="stable")
    spoilt.tables["leads"] = rows_of(both, order)
    what = "a second record of the same person, made within a day, that nobody works"
    return planted("leads", what, again["lead_id"])


def orphans(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """Activities that name a lead which is in no file."""
    work = spoilt.tables["activities"]
    found = choose(rng, np.ones(len(work["lead"]), dtype=bool), round(size * len(work["lead"])))
    named = work["lead_id"].copy()
    named[found] = lead_ids(ORPHANED + spoilt.numbered + np.arange(len(found)))
    spoilt.tables["activities"] = {**work, "lead_id": named}
    return planted("activities", "a lead that is in no file", work["activity_id"][found])


def gaps_of_a_team(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """The first team leaves the industry empty more often than the others do."""
    reps = spoilt.company.reps
    team = [rep.rep_id for rep in reps if rep.team == reps[0].team]
    mine = np.isin(spoilt.tables["leads"]["owner_id"].astype(str), team)
    found = choose(rng, mine, round(size * int(mine.sum())))
    return _emptied(spoilt, "industry", found, f"no industry, by the team {reps[0].team!r}")


def filled_afterwards(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """The size of the firm is asked for when it buys, and seldom before."""
    leads = spoilt.tables["leads"]
    others = (leads["status"] != CONVERTED) & (leads["kind"] != TEST)
    found = choose(rng, others, round(size * int(others.sum())))
    return _emptied(spoilt, "company_size", found, "no size of the firm where it did not buy")


def dead_field(spoilt: Spoilt, rng: np.random.Generator, size: float) -> Planted:
    """A field that everybody leaves as the form proposes it."""
    leads = spoilt.tables["leads"]
    everyone = np.ones(len(leads["lead_id"]), dtype=bool)
    found = choose(rng, everyone, round(size * len(everyone)))
    value = next(iter(spoilt.company.countries))
    country = leads["country"].copy()
    country[found] = value
    spoilt.tables["leads"] = {**leads, "country": country}
    return planted("leads", f"the country {value!r}, whatever it is", leads["lead_id"][found])


def _places(rng: np.random.Generator, spoilt: Spoilt, table: str, many: int) -> list[int]:
    rows = spoilt.tables[table]
    real = np.flatnonzero(rows["kind"] != TEST) if "kind" in rows else len(rows["lead_id"])
    return sorted(rng.choice(real, many, replace=False).tolist())


def _emptied(spoilt: Spoilt, column: str, found: Whole, what: str) -> Planted:
    leads = spoilt.tables["leads"]
    values = leads[column].copy()
    values[found] = ""
    spoilt.tables["leads"] = {**leads, column: values}
    return planted("leads", what, leads["lead_id"][found])
