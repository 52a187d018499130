"""Drafting: a source of the settings from what a file's columns are taken for."""

from __future__ import annotations

# ruff: noqa: S608 -- names are quoted, values are literals of our own
import json
import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import duckdb

from salesaudit.core.errors import MappingError
from salesaudit.core.texts import Message, Text, message
from salesaudit.sources.columns import decide_numbers, decide_times
from salesaudit.sources.columns.date_choice import AMBIGUOUS as AMBIGUOUS_DATE
from salesaudit.sources.columns.numbers import AMBIGUOUS as AMBIGUOUS_NUMBER
from salesaudit.sources.columns.reading import Reading
from salesaudit.sources.exports import table_name
from salesaudit.sources.propose.matching import Fit, Match
from salesaudit.sources.propose.profile import Profile, cell, one_number
from salesaudit.sources.propose.proposal import Line, Question, Source, Spec
from salesaudit.sources.propose.tables import SHAPES
from salesaudit.sources.propose.values import almost_the_same, kind_of_activity, meanings, outcome
from salesaudit.sources.propose.words import nearest, nearness, vocabulary
from salesaudit.sources.raw import RawTable
from salesaudit.sources.recognise.headers import is_loaders, plain
from salesaudit.warehouse.schema import TABLES, Kind
from salesaudit.warehouse.sql import literal, quoted

NO_ID = Text(
    "propose.no_id",
    en="No column is an id, so records are numbered; the same case in another file is not known.",
    th="ไม่มีคอลัมน์ใดเป็นรหัส จึงนับเป็นลำดับรายการ และไม่รู้ว่ารายการใดเป็นรายเดียวกับในไฟล์อื่น",
)
SUMMED = Text(
    "propose.summed",
    en="The file has several records for a day, channel and campaign; their sum is loaded.",
    th="ไฟล์มีหลายรายการต่อวัน ช่องทาง และแคมเปญ จึงนำเข้าเป็นผลรวม",
)
ONE_PER_LEAD = Text(
    "propose.one_per_lead",
    en="One deal for each lead, and no id of its own.",
    th="หนึ่งดีลต่อหนึ่งลีด และไม่มีรหัสดีลแยกต่างหาก",
)
ONLY_WON = Text(
    "propose.only_won",
    en="The file is taken to hold won deals only. Lost ones, if they are kept, stand elsewhere.",
    th="ถือว่าไฟล์นี้มีเฉพาะดีลที่ปิดได้ หากเก็บดีลที่แพ้ไว้ ต้องเพิ่มจากที่อื่น",
)
ONLY_OPEN = Text(
    "propose.only_open",
    en="Nothing says how these deals ended: they are taken to be open.",
    th="ไม่มีข้อมูลว่าดีลเหล่านี้จบอย่างไร จึงถือว่ายังเปิดอยู่",
)
ALIKE = Text(
    "propose.alike",
    en="“{rare}” ({few}) is almost “{common}” ({many}). If they are one:  map: {{{key}: {value}}}",
    th="“{rare}” ({few}) เกือบเหมือน “{common}” ({many}) หากเป็นค่าเดียวกัน:  map: {{{key}: {value}}}",
)
ORPHANS = Text(
    "propose.orphans",
    en="{share} % of these ids are known among the {table}; {n} are not.",
    th="{share} % ของรหัสเหล่านี้พบใน {table} อีก {n} รหัสไม่พบ",
)
ASK_DATES = Text(
    "propose.ask_dates",
    en="{file}: is “{example}” in '{column}' day-month or month-day? {count} values fit both.",
    th="{file}: “{example}” ใน '{column}' เป็นวัน-เดือนหรือเดือน-วัน ({count} ค่าเป็นได้ทั้งสองแบบ)",
)
ASK_DECIMAL = Text(
    "propose.ask_decimal",
    en="{file}: which sign is the decimal one, in “{example}”? {count} values can be read both "
    "ways.",
    th="{file}: เครื่องหมายใดคือจุดทศนิยมใน “{example}” ({count} ค่าอ่านได้ทั้งสองแบบ)",
)
ASK_OUTCOMES = Text(
    "propose.ask_outcomes",
    en="{file}: which values of '{column}' mean won, and which lost? Seen: {seen}.",
    th="{file}: ค่าใดใน '{column}' หมายถึงปิดได้ และค่าใดหมายถึงแพ้ ค่าที่พบ: {seen}",
)
NO_DAY = Text(
    "propose.no_day",
    en="The file has no day: write the first and the last one that it is for.",
    th="ไฟล์ไม่มีวันที่: ระบุวันแรกและวันสุดท้ายของช่วงเวลา",
)
NO_CHANNEL = Text(
    "propose.no_channel",
    en="The file names no channel: write which one it is.",
    th="ไฟล์ไม่ระบุช่องทาง: เขียนชื่อช่องทาง",
)

