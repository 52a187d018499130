"""Says at the end of a run which tests were skipped, and why; may allow only some of them.

``SALESAUDIT_ALLOW_SKIPS`` lists the groups (markers, separated by commas) that may be skipped.
Where it is set, even to nothing, any other skip fails the run: a machine that is meant to run
everything must not pass by leaving things out.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import pytest
from _pytest.terminal import TerminalReporter

ALLOWED = "SALESAUDIT_ALLOW_SKIPS"
GROUPS = ("real_data", "spark", "postgres", "browser", "smoke")
OTHER = "other"


class Skip(NamedTuple):
    """Why tests of a group were skipped."""

    group: str
    reason: str


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run with a skip that is not allowed."""
    reporter = _reporter(session.config)
    if reporter and _forbidden(_skips(reporter)) and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: TerminalReporter) -> None:
    """Name each group with its reasons."""
    skips = _skips(terminalreporter)
    if not skips:
        return
    terminalreporter.section("skipped here, and why")
    for skip, tests in sorted(skips.items()):
        terminalreporter.write_line(f"  {skip.group}: {tests} {_noun(tests)}: {skip.reason}")
    forbidden = ", ".join(_forbidden(skips))
    if forbidden:
        terminalreporter.write_line(f"Not allowed here by {ALLOWED}: {forbidden}", red=True)


def _reporter(config: pytest.Config) -> TerminalReporter | None:
    """The one that hears of every test; a worker of pytest-xdist has none."""
    found = config.pluginmanager.get_plugin("terminalreporter")
    return None if hasattr(config, "workerinput") else found


def _skips(reporter: TerminalReporter) -> Counter[Skip]:
    return Counter(Skip(_group(r.keywords), _reason(r)) for r in reporter.stats.get("skipped", []))


def _group(keywords: Iterable[str]) -> str:
    return next((group for group in GROUPS if group in keywords), OTHER)


def _reason(report: pytest.TestReport) -> str:
    where = report.longrepr
    text = where[2] if isinstance(where, tuple) else str(where)
    return text.removeprefix("Skipped: ")


def _forbidden(skips: Iterable[Skip]) -> list[str]:
    if ALLOWED not in os.environ:
        return []
    allowed = {name.strip() for name in os.environ[ALLOWED].split(",")}
    return sorted({skip.group for skip in skips} - allowed)


def _noun(tests: int) -> str:
    return "test" if tests == 1 else "tests"
