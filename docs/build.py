"""Writes the pages that are made of the code, or says which of them are stale.

``python docs/build.py`` writes them, ``python docs/build.py --check`` fails where one differs from
what the code says. A page made here is never edited by hand.
"""

from __future__ import annotations

import argparse
import importlib
import inspect
import io
import json
import os
import pkgutil
import subprocess
import sys
import textwrap
import tokenize
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from pydantic import BaseModel
from ruamel.yaml import YAML
from setting_meanings import MEANINGS, MODELS

import salesaudit.facts
import salesaudit.measures
from salesaudit.audits.base import Component
from salesaudit.audits.catalog import Unit, units
from salesaudit.cli.main import app
from salesaudit.core.settings import ReadSelect
from salesaudit.core.texts import Text
from salesaudit.facts.base import Fact, measures_of
from salesaudit.measures.base import Measure
from salesaudit.run.result import AuditRun
from salesaudit.sources.recognise.preset import TABLE, Preset, preset_names, read_preset
from salesaudit.sources.recognise.traps import TRAPS
from salesaudit.warehouse.schema import TABLES, Column, Kind, Table

DOCS = Path(__file__).parent
ANSWERABLE = DOCS.parent / "tests" / "sources" / "answerable.yaml"
CASES = {"leads", "deals"}
MADE = "<!-- Made of the code by docs/build.py. Change the code, then run make docs. -->\n"
SCHEMA_ID = "https://json-schema.org/draft/2020-12/schema"

COMMANDS_HEAD = """\
Exit codes: 0, done; 1, `--fail-on` was reached; 2, a mistake of the user's, told in one sentence;
70, a fault of ours, with the place of the log; 130, stopped. Progress goes to the error stream, and
only to a terminal."""
TABLES_HEAD = """\
Every source fills one or more of these. Only `leads` or `deals` is a must; each further table makes
more of the audit answerable. **key**: part of what makes a row one of its kind. **must**: a record
without it is refused. **event**: a stamp that may set the end of what is known."""
SETTINGS_HEAD = """\
One file, `salesaudit.yaml`, beside the exports. Every key has a default; a key that is not listed
here is refused with its line. A flag on the command line wins over the file."""
MEASURES_HEAD = """\
A *measure* runs inside the query engine and returns a small table. A *fact* is derived once from
such tables and shared. Audits see nothing else. Keys are in **bold**."""

EXPORTS_HEAD = """\
Put the files in one folder; they are known by their headers, under any name and in any order of
columns, and several systems side by side are normal. `salesaudit check FOLDER` says what each file
was taken for and why. Columns that an export does not have are done without.

What an export *answers* was found by loading a sample of it, by itself and with the system's other
exports, and auditing it: its few rows were repeated under other ids and on other days until there
were enough, and nothing was set but a currency and a time zone. A question in parentheses is
answered in part; the report says what is missing. Name your stages under `funnel:` in
salesaudit.yaml, and more is answered than stands here. The questions:"""
HISTORIES = {
    "full": "every change",
    "entered-dates": "a day for each stage",
    "last-change": "the last change only",
    "current-only": "today's state only",
    "none": "–",
}
PROVED = {
    "real": "true column names of a connector's or a company's tables",
    "documented": "column names as documented or as public programs read them",
    "preview": "secondary sources; compare the numbers with the system's own",
}

COMPONENTS = {
    Component.PROCESS: "Sales process and pipeline",
    Component.CONTENT: "Sales tools and content",
    Component.LEAD_QUALITY: "Quality of the leads",
    Component.REPORTING: "Reporting and data",
    Component.TEAM: "Sales performance",
    Component.SERVICE: "Customer service",
    Component.WIN_LOSS: "Win/loss",
}
KINDS = {
    Kind.ID: "text, compared byte by byte",
    Kind.CATEGORY: "text, trimmed",
    Kind.TEXT: "free text, masked as it is read",
    Kind.TIME: "time, UTC",
    Kind.DAY: "day, in the company's time zone",
    Kind.MONEY: "money, in the company's currency",
    Kind.NUMBER: "number",
    Kind.COUNT: "whole number",
    Kind.YES_NO: "yes or no",
    Kind.HASH: "keyed hash of an address, made as it is read",
}


