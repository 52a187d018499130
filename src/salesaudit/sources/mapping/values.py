"""Values: how the cells of each field become values, decided over all cells of a column."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import contextlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from salesaudit.core.errors import MappingError
from salesaudit.core.settings import ColumnSpec, Settings, SourceSpec
from salesaudit.core.texts import Message, Param, Text
from salesaudit.sources.columns import (
    decide_booleans,
    decide_numbers,
    decide_times,
    text_expression,
)
from salesaudit.sources.columns.numbers import AMBIGUOUS, sign_expression
from salesaudit.sources.columns.reading import Reading
from salesaudit.sources.mapping.cells import Cells
from salesaudit.sources.mapping.currency import KEPT, RATE_DAYS, Amount, converted, digits_of
from salesaudit.sources.mapping.fields import Field
from salesaudit.sources.privacy import id_expression, masked_expression
from salesaudit.warehouse.schema import Column, Kind
from salesaudit.warehouse.sql import literal, quoted

NOTHING_ALLOWED = Text(
    "mapping.nothing_allowed",
    en="{file}: “{column}” never says {known}, which {field} may be. Seen: {seen}.",
    th="{file}: “{column}” ไม่มีค่า {known} ที่ใช้ได้กับ {field} เลย ค่าที่พบ: {seen}",
)
MAP_VALUES = Text(
    "mapping.map_values",
    en="Say what they mean:  {field}: {{column: {column}, map: {{{example}: ...}}}}.",
    th="ระบุความหมายของแต่ละค่า:  {field}: {{column: {column}, map: {{{example}: ...}}}}",
)
ONE_OF_THEM = Text(
    "mapping.one_of_them",
    en="Write one of {known} in salesaudit.yaml.",
    th="เขียนค่าใดค่าหนึ่งใน {known} ใน salesaudit.yaml",
)

NAMES_MAPPED = Text(
    "mapping.names_mapped",
    en="{file}: “{column}” is listed under names, whose cells are never kept, and is mapped to "
    "{field}.",
    th="{file}: “{column}” อยู่ใน names ซึ่งจะไม่เก็บข้อมูลไว้ แต่ถูกกำหนดให้กับ {field} ด้วย",
)
NAMES_OR_MAPPED = Text(
    "mapping.names_or_mapped",
    en="Remove it from names, or remove the line  {field}:  of this source.",
    th="นำออกจาก names หรือลบบรรทัด  {field}:  ของแหล่งข้อมูลนี้",
)
LIKE_ANOTHER = Text(
    "mapping.like_another",
    en="“{other}” of the same file is written with “{sign}”: if this column is too, add  "
    "decimal: '{sign}'  under columns.{field}.",
    th="“{other}” ในไฟล์เดียวกันใช้ “{sign}” เป็นทศนิยม หากคอลัมน์นี้ใช้แบบเดียวกัน ให้เพิ่ม  "
    "decimal: '{sign}'  ที่ columns.{field}",
)
LIKE_ITS_SEPARATOR = Text(
    "mapping.like_its_separator",
    en="Files separated by semicolons mostly have decimal commas: if this one does, add  "
    "decimal: ','  under columns.{field}, otherwise  decimal: '.'  there.",
    th="ไฟล์ที่คั่นด้วยอัฒภาคมักใช้จุลภาคทศนิยม หากไฟล์นี้ใช้แบบนั้น ให้เพิ่ม  decimal: ','  "
    "ที่ columns.{field} มิฉะนั้นใช้  decimal: '.'",
)

_NUMBERS: dict[Kind, Literal["decimal", "integer", "double"]] = {
    Kind.MONEY: "decimal",
    Kind.NUMBER: "double",
    Kind.COUNT: "integer",
}


class Typed(NamedTuple):
    """How a field's cells become values: expressions over the table of cells."""

    field: Field
    value: str
    why: str  # the reason where a cell holds something that cannot be read; empty: never


