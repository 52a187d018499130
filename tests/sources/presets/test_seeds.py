"""Tables of warehouse loaders as they are published, with no settings at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from cli.shell import Rows, load
from real_data import folder

pytestmark = pytest.mark.real_data


def tables(name: str, place: Path) -> Callable[[str], Rows]:
    """A published set of tables, loaded."""
    files: dict[str, str | bytes] = {f.name: f.read_bytes() for f in folder(name).glob("*.csv")}
    return load(place, files)[1]


def test_opens_and_clicks_of_a_newsletter_are_people_and_not_events(tmp_path: Path) -> None:
    ask = tables("mailchimp", tmp_path)
    assert ask("SELECT count(*), count(opened_at), count(clicked_at) FROM w.emails") == [(10, 7, 2)]


def test_what_was_not_sent_is_neither_delivered_nor_opened(tmp_path: Path) -> None:
    ask = tables("marketo", tmp_path)
    assert ask(
        "SELECT count(*), count(delivered_at), count(opened_at), count(clicked_at) FROM w.emails"
    ) == [(98, 52, 1, 0)]
    assert ask("SELECT count(*) FROM w.campaigns") == [(100,)]


def test_deleted_tickets_are_none(tmp_path: Path) -> None:
    ask = tables("zendesk", tmp_path)
    assert ask("SELECT count(*), count(solved_at) FROM w.tickets") == [(8, 1)]