NAMES_NOT_IDS = Text(
    "propose.names_not_ids",
    en="People are named here, not numbered; two of one name would be taken for one.",
    th="ไฟล์นี้ใช้ชื่อบุคคลแทนรหัส คนที่ชื่อซ้ำกันจะถูกนับเป็นคนเดียว",
)

FIELDS_THAT_CHANGE = {
    "lead_changes": {
        "owner_id": "person", "score": "score", "status": "status", "channel": "channel",
    },
    "deal_changes": {
        "stage": "stage", "amount": "amount", "expected_on": "expected", "rep_id": "person",
        "status": "status", "forecast_category": "forecast",
    },
}  # fmt: skip
ALMOST_NONE = 0.02  # ids without a target that are not worth a word


class Times(NamedTuple):
    """What the dates of the folder have shown so far: orders that are proved."""

    orders: list[str]  # dmy or mdy
    columns: list[tuple[str, str]]  # table and column of every time


class Drafted(NamedTuple):
    """A source, and what is open about it."""

    source: Source
    questions: tuple[Question, ...]
    currencies: tuple[str, ...]


class Draft:
    """One file on its way to a source of the settings."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        raw: RawTable,
        profiles: Mapping[str, Profile],
        times: Times,
    ) -> None:
        self.con = con
        self.raw = raw
        self.profiles = profiles
        self.times = times
        self.questions: list[Question] = []
        self.currencies: list[str] = []
        self.lines: list[Line] = []
        self.notes: list[Message] = []

    def source(self, fit: Fit, orphans: Mapping[str, float], *, alone: bool) -> Drafted:
        """The source of a table with a row for each record.

        Args:
            fit: the table, and the columns for it.
            orphans: ids of a column that are among another file's keys, as a share.
            alone: whether no other file without ids fills the same table.
        """
        for field, match in fit.matches.items():
            self.lines.append(self._line(fit.table, field, match, orphans))
        self._key(fit, alone=alone)
        if fit.table == "deals":
            self._status()
        select = ""
        if fit.table in ("spend", "visits"):
            self._day_and_channel(fit.table)
            select = self._summed(fit.table)
        where = ""
        if fit.table in FIELDS_THAT_CHANGE:
            where = self._changed_fields(fit.table, fit.matches["field"].column)
        order = [column.name for column in TABLES[fit.table].columns]
        self.lines.sort(key=lambda line: order.index(line.field))
        source = Source(
            read="" if select else self.raw.name,
            select=select,
            name=fit.table if select else "",
            over=(self.raw.name,) if select else (),
            into=fit.table,
            where=where,
            lines=tuple(self.lines),
            notes=tuple(self.notes),
            unused=self._unused(fit),
            confidence=min(1.0, fit.score / 3),
        )
        return Drafted(source, tuple(self.questions), tuple(dict.fromkeys(self.currencies)))

    def time(self, field: str, column: str) -> Line:
        """The line of a time: its form where it is proved, a question where it is not."""
        self.times.columns.append((self.raw.table, column))
        try:
            reading = decide_times(
                self.con, self.raw.table, column, source=self.raw.name, field=field,
                timezone="UTC",
            )  # fmt: skip
        except MappingError as error:
            if error.problem.text is not AMBIGUOUS_DATE:
                return Line(field, column, 0.4, notes=(error.problem,))
            return self._ambiguous(field, column, error)
        form = _form(reading)
        if form:
            self.times.orders.append("mdy" if form.startswith("%m") else "dmy")
        return Line(field, {"column": column, "format": form} if form else column)

    def _line(self, table: str, field: str, match: Match, orphans: Mapping[str, float]) -> Line:
        column = TABLES[table].column(field)
        profile = self.profiles[match.column]
        kind = column.kind if column else Kind.ID
        if kind in (Kind.TIME, Kind.DAY):
            line = self.time(field, match.column)
        elif kind is Kind.MONEY:
            line = self.money(field, match.column)
        elif table == "deals" and field == "status":
            line = self._outcomes(profile)
        elif table == "activities" and field == "kind":
            kinds = {value: kind_of_activity(value) for value, _ in profile.values}
            line = Line(field, {"column": match.column, "map": kinds})
        else:
            line = Line(field, match.column, notes=self._notes(kind, profile, orphans, field))
        return line._replace(confidence=min(line.confidence, match.confidence), others=match.others)

    def _notes(
        self, kind: Kind, profile: Profile, orphans: Mapping[str, float], field: str
    ) -> tuple[Message, ...]:
        notes: list[Message] = []
        share = orphans.get(profile.column, 1.0)
        if field in ("lead_id", "deal_id") and share < 1 - ALMOST_NONE:
            lost = round(profile.distinct * (1 - share))
            notes.append(
                message(ORPHANS, share=f"{100 * share:.0f}", table=f"{field[:-3]}s", n=lost)
            )
        if field in ("owner_id", "rep_id") and any(" " in value for value, _ in profile.values):
            notes.append(message(NAMES_NOT_IDS))
        if kind is Kind.CATEGORY:
            notes += [
                message(
                    ALIKE, rare=a.rare, few=a.rare_count, common=a.common, many=a.common_count,
                    key=scalar(a.rare), value=scalar(a.common),
                )
                for a in almost_the_same(self.con, self.raw.table, profile)
            ]  # fmt: skip
        return tuple(notes)

    def _ambiguous(self, field: str, column: str, error: MappingError) -> Line:
        forms = [str(error.fix.params[name]) for name in ("first", "second")]
        proved = self.times.orders[0] if self.times.orders else "dmy"
        forms.sort(key=lambda form: form.startswith("%m") != (proved == "mdy"))
        self._ask_dates(column, tuple(forms), error)
        return Line(field, {"column": column, "format": forms[0]}, 0.5)

    def _ask_dates(self, column: str, forms: tuple[str, ...], error: MappingError) -> None:
        """One question for all columns of the file that can be read both ways."""
        before = next((q for q in self.questions if q.kind == "dates"), None)
        if before is None:
            asked = message(
                ASK_DATES, file=self.raw.name, column=column,
                count=error.problem.params["count"], example=error.problem.params["example"],
            )  # fmt: skip
            self.questions.append(
                Question("dates", asked, forms[0], choices=forms, file=self.raw.name,
                         forms={column: forms})
            )  # fmt: skip
        elif column not in before.forms:
            columns = "', '".join((*before.forms, column))
            asked = message(ASK_DATES, **{**before.said.params, "column": columns})
            more = before._replace(said=asked, forms={**before.forms, column: forms})
            self.questions[self.questions.index(before)] = more

    def asks_for(self, column: str) -> bool:
        """Whether the order of a column's dates is asked for."""
        return any(column in question.forms for question in self.questions)

    def money(self, field: str, column: str) -> Line:
        """The line of an amount: its decimal sign where it is open, its currency where told."""
        spec: dict[str, object] = {"column": column}
        notes: tuple[Message, ...] = ()
        sure = 1.0
        try:
            reading = decide_numbers(
                self.con, self.raw.table, column, source=self.raw.name, field=field
            )
            self.currencies += reading.currencies
        except MappingError as error:
            notes, sure = (error.problem,), 0.7
            if error.problem.text is AMBIGUOUS_NUMBER:
                spec["decimal"], notes = self._decimal(field, error), ()
            self.currencies += self.profiles[column].signs
        beside = self._currency_column()
        if beside is not None:
            spec["currency"] = {"column": beside.column}
            self.currencies += [value for value, _ in beside.values]
        return Line(field, spec if len(spec) > 1 else column, sure, notes=notes)

    def _decimal(self, field: str, error: MappingError) -> str:
        """Three digits after every sign are more likely thousands; people are asked."""
        example = str(error.problem.params["example"])
        sign = "." if "," in example else ","
        asked = message(
            ASK_DECIMAL, file=self.raw.name, example=example, count=error.problem.params["count"]
        )
        self.questions.append(Question("decimal", asked, sign, (-1, field), (".", ",")))
        return sign

    def _currency_column(self) -> Profile | None:
        words = vocabulary().columns["currency"]
        codes = [
            p
            for p in self.profiles.values()
            if nearness(p.column, words) >= 0.5
            and p.values
            and all(len(v) == 3 and v.isupper() for v, _ in p.values)
        ]
        return codes[0] if codes else None

    def _key(self, fit: Fit, *, alone: bool) -> None:
        keys = TABLES[fit.table].key
        if not SHAPES[fit.table].numbered or keys[0] in fit.matches:
            return
        lead = fit.matches.get("lead_id")
        if fit.table == "deals" and lead and self.profiles[lead.column].unique:
            self.lines.append(
                Line(keys[0], lead.column, lead.confidence, notes=(message(ONE_PER_LEAD),))
            )
            return
        if fit.table in ("leads", "deals"):
            self.notes.append(message(NO_ID))
        name = literal(f"{table_name(self.raw.name)} ")
        spec: Spec = {"row": True} if alone else {"sql": f"{name} || _record"}
        self.lines.append(Line(keys[0], spec))

    def _status(self) -> None:
        """How the deals ended, where no column of that name says it."""
        if any(line.field == "status" for line in self.lines):
            return
        stage = next((line for line in self.lines if line.field == "stage"), None)
        if stage is not None and isinstance(stage.spec, str):
            profile = self.profiles[stage.spec]
            if any(outcome(value) in ("won", "lost") for value, _ in profile.values):
                self.lines.append(self._outcomes(profile))
                return
        closed = next((line for line in self.lines if line.field == "closed_at"), None)
        said = f"{table_name(self.raw.name)} {_column(closed) if closed else ''}"
        won = closed is not None and (
            nearness(said, vocabulary().outcomes["won"]) > 0 or "closed" in plain(said)
        )
        note = message(ONLY_WON if won else ONLY_OPEN)
        self.lines.append(Line("status", {"value": "won" if won else "open"}, 0.7, notes=(note,)))

    def _outcomes(self, profile: Profile) -> Line:
        meant = meanings(profile.values)
        unknown = [value for value, end in meant.items() if end is None]
        mapped = {value: end or "open" for value, end in meant.items()}
        if unknown or not {"won", "lost"} & set(mapped.values()):
            seen = ", ".join(f"{value} ({n})" for value, n in profile.values[:12])
            said = message(ASK_OUTCOMES, file=self.raw.name, column=profile.column, seen=seen)
            default = "; ".join(
                f"{end}={', '.join(v for v, e in mapped.items() if e == end)}"
                for end in ("won", "lost")
            )
            self.questions.append(Question("outcomes", said, default, (-1, "status")))
        words: dict[str, object] = dict(mapped)
        if profile.filled < profile.records:
            words[""] = "open"
        return Line("status", {"column": profile.column, "map": words}, 0.6 if unknown else 0.95)

    def _day_and_channel(self, table: str) -> None:
        day = TABLES[table].key[0]
        fields = {line.field for line in self.lines}
        if day not in fields:
            self.lines.append(Line(day, {"value": "?"}, 0.0, notes=(message(NO_DAY),)))
            self.lines.append(Line("until_on", {"value": "?"}, 0.0))
        if "channel" not in fields:
            self.lines.append(Line("channel", {"value": "?"}, 0.0, notes=(message(NO_CHANNEL),)))

    def _summed(self, table: str) -> str:
        """A query that sums what is said several times of a day, channel and campaign."""
        keys = [_column(x) for x in self.lines if x.field in TABLES[table].key and _column(x)]
        rows = one_number(
            self.con,
            f"SELECT count(*) - count(DISTINCT ({', '.join(map(cell, keys)) or '1'})) "
            f"FROM {quoted(self.raw.table)}",
        )
        if not rows:
            return ""
        numbers = [x for x in self.lines if x.field not in TABLES[table].key and _column(x)]
        sums = ",\n  ".join(
            f"sum(as_number({quoted(_column(x))})) AS {quoted(_column(x))}" for x in numbers
        )
        picked = "".join(f"{quoted(key)}, " for key in keys)
        self.notes.append(message(SUMMED))
        return (
            f"SELECT {picked.rstrip()}\n  {sums}\nFROM {quoted(table_name(self.raw.name))}\n"
            "GROUP BY ALL"
        )

    def _changed_fields(self, table: str, column: str) -> str:
        """The changes of fields that the audit reads; returns the condition on them."""
        concepts = FIELDS_THAT_CHANGE[table]
        words = {field: vocabulary().columns[concept] for field, concept in concepts.items()}
        named = [(value, nearest(value, words)) for value, _ in self.profiles[column].values]
        meant: dict[str, object] = {value: field for value, field in named if field}
        at = next(i for i, line in enumerate(self.lines) if line.field == "field")
        sure = 0.7 if meant else 0.0
        self.lines[at] = Line("field", {"column": column, "map": meant} if meant else column, sure)
        listed = ", ".join(map(literal, meant))
        return f"{quoted(column)} IN ({listed})" if meant else ""

    def _unused(self, fit: Fit) -> tuple[str, ...]:
        used = {match.column for match in fit.matches.values()}
        return tuple(c for c in self.raw.columns if c not in used and not is_loaders(c))


def scalar(text: str) -> str:
    """A text as YAML writes it."""
    reserved = {"yes", "no", "true", "false", "null", "on", "off", "~", ""}
    safe = re.fullmatch(r"(?!\d)[\w\u0e00-\u0e7f][\w\u0e00-\u0e7f .%/()+-]*(?<! )", text)
    if safe and text.casefold() not in reserved and " #" not in text:
        return text
    return json.dumps(text, ensure_ascii=False)


def _column(line: Line) -> str:
    if isinstance(line.spec, str):
        return line.spec
    found = line.spec.get("column")
    return found if isinstance(found, str) else ""


def _form(reading: Reading) -> str:
    """The format of a reading, where settings can say it and it is not the plain one."""
    label = reading.label
    return label if label.startswith(("%d", "%m", "%-")) and "B" not in label else ""


def columns_of(lines: Sequence[Line]) -> list[str]:
    """The columns that lines read."""
    return [column for column in map(_column, lines) if column]
