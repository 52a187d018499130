"""Spend over long spans: a sum over more than a month tells nothing of any one month."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted
from collections.abc import Iterator, Sequence

import duckdb

from salesaudit.core.texts import Message, Text, message
from salesaudit.sources.mapping import Staged
from salesaudit.warehouse.sql import quoted

LONGEST_MONTH = 31  # days

LONG_SPAN = Text(
    "ingest.long_span",
    en="{file}: {rows} rows of spend each cover more than a month, such as {first} to {last}; they "
    "count as one sum. For figures by month, export the report by day.",
    th="{file}: ข้อมูลค่าใช้จ่าย {rows} แถวครอบคลุมช่วงเวลาเกินหนึ่งเดือน เช่น {first} ถึง {last} "
    "จึงนับเป็นยอดรวมยอดเดียว หากต้องการตัวเลขรายเดือน โปรดส่งออกรายงานแบบรายวัน",
)


def long_spans(con: duckdb.DuckDBPyConnection, staged: Sequence[Staged]) -> Iterator[Message]:
    """Ask for a report by day where one says only what was spent over more than a month.

    Args:
        con: with the staged rows.
        staged: what the sources offer.
    """
    for part in staged:
        if part.table.name != "spend":
            continue
        row = con.execute(
            "SELECT count(*), min(spent_on), arg_min(until_on, spent_on) "
            f"FROM {quoted(part.rows)} WHERE until_on - spent_on >= {LONGEST_MONTH}"
        ).fetchone()
        if row is not None and row[0]:
            rows, first, last = row
            yield message(LONG_SPAN, file=part.batch.label, rows=rows, first=first, last=last)
