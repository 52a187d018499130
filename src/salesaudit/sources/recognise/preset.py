"""Presets: what a known system's export is called, how to know it, and what it means.

A preset is a file of data; a system is added by adding one. Most folders need a few of them, and
reading YAML takes time, so a preset is read only where its words occur in a header.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError, field_validator, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from salesaudit.core.errors import SettingsError
from salesaudit.core.settings import ColumnSpec, Settings, SourceSpec, Stage, Strict
from salesaudit.core.settings_file import explained, line_of, parsed
from salesaudit.core.texts import Text
from salesaudit.sources.recognise.headers import Headers, bare, plain
from salesaudit.sources.recognise.traps import TRAPS
from salesaudit.warehouse.schema import TABLES

FOLDER = Path(__file__).parents[1] / "presets"
FILE = "$file"
NAMED = re.compile(r"\{([a-z_]\w*)(\??)\}")  # a short name in an expression
TABLE = re.compile(r"\$([\w-]+)(\??)")  # a table in a select; with ?, empty if it is not there

NOT_THERE = Text(
    "preset.not_there",
    en="{file}, line {line}: “{got}” does not stand under {where}.",
    th="{file} บรรทัด {line}: ไม่มี “{got}” ใต้ {where}",
)
ADD_OR_CORRECT = Text(
    "preset.add_or_correct",
    en="Add it there, or correct it; the nearest is “{nearest}”.",
    th="เพิ่มชื่อนี้ที่นั่น หรือแก้ให้ถูกต้อง ชื่อที่ใกล้เคียงที่สุดคือ “{nearest}”",
)
TWO_NAMES = Text(
    "preset.two_names",
    en="{file}, line {line}: the header “{got}” stands under {first} and {second}.",
    th="{file} บรรทัด {line}: หัวคอลัมน์ “{got}” อยู่ใต้ทั้ง {first} และ {second}",
)
ONE_NAME = Text(
    "preset.one_name",
    en="Leave it under one of them.",
    th="ให้เหลืออยู่ใต้ชื่อเดียว",
)

Group = str | tuple[str, ...]
Ways = ColumnSpec | tuple[ColumnSpec, ...]


class Signature(Strict):
    """How an export is known, by names under ``headers``; ``never`` may also be a header itself."""

    must: tuple[Group, ...]  # of a group, one
    should: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    prefix: tuple[str, ...] = ()
    files: str = ""
    values: Mapping[str, str] = {}


class PresetSource(SourceSpec):
    """A source whose columns are our short names; of several ways, the first that the file has."""

    into: str
    columns: Mapping[str, Ways] = {}  # type: ignore[assignment]
    stages_like: str | None = None  # every header that matches is a stage
    unless: str | None = None  # left out where this preset is there


class PresetTable(Strict):
    """A table of a system's database, beside the one that ``$file`` is."""

    table: str
    headers: Mapping[str, tuple[str, ...]]  # no other column is read
    rows: str | None = None  # the rows to read, in the words of the server


class Preset(Strict):
    """A known export, or the database of a known system."""

    preset: str
    system: str
    export: str
    proved: Literal["real", "documented", "preview"]
    history: Literal["full", "entered-dates", "last-change", "current-only", "none"]
    history_from: str = ""  # the export that has the history which this one lacks
    history_until: str = ""  # the last version of the system that keeps it
    timezone: Literal["utc", "account", "unknown"] = "unknown"
    traps: tuple[str, ...] = ()
    headers: Mapping[str, tuple[str, ...]]
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = {}
    recognise: Signature
    terms: Mapping[str, str] = {}  # expressions by a name that others use as {name}
    funnel: tuple[Stage, ...] | None = None
    lost_stages: Mapping[str, str] | None = None
    sources: tuple[PresetSource, ...]
    table: str | None = None  # of a database: the one that ``$file`` is
    rows: str | None = None
    tables: Mapping[str, PresetTable] = {}  # each a preset of its own for selects: <preset>-<name>

    @model_validator(mode="before")
    @classmethod
    def _put_terms_in(cls, given: object) -> object:
        if not isinstance(given, Mapping) or not isinstance(given.get("terms"), Mapping):
            return given
        return {**given, "sources": _with_terms(given.get("sources"), given["terms"])}

    @field_validator("funnel", mode="before")
    @classmethod
    def _as_in_settings(cls, given: object) -> object:
        return None if given is None else Settings.model_validate({"funnel": given}).funnel

    def spellings(self, name: str) -> tuple[str, ...]:
        """What an export may call a column; a header as written stands for itself."""
        if name not in self.headers:
            return (name,)
        words = (given for by_name in self.words.values() for given in by_name.get(name, ()))
        return (*self.headers[name], *words)

    def found_in(self, columns: Iterable[str]) -> dict[str, str]:
        """The columns of a file by our short names; those it has not are left out."""
        headers = Headers(columns, self.recognise.prefix)
        found = {name: headers.find(self.spellings(name)) for name in self.headers}
        return {name: column for name, column in found.items() if column is not None}


