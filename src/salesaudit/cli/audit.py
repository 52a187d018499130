"""``salesaudit audit``: the verdict in the terminal, ``audit.html`` and ``audit.json``."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from salesaudit.cli import words
from salesaudit.cli.console import Voice, check_choice, progress, voice, write_file
from salesaudit.core.errors import SalesAuditError
from salesaudit.run.result import AuditRun, FindingPart

if TYPE_CHECKING:
    from salesaudit.run.runner import Audited

FORMATS = ("html", "json")


class Asked(NamedTuple):
    """Options of the audit."""

    formats: str = "html,json"
    as_of: str | None = None
    names: str | None = None
    memory: str | None = None
    fail_on: str | None = None
    people: bool = False


def run(path: Path, out: Path, asked: Asked, *, language: str | None, quiet: bool) -> None:
    """Audit, print the verdict, write what was asked for; exits with 1 if ``fail_on`` is met."""
    speaker = voice(language, quiet=quiet)
    formats = tuple(part.strip() for part in asked.formats.split(",") if part.strip())
    for name in formats or ("",):
        check_choice("--format", name, FORMATS)
    if asked.names is not None:
        check_choice("--names", asked.names, ("show", "hide"))
    if asked.people and asked.names == "hide":
        raise SalesAuditError(words.PEOPLE_HIDDEN, words.PEOPLE_OR_NAMES)
    if asked.fail_on is not None:
        check_choice("--fail-on", asked.fail_on, ("any", "high"))
    began = time.monotonic()
    found = audited(path, asked, speaker)
    result = found.run
    if asked.people and found.settings.names == "hide":
        raise SalesAuditError(words.PEOPLE_HIDDEN, words.PEOPLE_OR_NAMES)
    written = write_formats(result, out, formats, speaker)
    if asked.people:
        written.append(write_people(found, out / "people", speaker))
    show(result, speaker, time.monotonic() - began, written)
    if asked.fail_on and any(_counts(f, asked.fail_on) for f in result.findings):
        sys.exit(1)


def audited(path: Path, asked: Asked, speaker: Voice) -> Audited:
    """The audit of a path, with progress on stderr."""
    from salesaudit import api

    with progress(speaker) as telling:
        return api.audited(
            path,
            as_of=day_of(asked.as_of),
            names=asked.names,
            memory=asked.memory,
            progress=telling(words.READING),
        )


def write_formats(
    result: AuditRun, out: Path, formats: tuple[str, ...], speaker: Voice
) -> list[Path]:
    """Write the document and its report."""
    written = []
    if "html" in formats:
        from salesaudit.report.html import render

        beside = "audit.json" if "json" in formats else ""
        page = render(result, speaker.language, beside=beside)
        written.append(write_file(out / "audit.html", page))
    if "json" in formats:
        written.append(write_file(out / "audit.json", result.to_json()))
    return written


def write_people(found: Audited, folder: Path, speaker: Voice) -> Path:
    """Write a sheet for each person of the team; sheets of an earlier run go."""
    from salesaudit.report.people import file_name, is_sheet, render_person
    from salesaudit.run.people import sheets

    for old in folder.glob("*.html"):
        if is_sheet(old.name):
            old.unlink()
    for sheet in sheets(found.inputs, found.settings):
        page = render_person(found.run, sheet, speaker.language)
        write_file(folder / file_name(sheet.person.rep_id), page)
    return folder


def show(result: AuditRun, speaker: Voice, seconds: float, written: list[Path]) -> None:
    """Print the verdict."""
    from salesaudit.cli.terminal import print_run

    locale = speaker.locale(result.currency)
    print_run(result, locale, speaker.console(), seconds, written)


def day_of(given: str | None) -> date | None:
    """The day of an option.

    Raises:
        SalesAuditError: it is no day.
    """
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise SalesAuditError(words.BAD_DATE, words.WRITE_DATE, got=given) from None


def _counts(finding: FindingPart, fail_on: str) -> bool:
    if fail_on == "any":
        return True
    return finding.q_value is not None or finding.severity in ("weak", "broken")
