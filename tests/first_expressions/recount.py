"""The same counts over plain rows, day by day and lead by lead, without the engine."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from benchmarks.first_expressions.company import Opened
from salesaudit.warehouse.build import rows_of

Row = dict[str, Any]
STEPS = {"lead_to_mql": 1, "mql_to_pitched": 2, "pitched_to_sql": 3, "sql_to_customer": 4}
STAGES = 5


class Rows(NamedTuple):
    """What the recounts read, pulled out of the engine whole."""

    opened: Opened
    journeys: list[Row]
    touches: dict[str, list[Row]]  # by lead
    activities: list[Row]
    deals: dict[str, Row]
    changes: dict[str, list[Row]]  # of amounts, by deal, oldest first

    @property
    def until(self) -> date:
        """T."""
        return self.opened.scope.until

    def day(self, moment: datetime) -> date:
        """The company's day of a moment."""
        return self.clock(moment).date()

    def clock(self, moment: datetime) -> datetime:
        """The company's clock at a moment."""
        return moment.replace(tzinfo=UTC).astimezone(self.opened.settings.zone)


def rows(opened: Opened) -> Rows:
    def pulled(name: str) -> list[Row]:
        return rows_of(opened.con.table(name), opened.con)

    created = {row["lead_id"]: row["created_at"] for row in pulled("leads")}
    journeys = [{**row, "created_at": created[row["lead_id"]]} for row in pulled("journeys")]
    touches, changes = defaultdict(list), defaultdict(list)
    for row in pulled("content_touches"):
        touches[row["lead_id"]].append(row)
    for row in sorted(pulled("deal_changes"), key=lambda row: row["changed_at"]):
        changes[row["deal_id"]].append(row)
    deals = {row["deal_id"]: row for row in pulled("known_deals")}
    return Rows(opened, journeys, touches, pulled("activities"), deals, changes)


def exposed(all_rows: Rows) -> dict[tuple[Any, ...], list[int]]:
    """Days at risk and moves by (content or None for all, step, channel, day of age)."""
    found: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0])
    for journey, step, lag, last in _stays(all_rows):
        met = {None: -1}
        entered = journey[f"stage_{STEPS[step]}_on"]
        for touch in all_rows.touches[journey["lead_id"]]:
            age = (all_rows.day(touch["touched_at"]) - entered).days
            met[touch["content_id"]] = min(age, met.get(touch["content_id"], age))
        for content, touched in met.items():
            for age in range(last + 1):
                if age > touched:
                    cell = found[content, step, journey["channel"], age]
                    cell[0] += 1
                    cell[1] += lag is not None and age == last
    return dict(found)


def _stays(all_rows: Rows) -> Iterator[tuple[Row, str, int | None, int]]:
    """(journey, step, lag of the move or None, last day of age at risk)."""
    for journey in all_rows.journeys:
        for step, place in STEPS.items():
            entered, moved = journey[f"stage_{place}_on"], _moved(journey, place + 1)
            if entered is None or (moved is None and journey["furthest"] > place):
                continue
            left = moved or journey["lost_on"] or all_rows.until
            lag = None if moved is None else (moved - entered).days
            yield journey, step, lag, max((left - entered).days, 0)


def _moved(journey: Row, place: int) -> date | None:
    """The day on which a journey came to a stage, by its own stamp or an earliest later one."""
    own = journey[f"stage_{place}_on"]
    later = [journey[f"stage_{i}_on"] for i in range(place + 1, STAGES + 1)]
    return own or min((day for day in later if day), default=None)


