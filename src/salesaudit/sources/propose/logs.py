"""Sources that are made of a log of events: work, tickets, leads, deals."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
from collections.abc import Sequence
from typing import NamedTuple

from salesaudit.core.texts import Text, message
from salesaudit.sources.exports import table_name
from salesaudit.sources.propose.proposal import Line, Source, Spec
from salesaudit.sources.propose.shapes import Log
from salesaudit.sources.propose.stages import Funnel
from salesaudit.sources.propose.values import kind_of_activity
from salesaudit.warehouse.sql import literal, quoted

DEALS_FROM_LOG = Text(
    "propose.deals_from_log",
    en="A deal is a record of {file}; how it ended stands among the events of {log}.",
    th="หนึ่งดีลคือหนึ่งรายการใน {file} ส่วนผลลัพธ์อยู่ในเหตุการณ์ของ {log}",
)
WORK_FROM_LOG = Text(
    "propose.work_from_log",
    en="A piece of work is a start with the next end of the same case and work.",
    th="งานหนึ่งชิ้นคือจุดเริ่มกับจุดจบถัดไปของรายและงานเดียวกัน",
)
TICKETS_FROM_LOG = Text(
    "propose.tickets_from_log",
    en="A ticket is a case of the log, opened by its first event and solved by its last “{last}”.",
    th="หนึ่งตั๋วคือหนึ่งรายในบันทึก เปิดด้วยเหตุการณ์แรกและแก้เสร็จด้วย “{last}” ครั้งสุดท้าย",
)
LEADS_FROM_LOG = Text(
    "propose.leads_from_log",
    en="A lead is a case of the log, created by its first event.",
    th="หนึ่งลีดคือหนึ่งรายในบันทึก เริ่มด้วยเหตุการณ์แรก",
)


class Ids(NamedTuple):
    """How many of the cases of a log are among the leads and the deals of other files."""

    of_leads: float
    of_deals: float

    @property
    def known(self) -> bool:
        """Whether they are among any."""
        return bool(self.of_leads or self.of_deals)

    @property
    def field(self) -> str:
        """Which ids they are."""
        return "deal_id" if self.of_deals > self.of_leads else "lead_id"


class Cases(NamedTuple):
    """A file with an amount for each case."""

    file: str
    key: str
    created: Spec | None
    amount: str


def work_of(
    file: str, log: Log, cycle: tuple[str, str], *, kinds: Sequence[str], ids: Ids
) -> Source:
    """Activities: a start with the next end of the same case and work.

    Args:
        file: the log.
        log: its columns.
        cycle: the words of a start and an end.
        kinds: the labels of the work.
        ids: what its cases are.
    """
    start, end = map(literal, cycle)
    case, what, life, at = (quoted(c) for c in (log.case, log.activity, log.life or "", log.time))
    actor = f", {quoted(log.actor)}" if log.actor else ""
    select = (
        f"SELECT *,\n"
        f"  date_diff('millisecond', {_time(log)}, {_time(log, 'done')}) / 60000.0 AS minutes\n"
        f"FROM (\n"
        f"  SELECT {case}, {what}, {life}, {at}{actor},\n"
        f"    lead({at}) OVER pieces AS done, lead({life}) OVER pieces AS next\n"
        f"  FROM {rows_of(log, file)}\n"
        f"  WHERE {life} IN ({start}, {end})\n"
        f"  WINDOW pieces AS (\n"
        f"    PARTITION BY {case}, {what} ORDER BY {_time(log)}, {life} = {start} DESC)\n"
        f")\n"
        f"WHERE {life} = {start} AND next = {end}"
    )
    lines = [
        Line("activity_id", {"row": [log.case, log.activity, log.time]}),
        *([Line("rep_id", log.actor)] if log.actor else []),
        Line("done_at", _dated(log.time, log)),
        Line("kind", {"column": log.activity, "map": {k: kind_of_activity(k) for k in kinds}}, 0.7),
        *([Line(ids.field, log.case)] if ids.known else []),
        Line("minutes", "minutes"),
    ]
    note = message(WORK_FROM_LOG)
    return Source(
        select=select,
        name="work",
        into="activities",
        lines=tuple(lines),
        notes=(note,),
        over=(file,),
    )


def tickets_of(file: str, log: Log, last: str) -> Source:
    """Tickets: opened by the first event of a case, solved by its last one of a kind."""
    case, at, what = (quoted(c) for c in (log.case, log.time, log.activity))
    select = (
        f"SELECT {case}, arg_min({at}, {_time(log)}) AS opened,\n"
        f"  arg_max({at}, {_time(log)}) FILTER ({what} = {literal(last)}) AS solved\n"
        f"FROM {rows_of(log, file)}\nGROUP BY ALL"
    )
    lines = (
        Line("ticket_id", log.case),
        Line("opened_at", _dated("opened", log)),
        Line("solved_at", _dated("solved", log)),
    )
    note = message(TICKETS_FROM_LOG, last=last)
    return Source(
        select=select, name="tickets", into="tickets", lines=lines, notes=(note,), over=(file,)
    )


def leads_of(file: str, log: Log) -> Source:
    """Leads: a case of a log, created by its first event."""
    case, at = quoted(log.case), quoted(log.time)
    first = f"arg_min({at}, {_time(log)}) AS first"
    select = f"SELECT {case}, {first}\nFROM {rows_of(log, file)}\nGROUP BY ALL"
    lines = (Line("lead_id", log.case), Line("created_at", _dated("first", log)))
    note = message(LEADS_FROM_LOG)
    return Source(
        select=select, name="leads", into="leads", lines=lines, notes=(note,), over=(file,)
    )


def deals_of(cases: Cases, file: str, log: Log, funnel: Funnel) -> Source:
    """Deals: a case with its amount, and how the log says that it ended."""
    won = funnel.won or ""
    ends = ", ".join(literal(name) for name in (won, *funnel.lost))
    case, what, at = (quoted(c) for c in (log.case, log.activity, log.time))
    key = quoted(cases.key)
    created = cases.created["column"] if isinstance(cases.created, dict) else cases.created
    dated = f"a.{quoted(str(created))}, " if created else ""
    select = (
        f"SELECT a.{key}, {dated}a.{quoted(cases.amount)}, e.{what}, e.{at}\n"
        f"FROM {quoted(table_name(cases.file))} a LEFT JOIN (\n"
        f"  SELECT {case}, {what}, arg_min({at}, {_time(log)}) AS {at}\n"
        f"  FROM {rows_of(log, file)}\n"
        f"  WHERE {what} IN ({ends})\n"
        f"  GROUP BY {case}, {what}\n"
        f") e ON e.{case} = a.{key}"
    )
    outcomes: dict[str, object] = {won: "won", **dict.fromkeys(funnel.lost, "lost"), "": "open"}
    lines = (
        Line("deal_id", cases.key),
        Line("lead_id", cases.key),
        Line("amount", cases.amount),
        *([Line("created_at", cases.created)] if cases.created else []),
        Line("closed_at", _dated(log.time, log)),
        Line("status", {"column": log.activity, "map": outcomes}),
        Line("lost_reason", {"column": log.activity, "map": {won: "", **funnel.lost}}),
    )
    note = message(DEALS_FROM_LOG, file=cases.file, log=file)
    return Source(
        select=select,
        name="deals",
        into="deals",
        lines=lines,
        notes=(note,),
        over=(file, cases.file),
    )


def rows_of(log: Log, file: str) -> str:
    """SQL: the rows of a log, as selects name them."""
    return log.rows or quoted(table_name(file))


def _time(log: Log, column: str = "") -> str:
    """SQL: a time of the log, as selects read it."""
    form = f", {literal(log.form)}" if log.form else ""
    return f"as_time({quoted(column or log.time)}{form})"


def _dated(column: str, log: Log) -> Spec:
    return {"column": column, "format": log.form} if log.form else column
