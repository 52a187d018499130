"""The guide to a campaign plan works as it stands."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from cli.shell import run

GUIDE = Path(__file__).resolve().parents[2] / "docs" / "guide" / "plan-a-campaign.md"
TEXT = GUIDE.read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ salesaudit (.+)$", TEXT, re.MULTILINE)
PYTHON = re.findall(r"^```python\n(.*?)^```", TEXT, re.MULTILINE | re.DOTALL)


def test_the_commands_shown_say_what_the_guide_says() -> None:
    assert len(COMMANDS) == 2
    said = [run(*shlex.split(command)) for command in COMMANDS]
    assert [ended.code for ended in said] == [0, 0]
    assert "17 in 20 futures reach the floor. 18 customers, 2.4 back per 1 spent." in said[0].out
    assert '"futures_reached": 17' in said[1].out


@pytest.mark.parametrize("code", PYTHON)
def test_the_python_shown_runs(code: str) -> None:
    exec(compile(code, str(GUIDE), "exec"), {})