def pages() -> dict[str, str]:
    """Every generated page by its path under ``docs``."""
    found = {f"audits/{unit.meta.id}.md": audit_page(unit) for unit in units()}
    found["audits/README.md"] = audits_index()
    found["commands.md"] = commands_page()
    found["tables.md"] = tables_page()
    found["settings.md"] = settings_page()
    found["exports.md"] = exports_page()
    found["measures.md"] = measures_page()
    found["audit.schema.json"] = document_schema()
    return {name: text if name.endswith(".json") else MADE + text for name, text in found.items()}


def audit_page(unit: Unit) -> str:
    """All that one unit says of itself."""
    meta, module = unit.meta, importlib.import_module(unit.module)
    return _lines(
        f"# {meta.id}",
        f"**{meta.question.en}**",
        meta.question.th,
        _identity(unit),
        "## Why it is asked",
        meta.why.en,
        meta.why.th,
        "## What counts",
        meta.counts.en,
        meta.counts.th,
        f"Method: {meta.source}. [How the methods work](../methods.md).",
        "## What it rests on",
        _bullets(_input_line(part) for part in meta.inputs),
        "Canonical columns: " + _code_list(_fields(meta.inputs)) + ".",
        *_sentences(module),
    )


def exports_page() -> str:
    """Every known export: what it fills, what it cannot tell, and how it was proved."""
    systems: dict[str, list[Preset]] = {}
    for name in preset_names():
        preset = read_preset(name)
        systems.setdefault(preset.system, []).append(preset)
    asked = sorted(
        ((unit.meta.answers, unit.meta.question.en) for unit in units() if unit.meta.answers),
        key=lambda one: int(one[0][1:]),
    )
    answered = YAML(typ="safe", pure=True).load(ANSWERABLE.read_text(encoding="utf-8"))
    by_itself = answered["exports"] | answered["databases"]
    parts = ["# Exports that are recognised", EXPORTS_HEAD]
    parts.append(_bullets(f"*{name}*: {question}" for name, question in asked))
    parts.append("Proved on:")
    parts.append(_bullets(f"*{name}*: {meaning}" for name, meaning in PROVED.items()))
    texts = {trap.id.removeprefix("traps."): trap.en for trap in TRAPS}
    for system in sorted(systems, key=str.casefold):
        known = systems[system]
        together = ", ".join(answered["systems"].get(system, ())) if len(known) > 1 else ""
        parts += [f"## {system}", _table(
            ("export", "fills", "answers by itself", "history", "proved", "preset"),
            [
                (p.export, _filled_by(p), ", ".join(by_itself.get(p.preset, ()))
                 or f"completes {_completed_by(p, known)}", _history_of(p), p.proved,
                 f"`{p.preset}`")
                for p in known
            ],
        ), f"The exports together answer {together}." if together else ""]  # fmt: skip
        traps = dict.fromkeys(trap for p in known for trap in p.traps)
        if traps:
            parts += ["To know:", _bullets(texts[trap] for trap in traps)]
    return _lines(*parts)


def _filled_by(preset: Preset) -> str:
    tables = dict.fromkeys(source.into for source in preset.sources)
    return _code_list(tables) if tables else "names and links for the other tables"


def _completed_by(preset: Preset, known: Sequence[Preset]) -> str:
    """What an export belongs to: who reads it, else those of the cases that it tells more of."""
    reading = [other.preset for other in known if preset.preset in _read_by(other)]
    if reading:
        return _code_list(reading)
    told = {
        column.refers.partition(".")[0]
        for source in preset.sources
        for column in TABLES[source.into].columns
        if column.name in source.columns and column.refers
    } & CASES
    exports = [other for other in known if other.table is None]
    those = [other.preset for other in exports if _tables_of(other) & (told or CASES)]
    return _code_list(those) or "leads and deals of a CRM"


def _read_by(preset: Preset) -> set[str]:
    selects = (s.read.select for s in preset.sources if isinstance(s.read, ReadSelect))
    return {name for select in selects for name, _ in TABLE.findall(select)}


def _tables_of(preset: Preset) -> set[str]:
    return {source.into for source in preset.sources}


def _history_of(preset: Preset) -> str:
    until = preset.history_until
    ended = f" up to version {until}, later {HISTORIES['current-only']}" if until else ""
    missing = f"; the rest: {preset.history_from}" if preset.history_from else ""
    return HISTORIES[preset.history] + ended + missing