class Reader:
    """Decides, looking at all of a batch's cells, how each field is read."""

    def __init__(self, cells: Cells, spec: SourceSpec, settings: Settings) -> None:
        self.con = cells.con
        self.cells = cells.name
        self.batch = cells.batch
        self.spec = spec
        self.settings = settings
        self.notes: list[Message] = []
        self.read: dict[tuple[str, str], Reading] = {}  # times and numbers, by field and cell

    def fields(self, fields: Sequence[Field]) -> list[Typed]:
        """All fields of a table; amounts last, as the rate of a currency may depend on the day."""
        self._look_at(fields)
        typed = {f.column.name: self.field(f) for f in fields if not _is_money(f.column)}
        days = [typed[name].value for name in RATE_DAYS if name in typed]
        day = _local_day(f"coalesce({', '.join(days)})", self.settings) if days else None
        for field in fields:
            if _is_money(field.column):
                typed[field.column.name] = self.amount(field, day)
        return [typed[field.column.name] for field in fields]

    def field(self, field: Field) -> Typed:
        """One field."""
        column = field.column
        if column.kind in (Kind.TIME, Kind.DAY):
            reading = self._times(field)
        elif column.kind in _NUMBERS:
            reading = self._numbers(field)
        elif column.kind is Kind.YES_NO:
            reading = decide_booleans(
                self.con,
                self.cells,
                field.cell,
                source=self.batch.label,
                field=column.name,
                required=column.required,
            )
        else:
            return self._text(field)
        self.notes.extend(reading.notes)
        return Typed(field, reading.sql, _why(reading))

    def amount(self, field: Field, day: str | None) -> Typed:
        """An amount, in the company's currency."""
        reading = self._numbers(field)
        self.notes.extend(reading.notes)
        given = field.spec.currency
        signed = sign_expression(field.cell)
        if isinstance(given, ColumnSpec) and given.column is not None:
            signed = text_expression(given.column)
        elif given is not None:
            signed = literal(given if isinstance(given, str) else str(given.value))
        elif not reading.currencies:
            return Typed(field, reading.sql, _why(reading))
        found = self.con.execute(
            f"SELECT {signed} AS sign, count(*) FROM {quoted(self.cells)} "
            f"WHERE ({reading.sql}) IS NOT NULL GROUP BY 1 ORDER BY 1"
        ).fetchall()
        name = field.spec.column or field.column.name
        value, notes = converted(
            Amount(reading.sql, signed, day),
            {sign: int(count) for sign, count in found},
            self.settings,
            self.batch.label,
            name,
        )
        self.notes.extend(notes)
        return Typed(field, value, _why(reading))

    def _look_at(self, fields: Sequence[Field]) -> None:
        """Read what raises no question: it may settle, or propose, how the others are read."""
        for field in fields:
            kind = field.column.kind
            with contextlib.suppress(MappingError):
                if kind in (Kind.TIME, Kind.DAY):
                    self.read[_key(field)] = self._times_alone(field, required=True)
                elif kind in _NUMBERS:
                    self.read[_key(field)] = self._numbers_alone(field, required=True)

    def _times(self, field: Field) -> Reading:
        if _key(field) in self.read:
            return self.read[_key(field)]
        others = self.read.values()
        era = "buddhist" if any(reading.buddhist for reading in others) else None
        newest = max((r.newest for r in others if r.newest is not None), default=None)
        required = field.column.required or field.column.event
        return self._times_alone(field, required=required, era=era, newest=newest)

    def _times_alone(
        self, field: Field, *, required: bool, era: str | None = None, newest: date | None = None
    ) -> Reading:
        column, given = field.column, field.spec
        return decide_times(
            self.con,
            self.cells,
            field.cell,
            source=self.batch.label,
            field=column.name,
            timezone=given.timezone or self.spec.timezone or self.settings.timezone,
            format=given.format,
            era=given.era or era,
            day=column.kind is Kind.DAY,
            newest=newest,
            required=required,
        )

    def _numbers(self, field: Field) -> Reading:
        if _key(field) in self.read:
            return self.read[_key(field)]
        required = field.column.required or _is_money(field.column)
        try:
            return self._numbers_alone(field, required=required)
        except MappingError as question:
            raise self._with_proposal(question, field) from None

    def _with_proposal(self, question: MappingError, field: Field) -> MappingError:
        """The question of a decimal sign, with what the rest of the file says about it."""
        if question.problem.id != AMBIGUOUS.id:
            return question
        read = self.read.items()
        comma = next((cell for (_, cell), r in read if r.label == "comma"), None)
        point = next((cell for (_, cell), r in read if r.label == "point" and r.decimals), None)
        params: dict[str, Param] = {"field": field.column.name}
        if comma is not None and point is None:
            return _asked(question, LIKE_ANOTHER, {**params, "other": comma, "sign": ","})
        if point is not None and comma is None:
            return _asked(question, LIKE_ANOTHER, {**params, "other": point, "sign": "."})
        if comma is None and all(part.separator == ";" for part in self.batch.parts):
            return _asked(question, LIKE_ITS_SEPARATOR, params)
        return question

    def _numbers_alone(self, field: Field, *, required: bool) -> Reading:
        column, given = field.column, field.spec
        written_by_us = isinstance(given.value, int | float)
        return decide_numbers(
            self.con,
            self.cells,
            field.cell,
            source=self.batch.label,
            field=column.name,
            kind=_NUMBERS[column.kind],
            digits=self._digits(field),
            decimal="." if written_by_us else given.decimal,
            required=required,
        )

    def _digits(self, field: Field) -> int:
        """Decimals that an amount is kept with: the company's, where it is in no other currency."""
        given = field.spec.currency
        if given is None:
            return digits_of(self.settings.currency)
        return digits_of(given) if given == self.settings.currency else KEPT

    def _text(self, field: Field) -> Typed:
        column, text = field.column, quoted(field.cell)
        if column.values:
            return self._word(field, text)
        names_people = field.spec.column in self.spec.names
        if names_people and column.kind not in (Kind.ID, Kind.HASH):
            raise MappingError(
                NAMES_MAPPED,
                NAMES_OR_MAPPED,
                file=self.batch.label,
                column=field.spec.column or "",
                field=column.name,
            )
        value = {
            Kind.ID: f"id_hash({text})" if names_people else id_expression(text),
            Kind.TEXT: masked_expression(text, phones=True),
            Kind.HASH: f"contact_hash({quoted(field.cell)})",
        }.get(column.kind, masked_expression(text, phones=False))
        if column.key and not column.required and column.kind is Kind.CATEGORY:
            value = f"coalesce({value}, '')"
        return Typed(field, value, "")

    def _word(self, field: Field, text: str) -> Typed:
        """One of the words that the column may hold; if a must never is, the question why."""
        column = field.column
        allowed = ", ".join(literal(value) for value in column.values)
        inside = f"lower({text}) IN ({allowed})"
        seen = self.con.execute(
            f"SELECT {text} AS word, {inside} AS known, count(*) FROM {quoted(self.cells)} "
            f"WHERE {text} IS NOT NULL GROUP BY 1, 2 ORDER BY 2 DESC, 3 DESC, 1 LIMIT 5"
        ).fetchall()
        if column.required and seen and not seen[0][1]:
            raise MappingError(
                NOTHING_ALLOWED,
                MAP_VALUES if field.spec.column else ONE_OF_THEM,
                file=self.batch.label,
                column=field.spec.column or field.cell,
                field=column.name,
                known=", ".join(column.values),
                seen=", ".join(str(word)[:40] for word, *_ in seen),
                example=str(seen[0][0])[:40],
            )
        value = f"CASE WHEN {inside} THEN lower({text}) END"
        return Typed(field, value, f"CASE WHEN NOT {inside} THEN 'not_allowed' END")


def _asked(question: MappingError, fix: Text, params: Mapping[str, Param]) -> MappingError:
    return MappingError(question.problem.text, fix, **{**question.problem.params, **params})


def _key(field: Field) -> tuple[str, str]:
    return field.column.name, field.cell


def _why(reading: Reading) -> str:
    return reading.why_sql if reading.unreadable else ""


def _local_day(moment: str, settings: Settings) -> str:
    zone = literal(settings.timezone)
    return f"CAST(timezone({zone}, timezone('UTC', CAST({moment} AS TIMESTAMP))) AS DATE)"


def _is_money(column: Column) -> bool:
    return column.kind is Kind.MONEY
