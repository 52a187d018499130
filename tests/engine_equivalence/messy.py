"""About two thousand leads of a company that keeps its records badly, the same in every run."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

Row = dict[str, Any]
CHANNELS = (
    None, "", "ads", "Ads", "งานแสดงสินค้า", "Événement", "10", "9", "_b", "a,b",
    *(f"c{i}" for i in range(60)),
)  # fmt: skip
STAGES = ("lead", "mql", "pitched", "sql", "customer", "declined", "cancelled", "MQL", "ขั้นอื่น", "")
FIRST = datetime.fromisoformat("2017-01-01")
# Moments on both sides of the changes of the clock in Sao Paulo (2018), and of midnight.
EDGES = tuple(
    datetime.fromisoformat(f"2018-{edge}")
    for edge in (
        "02-18 01:59:59.999999", "02-18 02:00:00", "02-18 02:59:59", "02-18 03:00:00",
        "11-04 02:59:59.999999", "11-04 03:00:00", "11-04 01:59:59", "11-05 01:59:59",
        "06-30 02:59:59", "06-30 03:00:00",
    )
)  # fmt: skip


def messy(leads: int = 2000, seed: int = 20181114) -> dict[str, list[Row]]:  # noqa: C901
    """Canonical rows by table."""
    chance = random.Random(seed)

    def moment() -> datetime:
        if chance.random() < 0.05:
            return chance.choice(EDGES)
        seconds = chance.randrange(2 * 365 * 86_400)
        return FIRST + timedelta(seconds=seconds, microseconds=chance.choice((0, 1)))

    def maybe(value: object, share: float) -> object:
        return value if chance.random() < share else None

    def amount() -> object:
        return maybe(f"{chance.randrange(10_000_000) / 100:.2f}", 0.7)

    tables: dict[str, list[Row]] = {
        "leads": [], "deals": [], "stage_events": [], "lead_changes": [], "deal_changes": [],
    }  # fmt: skip
    for i in range(leads):
        created = maybe(moment(), 0.97)
        weights = [40, 5, 200, *[3] * (len(CHANNELS) - 3)]
        lead_id = f"L{i}"
        tables["leads"].append(
            {
                "lead_id": lead_id,
                "created_at": created,
                "channel": chance.choices(CHANNELS, weights)[0],
                "campaign": maybe("spring", 0.5),
                "owner_id": maybe(f"r{chance.randrange(9)}", 0.3),
                "customer_id": maybe(f"k{i}", 0.1),
                "lost_at": maybe(moment(), 0.1),
                "contact_hash": maybe(f"h{chance.randrange(1800)}", 0.9),
            }
        )
        at = created if isinstance(created, datetime) else moment()
        for stage in STAGES:
            if chance.random() < 0.45:
                at += timedelta(seconds=chance.choice((0, 0, 1, 86_400, 700_000, -90_000)))
                row = {"lead_id": lead_id, "stage": stage, "entered_at": at}
                row["actor_id"] = maybe(f"r{chance.randrange(9)}", 0.8)
                tables["stage_events"] += [row] * chance.choice((1, 1, 1, 2))
        for _ in range(chance.choices((0, 1, 2, 4), (60, 30, 8, 2))[0]):
            tables["deals"].append(_deal(len(tables["deals"]), lead_id, chance, moment, amount))
    for i in range(150):
        lead_id = None if i % 3 else f"unknown {i}"
        tables["deals"].append(_deal(len(tables["deals"]), lead_id, chance, moment, amount))
    for i in range(400):
        deal = chance.choice(tables["deals"])["deal_id"] if i % 10 else f"no deal {i}"
        tables["stage_events"].append(
            {
                "deal_id": deal,
                "stage": chance.choice(STAGES),
                "entered_at": moment(),
                "actor_id": maybe("robot", 0.5),
            }
        )
    tables["stage_events"] += [
        {"lead_id": f"nobody {i}", "stage": "mql", "entered_at": moment()} for i in range(30)
    ]
    tables["leads"].append({"lead_id": "typo", "created_at": "2031-01-01"})
    tables["reps"] = [_rep(number) for number in range(8)]
    later = random.Random(seed + 1)  # apart, so that what stands above stays as it is
    sizes, days = ("1-10", "ใหญ่", None, *(f"s{i}" for i in range(7))), 2 * 365 * 86_400
    for table, key, field in (
        ("leads", "lead_id", "owner_id"),
        ("deals", "deal_id", "rep_id"),
    ):
        for row in tables[table]:
            row["company_size"] = later.choice(sizes)
            for _ in range(later.choices((0, 1, 3), (80, 15, 5))[0]):
                tables[f"{table[:-1]}_changes"].append(
                    {
                        key: row[key],
                        "changed_at": FIRST + timedelta(seconds=later.randrange(days)),
                        "field": later.choice((field, field, "status")),
                        "old": later.choice((None, "", "robot", "r1", "r2", "r10")),
                        "new": "r3",
                    }
                )
    tables["activities"] = [_activity(i, leads, chance, moment) for i in range(3 * leads)]
    return tables


def _rep(number: int) -> Row:
    return {
        "rep_id": f"r{number}",
        "name": f"Rep {number}" if number % 2 else None,
        "team": f"team {number % 3}" if number else None,
        "hired_on": FIRST.date() + timedelta(days=60 * number) if number != 3 else None,
        "left_on": FIRST.date() + timedelta(days=500) if number == 5 else None,
        "weekly_hours": (37.5, 40, None)[number % 3],
    }


def _activity(number: int, leads: int, chance: random.Random, moment: Any) -> Row:
    deal = chance.random() < 0.3
    return {
        "activity_id": f"A{number}",
        "rep_id": chance.choice((None, "robot", *(f"r{i}" for i in range(9)))),
        "done_at": moment(),
        "kind": chance.choice(("call", "email", "other")),
        "lead_id": None if deal else chance.choice((f"L{chance.randrange(leads)}", "nobody", None)),
        "deal_id": f"D{chance.randrange(leads)}" if deal else None,
        "minutes": chance.choice((None, 0, 7.5, 12.25, 480)),
        "outcome": chance.choice((None, "reached", "reached", "no_answer", "Reached")),
        "automated": chance.choice((None, True, False, False)),
    }


def _deal(number: int, lead_id: str | None, chance: random.Random, moment: Any, amount: Any) -> Row:
    created = moment()
    return {
        "deal_id": f"D{number}",
        "lead_id": lead_id,
        "status": chance.choice(("open", "won", "won", "lost")),
        "created_at": chance.choice((created, created, None)),
        "closed_at": chance.choice((created, created + timedelta(days=chance.randrange(90)), None)),
        "channel": chance.choice(CHANNELS),
        "product": chance.choice(("A", "B", None)),
        "customer_id": chance.choice((f"k{number}", None)),
        "rep_id": chance.choice((f"r{number % 9}", None)),
        "amount": amount(),
        "margin": amount(),
    }
