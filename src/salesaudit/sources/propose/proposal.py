"""A proposal: what each file is taken for, what is open, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from salesaudit.core.texts import Message
from salesaudit.warehouse.schema import TABLES

DOUBTFUL = 0.65  # confidence; below it a line that could be missing is written as a comment

Spec = str | dict[str, object]  # of a column, as the settings write it


class Line(NamedTuple):
    """What a canonical column is read from."""

    field: str
    spec: Spec
    confidence: float = 1.0
    others: tuple[str, ...] = ()  # columns that it could also be
    notes: tuple[Message, ...] = ()  # written above the line


class Source(NamedTuple):
    """A source as it is proposed."""

    read: str = ""  # a file; empty: the select
    select: str = ""
    name: str = ""
    into: str = ""
    where: str = ""
    preset: str = ""  # in place of the table and its columns
    header: tuple[str, ...] = ()
    lines: tuple[Line, ...] = ()
    stages: tuple[tuple[str, Spec], ...] = ()  # stage and its column
    notes: tuple[Message, ...] = ()
    unused: tuple[str, ...] = ()  # columns
    confidence: float = 1.0  # that the file fills this table
    over: tuple[str, ...] = ()  # the files of a select

    @property
    def files(self) -> tuple[str, ...]:
        """The files that it is read from."""
        return (self.read,) if self.read else self.over

    def line(self, field: str) -> Line | None:
        """The line of a field."""
        return next((line for line in self.lines if line.field == field), None)

    def doubtful(self, line: Line) -> bool:
        """Whether a line is shown only, for people to take: a guess is never made in silence."""
        column = TABLES[self.into].column(line.field)
        needed = column is not None and (column.required or column.event)
        return line.confidence < DOUBTFUL and not needed


class Question(NamedTuple):
    """What only people know, with what was seen and what is taken until they say otherwise."""

    kind: str  # roles, outcomes, dates, decimal, currency, timezone
    said: Message
    default: str
    place: tuple[int, str] = (-1, "")  # the source and field that it is about
    choices: tuple[str, ...] = ()
    file: str = ""  # of dates: all columns of a file are asked about at once
    forms: Mapping[str, tuple[str, ...]] = MappingProxyType({})  # by column, as the choices

    def about(self, number: int, source: Source) -> tuple[str, ...]:
        """The fields and stages of a source that the answer decides.

        Args:
            number: the place of the source among all.
            source: the source.
        """
        if not self.forms:
            return (self.place[1],) if self.place[0] == number else ()
        given = [(line.field, line.spec) for line in source.lines]
        return tuple(name for name, spec in (*given, *source.stages) if self.dates(source, spec))

    def dates(self, source: Source, spec: Spec) -> bool:
        """Whether a spec has a form of dates that the answer decides."""
        if self.file not in source.files or isinstance(spec, str) or "format" not in spec:
            return False
        made = source.select and len(source.over) == 1 and spec["column"] not in self.forms
        return spec["column"] in self.forms or bool(
            made and spec["format"] in {forms[0] for forms in self.forms.values()}
        )


class Unused(NamedTuple):
    """A file that nothing is read from, and why."""

    file: str
    why: Message
    fix: Message | None = None


class Proposal(NamedTuple):
    """Settings that are proposed for a folder."""

    company: str
    sources: tuple[Source, ...]
    unused: tuple[Unused, ...]
    funnel: tuple[tuple[str, str | None], ...] = ()  # stages with their roles
    lost_stages: Mapping[str, str] = MappingProxyType({})
    currency: str | None = None
    timezone: str | None = None
    as_of: str | None = None
    dated: bool = True  # something that happens has a day
    questions: tuple[Question, ...] = ()
    used: tuple[str, ...] = ()  # files that something is read from

    @property
    def certain(self) -> bool:
        """Whether nothing that changes a number is open."""
        sure = all(
            source.confidence >= 0.9 and all(line.confidence >= 0.9 for line in source.lines)
            for source in self.sources
        )
        return bool(self.sources) and sure and not self.questions
