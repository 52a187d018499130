"""``salesaudit demo``: a company made up from known truth, audited."""

from __future__ import annotations

import os
import sys
import time
import webbrowser
from pathlib import Path

from salesaudit.cli import words
from salesaudit.cli.audit import Asked, audited, show, write_formats
from salesaudit.cli.console import progress, voice
from salesaudit.core.texts import message


def run(
    out: Path,
    *,
    company: str | None,
    leads: int | None,
    seed: int,
    language: str | None,
    quiet: bool,
) -> None:
    """Make the company's exports in ``out``, audit them, and open the report."""
    from salesaudit.world import company_names, make_company

    speaker = voice(language, quiet=quiet)
    began = time.monotonic()
    name = company or company_names()[0]
    with progress(speaker) as telling:
        folder = make_company(
            name, out / "exports", leads=leads, seed=seed, progress=telling(words.MAKING)
        )
    result = audited(folder, Asked(), speaker).run
    written = write_formats(result, out, ("html", "json"), speaker)
    show(result, speaker, time.monotonic() - began, written)
    speaker.tell(message(words.EXPORTS_AT, path=str(folder)))
    speaker.tell(message(words.REPORT_AT, path=str(written[0])))
    if _may_open() and not quiet:
        webbrowser.open(written[0].resolve().as_uri())


def _may_open() -> bool:
    """Only for a person at a desk: not in a pipe, on a server or in CI."""
    at_desk = sys.platform in ("win32", "darwin") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return sys.stdout.isatty() and at_desk and not os.environ.get("CI")