def _with_terms(given: object, terms: Mapping[str, str]) -> object:
    if isinstance(given, Mapping):
        return {name: _with_terms(value, terms) for name, value in given.items()}
    if isinstance(given, list):
        return [_with_terms(value, terms) for value in given]
    if not isinstance(given, str):
        return given
    for name, expression in terms.items():
        given = given.replace(f"{{{name}}}", f"({expression.strip()})")
    return given


def preset_names() -> list[str]:
    """The presets that there are."""
    return sorted(path.stem for path in FOLDER.glob("*.yaml"))


def export_names() -> list[str]:
    """The presets of files; the others are of databases."""
    return [name for name in preset_names() if read_preset(name).table is None]


def presets_for(columns: Sequence[str]) -> Iterator[Preset]:
    """The presets that may fit a header, as far as their text says without being parsed."""
    known = {spelling for column in columns for spelling in _tails(plain(column))}
    for name in preset_names():
        may = all(words & known for words in _words_of_must(name))
        if may and (preset := read_preset(name)).table is None:
            yield preset


@cache
def read_preset(name: str) -> Preset:
    """Read a preset.

    Raises:
        SettingsError: it cannot be meant; the message names file and line.
    """
    path = FOLDER / f"{name}.yaml"
    if not path.is_file():
        return _preset_of_table(name)
    try:
        tree = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except YAMLError:
        tree = parsed(path)  # says where
    try:
        preset = Preset.model_validate(tree)
    except ValidationError as error:
        errors = error.errors(include_url=False)
        raise explained(errors, parsed(path), path.name, Preset) from None
    _check(preset, path)
    return preset


def _preset_of_table(name: str) -> Preset:
    """A table of a database as a preset that only selects read."""
    owner, _, short = name.rpartition("-")
    preset = read_preset(owner)
    given = preset.tables[short]
    return preset.model_copy(
        update={
            "preset": name, "export": given.table, "headers": given.headers, "words": {},
            "recognise": Signature(must=()), "funnel": None, "lost_stages": None, "sources": (),
            "table": given.table, "rows": given.rows, "tables": {}, "traps": (),
        }
    )  # fmt: skip


@cache
def _words_of_must(name: str) -> tuple[frozenset[str], ...]:
    """For each thing that a header must have, what it may be called, plain.

    Taken from the text as it is usually laid out, a list on one line; what is laid out otherwise
    is no condition here, and is looked at when the preset is read.
    """
    text = (FOLDER / f"{name}.yaml").read_text(encoding="utf-8")
    must = re.search(r"^ +must: \[(.*)\] *(?:#.*)?$", text, re.MULTILINE)
    groups = re.findall(r"\[([^\]]*)\]|(\w+)", must[1]) if must else ()
    found = []
    for group, single in groups:
        lists = [
            re.findall(rf"(?<!\w){re.escape(short)}: *\[([^\]]*)\]", text)
            for short in re.split(r",\s*", group or single)
        ]
        if all(lists) and not any(part.count('"') % 2 for parts in lists for part in parts):
            pieces = (piece for parts in lists for part in parts for piece in _pieces(part))
            found.append(frozenset(bare(plain(piece)) for piece in pieces))
    return tuple(found)


