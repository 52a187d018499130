"""Columns of numbers: which decimal sign, which currency, what is no number."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are parameters or literals of our own
from typing import Literal, NamedTuple

import duckdb

from salesaudit.core.errors import MappingError
from salesaudit.core.texts import Message, Param, Text
from salesaudit.sources.columns.plain import PlainNumbers, plain_numbers
from salesaudit.sources.columns.reading import (
    FIX_COLUMN,
    NOT_READABLE,
    Column,
    Reading,
    accepted,
    cell_expression,
    counted_cells,
    counts,
    examples,
    marker_notes,
    nothing_read,
    reason_of,
    shown,
    worked_out,
)
from salesaudit.warehouse.sql import let, literal, quoted

Kind = Literal["decimal", "integer", "double"]
_Name = Literal["point", "comma", "scientific"]

_SIGNS = r"US\$|R\$|A\$|C\$|S\$|HK\$|NT\$|Kč|zł|kr\.?|บาท|[A-Z]{3}|[$€£¥฿₩₹₽₫₱₪₺₴₦]"
_SCALES = {
    "k": 1e3, "tsd.": 1e3, "tsd": 1e3, "พัน": 1e3,
    "m": 1e6, "mm": 1e6, "mil": 1e6, "mio": 1e6, "mio.": 1e6, "ล้าน": 1e6, "แสน": 1e5,
    "b": 1e9, "bn": 1e9, "mrd": 1e9, "mrd.": 1e9, "พันล้าน": 1e9, "หมื่น": 1e4,
}  # fmt: skip
_SCALE = "|".join(sorted((s.replace(".", r"\.") for s in _SCALES), key=len, reverse=True))
_PATTERN = (
    rf"^(\()?([-+])?\s?({_SIGNS})?\s?([-+])?\s?"
    r"([0-9][0-9.,'’ ]*|[.,][0-9]+)"
    rf"\s?((?i:{_SCALE}))?\s?({_SIGNS})?(-)?(\))?$"
)
_PARTS = "['open', 'minus', 'before', 'inner', 'digits', 'scale', 'after', 'trailing', 'close']"
_GROUPED = "^[0-9]{1,3}([ '’][0-9]{3})+([.,][0-9]*)?$|^[^ '’]+$"
_MARKS = "[ '’]"
_STYLES = {
    "point": r"^([0-9]+|[0-9]{1,3}(,[0-9]{2,3})*,[0-9]{3})(\.[0-9]*)?$|^\.[0-9]+$",
    "comma": r"^([0-9]+|[0-9]{1,3}(\.[0-9]{2,3})*\.[0-9]{3})(,[0-9]*)?$|^,[0-9]+$",
}
_SCIENTIFIC = r"^[-+]?[0-9](\.[0-9]+)?[eE][-+]?[0-9]{1,3}$"

_MINUSES = "(p.minus = '-')::INT + (p.inner = '-')::INT + (p.trailing = '-')::INT"

KIND_NUMBER = Text("columns.kind.number", "numbers", "ตัวเลข")
AMBIGUOUS = Text(
    "columns.ambiguous-number",
    "{file}: '{column}' can be read with decimal point or decimal comma ({count} values fit both, "
    "e.g. {example}).",
    "{file}: '{column}' อ่านได้ทั้งแบบจุดทศนิยมและจุลภาคทศนิยม (เข้าได้ทั้งสองแบบ {count} ค่า เช่น {example})",
)
ADD_DECIMAL = Text(
    "columns.add-decimal",
    'Add  decimal: "."  or  decimal: ","  under columns.{field}.',
    'เพิ่ม  decimal: "."  หรือ  decimal: ","  ที่ columns.{field}',
)
TWO_STYLES = Text(
    "columns.two-number-styles",
    "{file}: '{column}' holds two number styles: {point} with a decimal point, {comma} with a "
    "decimal comma.",
    "{file}: '{column}' มีตัวเลขสองรูปแบบปนกัน: {point} ใช้จุดทศนิยม แต่ {comma} ใช้จุลภาคทศนิยม",
)
ONE_STYLE = Text(
    "columns.one-number-style",
    "Write the numbers of '{column}' in one style.",
    "เขียนตัวเลขใน '{column}' ให้เป็นรูปแบบเดียวกัน",
)
ROUNDED_NOTE = Text(
    "columns.rounded",
    "{file}: {count} numbers of '{column}' were rounded to {digits} decimals.",
    "{file}: ปัดตัวเลข {count} ค่าใน '{column}' เป็นทศนิยม {digits} ตำแหน่ง",
)
SCALED_NOTE = Text(
    "columns.scaled",
    "{file}: {count} numbers of '{column}' are written short, e.g. {example}, so not exact.",
    "{file}: ตัวเลข {count} ค่าใน '{column}' เขียนแบบย่อ เช่น {example} จึงเป็นค่าประมาณ",
)


class _Style(NamedTuple):
    """One way to write numbers, in SQL over the text ``t`` of a cell."""

    plain: str  # its digits with a point, no sign; NULL where the cell is not written so
    value: str


def decide_numbers(
    con: duckdb.DuckDBPyConnection,
    table: str,
    column: str,
    *,
    source: str,
    field: str,
    digits: int = 2,
    kind: Kind = "decimal",
    decimal: Literal[".", ","] | None = None,
    required: bool = True,
) -> Reading:
    """Read a column of numbers; one decimal sign holds for all of it.

    Args:
        con: where the raw table is.
        table: the raw table.
        column: of the raw table.
        source: name for messages.
        field: of the canonical table, for messages.
        digits: decimals kept; more are rounded half up and counted.
        kind: decimal gives DECIMAL(18, digits), integer BIGINT, double DOUBLE.
        decimal: the decimal sign, where the settings say it.
        required: False: a column that cannot be decided gives no values instead of a question.

    Raises:
        MappingError: no number, two styles, or nothing that settles the decimal sign.
    """
    one = Column(con, table, column, source, field)
    text = cell_expression(column)
    type_ = {"decimal": f"DECIMAL(18, {digits})", "integer": "BIGINT", "double": "DOUBLE"}[kind]
    kept = None if kind == "double" else digits
    plain = None if decimal == "," else plain_numbers(one, type_, kept, settled=decimal == ".")
    if plain is not None:
        return _plain_reading(one, plain, kept)
    styles = {name: _style(name, type_) for name in ("point", "comma", "scientific")}
    values = {name: style.plain for name, style in styles.items()}
    values |= {f"{name}_value": style.value for name, style in styles.items()}
    values |= {"scale": _over_parts("p.scale"), "signs": _over_parts("[p.before, p.after]")}
    with counted_cells(one) as different, worked_out(one, different, values) as cells:
        empty, filled = counts(con, cells, ["t IS NULL", "t IS NOT NULL"])
        name = _choose(one, cells, filled, decimal)
        if isinstance(name, MappingError):
            if required:
                raise name
            reason = reason_of(name, "not_a_number")
            return nothing_read(type_, text, reason, filled=filled, empty=empty, question=name)
        notes, rounded = _doubts(one, cells, name, digits=kept)
        unreadable, decimals = counts(
            con, cells, [f"t IS NOT NULL AND {name}_value IS NULL", f"contains({name}, '.')"]
        )
        currencies = _currencies(one, cells, name)
        notes = [*marker_notes(one, cells), *notes]
    value = styles[name].value
    return Reading(
        sql=let("t", text, value),
        bad_sql=let("t", text, f"t IS NOT NULL AND {value} IS NULL"),
        label=name,
        reason=let(
            "t",
            text,
            f"CASE WHEN {_too_large(styles[name], type_)} THEN 'overflow' ELSE 'not_a_number' END",
        ),
        filled=filled,
        unreadable=unreadable,
        empty=empty,
        rounded=rounded,
        currencies=currencies,
        decimals=decimals > 0,
        notes=tuple(notes),
    )


def _plain_reading(one: Column, plain: PlainNumbers, digits: int | None) -> Reading:
    notes = [_cut_note(one, plain.cut, digits or 0)] if plain.cut else []
    return Reading(
        sql=plain.value,
        bad_sql=f"({quoted(one.name)} <> '' AND {plain.value} IS NULL)",
        label="point",
        reason="'overflow'",
        filled=plain.filled,
        unreadable=plain.unreadable,
        empty=plain.empty,
        rounded=plain.cut,
        decimals=plain.decimals,
        notes=tuple(notes),
    )


def _cut_note(one: Column, cut: int, digits: int) -> Message:
    params: dict[str, Param] = {"file": one.source, "column": one.name}
    return Message(ROUNDED_NOTE, {**params, "count": cut, "digits": digits})


def sign_expression(column: str) -> str:
    """The currency sign or code of a cell, the code where it has both; NULL where it has none."""
    code = "regexp_full_match({}, '[A-Z]{{3}}')"
    cases = (
        f"WHEN {code.format('p.before')} THEN p.before WHEN {code.format('p.after')} THEN p.after "
        "WHEN p.before <> '' THEN p.before WHEN p.after <> '' THEN p.after"
    )
    return let("t", cell_expression(column), _over_parts(f"CASE {cases} END"))


def _choose(one: Column, cells: str, filled: int, decimal: str | None) -> _Name | MappingError:
    only_point = "comma IS NULL AND point IS NOT NULL"
    only_comma = "point IS NULL AND comma IS NOT NULL"
    differ = "point IS NOT NULL AND comma IS NOT NULL AND point_value IS DISTINCT FROM comma_value"
    conditions = [f"{name} IS NOT NULL" for name in ("point", "comma", "scientific")]
    points, commas, scientifics, points_only, commas_only, differing = counts(
        one.con, cells, [*conditions, only_point, only_comma, differ]
    )
    if scientifics and scientifics == filled:
        return "scientific"
    if decimal is None and points_only and commas_only:
        return one.ask(
            TWO_STYLES,
            ONE_STYLE,
            point=shown(examples(one.con, cells, only_point, 1)),
            comma=shown(examples(one.con, cells, only_comma, 1)),
        )
    if decimal is None and differing and not points_only and not commas_only:
        example = examples(one.con, cells, differ, 1)[0][1]
        return one.ask(AMBIGUOUS, ADD_DECIMAL, count=differing, example=example)
    takes_comma = decimal == "," if decimal is not None else commas > points
    name: _Name = "comma" if takes_comma else "point"
    if filled and not accepted(commas if takes_comma else points, filled):
        found = shown(examples(one.con, cells, f"{name} IS NULL"))
        return one.ask(NOT_READABLE, FIX_COLUMN, kind=KIND_NUMBER, examples=found)
    return name


def _style(name: str, type_: str) -> _Style:
    if name == "scientific":
        fits = f"regexp_matches(t, {literal(_SCIENTIFIC)})"
        value = f"CASE WHEN {fits} THEN TRY_CAST(TRY_CAST(t AS DOUBLE) AS {type_}) END"
        return _Style(f"CASE WHEN {fits} THEN t END", value)
    fits = (
        f"regexp_matches(trim(p.digits), {literal(_GROUPED)})"
        f" AND regexp_matches(d, {literal(_STYLES[name])})"
        f" AND (p.open = '') = (p.close = '') AND {_MINUSES} + (p.open <> '')::INT <= 1"
    )
    thousands, mark = (",", ".") if name == "point" else (".", ",")
    plain = f"replace(replace(d, '{thousands}', ''), '{mark}', '.')"
    packed = f"regexp_replace(p.digits, {literal(_MARKS)}, '', 'g')"
    number = let("d", packed, f"CASE WHEN {fits} THEN {plain} END")
    value = let("n", number, f"CASE WHEN n IS NOT NULL THEN {_value(type_)} END")
    return _Style(_over_parts(number), _over_parts(value))


def _too_large(style: _Style, type_: str) -> str:
    """Whether a cell is a number, though larger than the type holds."""
    if type_ != "BIGINT":
        return f"{style.plain} IS NOT NULL"
    return f"coalesce(regexp_matches({style.plain}, '^[0-9]+([.]0*)?$'), false)"


def _over_parts(body: str) -> str:
    return let("p", f"regexp_extract(t, {literal(_PATTERN)}, {_PARTS})", body)


def _value(type_: str) -> str:
    """The number; whole numbers are never made by rounding."""
    sign = f"CASE WHEN p.open <> '' OR {_MINUSES} > 0 THEN '-' ELSE '' END || n"
    scales = " ".join(f"WHEN {literal(word)} THEN {scale:.0f}" for word, scale in _SCALES.items())
    factor = f"CASE lower(p.scale) {scales} END"
    scaled = f"TRY_CAST(round(TRY_CAST({sign} AS DOUBLE) * {factor}, 6) AS {type_})"
    exact = f"TRY_CAST({sign} AS {type_})"
    if type_ == "BIGINT":
        exact = f"CASE WHEN regexp_matches(n, '^[0-9]+([.]0*)?$') THEN {exact} END"
    return f"CASE WHEN p.scale <> '' THEN {scaled} ELSE {exact} END"


def _doubts(
    one: Column, cells: str, name: _Name, *, digits: int | None
) -> tuple[list[Message], int]:
    """Numbers that lose digits, and those written short."""
    short = f"{name} IS NOT NULL AND scale <> ''"
    longer = "false"
    if digits is not None and name != "scientific":
        decimals = literal(rf"[.][0-9]{{{digits}}}[0-9]*[1-9]")
        longer = f"{name}_value IS NOT NULL AND scale = '' AND regexp_matches({name}, {decimals})"
    cut, scaled = counts(one.con, cells, [longer, short])
    notes = []
    names: dict[str, str | int] = {"file": one.source, "column": one.name}
    if cut:
        notes.append(_cut_note(one, cut, digits or 0))
    if scaled:
        example = examples(one.con, cells, short, 1)[0][1]
        notes.append(Message(SCALED_NOTE, {**names, "count": scaled, "example": example}))
    return notes, cut + scaled


def _currencies(one: Column, cells: str, name: _Name) -> tuple[str, ...]:
    rows = one.con.execute(
        f"""
        SELECT sign, sum(n) FROM (
            SELECT unnest(signs) AS sign, n FROM {cells} WHERE {name} IS NOT NULL)
        WHERE sign <> '' GROUP BY 1 ORDER BY 2 DESC, 1
        """
    ).fetchall()
    return tuple(str(row[0]) for row in rows)