def audits_index() -> str:
    """All units, by component."""
    parts = ["# Audits", "What is asked, one page each. `salesaudit explain ID` shows the same."]
    for component in Component:
        own = [unit for unit in units() if unit.meta.component is component]
        if own:
            parts.append(f"## {component.value} {COMPONENTS[component]}")
            rows = [
                (u.meta.answers or "", f"[{u.meta.id}]({u.meta.id}.md)", u.meta.question.en)
                for u in own
            ]
            parts.append(_table(("answers", "audit", "question"), rows))
    return _lines(*parts)


def commands_page() -> str:
    """Help of every command."""
    parts = ["# The command line", COMMANDS_HEAD, _code(_help())]
    for command in app.registered_commands:
        name = command.name or command.callback.__name__
        parts += [f"## {name}", _code(_help(name))]
    for group in app.registered_groups:
        verb = group.typer_instance.info.name
        for command in group.typer_instance.registered_commands:
            name = command.name or command.callback.__name__
            parts += [f"## {verb} {name}", _code(_help(verb, name))]
    return _lines(*parts)


def tables_page() -> str:
    """The canonical tables, from their declaration."""
    parts = [
        "# Canonical tables",
        TABLES_HEAD,
        *(_table_part(table) for table in TABLES.values()),
    ]
    return _lines(*parts)


def settings_page() -> str:
    """Every key of ``salesaudit.yaml``."""
    parts = [
        "# Settings",
        SETTINGS_HEAD,
    ]
    for model, title in MODELS.items():
        meanings = MEANINGS[model.__name__]
        parts += [f"## {title}", _table(("key", "default", "meaning"), _keys(model, meanings))]
    return _lines(*parts)


def measures_page() -> str:
    """Every measure and fact, and which audits rest on it."""
    parts = [
        "# Measures and facts",
        MEASURES_HEAD,
        "## Measures",
    ]
    for module, measure in _instances(salesaudit.measures, Measure):
        parts += [f"### {measure.name}", _doc(module), _doc(measure.build)]
        parts.append(_table(("field", "meaning"), _row_fields(measure)))
        parts.append(f"Rests on {_code_list(measure.fields)}. {_users(measure)}")
    parts.append("## Facts")
    for module, fact in _instances(salesaudit.facts, Fact):
        inputs = _code_list(part.name for part in fact.inputs)
        parts += [f"### {fact.name}", _doc(module), f"Computed from {inputs}. {_users(fact)}"]
    return _lines(*parts)


def document_schema() -> str:
    """JSON schema of ``audit.json``."""
    schema = AuditRun.model_json_schema(by_alias=True, mode="serialization")
    return json.dumps({"$schema": SCHEMA_ID, **schema}, indent=1, ensure_ascii=False) + "\n"