def _pieces(words: str) -> list[str]:
    """The items of a list as YAML writes it."""
    return [word.strip(" \"'") for word in re.findall(r'"[^"]*"|\'[^\']*\'|[^,]+', words)]


def _tails(spelling: str) -> Iterator[str]:
    """A plain header, and what stands behind each of its blanks: a prefix may be stripped."""
    words = spelling.split(" ")
    for start in range(len(words)):
        yield bare(" ".join(words[start:]))


def _check(preset: Preset, path: Path) -> None:
    """Names that a preset uses are names that it or the tables have."""
    for use in (*_uses_of_signature(preset), *_uses_of_sources(preset)):
        if use.name not in use.known:
            line = line_of(parsed(path), use.place)
            near = difflib.get_close_matches(use.name, use.known, n=1, cutoff=0.0)
            raise SettingsError(
                NOT_THERE, ADD_OR_CORRECT, file=path.name, line=line, got=use.name,
                where=use.where, nearest=next(iter(near), "–"),
            )  # fmt: skip
    under: dict[str, str] = {}
    for name in preset.headers:
        for header in preset.spellings(name):
            first = under.setdefault(plain(header), name)
            if first != name:
                line = line_of(parsed(path), ("headers", name))
                raise SettingsError(
                    TWO_NAMES, ONE_NAME, file=path.name, line=line, got=header, first=first,
                    second=name,
                )  # fmt: skip


class _Use(NamedTuple):
    """A name that a preset uses."""

    name: str
    known: Sequence[str]  # names that there are
    where: str  # they stand
    place: tuple[str | int, ...]


def _uses_of_signature(preset: Preset) -> Iterator[_Use]:
    signature, short = preset.recognise, list(preset.headers)
    for language, by_name in preset.words.items():
        for name in by_name:
            yield _Use(name, short, "headers", ("words", language, name))
    must = [(group,) if isinstance(group, str) else group for group in signature.must]
    for part, names in (
        ("must", [name for group in must for name in group]),
        ("should", signature.should),
        ("values", signature.values),
    ):
        for name in names:
            yield _Use(name, short, "headers", ("recognise", part))
    traps = [trap.id.removeprefix("traps.") for trap in TRAPS]
    for place, trap in enumerate(preset.traps):
        yield _Use(trap, traps, "TRAPS", ("traps", place))


def _uses_of_sources(preset: Preset) -> Iterator[_Use]:
    short = list(preset.headers)
    for number, source in enumerate(preset.sources):
        at = ("sources", number)
        yield _Use(source.into, list(TABLES), "TABLES", (*at, "into"))
        table = TABLES.get(source.into)
        fields = [column.name for column in table.columns] if table else []
        for name, ways in source.columns.items():
            yield _Use(name, fields, source.into, (*at, "columns", name))
            for spec in ways_of(ways) if isinstance(source.read, str) else ():
                for used in names_in(spec):
                    yield _Use(used, short, "headers", (*at, "columns", name))
        for name, spec in (source.stages or {}).items():
            for used in names_in(spec):
                yield _Use(used, short, "headers", (*at, "stages", name))
        of_record = (source.merged_ids, source.merged_into, source.modified)
        names = [name for spec in of_record if spec is not None for name in names_in(spec)]
        for used in (*source.names, *names) if isinstance(source.read, str) else ():
            yield _Use(used, short, "headers", at)
        for used, _ in NAMED.findall(source.where or ""):
            yield _Use(used, short, "headers", (*at, "where"))


def ways_of(given: Ways) -> tuple[ColumnSpec, ...]:
    """The ways in which a column may be had, the best first."""
    return given if isinstance(given, tuple) else (given,)


def names_in(spec: ColumnSpec) -> list[str]:
    """The short names that a column of a preset uses."""
    names = [spec.column] if spec.column else []
    names += [name for name, _ in NAMED.findall(spec.sql or "")]
    names += list(spec.row) if isinstance(spec.row, tuple) else []
    return names + (names_in(spec.currency) if isinstance(spec.currency, ColumnSpec) else [])
