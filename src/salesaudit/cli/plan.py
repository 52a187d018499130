"""``salesaudit plan campaign``: the answer in the terminal, or as JSON."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from salesaudit.cli import words
from salesaudit.cli.audit import day_of
from salesaudit.cli.console import check_choice, progress, voice
from salesaudit.core.errors import SalesAuditError
from salesaudit.planning.inputs import BAD_SHARE, WRITE_SHARE

SHARES = ("reach", "close")


class Given(NamedTuple):
    """Options as they were typed."""

    numbers: Mapping[str, str | None]
    channel: str | None = None
    as_of: str | None = None
    memory: str | None = None
    form: str = "text"


def run(path: Path | None, given: Given, *, language: str | None, quiet: bool) -> None:
    """Plan, and print the plan."""
    speaker = voice(language, quiet=quiet)
    check_choice("--format", given.form, ("text", "json"))
    numbers = {
        name: _number(name, typed) for name, typed in given.numbers.items() if typed is not None
    }
    from salesaudit.api import plan

    with progress(speaker) as telling:
        planned = plan(
            path,
            channel=given.channel,
            as_of=day_of(given.as_of),
            memory=given.memory,
            progress=telling(words.READING),
            **numbers,
        )
    if given.form == "json":
        from salesaudit.run.plans import campaign_json

        sys.stdout.write(campaign_json(planned))
        return
    from salesaudit.cli.plan_terminal import print_plan

    print_plan(planned, speaker.locale(planned.currency), speaker.console())


def _number(name: str, typed: str) -> float:
    """The number that was typed.

    Raises:
        SalesAuditError: it is none; a percentage is told what to write.
    """
    text = typed.strip()
    if name in SHARES and text.endswith("%"):
        raise SalesAuditError(BAD_SHARE, WRITE_SHARE, name=f"--{name}", got=typed)
    try:
        return float(text.replace("_", "x"))
    except ValueError:
        raise SalesAuditError(
            words.NO_NUMBER, words.WRITE_NUMBER, name=f"--{name}", got=typed
        ) from None