def ready(all_rows: Rows) -> dict[tuple[Any, ...], list[int]]:
    """Eligible, handed over, customers, both, by (week, band, month, channel)."""
    found: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for journey in all_rows.journeys:
        entered, handed_on = journey["stage_1_on"], _moved(journey, 4)
        if handed_on is None and journey["furthest"] >= 4:
            continue
        touched = [all_rows.day(t["touched_at"]) for t in all_rows.touches[journey["lead_id"]]]
        for week in range(12):
            start = entered + timedelta(weeks=week)
            end, horizon = start + timedelta(weeks=1), start + timedelta(weeks=13)
            over = (handed_on, journey["lost_on"], journey["won_on"])
            if horizon > all_rows.until or any(day is not None and day < start for day in over):
                continue
            met = sum(day < start for day in touched)
            band = 3 if met >= 4 else min(2, met)
            handed = handed_on is not None and handed_on < end
            won = journey["won_on"] is not None and journey["won_on"] < horizon
            cell = found[week, band, entered.replace(day=1), journey["channel"]]
            for place, counts in enumerate((True, handed, won, handed and won)):
                cell[place] += counts
    return dict(found)


def answered(all_rows: Rows) -> dict[tuple[Any, ...], list[int]]:
    """Leads, moved in time, left ahead of any attempt, by (band, channel, hours)."""
    machines = all_rows.opened.settings.automated_actors
    tried: dict[str, datetime] = {}
    for row in all_rows.activities:
        if (
            row["automated"]
            or row["rep_id"] in machines
            or all_rows.day(row["done_at"]) > all_rows.until
        ):
            continue
        lead = row["lead_id"] or all_rows.deals[row["deal_id"]]["lead_id"]
        tried[lead] = min(row["done_at"], tried.get(lead, row["done_at"]))
    found: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    for journey in all_rows.journeys:
        entered, moved = journey["stage_1_on"], _moved(journey, STAGES)
        if (all_rows.until - entered).days < 90:
            continue
        at, clock = tried.get(journey["lead_id"]), all_rows.clock(journey["created_at"])
        on = all_rows.day(at) if at else None
        hours = "office hours" if 9 <= clock.hour < 18 else "evening"
        hours = "weekend" if clock.weekday() >= 5 else hours
        cell = found[_answer_band(journey, at, on, clock.date()), journey["channel"], hours]
        left = moved is not None and (on is None or moved < on)
        cell[0] += not left
        cell[1] += not left and moved is not None and (moved - entered).days <= 90
        cell[2] += left
    return dict(found)


def _answer_band(journey: Row, at: datetime | None, on: date | None, created: date) -> str:
    if at is None or on is None:
        return "never"
    waited, days = at - journey["created_at"], (on - created).days
    if waited < timedelta(0):
        return "before entry"
    if waited < timedelta(hours=4):
        return "1 hour" if waited < timedelta(hours=1) else "4 hours"
    if days < 2:
        return ("same day", "next day")[days]
    return "7 days" if days <= 7 else "later"


def open_then(all_rows: Rows, many: int) -> Counter[tuple[Any, ...]]:
    """Open leads by (origin, month of entry, week of age, band of the amount on that day)."""
    found: Counter[tuple[Any, ...]] = Counter()
    for origin in _month_ends(all_rows.until, many):
        for journey in all_rows.journeys:
            entered, ended = journey["stage_1_on"], journey["won_on"] or journey["lost_on"]
            undated = ended is None and journey["outcome"] != "open"
            if undated or entered > origin or (ended is not None and ended <= origin):
                continue
            band = _band(_amount(all_rows, journey["deal_id"], origin))
            age = (origin - entered).days
            found[origin, entered.replace(day=1), min(age, 1096) // 7, band] += 1
    return found


def _month_ends(until: date, many: int) -> list[date]:
    days = [until - timedelta(days=back) for back in range(40 * many)]
    return [day for day in days if day.day == monthrange(day.year, day.month)[1]][:many]


def _amount(all_rows: Rows, deal_id: str | None, day: date) -> Decimal | None:
    deal = all_rows.deals[deal_id] if deal_id else None
    if deal is None or deal["created_on"] > day:
        return None
    for change in all_rows.changes[deal["deal_id"]]:
        if all_rows.day(change["changed_at"]) > day:
            return Decimal(change["old"])
    return deal["amount"]


def _band(amount: Decimal | None) -> int:
    if amount is None:
        return -1
    return sum(amount >= limit for limit in (1_000, 3_000, 10_000))