def stale(found: Mapping[str, str], folder: Path = DOCS) -> list[str]:
    """Pages that differ from what the code says, are missing, or belong to nothing."""
    wrong = [name for name, text in found.items() if _read(folder / name) != text]
    known = {folder / name for name in found}
    orphans = [p for p in sorted((folder / "audits").glob("*.md")) if p not in known]
    return wrong + [str(path.relative_to(folder)) for path in orphans]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _help(*verb: str) -> str:
    """What the command line says of itself, in English, 80 columns wide."""
    start = "import sys; from salesaudit.cli.main import main; sys.argv[0] = 'salesaudit'; main()"
    done = subprocess.run(
        [sys.executable, "-c", start, *verb, "--help", "--lang", "en"],
        env=os.environ | {"COLUMNS": "80", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.rstrip()


def _code(text: str) -> str:
    return f"```text\n{text}\n```"


def _identity(unit: Unit) -> str:
    meta = unit.meta
    asked = f"Answers {meta.answers}" if meta.answers else "Looks, and answers no question"
    part = f"{meta.component.value}, {COMPONENTS[meta.component].lower()}"
    stage = f"{meta.stage}, revision {meta.revision}"
    return f"{asked}. {part}; for {_owner(meta.owner.value)}; {stage}."


def _owner(owner: str) -> str:
    return "sales and marketing" if owner == "both" else owner


def _input_line(part: Measure[Any] | Fact[Any]) -> str:
    kind = "measure" if isinstance(part, Measure) else "fact"
    module = importlib.import_module(f"salesaudit.{kind}s.{part.name}")
    said = _doc(module).split("\n\n", 1)[0].split(": ", 1)[-1]
    return f"{kind} [`{part.name}`](../measures.md#{part.name}): {said}"


def _fields(parts: tuple[Measure[Any] | Fact[Any], ...]) -> list[str]:
    return sorted({field for measure in measures_of(parts) for field in measure.fields})


def _sentences(module: ModuleType) -> Iterator[str]:
    """The module's own texts, in both languages."""
    texts: tuple[Text, ...] = getattr(module, "TEXTS", ())
    if texts:
        yield "## What it may say"
        yield _table(("id", "English", "ไทย"), [(f"`{t.id}`", t.en, t.th) for t in texts])


def _table_part(table: Table) -> str:
    rows = [(f"`{c.name}`", KINDS[c.kind], _marks(c), _meaning(c)) for c in table.columns]
    note = ""
    if table.one_of:
        note = f" Exactly one of {_code_list(table.one_of)} is filled."
    head = f"One row is {table.row}.{note}"
    return _lines(
        f"## {table.name}", head, _table(("column", "holds", "", "meaning"), rows)
    ).rstrip()


def _marks(column: Column) -> str:
    marks = {"key": column.key, "must": column.required, "event": column.event}
    return ", ".join(name for name, is_so in marks.items() if is_so)


def _meaning(column: Column) -> str:
    values = f": {_code_list(column.values)}" if column.values else ""
    refers = f" → `{column.refers}`" if column.refers else ""
    return f"{column.meaning}{values}{refers}"


def _keys(model: type[BaseModel], meanings: Mapping[str, str]) -> list[Sequence[str]]:
    names = {info.alias or name: info for name, info in model.model_fields.items()}
    if names.keys() != meanings.keys():
        odd = ", ".join(sorted(names.keys() ^ meanings.keys()))
        raise SystemExit(f"docs/setting_meanings.py and {model.__name__} differ in: {odd}")
    return [
        (f"`{name}`", _default(info.get_default(call_default_factory=True)), meanings[name])
        if not info.is_required()
        else (f"`{name}`", "**must**", meanings[name])
        for name, info in names.items()
    ]


def _default(value: object) -> str:
    if value is None or value in ("", (), {}):
        return ""
    if isinstance(value, BaseModel):
        return "see below"
    if isinstance(value, bool):
        return "`true`" if value else "`false`"
    if isinstance(value, tuple):
        return ", ".join(f"`{getattr(item, 'name', item)}`" for item in value)
    return f"`{value}`"


def _instances(package: ModuleType, kind: type) -> Iterator[tuple[ModuleType, Any]]:
    """(module, instance) for each module that is named after the instance that it declares."""
    for info in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
        module = importlib.import_module(info.name)
        value = getattr(module, info.name.rsplit(".", 1)[-1], None)
        if isinstance(value, kind):
            yield module, value


def _row_fields(measure: Measure[Any]) -> list[tuple[str, str]]:
    comments = _comments(measure.row)
    fields = measure.row._fields  # type: ignore[attr-defined]
    return [
        (f"**`{name}`**" if name in measure.keys else f"`{name}`", comments.get(name, ""))
        for name in fields
    ]


def _comments(row: type) -> dict[str, str]:
    """What stands behind each field of a row, as a comment."""
    found, name = {}, ""
    source = textwrap.dedent(inspect.getsource(row))
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME and token.start[1] == 4:
            name = token.string
        elif token.type == tokenize.COMMENT:
            found[name] = token.string.lstrip("# ")
    return found


def _users(part: Measure[Any] | Fact[Any]) -> str:
    """The facts and audits that declare a measure or fact."""
    facts = [f"[{f.name}](#{f.name})" for _, f in _instances(salesaudit.facts, Fact)
             if part in f.inputs]  # fmt: skip
    audits = [f"[{u.meta.id}](audits/{u.meta.id}.md)" for u in units() if part in u.meta.inputs]
    return f"Used by {', '.join(facts + audits)}." if facts + audits else "Used by the run itself."


def _doc(thing: object) -> str:
    return (inspect.getdoc(thing) or "").replace("``", "`")


def _code_list(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _bullets(items: Iterable[str]) -> str:
    return "\n".join(f"- {item}" for item in items)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def _lines(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part) + "\n"


def main() -> None:
    """Write the pages, or check them."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="write nothing; fail if one is stale")
    found = pages()
    if parser.parse_args().check:
        wrong = stale(found)
        if wrong:
            raise SystemExit(f"stale, run make docs: {', '.join(wrong)}")
        return
    for name in stale(found):
        if name in found:
            (DOCS / name).parent.mkdir(parents=True, exist_ok=True)
            (DOCS / name).write_text(found[name], encoding="utf-8", newline="\n")
        else:
            (DOCS / name).unlink()


if __name__ == "__main__":
    main()
