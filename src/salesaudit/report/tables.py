"""Tables of the document, with each column in the form that its name asks for."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from salesaudit.core.locale import NONE
from salesaudit.core.texts import Unit
from salesaudit.report import words as w
from salesaudit.report.page import Page, day
from salesaudit.run.result import Scalar

Row = Mapping[str, Scalar]

UNITS = {
    "leads": Unit.COUNT,
    "won": Unit.COUNT,
    "n": Unit.COUNT,
    "at_risk": Unit.COUNT,
    "leads_per_month": Unit.COUNT,
    "observed": Unit.RATE,
    "share": Unit.RATE,
    "day": Unit.COUNT,
    "median_days": Unit.DAYS,
    "median_days_observed": Unit.DAYS,
    "mean_days": Unit.DAYS,
    "mean_horizon": Unit.DAYS,
}
UNITS_OF_VALUE = {"by_channel": Unit.RATE, "within": Unit.RATE}
LABELS = {("within", "value"): "share"}  # where a name means something else
BOUNDS = {  # whose range the two columns are
    "value": ("lower", "upper"),
    "share": ("lower", "upper"),
    "observed": ("observed_lower", "observed_upper"),
    "median_days": ("median_lower", "median_upper"),
    "mean_days": ("mean_lower", "mean_upper"),
}
HIDDEN = frozenset({"rest", *(name for pair in BOUNDS.values() for name in pair)})


class Column(NamedTuple):
    """Head of a column."""

    label: str
    numeric: bool = True


class Table(NamedTuple):
    """A table as people read it."""

    caption: str
    head: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]


class _Field(NamedTuple):
    head: Column
    cell: Callable[[Row], str]


def table(page: Page, name: str, rows: Sequence[Row]) -> Table:
    """One of an answer's tables; a column that nobody foresaw is shown under its own name."""
    names = list(dict.fromkeys(key for row in rows for key in row))
    fields = [field for column in names for field in _fields(page, name, column, names)]
    caption = page.say(w.TABLES[name]) if name in w.TABLES else name.replace("_", " ")
    cells = tuple(tuple(field.cell(row) for field in fields) for row in rows)
    return Table(caption, tuple(field.head for field in fields), cells)


def number(row: Row, name: str) -> float | None:
    """A number of a row, if it is there."""
    value = row.get(name)
    return float(value) if isinstance(value, (int, float)) else None


def _fields(page: Page, table_name: str, name: str, names: Sequence[str]) -> list[_Field]:
    if name in HIDDEN:
        return []
    if name in {"channel", "month", "step", "status"}:
        return [_Field(Column(_label(page, name), numeric=False), _words(page, name))]
    unit = UNITS_OF_VALUE.get(table_name) if name == "value" else UNITS.get(name)
    lower, upper = BOUNDS.get(name, ("", ""))
    label = _label(page, LABELS.get((table_name, name), name))
    if unit is None or lower not in names:
        return [_Field(Column(label), _plain(page, name, unit))]

    def figure(row: Row, part: int) -> str:
        ends = number(row, lower), number(row, upper)
        cases = number(row, "leads") or number(row, "n")
        count = int(cases) if cases else None
        return page.locale.figure(number(row, name), *ends, unit, count)[part]

    return [
        _Field(Column(label), lambda row: figure(row, 0)),
        _Field(Column(_label(page, "range")), lambda row: figure(row, 1)),
    ]


def _label(page: Page, name: str) -> str:
    return page.say(w.COLUMNS[name]) if name in w.COLUMNS else name.replace("_", " ")


def _words(page: Page, name: str) -> Callable[[Row], str]:
    def cell(row: Row) -> str:
        value = row.get(name)
        if name == "channel":
            return page.channel(value, rest=bool(row.get("rest")))
        if name == "month":
            first = day(value)
            return page.locale.month(first) if first else NONE
        if name == "status" and value is not None:
            return page.say(w.term(f"status.{value}"))
        return page.label(str(value)) if value is not None else NONE

    return cell


def _plain(page: Page, name: str, unit: Unit | None) -> Callable[[Row], str]:
    def cell(row: Row) -> str:
        value = row.get(name)
        if isinstance(value, bool):
            return page.say(w.YES if value else w.NO)
        if value is None or isinstance(value, str):
            return value or NONE
        if name == "days":
            return page.locale.days(value)
        if unit is not None:
            return page.locale.figure(value, None, None, unit).value
        return page.locale.number(value)

    return cell
